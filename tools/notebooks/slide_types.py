"""What each cell of a lesson is on a slide, read off the cell itself.

The types are those of JupyterLab and nbconvert: ``slide`` and ``subslide``
begin a slide to the right or below, ``-`` goes on with the one before,
``notes`` is for the speaker, ``skip`` for readers only. They are derived and
never written by hand, so that a lesson and its slides cannot part.
"""

from __future__ import annotations

import ast
import re

from nbformat import NotebookNode

from tools.notebooks.markdown import Block, blocks, is_key, sentences

GOES_ON = "-"
"""The type of a cell on the slide of the one before; not stored."""

QUIZ = "Quiz"
WORK = ("Exercises", QUIZ)
"""Sections to work in: JupyterLab's slides have their headings only."""

LIVE_WIDGET = re.compile(r"\.panel\(")


def slide_types(cells: list[NotebookNode]) -> list[str]:
    """Return the slide type of each cell.

    Args:
        cells: A notebook's cells; only their kind and source count.
    """
    types: list[str] = []
    section = ""
    follows_code = False
    for cell in cells:
        is_code = cell.cell_type == "code"
        found = [] if is_code else blocks(cell.source)
        titles = [block.title for block in found if block.level in (1, 2)]
        if titles:
            section = titles[-1]
        if section in WORK and not titles:
            types.append("skip")
        elif is_code:
            types.append(_code_type(cell.source, follows_code))
        else:
            types.append(_prose_type(found))
        follows_code = is_code and types[-1] != "skip"
    return types


def _code_type(source: str, follows_code: bool) -> str:
    """Return the slide type of a code cell."""
    if LIVE_WIDGET.search(source) or _is_setup(source):
        return "skip"
    return GOES_ON if follows_code else "subslide"


def _is_setup(source: str) -> bool:
    """Tell whether code imports what a lesson needs and starts it."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return False
    return any(
        ast.unparse(statement).startswith("runtime.start(")
        for statement in statements
    )


def _prose_type(found: list[Block]) -> str:
    """Return the slide type of a Markdown cell with these blocks."""
    levels = {block.level for block in found}
    if levels & {1, 2}:
        return "slide"
    if levels - {0} or any(_shows(block) for block in found):
        return "subslide"
    return "notes"


def _shows(block: Block) -> bool:
    """Tell whether a block gives an audience something to look at."""
    if block.kind == "prose":
        return any(is_key(sentence) for sentence in sentences(block.text))
    return block.kind not in ("html", "punctuation")
