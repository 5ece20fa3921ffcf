"""Which hymn tune a chorale has, and how that decides the split.

Bach set some hymns ten times. Chorales with the same tune must not stand on
both sides of a split, or learning by heart looks like understanding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.music.chorales import Chorales
from utils.errors import check_integer

RUN = 6
"""Intervals in a row by which `tunes` compares melodies."""

SHARED = 0.3
"""Share of its runs that a melody must have in common with another."""


class Split(NamedTuple):
    """Numbers of the chorales in each part, rising."""

    train: np.ndarray
    val: np.ndarray
    test: np.ndarray


def transposed(corpus: Chorales) -> list[np.ndarray]:
    """Return the melodies without the sharps and flats of their keys.

    Every sharp of a key signature stands for a key a fifth higher, 7
    semitones; taking them away brings a major key to C and a minor one to
    A. Of the ways up and down, the shorter one is taken.

    Args:
        corpus: What `load` returned.

    Returns:
        One array a chorale, (notes, 2): MIDI pitch and sixteenths.
    """
    shift = (-7 * corpus.sharps.astype(int) + 6) % 12 - 6
    pitch = corpus.pitch + shift[corpus.chorale]
    notes = np.stack([pitch, corpus.length.astype(int)], axis=1)
    ends = np.cumsum(np.bincount(corpus.chorale))
    return np.split(notes, ends[:-1])


def tunes(melodies: Sequence[np.ndarray]) -> np.ndarray:
    """Return a number for the hymn tune of each melody.

    Two melodies share a tune if, of the runs of 6 intervals in the one with
    fewer of them, at least 3 in 10 occur in the other; so does everything
    that is linked by such pairs. Neither key nor rhythm counts.

    Args:
        melodies: One array a chorale, (notes, 2), pitch first.

    Returns:
        The smallest number among the chorales of the same tune, (chorales,).
    """
    runs = [_runs(melody[:, 0]) for melody in melodies]
    tune = np.arange(len(melodies))
    for one, mine in enumerate(runs):
        for other in range(one):
            fewer = min(len(mine), len(runs[other]))
            if len(mine & runs[other]) >= max(1, SHARED * fewer):
                joined = (tune[one], tune[other])
                tune[np.isin(tune, joined)] = min(joined)
    return tune


def _runs(pitch: np.ndarray) -> set[tuple[int, ...]]:
    """Return all runs of ``RUN`` intervals in a melody."""
    steps = np.diff(pitch.astype(int)).tolist()
    places = range(len(steps) - RUN + 1)
    return {tuple(steps[place : place + RUN]) for place in places}


def split(tune: np.ndarray, *, seed: int = 0) -> Split:
    """Part the chorales by tune: about 70%, 15% and 15% of them.

    Args:
        tune: A number a chorale; those with the same stay together.
        seed: Seed of the order in which tunes are dealt out.

    Raises:
        TypeError, ValueError: ``seed`` is not an integer from 0.
    """
    rng = np.random.default_rng(check_integer("seed", seed, minimum=0))
    numbers, counts = np.unique(tune, return_counts=True)
    order = rng.permutation(len(numbers))
    dealt = np.cumsum(counts[order]) / len(tune)
    part = np.zeros(len(numbers), dtype=int)
    part[order] = (dealt > 0.70).astype(int) + (dealt > 0.85)
    of_chorale = part[np.searchsorted(numbers, tune)]
    return Split(*(np.flatnonzero(of_chorale == p) for p in range(3)))
