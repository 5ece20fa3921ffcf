"""Widgets, one file each: a pure function `view` and a thin `panel`.

``view(...)`` turns the values of the controls into a picture and a sentence
and needs no browser; ``panel()`` binds it to controls in a notebook.
"""
