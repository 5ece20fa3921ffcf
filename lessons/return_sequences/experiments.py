"""The trainings that lesson 04 speaks of and does not wait for.

``python -m lessons.return_sequences.experiments`` trains the two networks
of the lesson, with a head at the last hour and with one at every hour, for
60 epochs and eight seeds each (two minutes on two cores), and writes
``runs.csv`` beside this file: one row per network, epoch asked for, and
hour.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import vega_datasets

from utils import runtime

RESULTS = Path(__file__).with_name("runs.csv")

EPOCHS = (12, 60)
"""When the networks are tried on the test half."""

SEEDS = (42, 0, 1, 2, 3, 4, 5, 6)
"""The lesson's four, and four more."""

COLUMNS = ("head", "seed", "epochs", "hour", "loss", "accuracy")


def load() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the windows of the lesson, halved as there.

    Returns:
        Readings to learn from, (samples, 12, 1), in units of 5 °F; whether
        it is warmer six hours after each of them, (samples, 12); the same
        two for the test.
    """
    hours = vega_datasets.data.seattle_temps()["temp"].to_numpy("float32")
    windows = np.lib.stride_tricks.sliding_window_view(hours, 18)[::2]
    readings = (windows[:, :12] - windows[:, :1])[..., np.newaxis] / 5
    warmer = windows[:, 6:] > windows[:, :12]
    half = len(readings) // 2
    return (
        readings[:half],
        warmer[:half],
        readings[half + 8 :],
        warmer[half + 8 :],
    )


def network(seed: int, *, every: bool) -> Any:
    """Return the network of the lesson, with a head at every hour or one."""
    import keras
    from keras import layers

    runtime.set_seed(seed)
    model = keras.Sequential([keras.Input((12, 1))])
    model.add(layers.SimpleRNN(8, return_sequences=every))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


def train(seed: int, *, every: bool) -> list[dict[str, Any]]:
    """Train one network, and try it whenever ``EPOCHS`` says so."""
    x_train, y_train, x_test, y_test = load()
    asked = slice(0, 12) if every else slice(11, 12)
    targets = y_train[:, asked]
    targets = targets[..., np.newaxis] if every else targets
    model = network(seed, every=every)
    rows, done = [], 0
    for epochs in EPOCHS:
        history = model.fit(
            x_train, targets, batch_size=128, epochs=epochs - done, verbose=0
        ).history
        done = epochs
        answers = model.predict(x_test, verbose=0).reshape(len(x_test), -1)
        right = ((answers > 0.5) == y_test[:, asked]).mean(axis=0)
        rows += [
            {
                "head": "every" if every else "last",
                "seed": seed,
                "epochs": epochs,
                "hour": hour + 1,
                "loss": round(history["loss"][-1], 4),
                "accuracy": round(float(value), 4),
            }
            for hour, value in zip(range(12)[asked], right, strict=True)
        ]
    return rows


def main() -> None:
    """Train and write the results."""
    runtime.start(42)
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for every in (False, True):
            for seed in SEEDS:
                rows = train(seed, every=every)
                print(rows[-1], flush=True)
                writer.writerows(rows)


if __name__ == "__main__":
    main()
