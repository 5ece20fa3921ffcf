"""Widgets, one file each: a pure function `view` and a thin `panel`.

``view(...)`` turns the values of the controls into a picture and a sentence
and needs no browser; ``panel()`` binds it to controls in a notebook.
"""

NOTE = "(a live widget: run this cell to use it)"
"""Stands where a widget cannot live: in print, or after a restart."""

LOOK = "(the look of a live widget)"
"""Stands for what every live widget brings along; it is never stored."""
