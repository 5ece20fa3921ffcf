"""Slides of the lessons for whoever teaches them.

``python -m tools slides [--check]``. Each lesson becomes a reveal.js page
that needs no network: what an audience looks at (headings, drawings, formulas,
code, outputs, claims) stands on the slides, the prose and what the instructor
says (``lessons/<name>/notes.md``) in the notes window, which the key S opens.
"""
