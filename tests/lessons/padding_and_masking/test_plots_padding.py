"""Plots of padding: each curve and each field shows what was given."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from lessons.padding_and_masking import plots as padding
from utils import theme
from utils.intervals import Interval

RESULTS = {
    ("post", False): Interval(0.51, 0.47, 0.55),
    ("post", True): Interval(0.79, 0.75, 0.82),
    ("pre", False): Interval(0.78, 0.74, 0.81),
    ("pre", True): Interval(0.93, 0.86, 0.96),
}


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


def test_every_result_stands_in_its_own_field():
    # The order of the results must not decide where they stand.
    backwards = dict(reversed(RESULTS.items()))
    figure, description = padding.two_by_two(backwards)
    (axes,) = figure.axes
    columns = [label.get_text() for label in axes.get_xticklabels()]
    rows = [label.get_text() for label in axes.get_yticklabels()]
    shown = {}
    for text in axes.texts:
        column, row = text.get_position()
        side = "post" if "post" in rows[row] else "pre"
        mask = columns[column] == "with a mask"
        shown[side, mask] = text.get_text()
    assert shown == {
        key: f"{r.value:.2f}\n[{r.low:.2f}, {r.high:.2f}]"
        for key, r in RESULTS.items()
    }
    colours = np.array(axes.images[0].get_array())
    assert colours.tolist() == [[0.51, 0.79], [0.78, 0.93]]
    assert "zeros after" in description


def test_numbers_on_a_dark_field_are_light():
    figure, _ = padding.two_by_two(RESULTS)
    light = [
        text.get_text()[:4]
        for text in figure.axes[0].texts
        if text.get_color() == theme.COLORS["background"]
    ]
    assert light == ["0.93"]


@pytest.mark.parametrize("missing", RESULTS)
def test_a_missing_combination_is_refused(missing):
    some = {key: value for key, value in RESULTS.items() if key != missing}
    with pytest.raises(ValueError, match="results takes the keys"):
        padding.two_by_two(some)
