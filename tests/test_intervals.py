"""Intervals: against closed forms, scipy, and simulated coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from utils.intervals import Interval, mean_interval, share_interval


@given(st.integers(1, 10_000), st.data())
def test_share_interval_is_wilsons(total, data):
    correct = data.draw(st.integers(0, total))
    ours = share_interval(correct, total)
    reference = stats.binomtest(correct, total).proportion_ci(method="wilson")
    assert ours.value == correct / total
    assert ours.low == pytest.approx(reference.low, abs=1e-12)
    assert ours.high == pytest.approx(reference.high, abs=1e-12)


@pytest.mark.parametrize("total", range(1, 200))
def test_a_share_lies_in_its_own_interval(total):
    for correct in (0, total):
        share, low, high = share_interval(correct, total)
        assert low <= share <= high


def test_share_interval_has_the_width_the_lessons_quote():
    interval = share_interval(4050, 5000)
    assert (interval.high - interval.low) / 2 == pytest.approx(0.011, abs=5e-4)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=10))
def test_mean_interval_is_students(values):
    ours = mean_interval(values)
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    half = stats.t.ppf(0.975, len(values) - 1) * error
    assert ours.value == pytest.approx(np.mean(values))
    assert ours.high - ours.value == pytest.approx(half, rel=1e-3, abs=1e-12)


def test_mean_interval_covers_the_mean_19_times_in_20():
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(4000, 4))
    inside = [m.low <= 0 <= m.high for m in map(mean_interval, samples)]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.012)


def test_overlap_needs_a_shared_point():
    assert Interval(2, 1, 3).overlaps(Interval(4, 3, 5))
    assert not Interval(2, 1, 3).overlaps(Interval(5, 3.1, 6))
    assert str(Interval(0.7954, 0.784, 0.806)) == "0.795 [0.784, 0.806]"


@pytest.mark.parametrize(
    ("correct", "total", "named"),
    [(6, 5, "correct"), (-1, 5, "correct"), (0, 0, "total")],
)
def test_impossible_shares_are_refused(correct, total, named):
    with pytest.raises(ValueError, match=named):
        share_interval(correct, total)


@pytest.mark.parametrize("values", [[0.5], [0.1] * 11])
def test_too_few_or_too_many_seeds_are_refused(values):
    with pytest.raises(ValueError, match=f"got {len(values)}"):
        mean_interval(values)
