"""Each kind of question: what it takes, and the mistakes it names itself."""

import math
import re
from random import Random

import numpy as np
import pytest

from lessons.return_sequences.exercises import SHEET
from utils import exercises

SAID = {"text": "What?", "because": "it is so.", "hint": "think about it."}


def number(**changes: object) -> exercises.Number:
    """Return a question whose answer is 12."""
    wanted = {"answer": 12, "mistakes": {13: "one too many."}}
    return exercises.Number(**SAID, **(wanted | changes))


def test_number_takes_every_form_within_its_tolerance():
    for given in (12, 12.0, np.int64(12), np.float32(12), np.array(12)):
        assert number().feedback(given) is None
    about_pi = number(answer=math.pi, mistakes={}, tolerance=1e-3)
    assert about_pi.feedback(3.1416) is None
    assert about_pi.feedback(3.15) == "3.15 is not the number asked for."


SHAPE = exercises.Shape(
    **SAID, answer=(None, 4, 3), mistakes={(None, 3): "no time axis."}
)


def test_shape_takes_every_form(keras):
    tensor = keras.Input((4, 3))
    for given in ((None, 4, 3), [None, 4, np.int64(3)], tensor.shape):
        assert SHAPE.feedback(given) is None


def choice(seed: int = 0) -> exercises.SingleChoice:
    """Return a question with three options."""
    wrong = {"two": "too many.", "none": "too few."}
    return exercises.SingleChoice(
        **SAID, right="one", mistakes=wrong, draw=Random(seed)
    )


def test_choice_takes_letter_or_option():
    letter = choice().solution()
    for given in (letter, letter.upper(), f" {letter}) ", "one"):
        assert choice().feedback(given) is None
    assert f"{letter}) one" in choice().prompt().splitlines()
    assert len({choice(seed).solution() for seed in range(20)}) == 3


SEVERAL = exercises.MultipleChoice(
    **SAID,
    right=["red", "green"],
    mistakes={"loud": "this is a sound.", "wet": "this is no colour."},
    draw=Random(1),
)


def test_several_takes_every_form():
    letters = sorted(SEVERAL.solution())
    assert len(letters) == 2
    for given in ("".join(letters), ", ".join(letters), letters, {*letters}):
        assert SEVERAL.feedback(given) is None
    assert SEVERAL.feedback(("green", "red", "red")) is None


def words(answer: object) -> exercises.Words:
    """Return a question about words."""
    mistakes = {"cat": "it barks."}
    return exercises.Words(**SAID, answer=answer, mistakes=mistakes)


def test_words_in_order_and_as_a_set():
    in_order, as_set = words(["Big", "dog"]), words({"big", "dog"})
    for question in (in_order, as_set):
        assert question.feedback(["big ", "DOG"]) is None
        assert question.feedback(["big", "cat"]) == "it barks."
        assert question.feedback(["big"]).endswith("something is missing.")
        assert question.feedback("fox") == "'fox' does not belong."
        assert question.feedback([1]).startswith("a list of words")
    assert as_set.feedback(("dog", "big")) is None
    assert in_order.feedback(["dog", "big"]).endswith("in another order.")


ARRAY = exercises.Array(
    **SAID,
    answer=np.array([[1.0, 2], [3, 4]]),
    mistakes=[(np.array([[1.0, 3], [2, 4]]), "rows and columns swapped.")],
)


FORMULA = exercises.Expression(
    **SAID,
    names=["d", "h"],
    answer="h * (d + h + 1)",
    mistakes={"h * (d + h)": "the bias is missing."},
)


def test_array_and_formula_in_any_form():
    assert ARRAY.feedback([[1, 2], [3, 4.000001]]) is None
    forms = ["h*(d+h+1)", "h*d + h**2 + h", " (d + 1 + h)*h", "--h*(d+h+1)"]
    for form in forms:
        assert FORMULA.feedback(form) is None


FUNCTION = exercises.Function(
    **SAID,
    reference=lambda rows: rows.sum(axis=0),
    inputs=lambda generator: (generator.normal(size=(3, 4)),),
    mistakes=[(lambda rows: rows.sum(axis=1), "the wrong axis.")],
)


def spoils(rows: np.ndarray) -> np.ndarray:
    """Return the right sum and spoil the input."""
    total = rows.sum(axis=0)
    rows[:] = 0
    return total


def test_function_is_compared_by_its_values():
    assert FUNCTION.feedback(sum) is None
    assert FUNCTION.feedback(lambda rows: [*sum(rows)]) is None
    assert FUNCTION.feedback(spoils) is None


