"""Real weather: the warmest temperature of each day in Seattle, 2012-2015.

The table ``seattle_weather`` of ``vega_datasets`` 0.9.0 (package: BSD-3;
data: public domain, from NOAA) has 1,461 days. Unlike the hourly file of
``readings``, it holds what was measured on each of them.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from lessons.temperature.readings import Parts

PAST = AHEAD = 7
"""Days that a forecast sees, and days that it says."""

YEARS = {"train": (2012, 2013), "validation": (2014,), "held_out": (2015,)}
"""Part of the data -> its years."""


class Weeks(NamedTuple):
    """Weeks, and the weeks after them.

    Attributes:
        past: °C above the season, (samples, 7), the last column one day
            before the first of ``following``.
        following: °C above the season, (samples, 7).
        day: datetime64[D], (samples,): the first day of ``following``.
        season: °C, (samples, 14): the season of all these days.
    """

    past: np.ndarray
    following: np.ndarray
    day: np.ndarray
    season: np.ndarray


class Daily(NamedTuple):
    """A temperature for every day.

    Attributes:
        days: datetime64[D], (days,).
        celsius: The warmest of each day in °C, (days,).
    """

    days: np.ndarray
    celsius: np.ndarray


@cache
def daily() -> Daily:
    """Return the 1,461 days; the arrays cannot be written to."""
    from vega_datasets import data

    table = data.seattle_weather()
    days = table["date"].to_numpy().astype("datetime64[D]")
    celsius = table["temp_max"].to_numpy(dtype=float).copy()
    days.flags.writeable = celsius.flags.writeable = False
    return Daily(days, celsius)


def years(days: Any) -> np.ndarray:
    """Return the year of each day.

    Args:
        days: datetime64, any shape.
    """
    return np.asarray(days).astype("datetime64[Y]").astype(int) + 1970


def waves(days: Any) -> np.ndarray:
    """Return what the season of a day is a sum of.

    Args:
        days: datetime64[D], (days,).

    Returns:
        (days, 5): 1, and sine and cosine of one and of two waves a year.
    """
    days = np.asarray(days)
    day_of_year = (days - days.astype("datetime64[Y]")).astype(int)
    angle = 2 * np.pi * day_of_year / 365.25
    return np.stack(
        [
            np.ones(len(angle)),
            *(f(n * angle) for n in (1, 2) for f in (np.sin, np.cos)),
        ],
        axis=1,
    )


def load() -> Parts:
    """Cut the years into weeks and the weeks after them, in three parts.

    The season is fitted to the training years alone, by least squares. All
    days of a sample lie within the years of its part.

    Returns:
        ``Parts`` of ``Weeks``.
    """
    days, celsius = daily()
    year = years(days)
    known = np.isin(year, YEARS["train"])
    curve = waves(days)
    weights, *_ = np.linalg.lstsq(curve[known], celsius[known], rcond=None)
    season = curve @ weights
    width = PAST + AHEAD
    rows = np.arange(len(days) - width + 1)[:, None] + np.arange(width)
    parts = []
    for chosen in YEARS.values():
        inside = rows[np.isin(year, chosen)[rows].all(axis=1)]
        above = (celsius - season)[inside]
        parts.append(
            Weeks(
                above[:, :PAST],
                above[:, PAST:],
                days[inside[:, PAST]],
                season[inside],
            )
        )
    return Parts(*parts)
