"""The widget of the fading gradient: its curves are those of Keras."""

from __future__ import annotations

import re

import diagram_checks as checks
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from lessons.long_term_dependencies import widget
from utils import cells
from utils.cells.activations import ACTIVATIONS

pytestmark = pytest.mark.slow  # takes seconds

SCALES = st.integers(1, 30).map(lambda tenths: tenths / 10)
LENGTHS = st.integers(1, 20).map(lambda tens: 10 * tens)
STATES = st.fixed_dictionaries(
    {
        "scale": SCALES,
        "activation": st.sampled_from([*ACTIVATIONS]),
        "cell": st.sampled_from([*widget.CELLS]),
        "length": LENGTHS,
    }
)

EXTREMES = [
    {},
    {"scale": 3.0, "length": 200},
    {"scale": 3.0, "length": 200, "activation": "linear"},
    {"scale": 0.1, "length": 200, "activation": "relu"},
    {"scale": 0.1, "length": 10, "cell": "lstm_0"},
    {"scale": 1.5, "length": 200, "cell": "lstm_0"},
]
"""States whose curves leave the picture, or stay in it."""


@pytest.mark.parametrize(
    ("powers", "ends"),
    [
        ((0, -1.9), (-2, 2)),
        ((0, 2.1), (-2, 4)),
        ((0, -7, 3), (-8, 4)),
        ((0, -400), (-16, 2)),
    ],
)
def test_the_axis_is_the_smallest_that_holds_the_curve(powers, ends):
    assert widget.axis_ends(10.0 ** np.array(powers)) == ends


@settings(max_examples=25, deadline=None)
@given(state=STATES)
def test_every_state_gives_a_picture_and_a_sentence(state):
    view = widget.view(**state)
    assert re.fullmatch(r"(At|From) (lag|step) \d+ .*[.)]", view.sentence)
    assert "nan times" not in view.sentence
    assert view.figure.get_size_inches().tolist() == [7, 3.7]
    axes = view.figure.axes[0]
    curve = axes.lines[1].get_ydata()
    left = widget.gradient_left(**state)
    ends = 10.0 ** np.array(widget.axis_ends(left))
    np.testing.assert_allclose(axes.get_ylim(), ends)
    assert 1 in axes.get_yticks()
    assert left[0] == pytest.approx(1, rel=1e-12)
    assert np.isfinite(left).all()
    np.testing.assert_array_equal(curve[left > 0], left[left > 0])


def keras_layer(cell, scale, activation):
    """Return the Keras layer with the widget's weights."""
    from keras import layers

    kind, _, forget_bias = cell.partition("_")
    gates = {"simple": 1, "lstm": 4, "gru": 3}[kind]
    keywords = {"return_sequences": True, "return_state": True}
    if kind == "simple":
        layer = layers.SimpleRNN(
            widget.UNITS, activation, dtype="float64", **keywords
        )
    else:
        make = {"lstm": layers.LSTM, "gru": layers.GRU}[kind]
        layer = make(widget.UNITS, dtype="float64", **keywords)
    layer.build((widget.BATCH, None, widget.FEATURES))
    kernel, recurrent = widget._weights(gates)
    bias = np.zeros(layer.get_weights()[2].shape)
    if kind == "lstm":
        bias[widget.UNITS : 2 * widget.UNITS] = float(forget_bias)
    layer.set_weights([kernel, scale * recurrent, bias])
    return layer


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "activation", "scale"),
    [
        *(("simple_rnn", name, 1.3) for name in ACTIVATIONS),
        *((name, "tanh", 0.8) for name in widget.CELLS),
    ],
)
def test_the_gradient_is_that_of_keras(cell, activation, scale):
    import tensorflow as tf

    length, lag = 12, 7
    layer = keras_layer(cell, scale, activation)
    x = widget._inputs(length)
    early, late = x[:, : length - lag], x[:, length - lag :]
    _, *states = layer(early)
    with tf.GradientTape() as tape:
        tape.watch(states)
        _, h, *_ = layer(late, initial_state=states)
        loss = tf.reduce_sum(h) / widget.UNITS**0.5
    d_h = tape.gradient(loss, states[0])
    expected = np.median(np.linalg.norm(d_h, axis=-1))
    left = widget.gradient_left(scale, activation, cell, length)
    np.testing.assert_allclose(left[lag], expected, rtol=1e-6)


@given(scale=SCALES)
@settings(max_examples=8, deadline=None)
def test_no_cell_without_gates_exceeds_the_power_of_the_scale(scale):
    power = scale ** np.arange(60)
    for activation in ACTIVATIONS:
        left = widget.gradient_left(scale, activation, "simple_rnn", 60)
        assert (left <= power * (1 + 1e-9)).all()
    np.testing.assert_allclose(left, power, rtol=1e-9)


