"""Counting parameters: the numbers and rectangles are those of Keras."""

import random
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from lessons.counting_parameters import widget
from lessons.counting_parameters.layer_arrays import (
    filled_formula,
    layer_arrays,
    too_thin,
)
from lessons.counting_parameters.plots import CellShape, read_cells

CELL = st.sampled_from(list(widget.CELLS))
LAYERS = st.integers(1, 3)
STATES = {
    "cell": CELL,
    "inputs": st.sampled_from([1, 2, 7, 100, 9_999, 10_000])
    | st.integers(1, 10_000),
    "units": st.sampled_from([1, 2, 40, 512]) | st.integers(1, 512),
    "bidirectional": st.booleans(),
    "layers": LAYERS,
}
SMALL = STATES | {"inputs": st.integers(1, 40), "units": st.integers(1, 12)}


def built(cell, inputs, units, bidirectional, layers):
    """Return what a student would write, built by Keras."""
    import keras

    kind = {
        "SimpleRNN": keras.layers.SimpleRNN,
        "LSTM": keras.layers.LSTM,
    }.get(cell, keras.layers.GRU)
    told = {"reset_after": False} if "False" in cell else {}
    model = keras.Sequential([keras.Input((None, inputs))])
    for _ in range(layers):
        layer = kind(units, return_sequences=True, **told)
        wrapped = keras.layers.Bidirectional(layer)
        model.add(wrapped if bidirectional else layer)
    return model


def rectangles(figure) -> list[Rectangle]:
    """Return the drawn arrays, from the top, from the left."""
    return [p for p in figure.plane.patches if isinstance(p, Rectangle)]


@pytest.mark.slow
@settings(max_examples=25)
@given(**SMALL)
def test_every_count_is_that_of_keras(**state):
    model = built(**state)
    answers = [layer.count_params() for layer in model.layers]
    assert widget.keras_counts(*state.values()) == tuple(answers)
    asked = widget.view(**state, ask_keras=True)
    assert asked.sentence.startswith(f"{model.count_params():,} parameters")
    assert "it agrees" in asked.sentence
    for layer, shape in zip(
        model.layers, widget.shapes(*state.values()), strict=True
    ):
        directions = 2 if state["bidirectional"] else 1
        assert read_cells(layer.get_weights()) == [shape] * directions


@pytest.mark.slow
@settings(max_examples=50)
@given(**STATES)
def test_the_picture_keeps_its_size_and_its_texts_inside(**state):
    shown = widget.view(**state)
    assert shown.figure.get_size_inches().tolist() == [7, 372 / 72]
    assert shown.sentence.endswith("time steps does not enter.")
    total = re.match("[0-9,]+", shown.sentence)[0]
    texts = shown.figure.plane.texts
    assert f"total {total}" in [text.get_text() for text in texts]
    assert f"Together {total} parameters" in shown.description
    shown.figure.canvas.draw()
    for text in texts:
        place = text.get_window_extent()
        assert 0 <= place.x0 <= place.x1 <= 504, text.get_text()
        assert 0 <= place.y0 <= place.y1 <= 372, text.get_text()
    right = 26
    for drawn in rectangles(shown.figure):
        assert drawn.get_x() == pytest.approx(right) or drawn.get_x() == 26
        right = drawn.get_x() + drawn.get_width()
        box = drawn.get_window_extent()
        assert not box.count_overlaps([t.get_window_extent() for t in texts])
        assert drawn.get_x() + drawn.get_width() <= 487
        assert drawn.get_y() >= 74
        assert drawn.get_y() + drawn.get_height() <= 342


@pytest.mark.slow
@settings(max_examples=50)
@given(**STATES)
def test_a_question_tells_no_count(**state):
    asked = widget.view(**state, ask_keras=True, hidden=True)
    texts = asked.figure.plane.texts
    told = " ".join([text.get_text() for text in texts])
    told += asked.description + asked.sentence
    numbers = {*re.findall("[0-9,]*[0-9]", told)}
    given_numbers = {f"{state[name]:,}" for name in ("inputs", "units")}
    assert numbers <= given_numbers | {"1", "2", "3"}
    assert asked.figure.get_size_inches().tolist() == [7, 372 / 72]
    asked.figure.canvas.draw()
    for text in texts:
        place = text.get_window_extent()
        assert 0 <= place.x0 <= place.x1 <= 504, text.get_text()


