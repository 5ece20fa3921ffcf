"""From words to numbers: vocabulary, one-hot columns, ids, padding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.diagrams.words import say

VOCABULARY: dict[str, int] = {
    "a": 0,
    "and": 1,
    "book": 862,
    "reads": 6137,
    "rose": 6554,
    "zebra": 9999,
}
"""Some words of a vocabulary and their numbers, counted from 0."""


def vocabulary_one_hot(
    words: Sequence[str] = (), vocabulary: Mapping[str, int] = VOCABULARY
) -> tuple[Figure, str]:
    """Draw a part of a vocabulary and the one-hot columns of some words.

    Args:
        words: A sentence of words from the vocabulary.
        vocabulary: Word -> number, in rising order; the last number is the
            vocabulary's last.
    """
    words = list(words) or say("one_hot_words").split()
    size = max(vocabulary.values()) + 1
    rows = _rows(vocabulary)
    pitch = 21
    drawing = Drawing(WIDTH, pitch * len(rows) + 84)
    top = drawing.height - 46
    columns = [244 + 68 * place for place in range(len(words))]
    for place, (word, number) in enumerate(rows):
        y = top - pitch * place
        _vocabulary_row(drawing, word, number, y, pitch)
        for x, wanted in zip(columns, words, strict=True):
            _one_hot_row(drawing, x, y, pitch, number, word == wanted)
    drawing.label(118, drawing.height - 20, say("vocabulary"), face="bold")
    drawing.label(
        66, drawing.height - 20, say("row"), "muted", size=10, align="right"
    )
    for x, word in zip(columns, words, strict=True):
        drawing.label(x, drawing.height - 20, word, face="bold")
    drawing.label(
        (columns[0] + columns[-1]) / 2,
        18,
        say("one_hot", count=f"{size:,}"),
        "muted",
        size=10,
    )
    return drawing, (
        f"A vocabulary of {size:,} numbered words. Each word of the sentence "
        f"“{' '.join(words)}” becomes a column of {size:,} numbers that are "
        "all 0 except for a single 1 in the row of that word: "
        + ", ".join(f"{word} in row {vocabulary[word]:,}" for word in words)
        + "."
    )


def _rows(vocabulary: Mapping[str, int]) -> list[tuple[str, int | None]]:
    """Return (word, number) pairs, and ("", None) where words are left out."""
    rows: list[tuple[str, int | None]] = []
    for word, number in vocabulary.items():
        if rows and number != rows[-1][1] + 1:
            rows.append(("", None))
        rows.append((word, number))
    return rows


def _vocabulary_row(
    drawing: Drawing, word: str, number: int | None, y: float, height: float
) -> None:
    """Draw a word of the vocabulary and its number."""
    if number is None:
        for x in (50, 118):
            _dots(drawing, x, y)
        return
    drawing.label(66, y, f"{number:,}", "muted", size=10, align="right")
    drawing.box(118, y, 84, height - 2, word, radius=2)


def _one_hot_row(
    drawing: Drawing,
    x: float,
    y: float,
    height: float,
    number: int | None,
    hot: bool,
) -> None:
    """Draw one number of a one-hot column."""
    if number is None:
        _dots(drawing, x, y)
        return
    drawing.box(
        x,
        y,
        44,
        height - 2,
        "1" if hot else "0",
        "input",
        radius=2,
        strength=1 if hot else 0.13,
        face="bold" if hot else "plain",
    )


def _dots(drawing: Drawing, x: float, y: float) -> None:
    """Draw three dots below each other: rows left out."""
    for step in (-5, 0, 5):
        drawing.dot(x, y + step, "muted", radius=1)
