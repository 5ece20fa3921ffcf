"""Answers as keyboards, libraries and tired people give them."""

import datetime
import io
import itertools
import math
import random
import signal
import sys
import time
import unicodedata
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pandas as pd
import pytest

from tests.utils.test_exercises import CASES, SHEETS, fails
from tests.utils.test_exercises_kinds import (
    ARRAY,
    FORMULA,
    FUNCTION,
    SAID,
    SEVERAL,
    SHAPE,
    choice,
    number,
    words,
)
from utils import exercises
from utils.exercises import code
from utils.exercises.sheet import wrapped

HALF = exercises.Number(**SAID, answer=0.5)
BAD = exercises.Words(**SAID, answer=["bad", "don't", "café"])
EITHER = exercises.Words(**SAID, answer={"bad", "plot"})
FULL_WIDTH = str.maketrans("abcdh*()+1", "ａｂｃｄｈ＊（）＋１")


def wide(text: str) -> str:
    """Return letters as a Korean keyboard in full width writes them."""
    return text.translate(FULL_WIDTH)


LETTERS = sorted(SEVERAL.solution())
ONE = choice().solution()
RIGHT = [
    (HALF, Fraction(1, 2)),
    (HALF, Decimal("0.5")),
    (HALF, np.float16(0.5)),
    (HALF, np.longdouble(0.5)),
    (number(), Fraction(24, 2)),
    (number(), Decimal(12)),
    (number(), np.uint8(12)),
    (number(), np.array(12, dtype=">i4")),
    (SHAPE, np.array([None, 4, 3])),
    (SHAPE, (None, Fraction(4), 3.0)),
    (SHAPE, (None, np.int8(4), np.array(3))),
    (choice(), wide(ONE)),
    (choice(), f"({ONE})"),
    (choice(), f"{ONE}."),
    (choice(), np.str_(ONE)),
    (choice(), " ｏｎｅ"),
    (SEVERAL, ";".join(LETTERS)),
    (SEVERAL, " and ".join(LETTERS)),
    (SEVERAL, "/".join(LETTERS).upper()),
    (SEVERAL, ", ".join(f"{letter})" for letter in LETTERS)),
    (SEVERAL, wide("，".join(LETTERS))),
    (SEVERAL, np.array(LETTERS)),
    (SEVERAL, frozenset(LETTERS)),
    (BAD, np.array(["bad", "don't", "café"])),
    (BAD, ["bad", "don’t", "café"]),
    (BAD, ["ｂａｄ", "donʼt", unicodedata.normalize("NFD", "café")]),
    (BAD, ("BAD ", "Don't", "CAFÉ")),
    (EITHER, np.array(["plot", "bad"])),
    (ARRAY, np.array([[1, 2], [3, 4]], dtype=object).astype(">f4")),
    (ARRAY, ((1, 2), (3, Fraction(8, 2).numerator))),
    (FORMULA, wide("h*(d+h+1)")),
    (FORMULA, "h × (d + h + 1)"),
    (FORMULA, "h·(d + h − −1)"),
    # as they stand in a list, in a table, or copied from the question
    (number(), pd.Series([12])[0]),
    (SHAPE, deque([None, 4, 3])),
    (choice(), [ONE]),
    (choice(), pd.Series([ONE])),
    (choice(), np.array(ONE)),
    (choice(), f'"{ONE}"'),
    (choice(), f"{ONE}) One."),
    (choice(), f"\u200b{ONE}\ufeff"),
    (SEVERAL, [", ".join(LETTERS)]),
    (SEVERAL, dict.fromkeys(LETTERS, 1).keys()),
    (SEVERAL, pd.Index(LETTERS)),
    (SEVERAL, "와 ".join(LETTERS)),
    (SEVERAL, "、".join(LETTERS)),
    (SEVERAL, str(LETTERS)),
    (SEVERAL, "Red, green"),
    (BAD, "bad, don't, café"),
    (BAD, "bad don't café"),
    (BAD, ["“bad”,", "don`t", "ca\u00adfé."]),
    (BAD, deque(["bad", "don´t", "café"])),
    (EITHER, pd.Series(["plot", "bad"])),
    (ARRAY, [[1, 2], [Decimal(3), Fraction(4)]]),
    (ARRAY, np.array([[1, 2], [3, 4]], dtype=object)),
    (ARRAY, pd.DataFrame([[1, 2], [3, 4]])),
    (FORMULA, "h² + h⋅d + h"),
    (FORMULA, "h ∗ (d + h\n + 4÷4) – 0"),
    (FORMULA, "h*(d + h + ½ + 1⁄2)"),
    (FUNCTION, lambda rows, axis=0: rows.sum(axis)),
    (FUNCTION, lambda rows: rows.sum(0).astype(object)),
    (FUNCTION, lambda rows: pd.DataFrame(rows).sum()),
    (FUNCTION, np.add.reduce),
]


