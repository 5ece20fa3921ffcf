"""Tests of the drawn weights."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from lessons.counting_parameters import plots as weights
from utils import theme
from utils.parameters import count_parameters

CELLS = {"simple_rnn": (1, 1), "gru": (3, 2), "lstm": (4, 1)}
"""Sets of weights, and of biases in each."""


def arrays(cell, inputs, units, directions=1):
    """Return zeros in the shapes of ``layer.get_weights()``."""
    sets, biases = CELLS[cell]
    columns = sets * units
    bias = (columns,) if biases == 1 else (biases, columns)
    one = [(inputs, columns), (units, columns), bias]
    return [np.zeros(shape) for shape in one * directions]


def rectangles_of(figure, meaning):
    """Return the filled rectangles in the colour of a meaning."""
    colour = theme.COLORS[meaning].lower()
    patches = figure.axes[0].patches
    filled = [p for p in patches if isinstance(p, Rectangle) and p.get_fill()]
    return [p for p in filled if to_hex(p.get_facecolor()) == colour]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("directions", [1, 2])
def test_every_weight_is_one_square(cell, directions):
    layers = {cell: arrays(cell, 4, 3, directions)}
    figure, description = weights.rectangles(layers)
    count = count_parameters(cell, 4, 3, bidirectional=directions == 2)
    drawn = {
        symbol: len(rectangles_of(figure, meaning))
        for symbol, meaning in weights.KINDS.items()
    }
    counts = (count.kernel, count.recurrent_kernel, count.bias)
    assert drawn == dict(zip(("W_x", "W_h", "b"), counts, strict=True))
    assert f"together {count.total // directions:,}" in description


def test_a_joined_rectangle_has_the_area_of_its_arrays():
    figure, description = weights.joined(arrays("simple_rnn", 4, 3))
    squares = [
        patch
        for meaning in weights.KINDS.values()
        for patch in rectangles_of(figure, meaning)
    ]
    assert len(squares) == 2 * 24  # apart, and pushed together
    outline = figure.axes[0].patches[-1]
    assert outline.get_width() * outline.get_height() == 24
    assert "24 squares" in description
    with pytest.raises(ValueError, match="arrays of a SimpleRNN"):
        weights.joined(arrays("lstm", 4, 3))


@pytest.mark.parametrize("cell", CELLS)
def test_areas_are_in_proportion_to_counts(cell):
    two = arrays("simple_rnn", 50, 8, directions=2)
    layers = {"layer": arrays(cell, 1000, 32), "both": two}
    figure, _ = weights.proportions(layers)
    count = count_parameters(cell, 1000, 32)
    both = count_parameters("simple_rnn", 50, 8, bidirectional=True)
    fields = {"W_x": "kernel", "W_h": "recurrent_kernel", "b": "bias"}
    for symbol, field in fields.items():
        drawn = rectangles_of(figure, weights.KINDS[symbol])
        areas = [patch.get_width() * patch.get_height() for patch in drawn]
        assert areas[0] == getattr(count, field)
        assert sum(areas[1:]) == getattr(both, field)


def test_nothing_of_the_layers_overlaps():
    layers = {"a": arrays("lstm", 100, 8, 2), "b": arrays("gru", 100, 8)}
    figure, _ = weights.proportions(layers)
    boxes = [
        (p.get_x(), p.get_y(), p.get_width(), p.get_height())
        for p in figure.axes[0].patches
    ]
    for i, (x, y, width, height) in enumerate(boxes):
        for x2, y2, width2, height2 in boxes[i + 1 :]:
            apart = x + width <= x2 or x2 + width2 <= x
            assert apart or y + height <= y2 or y2 + height2 <= y


@pytest.mark.parametrize("wrong", [
    [],
    [np.zeros((4, 3)), np.zeros(3)],
    [np.zeros((4, 3)), np.zeros((3, 4)), np.zeros(3)],
    [np.zeros((4, 5)), np.zeros((3, 5)), np.zeros(5)],
    [*arrays("lstm", 4, 3)[:2], np.zeros((1, 2, 12))],
    [*arrays("lstm", 4, 3), np.zeros((12, 1))],
])  # fmt: skip
def test_arrays_of_other_layers_are_refused(wrong):
    with pytest.raises(ValueError, match="weights takes the kernel"):
        weights.rectangles({"layer": wrong})


def test_growth_draws_the_counts():
    figure, description = weights.growth(10, 20)
    total = count_parameters("simple_rnn", 10, 20).total
    drawn = figure.axes[0].lines
    lines = {line.get_label(): line.get_ydata() for line in drawn}
    assert lines["total"][-1] == total == 620
    assert lines["$W_x$"][9] == lines["$W_h$"][9] == 100
    assert "meet at 10 units" in description
    assert "meet" not in weights.growth(10, 9)[1]
    with pytest.raises(ValueError, match="most_units"):
        weights.growth(4, 1)
