"""Slides of the lessons for whoever teaches them.

``python -m utils.slides build | check``. Each lesson becomes a reveal.js page
that needs no network: what an audience looks at (headings, drawings, formulas,
code, outputs, claims) stands on the slides, the prose and what the instructor
says (``docs/notes``) in the notes window, which the key S opens. Like
``utils.notebooks`` this is a tool beside the floors of the package.
"""
