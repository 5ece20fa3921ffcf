"""Plots of padding: each curve and each field shows what was given."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from lessons.padding_and_masking import plots as padding
from utils import theme
from utils.intervals import Interval


def test_curves_keep_their_values_and_padding_is_shaded():
    curves = {"without": [1.0, 2.0, 0.51], "with": [1.0, 2.0, 2.0]}
    figure, description = padding.through_padding(curves, 2)
    (axes,) = figure.axes
    drawn = {line.get_label(): line for line in axes.lines}
    assert {name: list(drawn[name].get_ydata()) for name in curves} == curves
    assert list(drawn["with"].get_xdata()) == [1, 2, 3]
    (shade,) = [p for p in axes.patches if isinstance(p, Rectangle)]
    assert (shade.get_x(), shade.get_width()) == (2.5, 1.0)
    assert "first 2 of 3 steps" in description
    assert "without and with" in description
    assert "0.5" not in description  # no measured digit


@pytest.mark.parametrize(
    ("curves", "words", "match"),
    [
        ({"a": [1.0, 2.0], "b": [1.0]}, 1, "curves takes one length"),
        ({}, 1, "curves takes one length"),
        ({"a": [1.0, 2.0]}, 3, "words"),
        ({"a": [1.0, 2.0]}, 0, "words"),
    ],
)
def test_curves_that_do_not_fit_are_refused(curves, words, match):
    with pytest.raises(ValueError, match=match):
        padding.through_padding(curves, words)


def test_every_accuracy_is_drawn_and_chance_is_a_line():
    results = {
        "zeros after, no mask": Interval(0.51, 0.47, 0.55),
        "zeros after, mask": Interval(0.79, 0.75, 0.82),
    }
    figure, description = padding.accuracies(results)
    (axes,) = figure.axes
    shown = [label.get_text() for label in axes.get_yticklabels()]
    assert shown == [*results]
    (chance,) = (line for line in axes.lines if line.get_label() == "chance")
    assert list(chance.get_xdata()) == [0.5, 0.5]
    # Orange means a hidden state.
    assert chance.get_color() != theme.COLORS["hidden_state"]
    assert "not told apart" not in description
    assert "0.79" not in description  # no measured digit


def test_the_gates_stand_above_the_spread():
    means = {"fresh": [0.7, 0.73, 0.73], "trained": [0.7, 0.74, 0.74]}
    gates = {k: np.add.outer(v, [-0.02, 0.02]) for k, v in means.items()}
    spreads = {"fresh": [0.8, 1, 0.2], "trained": [0.5, 1, 0.9]}
    figure, description = padding.gate_and_spread(gates, spreads, 2)
    upper, lower = figure.axes
    for axes in (upper, lower):
        (shade,) = [p for p in axes.patches if isinstance(p, Rectangle)]
        assert (shade.get_x(), shade.get_width()) == (2.5, 1.0)
    drawn = {line.get_label(): line for line in lower.lines}
    for name, values in spreads.items():
        assert np.allclose(drawn[name].get_ydata(), values)
    *units, level = upper.lines
    assert np.allclose(
        [line.get_ydata() for line in units], gates["trained"].T
    )
    assert np.allclose(level.get_ydata(), 0.73)
    assert level.get_label() == "mean, fresh"
    low, high = upper.get_ylim()
    assert low < gates["trained"].min() and high > 1
    assert "first 2 steps" in description


def test_losses_stand_beside_the_gates_after_training():
    losses = {
        "wide": [np.array([0.7, 0.7])] * 2,
        "narrow": [np.array([0.7, 0.4]), np.array([0.7, 0.5])],
    }
    gates = [np.array([0.1, 0.9, 1.0]), np.array([0.2, 0.5, 0.99])]
    figure, description = padding.learned_late(losses, gates, 0.73)
    left, right = figure.axes
    drawn = [line.get_ydata() for line in left.lines]
    assert np.allclose(drawn, [*losses["wide"], *losses["narrow"]])
    styles = [line.get_linestyle() for line in left.lines]
    assert styles[0] == styles[1] != styles[2] == styles[3]
    *units, level = right.lines
    assert np.allclose([line.get_ydata() for line in units], gates)
    assert list(level.get_ydata()) == [0.73, 0.73]
    assert "wide and narrow" in description


def test_gate_and_spread_take_the_same_names():
    with pytest.raises(ValueError, match="spreads takes the names"):
        padding.gate_and_spread({"a": [[1.0]]}, {"b": [1.0]}, 1)
