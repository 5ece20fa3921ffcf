"""What is left of a state, who learns, and differences, drawn."""

import numpy as np
import pytest

from lessons.gru import plots
from utils.intervals import Interval


def test_state_kept_draws_a_curve_a_gate():
    states = {z: np.power(z, np.arange(4)) for z in (1.0, 0.5, 0.1)}
    figure, description = plots.state_kept(states)
    drawn = {
        line.get_label(): list(line.get_ydata())
        for line in figure.axes[0].lines[1:]
    }
    assert drawn == {f"z = {z:g}": list(v) for z, v in states.items()}
    assert "1, 0.5, 0.1:" in description


def test_a_gate_is_a_share():
    with pytest.raises(ValueError, match="gate takes"):
        plots.state_kept({1.5: [1, 1]})


def test_adding_curves_have_a_panel_a_rate_and_dots_for_what_ran_now():
    errors = np.array([[0.2, 0.01], [0.2, 0.1]])
    curves = {name: {0.003: errors, 0.01: errors} for name in plots.COLORS}
    figure, description = plots.adding_curves(
        curves, (0.01, [0.2, 0.1]), baseline=1 / 6
    )
    left, right = figure.axes
    lines = 1 + 2 * len(curves)
    assert (len(left.lines), len(right.lines)) == (lines, lines + 1)
    assert "GRU, rate 0.003: 1 of 2" in description


def test_controls_have_a_line_a_seed_and_say_where_they_end():
    errors = np.array([[0.2, 0.01], [8.0, 0.1]])
    curves = {name: {0.003: errors, 0.01: errors} for name in plots.CONTROLS}
    figure, description = plots.control_curves(curves, baseline=1 / 6)
    assert [len(a.lines) for a in figure.axes] == [7, 5, 7, 5]
    assert "GRU, rate 0.003: never above 8, at the end from" in description


def test_differences_say_on_which_side_of_zero_they_lie():
    _, description = plots.differences(
        {
            "a − b": Interval(0.1, 0.05, 0.15),
            "a − c": Interval(-0.1, -0.2, -0.05),
            "b − c": Interval(0.0, -0.1, 0.1),
        }
    )
    assert "a − b: the bar lies above zero" in description
    assert "a − c: the bar lies below zero" in description
    assert "b − c: the bar reaches zero" in description
