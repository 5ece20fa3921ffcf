"""What forecasts of variance are made of, and how they are measured."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lessons.stock_prices import forecasters, market, volatility

POSITIVE = st.floats(1e-3, 1e3)
SERIES = arrays(float, st.integers(1, 80), elements=st.floats(-50, 50))


@given(POSITIVE, POSITIVE, POSITIVE)
def test_qlike_is_that_of_patton(variance, forecast, unit):
    # Patton (2011), table 1, QLIKE: log h + s / h, up to terms without h.
    loss = volatility.qlike(variance, forecast)
    best = np.log(variance) + 1
    long = np.log(forecast) + variance / forecast - best
    assert loss == pytest.approx(long, abs=1e-6 * (1 + abs(long)))
    assert loss >= 0
    assert volatility.qlike(variance, variance) == 0
    again = volatility.qlike(unit * variance, unit * forecast)
    assert again == pytest.approx(loss, abs=1e-6 * (1 + loss))


def test_under_noise_qlike_still_prefers_the_true_variance():
    noise = np.random.default_rng(0).chisquare(1, 200_000)
    forecasts = np.array([0.5, 0.8, 1, 1.25, 2])
    losses = [volatility.qlike(noise, h).mean() for h in forecasts]
    assert forecasts[np.argmin(losses)] == 1
    # The absolute error does not: half of the noise lies below 0.45.
    off = [np.abs(noise - h).mean() for h in forecasts]
    assert forecasts[np.argmin(off)] == 0.5


def test_qlike_takes_variances_above_zero():
    with pytest.raises(ValueError, match=r"forecast takes .* got 0"):
        volatility.qlike(np.ones(2), np.array([1.0, 0.0]))
    with pytest.raises(ValueError, match=r"variance takes .* got -1"):
        volatility.qlike(-1.0, 1.0)


@given(SERIES)
def test_har_takes_means_of_a_day_a_week_and_a_month(values):
    # Corsi (2009), equation 7 and before: means of 1, 5 and 22 days.
    found = volatility.har_features(pd.Series(values))
    assert list(found) == ["day", "week", "month"]
    for (_, column), span in zip(found.items(), (1, 5, 22), strict=True):
        for last, value in enumerate(column):
            if last + 1 < span:
                assert np.isnan(value)
                continue
            expected = values[last + 1 - span : last + 1].mean()
            assert value == pytest.approx(expected, abs=1e-9)


@given(SERIES, st.floats(0.01, 0.99), st.integers(0, 79))
def test_nothing_that_is_seen_comes_later(values, decay, place):
    place = min(place, len(values) - 1)
    other = values.copy()
    other[place + 1 :] += 7
    for feature in (
        volatility.har_features,
        lambda series: volatility.ewma(series, decay),
    ):
        one, two = (
            np.asarray(feature(pd.Series(v)))[: place + 1]
            for v in (values, other)
        )
        np.testing.assert_array_equal(one, two)


def test_ewma_keeps_a_part_of_yesterday():
    found = volatility.ewma(pd.Series([1.0, 3.0, 0.0]), 0.75)
    assert found.tolist() == [1, 1.5, 1.125]
    with pytest.raises(ValueError, match="decay takes"):
        volatility.ewma(pd.Series([1.0]), 1.5)


def test_the_range_of_a_random_walk_tells_its_variance():
    steps = np.random.default_rng(0).normal(size=(2000, 2000)) / 2000**0.5
    walk = np.cumsum(steps, axis=1)
    span = walk.max(axis=1) - walk.min(axis=1)
    # A walk in steps misses a little of the highest and the lowest.
    found = volatility.range_variance(span).mean()
    assert found == pytest.approx(1, abs=0.08)


def test_garch_is_its_recursion_and_learns_from_the_first_days_only():
    change = market.daily().change.iloc[1:1500]
    last = "2003-12-31"
    known = volatility.garch(change, last, "normal")
    wild = change.copy()
    wild[wild.index > last] *= 5
    other = volatility.garch(wild, last, "normal")
    pd.testing.assert_series_equal(known[:last], other[:last])
    x = pd.DataFrame({"variance": known, "square": change**2})
    x["next"] = x.variance.shift(-1)
    x["square_next"] = x.square.shift(-1)
    x = x.iloc[50:-1]
    columns = [np.ones(len(x)), x.square_next, x.variance]
    weights, rest, *_ = np.linalg.lstsq(np.column_stack(columns), x.next)
    assert 0 < weights[1] < 0.3 and 0.6 < weights[2] < 1
    # What is left is the small constant mean of the changes.
    assert np.sqrt(rest[0] / len(x)) < 0.02 * x.next.std()


def test_har_is_fitted_by_qlike():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4000, 1))
    variance = np.exp(0.5 + 0.8 * x[:, 0]) * rng.chisquare(3, 4000) / 3
    model = volatility.fit_har(x, variance, 0)
    assert model.coef_[0] == pytest.approx(0.8, abs=0.05)
    best = volatility.qlike(variance, model.predict(x)).mean()
    for slope in (0.9, 1.1):
        worse = np.exp(model.intercept_ + slope * model.coef_[0] * x[:, 0])
        assert volatility.qlike(variance, worse).mean() > best


def test_a_range_lies_above_half_of_the_training_days():
    measured = np.array([1.0, 2.0, 4.0])
    forecast = np.array([1.0, 4.0, 1.0])
    assert volatility.range_scale(forecast, measured) == 1


@pytest.mark.slow
@pytest.mark.parametrize("study", market.STUDIES)
def test_no_forecast_knows_its_own_day_or_a_later_one(study, monkeypatch):
    before, chosen = forecasters.variance_baselines(study)
    days = market.daily().copy()
    cut = pd.Timestamp("2018-06-29")
    later = days.index >= cut
    for name in ("change", "variance", "range"):
        days.loc[later, name] *= 3
    monkeypatch.setattr(market, "daily", lambda: days)
    vix = market.vix().copy()
    vix[vix.index >= cut] *= 2
    monkeypatch.setattr(market, "vix", lambda: vix)
    after, same = forecasters.variance_baselines(study)
    assert same == chosen
    pd.testing.assert_frame_equal(before[:cut], after[:cut])
    rest = before.loc["2018-07-03":], after.loc["2018-07-03":]
    assert (abs(rest[0] - rest[1]) > 0).all().all()
