"""Plots of gradients, states and the adding problem."""

import numpy as np
import pytest

from utils.plots import adding, gradients

FALLING = 0.5 ** np.arange(40)
RISING = 2.0 ** np.arange(40)


def test_a_curve_is_drawn_against_the_lag_on_a_logarithmic_axis():
    figure, _ = gradients.gradient_by_lag({"": {"small": FALLING}})
    (axes,) = figure.axes
    (line,) = axes.lines
    assert axes.get_yscale() == "log"
    np.testing.assert_allclose(line.get_xdata(), np.arange(40))
    np.testing.assert_allclose(line.get_ydata(), FALLING)


def test_the_fit_is_the_straight_line_of_an_exact_power():
    figure, _ = gradients.gradient_by_lag({"": {"small": FALLING}}, fit=True)
    curve, line = figure.axes[0].lines
    np.testing.assert_allclose(line.get_ydata(), curve.get_ydata())


def test_zeros_are_left_out_and_said():
    figure, description = gradients.gradient_by_lag({"": {"dead": [1, 0, 0]}})
    drawn = figure.axes[0].lines[0].get_ydata()
    np.testing.assert_array_equal(np.isnan(drawn), [False, True, True])
    assert "dead falls to exactly zero" in description


def test_every_panel_is_described():
    _, description = gradients.state_by_step(
        {"tanh": {"a": FALLING, "b": RISING}, "relu": {"c": np.ones(40)}}
    )
    assert "tanh: a falls; b rises." in description
    assert "relu: c stays within a factor of 1,000." in description


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (0.0009, "falls"),
        (0.0011, "stays within a factor of 1,000"),
        (999.0, "stays within a factor of 1,000"),
        (1001.0, "rises"),
    ],
)
def test_words_change_at_a_factor_of_a_thousand(last, words):
    assert gradients.direction([1.0, 50.0, last]) == words


def test_curves_differ_in_style_as_well_as_in_colour():
    curves = dict.fromkeys("abcd", FALLING)
    figure, _ = gradients.gradient_by_lag({"": curves})
    styles = {line.get_linestyle() for line in figure.axes[0].lines}
    assert len(styles) == 4


def test_a_sample_shows_its_marked_values():
    x = np.array([[0.25, 0], [0.5, 1], [0.75, 0], [0.125, 1]])
    figure, description = adding.sample(x, 0.625)
    (axes,) = figure.axes
    np.testing.assert_allclose(
        [bar.get_height() for bar in axes.patches], x[:, 0]
    )
    assert [text.get_text() for text in axes.texts] == ["0.50", "0.12"]
    assert "at steps 1 and 3" in description


def test_a_sample_has_two_columns():
    with pytest.raises(ValueError, match=r"x takes shape \(timesteps, 2\)"):
        adding.sample(np.zeros((4, 3)), 1.0)


def test_errors_are_drawn_at_the_end_of_each_round():
    figure, description = adding.error_curves(
        {"bad": [0.2, 0.17], "good": [0.2, 0.01]},
        steps_a_round=100,
        baseline=1 / 6,
    )
    level, bad, good = figure.axes[0].lines
    np.testing.assert_allclose(level.get_ydata(), 1 / 6)
    np.testing.assert_allclose(bad.get_xdata(), [100, 200])
    np.testing.assert_allclose(good.get_ydata(), [0.2, 0.01])
    assert "bad ends near it; good ends far below it" in description