MISTAKES = [
    (number(), np.float64(13.0), "one too many."),
    (number(), 12.5, "this is counted in whole numbers, you gave 12.5."),
    (number(), True, "a number is asked for, you gave True."),
    (number(), "12", "a number is asked for, you gave '12'. Leave*"),
    (number(), [12], "a number is asked for, you gave [12]. Give what is*"),
    (
        number(),
        (12, 5),
        "a number is asked for, you gave (12, 5). Python writes a point "
        "where you wrote a comma.",
    ),
    (number(), math.nan, "nan is not the number asked for."),
    (number(), -12, "-12 is not the number asked for."),
    (SHAPE, (None, 3), "no time axis."),
    (SHAPE, (None, 3, 4), "these are the right numbers in the wrong order*"),
    (SHAPE, (4, 3), "your shape has 2 axes*"),
    (SHAPE, (4,), "your shape has 1 axis:*"),
    (SHAPE, (None, 4, 2), "(None, 4, 2) is not the shape*"),
    (SHAPE, (None, 4, 3.5), "a shape is asked for*"),
    (SHAPE, "(None, 4, 3)", "a shape is asked for*"),
    (SHAPE, 7, "a shape is asked for*"),
    (choice(), "two", "too many."),
    (choice(), "z", 'answer with one of "a", "b", "c";*'),
    (SEVERAL, ["red", "loud"], "this is a sound."),
    (SEVERAL, ["wet"], "this is no colour."),
    (SEVERAL, ["red"], "*something is missing."),
    (SEVERAL, "az", "'z' is not one of the options a, b*"),
    (SEVERAL, 7, "answer with letters*"),
    (ARRAY, [[1, 3], [2, 4]], "rows and columns swapped."),
    (ARRAY, [1, 2], "your array has the shape (2,)*"),
    (ARRAY, [[1, 2], [3, 5]], "*; 1 of 4 numbers *, the first at * (1, 1)."),
    (ARRAY, [[1, 2], [3]], "*unequal lengths*"),
    (ARRAY, "text", "*not 'text'*"),
    (FORMULA, "h*d + h*h", "the bias is missing."),
    (FORMULA, "h", "'h' gives other numbers*"),
    (FORMULA, "h *", "this formula cannot be read: use + -*"),
    (FORMULA, "x + h", "this formula cannot be read: it has 'x', use d, h*"),
    (FORMULA, "__import__('os')", "this formula cannot be read*"),
    (FORMULA, "9**9**9", "this formula cannot be read: its exponent*"),
    (FORMULA, "h / (d - d)", "this formula has no value*"),
    (FORMULA, "(-h) ** 0.5", "this formula has no value*"),
    (FORMULA, "+".join(["h"] * 5000), "this formula*"),
    (FORMULA, 7, "a formula with d, h is asked for*"),
    (FUNCTION, lambda rows: rows.sum(1), "the wrong axis."),
    (FUNCTION, lambda _: None, "your function returns None: is there a ret*"),
    (FUNCTION, lambda: 1, "your function raises TypeError*"),
    (FUNCTION, lambda rows: rows.x, "your function raises AttributeError*"),
    (FUNCTION, lambda rows: rows, "your function * the shape (3, 4) where*"),
    (FUNCTION, lambda rows: rows[0], "your function returns other values*"),
    (FUNCTION, lambda _: "text", "your function returns text where*"),
    (FUNCTION, 7, "a function is asked for, you gave 7."),
]


@pytest.mark.parametrize(("question", "given", "told"), MISTAKES)
def test_the_mistake_is_named(question, given, told):
    pattern = re.escape(told).replace(r"\*", ".*")
    assert re.fullmatch(pattern, question.feedback(given), re.DOTALL)


def test_model_or_layer(keras):
    demand = exercises.Demand(
        lambda it: it.layers[-2].units == 1,
        "a layer of one unit is due.",
        lambda: None,
    )
    of = {"build": lambda: None, "demands": [demand]}
    model = exercises.Model(**SAID, **of)
    dense = keras.layers.Dense(3)
    no_input = keras.Sequential([dense])
    assert model.feedback(dense).startswith("a Keras model is asked for")
    assert model.feedback(no_input).startswith("your model has no shapes yet")
    one = keras.Sequential([keras.Input((2,)), dense])
    assert model.feedback(one) == "a layer of one unit is due."
    first, second = keras.layers.Dense(1), keras.layers.Dense(3)
    two = keras.Sequential([keras.Input((2,)), first, second])
    assert model.feedback(two) is None
    layer = exercises.Model(**SAID, build=lambda: None, takes="layer")
    assert layer.feedback(dense) is None
    assert layer.feedback(7) == "a Keras layer is asked for, you gave 7."


@pytest.mark.parametrize("student", [None, 1.5, True])
def test_a_student_is_a_number_or_a_name(student):
    with pytest.raises(TypeError, match="student takes a number or a name"):
        SHEET.start(student=student)


def test_start_says_what_is_open(capsys):
    sheet = SHEET.start(student="Kim")
    assert capsys.readouterr().out == (
        "Lesson 04: 5 exercises, with the numbers of student Kim.\n"
    )
    assert callable(sheet.ask_units) and callable(sheet.check_units)
    assert "units" in repr(sheet)
    # The same numbers on every machine.
    question = SHEET.question("units", 0)
    assert question.text.startswith("A model reads 8 steps.")
    sheet = exercises.Sheet(1)
    sheet.exercise(number)
    with pytest.raises(ValueError, match="takes a new name, got 'number'"):
        sheet.exercise(number)
