"""The trainings that lesson 11 speaks of and does not wait for.

``python -m lessons.temperature.experiments`` makes all of them (about ten
minutes on two cores that are free); with names, such as ``forests``, it
makes those. Each writes its files beside this one. Every forest and every
network gets its setting from a short list, by three seeds and the validation
part (``choices.csv``); then five seeds of the best one answer the held-out
part.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lessons.temperature import answers, readings, weather
from utils import runtime, training

FOLDER = Path(__file__).parent
CHOICES = FOLDER / "choices.csv"
DETECTORS = FOLDER / "detectors.csv"
SIZES = FOLDER / "sizes.csv"
RUNNING = FOLDER / "running.csv"
ALARMS = FOLDER / "alarms.csv"
HOURS = FOLDER / "hours.csv"
DAYS = FOLDER / "days.csv"

CHOOSING, SEEDS = (1, 2, 3), (1, 2, 3, 4, 5)
"""Seeds that choose a setting; seeds whose answers are stored."""

RATES = (0.002, 0.005, 0.01, 0.02, 0.04, 0.08)
"""First learning rates of the networks that read minutes or hours."""

DAILY_RATES = (0.001, 0.003, 0.01, 0.03)
"""Learning rates of the networks that read days."""

LEAVES = (1, 5, 20)
"""Fewest hours in a leaf of a forest."""

Answer = Callable[[Any], np.ndarray]
"""A trained model: from inputs to answers."""

Train = Callable[[float, Sequence[int]], Iterable[Answer]]
"""From a setting and seeds to one trained model a seed, by turns."""


def falling_rate(rate: float, samples: int, epochs: int) -> Any:
    """Return Adam with a rate that falls to zero along half a cosine.

    Args:
        rate: The learning rate of the first step.
        samples: Samples in an epoch, in batches of 64.
        epochs: Epochs of the training.
    """
    import keras

    steps = epochs * -(-samples // 64)
    schedule = keras.optimizers.schedules.CosineDecay(rate, steps)
    return keras.optimizers.Adam(schedule, clipnorm=1.0)


def with_change(x: np.ndarray) -> np.ndarray:
    """Return the readings, and at each step the change since the last.

    Args:
        x: (samples, timesteps, 1).

    Returns:
        (samples, timesteps, 2).
    """
    return np.concatenate([x, np.diff(x, axis=1, prepend=x[:, :1])], axis=-1)


INPUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "GRU": lambda x: x,
    "Dense": lambda x: x[..., 0],
    "GRU with change": with_change,
    "GRU above the mean": lambda x: x - x.mean(axis=1, keepdims=True),
}
"""Detector -> what it reads, from ``readings.network_input``."""


def detector(name: str) -> Any:
    """Return a network, not compiled, that answers once an hour.

    Args:
        name: A key of ``INPUTS``.
    """
    import keras
    from keras import layers

    stack, shape = [layers.GRU(16)], (60, 1 + (name == "GRU with change"))
    if name == "Dense":
        stack = [layers.Dense(64, "relu"), layers.Dense(64, "relu")]
        shape = (60,)
    answer = layers.Dense(1, activation="sigmoid")
    return keras.Sequential([keras.Input(shape), *stack, answer])


def write(path: Path, table: pd.DataFrame, **keys: Any) -> None:
    """Write rows to a file, in place of those with the same keys.

    Args:
        path: The file; rows with other keys stay in it.
        table: The rows.
        **keys: Column -> value that tells which rows are replaced.
    """
    for place, (name, value) in enumerate(keys.items()):
        table.insert(place, name, value)
    if path.exists():
        old = pd.read_csv(path, dtype=str)
        same = np.all([old[name] == keys[name] for name in keys], axis=0)
        table = pd.concat([old[~same], table.astype(str)])
    store(path, table)


def store(path: Path, table: pd.DataFrame) -> None:
    """Write a table to a file, days without hours."""
    table.to_csv(
        path, index=False, lineterminator="\n", date_format="%Y-%m-%d"
    )


def chosen(
    task: str,
    name: str,
    settings: Sequence[float],
    train: Train,
    score: Callable[[Answer], float],
) -> Iterable[Answer]:
    """Choose a setting by the validation part and train all seeds of it.

    Args:
        task: What the model is for, in ``choices.csv``.
        name: Of the model there.
        settings: What to choose from.
        train: Trains it.
        score: Of a trained model on the validation part; larger is better.

    Returns:
        One trained model for each of ``SEEDS``, by turns.
    """
    rows = [
        (setting, seed, round(score(model), 4))
        for setting in settings
        for seed, model in zip(CHOOSING, train(setting, CHOOSING), strict=True)
    ]
    table = pd.DataFrame(rows, columns=["setting", "seed", "score"])
    means = table.groupby("setting")["score"].mean()
    print(task, name, means.round(4).to_dict(), flush=True)
    write(CHOICES, table, task=task, model=name)
    return train(float(means.idxmax()), SEEDS)


def train_network(
    model: Any, optimizer: Callable[[float], Any], loss: str, **fit: Any
) -> Train:
    """Return what trains a network with a learning rate and seeds.

    Args:
        model: A network.
        optimizer: From a learning rate to an optimizer.
        loss: Of Keras.
        **fit: Handed to ``training.fit``.
    """

    def train(rate: float, seeds: Sequence[int]) -> Iterable[Answer]:
        model.compile(optimizer(rate), loss)
        for seed in seeds:
            training.reinitialise(model, seed)
            training.fit(model, quiet=True, **fit)
            yield partial(training.predict, model)

    return train


def forests() -> None:
    """Choose, train and store the baselines that are trees and forests."""
    parts = readings.load()
    for sees in readings.VIEWS:

        def train(
            leaf: float, seeds: Sequence[int], sees: str = sees
        ) -> Iterable[Answer]:
            for seed in seeds:
                yield readings.baseline(
                    parts.train, sees, leaf=int(leaf), seed=seed
                )

        leaves = LEAVES if sees in readings.LEAF else LEAVES[:1]
        store_detectors(sees, leaves, train, [p.readings for p in parts])


def store_detectors(
    name: str,
    settings: Sequence[float],
    train: Train,
    inputs: Sequence[np.ndarray],
) -> None:
    """Choose and train a detector, and store what it answers.

    Args:
        name: Of the model in ``detectors.csv``.
        settings: What to choose from.
        train: Trains it.
        inputs: What it reads of each part.
    """
    _, validation, held_out = readings.load()

    def score(model: Answer) -> float:
        right = (model(inputs[1]) > 0.5) == validation.not_normal
        return float(right.mean())

    rows, sizes, running, alarms = [], [], [], []
    models = chosen("hours", name, settings, train, score)
    for seed, model in zip(SEEDS, models, strict=True):
        called = model(inputs[2]) > 0.5
        rows.append(answers.by_day(held_out, called).assign(seed=seed))
        sizes.append(answers.by_size(held_out, called).assign(seed=seed))
        print(name, seed, (called == held_out.not_normal).mean(), flush=True)
        if name == "GRU":
            network = model.args[0]
            table = answers.running_answers(network, held_out)
            running.append(table.assign(seed=seed))
            alarms.append(answers.false_alarms(network).assign(seed=seed))
    write(DETECTORS, pd.concat(rows), model=name)
    write(SIZES, pd.concat(sizes), model=name)
    if name == "GRU":
        store(RUNNING, pd.concat(running))
        store(ALARMS, pd.concat(alarms))


def detectors(names: Iterable[str] = tuple(INPUTS)) -> None:
    """Choose, train and store the networks that find faults.

    Args:
        names: Keys of ``INPUTS``.
    """
    parts = readings.load()
    for name in names:
        seen = INPUTS[name]
        inputs = [seen(readings.network_input(p.readings)) for p in parts]
        train = train_network(
            detector(name),
            partial(falling_rate, samples=len(inputs[0]), epochs=12),
            "binary_crossentropy",
            x=inputs[0],
            y=parts.train.not_normal,
            epochs=12,
        )
        store_detectors(name, RATES, train, inputs)


def hours() -> None:
    """Choose, train and store the network that forecasts the next hour."""
    import keras
    from keras import layers

    parts = readings.windows(25)
    x = [(p.past - p.past[:, -1:])[..., np.newaxis] for p in parts]
    change = [p.next - p.past[:, -1] for p in parts]
    train = train_network(
        keras.Sequential(
            [keras.Input((25, 1)), layers.GRU(16), layers.Dense(1)]
        ),
        partial(falling_rate, samples=len(x[0]), epochs=15),
        "mae",
        x=x[0],
        y=change[0],
        epochs=15,
    )

    def score(model: Answer) -> float:
        return -float(np.abs(model(x[1]) - change[1]).mean())

    day = parts.held_out.times.astype("datetime64[D]")
    rows = []
    models = chosen("next hour", "GRU", RATES, train, score)
    for seed, model in zip(SEEDS, models, strict=True):
        error = np.abs(model(x[2]) - change[2]).astype(float)
        table = pd.DataFrame({"day": day, "error": error})
        means = table.groupby("day", as_index=False)["error"].mean()
        means["error"] = means["error"].round(5)
        rows.append(means.assign(seed=seed))
        print("next hour", seed, error.mean(), flush=True)
    store(HOURS, pd.concat(rows))


def days() -> None:
    """Choose, train and store the networks that forecast a week of days."""
    import keras
    from keras import layers

    parts = weather.load()
    scale = parts.train.past.std()
    x = [part.past / scale for part in parts]
    y = [part.following / scale for part in parts]
    stacks = {
        "linear": [],
        "GRU": [layers.Reshape((weather.PAST, 1)), layers.GRU(16)],
    }
    for name, stack in stacks.items():
        answer = layers.Dense(weather.AHEAD)
        train = train_network(
            keras.Sequential([keras.Input((weather.PAST,)), *stack, answer]),
            partial(keras.optimizers.Adam, clipnorm=1.0),
            "mae",
            x=x[0],
            y=y[0],
            epochs=200,
            batch_size=32,
            validation_data=(x[1], y[1]),
            patience=20,
        )

        def score(model: Answer) -> float:
            return -float(scale * np.abs(model(x[1]) - y[1]).mean())

        rows = []
        models = chosen("next week", name, DAILY_RATES, train, score)
        for seed, model in zip(SEEDS, models, strict=True):
            error = scale * np.abs(model(x[2]) - y[2])
            ahead = [str(n + 1) for n in range(weather.AHEAD)]
            table = pd.DataFrame(error.astype(float), columns=ahead)
            table = table.round(2)
            table.insert(0, "day", parts.held_out.day)
            rows.append(table.assign(seed=seed))
            print(name, seed, error.mean(axis=0).round(3), flush=True)
        write(DAYS, pd.concat(rows), model=name)


ALL = {
    "forests": forests,
    "detectors": detectors,
    "hours": hours,
    "days": days,
}
"""Name on the command line -> what it makes."""


if __name__ == "__main__":
    sys.exit(runtime.run_stages(ALL, sys.argv[1:], seed=42))
