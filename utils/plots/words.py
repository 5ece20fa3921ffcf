"""What a curve does, in words that are the same on every processor."""

from __future__ import annotations

from typing import Any

import numpy as np

LEVEL = 1000
"""From first to last, the factor up to which a curve counts as level."""


def direction(values: Any) -> str:
    """Say in words where a curve ends, compared with where it begins.

    Args:
        values: One norm a step, not negative, the first above zero.
    """
    values = np.asarray(values, dtype=float)
    if values[-1] == 0:
        return "falls to exactly zero"
    change = values[-1] / values[0]
    if change < 1 / LEVEL:
        return "falls"
    return "rises" if change > LEVEL else "stays within a factor of 1,000"
