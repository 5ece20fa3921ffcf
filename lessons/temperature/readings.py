"""Is this hour of readings normal, and what will the next hour be?

The temperatures are the hourly ones of ``vega_datasets`` 0.9.0 (package:
BSD-3; data: public domain, from NOAA), for Seattle-Tacoma airport, station
GHCND:USW00024233. The package's description calls them the temperatures of
the year 2010. Its source, the file ``SOURCES.md`` of the repository
vega/vega-datasets, calls them averages of 30 years (NOAA's hourly climate
normals, 1981-2010): the dates stand for the days of any year. So they hold
the course of a day and of a year, and no weather.

What is made up here: the readings of a minute lie on the straight line from
09:00 to 10:00, with normal noise added, recorded to 0.1 °C; and half of the
hours have a fault, see ``sensor_faults``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from lessons.temperature import features
from lessons.temperature.sensor_faults import DECIMALS, MINUTES, SIZES, inject
from utils.errors import check_choice, check_integer, check_number

MONTHS = {
    "train": (1, 2, 4, 5, 7, 8, 10, 11),
    "validation": (3, 9),
    "held_out": (6, 12),
}
"""Part of the data -> its months; every month is in one part."""

NORMAL = "normal"
"""What stands in the place of a fault where there is none."""

BLIND = ("last reading", "mean and spread", "sorted readings")
"""What a baseline sees of an hour that does not see its order."""

VIEWS = (*BLIND, "readings in order", "features")
"""What a baseline may see of an hour."""

LEAF = {"sorted readings": 5, "readings in order": 1, "features": 5}
"""View -> smallest leaf of its forest, chosen by ``experiments.forests``."""


class Hourly(NamedTuple):
    """A year of temperatures.

    Attributes:
        times: datetime64, (hours,); the hour from 03:00 on 14 March, when
            clocks are put forward, is not in the file.
        celsius: °C, (hours,).
    """

    times: np.ndarray
    celsius: np.ndarray


@cache
def hourly() -> Hourly:
    """Return the 8,759 hourly temperatures, converted from °F.

    The arrays cannot be written to, because they are read once and kept.
    """
    from vega_datasets import data

    table = data.seattle_temps()
    times = table["date"].to_numpy().astype("datetime64[h]")
    celsius = (table["temp"].to_numpy() - 32) / 1.8
    times.flags.writeable = celsius.flags.writeable = False
    return Hourly(times, celsius)


def month(times: Any) -> np.ndarray:
    """Return the month of each time, from 1 to 12.

    Args:
        times: datetime64, any shape.
    """
    return np.asarray(times).astype("datetime64[M]").astype(int) % 12 + 1


class Mornings(NamedTuple):
    """Hours of readings from 09:00 to 09:59.

    Rows 0, 2, 4… are normal; the row after each is the same hour, with the
    same noise, and a fault.

    Attributes:
        readings: °C, (samples, 60), one a minute.
        fault: "normal", or one of ``SIZES``, (samples,).
        size: How large the fault is, in the unit of ``SIZES``; 0 where
            there is none, (samples,).
        day: datetime64[D], (samples,).
    """

    readings: np.ndarray
    fault: np.ndarray
    size: np.ndarray
    day: np.ndarray

    @property
    def not_normal(self) -> np.ndarray:
        """The target: 1.0 where there is a fault, 0.0 elsewhere."""
        return (self.fault != NORMAL).astype("float32")


class Parts(NamedTuple):
    """Three parts that share no day: ``Mornings`` or ``Windows``."""

    train: Any
    validation: Any
    held_out: Any


def load(*, copies: int = 4, noise: float = 0.1, seed: int = 0) -> Parts:
    """Make the readings of every 09:00-09:59 of the year, in three parts.

    Of every day there are ``copies`` times four pairs, one for each kind
    of fault: an hour with fresh noise, and the same hour with the fault.

    Args:
        copies: How often each kind of fault is drawn on a day, at least 1.
        noise: Standard deviation of the sensor's noise, °C, from 0.01.
        seed: Seed of noise and faults, from 0; no two parts share draws.

    Returns:
        ``Parts`` of ``Mornings``.

    Raises:
        TypeError, ValueError: An argument is none of those.
    """
    copies = check_integer("copies", copies, minimum=1)
    noise = check_number("noise", noise, minimum=0.01)
    seed = check_integer("seed", seed, minimum=0)
    return Parts(
        *(
            _mornings(months, copies, noise, np.random.default_rng([seed, n]))
            for n, months in enumerate(MONTHS.values())
        )
    )


def _mornings(
    months: tuple[int, ...],
    copies: int,
    noise: float,
    rng: np.random.Generator,
) -> Mornings:
    """Draw the pairs of hours of some months."""
    times, celsius = hourly()
    at_nine = np.flatnonzero(
        (times.astype(int) % 24 == 9) & np.isin(month(times), months)
    )
    share = np.arange(MINUTES) / MINUTES
    rows = []
    for place in np.tile(at_nine, copies):
        line = celsius[place] + share * (celsius[place + 1] - celsius[place])
        day = times[place].astype("datetime64[D]")
        for fault in SIZES:
            hour = line + rng.normal(0, noise, MINUTES)
            hour = hour.round(DECIMALS)
            damaged, size = inject(hour, fault, rng)
            rows += [(hour, NORMAL, 0.0, day), (damaged, fault, size, day)]
    readings, fault, size, day = zip(*rows, strict=True)
    return Mornings(
        np.array(readings, dtype="float32"),
        np.array(fault),
        np.array(size),
        np.array(day),
    )


def check_readings(readings: Any) -> np.ndarray:
    """Return readings as an array of hours, or say what is wrong.

    Args:
        readings: °C: one hour of 60 numbers, or several, (samples, 60).

    Returns:
        float32, (samples, 60).

    Raises:
        TypeError: Something is not a number.
        ValueError: An hour has not 60 readings, or one is not finite.
    """
    takes = f"readings takes hours of {MINUTES} finite numbers in °C"
    try:
        hours = np.atleast_2d(np.asarray(readings, dtype="float32"))
    except (TypeError, ValueError) as error:
        raise TypeError(f"{takes}, got {readings!s:.60}") from error
    if hours.ndim != 2 or hours.shape[1] != MINUTES or not len(hours):
        raise ValueError(f"{takes}, got shape {np.shape(readings)}")
    if not np.isfinite(hours).all():
        row, minute = np.argwhere(~np.isfinite(hours))[0]
        raise ValueError(
            f"{takes}, got {hours[row, minute]} at 09:{minute:02d}"
        )
    return hours


def network_input(readings: Any) -> np.ndarray:
    """Return what the network reads: degrees above the first reading.

    So the level of a day is not in it, and a day cannot be known by its
    temperature; and no step tells of a reading that comes after it.

    Args:
        readings: °C: one hour of 60 numbers, or several, (samples, 60).

    Returns:
        float32, (samples, 60, 1).

    Raises:
        TypeError, ValueError: As ``check_readings``.
    """
    hours = check_readings(readings)
    return (hours - hours[:, :1])[..., np.newaxis]


def view(readings: Any, sees: str) -> np.ndarray:
    """Return what a baseline sees of each hour.

    Args:
        readings: °C: one hour of 60 numbers, or several, (samples, 60).
        sees: One of ``VIEWS``.

    Returns:
        (samples, 1): the last reading; (samples, 2): mean and standard
        deviation; (samples, 60): the degrees above the mean, sorted, or
        the degrees above the first reading, in order; or (samples, 11):
        what ``features.measure`` says.

    Raises:
        TypeError, ValueError: As ``check_readings``, or ``sees`` is none
            of ``VIEWS``.
    """
    check_choice("sees", sees, VIEWS)
    hours = check_readings(readings)
    if sees == "last reading":
        return hours[:, -1:]
    if sees == "readings in order":
        return network_input(hours)[..., 0]
    if sees == "features":
        return np.column_stack([*features.measure(hours).values()])
    # Sorted first: a sum rounds differently in another order.
    hours = np.sort(hours, axis=1)
    mean = hours.mean(axis=1, keepdims=True)
    if sees == "mean and spread":
        return np.hstack([mean, hours.std(axis=1, keepdims=True)])
    return hours - mean


def baseline(
    train: Mornings, sees: str, *, leaf: int | None = None, seed: int = 0
) -> Callable[[Any], np.ndarray]:
    """Learn to find faults with a tree or with a forest.

    Args:
        train: Hours to learn from.
        sees: One of ``VIEWS``. The last reading gets one threshold, mean
            and spread a tree of two (more did worse on the validation
            part, whose days none of them knows), the others a forest of
            100 trees.
        leaf: How many hours a leaf of a forest has at least; ``None`` is
            that of ``LEAF``.
        seed: Seed of the forest, from 0.

    Returns:
        A function from readings to answers, (samples,), True where it
        finds a fault.

    Raises:
        ValueError: ``sees`` is none of ``VIEWS``.
    """
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.tree import DecisionTreeClassifier

    seen = view(train.readings, sees)
    depth = seen.shape[1]
    if depth > 2:
        model = RandomForestClassifier(
            100,
            min_samples_leaf=leaf or LEAF[sees],
            random_state=seed,
            n_jobs=2,
        )
    else:
        model = DecisionTreeClassifier(max_depth=depth, random_state=seed)
    model.fit(seen, train.not_normal)
    return lambda readings: model.predict(view(readings, sees)) == 1


def rises(number: int) -> np.ndarray:
    """Return how far each morning of a month rises from nine to ten, °C.

    Args:
        number: Of the month, from 1 to 12.
    """
    times, celsius = hourly()
    at_nine = np.flatnonzero(
        (times.astype(int) % 24 == 9) & (month(times) == number)
    )
    return celsius[at_nine + 1] - celsius[at_nine]


class Windows(NamedTuple):
    """Hours that follow each other, and the one after them.

    Attributes:
        past: °C, (samples, timesteps), the last column one hour before.
        next: °C, (samples,).
        times: datetime64, (samples,), of ``next``.
    """

    past: np.ndarray
    next: np.ndarray
    times: np.ndarray


def windows(timesteps: int = 25) -> Parts:
    """Cut the year into past hours and the next one, in three parts.

    A window lies within the months of one part and jumps over no gap.

    Args:
        timesteps: Hours of past, from 1 to 500. With 25, the same hour of
            yesterday and the one before it are the first two of a window.

    Returns:
        ``Parts`` of ``Windows``.

    Raises:
        TypeError, ValueError: ``timesteps`` is none of those.
    """
    timesteps = check_integer("timesteps", timesteps, minimum=1, maximum=500)
    times, celsius = hourly()
    starts = np.arange(len(times) - timesteps)
    ends = starts + timesteps
    whole = (times[ends] - times[starts]).astype(int) == timesteps
    rows = starts[:, np.newaxis] + np.arange(timesteps + 1)
    parts = []
    for months in MONTHS.values():
        inside = np.isin(month(times), months)[rows].all(axis=1)
        chosen = rows[inside & whole]
        hours = celsius[chosen].astype("float32")
        parts.append(
            Windows(hours[:, :-1], hours[:, -1], times[chosen[:, -1]])
        )
    return Parts(*parts)
