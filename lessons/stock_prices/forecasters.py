"""Forecasts that need no network, and the stored ones of the networks.

Every setting is chosen on the validation years, by the measure that the
lesson reports: the absolute error of changes, the QLIKE of variances.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lessons.stock_prices import experiments, market, volatility
from lessons.stock_prices.market import Windows
from utils.errors import check_choice

RIDGES = (1e2, 1e3, 1e4, 1e5)
"""Penalties of the linear model of changes."""

INVERSES = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0)
"""Inverse penalties of the linear model of directions."""


Choices = Mapping[str, Mapping[str, Windows]]
"""Name of the inputs -> part of the data -> windows."""


def changes(choices: Choices) -> tuple[tuple[str, float], pd.Series]:
    """Forecast tomorrow's change by a linear function of the days seen.

    Args:
        choices: From ``experiments.change_parts``, the target in per cent.

    Returns:
        The inputs and the penalty chosen, and the forecasts of the test
        days.
    """
    from sklearn.linear_model import Ridge

    def fitted(penalty: float, known: Windows) -> Any:
        return Ridge(alpha=penalty).fit(_flat(known), known.target)

    def loss(model: Any, stop: Windows) -> float:
        return np.abs(model.predict(_flat(stop)) - stop.target).mean()

    setting, model = _best_linear(choices, RIDGES, fitted, loss)
    test = choices[setting[0]]["test"]
    return setting, pd.Series(model.predict(_flat(test)), test.day)


def directions(choices: Choices) -> tuple[tuple[str, float], pd.Series]:
    """Forecast whether tomorrow goes up by a logistic regression.

    Args:
        choices: From ``experiments.change_parts``, the target in per cent.

    Returns:
        The inputs and the inverse penalty chosen, and the probabilities of
        *up* on the test days.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss

    def fitted(inverse: float, known: Windows) -> Any:
        model = LogisticRegression(C=inverse, max_iter=1000)
        return model.fit(_flat(known), known.target > 0)

    def loss(model: Any, stop: Windows) -> float:
        return log_loss(stop.target > 0, model.predict_proba(_flat(stop)))

    setting, model = _best_linear(choices, INVERSES, fitted, loss)
    test = choices[setting[0]]["test"]
    said = model.predict_proba(_flat(test))[:, 1]
    return setting, pd.Series(said, test.day)


def _best_linear(
    choices: Choices,
    penalties: tuple[float, ...],
    fitted: Callable[[float, Windows], Any],
    loss: Callable[[Any, Windows], float],
) -> tuple[tuple[str, float], Any]:
    """Return the setting and the model with the smallest validation loss."""
    tried = {}
    for inputs, parts in choices.items():
        for penalty in penalties:
            model = fitted(penalty, parts["training"])
            tried[inputs, penalty] = loss(model, parts["validation"]), model
    best = min(tried, key=lambda setting: tried[setting][0])
    return best, tried[best][1]


def _flat(part: Windows) -> np.ndarray:
    """Return each window as one row of numbers."""
    return part.seen.reshape(len(part.day), -1)


def of_networks(path: Any) -> np.ndarray:
    """Return the stored forecasts of changes or directions.

    Args:
        path: ``experiments.CHANGES`` or ``experiments.DIRECTIONS``.

    Returns:
        (seeds, test days).
    """
    return pd.read_csv(path, index_col="day").to_numpy().T


