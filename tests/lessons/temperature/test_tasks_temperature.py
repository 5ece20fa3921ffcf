"""The temperature task: its data, its views, its baselines, its score."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.temperature import readings
from lessons.temperature.sensor_faults import SIZES

drawn = settings(max_examples=40)
seeds = st.integers(0, 10_000)
LINE = np.arange(60) / 60


@pytest.fixture(scope="module")
def parts():
    return readings.load(copies=1)


def an_hour(seed):
    rng = np.random.default_rng(seed)
    return (15 + np.arange(60) / 60 + rng.normal(0, 0.1, 60)).round(1)


def test_the_year_has_its_hours_but_one():
    times, celsius = readings.hourly()
    assert len(times) == len(celsius) == 8759
    steps = np.diff(times).astype(int)
    assert (steps == 1).sum() == 8757
    assert times[:-1][steps == 2] == [np.datetime64("2010-03-14T02")]


def test_temperatures_are_those_of_the_package_in_celsius():
    from vega_datasets import data

    fahrenheit = data.seattle_temps()["temp"].to_numpy()
    _, celsius = readings.hourly()
    np.testing.assert_allclose(celsius * 9 / 5 + 32, fahrenheit)
    assert celsius.min() == pytest.approx((37.5 - 32) / 1.8)
    assert celsius.max() == pytest.approx((75.9 - 32) / 1.8)


def test_the_hours_read_once_cannot_be_spoiled():
    times, celsius = readings.hourly()
    for values in (times, celsius):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = values[1]


def test_months_are_counted_from_one():
    days = np.array(["1969-12-31", "2010-01-01", "2010-12-31"], "M8[D]")
    assert readings.month(days).tolist() == [12, 1, 12]


def test_parts_share_no_day_and_hold_them_all(parts):
    days = [{*part.day} for part in parts]
    assert [len(some) for some in days] == [243, 61, 61]
    assert len(days[0] | days[1] | days[2]) == 365
    for part, months in zip(parts, readings.MONTHS.values(), strict=True):
        assert {*readings.month(part.day)} == {*months}


def test_every_day_has_every_fault_and_as_many_normal_hours(parts):
    for part in parts:
        assert part.readings.shape == (len(part.day), 60)
        assert part.readings.dtype == np.float32
        assert part.fault[1::2].tolist() == [*SIZES] * (len(part.day) // 8)
        assert (part.fault[::2] == "normal").all()
        np.testing.assert_array_equal(part.day[::2], part.day[1::2])
        np.testing.assert_array_equal(part.not_normal[::2], 0)
        np.testing.assert_array_equal(part.not_normal[1::2], 1)
        assert (part.size[::2] == 0).all() and (part.size[1::2] > 0).all()


def test_copies_are_new_draws_of_the_same_days(parts):
    twice = readings.load(copies=2).validation
    one = len(parts.validation.day)
    assert len(twice.day) == 2 * one
    np.testing.assert_array_equal(twice.day[:one], twice.day[one:])
    assert (twice.readings[:one] != twice.readings[one:]).any(axis=1).all()


def test_normal_readings_follow_the_line_from_nine_to_ten(parts):
    times, celsius = readings.hourly()
    for part in parts:
        normal = part.readings[::2]
        hours = part.day[::2] + np.timedelta64(9, "h")
        nine = np.searchsorted(times, hours)
        np.testing.assert_array_equal(times[nine], hours)
        rise = (celsius[nine + 1] - celsius[nine])[:, np.newaxis]
        off = normal - (celsius[nine][:, np.newaxis] + rise * LINE)
        assert np.abs(off.mean(axis=0)).max() < 0.04
        # 0.1 of noise, and the rounding to 0.1: sqrt(0.1² + 0.1² / 12).
        assert off.std() == pytest.approx(0.104, abs=0.003)


def test_readings_are_recorded_to_a_tenth(parts):
    for part in parts:
        tenths = part.readings.astype(float) * 10
        np.testing.assert_allclose(tenths, tenths.round(), atol=1e-4)


def test_parts_do_not_share_their_noise(parts):
    noises = [
        part.readings[0]
        - np.polyval(np.polyfit(LINE, part.readings[0], 1), LINE)
        for part in parts
    ]
    links = np.corrcoef(noises)[np.triu_indices(3, 1)]
    assert np.abs(links).max() < 0.5


def test_the_same_seed_gives_the_same_readings(parts):
    again, other = (readings.load(copies=1, seed=seed) for seed in (0, 1))
    np.testing.assert_array_equal(again.train.readings, parts.train.readings)
    assert not np.array_equal(other.train.readings, parts.train.readings)


def test_more_noise_is_more_noise():
    quiet, loud = (
        readings.load(copies=1, noise=noise).validation.readings[::2]
        for noise in (0.05, 0.5)
    )
    steps = [np.diff(some, axis=1).std() for some in (quiet, loud)]
    assert steps[1] > 5 * steps[0]


MISTAKES = [
    ("copies takes an integer >= 1", lambda: readings.load(copies=0)),
    ("noise takes a finite number >= 0.01", lambda: readings.load(noise=0.0)),
    ("noise takes a finite number", lambda: readings.load(noise=np.nan)),
    ("seed takes an integer >= 0", lambda: readings.load(seed=-1)),
    ("sees takes one of 'last", lambda: readings.view([0.0] * 60, "order")),
    ("sees takes one of 'last",
     lambda: readings.baseline(readings.load(copies=1).train, "order")),
    ("timesteps takes an integer", lambda: readings.windows(0)),
    ("timesteps takes an integer", lambda: readings.windows(501)),
]  # fmt: skip


@pytest.mark.parametrize(("message", "call"), MISTAKES)
def test_a_mistake_is_named(message, call):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_network_reads_degrees_above_the_first_reading(parts):
    ten = parts.validation.readings[:10]
    x = readings.network_input(ten)
    assert x.shape == (10, 60, 1) and x.dtype == np.float32
    assert (x[:, 0] == 0).all()
    np.testing.assert_allclose(np.diff(x[..., 0]), np.diff(ten), atol=1e-5)
    assert readings.network_input(an_hour(3).tolist()).shape == (1, 60, 1)


NORMAL = [15.0] * 59
NO_HOURS = [
    (NORMAL, ValueError, r"got shape \(59,\)"),
    ([], ValueError, r"got shape \(0,\)"),
    (np.zeros((0, 60)), ValueError, r"got shape \(0, 60\)"),
    (np.zeros((2, 60, 1)), ValueError, r"got shape \(2, 60, 1\)"),
    ([*NORMAL[:7], np.nan, *NORMAL[:52]], ValueError, "nan at 09:07"),
    ([*NORMAL, float("inf")], ValueError, "inf at 09:59"),
    (["warm"] * 60, TypeError, "got .'warm'"),
    ([[*NORMAL, 15.0], NORMAL], TypeError, "got "),
    (None, ValueError, "got "),
]


@pytest.mark.parametrize(("values", "error", "got"), NO_HOURS)
def test_readings_that_are_no_hour_are_refused(values, error, got):
    with pytest.raises(error, match=f"readings takes hours of 60 .*{got}"):
        readings.check_readings(values)


@drawn
@given(seed=seeds)
def test_no_blind_view_sees_the_order_within_the_hour(seed):
    hour, rng = an_hour(seed), np.random.default_rng(seed)
    other = np.r_[rng.permutation(hour[:-1]), hour[-1]]
    for sees in readings.BLIND:
        np.testing.assert_array_equal(
            readings.view(hour, sees), readings.view(other, sees)
        )


def test_each_view_shows_what_its_name_says():
    hour = an_hour(5).astype("float32")
    last, moments, bag, ordered, numbers = (
        readings.view(hour, v) for v in readings.VIEWS
    )
    np.testing.assert_allclose(ordered[0], hour - hour[0])
    assert numbers.shape == (1, 11)
    assert last.tolist() == [[hour[-1]]]
    np.testing.assert_allclose(moments, [[hour.mean(), hour.std()]], rtol=1e-5)
    np.testing.assert_allclose(bag[0], np.sort(hour) - hour.mean(), atol=1e-5)


def test_baselines_stand_as_the_lesson_says(parts):
    """Blind to order: useless, weak, middling; and never a swapped hour."""
    held_out = parts.held_out
    right = {}
    for sees in readings.BLIND:
        answers = readings.baseline(parts.train, sees)(held_out.readings)
        assert answers.dtype == bool
        right[sees] = (answers == held_out.not_normal).mean()
        swapped = np.flatnonzero(held_out.fault == "swapped")
        if sees != "last reading":
            np.testing.assert_array_equal(
                answers[swapped], answers[swapped - 1]
            )
    assert right["last reading"] == pytest.approx(0.5, abs=0.05)
    assert 0.55 < right["mean and spread"] < 0.65 < right["sorted readings"]
    assert right["sorted readings"] < 0.8


def test_features_beat_every_view_that_is_blind(parts):
    answers = readings.baseline(parts.train, "features")(
        parts.validation.readings
    )
    assert (answers == parts.validation.not_normal).mean() > 0.9


def test_mornings_rise_least_in_winter():
    rises = {month: readings.rises(month) for month in range(1, 13)}
    assert sum(map(len, rises.values())) == 365
    means = {month: rise.mean() for month, rise in rises.items()}
    assert min(means, key=means.get) == 12
    assert max(means, key=means.get) == 9


def test_windows_hold_hours_that_follow_each_other():
    times, celsius = readings.hourly()
    at = dict(zip(times, celsius, strict=True))
    for part in readings.windows(25):
        for row in range(0, len(part.next), 97):
            now = part.times[row]
            past = [at[now - np.timedelta64(25 - k, "h")] for k in range(25)]
            np.testing.assert_allclose(part.past[row], past, rtol=1e-6)
            assert part.next[row] == pytest.approx(at[now])


@pytest.mark.parametrize("timesteps", [1, 25, 48])
def test_windows_lie_within_the_months_of_their_part(timesteps):
    counts = []
    for part, months in zip(
        readings.windows(timesteps),
        readings.MONTHS.values(),
        strict=True,
    ):
        first = part.times - np.timedelta64(timesteps, "h")
        assert {*readings.month(part.times)} == {*months}
        assert {*readings.month(first)} <= {*months}
        assert part.past.shape == (len(part.times), timesteps)
        counts.append(len(part.times))
    june, december = 30 * 24, 31 * 24
    assert counts[2] == june + december - 2 * timesteps
    # September; March before and after the gap.
    march = 30 * 24, 31 * 24 - 1
    assert counts[1] == sum(march) - 3 * timesteps
