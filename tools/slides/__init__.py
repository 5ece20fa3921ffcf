"""Slides of the lessons: written in ``lessons/<name>/slides.md``.

``python -m tools slides [LESSON] [--watch] [--handout]``. Sphinx and
reveal.js make a page of each deck that needs no network; what comes from a
lesson is named by the tag of its cell, so that it is never an old copy.
"""
