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
    table = np.atleast_2d(np.asarray(values, float))
    if table.shape[1:] != np.shape(people):
        raise ValueError(
            f"values takes a row of {len(people)} samples per seed, got the "
            f"shape {table.shape}"
        )
    weights = np.ones(len(people)) if weights is None else weights
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
    low, high = np.quantile(means, [0.025, 0.975])
    value = totals.sum() / len(table) / sizes.sum()
    return Interval(float(value), float(low), float(high))
