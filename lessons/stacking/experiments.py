"""The trainings behind the second half of lesson 05, and their results.

``python -m lessons.stacking.experiments`` trains them all, ten seeds each
(about twenty minutes on two cores that are free), and writes beside this file
``signs.csv``, the mean loss of the fourth epoch; ``longer.csv``, one layer
trained for twice as many epochs; ``temperature.csv``, the accuracy on the test
part; and ``steps.csv``, how long a training step takes. With a name
(``signs``, ``longer``, ``temperature``, ``steps``) it makes that file alone.
"""

from __future__ import annotations

import argparse
import csv
import time
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from utils import runtime, training

FOLDER = Path(__file__).parent
SIGNS, LONGER, TEMPERATURE, STEPS = (
    FOLDER / f"{name}.csv"
    for name in ("signs", "longer", "temperature", "steps")
)

TIMESTEPS, SAMPLES, EPOCHS, SEEDS = 12, 12_800, 4, 10

NETWORKS: dict[str, tuple[tuple[str, int], ...]] = {
    "one layer": (("recurrent", 36),),
    "two layers": (("recurrent", 21), ("recurrent", 21)),
    "one + tanh Dense": (("recurrent", 28), ("tanh", 19)),
    "one + linear Dense": (("recurrent", 28), ("linear", 19)),
    "one layer, 28": (("recurrent", 28),),
    "one layer, 42": (("recurrent", 42),),
    "tanh Dense + one": (("tanh", 19), ("recurrent", 28)),
    "linear Dense + one": (("linear", 19), ("recurrent", 28)),
}
"""Name -> its layers from below: recurrent, or a Dense with that activation;
and their units. All but the two with a number in their name have about as
many parameters."""

RATES = (0.0025, 0.005, 0.01, 0.02)

TRAININGS = (
    *((5, rate, name) for name in NETWORKS for rate in RATES),
    *((n, 0.005, name) for n in (2, 3, 4) for name in list(NETWORKS)[:4]),
)
"""Signs in a product, learning rate, network."""


