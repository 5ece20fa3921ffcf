"""Each kind of question: what it takes, and the mistakes it names itself."""

import math
from random import Random

import numpy as np
import pytest

from utils import exercises

SAID = {"text": "What?", "because": "it is so.", "hint": "think about it."}


def number(**changes: object) -> exercises.Number:
    """Return a question whose answer is 12."""
    wanted = {"answer": 12, "mistakes": {13: "one too many."}}
    return exercises.Number(**SAID, **(wanted | changes))


@pytest.mark.parametrize(
    "given", [12, 12.0, np.int64(12), np.float32(12), np.array(12)]
)
def test_number_takes_every_form(given):
    assert number().fault(given) is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (13, "one too many."),
        (np.float64(13.0), "one too many."),
        (12.5, "this is counted in whole numbers, you gave 12.5."),
        (True, "a number is asked for, you gave True."),
        ("12", "a number is asked for, you gave '12'."),
        ([12], "a number is asked for, you gave [12]."),
        (math.nan, "this is counted in whole numbers, you gave nan."),
        (-12, "-12 is not the number asked for."),
    ],
)
def test_number_names_the_mistake(given, sentence):
    assert number().fault(given) == sentence


def test_number_has_its_tolerance():
    about_pi = number(answer=math.pi, mistakes={}, tolerance=1e-3)
    assert about_pi.fault(3.1416) is None
    assert about_pi.fault(3.15) == "3.15 is not the number asked for."


SHAPE = exercises.Shape(
    **SAID, answer=(None, 4, 3), mistakes={(None, 3): "no time axis."}
)


@pytest.mark.parametrize("given", [(None, 4, 3), [None, 4, np.int64(3)]])
def test_shape_takes_every_form(given):
    assert SHAPE.fault(given) is None


def test_shape_takes_the_shape_of_a_keras_tensor(keras):
    assert SHAPE.fault(keras.Input((4, 3)).shape) is None


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ((None, 3), "no time axis."),
        ((None, 3, 4), "these are the right numbers in the wrong order"),
        ((4, 3), "your shape has 2 axes"),
        ((4,), "your shape has 1 axis:"),
        ((None, 4, 2), "(None, 4, 2) is not the shape"),
        ((None, 4, 3.5), "a shape is asked for"),
        ("(None, 4, 3)", "a shape is asked for"),
        (7, "a shape is asked for"),
    ],
)
def test_shape_names_the_mistake(given, start):
    assert SHAPE.fault(given).startswith(start)


def choice(seed: int = 0) -> exercises.Choice:
    """Return a question with three options."""
    wrong = {"two": "too many.", "none": "too few."}
    return exercises.Choice(
        **SAID, right="one", mistakes=wrong, draw=Random(seed)
    )


def test_choice_takes_letter_or_option():
    letter = choice().solution()
    for given in (letter, letter.upper(), f" {letter}) ", "one"):
        assert choice().fault(given) is None
    assert choice().fault("two") == "too many."
    assert choice().fault("z").startswith('answer with one of "a", "b", "c";')
    assert f"{letter}) one" in choice().prompt().splitlines()


def test_choice_changes_its_letters():
    assert len({choice(seed).solution() for seed in range(20)}) == 3


SEVERAL = exercises.Several(
    **SAID,
    right=["red", "green"],
    mistakes={"loud": "this is a sound.", "wet": "this is no colour."},
    draw=Random(1),
)


def test_several_takes_every_form():
    letters = sorted(SEVERAL.solution())
    assert len(letters) == 2
    for given in ("".join(letters), ", ".join(letters), letters, {*letters}):
        assert SEVERAL.fault(given) is None
    assert SEVERAL.fault(("green", "red", "red")) is None


def test_several_names_the_mistake():
    assert SEVERAL.fault(["red", "loud"]) == "this is a sound."
    assert SEVERAL.fault(["wet"]) == "this is no colour."
    assert SEVERAL.fault(["red"]).endswith("something is missing.")
    assert SEVERAL.fault("az").startswith("'z' is not one of the options a, b")
    assert SEVERAL.fault(7).startswith("answer with letters")


def words(answer: object) -> exercises.Words:
    """Return a question about words."""
    return exercises.Words(
        **SAID, answer=answer, mistakes={"cat": "it barks."}
    )


def test_words_in_order_and_as_a_set():
    in_order, as_set = words(["Big", "dog"]), words({"big", "dog"})
    for question in (in_order, as_set):
        assert question.fault(["big ", "DOG"]) is None
        assert question.fault(["big", "cat"]) == "it barks."
        assert question.fault(["big"]).endswith("something is missing.")
        assert question.fault("fox") == "'fox' does not belong."
        assert question.fault([1]).startswith("a list of words")
    assert as_set.fault(("dog", "big")) is None
    assert in_order.fault(["dog", "big"]).endswith("in another order.")


