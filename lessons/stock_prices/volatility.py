"""How much the index will move tomorrow: features, baselines, measures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from utils.errors import check_number

DAY, WEEK, MONTH = 1, 5, 22
"""Days of trading over which HAR takes its means."""

DECAYS = (0.7, 0.8, 0.85, 0.9, 0.94, 0.97)
"""What EWMA is tuned over; 0.94 is that of RiskMetrics (1996)."""

SHRINKAGE = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Penalties that HAR is tuned over."""


def range_variance(values: Any) -> Any:
    """Return what the range of a day says about the variance of its change.

    Args:
        values: 100 times the logarithm of highest over lowest price.

    Returns:
        Per cent squared: ``range ** 2 / (4 * log(2))``. For a price that
        moves as a random walk without drift its mean is the variance.

    Source: M. Parkinson (1980), doi:10.1086/296071.
    """
    return values**2 / (4 * np.log(2))


def qlike(variance: Any, forecast: Any) -> Any:
    """Return the loss of a forecast of variance, 0 where it is right.

    Args:
        variance: What was measured, above 0.
        forecast: What was forecast, above 0, in the same unit.

    Returns:
        ``variance / forecast - log(variance / forecast) - 1``, of the shape
        of the inputs. Where the measured variance is noisy but right on
        average, the forecast with the smallest mean loss is still that of
        the true variance.

    Raises:
        ValueError: A value is not above 0.

    Source: A. J. Patton (2011), doi:10.1016/j.jeconom.2010.03.034.
    """
    for name, values in (("variance", variance), ("forecast", forecast)):
        smallest = np.min(values)
        if not smallest > 0:
            raise ValueError(f"{name} takes values above 0, got {smallest}")
    ratio = variance / forecast
    return ratio - np.log(ratio) - 1


def har_features(values: pd.Series) -> pd.DataFrame:
    """Return the means over the last day, week and month of each day.

    Args:
        values: One value a day, oldest first.

    Returns:
        Columns ``day``, ``week`` and ``month``: the value itself, and the
        means of the last 5 and of the last 22, that of the day included;
        missing where there are not as many.

    Source: F. Corsi (2009), doi:10.1093/jjfinec/nbp001.
    """
    spans = {"day": DAY, "week": WEEK, "month": MONTH}
    return pd.DataFrame(
        {name: values.rolling(span).mean() for name, span in spans.items()}
    )


def ewma(values: pd.Series, decay: float) -> pd.Series:
    """Return an exponentially weighted mean of the days so far.

    Args:
        values: One value a day, oldest first.
        decay: What of yesterday's mean is kept, between 0 and 1; the rest
            is the new value.
    """
    decay = check_number("decay", decay, minimum=0, maximum=1)
    return values.ewm(alpha=1 - decay, adjust=False).mean()


def garch(change: pd.Series, last: str, distribution: str) -> pd.Series:
    """Fit GARCH(1,1) to the days up to one and forecast from all of them.

    Args:
        change: The change of each day in per cent, without gaps.
        last: The last day that is fitted; the parameters stay as they are.
        distribution: Of the shocks: ``"normal"`` or ``"t"``.

    Returns:
        On each day, the variance of the change of the next one, in per cent
        squared.

    Source: T. Bollerslev (1986), doi:10.1016/0304-4076(86)90063-1.
    """
    from arch import arch_model

    kind = {"mean": "Constant", "vol": "GARCH", "p": 1, "q": 1}
    fitted = arch_model(change[:last], dist=distribution, **kind).fit(
        disp="off"
    )
    whole = arch_model(change, dist=distribution, **kind).fix(fitted.params)
    ahead = whole.forecast(horizon=1, start=0, reindex=False)
    return ahead.variance["h.1"]


def fit_har(features: np.ndarray, variance: np.ndarray, penalty: float) -> Any:
    """Fit the logarithm of tomorrow's variance as a linear function.

    The loss is that of ``qlike``: half of the gamma deviance.

    Args:
        features: (days, features), standardised.
        variance: Of the day after each, (days,).
        penalty: On the squared weights.

    Returns:
        A scikit-learn model; ``predict`` gives variances.
    """
    from sklearn.linear_model import GammaRegressor

    model = GammaRegressor(alpha=penalty, solver="newton-cholesky")
    return model.fit(features, variance)


def range_scale(forecast: Any, measured: Any) -> float:
    """Return what turns the root of a forecast variance into a range.

    The mean of a variance is pulled up by a few wild days. For the absolute
    error each forecaster is therefore multiplied by one number, so that on
    the training days half of the ranges are above and half below.

    Args:
        forecast: Variances on training days, (days,).
        measured: The ranges of those days, (days,).
    """
    return float(np.median(measured / np.sqrt(forecast)))