def test_the_dashed_curve_is_the_power_or_the_simple_rnn():
    dashed = widget.view(scale=0.5).figure.axes[0].lines[2]
    np.testing.assert_allclose(dashed.get_ydata(), 0.5 ** np.arange(100))
    dashed = widget.view(cell="gru", activation="relu").figure.axes[0].lines[2]
    expected = widget.gradient_left(1.0, "tanh", "simple_rnn", 100)
    np.testing.assert_array_equal(dashed.get_ydata(), expected)


def test_the_recurrent_weights_have_the_singular_values_they_should():
    for gates in (1, 3, 4):
        _, recurrent = widget._weights(gates)
        sizes = np.linalg.svd(recurrent, compute_uv=False)
        np.testing.assert_allclose(sizes, 1, atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(
    scale=SCALES, activation=st.sampled_from([*ACTIVATIONS]), length=LENGTHS
)
def test_infinite_states_are_those_of_float32(scale, activation, length):
    kernel, recurrent = widget._weights(1)
    x, kernel, recurrent = (
        array.astype("float32")
        for array in (widget._inputs(length), kernel, scale * recurrent)
    )
    with np.errstate(over="ignore", invalid="ignore"):
        h = cells.simple_rnn(x, kernel, recurrent, activation=activation)
    lost = ~np.isfinite(h).all(axis=(0, 2))
    sentence = widget.view(scale, activation, "simple_rnn", length).sentence
    found = re.match(r"At step (\d+) the hidden state passes", sentence)
    first = int(np.argmax(lost)) + 1 if lost.any() else length + 1
    said = int(found[1]) if found else length + 1
    # A product inside a step may overflow just before the state does.
    assert abs(first - said) <= 1


LONG = {"length": 200}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            LONG | {"scale": 3.0, "activation": "linear"},
            "the hidden state passes 3.4·10³⁸",
        ),
        (
            LONG | {"scale": 2.9, "activation": "relu"},
            "the gradient passes 3.4·10³⁸",
        ),
        (LONG | {"scale": 0.1}, "smaller than any float32"),
        ({"scale": 0.1, "activation": "relu"}, "smaller than any float32"),
        ({"activation": "linear"}, "is 1 times that of the last step"),
    ],
)
def test_explosion_and_silence_are_said(state, words):
    assert words in widget.view(**state).sentence


def test_the_sentence_has_the_numbers_of_the_curve():
    left = widget.gradient_left(1.0, "tanh", "simple_rnn", 100)
    sentence = widget.view().sentence
    factor = left[-1] ** (1 / 99)
    assert f"a factor of {factor:.2f} per step" in sentence
    assert f"is {widget.in_powers(left[-1])} times" in sentence
    assert sentence.startswith("At lag 99 ")


@pytest.mark.parametrize(
    ("cell", "gate"),
    [
        ("lstm_0", "σ(0) = 0.50"),
        ("lstm_1", "σ(1) = 0.73"),
        ("lstm_5", "σ(5) = 0.99"),
        ("gru", "σ(0) = 0.50"),
    ],
)
def test_the_gate_that_keeps_is_named(cell, gate):
    assert gate in widget.view(cell=cell).sentence
    assert "here tanh stays" not in widget.view(cell=cell).sentence
    other = widget.view(cell=cell, activation="relu")
    assert "here tanh stays" in other.sentence


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"scale": 0.5}, "below 10⁻¹⁶ from lag {lag} on"),
        ({"scale": 3.0, "activation": "linear"}, "above 10¹⁶ from lag 34 on"),
        ({}, ""),
    ],
)
def test_where_a_curve_leaves_the_picture_is_written(state, words):
    left = widget.gradient_left(
        **{"activation": "tanh", "cell": "simple_rnn", "length": 100}
        | {"scale": 1.0}
        | state
    )
    lag = int(np.argmax(left < 1e-16))
    (axes,) = widget.view(**state).figure.axes
    said = [text.get_text() for text in axes.texts]
    assert said == ([words.format(lag=lag)] if words else [])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.00099, "9.9·10⁻⁴"),
        (0.0012, "0.0012"),
        (1.0, "1"),
        (9_940.0, "9,940"),
        (10_000.0, "10⁴"),
        (3.4e38, "3.4·10³⁸"),
    ],
)
def test_numbers_are_short(value, words):
    assert widget.in_powers(value) == words


@pytest.mark.parametrize("state", EXTREMES)
def test_no_text_overlaps_another_or_leaves_the_picture(state):
    figure = widget.view(**state).figure
    FigureCanvasAgg(figure)
    figure.width, figure.height = 72 * figure.get_size_inches()
    measured = checks.measure(figure)
    assert checks.overlaps(measured) == []
    assert checks.outside(measured, margin=1) == []
