"""Sentences, drawn with what taggers say of their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.drawing.lettering import text_width

LINE = 19.0
"""Points from one line of words or numbers to the next."""

MARGIN = 8.0
"""Points that stay free at the left and the right."""

TEXT = 9.0
"""Size of the words: most sentences fit on a line."""

GAP = 7.0
"""Points between two words: room for the boxes around them."""

SMALL = 8.0
"""Size of the probabilities."""

SHOWN = 0.1
"""Probabilities from here on are written below a word that is no name."""

COLOURS = {
    "one reader": "hidden_state",
    "two readers": "gradient",
    "window of five words": "cell_state",
    "word alone": "weight",
}
"""Of the taggers; one reader has that of the forward LSTM in the drawing."""


class Sentence(NamedTuple):
    """A sentence with its names and with what taggers say of each word.

    Attributes:
        words: The sentence.
        is_name: For each word whether it is part of a name; what follows
            the last word is ignored.
        answers: Tagger -> probabilities (seeds, timesteps), likewise.
    """

    words: Sequence[str]
    is_name: Sequence[bool] | np.ndarray
    answers: Mapping[str, np.ndarray]


def tagged_sentences(sentences: Sequence[Sentence]) -> tuple[Figure, str]:
    """Draw sentences with the probability of a name below their words.

    A word that is a name is underlined. Below it, and below each word whose
    mean probability reaches `SHOWN`, stands the mean over the seeds of each
    tagger: in a filled box if the word is tagged with all seeds, in an
    empty one if with some.

    Raises:
        ValueError: A sentence has fewer tags than words.
    """
    for each in sentences:
        if len(each.is_name) < len(each.words):
            raise ValueError(
                f"is_name takes a tag for each of {len(each.words)} words, "
                f"got {len(each.is_name)}"
            )
    names = list(dict.fromkeys(n for each in sentences for n in each.answers))
    width = theme.WIDTH * 72
    left = MARGIN + 14 + max(text_width(name, TEXT) for name in names)
    layouts = [_lines(each, width - left - MARGIN) for each in sentences]
    heights = [
        [_height(each, numbers) for numbers in layout]
        for each, layout in zip(sentences, layouts, strict=True)
    ]
    lines = 2.2 + sum(map(sum, heights))
    figure, axes = theme.subplots(height=lines * LINE / 72)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(lines, 0))
    axes.set_axis_off()
    _legend(axes)
    top = 2.6
    for each, layout, rows in zip(sentences, layouts, heights, strict=True):
        for numbers, row in zip(layout, rows, strict=True):
            _draw(axes, each, numbers, left, top)
            top += row
    head = (
        "Mean probabilities of a name below the words of sentences; in "
        "brackets, the words at which they are above one half."
    )
    return figure, " ".join([head, *map(_told, sentences)])


def _told(sentence: Sentence) -> str:
    """Return a sentence, and which of its words the seeds tag on average."""
    told = []
    for name, answers in sentence.answers.items():
        means = answers.mean(axis=0)[: len(sentence.words)]
        found = [
            word
            for word, mean in zip(sentence.words, means, strict=True)
            if mean > 0.5
        ]
        told.append(f"{name}: {', '.join(found) or 'no word'}")
    return f"{' '.join(sentence.words)} ({'; '.join(told)})."


def _is_shown(sentence: Sentence, place: int) -> bool:
    """Tell whether numbers stand below a word."""
    means = [each[:, place].mean() for each in sentence.answers.values()]
    return bool(sentence.is_name[place]) or max(means) >= SHOWN


def _height(sentence: Sentence, numbers: Sequence[int]) -> float:
    """Return how many lines a line of words takes, with its numbers."""
    has_numbers = any(_is_shown(sentence, place) for place in numbers)
    return 1.6 + len(sentence.answers) * has_numbers


def _space(sentence: Sentence, place: int) -> float:
    """Return the points that a word and its numbers take."""
    least = text_width("0.00", SMALL) + 4 if _is_shown(sentence, place) else 0
    return max(text_width(sentence.words[place], TEXT), least) + GAP


def _lines(sentence: Sentence, width: float) -> list[list[int]]:
    """Return the numbers of the words on each line."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for number in range(len(sentence.words)):
        wide = _space(sentence, number)
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        lines[-1].append(number)
        used += wide
    return lines


def _draw(
    axes: Axes,
    sentence: Sentence,
    numbers: Sequence[int],
    left: float,
    top: float,
) -> None:
    """Write one line of a sentence, and below it a row per tagger."""
    muted = theme.COLORS["muted"]
    labels = sentence.answers if _height(sentence, numbers) > 2 else ()
    for row, name in enumerate(labels, start=1):
        axes.text(MARGIN, top + row, name, size=TEXT, color=muted, va="center")
    x = left
    for place in numbers:
        word, wide = sentence.words[place], _space(sentence, place) - GAP
        axes.text(x, top, word, size=TEXT, va="center")
        if sentence.is_name[place]:
            _underline(axes, x, top, word)
        if _is_shown(sentence, place):
            for row, name in enumerate(sentence.answers, start=1):
                seeds = sentence.answers[name][:, place]
                _number(axes, x, top + row, seeds, COLOURS[name])
        x += wide + GAP


def _underline(axes: Axes, x: float, y: float, word: str) -> None:
    """Mark a word as a name."""
    ends = [x, x + text_width(word, TEXT)]
    axes.plot(ends, [y + 0.42] * 2, color=theme.COLORS["text"], linewidth=1.6)


def _number(
    axes: Axes, x: float, y: float, seeds: np.ndarray, colour: str
) -> None:
    """Write a mean probability, in the box of how many seeds tag."""
    look = theme.COLORS[colour]
    tagged = (seeds > 0.5).mean()
    box = {"boxstyle": "round,pad=0.18", "linewidth": 1.2, "edgecolor": look}
    box["facecolor"] = look if tagged == 1 else theme.COLORS["background"]
    ink = "background" if tagged == 1 else "text" if tagged else "muted"
    axes.text(
        x + 2,
        y,
        f"{seeds.mean():.2f}",
        size=SMALL,
        va="center",
        color=theme.COLORS[ink],
        bbox=box if tagged else None,
    )


def _legend(axes: Axes) -> None:
    """Write what line and boxes mean into the first line."""
    x, y = MARGIN + 2, 0.9
    name = "name by the rule"
    axes.text(x, y, name, size=TEXT, va="center")
    _underline(axes, x, y, name)
    x += text_width(name, TEXT) + 3 * GAP
    for text, seeds in (
        ("tagged with all seeds", [1, 1]),
        ("with some seeds", [1, 0]),
        ("with none", [0, 0]),
    ):
        box = {"boxstyle": "round,pad=0.18", "linewidth": 1.2}
        box["edgecolor"] = theme.COLORS[
            "muted" if any(seeds) else "background"
        ]
        box["facecolor"] = theme.COLORS[
            "muted" if all(seeds) else "background"
        ]
        ink = theme.COLORS["background" if all(seeds) else "text"]
        axes.text(x, y, text, size=TEXT, va="center", color=ink, bbox=box)
        x += text_width(text, TEXT) + 3 * GAP
