"""What every kind of question has in common."""

from __future__ import annotations

import numbers
import reprlib
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

SIMPLE = (int, float, complex, str, bytes, tuple, list, set, dict, type(None))
"""Types whose values are worth repeating in a sentence."""

PLAIN = str.maketrans("‘’‛ʼ′´`“”„−–—‐‑×·⋅∗÷⁄、", "'''''''\"\"\"-----****//,")
PLAIN |= str.maketrans({"²": "**2", "³": "**3", "½": "(1/2)", "¼": "(1/4)"})
"""Signs that keyboards and word processors put for plain ones."""

LONGEST = 300
"""Letters of an exception's text that are repeated."""


@dataclass(kw_only=True)
class Question(ABC):
    """One question of a sheet, with the numbers of one student.

    Attributes:
        text: The question; may have several lines.
        because: Said after "Right:", a sentence on why it is right.
        hint: Said from the second wrong try on; does not give the answer.
    """

    text: str
    because: str
    hint: str

    def prompt(self) -> str:
        """Return what the student reads."""
        return self.text

    @abstractmethod
    def solution(self) -> Any:
        """Return a right answer."""

    @abstractmethod
    def wrong(self) -> Iterator[tuple[Any, str]]:
        """Yield every wrong answer foreseen, and the sentence it gets."""

    @abstractmethod
    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with an answer in a sentence, None if right.

        It may raise whatever the answer raises; the sheet reports it.
        """


@dataclass(kw_only=True)
class Valued(Question):
    """A question whose right answer is a value.

    Attributes:
        answer: The right one.
        mistakes: Wrong answer -> the mistake behind it, in a sentence.
    """

    answer: Any
    mistakes: Mapping[Any, str] = field(default_factory=dict)

    def solution(self) -> Any:
        """Return the right answer."""
        return self.answer

    def wrong(self) -> Iterator[tuple[Any, str]]:
        """Yield the wrong answers foreseen."""
        yield from self.mistakes.items()


def shown(given: Any) -> str:
    """Return an answer as a few words: its value, or what kind it is of."""
    if isinstance(given, SIMPLE):
        try:
            return reprlib.repr(given)
        except ValueError:  # Python writes no whole number of 4,301 digits
            return "a number too long to be written"
    if isinstance(given, np.ndarray):
        return f"an array of {given.dtype.name}"
    name = f"something of type {type(given).__name__}"
    return name + " (list(...) reads it out)" * isinstance(given, Iterator)


def raised(error: BaseException) -> str:
    """Return an exception in a line: its type and its first line."""
    try:
        first = (str(error).strip().splitlines() or [""])[0]
    except Exception:  # its own text may raise as well
        first = ""
    return f"{type(error).__name__}: {first[:LONGEST]}".removesuffix(": ")


def typed(text: str) -> str:
    """Return a text as a plain keyboard types it, with single blanks.

    Full width, curly quotes, letters in parts (NFD) and what is invisible
    are no mistakes.
    """
    plain = unicodedata.normalize("NFKC", text.translate(PLAIN))
    seen = (c for c in plain if unicodedata.category(c) != "Cf")
    return " ".join("".join(seen).translate(PLAIN).split())


def as_number(given: Any) -> int | float | None:
    """Return an answer as a number, None if it is none.

    Fractions, decimals, NumPy's and Keras's numbers count; ``True`` does not.
    """
    if isinstance(given, bool | str | bytes | list | tuple):
        return None
    try:
        if isinstance(given, numbers.Rational | Decimal):
            if given % 1 == 0:
                return int(given)  # of any size
            given = float(given)
        array = np.asarray(given)
    except Exception:  # an object may refuse in any way
        return None
    if array.ndim or array.dtype.kind not in "iuf":
        return None
    return array.item()


def is_equal(one: Any, other: Any, tolerance: float) -> bool:
    """Tell whether two values are the same, numbers within a tolerance.

    Args:
        one: A number, an array, a tensor, or any other value.
        other: What to compare it with.
        tolerance: Allowed difference, absolute and relative.
    """
    try:
        first, second = np.asarray(one), np.asarray(other)
    except Exception:  # lists of unequal lengths; an object may refuse
        return type(one) is type(other) and bool(one == other)
    if first.dtype.kind not in "biufc" or second.dtype.kind not in "biufc":
        return type(one) is type(other) and bool(np.all(one == other))
    return first.shape == second.shape and np.allclose(
        first, second, rtol=tolerance, atol=tolerance, equal_nan=True
    )