@pytest.mark.parametrize(("question", "given"), RIGHT)
def test_a_right_answer_in_another_form_is_right(question, given):
    assert question.feedback(given) is None


def leaves(_: object) -> None:
    """End the program."""
    sys.exit()


def recurses(rows: object) -> object:
    """Call itself without end."""
    return recurses(rows)


def hangs(_: object) -> None:
    """Loop for ever."""
    while True:
        time.sleep(0.01)


def tired(_: object) -> None:
    """Raise what is no Exception."""
    raise GeneratorExit


async def awaits(rows: object) -> object:
    """Return what nobody waits for."""
    return sum(rows)


def yields(rows: object) -> object:
    """Return nothing at once."""
    yield from sum(rows)


def asks(_: object) -> str:
    """Read what nobody types."""
    return input()


def unprintable(_: object) -> None:
    """Raise what cannot be printed, at length."""
    raise ValueError("\ud800" * 5000)


LIST_IT = "(list(...) reads it out)"
THREE = ["bad", "don't", "café"]
WRONG = [
    (number(), -(10**30), "is not the number asked for"),
    (number(), math.inf, "inf is not the number asked for"),
    (number(), -0.0, "-0.0 is not the number asked for"),
    (number(), 12 + 0j, "give its .real alone"),
    (number(), (12,), "Give what is in it, without brackets and commas."),
    (number(), "12,0", "marks out and write a point for the comma"),
    (number(), "１２", "Leave the quotation marks out."),
    (number(), np.True_, "a number is asked for, you gave something of type"),
    (number(), pd.Series([12]), "array of one number"),
    (number(), map(int, ["12"]), LIST_IT),
    (SHAPE, frozenset({None, 4, 3}), "a shape is asked for"),
    (SHAPE, iter((None, 4, 3)), LIST_IT),
    (SHAPE, (None, 4, True), "a shape is asked for"),
    (choice(), f"{ONE} or b", "answer with one of"),
    (SEVERAL, "AND", "answer with letters such as"),
    (SEVERAL, (letter for letter in LETTERS), LIST_IT),
    (SEVERAL, "-".join(LETTERS), "'-' is not one of the options"),
    (BAD, map(str.lower, THREE), LIST_IT),
    (BAD, dict.fromkeys(THREE, 1), "a list of words is asked for"),
    (BAD, "café, don't, bad", "in another order"),
    (BAD, ["bad", "don't", "cafe"], "'cafe' does not belong"),
    (ARRAY, [[1, 2], [3, "4"]], "an array of numbers is asked for"),
    (ARRAY, [[1, 2], [3, 10**400]], "an array of numbers is asked for"),
    (ARRAY, np.array([["1", "2"]]), "not an array of str"),
    (ARRAY, zip([1, 3], [2, 4], strict=True), LIST_IT),
    (ARRAY, [[1, 2], [3, math.nan]], "the first at index (1, 1)"),
    (FUNCTION, awaits, "begins with async: leave this word out"),
    (FUNCTION, yields, "has a yield in it"),
    (FUNCTION, asks, "your function raises"),
    (FUNCTION, unprintable, "your function raises ValueError: "),
    (FUNCTION, lambda _: 10**5000, "a number too long to be written"),
    (FUNCTION, lambda r: (x for x in sum(r)), LIST_IT),
    (FUNCTION, lambda r: dict(enumerate(sum(r))), "numbers are due"),
    (FUNCTION, lambda r: (sum(r),), "the shape (1, 4) where (4,) is due"),
    (FUNCTION, lambda *, rows: rows, "raises TypeError"),
    (number(), np.array([12]), "array of one number: give that one, by .item"),
    (number(), "12", "Leave the quotation marks out"),
    (number(), Decimal("NaN"), "nan is not the number asked for"),
    (number(), Fraction(25, 2), "whole numbers, you gave 12.5"),
    (SHAPE, itertools.count(), "a shape is asked for"),
    (SHAPE, (None, 4, math.inf), "a shape is asked for"),
    (SHAPE, (None, 4, math.nan), "a shape is asked for"),
    (SHAPE, {None, 4, 3}, "a shape is asked for"),
    (
        BAD,
        {"bad", "don't", "café"},
        "the order counts here, and a set has none",
    ),
    (BAD, np.array([1, 2]), "a list of words is asked for"),
    (FUNCTION, leaves, "ends the program (sys.exit): let it return"),
    (FUNCTION, recurses, "your function raises RecursionError"),
    (FUNCTION, tired, "your function raises GeneratorExit"),
    (FUNCTION, lambda _: [[1], [1, 2]], "returns rows of unequal lengths"),
    (FUNCTION, lambda r: str(sum(r)), "returns text where numbers are due"),
    (FUNCTION, lambda r: map(sum, r), "numbers are due, your function return"),
    (FUNCTION, lambda _: print("it"), "is there a return in it?"),
]


