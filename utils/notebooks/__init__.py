"""Tools for the notebooks themselves: execute, normalise, check, publish.

``python -m utils.notebooks save | run | lint | map | doors``. These tools
stand beside the floors of the package: no lesson and no other module imports
them.
"""
