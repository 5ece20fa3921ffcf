"""Bach's chorale sopranos: 20 notes in, the 21st out.

``load`` gives the melodies, ``transposed`` brings them all into C major or
A minor, ``tunes`` finds the chorales that share a hymn tune, ``split``
keeps these together, ``encode`` makes ids and ``windows`` the rows a
network learns from. ``baseline`` answers without a network, and ``score``
measures any answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.music.chorales import load
from lessons.music.markov import Markov
from lessons.music.tunes import split, transposed, tunes
from utils.errors import check_choice, check_integer
from utils.intervals import Interval

__all__ = ["BASELINES", "LENGTHS", "PAIRS", "PITCHES", "accuracy_over_tunes"]
__all__ += ["baseline", "decode", "encode", "gain_over_tunes", "in_more_keys"]
__all__ += ["load", "pair_ids", "pair_probabilities", "score", "spell"]
__all__ += ["split", "transposed", "tunes", "windows"]

NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
LENGTH_NAMES = {
    1: "sixteenth",
    2: "eighth",
    3: "dotted eighth",
    4: "quarter",
    6: "dotted quarter",
    8: "half",
    12: "dotted half",
    16: "whole",
}
LENGTHS = tuple(LENGTH_NAMES)
"""Sixteenths that have an id; other lengths count as the nearest."""

LOWEST, HIGHEST = 55, 84
"""MIDI pitches that have an id: G3 to C6, all that `transposed` gives."""

PITCHES = HIGHEST - LOWEST + 1
PAIRS = PITCHES * len(LENGTHS)
"""Notes there could be: every pitch with every length."""

BASELINES = {
    "most frequent": 0,
    "repeat": 0,
    "Markov 1": 1,
    "Markov 2": 2,
    "Markov 4": 4,
}
"""Name of an answer without a network -> order of the chain it counts."""

STRENGTHS = {0: 30.0, 1: 30.0, 2: 60.0, 4: 60.0}
"""Order -> strength of the smoothing: the best one of 10, 30, 60 and 100 on
the validation chorales."""


class Score(NamedTuple):
    """How good a row of answers is.

    Attributes:
        accuracy: Share of notes whose pitch and length were both answered.
        perplexity: exp of the mean cross-entropy in nats: a uniform choice
            among that many notes would be as uncertain.
    """

    accuracy: float
    perplexity: float

    def __str__(self) -> str:
        """Show both: ``accuracy 0.330, perplexity 12.69``."""
        return f"accuracy {self[0]:.3f}, perplexity {self[1]:.2f}"


def encode(notes: np.ndarray) -> np.ndarray:
    """Return the ids of notes.

    Args:
        notes: MIDI pitch and sixteenths in the last axis, (..., 2).

    Returns:
        Ids of the same shape: pitch from 0 (G3) to 29 (C6), length from 0
        (sixteenth) to 7 (whole note); a length without an id takes the
        nearest, of two the shorter.

    Raises:
        ValueError: The last axis is not a pair, a pitch has no id, or a
            length is not above 0.
    """
    notes = _pairs("notes", notes)
    pitch, length = notes[..., 0], notes[..., 1]
    _check_range("pitch", pitch, LOWEST, HIGHEST)
    _check_range("length", length, 1, np.inf)
    distance = np.abs(length[..., None] - np.array(LENGTHS))
    return np.stack([pitch - LOWEST, distance.argmin(axis=-1)], axis=-1)


def decode(ids: np.ndarray) -> np.ndarray:
    """Return the notes of ids: what `encode` does, backwards.

    Args:
        ids: Ids of pitch and length in the last axis, (..., 2).

    Returns:
        MIDI pitch and sixteenths, of the same shape.

    Raises:
        ValueError: The last axis is not a pair, or an id has no note.
    """
    ids = _pairs("ids", ids)
    _check_range("pitch id", ids[..., 0], 0, PITCHES - 1)
    _check_range("length id", ids[..., 1], 0, len(LENGTHS) - 1)
    lengths = np.array(LENGTHS)[ids[..., 1]]
    return np.stack([ids[..., 0] + LOWEST, lengths], axis=-1)


def spell(note: Sequence[int]) -> str:
    """Return a note in words, such as ``"C5 quarter"``.

    Args:
        note: MIDI pitch and one of ``LENGTHS``.
    """
    pitch, length = (int(number) for number in note)
    check_choice("length", length, LENGTHS)
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1} {LENGTH_NAMES[length]}"


def pair_ids(ids: np.ndarray) -> np.ndarray:
    """Return one id for pitch and length together, 0 to ``PAIRS - 1``.

    Args:
        ids: Ids of pitch and length in the last axis, (..., 2).
    """
    ids = _pairs("ids", ids)
    return ids[..., 0] * len(LENGTHS) + ids[..., 1]


def pair_probabilities(pitch: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Return how probable each pair is, if both are chosen independently.

    Args:
        pitch: Probabilities of the pitches, (samples, PITCHES).
        length: Probabilities of the lengths, (samples, len(LENGTHS)).

    Returns:
        (samples, PAIRS), in the order of `pair_ids`.
    """
    pitch, length = np.asarray(pitch), np.asarray(length)
    return (pitch[:, :, None] * length[:, None, :]).reshape(len(pitch), -1)