@pytest.mark.parametrize(("question", "given", "told"), WRONG)
def test_an_odd_answer_is_told_what_is_odd(question, given, told):
    said = question.feedback(given)
    assert told in said
    assert len(said) < 500
    wrapped(said).encode("utf-8")


def test_what_a_text_does_not_hold_is_not_advised():
    for text in ("twelve", "½", "50%", "١٢", ""):
        assert number().feedback(text).endswith(f"you gave {text!r}.")


def test_a_number_of_too_many_digits_is_none_to_be_written():
    told = "a number too long to be written is not the number asked for."
    assert number().feedback(10**5000) == told


def test_what_a_function_turned_off_is_on_again():
    def silences(rows: object) -> object:
        np.seterr(all="raise")
        sys.stdout = io.StringIO()
        return sum(rows)

    before = sys.stdout, np.geterr()
    assert FUNCTION.feedback(silences) is None
    assert (sys.stdout, np.geterr()) == before


def test_answers_of_keras_and_tensorflow(keras):
    import tensorflow as tf

    symbol = keras.Input((4, 3))
    model = exercises.Model(**SAID, build=lambda: None)
    told = {
        None: [
            (number(), keras.Variable(12.0)),
            (number(), tf.constant(12)),
            (SHAPE, tf.TensorShape([None, 4, 3])),
            (ARRAY, [tf.constant([1, 2]), tf.constant([3, 4])]),
            (FUNCTION, lambda rows: keras.ops.sum(rows, 0)),
        ],
        "a number is asked for, you gave": [
            (number(), symbol),
            (number(), tf.constant("12")),
        ],
        "a shape is asked for": [(SHAPE, tf.TensorShape(None))],
        "an array of numbers is asked for, not": [(ARRAY, symbol)],
        "numbers are due": [(FUNCTION, lambda _: symbol)],
        "you gave the class GRU: make one": [(model, keras.layers.GRU)],
        "a Keras model is asked for": [(model, lambda: model)],
    }
    for start, answers in told.items():
        for question, answer in answers:
            said = question.feedback(answer)
            assert said is start or said.startswith(start)
            assert "array of one number" not in (said or "")


