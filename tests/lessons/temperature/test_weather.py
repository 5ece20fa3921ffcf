"""Real weather, cut into weeks: which days stand where."""

import numpy as np
import pytest

from lessons.temperature import weather


def test_four_years_of_days_follow_each_other():
    days, celsius = weather.daily()
    assert len(days) == len(celsius) == 1461
    assert (np.diff(days) == np.timedelta64(1, "D")).all()
    assert days[0] == np.datetime64("2012-01-01")
    with pytest.raises(ValueError, match="read-only"):
        celsius[0] = 0


def test_weeks_lie_within_the_years_of_their_part():
    for part, years in zip(
        weather.load(), weather.YEARS.values(), strict=True
    ):
        first = part.day - np.timedelta64(weather.PAST, "D")
        last = part.day + np.timedelta64(weather.AHEAD - 1, "D")
        for days in (first, last):
            assert {*weather.years(days)} <= {*years}
        assert len(part.day) == sum(365 + (y == 2012) for y in years) - 13


def test_a_week_is_what_was_measured_without_the_season():
    days, celsius = weather.daily()
    for part in weather.load():
        whole = np.hstack([part.past, part.following]) + part.season
        for row in (0, 100, len(part.day) - 1):
            at = np.searchsorted(days, part.day[row])
            np.testing.assert_allclose(whole[row], celsius[at - 7 : at + 7])


def test_the_season_is_that_of_the_training_years():
    train, _, held_out = weather.load()
    assert abs(train.past.mean()) < 0.2
    assert held_out.past.mean() > 1
