"""Factored Markov chains that know where a note stands: lesson 12's opponents.

A factored chain answers the pitch and the length apart. What it looks back
on may be any of the four columns of a note: pitch, length, place in the bar,
place in the line of the hymn. Contexts and smoothing are chosen on the
validation chorales.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from lessons.music import corpus, metre
from lessons.music.markov import back_off

SIZES = (corpus.PITCHES, len(corpus.LENGTHS), metre.BEATS, metre.LINE)
"""Ids in each column: pitch, length, place in the bar, place in the line."""

INPUTS = {"notes": 2, "and bar": 3, "and line": 4}
"""What a model reads -> how many of the columns."""

STRENGTHS = (10.0, 30.0, 60.0, 100.0)

P, L, BAR, LINE = range(4)

CONTEXTS: dict[str, tuple[list[list[tuple[int, int]]], ...]] = {
    "notes": (
        [[(lag, P) for lag in range(n, 0, -1)] for n in range(1, 7)],
        [[(lag, L) for lag in range(n, 0, -1)] for n in range(1, 7)],
    ),
    "and bar": (
        [
            [(4, P), (3, P), (2, P), (1, BAR), (1, P)],
            [(4, P), (3, P), (1, BAR), (2, P), (1, P)],
            [(1, BAR), (3, P), (2, P), (1, P)],
        ],
        [
            [(1, BAR)],
            [(1, L), (1, BAR)],
            [(2, L), (1, L), (1, BAR)],
            [(3, L), (2, L), (1, L), (1, BAR)],
        ],
    ),
    "and line": (
        [
            [(3, P), (2, P), (1, LINE), (1, P)],
            [(4, P), (3, P), (1, LINE), (2, P), (1, P)],
            [(1, LINE), (3, P), (1, BAR), (2, P), (1, P)],
            [(3, P), (1, BAR), (1, LINE), (2, P), (1, P)],
        ],
        [
            [(2, L), (1, L), (1, LINE), (1, BAR)],
            [(2, L), (1, L), (1, BAR), (1, LINE)],
            [(2, L), (1, LINE), (1, L), (1, BAR)],
            [(1, LINE), (2, L), (1, L), (1, BAR)],
        ],
    ),
}
"""Input -> contexts to choose from, for the pitch and for the length; each
a list of (notes back, column), and the first is given up first."""


class Data(NamedTuple):
    """The chorales of the lesson, with all four columns."""

    rows: list[np.ndarray]
    parts: Any
    tune: np.ndarray


@cache
def data() -> Data:
    """Return all chorales as ids, (notes, 4) each, and their split."""
    chorales = corpus.load()
    melodies = corpus.transposed(chorales)
    tune = corpus.tunes(melodies)
    rows = [
        np.concatenate([corpus.encode(melody), places], axis=1)
        for melody, places in zip(
            melodies, metre.metre_ids(chorales), strict=True
        )
    ]
    return Data(rows, corpus.split(tune), tune)


def questions(part: str, stride: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of 20 notes with 4 columns, and the same a note later."""
    rows, parts, _ = data()
    cut = [
        row[start : start + 21]
        for row in (rows[n] for n in getattr(parts, part))
        for start in range(0, len(row) - 20, stride)
    ]
    array = np.array(cut, dtype=np.int32)
    return array[:, :-1], array[:, 1:]


def contexts_of(
    rows: Sequence[np.ndarray], columns: Sequence[tuple[int, int]]
) -> np.ndarray:
    """Return what stands before every note but the first of each row."""
    found = []
    for row in rows:
        before = np.concatenate([np.full((6, 4), -1), row])
        stacked = [
            before[7 - lag : len(before) - lag, c] for lag, c in columns
        ]
        found.append(np.stack(stacked, axis=1))
    return np.concatenate(found)


def counted(
    column: int, context: Sequence[tuple[int, int]], strength: float, x: Any
) -> np.ndarray:
    """Return what a chain of pitches or of lengths answers after rows."""
    train = [data().rows[n] for n in data().parts.train]
    return back_off(
        contexts_of(train, context),
        np.concatenate([row[1:, column] for row in train]),
        np.stack([x[:, -lag, kind] for lag, kind in context], axis=1),
        symbols=SIZES[column],
        strength=strength,
    )


Setting = tuple[list[tuple[int, int]], float]
"""Context of a chain and the strength of its smoothing."""


@cache
def chosen(inputs: str) -> tuple[Setting, Setting]:
    """Return the best contexts and strengths on the validation chorales."""
    x, y = questions("val")
    found = []
    for column, contexts in enumerate(CONTEXTS[inputs]):
        right = np.arange(len(y)), y[:, -1, column]
        found.append(
            max(
                product(contexts, STRENGTHS),
                key=lambda s: np.log(counted(column, *s, x)[right]).mean(),
            )
        )
    return tuple(found)


def chain(inputs: str, x: np.ndarray) -> np.ndarray:
    """Return what the factored chain answers, (rows, PAIRS)."""
    return corpus.pair_probabilities(
        *(counted(c, *s, x) for c, s in enumerate(chosen(inputs)))
    )
