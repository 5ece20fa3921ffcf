"""What a detector answers: minute by minute, day by day, rise by rise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lessons.temperature import readings
from lessons.temperature.sensor_faults import SIZES
from utils import training

RISES = tuple(np.round(np.arange(0.2, 1.61, 0.1), 1))
"""°C from nine to ten, of the normal hours made up for ``false_alarms``."""

BEFORE, AFTER = 5, 30
"""Minutes before and after the start of a fault in ``running_answers``."""


def at_every_minute(model: Any, x: np.ndarray) -> np.ndarray:
    """Ask the output layer of a detector after each reading.

    Args:
        model: A GRU and a Dense layer, trained on the answer after the
            last reading.
        x: Its input, (samples, timesteps, features).

    Returns:
        The probability of a fault, (samples, timesteps).
    """
    import keras
    from keras import layers

    recurrent, dense = model.layers
    states = layers.GRU(recurrent.units, return_sequences=True)
    asked = keras.Sequential([keras.Input(x.shape[1:]), states, dense])
    states.set_weights(recurrent.get_weights())
    return training.predict(asked, x)


def by_day(part: readings.Mornings, answers: np.ndarray) -> pd.DataFrame:
    """Return how many hours of each day and kind were called faulty.

    Args:
        part: The hours, every day with as many of each kind.
        answers: True where a fault was found, (samples,).

    Returns:
        A row for each day, with the columns ``day``, ``normal`` and the
        names of the faults.
    """
    table = pd.DataFrame(
        {"day": part.day, "kind": part.fault, "called": answers.astype(int)}
    )
    counts = table.pivot_table("called", "day", "kind", "sum")
    return counts[[readings.NORMAL, *SIZES]].reset_index()


def by_size(part: readings.Mornings, answers: np.ndarray) -> pd.DataFrame:
    """Return which faults were found, from the small to the large.

    Args:
        part: The hours.
        answers: True where a fault was found, (samples,).

    Returns:
        Four rows for each kind, each a quarter of its faults by size: the
        mean ``size``, and the share ``found``.
    """
    rows = []
    for kind in SIZES:
        faults = np.flatnonzero(part.fault == kind)
        order = faults[np.argsort(part.size[faults], kind="stable")]
        rows += [
            (kind, part.size[quarter].mean(), answers[quarter].mean())
            for quarter in np.array_split(order, 4)
        ]
    table = pd.DataFrame(rows, columns=["kind", "size", "found"])
    return table.round(4)


def first_change(part: readings.Mornings) -> np.ndarray:
    """Return the minute of the first reading that each fault changed.

    Args:
        part: Hours, a normal one and its faulty partner by turns.

    Returns:
        Integers, one for each pair, (samples / 2,).
    """
    changed = part.readings[1::2] != part.readings[::2]
    return changed.argmax(axis=1)


def examples(part: readings.Mornings) -> dict[str, int]:
    """Return a fault of middle size of each kind.

    Args:
        part: Hours, a normal one and its faulty partner by turns.

    Returns:
        Kind -> the row of a fault that ``running_answers`` counts.
    """
    counted = np.flatnonzero(_whole(part)) * 2 + 1
    chosen = {}
    for kind in SIZES:
        rows = counted[part.fault[counted] == kind]
        order = np.argsort(part.size[rows], kind="stable")
        chosen[kind] = int(rows[order[len(order) // 2]])
    return chosen


def _whole(part: readings.Mornings) -> np.ndarray:
    """Tell of each pair whether its fault is seen long enough."""
    start = first_change(part)
    return (start >= BEFORE) & (start < readings.MINUTES - AFTER)


def running_answers(model: Any, part: readings.Mornings) -> pd.DataFrame:
    """Return when a detector calls an hour faulty, minute by minute.

    Only faults whose first changed reading is one of 09:05 to 09:29 count:
    all of these are seen from five minutes before it to thirty after.

    Args:
        model: A trained detector.
        part: Hours, a normal one and its faulty partner by turns.

    Returns:
        A row for each kind and minute since the first changed reading: the
        share of these hours that is called faulty, and the same share of
        their normal partners.
    """
    x = readings.network_input(part.readings)
    called = at_every_minute(model, x) > 0.5
    start = first_change(part)
    inside = _whole(part)
    rows = []
    for kind in SIZES:
        pairs = np.flatnonzero((part.fault[1::2] == kind) & inside)
        for minute in range(-BEFORE, AFTER + 1):
            at = start[pairs] + minute
            faulty, normal = (
                round(float(called[2 * pairs + row, at].mean()), 4)
                for row in (1, 0)
            )
            rows.append((kind, minute, faulty, normal))
    return pd.DataFrame(rows, columns=["kind", "minute", "faulty", "normal"])


def made_up_hours(rise: float, hours: int, *, seed: int = 0) -> np.ndarray:
    """Return normal hours that rise by a given number of degrees.

    Args:
        rise: °C from 09:00 to 10:00.
        hours: How many.
        seed: Of the noise and of the temperatures at 09:00.

    Returns:
        °C, (hours, 60), recorded to 0.1 °C.
    """
    rng = np.random.default_rng(seed)
    at_nine = rng.uniform(5, 20, size=(hours, 1))
    noise = rng.normal(0, 0.1, size=(hours, readings.MINUTES))
    line = rise * np.arange(readings.MINUTES) / readings.MINUTES
    return (at_nine + line + noise).round(1)


def normal_hours(*, seed: int = 7) -> pd.DataFrame:
    """Return normal hours of every month, and made-up ones of every rise.

    Args:
        seed: Of the noise; it is not that of the lesson's hours.

    Returns:
        A row for each month, with the mean rise of its mornings, and for
        each of ``RISES``, whose ``month`` is 0; in the column ``hours``
        stand the readings, (hours, 60).
    """
    rows = [(0, rise, made_up_hours(rise, 2000)) for rise in RISES]
    for part in readings.load(seed=seed):
        months = readings.month(part.day)
        normal = part.fault == readings.NORMAL
        rows += [
            (
                int(month),
                readings.rises(month).mean(),
                part.readings[normal & (months == month)],
            )
            for month in np.unique(months)
        ]
    return pd.DataFrame(rows, columns=["month", "rise", "hours"])


def false_alarms(model: Any) -> pd.DataFrame:
    """Return how often a detector calls the ``normal_hours`` faulty.

    Args:
        model: A trained detector.

    Returns:
        Columns ``month``, ``rise`` and ``called``, a share.
    """
    table = normal_hours()
    called = [
        float((training.predict(model, x) > 0.5).mean())
        for x in map(readings.network_input, table.pop("hours"))
    ]
    return table.assign(called=called).round(4)
