"""Plots of gradients and states."""

import numpy as np
import pytest

from lessons.long_term_dependencies import norm_plots

FALLING = 0.5 ** np.arange(40)
RISING = 2.0 ** np.arange(40)


def test_a_curve_and_its_fit_are_drawn_on_a_logarithmic_axis():
    curves = {"": {"small": FALLING}}
    figure, _ = norm_plots.gradient_by_lag(curves, fit=True)
    (axes,) = figure.axes
    assert axes.get_yscale() == "log"
    curve, fit = axes.lines
    np.testing.assert_allclose(curve.get_xdata(), np.arange(40))
    np.testing.assert_allclose(curve.get_ydata(), FALLING)
    np.testing.assert_allclose(fit.get_ydata(), FALLING)
    curves = {"": dict.fromkeys("abcd", FALLING)}
    lines = norm_plots.gradient_by_lag(curves)[0].axes[0].lines
    assert len({line.get_linestyle() for line in lines}) == len(lines) == 4


def test_zeros_are_left_out_and_said():
    figure, description = norm_plots.gradient_by_lag({"": {"dead": [1, 0, 0]}})
    drawn = figure.axes[0].lines[0].get_ydata()
    np.testing.assert_array_equal(np.isnan(drawn), [False, True, True])
    assert "dead falls to exactly zero" in description


def test_every_panel_is_described():
    _, description = norm_plots.state_by_step(
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
    assert norm_plots.direction([1.0, 50.0, last]) == words
