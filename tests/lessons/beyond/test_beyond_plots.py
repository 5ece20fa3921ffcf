"""Plots of the leaderboard draw what the table says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from lessons.beyond.plots import (
    COSTS,
    accuracy_by_cost,
    best_by_cost,
    calibration,
    five,
    ladder,
    two_validations,
    word_grid,
)
from lessons.beyond.results import Entry, entries
from utils import theme
from utils.intervals import Interval


def entry(name, share, seconds, recurrent):
    """Return an entry whose test accuracy is a point lower."""
    test = Interval(share - 0.01, share - 0.02, share)
    validation = Interval(share, share - 0.01, share + 0.01)
    return Entry(name, validation, test, seconds, recurrent)


ENTRIES = [
    entry("best", 0.92, 900.0, True),
    entry("counts", 0.90, 50.0, False),
    entry("slow", 0.88, 300.0, True),
    entry("majority", 0.50, 0.0, False),
]
ENTRY = st.builds(
    entry,
    st.just("x"),
    st.floats(0.1, 0.9),
    st.floats(0, 1e5),
    st.booleans(),
)


def test_the_ladder_has_a_row_an_entry_and_two_marks_a_row():
    figure, said = ladder(ENTRIES)
    (axes,) = figure.axes
    shown = [label.get_text() for label in axes.get_yticklabels()]
    assert shown == [entry.name for entry in ENTRIES]
    bars = [
        line.get_xdata() for line in axes.lines if len(line.get_xdata()) == 2
    ]
    np.testing.assert_allclose(bars[0], [0.91, 0.93])
    np.testing.assert_allclose(bars[1], [0.90, 0.92])
    assert len(bars) == 6
    # What is left of the axis is written there.
    assert [text.get_text() for text in axes.texts] == ["← 0.50, 0.49"]
    assert "best, counts, slow, majority" in said
    assert theme.png(figure)


def test_two_validations_stand_in_a_row():
    table = pd.DataFrame(
        {
            "name": ["a", "b"],
            "random": [1.0, 2.0],
            "random_margin": [0.5, 0.5],
            "neighbours": [0.5, -1.0],
            "neighbours_margin": [0.4, 0.4],
        }
    )
    figure, said = two_validations(table)
    (axes,) = figure.axes
    found = {
        drawn.get_label(): [*drawn.lines[0].get_xdata()]
        for drawn in axes.containers
    }
    assert found["drawn at random"] == [1, 2]
    assert found["blocks of the archive"] == [0.5, -1]
    bars = axes.containers[0].lines[2][0].get_segments()
    np.testing.assert_allclose(bars[1][:, 0], [1.5, 2.5])
    assert "A row for each of a, b" in said


def test_five_entries_come_first():
    assert len(five(entries())) == 5


def test_the_best_of_each_cost_is_joined_and_named():
    figure, said = accuracy_by_cost(ENTRIES)
    labels = figure.axes[0].get_legend_handles_labels()[1]
    assert labels[:3] == ["1  counts", "2  slow", "3  best"]
    (line,) = (
        one for one in figure.axes[0].lines if one.get_linestyle() == ":"
    )
    np.testing.assert_allclose(line.get_ydata(), [10, 12, 8])
    assert "10 minutes: slow; 1 hour: best." in said


@given(st.lists(ENTRY, min_size=1, max_size=8))
def test_the_best_of_a_cost_is_the_best_of_its_cost(some):
    for cost, (_, best) in best_by_cost(some).items():
        most = COSTS[cost]
        less = max((m for m in COSTS.values() if m < most), default=-1)
        own = [e for e in some if less < e.seconds <= most]
        assert best.validation.value == max(e.validation.value for e in own)


def test_calibration_counts_what_comes_true():
    p = np.array([0.05, 0.05, 0.05, 0.05, 0.95, 0.95])
    labels = np.array([0, 0, 0, 1, 1, 1])
    figure, _ = calibration({"a": p}, labels)
    points = [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in figure.axes[0].lines
        if line.get_marker() == "o"
    ]
    np.testing.assert_allclose(points, [(0.05, 0.25), (0.95, 1.0)])
    sizes = [bar.get_height() for bar in figure.axes[1].patches]
    assert sizes == [4, *[0] * 8, 2]
    with pytest.raises(ValueError, match="got 1 for 'a'"):
        calibration({"a": np.array([0.5])}, [0, 1])


def test_each_word_stands_on_the_colour_of_its_value():
    words = [
        "it",
        "was",
        "extraordinarily",
        "good",
        "and",
        "then",
        "too",
        "long",
        "by",
        "far",
    ]
    values = np.array([0, 0.1, 0.2, 2.0, 1, 0, -1, -1.5, -0.2, 0.1])
    figure, said = word_grid(words, values)
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.texts] == words
    (image,) = axes.images
    colours = image.cmap(image.norm(image.get_array()))
    for text, value in zip(axes.texts, values, strict=True):
        column, row = text.get_position()
        red, _, blue, _ = colours[row, column]
        assert np.sign(round(red - blue, 2)) == np.sign(value)
    orange, blue = (
        np.array(to_rgb(theme.COLORS[name]))
        for name in ("hidden_state", "input")
    )
    good, long = colours[0, 3, :3], colours[0, 7, :3]
    assert np.abs(good - orange).sum() < np.abs(good - blue).sum()
    assert np.abs(long - blue).sum() < np.abs(long - orange).sum()
    assert (
        "highest state is orange after 'good', its lowest blue after 'long'"
        in said
    )
    small, normal = axes.texts[2].get_size(), axes.texts[0].get_size()
    assert small < normal
    _, said = word_grid(["a", "b"], np.array([0.2, 0.1]))
    assert "lowest orange after 'b'" in said and "blue after" not in said
    assert not word_grid(["a"], np.zeros(1))[0].axes[0].images[0].norm(0) - 0.5
