"""From which probability on the bot answers: chosen on the validation part."""

from __future__ import annotations

import numpy as np

from lessons.chatbot.resampling import ratio_interval

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
    confidence: np.ndarray,
    right: np.ndarray,
    people: np.ndarray,
    levels: list[float],
) -> list[tuple[float, ...]]:
    """Return what each threshold does.

    Args:
        confidence: As for `choose`.
        right: As for `choose`.
        people: Who gave the real answer, (messages,).
        levels: Thresholds that some message reaches.

    Returns:
        Threshold, share answered, share right of these with its 95%
        interval, which draws people anew.
    """
    rows = []
    for level in levels:
        above = confidence >= level
        share = ratio_interval([right[above]], people[above])
        rows.append((level, float(above.mean()), *share))
    return rows
