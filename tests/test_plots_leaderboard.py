"""Plots of the leaderboard draw what the table says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import theme
from utils.intervals import Interval
from utils.plots.leaderboard import (
    Placed,
    accuracy_against_seconds,
    calibration,
    ladder,
    worth_their_time,
)

ENTRIES = [
    Placed("best", Interval(0.92, 0.91, 0.93), 900.0, True),
    Placed("counts", Interval(0.90, 0.89, 0.91), 50.0, False),
    Placed("slow", Interval(0.88, 0.87, 0.89), 300.0, True),
    Placed("majority", Interval(0.50, 0.49, 0.51), 0.0, False),
]
PLACED = st.builds(
    Placed,
    st.just("x"),
    st.floats(0, 1).map(lambda a: Interval(a, a, a)),
    st.floats(0, 1e4),
    st.booleans(),
)


def test_the_ladder_has_a_row_an_entry():
    figure, said = ladder(ENTRIES)
    left, right = figure.axes
    shown = [label.get_text() for label in left.get_yticklabels()]
    assert shown == [entry.name for entry in ENTRIES]
    bars = [
        line.get_xdata() for line in left.lines if len(line.get_xdata()) == 2
    ]
    assert [tuple(bar) for bar in bars] == [e.accuracy[1:] for e in ENTRIES]
    marks = [line.get_xdata()[0] for line in right.lines]
    assert marks == [900, 50, 300, 1]
    assert "best, counts, slow, majority" in said
    assert theme.png(figure)


def test_only_what_is_worth_its_time_is_named():
    figure, said = accuracy_against_seconds(ENTRIES)
    labels = figure.axes[0].get_legend_handles_labels()[1]
    assert labels[:3] == ["1  majority", "2  counts", "3  best"]
    drawn = [line for line in figure.axes[0].lines if line.get_marker() != " "]
    heights = [line.get_ydata()[0] for line in drawn[:4]]
    np.testing.assert_allclose(heights, [8, 10, 12, 50])
    assert "majority, counts, best." in said


@given(st.lists(PLACED, min_size=1, max_size=8))
def test_what_is_kept_is_beaten_by_nothing_faster(entries):
    kept = worth_their_time(entries)
    assert max(e.accuracy.value for e in entries) == kept[-1].accuracy.value
    for entry in entries:
        faster = [e for e in kept if e.seconds <= entry.seconds]
        assert max(e.accuracy.value for e in faster) >= entry.accuracy.value


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


@pytest.mark.parametrize("draw", [ladder, accuracy_against_seconds])
def test_nothing_to_draw_is_refused(draw):
    with pytest.raises(ValueError, match="entries takes"):
        draw([])


def test_answers_without_labels_are_refused():
    with pytest.raises(ValueError, match="got 1 for 'a'"):
        calibration({"a": np.array([0.5])}, [0, 1])


def test_numbers_of_neighbours_stand_on_both_sides_of_the_line():
    seconds = {"a": 10.0, "b": 900.0, "c": 1000.0, "d": 1500.0}
    entries = [
        Placed(name, Interval(0.8 + i / 50, 0.8, 0.9), spent, True)
        for i, (name, spent) in enumerate(seconds.items())
    ]
    figure, _ = accuracy_against_seconds(entries)
    heights = [text.xyann[1] for text in figure.axes[0].texts]
    assert [height > 0 for height in heights] == [False, False, True, False]
