"""Slides of the lessons: written in ``lessons/<name>/slides.md``."""
