"""The trainings that lesson 19 speaks of and does not wait for.

``python -m lessons.stock_prices.experiments`` makes all of them (about
twenty minutes on one core that is free); with names, such as ``leaks``, it
makes those. Each writes its files beside this one. A network gets its
learning rate from ``RATES``, by three seeds and the validation years
(``choices.csv``); then the seeds of the best one forecast the test years.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lessons.stock_prices import leaks as recipes
from lessons.stock_prices import market
from lessons.stock_prices.leaks import BATCH, EPOCHS, PATIENCE, UNITS
from lessons.stock_prices.market import Windows, daily
from utils import runtime, training

FOLDER = Path(__file__).parent
CHOICES = FOLDER / "choices.csv"
PRICES = FOLDER / "prices.csv"
LEAKS = FOLDER / "leaks.csv"
CHANGES = FOLDER / "changes.csv"
DIRECTIONS = FOLDER / "directions.csv"
VARIANCES = FOLDER / "variances.csv"
SCALES = FOLDER / "scales.csv"

CHOOSING, SEEDS, LEAK_SEEDS = (1, 2, 3), (1, 2, 3, 4, 5), tuple(range(1, 9))
"""Seeds that choose a rate; that forecast; that measure the leaks."""

RATES = (0.001, 0.003, 0.01, 0.03)
"""Learning rates of Adam."""

YEARS = {"2008-2012": (2008, 2012), "2013-2018": (2013, 2018)}
"""Test years with prices seen in training, and those with higher ones."""


def note(task: str, inputs: str, rows: Sequence[Any]) -> pd.Series:
    """Write validation losses to ``choices.csv`` and return their means.

    Args:
        task: What is forecast; rows of the same task and inputs go.
        inputs: What the network sees.
        rows: (rate, seed, loss), any number of them.

    Returns:
        Mean loss, indexed by rate.
    """
    table = pd.DataFrame(rows, columns=["rate", "seed", "loss"])
    table.insert(0, "task", task)
    table.insert(1, "inputs", inputs)
    if CHOICES.exists():
        old = pd.read_csv(CHOICES)
        same = (old.task == task) & (old.inputs == inputs)
        table = pd.concat([old[~same], table])
    store(CHOICES, table.round(7))
    rows = table[(table.task == task) & (table.inputs == inputs)]
    means = rows.groupby("rate")["loss"].mean()
    print(task, "from", inputs, means.round(7).to_dict(), flush=True)
    return means


def store(path: Path, table: pd.DataFrame, **how: Any) -> None:
    """Write a table to a file, without its index unless asked."""
    table.to_csv(path, lineterminator="\n", **{"index": False, **how})


def leaks() -> None:
    """Measure the price forecast of each recipe, honest and with a leak.

    Where windows are shuffled, the test windows are other ones; so the
    honest network is measured on those of them whose day lies in the honest
    test years, and both on the same.
    """
    honest = recipes.prepare()
    stop = honest.parts["validation"]
    rows = []
    model = recipes.network()
    for rate in RATES:
        for seed in CHOOSING:
            loss = fitted(model, honest.parts["training"], stop, rate, seed)
            rows.append((rate, seed, loss))
    model.optimizer.learning_rate = note("price", "prices", rows).idxmin()
    tested = honest.parts["test"].day
    close = daily().close
    before = close.shift()[tested]
    rows, forecasts = [], {}
    for seed in LEAK_SEEDS:
        fair = pd.Series(recipes.train(model, honest, seed), tested)
        forecasts[seed] = fair
        tried = {"honest": recipes.HONEST, **recipes.LEAKS}
        for name, recipe in tried.items():
            prepared = recipes.prepare(recipe, seed)
            said = fair
            if name != "honest":
                said = pd.Series(
                    recipes.train(model, prepared, seed),
                    prepared.parts["test"].day,
                )
            both = tested[np.isin(tested, said.index)]
            for years in YEARS:
                same = both[market.part_of(both, YEARS) == years]
                row = {"recipe": name, "seed": seed, "years": years}
                row["days"] = len(same)
                for who, forecast in (
                    ("leak", said), ("honest", fair), ("yesterday", before),
                ):  # fmt: skip
                    row |= measured(who, forecast[same], close[same])
                rows.append(row)
                print(*row.values(), flush=True)
    store(LEAKS, pd.DataFrame(rows))
    table = pd.DataFrame(forecasts)[[*SEEDS]].rename_axis("day")
    store(PRICES, table.round(1), index=True)


def controls() -> None:
    """Add the recipes without a leak to the table that ``leaks`` wrote."""
    table = pd.read_csv(LEAKS)
    table = table[~table.recipe.isin(recipes.CONTROLS)]
    honest = table[table.recipe == "honest"].drop(columns="recipe")
    model = recipes.network()
    rows = []
    for name, recipe in recipes.CONTROLS.items():
        prepared = recipes.prepare(recipe)
        days = prepared.parts["test"].day
        for seed in LEAK_SEEDS:
            said = pd.Series(recipes.train(model, prepared, seed), days)
            for _, row in honest[honest.seed == seed].iterrows():
                first, last = map(str, YEARS[row.years])
                part = said[first:last]
                found = measured("leak", part, daily().close[part.index])
                rows.append({"recipe": name, **row, **found})
                print(*rows[-1].values(), flush=True)
    store(LEAKS, pd.concat([table, pd.DataFrame(rows)]))


def measured(who: str, said: pd.Series, true: pd.Series) -> dict[str, float]:
    """Return the mean absolute error and the R squared of a forecast.

    Args:
        who: Made it; begins the names of both.
        said: The forecasts, in points.
        true: The prices of the same days.
    """
    off = said - true
    spread = ((true - true.mean()) ** 2).sum()
    return {
        who: round(off.abs().mean(), 3),
        f"{who}_r2": round(1 - (off**2).sum() / spread, 5),
    }


def fitted(
    model: Any, known: Windows, stop: Windows, rate: float, seed: int
) -> float:
    """Train a compiled network from fresh weights, stopped early.

    Args:
        model: A compiled network.
        known: What it learns from.
        stop: What says when to stop.
        rate: The learning rate.
        seed: Of the weights and of the order of the samples.

    Returns:
        The loss on ``stop`` at the best epoch.
    """
    training.reinitialise(model, seed)
    model.optimizer.learning_rate = rate
    history = training.fit(
        model, known.seen, known.target, epochs=EPOCHS, quiet=True,
        validation_data=(stop.seen, stop.target), patience=PATIENCE,
        batch_size=BATCH,
    )  # fmt: skip
    return history.best("val_loss")


def standardised(
    features: pd.DataFrame, parts: dict[str, tuple[int, int]]
) -> pd.DataFrame:
    """Return columns with mean 0 and spread 1 on the training days.

    Args:
        features: One row a day.
        parts: Name -> first and last year.
    """
    first, last = parts["training"]
    known = features.loc[str(first) : str(last)]
    return (features - known.mean()) / known.std()


def change_inputs(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return what networks see of the days to forecast a change, by name.

    Args:
        table: From ``market.daily``.
    """
    usual = table.volume.rolling(market.TIMESTEPS).mean()
    more = {
        "range": np.log(table.range),
        "volume": np.log(table.volume / usual),
    }
    changes = table[["change"]]
    return {
        "changes": changes,
        "changes, ranges, volumes": changes.assign(**more),
    }


