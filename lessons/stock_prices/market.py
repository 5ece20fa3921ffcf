"""Days of the S&P 500, 1999 to 2018, and of the VIX from 2014 on.

Both come with the package ``arch`` 8.0.0 (licence NCSA). The index is a
number that 500 share prices make; the VIX is what the prices of options say
about how far it will move in the next thirty days, in per cent a year.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from utils.errors import check_integer, check_length

PARTS = {
    "training": (1999, 2005),
    "validation": (2006, 2007),
    "test": (2008, 2018),
}
"""Part of the data -> its first and last year."""

VIX_PARTS = {
    "training": (2014, 2015),
    "validation": (2016, 2016),
    "test": (2017, 2018),
}
"""The same for the years in which there is a VIX."""

STUDIES = {"long": PARTS, "short": VIX_PARTS}
"""Study of the variance -> its parts."""

TIMESTEPS = 22
"""Days that every model sees: a month of trading."""


@cache
def daily() -> pd.DataFrame:
    """Return one row for each of the 5,031 days of trading.

    Returns:
        Indexed by day, with the columns ``close``, ``high`` and ``low`` in
        points, ``volume`` in shares, ``change``: 100 times the change of
        the logarithm of ``close`` since the day before, about per cent
        (missing on the first day), ``range``: 100 times the logarithm of
        ``high / low``, and ``variance``: what the range says about the
        variance of a day's change, in per cent squared (see
        ``volatility.range_variance``).
    """
    from arch.data import sp500

    from lessons.stock_prices.volatility import range_variance

    table = sp500.load()[["Close", "High", "Low", "Volume"]]
    table = table.rename(columns=str.lower).rename_axis("day")
    table["change"] = 100 * np.log(table.close).diff()
    table["range"] = 100 * np.log(table.high / table.low)
    table["variance"] = range_variance(table["range"])
    return table


@cache
def vix() -> pd.Series:
    """Return the VIX at the end of each day of ``daily`` from 2014 on."""
    from arch.data import vix as source

    return source.load()["vix"].reindex(daily().loc["2014-01-03":].index)


def part_of(days: Any, parts: dict[str, tuple[int, int]]) -> np.ndarray:
    """Return the part of the data in which each day lies.

    Args:
        days: datetime64, (days,).
        parts: Name -> first and last year.

    Returns:
        Names, (days,); an empty one where a day is in no part.
    """
    year = pd.DatetimeIndex(days).year.to_numpy()
    names = np.full(len(year), "", dtype=object)
    for name, (first, last) in parts.items():
        names[(year >= first) & (year <= last)] = name
    return names


class Windows(NamedTuple):
    """Days that a model sees, and the day after them.

    Attributes:
        seen: (samples, timesteps, features), oldest day first.
        target: What is to be forecast, (samples,).
        day: datetime64, (samples,): the day of ``target``.
    """

    seen: np.ndarray
    target: np.ndarray
    day: np.ndarray

    def where(self, chosen: np.ndarray) -> Windows:
        """Return some of the samples.

        Args:
            chosen: Booleans or places, (samples,).
        """
        return Windows(*(values[chosen] for values in self))


def windows(
    features: pd.DataFrame,
    target: pd.Series,
    *,
    timesteps: int = TIMESTEPS,
    ahead: int = 1,
) -> Windows:
    """Cut all windows of consecutive days out of a table.

    Args:
        features: What a model sees, one row a day.
        target: What is to be forecast, one value a day.
        timesteps: Days in a window.
        ahead: Days from the last one of a window to its target; 0 puts the
            day of the target into the window, which is a leak.

    Raises:
        ValueError: ``features`` and ``target`` are not equally long, or no
            window fits.
    """
    check_length("target", target, "features", features)
    ahead = check_integer("ahead", ahead, minimum=0)
    longest = len(features) - ahead
    check_integer("timesteps", timesteps, minimum=1, maximum=longest)
    values = features.to_numpy(dtype=float)
    cut = np.lib.stride_tricks.sliding_window_view(values, timesteps, axis=0)
    last = np.arange(timesteps - 1, longest)
    seen = cut[: len(last)].transpose(0, 2, 1)
    days = features.index.to_numpy()
    return Windows(seen, target.to_numpy()[last + ahead], days[last + ahead])


def split(
    samples: Windows, parts: dict[str, tuple[int, int]] | None = None
) -> dict[str, Windows]:
    """Deal windows out by the year of the day that is forecast.

    Every day of a window lies before that day, so no window of an earlier
    part holds a day of a later one.

    Args:
        samples: From ``windows``.
        parts: Name -> first and last year; ``PARTS`` if not given.
    """
    parts = PARTS if parts is None else parts
    names = part_of(samples.day, parts)
    return {name: samples.where(names == name) for name in parts}
