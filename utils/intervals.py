"""How sure a measured number is: 95% intervals for shares and for means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from utils.arguments import check_integer

Z_95 = 1.959963984540054
"""The normal quantile that leaves 2.5% on either side."""

T_95 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
"""Student's t for 1 to 9 degrees of freedom, 2.5% on either side."""


class Interval(NamedTuple):
    """A measured value with the bounds of its 95% interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Show three decimals: ``0.795 [0.784, 0.806]``."""
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two intervals share a point."""
        return self.low <= other.high and other.low <= self.high


def share_interval(correct: int, total: int) -> Interval:
    """Return the share ``correct / total`` with Wilson's 95% interval.

    Args:
        correct: How many of the samples were right.
        total: How many samples there were, at least 1.

    Raises:
        ValueError: ``correct`` is not between 0 and ``total``.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    total = check_integer("total", total, minimum=1)
    correct = check_integer("correct", correct, minimum=0, maximum=total)
    share = correct / total
    shrink = 1 + Z_95**2 / total
    centre = (share + Z_95**2 / (2 * total)) / shrink
    spread = share * (1 - share) / total + Z_95**2 / (4 * total**2)
    half = Z_95 * float(np.sqrt(spread)) / shrink
    # At the ends, rounding would put the share outside its own interval.
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return Interval(share, min(low, share), max(high, share))


def mean_interval(values: Sequence[float]) -> Interval:
    """Return the mean over seeds with Student's 95% interval.

    Args:
        values: One result a seed, 2 to 10 of them.

    Raises:
        ValueError: Fewer than 2 or more than 10 values.
    """
    if not 2 <= len(values) <= len(T_95) + 1:
        limit = f"2 to {len(T_95) + 1} results, one a seed"
        raise ValueError(f"values takes {limit}, got {len(values)}")
    mean = float(np.mean(values))
    error = float(np.std(values, ddof=1)) / float(np.sqrt(len(values)))
    half = T_95[len(values) - 2] * error
    return Interval(mean, mean - half, mean + half)
