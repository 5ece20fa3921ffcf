"""Questions about values: a number, a shape, an array, a formula."""

from __future__ import annotations

import ast
import contextlib
import operator
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.exercises.question import (
    Valued,
    as_number,
    is_equal,
    shown,
    typed,
)

EXACT = 1e-9
"""Tolerance for numbers that are counted or computed exactly."""


@dataclass(kw_only=True)
class Number(Valued):
    """A number is asked for.

    Attributes:
        answer: The right one; an int where things are counted.
        mistakes: Wrong number -> the mistake behind it, in a sentence.
        tolerance: Allowed difference, absolute and relative.
    """

    answer: float
    tolerance: float = EXACT

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with a number, None if nothing is."""
        number = as_number(given)
        if number is None:
            return f"a number is asked for, you gave {shown(given)}." + (
                _nearly_a_number(given)
            )
        if is_equal(number, self.answer, self.tolerance):
            return None
        for mistake, sentence in self.mistakes.items():
            if is_equal(number, mistake, self.tolerance):
                return sentence
        if isinstance(self.answer, int) and number % 1 > 0:
            return f"this is counted in whole numbers, you gave {number!r}."
        return f"{shown(number)} is not the number asked for."


def _nearly_a_number(given: Any) -> str:
    """Return what to change in something that holds a number, or ""."""
    if isinstance(given, tuple) and len(given) == 2:
        return " Python writes a point where you wrote a comma."
    if isinstance(given, str):
        return _nearly_typed(typed(given))
    if isinstance(given, tuple | list) and len(given) == 1:
        return " Give what is in it, without brackets and commas."
    if isinstance(given, complex | np.complexfloating):
        return " It has an imaginary part: give its .real alone."
    with contextlib.suppress(Exception):  # a symbol of Keras has no size
        if np.size(given) == 1 and as_number(np.ravel(given)[0]) is not None:
            return " It is an array of one number: give that one, by .item()."
    return ""


def _nearly_typed(text: str) -> str:
    """Return what to change in a text that holds a number, or ""."""
    for sign, mend in ((".", ""), (",", " and write a point for the comma")):
        with contextlib.suppress(ValueError):
            float(text.replace(sign, ".").encode("ascii"))
            return f" Leave the quotation marks out{mend}."
    return ""


@dataclass(kw_only=True)
class Shape(Valued):
    """A shape is asked for, a tuple of whole numbers and ``None``.

    Attributes:
        answer: The right one.
        mistakes: Wrong shape -> the mistake behind it, in a sentence.
    """

    answer: tuple[int | None, ...]

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with a shape, None if nothing is."""
        shape = _as_shape(given)
        if shape is None:
            return (
                "a shape is asked for, a tuple of whole numbers such as "
                f"(2, 7), you gave {shown(given)}."
            )
        if shape == self.answer:
            return None
        if shape in self.mistakes:
            return self.mistakes[shape]
        if len(shape) != len(self.answer):
            return (
                f"your shape has {len(shape)} "
                f"{'axis' if len(shape) == 1 else 'axes'}: count them again."
            )
        if sorted(map(str, shape)) == sorted(map(str, self.answer)):
            return "these are the right numbers in the wrong order."
        return f"{shape} is not the shape asked for."


def _as_shape(given: Any) -> tuple[int | None, ...] | None:
    """Return an answer as a shape, None if it is none."""
    if isinstance(given, str | bytes | dict | set | frozenset):
        return None
    if not hasattr(given, "__len__"):  # what is drawn from may have no end
        return None
    try:
        axes = tuple(given)
    except (TypeError, ValueError):  # TensorFlow's shape of unknown rank
        return None
    numbers = [None if axis is None else as_number(axis) for axis in axes]
    for axis, number in zip(axes, numbers, strict=True):
        if axis is not None and (number is None or number % 1):
            return None
    return tuple(None if n is None else int(n) for n in numbers)