def windows(
    melodies: Sequence[np.ndarray], *, size: int = 20, stride: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Cut melodies into rows of notes and the notes that follow each.

    Args:
        melodies: Ids, one array a chorale, (notes, 2).
        size: Notes a row, at least 1.
        stride: Notes from one row's start to the next one's, at least 1.

    Returns:
        Inputs and targets, int32, (rows, size, 2) each. A target is the
        input one note later, so its last note is the one not seen.

    Raises:
        TypeError, ValueError: A number is out of range, or no melody is
            long enough.
    """
    size = check_integer("size", size, minimum=1)
    stride = check_integer("stride", stride, minimum=1)
    rows = [
        melody[start : start + size + 1]
        for melody in melodies
        for start in range(0, len(melody) - size, stride)
    ]
    if not rows:
        raise ValueError(
            f"melodies takes one of more than {size} notes, got none"
        )
    cut = np.array(rows, dtype=np.int32)
    return cut[:, :-1], cut[:, 1:]


def in_more_keys(
    x: np.ndarray, y: np.ndarray, semitones: Sequence[int] = (-5, 0, 5)
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows several times, each time moved to another key.

    From C, five semitones down is G and five up is F, the keys that share
    all but one note with C.

    Args:
        x: Ids, (rows, size, 2).
        y: Ids of the notes one later, of the same shape.
        semitones: How far to move; 0 keeps a row as it is.

    Returns:
        Inputs and targets; a row that would need a pitch without an id is
        left out.
    """
    moves = [np.array([distance, 0], dtype=x.dtype) for distance in semitones]
    inputs = np.concatenate([x + move for move in moves])
    targets = np.concatenate([y + move for move in moves])
    pitch = np.concatenate([inputs[..., 0], targets[..., 0]], axis=1)
    fits = ((pitch >= 0) & (pitch < PITCHES)).all(axis=1)
    return inputs[fits], targets[fits]


def baseline(
    name: str,
    train: Sequence[np.ndarray],
    x: np.ndarray,
    *,
    strength: float | None = None,
) -> np.ndarray:
    """Return the probabilities of an answer that needs no network.

    Args:
        name: A key of ``BASELINES``. "repeat" gives the last note once more
            the probability that it had in training, and shares out the
            rest by frequency.
        train: Ids of the melodies to count in, (notes, 2) each.
        x: Ids, (samples, timesteps, 2).
        strength: Of the smoothing, see `Markov`; ``None`` takes the one of
            ``STRENGTHS``.

    Returns:
        Probabilities of the pairs, (samples, PAIRS).

    Raises:
        ValueError: There is no such baseline, or an id is out of range.
    """
    order = BASELINES[check_choice("name", name, BASELINES)]
    strength = STRENGTHS[order] if strength is None else strength
    rows = [pair_ids(melody) for melody in train]
    chain = Markov(order, PAIRS, strength=strength).fit(rows)
    last = pair_ids(x)
    answer = chain.probabilities(last)
    if name == "repeat":
        pairs = np.concatenate([row[1:] == row[:-1] for row in rows])
        answer *= 1 - pairs.mean()
        answer[np.arange(len(x)), last[:, -1]] += pairs.mean()
    return answer


def score(probabilities: np.ndarray, notes: np.ndarray) -> Score:
    """Measure answers against the notes that Bach wrote.

    Args:
        probabilities: Of the pairs, (samples, PAIRS); each row sums to 1.
        notes: Ids of the right answers, (samples, 2).

    Raises:
        ValueError: The shapes do not fit, or a row does not sum to 1.
    """
    probabilities, right = np.asarray(probabilities), pair_ids(notes)
    if probabilities.shape != (*right.shape, PAIRS) or not len(right):
        raise ValueError(
            f"probabilities takes shape {(len(right), PAIRS)}, one row for "
            f"each of notes, got {probabilities.shape}"
        )
    if np.abs(probabilities.sum(axis=1) - 1).max() > 1e-3:
        raise ValueError("probabilities takes rows that sum to 1, got others")
    of_right = probabilities[np.arange(len(right)), right]
    with np.errstate(divide="ignore"):
        perplexity = float(np.exp(-np.log(of_right).mean()))
    accuracy = float((probabilities.argmax(axis=1) == right).mean())
    return Score(accuracy, perplexity)


def gain_over_tunes(
    answers: np.ndarray,
    others: np.ndarray,
    notes: np.ndarray,
    tune: np.ndarray,
    *,
    draws: int = 2_000,
) -> Interval:
    """Return by how much one row of answers is surer of the right notes.

    The 95% interval comes from a bootstrap over tunes: as many tunes are
    drawn with repetition, and the gain is taken on what they ask.

    Args:
        answers: Probabilities of the pairs, (samples, PAIRS).
        others: Those to compare with, of the same shape.
        notes: Ids of the right answers, (samples, 2).
        tune: Number of the tune that each sample is from, (samples,).
        draws: How often the tunes are drawn, at least 1.

    Returns:
        The mean of log(p / p of the others), in nats.

    Raises:
        TypeError, ValueError: ``draws`` is out of range.

    Source: B. Efron, "Bootstrap methods" (1979).
    """
    right = np.arange(len(answers)), pair_ids(notes)
    gain = np.log(np.asarray(answers)[right] / np.asarray(others)[right])
    return _mean_over_tunes(gain, tune, draws)


def accuracy_over_tunes(
    answers: np.ndarray,
    others: np.ndarray,
    notes: np.ndarray,
    tune: np.ndarray,
    *,
    draws: int = 2_000,
) -> Interval:
    """Return by how much one row of answers is more often right.

    The arguments and the interval are those of `gain_over_tunes`.

    Returns:
        Accuracy minus that of the others.

    Raises:
        TypeError, ValueError: ``draws`` is out of range.
    """
    right = pair_ids(notes)
    hits = (np.argmax(p, axis=1) == right for p in (answers, others))
    ours, theirs = (hit.astype(float) for hit in hits)
    return _mean_over_tunes(ours - theirs, tune, draws)


def _mean_over_tunes(
    values: np.ndarray, tune: np.ndarray, draws: int
) -> Interval:
    """Return the mean of a value per question, tunes drawn with repetition."""
    draws = check_integer("draws", draws, minimum=1)
    _, place = np.unique(tune, return_inverse=True)
    sums, counts = np.bincount(place, values), np.bincount(place)
    picks = np.random.default_rng(0).integers(
        len(sums), size=(draws, len(sums))
    )
    means = sums[picks].sum(axis=1) / counts[picks].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))


def _pairs(name: str, values: np.ndarray) -> np.ndarray:
    """Return an integer array of pairs."""
    array = np.asarray(values)
    whole = np.issubdtype(array.dtype, np.integer)
    if not whole or array.shape[-1:] != (2,):
        raise ValueError(
            f"{name} takes integers of shape (..., 2), got {array.dtype} of "
            f"shape {array.shape}"
        )
    return array.astype(int)


def _check_range(
    name: str, values: np.ndarray, low: float, high: float
) -> None:
    """Raise a ValueError unless all values lie between the bounds."""
    if values.size and not (low <= values.min() and values.max() <= high):
        raise ValueError(
            f"{name} takes {low} to {high}, got {values.min()} to "
            f"{values.max()}"
        )