def change_parts(target: pd.Series) -> dict[str, dict[str, Windows]]:
    """Return the windows of ``change_inputs``, all of the same days.

    Args:
        target: What is to be forecast, one value a day of
            ``market.daily``.

    Returns:
        Name of the inputs -> part of the data -> windows.
    """
    # The mean volume of a month is missing on the first days.
    first = market.TIMESTEPS
    return {
        inputs: market.split(
            market.windows(
                standardised(seen.iloc[first:], market.PARTS),
                target.iloc[first:],
            )
        )
        for inputs, seen in change_inputs(daily()).items()
    }


def variance_inputs(
    table: pd.DataFrame,
) -> dict[tuple[str, str], pd.DataFrame]:
    """Return what networks see of the days to forecast a variance.

    Args:
        table: From ``market.daily``.

    Returns:
        (study, name) -> a table; in the short study both have the days on
        which there is a VIX.
    """
    ranges = np.log(table[["variance"]])
    with_vix = ranges.assign(vix=np.log(market.vix())).dropna()
    return {
        ("long", "ranges"): ranges,
        ("long", "ranges, changes"): ranges.assign(change=table.change),
        ("short", "ranges"): with_vix[["variance"]],
        ("short", "ranges, VIX"): with_vix,
    }


def recurrent(features: int, loss: Any, answer: str) -> Any:
    """Return a compiled GRU with one answer after the last day.

    Args:
        features: Numbers it sees of each day.
        loss: Of Keras.
        answer: Activation of the answer.
    """
    import keras
    from keras import layers

    stack = [
        keras.Input((market.TIMESTEPS, features)),
        layers.GRU(UNITS),
        layers.Dense(1, activation=answer),
    ]
    model = keras.Sequential(stack)
    model.compile(keras.optimizers.Adam(clipnorm=1.0), loss)
    return model


