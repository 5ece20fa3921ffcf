"""What readers type into a widget, read with one sentence for a mistake."""

from __future__ import annotations

import functools
import math
import re

from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font

from utils.drawing.lettering import font
from utils.exercises.question import typed
from utils.widgets.view import InputError

LONGEST = 60
"""Characters of a reader's text that a message repeats."""


def shortened(text: str) -> str:
    """Return the text on one line, cut where a sentence would drown."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def drawable(text: str, longest: int = LONGEST) -> str:
    """Return a reader's text as a picture can show it.

    The font of the pictures has no Korean and no emoji: such a letter
    becomes an empty box. A dollar sign would begin a formula and is escaped.

    Args:
        text: What the reader typed.
        longest: Characters; a longer text is cut, with an ellipsis.
    """
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    letters = (c if ord(c) in _letters() else "▯" for c in shown)
    return "".join(letters).replace("$", r"\$")


@functools.cache
def _letters() -> frozenset[int]:
    """Return the characters that the font of the pictures has."""
    return frozenset(FT2Font(findfont(font(10))).get_charmap())


def words_in(text: str, *, most: int, least: int = 1) -> list[str]:
    """Return the words of a text, separated by spaces.

    Args:
        text: What the reader typed.
        most: How many words fit into the picture.
        least: How many the picture needs.

    Raises:
        InputError: There are too few words or too many.
    """
    words = text.split()
    if not words:
        raise InputError("Nothing to read yet: type a word.")
    if len(words) < least:
        raise InputError(f"At least {least} words are needed, here is one.")
    if len(words) > most:
        raise InputError(
            f"That is {len(words):,} words; the picture has room for {most}."
        )
    return words


def parts_of(text: str) -> list[str]:
    """Return what stands between commas, semicolons and blanks.

    Of any keyboard: full width and other lands' commas count.
    """
    return [part for part in re.split(r"[\s,;،]+", typed(text)) if part]


def numbers_in(text: str, *, most: int, limit: float = 100) -> list[float]:
    """Return the numbers of a text, separated by commas or spaces.

    Args:
        text: What the reader typed.
        most: How many numbers fit into the picture.
        limit: The largest size of a number.

    Raises:
        InputError: A part is no number, or too large, or there are too many.
    """
    parts = parts_of(text)
    if not parts:
        raise InputError(
            "Nothing to read yet: type numbers, such as 1, -1, 0.5."
        )
    if len(parts) > most:
        raise InputError(
            f"That is {len(parts):,} numbers; the picture has room for {most}."
        )
    return [_number(part, limit) for part in parts]


def _number(part: str, limit: float) -> float:
    """Return one number."""
    try:
        value = float(part)
        if math.isnan(value):
            raise ValueError
    except ValueError:
        raise InputError(
            f"“{shortened(part)}” is not a number: "
            "type numbers, such as 1, -1, 0.5."
        ) from None
    if abs(value) > limit:
        raise InputError(
            f"“{shortened(part)}” is too large here: "
            f"take numbers from -{limit:g} to {limit:g}."
        )
    return value