@pytest.fixture
def interrupted() -> Iterator[None]:
    """Let Ctrl-C interrupt, as in a kernel; a shell's `&` has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupted")
def test_a_function_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(code, "LONGEST", 0.3)
    started = time.perf_counter()
    told = FUNCTION.feedback(hangs)
    assert "did not come to an end" in told and "goes on for ever" in told
    assert time.perf_counter() - started < 10
    time.sleep(0.5)  # no second interruption comes after the answer
    assert FUNCTION.feedback(sum) is None


def test_a_set_where_order_counts_is_never_right():
    three = {"bad", "don't", "café"}
    for _ in range(20):
        assert "order" in BAD.feedback({*Random().sample(sorted(three), 3)})
    assert words({"big", "dog"}).feedback({"dog", "big"}) is None


SAME = [
    ("김민수", unicodedata.normalize("NFD", "김민수")),
    ("Kim", "kim "),
    ("Kim", "ＫＩＭ"),
    (3, np.int64(3)),
    (3, "3"),
    ("O'Brien", "o’brien"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
@pytest.mark.parametrize("lesson", ["recurrent_cell", "lstm"])
def test_a_student_has_the_same_numbers_however_typed(lesson, one, other):
    for name in SHEETS[lesson].names:
        prompts = {
            SHEETS[lesson].question(name, student).prompt()
            for student in (one, other)
        }
        assert len(prompts) == 1


def test_a_name_that_is_no_text_opens_a_sheet(capsys):
    SHEETS["lstm"].start(student="\ud800!")
    assert "student ?!" in capsys.readouterr().out


class Odd:
    """An object that refuses some of what one may ask of it."""

    def __init__(self, refused: str) -> None:
        self.refused = refused

    def __getattribute__(self, name: str) -> object:
        if name == object.__getattribute__(self, "refused"):
            raise KeyError(name)
        return object.__getattribute__(self, name)

    __len__ = __iter__ = __array__ = __eq__ = __float__ = fails
    __hash__ = None


def odd_values(count: int) -> list[object]:
    """Return values that answer nothing, of every kind, nested at random."""
    draw = random.Random(21)
    looped: list[object] = []
    looped.append(looped)
    generators = [
        lambda: draw.choice([-1, 1]) * draw.randrange(10**6, 10**30),
        lambda: -draw.uniform(1e3, 1e300),
        lambda: Fraction(-draw.randrange(1, 10**9), 10**9 + 7),
        lambda: Decimal(draw.randrange(10**9)) / Decimal(-997),
        lambda: complex(draw.random(), 1),
        lambda: draw.choice([math.nan, -math.inf, None, ..., NotImplemented]),
        lambda: "".join(chr(draw.randrange(0x100, 0xD7FF)) for _ in range(9)),
        lambda: "\ud800" + chr(draw.randrange(32)) + "<b>",
        lambda: bytes(draw.randrange(256) for _ in range(5)),
        lambda: datetime.date(2026, 11, draw.randrange(1, 30)),
        lambda: np.datetime64("2026-11-29"),
        lambda: np.full((draw.randrange(1, 4),) * 3, -1e9 * draw.random()),
        lambda: np.empty((0, draw.randrange(5)), object),
        lambda: np.array([("x", 1)], dtype="U1,i4"),
        lambda: np.ma.masked_all(draw.randrange(1, 5)),
        lambda: draw.choice([itertools.count(), iter([1]), zip(), range(9)]),
        lambda: draw.choice([Odd, object(), type, sys, looped, fails, tired]),
        lambda: Odd(draw.choice(["__class__", "shape", "dtype", "layers"])),
        lambda: lambda *_: looped,
        lambda: lambda: None,
        lambda: recurses,
        lambda: leaves,
    ]

    def one(depth: int) -> object:
        if depth and draw.random() < 0.35:
            items = [one(depth - 1) for _ in range(draw.randrange(1, 4))]
            kind = draw.choice([list, tuple, dict])
            return dict(enumerate(items)) if kind is dict else kind(items)
        return draw.choice(generators)()

    return [one(3) for _ in range(count)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # NumPy may warn of what is that odd
@pytest.mark.parametrize(("lesson", "name"), CASES)
@pytest.mark.usefixtures("keras")
def test_five_hundred_odd_values_get_a_sentence_each(lesson, name, capsys):
    sheet = SHEETS[lesson].start()
    check = getattr(sheet, f"check_{name}")
    values = [value for value in odd_values(500) if value is not ...]
    for value in values:
        capsys.readouterr()
        check(value)
        said = capsys.readouterr().out
        assert said.startswith("\n✗ Not yet: ")
        assert max(map(len, said.splitlines())) <= 79
