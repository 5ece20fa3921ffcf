"""The forecast of prices as tutorials make it, honest and with four leaks.

``Recipe`` holds the four decisions at which a leak comes in. ``HONEST``
takes each as it should be; every entry of ``LEAKS`` changes one of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lessons.stock_prices.market import (
    PARTS,
    TIMESTEPS,
    Windows,
    daily,
    windows,
)
from utils import training

UNITS, EPOCHS, PATIENCE, BATCH = 16, 60, 10, 128

RATE = 0.03
"""Learning rate of Adam; ``experiments.leaks`` has chosen it."""


class Recipe(NamedTuple):
    """Four decisions of a forecast of prices.

    Attributes:
        scaled_by: The days from which the smallest and largest price are
            taken: ``"training"`` or ``"all"``; or a key of ``SPANS``.
        dealt: ``"by date"``, or ``"shuffled"``: windows of all years are
            dealt out at random into parts of the same sizes.
        ahead: Days from the end of a window to its target, 1 or 0.
        stopped_by: The part whose loss says when to stop:
            ``"validation"`` or ``"test"``.
    """

    scaled_by: str = "training"
    dealt: str = "by date"
    ahead: int = 1
    stopped_by: str = "validation"


HONEST = Recipe()

LEAKS = {
    "scaler fitted on all days": HONEST._replace(scaled_by="all"),
    "windows shuffled before the split": HONEST._replace(dealt="shuffled"),
    "target among the inputs": HONEST._replace(ahead=0),
    "stopped by the test years": HONEST._replace(stopped_by="test"),
}
"""Leak -> the honest recipe with one decision changed."""

SPANS = {"three spans": 3, "ten spans": 10}
"""Wide scale -> the spans of the training prices that it has room for."""

CONTROLS = {
    f"no leak, {name}": HONEST._replace(scaled_by=name) for name in SPANS
}
"""Wide scales that know no later day, to set beside a leaking scaler."""


class Prepared(NamedTuple):
    """What a recipe makes of the prices.

    Attributes:
        parts: ``"training"``, ``"validation"``, ``"test"`` -> windows of
            scaled prices.
        low: The price, in points, that became 0.
        high: The price, in points, that became 1.
        stopped_by: As in ``Recipe``.
    """

    parts: dict[str, Windows]
    low: float
    high: float
    stopped_by: str

    def points(self, scaled: Any) -> np.ndarray:
        """Return scaled prices in points."""
        return np.asarray(scaled) * (self.high - self.low) + self.low


def prepare(recipe: Recipe = HONEST, seed: int = 0) -> Prepared:
    """Scale the prices, cut them into windows and deal these out.

    Args:
        recipe: The decisions.
        seed: Of the shuffling, where there is one.
    """
    first, last = PARTS["training"][0], PARTS["test"][1]
    close = daily()[["close"]].loc[str(first) : str(last)]
    begin, end = PARTS["training"]
    known = (
        close if recipe.scaled_by == "all" else close[f"{begin}" : f"{end}"]
    )
    low, high = float(known.close.min()), float(known.close.max())
    if recipe.scaled_by in SPANS:
        high = low + SPANS[recipe.scaled_by] * (high - low)
    scaled = (close - low) / (high - low)
    samples = windows(
        scaled, scaled.close, timesteps=TIMESTEPS, ahead=recipe.ahead
    )
    dealt = _rows(samples, recipe, seed)
    parts = {name: samples.where(rows) for name, rows in dealt}
    return Prepared(parts, low, high, recipe.stopped_by)


def _rows(samples: Windows, recipe: Recipe, seed: int) -> Any:
    """Return the names of the parts, each with the places of its windows."""
    year = samples.day.astype("datetime64[Y]").astype(int) + 1970
    ends = np.cumsum(
        [((year >= a) & (year <= b)).sum() for a, b in PARTS.values()]
    )
    places = np.arange(len(year))
    if recipe.dealt == "shuffled":
        places = np.random.default_rng(seed).permutation(places)
    return zip(PARTS, np.split(places, ends[:-1]), strict=True)


def network() -> Any:
    """Return the compiled LSTM that reads a window of scaled prices."""
    import keras
    from keras import layers

    stack = [
        keras.Input((TIMESTEPS, 1)),
        layers.LSTM(UNITS),
        layers.Dense(1),
    ]
    model = keras.Sequential(stack)
    model.compile(keras.optimizers.Adam(RATE), "mse")
    return model


def train(model: Any, prepared: Prepared, seed: int) -> np.ndarray:
    """Train a network from fresh weights and forecast its test windows.

    Args:
        model: From ``network``.
        prepared: From ``prepare``.
        seed: Of the weights and of the order of the samples.

    Returns:
        Forecasts in points, (test windows,).
    """
    training.reinitialise(model, seed)
    known = prepared.parts["training"]
    stop = prepared.parts[prepared.stopped_by]
    training.fit(
        model, known.seen, known.target, epochs=EPOCHS, quiet=True,
        validation_data=(stop.seen, stop.target), patience=PATIENCE,
        batch_size=BATCH,
    )  # fmt: skip
    tested = prepared.parts["test"].seen
    return prepared.points(training.predict(model, tested))
