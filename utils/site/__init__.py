"""The course as a site: assemble its sources, build it, check its links.

``python -m utils.site``, or ``make site``. It stands beside the floors of
the package: no lesson and no other module imports it.
"""
