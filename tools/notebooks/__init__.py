"""The notebooks themselves: execute, store in one form, check, publish.

``python -m tools run | save | lint | map | links``.
"""