ARRAY = exercises.Array(
    **SAID,
    answer=np.array([[1.0, 2], [3, 4]]),
    mistakes=[(np.array([[1.0, 3], [2, 4]]), "rows and columns swapped.")],
)


def test_array_names_the_mistake():
    assert ARRAY.fault([[1, 2], [3, 4.000001]]) is None
    assert ARRAY.fault([[1, 3], [2, 4]]) == "rows and columns swapped."
    assert ARRAY.fault([1, 2]).startswith("your array has the shape (2,)")
    assert ARRAY.fault([[1, 2], [3, 5]]) == (
        "the shape is right; 1 of 4 numbers are not, the first at index "
        "(1, 1)."
    )
    assert "unequal lengths" in ARRAY.fault([[1, 2], [3]])
    assert "not 'text'" in ARRAY.fault("text")


FORMULA = exercises.Expression(
    **SAID,
    names=["d", "h"],
    answer="h * (d + h + 1)",
    mistakes={"h * (d + h)": "the bias is missing."},
)


@pytest.mark.parametrize(
    "given", ["h*(d+h+1)", "h*d + h**2 + h", " (d + 1 + h)*h", "--h*(d+h+1)"]
)
def test_formula_in_any_form(given):
    assert FORMULA.fault(given) is None


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ("h*d + h*h", "the bias is missing."),
        ("h", "'h' gives other numbers"),
        ("h *", "this formula cannot be read: use + -"),
        ("x + h", "this formula cannot be read: it has 'x', use d, h"),
        ("__import__('os')", "this formula cannot be read"),
        ("9**9**9", "this formula cannot be read: its exponent"),
        ("h / (d - d)", "this formula has no value"),
        ("(-h) ** 0.5", "this formula has no value"),
        ("+".join(["h"] * 5000), "this formula"),
        (7, "a formula with d, h is asked for"),
    ],
)
def test_formula_names_the_mistake(given, start):
    assert FORMULA.fault(given).startswith(start)


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
    assert FUNCTION.fault(sum) is None
    assert FUNCTION.fault(lambda rows: [*sum(rows)]) is None
    assert FUNCTION.fault(spoils) is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (lambda rows: rows.sum(1), "the wrong axis."),
        (lambda _: None, "your function returns None: is there a return"),
        (lambda: 1, "your function raises TypeError"),
        (lambda rows: rows.x, "your function raises AttributeError"),
        (lambda rows: rows, "your function returns the shape (3, 4) where"),
        (lambda rows: rows[0], "your function returns other values"),
        (lambda _: "text", "your function returns the shape ()"),
        (7, "a function is asked for, you gave 7."),
    ],
)
def test_function_names_the_mistake(given, sentence):
    assert FUNCTION.fault(given).startswith(sentence)


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
    assert model.fault(dense).startswith("a Keras model is asked for")
    assert model.fault(no_input).startswith("your model has no shapes yet")
    one = keras.Sequential([keras.Input((2,)), dense])
    assert model.fault(one) == "a layer of one unit is due."
    first, second = keras.layers.Dense(1), keras.layers.Dense(3)
    two = keras.Sequential([keras.Input((2,)), first, second])
    assert model.fault(two) is None
    layer = exercises.Model(**SAID, build=lambda: None, takes="layer")
    assert layer.fault(dense) is None
    assert layer.fault(7) == "a Keras layer is asked for, you gave 7."


def test_a_name_stands_once():
    sheet = exercises.Sheet(1)
    sheet.exercise(number)
    with pytest.raises(ValueError, match="takes a new name, got 'number'"):
        sheet.exercise(number)


@pytest.mark.parametrize("student", [None, 1.5, True])
def test_a_student_is_a_number_or_a_name(student):
    with pytest.raises(TypeError, match="student takes a number or a name"):
        exercises.start(4, student=student)


def test_start_says_what_is_open(capsys):
    sheet = exercises.start(4, student="Kim")
    assert capsys.readouterr().out == (
        "Lesson 04: 5 exercises, with the numbers of student Kim.\n"
    )
    assert callable(sheet.ask_units) and callable(sheet.check_units)
    assert "units" in repr(sheet)


def test_a_lesson_without_exercises_is_named():
    with pytest.raises(ValueError, match="takes one with exercises, got 98"):
        exercises.start(98)


def test_the_same_numbers_on_every_machine():
    question = exercises.sheet_of(4).question("units", 0)
    assert question.text.startswith("A model reads 8 steps.")
