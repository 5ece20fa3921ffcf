"""Plots of the leaderboard draw what the table says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.beyond import results
from lessons.beyond.plots import (
    accuracy_against_seconds,
    calibration,
    ladder,
    worth_their_time,
)
from lessons.beyond.results import Entry
from utils import theme
from utils.intervals import Interval

ENTRIES = [
    Entry("best", Interval(0.92, 0.91, 0.93), 900.0, True),
    Entry("counts", Interval(0.90, 0.89, 0.91), 50.0, False),
    Entry("slow", Interval(0.88, 0.87, 0.89), 300.0, True),
    Entry("majority", Interval(0.50, 0.49, 0.51), 0.0, False),
]
ENTRY = st.builds(
    Entry,
    st.just("x"),
    st.floats(0, 1).map(lambda a: Interval(a, a, a)),
    st.floats(0, 1e4),
    st.booleans(),
)


@pytest.fixture
def stored(tmp_path):
    """A folder with a table in which one entry has not met the test."""
    (tmp_path / "leaderboard.csv").write_text(
        "name,recurrent,seeds,test_accuracy,test_accuracy_low,"
        "test_accuracy_high,seconds\n"
        "majority class,false,1,0.5000,0.4900,0.5100,0.1\n"
        "untested,true,1,,,,9.0\n"
        '"GRU(32), mask",true,3,0.8500,0.7500,0.9500,5.0\n'
    )
    (tmp_path / "ablations.csv").write_text(
        "entry,without,points,low,high,seeds\n"
        '"GRU(32), mask",GRU(32),1.0,0.5,1.5,3\n'
    )
    return tmp_path


def test_tables_are_read_in_their_order_if_they_met_the_test(stored):
    first, last = results.entries(stored)
    assert first == ("GRU(32), mask", (0.85, 0.75, 0.95), 5.0, True)
    assert last.name == "majority class" and not last.recurrent
    assert first.accuracy.overlaps(Interval(0.95, 0.95, 0.95))
    (step,) = results.ablations(stored)
    assert step == ("GRU(32), mask", "GRU(32)", (1.0, 0.5, 1.5), 3)
    committed = results.ablations()
    assert len(committed) > 10 and committed[0].points.low > 0


def test_the_ladder_has_a_row_an_entry():
    figure, said = ladder(ENTRIES)
    left, right = figure.axes
    shown = [label.get_text() for label in left.get_yticklabels()]
    assert shown == [entry.name for entry in ENTRIES]
    drawn = [tuple(line.get_xdata()) for line in left.lines]
    bars = [ends for ends in drawn if len(ends) == 2]
    assert bars == [entry.accuracy[1:] for entry in ENTRIES]
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


@given(st.lists(ENTRY, min_size=1, max_size=8))
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
    with pytest.raises(ValueError, match="got 1 for 'a'"):
        calibration({"a": np.array([0.5])}, [0, 1])


def test_numbers_of_neighbours_stand_on_both_sides_of_the_line():
    seconds = {"a": 10.0, "b": 900.0, "c": 1000.0, "d": 1500.0}
    entries = [
        Entry(name, Interval(0.8 + i / 50, 0.8, 0.9), spent, True)
        for i, (name, spent) in enumerate(seconds.items())
    ]
    figure, _ = accuracy_against_seconds(entries)
    heights = [text.xyann[1] for text in figure.axes[0].texts]
    assert [height > 0 for height in heights] == [False, False, True, False]
