"""Plots of padding: each curve and each field shows what was given."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from lessons.padding_and_masking import plots as padding
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
    assert "not told apart" not in description
    assert "0.79" not in description  # no measured digit


def test_the_gate_stands_above_the_spread_in_the_same_styles():
    means = {"fresh": [0.7, 0.73, 0.73], "trained": [0.7, 0.74, 0.74]}
    gates = {k: np.add.outer(v, [-0.02, 0.02]) for k, v in means.items()}
    spreads = {"fresh": [0.8, 1, 0.2], "trained": [0.5, 1, 0.9]}
    figure, description = padding.gate_and_spread(gates, spreads, 2)
    upper, lower = figure.axes
    for axes, curves in ((upper, means), (lower, spreads)):
        drawn = {line.get_label(): line for line in axes.lines}
        for name, values in curves.items():
            assert np.allclose(drawn[name].get_ydata(), values)
        (shade,) = [p for p in axes.patches if isinstance(p, Rectangle)]
        assert (shade.get_x(), shade.get_width()) == (2.5, 1.0)
    thin = [line.get_ydata() for line in upper.lines[2:]]
    assert np.allclose(thin, np.hstack([*gates.values()]).T)
    for one, other in zip(upper.lines[:2], lower.lines[:2], strict=True):
        assert one.get_linestyle() == other.get_linestyle()
    assert "first 2 steps" in description


def test_gate_and_spread_take_the_same_names():
    with pytest.raises(ValueError, match="spreads takes the names"):
        padding.gate_and_spread({"a": [[1.0]]}, {"b": [1.0]}, 1)