@settings(max_examples=50)
@given(**STATES)
def test_areas_stand_for_counts(**state):
    arrays = widget.shapes(*state.values())
    drawn = rectangles(widget.view(**state).figure)
    directions = 2 if state["bidirectional"] else 1
    wanted = [n for s in arrays for _ in range(directions) for n in s.counts]
    area = [d.get_width() * d.get_height() for d in drawn]
    largest = np.argmax(wanted)
    scale = area[largest] / wanted[largest]
    thinnest = [1.0 * d.get_height() for d in drawn]
    assert area == pytest.approx(
        np.maximum(np.multiply(wanted, scale), thinnest)
    )


@given(**STATES)
def test_the_filled_formula_is_right(**state):
    directions = 2 if state["bidirectional"] else 1
    for shape in widget.shapes(*state.values()):
        left, right = filled_formula(shape, directions).split(" = ")
        sums = left.replace(",", "").replace("·", "*")
        assert eval(sums) == int(right.replace(",", ""))
        assert int(right.replace(",", "")) == directions * sum(shape.counts)


@pytest.mark.parametrize(
    ("cell", "layers", "bidirectional", "total"),
    [
        ("SimpleRNN", 1, False, 321_056),
        ("SimpleRNN", 2, False, 323_136),
        ("LSTM", 1, True, 2_568_448),
        ("GRU", 1, False, 963_264),
        ("GRU, reset_after=False", 1, False, 963_168),
    ],
)
def test_the_counts_of_the_lesson(cell, layers, bidirectional, total):
    shown = widget.view(cell, 10_000, 32, bidirectional, layers)
    assert shown.sentence.startswith(f"{total:,} parameters")


def test_what_is_too_thin_is_named():
    (wide, narrow) = widget.shapes("SimpleRNN", 10_000, 32, False, 2)
    assert too_thin([wide], 456 / 10_033) == "b"
    assert too_thin([wide], 0.01) == "Wₕ, b"
    assert too_thin([wide, narrow], 0.02) == "Wₓ above layer 1, Wₕ, b"
    assert too_thin(widget.shapes("GRU", 1, 512, False, 2), 0.4) == (
        "Wₓ in layer 1, b"
    )
    assert too_thin([wide], 1.0) == ""


def test_few_weights_are_squares_and_many_are_stretched():
    def note(*state):
        texts = [t.get_text() for t in widget.view(*state).figure.plane.texts]
        return [t for t in texts if "square" in t or "stretched" in t]

    assert note("SimpleRNN", 4, 3) == [
        "every weight is a square of the same size"
    ]
    (stretched,) = note("SimpleRNN", 10_000, 32)
    assert stretched.startswith("stretched")
    figure, _ = layer_arrays([CellShape((4, 3, 1), 3, 1)])
    sides = [
        d.get_width() / n
        for d, n in zip(rectangles(figure), (4, 3, 1), strict=True)
    ]
    assert sides == pytest.approx(
        [figure.plane.patches[0].get_height() / 3] * 3
    )


def test_a_disagreement_would_be_said(monkeypatch):
    monkeypatch.setattr(widget, "keras_counts", lambda *_: (25,))
    assert "says 25, it does not agree" in widget.view(ask_keras=True).sentence


@pytest.mark.slow
def test_asking_leaves_random_numbers_and_names_alone():
    import keras

    def numbers():
        """Return the numbers in the names that Keras gives next."""
        layer = keras.layers.LSTM(1)
        names = layer.name, keras.layers.Bidirectional(layer).name
        return [int((re.findall("[0-9]+", name) or [0])[0]) for name in names]

    first = numbers()
    drawn = random.getstate(), str(np.random.get_state())
    widget.keras_counts.__wrapped__("LSTM", 3, 5, True, 2)
    assert drawn == (random.getstate(), str(np.random.get_state()))
    assert numbers() == [number + 1 for number in first]


@pytest.mark.slow
def test_asking_first_starts_keras_quietly():
    program = (
        "from lessons.counting_parameters import widget as count\n"
        "print('it agrees' in count.view(ask_keras=True).sentence)\n"
        "from tensorflow.config import threading\n"
        "print(threading.get_intra_op_parallelism_threads())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True\n1\n", "")


@pytest.mark.slow
def test_the_panel_counts_and_asks():
    used, _ = widget.panel().children
    column, asked, sentence, _, examples = used.children
    controls = column.children
    assert sentence.value.endswith("Count before you look.</p>")
    asked.children[-1].value = False
    assert "24 parameters" in sentence.value
    controls[1].value = 10
    assert "42 parameters" in sentence.value
    controls[-1].value = True
    assert "says 42, it agrees" in sentence.value
    for example in examples.children:
        example.click()
    assert "624 parameters" in sentence.value
    assert not controls[-1].value
