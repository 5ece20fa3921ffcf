"""From which probability on the bot answers: chosen on the validation part."""

from __future__ import annotations

import numpy as np

QUANTILES = tuple(range(0, 100, 5))
"""Thresholds tried: per cent of the validation messages below them."""

WANTED = 1 / 3
"""Share of right picks out of ten that is asked for above the threshold."""

LEAST = 50
"""Messages above a threshold, so that the share means something."""


def choose(
    confidence: np.ndarray, right: np.ndarray, wanted: float = WANTED
) -> float:
    """Return the lowest threshold above which enough picks are right.

    Args:
        confidence: Of each message, (messages,): the probability of the
            best answer of the list.
        right: Whether the real answer was picked out of ten, (messages,).
        wanted: Share of right picks that is asked for.

    Returns:
        One of the `QUANTILES` of the confidence; the one with the highest
        share, where none reaches ``wanted``.
    """
    best, share = 0.0, -1.0
    for quantile in QUANTILES:
        level = float(np.percentile(confidence, quantile))
        above = confidence >= level
        if above.sum() < LEAST:
            break
        found = float(np.mean(right[above]))
        if found >= wanted:
            return level
        if found > share:
            best, share = level, found
    return best


def table(
    confidence: np.ndarray, right: np.ndarray, levels: list[float]
) -> list[tuple[float, float, float]]:
    """Return each level, the share answered, and the share right of these."""
    rows = []
    for level in levels:
        above = confidence >= level
        share = float(np.mean(right[above])) if above.any() else float("nan")
        rows.append((level, float(above.mean()), share))
    return rows
