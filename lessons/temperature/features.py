"""Eleven numbers about an hour of readings, each with its order in mind.

They are what a person would write down who looks for a stuck, drifting,
spiking or swapped thermometer; a forest reads them (``readings.VIEWS``).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lessons.temperature.sensor_faults import MINUTES


def longest_run(hours: np.ndarray) -> np.ndarray:
    """Return how often the same reading stands in a row at most.

    Args:
        hours: °C, (samples, steps).

    Returns:
        Integers from 1 on, (samples,).
    """
    run = np.ones(len(hours), dtype=int)
    longest = run.copy()
    for equal in (np.diff(hours, axis=1) == 0).T:
        run = np.where(equal, run + 1, 1)
        longest = np.maximum(longest, run)
    return longest


def _slope(readings: np.ndarray) -> np.ndarray:
    """Return the slope of the line of least squares, °C per hour."""
    minutes = np.arange(readings.shape[1]) - (readings.shape[1] - 1) / 2
    return MINUTES * (readings @ minutes) / (minutes @ minutes)


def measure(readings: Any) -> dict[str, np.ndarray]:
    """Return eleven numbers about each hour, by name.

    Args:
        readings: °C, (samples, 60).

    Returns:
        Name -> (samples,): a count, distances and changes in °C, slopes in
        °C per hour, and as bend the coefficient of the square of the hour.
    """
    hours = np.asarray(readings, dtype=float)
    time = (np.arange(MINUTES) - (MINUTES - 1) / 2) / MINUTES
    slope = _slope(hours)
    line = hours.mean(axis=1, keepdims=True) + slope[:, None] * time
    off_line = hours - line
    near = np.lib.stride_tricks.sliding_window_view(hours, 5, axis=1)
    off_median = hours[:, 2:-2] - np.median(near, axis=2)
    five_minutes = hours.reshape(len(hours), -1, 5).mean(axis=2)
    change = np.abs(np.diff(hours, axis=1))
    halves = np.hsplit(hours, 2)
    return {
        "longest run of equal readings": longest_run(hours),
        "largest change": change.max(axis=1),
        "mean change": change.mean(axis=1),
        "largest distance from the median of five": np.abs(off_median).max(
            axis=1
        ),
        "slope": slope,
        "slope, first half": _slope(halves[0]),
        "slope, second half": _slope(halves[1]),
        "bend": np.polyfit(time, hours.T, 2)[0],
        "largest distance from the line": np.abs(off_line).max(axis=1),
        "spread around the line": off_line.std(axis=1),
        "largest jump of five-minute means": np.abs(
            np.diff(five_minutes, axis=1)
        ).max(axis=1),
    }
