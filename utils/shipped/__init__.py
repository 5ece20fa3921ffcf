"""Small trained weights that come with the course.

They are what the widgets answer with before anything has been trained. Each
is made by ``python -m utils.shipped train NAME``, is smaller than a megabyte,
and is checked by version and checksum whenever it is loaded; weights that do
not fit are trained again, with a sentence that says so.
"""

from __future__ import annotations

from utils.shipped.store import load

__all__ = ["load"]
