"""Argument checks that answer a mistake with one sentence.

Every check names the argument, says what it got and what it takes.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Collection
from typing import Any


def check_integer(
    name: str,
    value: Any,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
) -> int:
    """Return ``value`` as an int, or say why it is not one.

    Args:
        name: The argument's name, as the caller wrote it.
        value: What the caller passed.
        minimum: Smallest value allowed, inclusive.
        maximum: Largest value allowed, inclusive.

    Raises:
        TypeError: ``value`` is not an integer (``True`` is not one either).
        ValueError: ``value`` is outside the bounds.
    """
    wanted = "an integer"
    if minimum is not None:
        wanted += f" >= {minimum}"
    if maximum is not None:
        wanted += f"{' and' if minimum is not None else ''} <= {maximum}"
    message = f"{name} takes {wanted}, got {value!r}"
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(message)
    below = minimum is not None and value < minimum
    above = maximum is not None and value > maximum
    if below or above:
        raise ValueError(message)
    return int(value)


def check_number(
    name: str,
    value: Any,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
) -> float:
    """Return ``value`` as a finite float, or say why it is not one.

    Args:
        name: The argument's name, as the caller wrote it.
        value: What the caller passed.
        minimum: Smallest value allowed, inclusive.
        maximum: Largest value allowed, inclusive.

    Raises:
        TypeError: ``value`` is not a real number.
        ValueError: ``value`` is not finite or outside the bounds.
    """
    wanted = "a finite number"
    if minimum is not None:
        wanted += f" >= {minimum}"
    if maximum is not None:
        wanted += f"{' and' if minimum is not None else ''} <= {maximum}"
    message = f"{name} takes {wanted}, got {value!r}"
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(message)
    below = minimum is not None and value < minimum
    above = maximum is not None and value > maximum
    if not math.isfinite(value) or below or above:
        raise ValueError(message)
    return float(value)


def check_choice(name: str, value: Any, choices: Collection[Any]) -> Any:
    """Return ``value`` if it is one of ``choices``.

    Raises:
        ValueError: It is not; the message lists what is allowed.
    """
    if value not in choices:
        allowed = ", ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} takes one of {allowed}, got {value!r}")
    return value


def check_text(name: str, value: Any) -> str:
    """Return ``value`` if it is a str.

    Raises:
        TypeError: It is not.
    """
    if not isinstance(value, str):
        got = f"{value!r:.60} ({type(value).__name__})"
        raise TypeError(f"{name} takes text (a str), got {got}")
    return value


def check_length(name: str, values: Any, other: str, others: Any) -> None:
    """Raise a ValueError unless both arguments hold equally many entries.

    Args:
        name: Of the first argument.
        values: Its value.
        other: Of the second.
        others: Its value.
    """
    if len(values) != len(others):
        raise ValueError(
            f"{name} takes {len(others)} entries, one for each of {other}, "
            f"got {len(values)}"
        )