def products(
    samples: int, signs: int = 5, *, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Draw rows of twelve signs and say where a product is positive.

    Args:
        samples: How many rows.
        signs: How many signs, up to the step itself, are multiplied.
        seed: Seed of the signs.

    Returns:
        The signs, +1 or -1, and for each step 1 where the product of the
        last ``signs`` of them is positive and 0 where not (1 before so many
        have been read); both (samples, 12, 1), float32.
    """
    rng = np.random.default_rng(seed)
    drawn = rng.choice([-1.0, 1.0], size=(samples, TIMESTEPS))
    last = np.lib.stride_tricks.sliding_window_view(drawn, signs, axis=1)
    positive = np.ones_like(drawn)
    positive[:, signs - 1 :] = last.prod(axis=-1) > 0
    return tuple(
        array[..., None].astype("float32") for array in (drawn, positive)
    )


def network(name: str, rate: float) -> Any:
    """Return a compiled network that answers at every step.

    Args:
        name: A key of ``NETWORKS``.
        rate: Learning rate of Adam.
    """
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input((TIMESTEPS, 1))])
    for kind, units in NETWORKS[name]:
        if kind == "recurrent":
            model.add(layers.SimpleRNN(units, return_sequences=True))
        else:
            model.add(layers.Dense(units, kind))
    model.add(layers.Dense(1, activation="sigmoid"))
    adam = keras.optimizers.Adam(rate, clipnorm=1.0)
    model.compile(adam, "binary_crossentropy")
    return model


def hours() -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Return windows of hourly changes, to train on and to test on.

    Returns:
        Twice ``(x, y)``, each (windows, 12, 1): the changes of twelve hours
        in units of their standard deviation in the training part, and
        whether it gets warmer in the hour after each. The test part begins
        on 25 September; windows that overlap both parts are left out.
    """
    import vega_datasets

    temperature = vega_datasets.data.seattle_temps()["temp"].to_numpy()
    change = np.diff(temperature).astype("float32")
    hour = np.arange(TIMESTEPS) + np.arange(len(change) - TIMESTEPS)[:, None]
    x = (change[hour] / change[:6_411].std())[..., None]
    y = (change[hour + 1] > 0)[..., None].astype("float32")
    return (x[:6_400], y[:6_400]), (x[6_412:], y[6_412:])


def accuracy(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    """Return the share of right answers at the last hour."""
    answers = training.predict(model, x)[:, -1] > 0.5
    return float((answers == (y[:, -1, 0] > 0.5)).mean())


def train(
    model: Any, x: Any, y: Any, *, seed: int, epochs: int
) -> list[float]:
    """Train from the initial weights of a seed; return the losses."""
    training.reinitialise(model, seed)
    history = training.fit(
        model, x, y, epochs=epochs, batch_size=256, quiet=True
    )
    return history.curves["loss"]


def train_on_signs() -> list[tuple[int, float, str, int, float]]:
    """Train every network in every setting on products, seed by seed."""
    rows = []
    for signs, rate, name in TRAININGS:
        x, y = products(SAMPLES, signs)
        model = network(name, rate)
        for seed in range(SEEDS):
            losses = train(model, x, y, seed=seed, epochs=EPOCHS)
            rows.append((signs, rate, name, seed, round(losses[-1], 4)))
        print(signs, rate, name, flush=True)
    return rows


def train_longer() -> list[tuple[float, int, int, float]]:
    """Train one layer for twice as many epochs, on products of five."""
    x, y = products(SAMPLES)
    rows = []
    for rate in RATES:
        model = network("one layer", rate)
        for seed in range(SEEDS):
            losses = train(model, x, y, seed=seed, epochs=2 * EPOCHS)
            for epoch, loss in enumerate(losses, 1):
                rows.append((rate, seed, epoch, round(loss, 4)))
        print("longer", rate, flush=True)
    return rows


def train_on_hours() -> list[tuple[str, int, float]]:
    """Train one layer and two on the temperatures, seed by seed."""
    rows = []
    known, test = hours()
    for name in list(NETWORKS)[:2]:
        model = network(name, 0.005)
        for seed in range(SEEDS):
            train(model, *known, seed=seed, epochs=5)
            rows.append((name, seed, round(accuracy(model, *test), 3)))
        print("temperature", name, flush=True)
    return rows


def time_steps() -> list[tuple[int, int, float]]:
    """Time a training step of one to three layers on one to three lengths.

    Every layer has 36 units, every batch 256 rows. Keras compiles the step
    as it does by itself, without XLA on a CPU. What else runs on the machine
    can only add, so the fastest of many steps counts, and the stacks take
    turns.

    Returns:
        Layers, time steps, milliseconds.
    """
    import keras
    from keras import layers

    fastest, stacks = {}, {}
    for depth, steps in product((1, 2, 3), (12, 24, 36)):
        model = keras.Sequential([keras.Input((steps, 1))])
        for _ in range(depth):
            model.add(layers.SimpleRNN(36, return_sequences=True))
        model.add(layers.Dense(1, activation="sigmoid"))
        model.compile("adam", "binary_crossentropy")
        batch = np.ones((256, steps, 1), "float32")
        model.train_on_batch(batch, batch)
        stacks[depth, steps], fastest[depth, steps] = (model, batch), np.inf
    for _ in range(20):
        for key, (model, batch) in stacks.items():
            for _ in range(5):
                start = time.perf_counter()
                model.train_on_batch(batch, batch)
                spent = time.perf_counter() - start
                fastest[key] = min(fastest[key], 1000 * spent)
    return [(*key, round(spent, 2)) for key, spent in fastest.items()]


FILES = {
    "signs": (
        SIGNS,
        ("signs", "rate", "network", "seed", "loss"),
        train_on_signs,
    ),
    "longer": (
        LONGER,
        ("rate", "seed", "epoch", "loss"),
        train_longer,
    ),
    "temperature": (
        TEMPERATURE,
        ("network", "seed", "accuracy"),
        train_on_hours,
    ),
    "steps": (STEPS, ("layers", "timesteps", "milliseconds"), time_steps),
}
"""Name -> where the results go, their columns, what makes them."""


def main() -> None:
    """Train and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help=f"of {', '.join(FILES)}")
    chosen = parser.parse_args().files or list(FILES)
    if unknown := {*chosen} - {*FILES}:
        parser.error(f"files takes {', '.join(FILES)}; got {min(unknown)}")
    runtime.start(42)
    for name in chosen:
        path, columns, rows = FILES[name]
        results = [columns, *rows()]
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(results)


if __name__ == "__main__":
    main()
