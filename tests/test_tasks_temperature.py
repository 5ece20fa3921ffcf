"""The temperature task: its data, its views, its baselines, its score."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import temperature
from utils.tasks.sensor_faults import SIZES

drawn = settings(deadline=None, derandomize=True, max_examples=40)
seeds = st.integers(0, 10_000)
LINE = np.arange(60) / 60


@pytest.fixture(scope="module")
def parts():
    return temperature.load(copies=1)


def an_hour(seed):
    rng = np.random.default_rng(seed)
    return (15 + np.arange(60) / 60 + rng.normal(0, 0.1, 60)).round(1)


def test_the_year_has_its_hours_but_one():
    times, celsius = temperature.hourly()
    assert len(times) == len(celsius) == 8759
    steps = np.diff(times).astype(int)
    assert (steps == 1).sum() == 8757
    assert times[:-1][steps == 2] == [np.datetime64("2010-03-14T02")]


def test_temperatures_are_those_of_the_package_in_celsius():
    from vega_datasets import data

    fahrenheit = data.seattle_temps()["temp"].to_numpy()
    _, celsius = temperature.hourly()
    np.testing.assert_allclose(celsius * 9 / 5 + 32, fahrenheit)
    assert celsius.min() == pytest.approx((37.5 - 32) / 1.8)
    assert celsius.max() == pytest.approx((75.9 - 32) / 1.8)


def test_the_hours_hold_no_weather():
    """They are averages of thirty years; a real day differs by degrees."""
    _, celsius = temperature.hourly()
    assert np.abs(celsius[24:1700] - celsius[:1676]).max() < 0.3


def test_the_hours_read_once_cannot_be_spoiled():
    times, celsius = temperature.hourly()
    for values in (times, celsius):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = values[1]


def test_months_are_counted_from_one():
    days = np.array(["1969-12-31", "2010-01-01", "2010-12-31"], "M8[D]")
    assert temperature.month(days).tolist() == [12, 1, 12]


def test_every_month_is_in_one_part():
    months = [m for chosen in temperature.MONTHS.values() for m in chosen]
    assert sorted(months) == list(range(1, 13))


def test_parts_share_no_day_and_hold_them_all(parts):
    days = [{*part.day} for part in parts]
    assert [len(some) for some in days] == [243, 61, 61]
    assert len(days[0] | days[1] | days[2]) == 365
    for part, months in zip(parts, temperature.MONTHS.values(), strict=True):
        assert {*temperature.month(part.day)} == {*months}


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
    twice = temperature.load(copies=2).validation
    one = len(parts.validation.day)
    assert len(twice.day) == 2 * one
    np.testing.assert_array_equal(twice.day[:one], twice.day[one:])
    assert (twice.readings[:one] != twice.readings[one:]).any(axis=1).all()


def test_normal_readings_follow_the_line_from_nine_to_ten(parts):
    times, celsius = temperature.hourly()
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
    again, other = (
        temperature.load(copies=1),
        temperature.load(copies=1, seed=1),
    )
    np.testing.assert_array_equal(again.train.readings, parts.train.readings)
    assert not np.array_equal(other.train.readings, parts.train.readings)


def test_more_noise_is_more_noise():
    quiet, loud = (
        temperature.load(copies=1, noise=noise).validation.readings[::2]
        for noise in (0.05, 0.5)
    )
    steps = [np.diff(some, axis=1).std() for some in (quiet, loud)]
    assert steps[1] > 5 * steps[0]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"copies": 0}, "copies takes an integer >= 1"),
        ({"noise": 0.0}, "noise takes a finite number >= 0.01"),
        ({"noise": float("nan")}, "noise takes a finite number"),
        ({"seed": -1}, "seed takes an integer >= 0"),
    ],
)
def test_numbers_out_of_range_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        temperature.load(**arguments)


def test_the_network_reads_degrees_above_the_mean(parts):
    readings = parts.validation.readings[:10]
    x = temperature.network_input(readings)
    assert x.shape == (10, 60, 1) and x.dtype == np.float32
    np.testing.assert_allclose(x.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(
        np.diff(x[..., 0]), np.diff(readings), atol=1e-5
    )


def test_one_hour_in_a_list_is_enough():
    hour = an_hour(3).tolist()
    assert temperature.network_input(hour).shape == (1, 60, 1)


@pytest.mark.parametrize(
    ("readings", "error", "got"),
    [
        ([15.0] * 59, ValueError, r"got shape \(59,\)"),
        ([], ValueError, r"got shape \(0,\)"),
        (np.zeros((0, 60)), ValueError, r"got shape \(0, 60\)"),
        (np.zeros((2, 60, 1)), ValueError, r"got shape \(2, 60, 1\)"),
        (
            [15.0] * 7 + [float("nan")] + [15.0] * 52,
            ValueError,
            "nan at 09:07",
        ),
        ([15.0] * 59 + [float("inf")], ValueError, "inf at 09:59"),
        (["warm"] * 60, TypeError, "got .'warm'"),
        ([[15.0] * 60, [15.0] * 59], TypeError, "got "),
        (None, ValueError, "got "),
    ],
)
def test_readings_that_are_no_hour_are_refused(readings, error, got):
    with pytest.raises(error, match=f"readings takes hours of 60 .*{got}"):
        temperature.check_readings(readings)


@drawn
@given(seed=seeds)
def test_no_view_sees_the_order_within_the_hour(seed):
    hour, rng = an_hour(seed), np.random.default_rng(seed)
    other = np.r_[rng.permutation(hour[:-1]), hour[-1]]
    for sees in temperature.VIEWS:
        np.testing.assert_array_equal(
            temperature.view(hour, sees), temperature.view(other, sees)
        )


def test_each_view_shows_what_its_name_says():
    hour = an_hour(5).astype("float32")
    last, moments, bag = (temperature.view(hour, v) for v in temperature.VIEWS)
    assert last.tolist() == [[hour[-1]]]
    np.testing.assert_allclose(moments, [[hour.mean(), hour.std()]], rtol=1e-5)
    np.testing.assert_allclose(bag[0], np.sort(hour) - hour.mean(), atol=1e-5)


def test_a_view_that_does_not_exist_is_named(parts):
    for wrong in (
        lambda: temperature.view(an_hour(0), "order"),
        lambda: temperature.baseline(parts.train, "order"),
    ):
        with pytest.raises(ValueError, match="sees takes one of 'last"):
            wrong()


def test_baselines_stand_as_the_lesson_says(parts):
    """Blind to order: useless, weak, middling; and never a swapped hour."""
    held_out = parts.held_out
    right = {}
    for sees in temperature.VIEWS:
        answers = temperature.baseline(parts.train, sees)(held_out.readings)
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


def test_windows_hold_hours_that_follow_each_other():
    times, celsius = temperature.hourly()
    at = dict(zip(times, celsius, strict=True))
    for part in temperature.windows(25):
        for row in range(0, len(part.next), 97):
            now = part.times[row]
            past = [at[now - np.timedelta64(25 - k, "h")] for k in range(25)]
            np.testing.assert_allclose(part.past[row], past, rtol=1e-6)
            assert part.next[row] == pytest.approx(at[now])


@pytest.mark.parametrize("timesteps", [1, 25, 48])
def test_windows_lie_within_the_months_of_their_part(timesteps):
    counts = []
    for part, months in zip(
        temperature.windows(timesteps),
        temperature.MONTHS.values(),
        strict=True,
    ):
        first = part.times - np.timedelta64(timesteps, "h")
        assert {*temperature.month(part.times)} == {*months}
        assert {*temperature.month(first)} <= {*months}
        assert part.past.shape == (len(part.times), timesteps)
        counts.append(len(part.times))
    june, december = 30 * 24, 31 * 24
    assert counts[2] == june + december - 2 * timesteps
    # September; March before and after the gap.
    march = 30 * 24, 31 * 24 - 1
    assert counts[1] == sum(march) - 3 * timesteps


def test_no_window_jumps_over_the_missing_hour():
    part = temperature.windows(25).validation
    gap = np.datetime64("2010-03-14T03")
    first = part.times - np.timedelta64(25, "h")
    assert not ((first <= gap) & (gap <= part.times)).any()


@pytest.mark.parametrize("timesteps", [0, 501])
def test_a_window_of_no_or_too_many_hours_is_refused(timesteps):
    with pytest.raises(ValueError, match="timesteps takes an integer"):
        temperature.windows(timesteps)


@drawn
@given(seed=seeds, days=st.integers(2, 30))
def test_the_score_is_the_mean_within_its_interval(seed, days):
    rng = np.random.default_rng(seed)
    times = np.datetime64("2010-06-01") + rng.integers(0, days, 200)
    values = rng.random(200)
    value, low, high = temperature.score(values, times)
    assert value == pytest.approx(values.mean())
    assert low <= value <= high


def test_hours_of_one_day_do_not_count_as_independent():
    """All hours of a day alike: the interval is that of the days."""
    rng = np.random.default_rng(0)
    days = np.datetime64("2010-06-01") + np.arange(50)
    one_a_day = rng.normal(size=50)
    few = temperature.score(one_a_day, days)
    many = temperature.score(np.repeat(one_a_day, 24), np.repeat(days, 24))
    assert many == pytest.approx(few)
    width = (few.high - few.low) / 2
    assert width == pytest.approx(1.96 * one_a_day.std() / 50**0.5, rel=0.1)


def test_hours_and_their_day_give_the_same_score():
    hours = np.datetime64("2010-06-01T00") + np.arange(72)
    values = np.random.default_rng(1).random(72)
    assert temperature.score(values, hours) == temperature.score(
        values, hours.astype("datetime64[D]")
    )


@pytest.mark.parametrize(
    ("values", "times"),
    [
        ([1.0, 2.0], np.array(["2010-06-01"], "M8[D]")),
        ([1.0, 2.0], np.array(["2010-06-01"] * 2, "M8[D]")),
        ([[1.0], [2.0]], np.array(["2010-06-01", "2010-06-02"], "M8[D]")),
    ],
)
def test_values_that_do_not_fit_the_times_are_refused(values, times):
    with pytest.raises(ValueError, match="values takes one number for each"):
        temperature.score(values, times)


def test_too_few_draws_are_refused():
    days = np.array(["2010-06-01", "2010-06-02"], "M8[D]")
    with pytest.raises(ValueError, match="draws takes an integer >= 100"):
        temperature.score([0, 1], days, draws=99)
