"""How much room things take on a slide, estimated before they are drawn.

All lengths are in pixels of a slide of 1280 by 720. ``slides.css`` sets the
sizes that are estimated here, and the browser test measures every slide.
"""

from __future__ import annotations

import math
import re

ROOM = 540
"""Height below a slide's title."""

LINE = 42
CHARACTERS = 72
"""Height and length of a line of text."""

TABLE_LINE = 34
TABLE_CHARACTERS = 68
FORMULA_LINE = 62
OUTPUT_LINE = 32
OUTPUT_CHARACTERS = 80
OUTPUT_LINES = 15
"""Lines of output that are shown at once; a longer one scrolls."""

PICTURE = 370
"""Least height of a picture; it takes what is left over as well."""

CODE_LINE = {"large": 32, "medium": 28, "small": 23}
"""Size of code -> height of a line."""

COMMAND = re.compile(r"\\[a-zA-Z]+|\\.")
MARKS = re.compile(r"\]\([^)]*\)|[*`$\[\]{}^_]")


def text_height(text: str) -> int:
    """Return the height of a sentence."""
    return LINE * _lines(text, CHARACTERS) + 16


def list_height(items: list[str]) -> int:
    """Return the height of a list."""
    return sum(LINE * _lines(item, CHARACTERS - 4) + 6 for item in items) + 16


def formula_height(latex: str) -> int:
    """Return the height of a displayed formula."""
    rows = latex.count(r"\\") + 1
    tall = 24 if r"\frac" in latex or r"\sum" in latex else 0
    return rows * (FORMULA_LINE + tall) + 16


def row_height(row: str) -> int:
    """Return the height of a row of a table."""
    return TABLE_LINE * _lines(row.replace("|", " "), TABLE_CHARACTERS) + 14


def code_size(source: str, beside: int = 0) -> str:
    """Return in which size code is set: the largest in which it fits.

    Args:
        source: The code.
        beside: Height of its printed outputs. They stand on the same slide
            unless that takes the smallest size.
    """
    for size in ("large", "medium"):
        if code_height(source, size) + beside <= ROOM:
            return size
    return code_size(source) if beside else "small"


def code_height(source: str, size: str) -> int:
    """Return the height of code in a size, one of ``CODE_LINE``."""
    return CODE_LINE[size] * (source.count("\n") + 1) + 36


def output_height(text: str) -> int:
    """Return the height of printed output."""
    lines = sum(
        _lines(line, OUTPUT_CHARACTERS) for line in text.rstrip().split("\n")
    )
    return OUTPUT_LINE * min(lines, OUTPUT_LINES) + 28


def _lines(text: str, characters: int) -> int:
    """Return how many lines Markdown takes once it is set."""
    shown = MARKS.sub("", COMMAND.sub("m", text))
    wide = sum(ord(letter) > 0x1100 for letter in shown)  # Korean
    return max(1, math.ceil((len(shown) + wide) / characters))