def variance_networks(
    study: str,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the variances that the networks of a study forecast.

    Args:
        study: A key of ``market.STUDIES``.

    Returns:
        Model -> per cent squared, (seeds, test days); and model -> what
        ``volatility.range_scale`` says of each seed, (seeds, 1).
    """
    check_choice("study", study, market.STUDIES)
    table = pd.read_csv(experiments.VARIANCES)
    scales = pd.read_csv(experiments.SCALES)
    found, scale = {}, {}
    for inputs, rows in table[table.study == study].groupby("inputs"):
        seeds = [str(seed) for seed in experiments.SEEDS]
        name = named("GRU", str(inputs))
        found[name] = np.exp(rows[seeds].to_numpy().T)
        same = (scales.study == study) & (scales.inputs == inputs)
        scale[name] = scales.scale[same].to_numpy()[:, None]
    return found, scale


def named(model: str, inputs: str) -> str:
    """Return the name of a model with what it sees besides ranges."""
    _, _, more = inputs.partition(", ")
    return f"{model} with {more}" if more else model


def variance_baselines(
    study: str,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Forecast the variance of the next day without a network.

    Args:
        study: A key of ``market.STUDIES``.

    Returns:
        One column for each model, in per cent squared, indexed by the day
        that is forecast, all days of the study; and the settings chosen.
    """
    parts = market.STUDIES[check_choice("study", study, market.STUDIES)]
    table = market.daily().iloc[1:]
    extra = {"changes": [table.change, table.change.clip(upper=0)]}
    if study == "short":
        vix = market.vix().dropna()
        table = table.loc[vix.index]
        extra = {"VIX": [np.log(vix)]}
    today = table.variance
    tried: dict[str, dict[Any, pd.Series]] = {
        "as today": {"": today},
        "EWMA": {d: volatility.ewma(today, d) for d in volatility.DECAYS},
        "GARCH(1,1)": _garch(table, parts),
    }
    if study == "short":
        tried["VIX alone"] = {"": _rescaled(vix**2, today, parts)}
    seen = [np.log(today)]
    tried["HAR"] = _har(seen, today, parts)
    for name, more in extra.items():
        tried[named("HAR", f"ranges, {name}")] = _har(
            seen + more, today, parts
        )
    chosen = {
        name: _best(forecasts, today, parts)
        for name, forecasts in tried.items()
    }
    table = pd.DataFrame({name: tried[name][s] for name, s in chosen.items()})
    return table.shift().dropna(), chosen


def _target(today: pd.Series, parts: Mapping[str, Any]) -> pd.DataFrame:
    """Return tomorrow's variance and its part, by the day of today."""
    part = pd.Series(market.part_of(today.index, dict(parts)), today.index)
    return pd.DataFrame({"variance": today, "part": part}).shift(-1)


def _rescaled(
    forecast: pd.Series, today: pd.Series, parts: Mapping[str, Any]
) -> pd.Series:
    """Give a forecast the mean of the variance on the training days."""
    known = _target(today, parts).query("part == 'training'")
    return forecast * known.variance.mean() / forecast[known.index].mean()


def _garch(
    table: pd.DataFrame, parts: Mapping[str, Any]
) -> dict[str, pd.Series]:
    """Return the forecasts of GARCH(1,1) for both kinds of shocks."""
    last = f"{parts['training'][1]}-12-31"
    return {
        kind: _rescaled(
            volatility.garch(table.change, last, kind), table.variance, parts
        )
        for kind in ("normal", "t")
    }


def _har(
    seen: list[pd.Series], today: pd.Series, parts: Mapping[str, Any]
) -> dict[float, pd.Series]:
    """Return the forecasts of HAR for every penalty."""
    means = [volatility.har_features(values) for values in seen]
    features = pd.concat(means, axis=1).dropna().loc[today.index[0] :]
    target = _target(today, parts).loc[features.index]
    known = target.part == "training"
    scaled = (features - features[known].mean()) / features[known].std()
    x, y = scaled.to_numpy(), target.variance.to_numpy()
    found = {}
    for penalty in volatility.SHRINKAGE:
        model = volatility.fit_har(x[known], y[known], penalty)
        found[penalty] = pd.Series(model.predict(x), features.index)
    return found


def _best(
    forecasts: Mapping[Any, pd.Series],
    today: pd.Series,
    parts: Mapping[str, Any],
) -> Any:
    """Return the setting with the smallest QLIKE on validation years."""
    stop = _target(today, parts).query("part == 'validation'")
    loss = {
        setting: volatility.qlike(stop.variance, said[stop.index]).mean()
        for setting, said in forecasts.items()
    }
    return min(loss, key=lambda setting: loss[setting])


class Scores(NamedTuple):
    """How well the models of a study do on its test days.

    Attributes:
        days: The days, (days,).
        qlike: Model -> QLIKE, (seeds, days); one row without seeds.
        error: Model -> absolute error of the range in per cent, the same.
        ranges: Model -> the range forecast in per cent, the same.
    """

    days: pd.DatetimeIndex
    qlike: dict[str, np.ndarray]
    error: dict[str, np.ndarray]
    ranges: dict[str, np.ndarray]

    def during(self, years: str) -> np.ndarray:
        """Return which days lie in some years, such as ``"2008-2018"``."""
        first, last = years[:4], years[-4:]
        year = self.days.year
        return (year >= int(first)) & (year <= int(last))


def variance_scores(study: str) -> Scores:
    """Measure all models of a study on its test days.

    Args:
        study: A key of ``market.STUDIES``.
    """
    cheap, _ = variance_baselines(study)
    said, scale = variance_networks(study)
    measured = market.daily()[["variance", "range"]].loc[cheap.index]
    part = market.part_of(cheap.index, market.STUDIES[study])
    known, test = part == "training", part == "test"
    for name, forecast in cheap.items():
        scale[name] = volatility.range_scale(
            forecast[known], measured["range"][known]
        )
        said[name] = forecast[test].to_numpy()[None]
    true = measured[test]
    ranges = {name: scale[name] * np.sqrt(said[name]) for name in said}
    order = [*cheap, *sorted(said.keys() - {*cheap})]
    return Scores(
        true.index,
        {
            n: volatility.qlike(true.variance.to_numpy(), said[n])
            for n in order
        },
        {n: np.abs(true["range"].to_numpy() - ranges[n]) for n in order},
        ranges,
    )
