"""Plots of person names: what stands beside them, and which were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.drawing.lettering import TEXT, text_width

LINE = 25.0
"""Points from one line of words to the next."""

MARGIN = 8.0
"""Points that stay free at the left and the right."""

GAP = 9.0
"""Points between two words: room for the boxes around them."""

LOOKS = {
    "found": {"facecolor": theme.COLORS["input"], "edgecolor": "none"},
    "missed": {
        "facecolor": theme.COLORS["background"],
        "edgecolor": theme.COLORS["input"],
        "linestyle": "--",
    },
    "marked, but no name": {
        "facecolor": theme.COLORS["hidden_state"],
        "edgecolor": "none",
    },
}
"""What became of a word -> the box around it."""


class Answer(NamedTuple):
    """A sentence with its names and with what somebody marked.

    Attributes:
        label: Who marked, a few words.
        words: The sentence.
        is_name: For each word whether it is part of a name; what follows
            the last word is ignored.
        marked: For each word whether it was marked, likewise.
    """

    label: str
    words: Sequence[str]
    is_name: Sequence[bool] | np.ndarray
    marked: Sequence[bool] | np.ndarray


def neighbours(
    before: Mapping[str, float], after: Mapping[str, float]
) -> tuple[Figure, str]:
    """Draw which words announce a name, and which ones follow it.

    Args:
        before: Word -> how often the word after it is a name, 0 to 1.
        after: Word -> how often the word before it is a name, 0 to 1.
    """
    rows = max(len(before), len(after))
    figure, panels = theme.subplots(
        1, 2, height=0.9 + 0.27 * rows, sharex=True
    )
    titles = ("the next word is a name", "the word before is a name")
    for axes, shares, title, colour in zip(
        panels, (before, after), titles, theme.SERIES, strict=False
    ):
        axes.barh(range(len(shares)), list(shares.values()), color=colour)
        axes.set_yticks(range(len(shares)), list(shares))
        axes.set_ylim(rows - 0.5, -0.5)
        axes.set(title=title, xlabel="share", xlim=(0, 1))
        axes.grid(axis="y", visible=False)
    return figure, (
        "Two bar charts. Left, how often the next word is a name, after "
        f"{', '.join(before)}. Right, how often the word before is a name, "
        f"at {', '.join(after)}."
    )


def tagged_sentences(answers: Sequence[Answer]) -> tuple[Figure, str]:
    """Draw sentences with a box around each word that is or seems a name.

    Args:
        answers: Sentences with their names and somebody's marks. A
            sentence that repeats the words of the one before it moves
            closer to it.

    Raises:
        ValueError: A sentence has fewer tags than words.
    """
    for each in answers:
        least = min(len(each.is_name), len(each.marked))
        if least < len(each.words):
            raise ValueError(
                f"is_name and marked take a tag for each of "
                f"{len(each.words)} words, got {least}"
            )
    width = theme.WIDTH * 72
    left = MARGIN + 14 + max(text_width(a.label, TEXT) for a in answers)
    layouts = [_lines(each.words, width - left - MARGIN) for each in answers]
    gaps = [
        0.25 if before.words == each.words else 0.8
        for before, each in pairwise(answers)
    ]
    lines = 2.2 + sum(gaps) + sum(len(layout) for layout in layouts)
    figure, axes = theme.subplots(height=lines * LINE / 72)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(lines, 0))
    axes.set_axis_off()
    _legend(axes, left)
    top = 2.0
    for answer, layout, gap in zip(answers, layouts, [0, *gaps], strict=True):
        top += gap
        _draw(axes, answer, layout, left, top)
        top += len(layout)
    texts = dict.fromkeys(" ".join(each.words) for each in answers)
    labels = dict.fromkeys(each.label for each in answers)
    return figure, (
        "Sentences with boxes around words: filled blue for a name that was "
        "found, dashed for one that was missed, filled orange for a word "
        f"marked that is no name. Marked by: {', '.join(labels)}. The "
        f"sentences: {'; '.join(texts)}."
    )


def _lines(words: Sequence[str], width: float) -> list[list[int]]:
    """Return the numbers of the words on each line."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for number, word in enumerate(words):
        wide = text_width(word, TEXT) + GAP
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        lines[-1].append(number)
        used += wide
    return lines


def _draw(
    axes: Axes,
    answer: Answer,
    layout: list[list[int]],
    left: float,
    top: float,
) -> None:
    """Write one sentence, its label at the left."""
    colour = theme.COLORS["muted"]
    axes.text(MARGIN, top, answer.label, size=TEXT, color=colour, va="center")
    for line, numbers in enumerate(layout):
        x = left
        for number in numbers:
            word = answer.words[number]
            kind = _kind(answer.is_name[number], answer.marked[number])
            _write(axes, x, top + line, word, kind)
            x += text_width(word, TEXT) + GAP


def _kind(is_name: bool, marked: bool) -> str | None:
    """Return what became of a word, None for nothing worth a box."""
    if is_name:
        return "found" if marked else "missed"
    return "marked, but no name" if marked else None


def _write(
    axes: Axes, x: float, y: float, word: str, kind: str | None
) -> None:
    """Write a word with the box of its kind."""
    look = LOOKS.get(kind or "")
    filled = kind in ("found", "marked, but no name")
    box = look and {**look, "boxstyle": "round,pad=0.22", "linewidth": 1.4}
    axes.text(
        x,
        y,
        word,
        size=TEXT,
        va="center",
        color=theme.COLORS["background" if filled else "text"],
        bbox=box,
    )


def _legend(axes: Axes, left: float) -> None:
    """Write what the boxes mean into the first line."""
    x = left
    for kind in LOOKS:
        _write(axes, x, 0.8, kind, kind)
        x += text_width(kind, TEXT) + 3 * GAP
