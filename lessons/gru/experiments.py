"""The trainings of lesson 08 on tasks of memory.

``python -m lessons.gru.experiments`` trains GRUs and their relatives on the
adding problem, with everything as in lesson 07, and on a task for the reset
gate; it writes ``memory.csv`` beside this file, one row per training. It
takes some fifteen minutes on two cores. Rows that are in the file are kept;
delete it to begin anew.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from lessons.gru.variants import gated, open_reset
from utils import runtime, training
from utils.tasks import adding

RESULTS = Path(__file__).with_name("memory.csv")

SEEDS, RATES, ROUNDS = range(3), (0.003, 0.01), 10
"""Those of lesson 07."""

MARKED = 0.1
"""Share of the steps at which a sum begins anew."""


def since_mark(
    samples: int, timesteps: int, *, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw sums that begin anew at every marker.

    Args:
        samples: How many.
        timesteps: Length of a sequence.
        seed: Of the samples.

    Returns:
        Inputs (samples, timesteps, 2), at each step a value from
        U[-0.5, 0.5) and a marker, 1 at the first step and at one in ten of
        the others; and targets (samples, 1), the sum of the values from
        the last marker on, its own included. Both float32.
    """
    rng = np.random.default_rng(seed)
    values = rng.random((samples, timesteps), dtype=np.float32) - 0.5
    markers = (rng.random(values.shape) < MARKED).astype(np.float32)
    markers[:, 0] = 1
    later = np.cumsum(markers[:, ::-1], axis=1)[:, ::-1] - markers
    targets = (values * (later == 0)).sum(axis=1, keepdims=True)
    return np.stack([values, markers], axis=-1), targets


TASKS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "adding": (adding.load, 100, 32),
    "long lags": (adding.first_fifth, 100, 32),
    "since the mark": (since_mark, 50, 32),
}
"""Task -> what draws it, its steps, the units of the layer."""

KINDS = {
    "adding": (
        *("GRU, r = 1", "GRU, z spread", "GRU, two gates for z"),
        "GRU, two gates for z, clipped",
        *("LSTM, forget bias 0", "LSTM, one gate for f and i"),
    ),
    "long lags": ("GRU, z spread",),
    "since the mark": ("GRU", "GRU, r = 1"),
}
"""Task -> the layers; the others on the first two tasks are lesson 07's."""


def layer(kind: str, units: int) -> Any:
    """Return the recurrent layer of one kind."""
    from keras import layers

    if "gates for z" in kind or "gate for f" in kind:
        return gated(kind, units)
    name = kind.split(",", maxsplit=1)[0]
    options: dict[str, Any] = {}
    if kind == "LSTM, forget bias 0":
        options["unit_forget_bias"] = False
    return getattr(layers, name)(units, **options)


def network(kind: str, task: str) -> Any:
    """Return the compiled network: one recurrent layer and a sum."""
    import keras

    _, timesteps, units = TASKS[task]
    stack = [keras.Input((timesteps, 2)), layer(kind, units)]
    model = keras.Sequential([*stack, keras.layers.Dense(1)])
    optimizer = keras.optimizers.Adam(RATES[0], global_clipnorm=1.0)
    model.compile(optimizer, loss="mse")
    return model


def start(model: Any, kind: str, seed: int) -> None:
    """Give a network the weights of a seed and what its kind sets by hand.

    Spread update biases follow Tallec & Ollivier (2018), as in lesson 07:
    ln s for a lag s drawn evenly from 1 to the length minus 1.
    """
    training.reinitialise(model, seed)
    first = model.layers[0]
    if kind == "GRU, r = 1":
        open_reset(first)
    if kind == "GRU, z spread":
        kernel, recurrent, bias = first.get_weights()
        longest, units = model.input_shape[1] - 1, len(recurrent)
        lags = np.random.default_rng(seed).uniform(1, longest, units)
        bias[0, :units] = np.log(lags)
        first.set_weights([kernel, recurrent, bias])


def train(model: Any, task: str, seed: int) -> list[float]:
    """Return the error of each round of 100 batches of new samples."""
    draw, timesteps, _ = TASKS[task]
    samples, errors = adding.STEPS_A_ROUND * adding.BATCH_SIZE, []
    for place in range(ROUNDS):
        x, y = draw(samples, timesteps, seed=1000 * seed + place)
        fitted = training.fit(
            model, x, y, epochs=1, batch_size=adding.BATCH_SIZE, quiet=True
        )
        errors += fitted.curves["loss"]
    return errors


BATCHES = tuple(
    str(adding.STEPS_A_ROUND * (place + 1)) for place in range(ROUNDS)
)
"""Columns of the error, by the batches seen."""

COLUMNS = ("task", "kind", "rate", "seed", *BATCHES)


def main() -> None:
    """Train what is not in the file yet."""
    runtime.start(42)
    done = []
    if RESULTS.exists():
        with RESULTS.open(newline="", encoding="utf-8") as file:
            done = [tuple(row)[:4] for row in csv.reader(file)]
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not done:
            writer.writerow(COLUMNS)
        for task, kinds in KINDS.items():
            for kind in kinds:
                model = None
                for rate in RATES:
                    for seed in SEEDS:
                        key = task, kind, str(rate), str(seed)
                        if key in done:
                            continue
                        model = model or network(kind, task)
                        start(model, kind, seed)
                        model.optimizer.learning_rate = rate
                        errors = train(model, task, seed)
                        writer.writerow(
                            [*key, *(round(error, 5) for error in errors)]
                        )
                        file.flush()
                        print(*key, errors[-1], flush=True)


if __name__ == "__main__":
    main()
