"""Two models on the same rows: how good each is, and which one to keep."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from utils.intervals import Interval, wilson_interval

RESAMPLES = 2_000
"""Samples drawn for an interval."""


class Measured(NamedTuple):
    """What a model is right about.

    Attributes:
        accuracy: With Wilson's 95% interval.
        macro_f1: Mean of the classes' F1, each class counting the same.
        precision: Of what it says, the share that is right, (classes,).
        recall: Of what there is, the share that it finds, (classes,).
        rows: Of each class, (classes,).
    """

    accuracy: Interval
    macro_f1: float
    precision: np.ndarray
    recall: np.ndarray
    rows: np.ndarray


def measure(y: np.ndarray, said: np.ndarray, classes: int) -> Measured:
    """Measure what was said of rows, 0 where a class was never said.

    Args:
        y: True classes, from 0, (rows,).
        said: Classes that were said, (rows,).
        classes: How many there are.
    """
    from sklearn.metrics import precision_recall_fscore_support

    precision, recall, f1, rows = precision_recall_fscore_support(
        y, said, labels=range(classes), zero_division=0
    )
    accuracy = wilson_interval(int((y == said).sum()), len(y))
    return Measured(accuracy, float(f1.mean()), precision, recall, rows)


def difference(
    y: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    classes: int,
    measure: str = "accuracy",
    seed: int = 1,
) -> Interval:
    """Return how much better the first is, with a 95% interval.

    Pair by pair: the rows are drawn again with what both said of them
    (percentile bootstrap; Efron and Tibshirani 1993, chapter 13). Rows with
    the same truth and the same two answers are one cell of a table, so a
    draw of all rows is one multinomial draw.

    Args:
        y: True classes, (rows,).
        first: What the one said, (rows,).
        second: What the other said, (rows,).
        classes: How many there are.
        measure: "accuracy" or "macro_f1".
        seed: Of the draws.
    """
    table = np.stack([y, first, second])
    cells, count = np.unique(table, axis=1, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(
        len(y), count / len(y), RESAMPLES
    )
    value = MEASURES[measure]
    truth, *answers = cells

    def gain(counts: np.ndarray) -> np.ndarray:
        one, two = (value(counts, truth, said, classes) for said in answers)
        return one - two

    low, high = np.quantile(gain(drawn), (0.025, 0.975))
    exact = float(gain(count[None])[0])
    return Interval(exact, min(float(low), exact), max(float(high), exact))


def _accuracy(
    counts: np.ndarray, truth: np.ndarray, said: np.ndarray, _: int
) -> np.ndarray:
    """Return the accuracy in each table of counts, (draws,)."""
    return counts @ (truth == said) / counts.sum(axis=1)


def _macro_f1(
    counts: np.ndarray, truth: np.ndarray, said: np.ndarray, classes: int
) -> np.ndarray:
    """Return the macro-F1 in each table of counts, (draws,)."""
    total = np.zeros(len(counts))
    for number in range(classes):
        is_it, says_it = truth == number, said == number
        both = counts @ (is_it.astype(int) + says_it)
        total += 2 * (counts @ (is_it & says_it)) / np.maximum(both, 1)
    return total / classes


MEASURES = {"accuracy": _accuracy, "macro_f1": _macro_f1}
"""Name -> from tables of counts to the measure in each."""


def score(
    y: np.ndarray, said: np.ndarray, classes: int, measure: str
) -> float:
    """Return one of `MEASURES` of rows."""
    ones = np.ones((1, len(y)))
    return float(MEASURES[measure](ones, y, said, classes)[0])
