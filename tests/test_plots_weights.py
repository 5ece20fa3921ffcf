"""Tests of the drawn weights and of the drawn outputs."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from utils import theme
from utils.parameters import count_parameters
from utils.plots import shapes, weights

CELLS = {
    "simple_rnn": {"sets": 1, "biases": 1},
    "gru": {"sets": 3, "biases": 2},
    "lstm": {"sets": 4, "biases": 1},
}


def arrays(cell, inputs, units, directions=1):
    """Return zeros in the shapes of ``layer.get_weights()``."""
    columns = CELLS[cell]["sets"] * units
    biases = CELLS[cell]["biases"]
    bias = (columns,) if biases == 1 else (biases, columns)
    one = [(inputs, columns), (units, columns), bias]
    return [np.zeros(shape) for shape in one * directions]


def rectangles_of(figure, meaning):
    """Return the filled rectangles in the colour of a meaning."""
    colour = theme.COLORS[meaning].lower()
    return [
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle)
        and patch.get_fill()
        and to_hex(patch.get_facecolor()) == colour
    ]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("directions", [1, 2])
def test_every_weight_is_one_square(cell, directions):
    figure, description = weights.rectangles(
        {cell: arrays(cell, 4, 3, directions)}
    )
    count = count_parameters(cell, 4, 3, bidirectional=directions == 2)
    drawn = {
        symbol: len(rectangles_of(figure, meaning))
        for symbol, meaning in weights.KINDS.items()
    }
    assert drawn == {
        "W_x": count.kernel,
        "W_h": count.recurrent_kernel,
        "b": count.bias,
    }
    assert f"together {count.total // directions:,}" in description


@pytest.mark.parametrize("cell", CELLS)
def test_areas_are_in_proportion_to_counts(cell):
    figure, _ = weights.proportions(
        {
            "layer": arrays(cell, 1000, 32),
            "both": arrays("simple_rnn", 50, 8, directions=2),
        }
    )
    count = count_parameters(cell, 1000, 32)
    both = count_parameters("simple_rnn", 50, 8, bidirectional=True)
    for meaning, field in (
        ("input", "kernel"),
        ("hidden_state", "recurrent_kernel"),
        ("weight", "bias"),
    ):
        areas = [
            patch.get_width() * patch.get_height()
            for patch in rectangles_of(figure, meaning)
        ]
        assert areas[0] == getattr(count, field)
        assert sum(areas[1:]) == getattr(both, field)


def test_nothing_of_the_layers_overlaps():
    figure, _ = weights.proportions(
        {"a": arrays("lstm", 100, 8, 2), "b": arrays("gru", 100, 8)}
    )
    boxes = [
        (p.get_x(), p.get_y(), p.get_width(), p.get_height())
        for p in figure.axes[0].patches
    ]
    for i, (x, y, width, height) in enumerate(boxes):
        for x2, y2, width2, height2 in boxes[i + 1 :]:
            apart = x + width <= x2 or x2 + width2 <= x
            assert apart or y + height <= y2 or y2 + height2 <= y


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [np.zeros((4, 3)), np.zeros(3)],
        [np.zeros((4, 3)), np.zeros((3, 4)), np.zeros(3)],
        [np.zeros((4, 5)), np.zeros((3, 5)), np.zeros(5)],
        [*arrays("lstm", 4, 3)[:2], np.zeros((1, 2, 12))],
        [*arrays("lstm", 4, 3), np.zeros((12, 1))],
    ],
)
def test_arrays_of_other_layers_are_refused(wrong):
    with pytest.raises(ValueError, match="weights takes the kernel"):
        weights.rectangles({"layer": wrong})


def test_growth_draws_the_counts():
    figure, description = weights.growth(10, 20)
    total = count_parameters("simple_rnn", 10, 20).total
    lines = {
        line.get_label(): line.get_ydata() for line in figure.axes[0].lines
    }
    assert lines["total"][-1] == total == 620
    assert lines["$W_x$"][9] == lines["$W_h$"][9] == 100
    assert "meet at 10 units" in description


def test_growth_that_never_meets_says_so():
    _, description = weights.growth(10, 9)
    assert "meet" not in description


def test_growth_refuses_one_unit():
    with pytest.raises(ValueError, match="most_units"):
        weights.growth(4, 1)


def filled(axes):
    """Return the steps of a panel whose squares are filled."""
    return sorted(
        {
            round(patch.get_y() + patch.get_height() / 2)
            for patch in axes.patches
            if patch.get_facecolor()[3] > 0
        }
    )


def test_only_the_last_state_or_all_are_filled():
    figure, description = shapes.last_or_all(np.zeros((4, 3)))
    assert [filled(axes) for axes in figure.axes] == [[3], [0, 1, 2, 3]]
    titles = [axes.get_title("left") for axes in figure.axes]
    assert titles == [
        "return_sequences=False: (3,)",
        "return_sequences=True: (4, 3)",
    ]
    assert "step 4" in description


@pytest.mark.parametrize(
    ("states", "words", "match"),
    [
        (np.zeros((1, 4, 3)), (), "states takes"),
        (np.zeros((4, 3)), ("only", "two"), "words takes"),
    ],
)
def test_states_of_other_shapes_are_refused(states, words, match):
    with pytest.raises(ValueError, match=match):
        shapes.last_or_all(states, words)


def test_equal_curves_both_show():
    run = {"loss": [3.0, 2.0, 1.0], "accuracy": [0.5, 0.6, 0.7]}
    figure, description = shapes.overlaid_curves(
        {"first": run, "second": run}, ("loss", "accuracy")
    )
    assert [axes.get_title("left") for axes in figure.axes] == list(run)
    for axes, values in zip(figure.axes, run.values(), strict=True):
        broad, thin = axes.lines
        assert broad.get_linewidth() > 2 * thin.get_linewidth()
        assert list(broad.get_xdata()) == [1, 2, 3]
        assert list(thin.get_ydata()) == values
    assert "first and second" in description
