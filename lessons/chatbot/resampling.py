"""Intervals over seeds and people, drawn anew together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from utils.intervals import Interval

RESAMPLES = 2000


def ratio_interval(
    values: Sequence[np.ndarray],
    people: np.ndarray,
    weights: np.ndarray | None = None,
    seed: int = 0,
) -> Interval:
    """Return a mean over seeds and samples with its 95% interval.

    Seeds are drawn again with replacement, and so are people, each with all
    of their samples: the answers of one person are alike.

    Args:
        values: A value for each sample, a row per seed.
        people: Whose sample it is, (samples,).
        weights: What the total is divided by, for each sample; 1 if None.
        seed: Of the draws.

    Raises:
        ValueError: The shapes do not fit.
    """
    weights = np.ones(len(people)) if weights is None else weights
    return _interval(*_means(values, people, weights, seed))


def gap_interval(
    values: Sequence[np.ndarray],
    people: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    seed: int = 0,
) -> Interval:
    """Return by how much one group's mean is above another's.

    Seeds and people are drawn as for `ratio_interval`, the same for both
    groups: one person may have samples in each.

    Args:
        values: A value for each sample, a row per seed.
        people: Whose sample it is, (samples,).
        first: Whether a sample belongs to the first group, (samples,).
        second: The same of the second one.
        seed: Of the draws.

    Raises:
        ValueError: The shapes do not fit.
    """
    (value, means), (other, others) = (
        _means(np.asarray(values) * group, people, group.astype(float), seed)
        for group in (first, second)
    )
    return _interval(value - other, means - others)


def _means(
    values: Sequence[np.ndarray],
    people: np.ndarray,
    weights: np.ndarray,
    seed: int,
) -> tuple[float, np.ndarray]:
    """Return the mean of what there is, and of each draw, (RESAMPLES,)."""
    table = np.atleast_2d(np.asarray(values, float))
    if table.shape[1:] != np.shape(people):
        raise ValueError(
            f"values takes a row of {len(people)} samples per seed, got the "
            f"shape {table.shape}"
        )
    _, who = np.unique(people, return_inverse=True)
    totals = np.stack([np.bincount(who, row) for row in table])
    sizes = np.bincount(who, weights)
    generator = np.random.default_rng(seed)
    count = len(sizes)
    times = generator.multinomial(
        count, np.full(count, 1 / count), size=RESAMPLES
    )
    drawn = generator.multinomial(
        len(table), np.full(len(table), 1 / len(table)), size=RESAMPLES
    )
    means = (drawn @ totals / len(table) * times).sum(axis=1) / (times @ sizes)
    return float(totals.sum() / len(table) / sizes.sum()), means


def _interval(value: float, draws: np.ndarray) -> Interval:
    """Return a value with the middle 95% of the draws."""
    low, high = np.quantile(draws, [0.025, 0.975])
    return Interval(value, float(low), float(high))
