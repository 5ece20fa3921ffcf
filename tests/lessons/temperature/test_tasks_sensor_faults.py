"""The faults of a thermometer: each does what its description says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.temperature import sensor_faults
from lessons.temperature.sensor_faults import SIZES, inject

seeds = st.integers(0, 10_000)


def an_hour(seed):
    rng = np.random.default_rng(seed)
    return (15 + np.arange(60) / 60 + rng.normal(0, 0.1, 60)).round(1)


def damaged(fault, seed):
    hour = an_hour(seed)
    return hour, inject(hour, fault, np.random.default_rng(seed + 1))


@given(fault=st.sampled_from([*SIZES]), seed=seeds)
def test_a_fault_changes_the_hour_but_not_its_shape(fault, seed):
    hour, (readings, size) = damaged(fault, seed)
    before = hour.copy()
    assert readings.shape == (60,)
    assert not np.array_equal(readings, hour)
    np.testing.assert_array_equal(hour, before)
    np.testing.assert_allclose(readings, readings.round(1))
    low, high, _ = SIZES[fault]
    assert low <= size <= high


@given(seed=seeds)
def test_a_stuck_sensor_repeats_the_reading_at_which_it_stuck(seed):
    hour, (readings, size) = damaged("stuck", seed)
    starts, length = range(61 - int(size)), int(size)
    possible = (repeated(hour, start, length) for start in starts)
    assert any(np.array_equal(one, readings) for one in possible)


def repeated(hour, start, length):
    new = hour.copy()
    new[start : start + length] = hour[start]
    return new


@given(seed=seeds)
def test_a_drift_starts_at_zero_and_ends_at_its_size(seed):
    hour, (readings, size) = damaged("drift", seed)
    off = readings - hour
    assert abs(off[-1]) == pytest.approx(size, abs=0.051)
    along = off * np.sign(off[-1])
    assert (np.diff(along) > -0.101).all() and along.min() > -0.051
    start = np.flatnonzero(off)[0]
    assert abs(off[start]) <= 0.151
    middle = (start + 59) // 2
    assert along[middle] == pytest.approx(size / 2, abs=0.35)


@given(seed=seeds)
def test_a_spike_moves_one_reading(seed):
    hour, (readings, size) = damaged("spike", seed)
    (moved,) = np.flatnonzero(readings != hour)
    assert abs(readings[moved] - hour[moved]) == pytest.approx(size, abs=0.051)


@given(seed=seeds)
def test_swapped_blocks_hold_the_same_readings_in_another_order(seed):
    hour, (readings, size) = damaged("swapped", seed)
    np.testing.assert_array_equal(np.sort(readings), np.sort(hour))
    length = int(size)
    exchanges = [
        (first, second)
        for first in range(61 - 2 * length)
        for second in range(first + length, 61 - length)
        if np.array_equal(exchanged(hour, first, second, length), readings)
    ]
    assert exchanges


def exchanged(hour, first, second, length):
    new = hour.copy()
    new[first : first + length] = hour[second : second + length]
    new[second : second + length] = hour[first : first + length]
    return new


@pytest.mark.parametrize(
    ("fault", "first"),
    [("stuck", 1), ("drift", 5), ("spike", 0), ("swapped", 0)],
)
def test_faults_reach_all_sizes_both_ends_up_and_down(fault, first):
    hours = [damaged(fault, seed) for seed in range(400)]
    moves = [readings - hour for hour, (readings, _) in hours]
    moved = np.any(moves, axis=0)
    assert moved[first] and moved[59]
    if fault in ("drift", "spike"):
        assert 160 < (np.sum(moves, axis=1) > 0).sum() < 240
    low, high, _ = SIZES[fault]
    sizes = [result.size for _, result in hours]
    margin = 0.05 * (high - low)
    assert min(sizes) <= low + margin and max(sizes) >= high - margin


def test_a_fault_that_changes_nothing_is_drawn_again():
    hour = np.full(60, 15.0)
    hour[-1] = 15.1
    rng = np.random.default_rng(0)
    for _ in range(20):
        readings, _ = inject(hour, "stuck", rng)
        assert not np.array_equal(readings, hour)


@pytest.mark.parametrize(("hour", "got"), [
    (np.arange(59.0), r"got shape \(59,\)"),
    (np.arange(120.0).reshape(2, 60), r"got shape \(2, 60\)"),
    (np.full(60, 15.0), "got 15.0 each time"),
])  # fmt: skip
def test_what_cannot_be_damaged_is_refused(hour, got):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=rf"readings takes 60 values .*{got}"):
        inject(hour, "stuck", rng)
    with pytest.raises(ValueError, match="fault takes one of 'stuck', 'd"):
        inject(an_hour(0), "frozen", rng)


def test_faults_are_described_where_they_are_made():
    for fault, (low, high, _) in SIZES.items():
        _, text = sensor_faults.__doc__.split(f"- ``{fault}``")
        assert f"{low:g} to {high:g}" in text.split("\n- ")[0]
