"""Four faults of a thermometer, put into an hour of readings.

Each works on 60 readings, one a minute, that were recorded to 0.1 °C:

- ``stuck``: for 5 to 30 minutes the reading of the first of them is
  repeated;
- ``drift``: from a minute in the first 41 on, the readings move away in a
  straight line, by 0.3 to 2 °C up or down at 09:59;
- ``spike``: one reading is 0.3 to 2 °C too high or too low;
- ``swapped``: two blocks of 5 to 25 minutes that do not overlap change
  places, as packets of a message do that arrive in the wrong order.

Place, size and direction are drawn uniformly. They are made up for this
course; no real sensor was measured.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from utils.errors import check_choice

MINUTES = 60
"""Readings in an hour."""

DECIMALS = 1
"""Decimals with which the thermometer records."""


class Damage(NamedTuple):
    """An hour of readings with a fault in it.

    Attributes:
        readings: °C, (60,).
        size: How large the fault is, in the unit of ``SIZES``.
    """

    readings: np.ndarray
    size: float


class Size(NamedTuple):
    """How large a fault may be: both bounds, and their unit."""

    low: float
    high: float
    unit: str


SIZES = {
    "stuck": Size(5, 30, "minutes"),
    "drift": Size(0.3, 2.0, "°C at 09:59"),
    "spike": Size(0.3, 2.0, "°C"),
    "swapped": Size(5, 25, "minutes per block"),
}
"""Fault -> its smallest and largest size."""


def inject(
    readings: np.ndarray, fault: str, rng: np.random.Generator
) -> Damage:
    """Return a copy of an hour with one fault in it.

    A fault that by chance leaves every reading as it was is drawn again.

    Args:
        readings: °C, (60,), recorded to 0.1 °C.
        fault: One of ``SIZES``.
        rng: Where place, size and direction come from.

    Raises:
        ValueError: ``fault`` is none of those, ``readings`` has another
            shape, or all readings are equal: a sensor that sticks would
            not change them.
    """
    check_choice("fault", fault, SIZES)
    hour = np.asarray(readings, dtype=float)
    if hour.shape != (MINUTES,) or not np.ptp(hour) > 0:
        got = f"shape {hour.shape}"
        raise ValueError(
            f"readings takes {MINUTES} values that are not all equal, got "
            f"{got if hour.shape != (MINUTES,) else f'{hour[0]} each time'}"
        )
    while True:
        changed, size = _FAULTS[fault](hour.copy(), rng)
        changed = changed.round(DECIMALS)
        if not np.array_equal(changed, hour):
            return Damage(changed, float(size))


Drawn = tuple[np.ndarray, float]
"""Readings with a fault, and its size."""


def _stuck(hour: np.ndarray, rng: np.random.Generator) -> Drawn:
    """Repeat one reading."""
    length = _minutes("stuck", rng)
    start = rng.integers(MINUTES - length + 1)
    hour[start : start + length] = hour[start]
    return hour, length


def _drift(hour: np.ndarray, rng: np.random.Generator) -> Drawn:
    """Add a straight line that starts at zero."""
    degrees = _degrees("drift", rng)
    start = rng.integers(41)
    hour[start:] += np.linspace(0, degrees, MINUTES - start)
    return hour, abs(degrees)


def _spike(hour: np.ndarray, rng: np.random.Generator) -> Drawn:
    """Move one reading."""
    degrees = _degrees("spike", rng)
    hour[rng.integers(MINUTES)] += degrees
    return hour, abs(degrees)


def _swapped(hour: np.ndarray, rng: np.random.Generator) -> Drawn:
    """Exchange two blocks of equal length."""
    length = _minutes("swapped", rng)
    first = rng.integers(MINUTES - 2 * length + 1)
    second = rng.integers(first + length, MINUTES - length + 1)
    one = slice(first, first + length)
    other = slice(second, second + length)
    hour[one], hour[other] = hour[other].copy(), hour[one].copy()
    return hour, length


def _minutes(fault: str, rng: np.random.Generator) -> int:
    """Draw a whole number of minutes, both bounds included."""
    low, high, _ = SIZES[fault]
    return int(rng.integers(low, high, endpoint=True))


def _degrees(fault: str, rng: np.random.Generator) -> float:
    """Draw a change in °C, up or down."""
    low, high, _ = SIZES[fault]
    return float(rng.uniform(low, high) * rng.choice([-1, 1]))


_FAULTS: dict[str, Callable[[np.ndarray, np.random.Generator], Drawn]] = {
    "stuck": _stuck,
    "drift": _drift,
    "spike": _spike,
    "swapped": _swapped,
}
