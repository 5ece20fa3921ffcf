"""The course as a site: ``python -m tools site``, or ``make site``."""
