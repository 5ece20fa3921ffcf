"""How sure a measured number is: 95% intervals for shares and for means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from utils.errors import check_integer


class Interval(NamedTuple):
    """A measured value with the bounds of its 95% interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Show three decimals: ``0.795 [0.784, 0.806]``."""
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def wilson_interval(correct: int, total: int) -> Interval:
    """Return the share ``correct / total`` with Wilson's 95% interval.

    Args:
        correct: How many of the samples were right.
        total: How many samples there were, at least 1.

    Raises:
        ValueError: ``correct`` is not between 0 and ``total``.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    from scipy import stats

    total = check_integer("total", total, minimum=1)
    correct = check_integer("correct", correct, minimum=0, maximum=total)
    share = correct / total
    bounds = stats.binomtest(correct, total).proportion_ci(method="wilson")
    # At the ends, rounding would put the share outside its own interval.
    low, high = float(bounds.low), float(bounds.high)
    return Interval(share, min(low, share), max(high, share))


def t_interval(values: Sequence[float]) -> Interval:
    """Return the mean over seeds with Student's 95% interval.

    Args:
        values: One result a seed, at least 2 of them.

    Raises:
        ValueError: Fewer than 2 values.
    """
    from scipy import stats

    if len(values) < 2:
        raise ValueError(
            f"values takes 2 results or more, one a seed, got {len(values)}"
        )
    mean = float(np.mean(values))
    # Three decimals, as tables print it: the stored results have it so.
    quantile = round(float(stats.t.ppf(0.975, len(values) - 1)), 3)
    half = quantile * float(stats.sem(values))
    return Interval(mean, mean - half, mean + half)


def seeds_and_samples(correct: Sequence[int], total: int) -> Interval:
    """Return the mean share of several runs on the same samples.

    Its 95% interval holds two things that vary independently, the seed and
    the sample: their widths are added as the sides of a right angle.

    Args:
        correct: How many of the samples each run was right on, one a seed;
            of a single run nothing is known about the seeds.
        total: How many samples there were, at least 1.
    """
    runs = np.asarray(correct, float)
    mean = float(runs.mean() / total)
    share, low, high = wilson_interval(round(mean * total), total)
    seeds = t_interval(runs / total) if len(runs) > 1 else None
    by_seed = seeds.high - seeds.value if seeds else 0.0
    return Interval(
        mean,
        max(0.0, mean - float(np.hypot(by_seed, share - low))),
        min(1.0, mean + float(np.hypot(by_seed, high - share))),
    )
