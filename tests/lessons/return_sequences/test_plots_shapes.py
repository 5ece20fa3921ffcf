"""Tests of the plots and the exercises of lesson 04."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lessons.return_sequences import exercises
from lessons.return_sequences import plots as shapes
from utils import theme
from utils.widgets import layer_shapes


def filled(axes):
    """Return the steps of a panel whose squares are filled."""
    drawn = [patch for patch in axes.patches if patch.get_facecolor()[3] > 0]
    return sorted({round(p.get_y() + p.get_height() / 2) for p in drawn})


def test_only_the_last_state_or_all_are_filled():
    figure, description = shapes.last_or_all(np.zeros((4, 3)))
    assert [filled(axes) for axes in figure.axes] == [[3], [0, 1, 2, 3]]
    titles = [axes.get_title("left") for axes in figure.axes]
    shown = [title.removeprefix("return_sequences=") for title in titles]
    assert shown == ["False: (1, 3)", "True: (1, 4, 3)"]
    assert "step 4" in description
    for states, words, match in (
        (np.zeros((1, 4, 3)), (), "states takes"),
        (np.zeros((4, 3)), ("only", "two"), "words takes"),
    ):
        with pytest.raises(ValueError, match=match):
            shapes.last_or_all(states, words)


def test_equal_curves_both_show():
    run = {"loss": [3.0, 2.0, 1.0], "accuracy": [0.5, 0.6, 0.7]}
    figure, description = shapes.overlaid_curves(
        {"first": run, "second": run}, ("loss", "accuracy")
    )
    assert [axes.get_title("left") for axes in figure.axes] == [
        f"training {metric}" for metric in run
    ]
    for axes, values in zip(figure.axes, run.values(), strict=True):
        broad, thin = axes.lines
        assert broad.get_linewidth() > 2 * thin.get_linewidth()
        assert list(broad.get_xdata()) == [1, 2, 3]
        assert list(thin.get_ydata()) == values
    assert "loss of first: from 3.0 to 1.0." in description


def test_a_drawing_is_cropped_to_its_boxes():
    view = layer_shapes.view("8, 2, 10")
    before = view.figure.get_figheight()
    drawing = shapes.cropped(view).figure
    low, high = drawing.plane.get_ylim()
    assert low == min(box.bottom[1] for box in drawing.boxes) - 8
    assert drawing.get_figheight() == (high - low) / 72 < before
    with pytest.raises(TypeError, match="got NoneType"):
        shapes.cropped(layer_shapes.view("x"))


def test_a_window_marks_what_is_read_and_what_is_asked():
    rising = np.arange(80.0)
    figure, description = shapes.window(rising, 24)
    _, read, asked = figure.axes[0].lines
    assert list(read.get_xdata()) == list(range(24, 36))
    assert list(asked.get_xdata()) == [41]
    assert to_hex(asked.get_color()) == theme.COLORS["output"].lower()
    assert "which is warmer than" in description
    assert "not warmer" in shapes.window(-rising, 24)[1]


def test_every_seed_is_a_line_beside_what_it_is_compared_with():
    seeds = np.linspace(0.5, 0.9, 6).reshape(2, 3)
    others = {"line": [0.6] * 3, "look-up": [0.7] * 3}
    figure, description = shapes.accuracy_by_hour(
        seeds, others, [0.5] * 3, [0.95, 0.96]
    )
    *drawn, linear, nearest, never = figure.axes[0].lines
    assert [list(line.get_ydata()) for line in drawn[::2]] == seeds.tolist()
    ends = [list(line.get_ydata()) for line in drawn[1::2]]
    assert ends == [[seeds[0, -1], 0.95], [seeds[1, -1], 0.96]]
    assert list(linear.get_ydata()) == [0.6] * 3
    assert list(nearest.get_ydata()) == [0.7] * 3
    assert list(never.get_ydata()) == [0.5] * 3
    assert "2 seeds" in description
    assert "The line: 0.60 after hour 1, 0.60 after" in description
    assert "answer there only: 0.95 to 0.96." in description


def test_the_answers_stand_under_the_hours_they_follow():
    said = np.array([[0.2, 0.8, 0.9], [0.6, 0.7, 0.4]])
    figure, description = shapes.answers_in_turn(
        np.arange(5.0), said, [False, True, True]
    )
    above, below = figure.axes
    assert list(above.lines[1].get_xdata()) == [1, 2, 3]
    *seeds, warmer, colder, _ = below.lines
    assert [list(line.get_ydata()) for line in seeds] == said.tolist()
    assert list(warmer.get_xdata()) == [2, 3]
    assert list(colder.get_xdata()) == [1]
    assert "after the hours 2, 3" in description
    assert "[1, 2, 1]" in description


def test_the_short_layer_is_that_of_keras(keras):
    layer = keras.layers.LSTM(3, return_state=True)
    x = np.random.default_rng(0).normal(size=(2, 4, 5)).astype("float32")
    _, *states = layer(x)
    short = exercises.ShortLSTM(layer.get_weights(), longest=4)
    for given in (None, [np.asarray(state) for state in states]):
        wanted = layer(x, initial_state=given)
        for one, other in zip(short(x, given), wanted, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-5)
    with pytest.raises(ValueError, match="at most 4 steps at once, got 5"):
        short(np.zeros((2, 5, 5)))
    with pytest.raises(ValueError, match=r"two states of an LSTM, \[h, c\]"):
        short(x, states[0])


def test_reading_in_two_takes_the_output_as_well():
    question = exercises.SHEET.question("resume", student=0)
    for place in (0, 1):
        assert not question.feedback(
            lambda layer, x, cut, place=place: layer(
                x[:, cut:], initial_state=layer(x[:, :cut])[1:]
            )[place]
        )
    at_once = question.feedback(lambda layer, x, _: layer(x)[1])
    assert "reads at most" in at_once


def test_a_layer_that_reads_both_ways_is_told_so(keras):
    question = exercises.SHEET.question("repair", student=0)
    layers = keras.layers
    both = layers.Bidirectional(layers.SimpleRNN(28, return_sequences=True))
    head = layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input((7, 24)), both, head])
    assert "no longer a single one" in question.feedback(model)


def test_a_time_distributed_head_is_as_good(keras):
    layers = keras.layers
    head = layers.TimeDistributed(layers.Dense(1, activation="sigmoid"))
    question = exercises.SHEET.question("repair", student=0)
    steps, features, units = 7, 24, 28
    stack = [
        keras.Input((steps, features)),
        layers.SimpleRNN(units, return_sequences=True),
        head,
    ]
    assert question.feedback(keras.Sequential(stack)) is None
