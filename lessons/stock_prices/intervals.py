"""Intervals for days that are not independent."""

from __future__ import annotations

from typing import Any

import numpy as np

from utils.errors import check_integer
from utils.intervals import Interval

BLOCK = 22
"""Days of a block: a month of trading."""


def block_interval(
    values: Any, *, block: int = BLOCK, draws: int = 2000, seed: int = 0
) -> Interval:
    """Return a mean over seeds and days with its 95% interval.

    Days are drawn in blocks of neighbours, with replacement, so that a wild
    month stays a wild month; seeds are drawn one by one.

    Args:
        values: One value a day, (days,), or a row of them for each seed,
            (seeds, days).
        block: Days of a block; 1 draws day by day, as if days were
            independent.
        draws: How many means the interval is read from.
        seed: Of the drawing.

    Raises:
        ValueError: ``block`` is not between 1 and the number of days.

    Source: H. R. Künsch (1989), doi:10.1214/aos/1176347265.
    """
    from arch.bootstrap import MovingBlockBootstrap

    table = np.atleast_2d(np.asarray(values, dtype=float))
    seeds, days = table.shape
    block = check_integer("block", block, minimum=1, maximum=days)
    rng = np.random.default_rng(seed)
    drawn = MovingBlockBootstrap(block, np.arange(days), seed=rng)
    means = []
    for (chosen,), _ in drawn.bootstrap(draws):
        rows = rng.integers(seeds, size=seeds)
        means.append(table[rows].mean(axis=0)[chosen].mean())
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(table.mean()), float(low), float(high))
