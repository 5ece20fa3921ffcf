"""Tests of the plots that compare seeds and show what a state holds."""

import numpy as np
import pytest

from utils.plots import comparisons


def test_every_seed_is_a_line_of_its_own():
    runs = {"one layer": [[0.5, 0.4], [0.5, 0.1]], "two": [[0.3, 0.2]]}
    figure, description = comparisons.curves_by_seed(runs, ylabel="loss")
    drawn = [
        [list(line.get_ydata()) for line in axes.lines] for axes in figure.axes
    ]
    assert drawn == list(runs.values())
    assert [a.get_title("left") for a in figure.axes] == list(runs)
    assert {a.get_ylim() for a in figure.axes} == {figure.axes[0].get_ylim()}
    assert "one layer and two" in description
    assert "dashed" not in description


def test_reference_is_a_line_in_every_panel():
    runs = {"first": [[0.5, 0.4]], "second": [[0.3, 0.2]]}
    figure, description = comparisons.curves_by_seed(
        runs, ylabel="loss", reference=("guessing", 0.45)
    )
    for axes in figure.axes:
        assert set(axes.lines[-1].get_ydata()) == {0.45}
    assert description.endswith("A dashed line marks guessing.")


@pytest.mark.parametrize("runs", [{"a": [[1.0], [0.5]], "b": [[1.0], [0.4]]}])
def test_description_counts_the_seeds(runs):
    _, description = comparisons.curves_by_seed(runs, ylabel="loss")
    assert "one line a seed, 2 in each." in description


def test_state_kept_draws_a_curve_a_gate():
    states = {z: np.power(z, np.arange(4)) for z in (1.0, 0.5, 0.0)}
    figure, description = comparisons.state_kept(states)
    drawn = {
        line.get_label(): list(line.get_ydata())
        for line in figure.axes[0].lines
    }
    assert drawn == {f"z = {z:g}": list(v) for z, v in states.items()}
    assert "1, 0.5, 0:" in description


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: comparisons.curves_by_seed({}, ylabel="loss"), "runs takes"),
        (lambda: comparisons.state_kept({}), "states takes"),
        (lambda: comparisons.state_kept({1.5: [1, 1]}), "gate takes"),
    ],
)
def test_nothing_to_draw_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