def chosen(
    task: str,
    inputs: str,
    parts: dict[str, Windows],
    loss: Any,
    answer: str = "linear",
) -> tuple[float, dict[str, pd.DataFrame]]:
    """Choose a rate on the validation years and forecast with the best.

    Args:
        task: What is forecast.
        inputs: What the network sees.
        parts: The windows.
        loss: Of Keras; the same chooses the rate.
        answer: Activation of the answer.

    Returns:
        The mean validation loss of the rate chosen, and the answers for
        the days of each part, one column for each of ``SEEDS``.
    """
    known, stop, _ = parts.values()
    model = recurrent(known.seen.shape[-1], loss, answer)
    rows = [
        (rate, seed, fitted(model, known, stop, rate, seed))
        for rate in RATES
        for seed in CHOOSING
    ]
    means = note(task, inputs, rows)
    said = {
        name: pd.DataFrame(index=pd.DatetimeIndex(part.day, name="day"))
        for name, part in parts.items()
    }
    for seed in SEEDS:
        fitted(model, known, stop, float(means.idxmin()), seed)
        for name, part in parts.items():
            said[name][seed] = training.predict(model, part.seen)
    return float(means.min()), said


def returns() -> None:
    """Forecast the change of the next day, its size and its direction."""
    change = daily().change
    kinds = {
        CHANGES: ("change", change, "mae", "linear"),
        DIRECTIONS: (
            *("direction", (change > 0) * 1.0),
            *("binary_crossentropy", "sigmoid"),
        ),
    }
    for path, (task, target, loss, answer) in kinds.items():
        best = np.inf
        for inputs, parts in change_parts(target).items():
            value, said = chosen(task, inputs, parts, loss, answer)
            if value < best:
                best = value
                store(path, said["test"].round(4), index=True)


def gamma_loss(true: Any, said: Any) -> Any:
    """Return QLIKE of logarithms, as Keras takes it.

    Args:
        true: Logarithms of what was measured, (samples, 1).
        said: Logarithms of what was forecast, (samples, 1).
    """
    from keras import ops

    return ops.mean(ops.exp(true - said) - (true - said) - 1, axis=-1)


def variances() -> None:
    """Forecast the variance of the next day, with and without the VIX."""
    import keras

    # A network that begins anew is built from what it was compiled with.
    keras.saving.register_keras_serializable("stock_prices")(gamma_loss)
    table = daily().iloc[1:]
    rows, scales = [], []
    for (study, inputs), features in variance_inputs(table).items():
        parts = market.STUDIES[study]
        seen = standardised(features, parts)
        target = np.log(table.variance[seen.index])
        known = market.part_of(seen.index, parts) == "training"
        mean = target[known].mean()
        cut = market.split(market.windows(seen, target - mean), parts)
        _, said = chosen(f"variance, {study}", inputs, cut, gamma_loss)
        found = (said["test"] + mean).round(3).reset_index()
        rows.append(found.assign(study=study, inputs=inputs))
        root = np.exp((said["training"] + mean) / 2)
        ratio = root.rdiv(table["range"][root.index], axis=0).median()
        scales += [
            (study, inputs, seed, round(value, 4))
            for seed, value in ratio.items()
        ]
    store(VARIANCES, pd.concat(rows))
    names = ["study", "inputs", "seed", "scale"]
    store(SCALES, pd.DataFrame(scales, columns=names))


ALL = {
    "leaks": leaks,
    "controls": controls,
    "returns": returns,
    "variances": variances,
}
"""Name on the command line -> what it makes."""


if __name__ == "__main__":
    sys.exit(runtime.run_stages(ALL, sys.argv[1:], seed=42))