@dataclass(kw_only=True)
class Array(Valued):
    """An array of numbers is asked for; nested lists are taken too.

    Attributes:
        answer: The right one, of any shape.
        mistakes: Pairs of a wrong array and the mistake behind it.
        tolerance: Allowed difference, absolute and relative.
    """

    answer: np.ndarray
    mistakes: Sequence[tuple[np.ndarray, str]] = ()
    tolerance: float = 1e-5

    def wrong(self) -> Iterator[tuple[np.ndarray, str]]:
        """Yield the wrong arrays foreseen."""
        yield from self.mistakes

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with an array, None if nothing is."""
        try:
            array = np.asarray(given)
        except Exception:  # an object may refuse in any way
            if not isinstance(given, list | tuple):
                return f"an array of numbers is asked for, not {shown(given)}."
            return "an array is asked for: your rows have unequal lengths."
        if array.dtype.kind == "O":  # of fractions, or of large numbers
            numbers = [as_number(item) for item in array.flat]
            if None not in numbers:
                with contextlib.suppress(OverflowError):
                    array = np.array(numbers, float).reshape(array.shape)
        if array.dtype.kind not in "biuf":
            return f"an array of numbers is asked for, not {shown(given)}."
        if is_equal(array, self.answer, self.tolerance):
            return None
        for mistake, sentence in self.mistakes:
            if is_equal(array, mistake, self.tolerance):
                return sentence
        if array.shape != np.shape(self.answer):
            return f"your array has the shape {array.shape}, another is due."
        near = np.isclose(
            array, self.answer, rtol=self.tolerance, atol=self.tolerance
        )
        place = tuple(int(index) for index in np.argwhere(~near)[0])
        return (
            f"the shape is right; {np.sum(~near)} of {near.size} numbers are "
            f"not, the first at index {place}."
        )


OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
HIGHEST_POWER = 6
"""Larger exponents could keep the computer busy for ever."""


@dataclass(kw_only=True)
class Expression(Valued):
    """A formula is asked for, as text: ``"h * (d + h + 1)"``.

    It is compared by its values, so any way to write it is right.

    Attributes:
        names: The letters it may have, each a positive number.
        answer: The right formula.
        mistakes: Wrong formula -> the mistake behind it, in a sentence.
    """

    names: Sequence[str]
    answer: str

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with a formula, None if nothing is."""
        if not isinstance(given, str):
            letters = ", ".join(self.names)
            return (
                f"a formula with {letters} is asked for, as text in quotes, "
                f"you gave {shown(given)}."
            )
        try:
            values = self._values(given)
        except (SyntaxError, ValueError) as error:
            return f"this formula cannot be read: {error}."
        except (ArithmeticError, RecursionError, TypeError):
            return "this formula has no value for some numbers."
        if is_equal(values, self._values(self.answer), EXACT):
            return None
        for mistake, sentence in self.mistakes.items():
            if is_equal(values, self._values(mistake), EXACT):
                return sentence
        return f"{shown(given)} gives other numbers than the right formula."

    def _values(self, formula: str) -> list[float]:
        """Return the formula's value for some drawn numbers."""
        try:
            tree = ast.parse(typed(formula), mode="eval").body
        except SyntaxError:
            raise ValueError("use + - * / ** and brackets") from None
        draw = random.Random(0)
        return [
            float(_value(tree, {n: draw.randint(2, 50) for n in self.names}))
            for _ in range(5)
        ]


def _value(node: ast.expr, numbers: Mapping[str, int]) -> float:
    """Return the value of an arithmetic expression.

    Raises:
        ValueError: It has something else than numbers, names and arithmetic.
    """
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)  # whole ones could grow without end
        case ast.Name(id=name):
            if name not in numbers:
                raise ValueError(f"it has {name!r}, use {', '.join(numbers)}")
            return float(numbers[name])
        case ast.UnaryOp(op=op, operand=inner) if type(op) in OPERATIONS:
            return OPERATIONS[type(op)](_value(inner, numbers))
        case ast.BinOp(left=left, op=op, right=right) if (
            type(op) in OPERATIONS
        ):
            second = _value(right, numbers)
            if isinstance(op, ast.Pow) and abs(second) > HIGHEST_POWER:
                raise ValueError("its exponent is too large")
            return OPERATIONS[type(op)](_value(left, numbers), second)
    raise ValueError("use + - * / ** and brackets")
