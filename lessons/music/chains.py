"""Markov chains that know where a note stands: lesson 12's opponents.

A factored chain answers the pitch and the length apart, a joint one the whole
note, and `chain` mixes the answers of both. What they look back on may be any
of the five columns of a note: pitch, length, place in the bar, and in the line
of the hymn the eighths since it began and those that are left. Contexts,
smoothing and the share of each chain are chosen on the validation chorales.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from lessons.music import corpus, metre
from lessons.music.markov import back_off

SIZES = (
    corpus.PITCHES,
    len(corpus.LENGTHS),
    metre.BEATS,
    metre.LINE,
    metre.LINE,
)
"""Ids in each column: pitch, length, place in the bar, eighths since the line
began, eighths that are left of it."""

P, L, BAR, LINE, LEFT = range(5)
NOTE = -1
"""In place of a column: pitch and length together."""

INPUTS = {
    "notes": [P, L],
    "and bar": [P, L, BAR],
    "and line": [P, L, BAR, LINE],
    "and left": [P, L, BAR, LEFT],
}
"""What a model reads -> the columns it is given."""

STRENGTHS = (10.0, 30.0, 60.0, 100.0)

SHARES = tuple(n / 20 for n in range(21))
"""Weights of the factored chain in the mixture, to choose from."""

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

JOINT: dict[str, list[list[tuple[int, int]]]] = {
    "notes": [
        [(2, P), (2, L), (1, P), (1, L)],
        [(2, L), (2, P), (1, L), (1, P)],
        [(3, P), (2, L), (2, P), (1, L), (1, P)],
        [(3, P), (2, P), (2, L), (1, L), (1, P)],
        [(4, P), (3, P), (2, L), (2, P), (1, L), (1, P)],
        [(lag, c) for lag in (3, 2, 1) for c in (L, P)],
        [(lag, c) for lag in (4, 3, 2, 1) for c in (L, P)],
    ],
    "and bar": [
        [(2, P), (1, L), (1, BAR), (1, P)],
        [(2, P), (1, L), (1, P), (1, BAR)],
        [(2, L), (2, P), (1, L), (1, BAR), (1, P)],
        [(3, P), (2, L), (2, P), (1, L), (1, BAR), (1, P)],
        [(3, P), (1, L), (2, P), (1, BAR), (1, P)],
    ],
    "and line": [
        [(2, P), (1, L), (1, LINE), (1, BAR), (1, P)],
        [(2, P), (1, L), (1, BAR), (1, LINE), (1, P)],
        [(3, P), (1, L), (2, P), (1, LINE), (1, BAR), (1, P)],
        [(3, P), (2, P), (1, LINE), (1, L), (1, BAR), (1, P)],
        [(1, LINE), (3, P), (1, L), (2, P), (1, BAR), (1, P)],
    ],
}
"""Input -> contexts to choose from for the whole note, in the same form."""


def _told_left(
    contexts: Sequence[Sequence[tuple[int, int]]],
) -> list[list[tuple[int, int]]]:
    """Return contexts that look at what is left in place of what has run."""
    return [
        [(lag, LEFT if column == LINE else column) for lag, column in some]
        for some in contexts
    ]


CONTEXTS["and left"] = tuple(map(_told_left, CONTEXTS["and line"]))
JOINT["and left"] = _told_left(JOINT["and line"])


class Data(NamedTuple):
    """The chorales of the lesson, with all five columns."""

    rows: list[np.ndarray]
    parts: Any
    tune: np.ndarray


@cache
def data() -> Data:
    """Return all chorales as ids, (notes, 5) each, and their split."""
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
    """Return rows of 20 notes with 5 columns, and the same a note later."""
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
        before = np.concatenate([np.full((6, row.shape[1]), -1), row])
        stacked = [
            before[7 - lag : len(before) - lag, c] for lag, c in columns
        ]
        found.append(np.stack(stacked, axis=1))
    return np.concatenate(found)


def counted(
    column: int, context: Sequence[tuple[int, int]], strength: float, x: Any
) -> np.ndarray:
    """Return what a chain answers after rows.

    Args:
        column: ``P`` for chains of pitches, ``L`` for chains of lengths,
            ``NOTE`` for chains of whole notes.
        context: What they look back on.
        strength: Of the smoothing.
        x: Rows of notes with all columns.
    """
    train = [data().rows[n] for n in data().parts.train]
    return back_off(
        contexts_of(train, context),
        np.concatenate([_symbols(row[1:], column) for row in train]),
        np.stack([x[:, -lag, kind] for lag, kind in context], axis=1),
        symbols=corpus.PAIRS if column == NOTE else SIZES[column],
        strength=strength,
    )


def _symbols(notes: np.ndarray, column: int) -> np.ndarray:
    """Return what a chain counts: pitches, lengths or pairs of both."""
    if column == NOTE:
        return corpus.pair_ids(notes[:, :2])
    return notes[:, column]


Setting = tuple[list[tuple[int, int]], float]
"""Context of a chain and the strength of its smoothing."""


class Chosen(NamedTuple):
    """Settings of the three chains, and the weight of the factored ones."""

    pitch: Setting
    length: Setting
    note: Setting
    share: float


def _of_right(p: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the probability that each row gives to its right answer."""
    return p[np.arange(len(right)), right]


def _factored(pitch: Setting, length: Setting, x: np.ndarray) -> np.ndarray:
    """Return what two chains answer together, (rows, PAIRS)."""
    return corpus.pair_probabilities(
        counted(P, *pitch, x), counted(L, *length, x)
    )


@cache
def chosen(inputs: str) -> Chosen:
    """Return what is best on the validation chorales.

    Pitch and length are chosen apart; then the chain of whole notes and its
    share, by the perplexity of the mixture.
    """
    x, y = questions("val")
    pitch, length = (
        max(
            product(contexts, STRENGTHS),
            key=lambda s: np.log(
                _of_right(counted(column, *s, x), y[:, -1, column])
            ).mean(),
        )
        for column, contexts in enumerate(CONTEXTS[inputs])
    )
    right = corpus.pair_ids(y[:, -1, :2])
    one = _of_right(_factored(pitch, length, x), right)
    found = []
    for note in product(JOINT[inputs], STRENGTHS):
        other = _of_right(counted(NOTE, *note, x), right)
        found += [
            (np.log(w * one + (1 - w) * other).mean(), w, note) for w in SHARES
        ]
    _, share, note = max(found, key=lambda some: some[0])
    return Chosen(pitch, length, note, share)


def chain(inputs: str, x: np.ndarray) -> np.ndarray:
    """Return what the mixture of both kinds answers, (rows, PAIRS)."""
    pitch, length, note, share = chosen(inputs)
    return share * _factored(pitch, length, x) + (1 - share) * counted(
        NOTE, *note, x
    )
