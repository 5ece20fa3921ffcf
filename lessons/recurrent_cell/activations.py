"""Lesson 01's task with four activation functions, in activations.csv.

``python -m lessons.recurrent_cell.activations`` repeats the trainings, in a
few minutes on two cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from utils import runtime, training
from utils.tasks import twins

STORED = Path(__file__).with_name("activations.csv")

ACTIVATIONS = (
    "tanh",
    "ReLU",
    "sigmoid",
    "sigmoid, larger weights and bias",
    "sigmoid, larger weights alone",
    "sigmoid, bias alone",
    "linear",
)
RATES = (0.003, 0.01, 0.03, 0.1)
SEEDS = (0, 1, 2, 3, 4)
EPOCHS = 25


def read() -> pd.DataFrame:
    """Return the accuracy for each activation, step size and seed."""
    return pd.read_csv(STORED)


def by_activation() -> dict[str, dict[float, list[float]]]:
    """Return activation -> step size -> the stored accuracy per seed."""
    table = read()
    return {
        activation: {
            rate: table.accuracy[
                (table.activation == activation) & (table.step_size == rate)
            ].tolist()
            for rate in RATES
        }
        for activation in ACTIVATIONS
    }


def reader(activation: str) -> Any:
    """Return lesson 01's recurrent network, compiled."""
    import keras
    from keras import layers

    name = activation.partition(",")[0].lower()
    model = keras.Sequential(
        [
            keras.Input((None, len(twins.VOCABULARY))),
            layers.SimpleRNN(16, activation=name),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    return model


def start_as_tanh(model: Any, *, weights: bool, bias: bool) -> None:
    """Give a sigmoid layer the start with which it does what tanh did.

    tanh(z) = 2 sigmoid(2 z) - 1, so with both changes the states of the two
    layers differ by a factor and a shift only, but for the first step: the
    layer begins from 0 and not from one half.

    Args:
        model: With the weights that a tanh layer starts from.
        weights: Whether W_x is doubled and W_h made four times as large.
        bias: Whether the bias becomes -2 times the sum of W_h.
    """
    kernel, recurrent_kernel, start = model.layers[0].get_weights()
    if bias:
        start = start - 2 * recurrent_kernel.sum(axis=0)
    if weights:
        kernel, recurrent_kernel = 2 * kernel, 4 * recurrent_kernel
    model.layers[0].set_weights([kernel, recurrent_kernel, start])


def run(activations: Sequence[str] = ACTIVATIONS) -> pd.DataFrame:
    """Train each activation with each step size and seed."""
    runtime.start(seed=0)
    rows = []
    for activation in activations:
        model = reader(activation)
        for rate in RATES:
            model.optimizer.learning_rate = rate
            for seed in SEEDS:
                train, y_train, test, y_test, _ = twins.split(seed)
                training.reinitialise(model, seed)
                start_as_tanh(
                    model,
                    weights="larger weights" in activation,
                    bias="bias" in activation,
                )
                training.fit(
                    model,
                    twins.one_hot(train),
                    y_train,
                    epochs=EPOCHS,
                    quiet=True,
                )
                answers = training.predict(model, twins.one_hot(test)).ravel()
                right = float(((answers > 0.5) == y_test).mean())
                rows.append((activation, rate, seed, right))
    names = ["activation", "step_size", "seed", "accuracy"]
    return pd.DataFrame(rows, columns=names).round(4)


if __name__ == "__main__":
    run().to_csv(STORED, index=False, lineterminator="\n")
