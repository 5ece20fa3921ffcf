"""The eleven numbers about an hour: each says what its name says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.temperature import features

LINE = 15 + np.arange(60) / 60


def measured(hour):
    return {name: one[0] for name, one in features.measure([hour]).items()}


@given(st.lists(st.integers(0, 2), min_size=2, max_size=12))
def test_the_longest_run_is_counted(hour):
    longest = max(
        end - start
        for start in range(len(hour))
        for end in range(start + 1, len(hour) + 1)
        if len({*hour[start:end]}) == 1
    )
    assert features.longest_run(np.array([hour]))[0] == longest


def test_a_straight_hour_has_a_slope_and_nothing_else():
    numbers = measured(LINE)
    for name in ("slope", "slope, first half", "slope, second half"):
        assert numbers[name] == pytest.approx(1)
    for name in (
        "bend",
        "largest distance from the line",
        "spread around the line",
        "largest distance from the median of five",
    ):
        assert numbers[name] == pytest.approx(0, abs=1e-9)
    assert numbers["largest change"] == pytest.approx(1 / 60)
    assert numbers["mean change"] == pytest.approx(1 / 60)
    assert numbers["largest jump of five-minute means"] == pytest.approx(
        5 / 60
    )
    assert numbers["longest run of equal readings"] == 1


def test_each_fault_shows_in_its_number():
    spike = LINE.copy()
    spike[30] += 2
    assert measured(spike)[
        "largest distance from the median of five"
    ] == pytest.approx(2, abs=0.02)
    stuck = LINE.copy()
    stuck[20:40] = stuck[20]
    assert measured(stuck)["longest run of equal readings"] == 20
    drift = LINE.copy()
    drift[30:] += np.linspace(0, 2, 30)
    numbers = measured(drift)
    assert numbers["slope, second half"] > 4 * numbers["slope, first half"]
    assert numbers["bend"] > 0
    swapped = np.roll(LINE, 30)
    jump = "largest jump of five-minute means"
    assert measured(swapped)[jump] > 5 * measured(LINE)[jump]


def test_hours_are_measured_one_by_one():
    rng = np.random.default_rng(0)
    hours = 15 + rng.normal(size=(5, 60)).round(1)
    together = features.measure(hours)
    assert len(together) == 11
    for row, hour in enumerate(hours):
        for name, value in measured(hour).items():
            assert together[name][row] == pytest.approx(value)
