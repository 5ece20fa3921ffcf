"""Intervals: against closed forms, a table, and simulated coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.intervals import (
    Interval,
    seeds_and_samples,
    t_interval,
    wilson_interval,
)

STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
"""The printed table: 1 to 9 degrees of freedom, 2.5% on either side."""


@given(st.integers(1, 10_000), st.data())
def test_share_interval_is_wilsons(total, data):
    correct = data.draw(st.integers(0, total))
    share, low, high = wilson_interval(correct, total)
    assert share == correct / total
    # Its bounds are the shares that a z-test of 5% just keeps.
    for p in (low, high):
        half = 1.959963984540054 * np.sqrt(p * (1 - p) / total)
        assert abs(share - p) == pytest.approx(half, abs=1e-9)
    assert (low < share or correct == 0) and (share < high or correct == total)


def test_a_share_lies_in_its_own_interval():
    for total in range(1, 200):
        for correct in (0, total):
            share, low, high = wilson_interval(correct, total)
            assert low <= share <= high, (correct, total)


def test_share_interval_has_the_width_the_lessons_quote():
    interval = wilson_interval(4050, 5000)
    assert (interval.high - interval.low) / 2 == pytest.approx(0.011, abs=5e-4)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=10))
def test_mean_interval_is_students(values):
    ours = t_interval(values)
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    half = STUDENT[len(values) - 2] * error
    assert ours.value == pytest.approx(np.mean(values))
    assert ours.high - ours.value == pytest.approx(half, abs=1e-12)
    assert ours.value - ours.low == pytest.approx(half, abs=1e-12)


@pytest.mark.slow
def test_mean_interval_covers_the_mean_19_times_in_20():
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(2000, 4))
    inside = [m.low <= 0 <= m.high for m in map(t_interval, samples)]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.012)


def test_an_interval_is_shown_with_three_decimals():
    assert str(Interval(0.7954, 0.784, 0.806)) == "0.795 [0.784, 0.806]"


@pytest.mark.parametrize(
    ("correct", "total", "named"),
    [(6, 5, "correct"), (-1, 5, "correct"), (0, 0, "total")],
)
def test_impossible_shares_are_refused(correct, total, named):
    with pytest.raises(ValueError, match=named):
        wilson_interval(correct, total)


@pytest.mark.parametrize("values", [[], [0.5]])
def test_too_few_seeds_are_refused(values):
    with pytest.raises(ValueError, match=f"got {len(values)}"):
        t_interval(values)


def test_seeds_and_samples_add_as_the_sides_of_a_right_angle():
    right = [800, 820, 840]
    found = seeds_and_samples(right, 1000)
    share = wilson_interval(820, 1000)
    seeds = t_interval([0.80, 0.82, 0.84])
    high = np.hypot(share.high - share.value, seeds.high - seeds.value)
    assert found.value == pytest.approx(0.82)
    assert found.high == pytest.approx(0.82 + high)
    assert seeds_and_samples([820], 1000) == share
    assert seeds_and_samples([999, 1000], 1000).high == 1
