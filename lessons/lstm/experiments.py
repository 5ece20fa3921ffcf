"""The trainings that lesson 07 speaks of and does not wait for.

``python -m lessons.lstm.experiments`` trains on the adding problem, 100
steps long, and writes ``runs.csv`` beside this file: one row per training.
It takes some ten minutes on two cores. Rows that are in the file are kept,
so a run that was stopped can be taken up again; delete the file to begin
anew.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from utils import cells, runtime, training
from utils.tasks import adding

RESULTS = Path(__file__).with_name("runs.csv")

TIMESTEPS, UNITS, ROUNDS = 100, 32, 10

SEEDS = range(3)

RATES = (0.003, 0.01)
"""Adam's learning rate."""


@dataclass(frozen=True)
class Start:
    """A layer and what is set by hand before its training.

    Attributes:
        cell: "LSTM", "GRU" or "SimpleRNN".
        forget: Forget bias of an LSTM: "1" as Keras starts it, "spread"
            over the lags, or another number.
        input: Input bias of an LSTM: "0" as Keras starts it, or "spread".
        candidate: What the weights of the candidate are multiplied by.
    """

    cell: str = "LSTM"
    forget: str = "1"
    input: str = "0"
    candidate: float = 1.0


GRU = Start("GRU", "", "")

TWO_BY_TWO = [
    Start(forget=f, input=i)
    for f, i in product(("1", "spread"), ("0", "spread"))
]

STARTS = (
    *TWO_BY_TWO,
    Start(forget="4.6"),
    Start(candidate=0.03),
    Start(forget="spread", candidate=0.03),
    GRU,
    Start("SimpleRNN", "", ""),
)

LONG_ONLY = (Start(forget="spread", input="spread"), GRU)
"""What is trained on the task without short lags as well."""


TASKS: dict[str, Callable[..., tuple[np.ndarray, np.ndarray]]] = {
    "both halves": adding.load,
    "first fifth": adding.first_fifth,
}
"""Where the markers stand -> what draws the samples."""


def set_start(
    weights: list[np.ndarray], start: Start, seed: int
) -> list[np.ndarray]:
    """Return the weights of an LSTM with its start set by hand.

    Spread biases follow Tallec & Ollivier (2018), "Can recurrent neural
    networks warp time?": ln s for the forget gate and -ln s for the input
    gate, where s is a lag drawn evenly from 1 to the length minus 1.

    Args:
        weights: Kernel, recurrent kernel and bias; columns i, f, g, o.
        start: What to set.
        seed: Of the lags.
    """
    kernel, recurrent, bias = (array.copy() for array in weights)
    units = len(bias) // 4
    lags = np.random.default_rng(seed).uniform(1, TIMESTEPS - 1, units)
    bias[units : 2 * units] = (
        np.log(lags) if start.forget == "spread" else float(start.forget)
    )
    bias[:units] = -np.log(lags) if start.input == "spread" else 0
    for array in (kernel, recurrent):
        array[:, 2 * units : 3 * units] *= start.candidate
    return [kernel, recurrent, bias]


def network(cell: str, rate: float) -> Any:
    """Return the network of the lesson with one kind of layer."""
    import keras
    from keras import layers

    stack = [keras.Input((TIMESTEPS, 2)), getattr(layers, cell)(UNITS)]
    model = keras.Sequential([*stack, layers.Dense(1)])
    optimizer = keras.optimizers.Adam(rate, global_clipnorm=1.0)
    model.compile(optimizer, loss="mse")
    return model


def measure(cell: str, weights: list[np.ndarray]) -> dict[str, float]:
    """Return what the lesson says of a network's weights.

    Args:
        cell: "LSTM", "GRU" or "SimpleRNN".
        weights: Of the layer, then of the output layer.

    Returns:
        ``share``, the norm of the gradient at the first step divided by
        that at the last, with respect to the cell state where there is one
        (geometric mean over 64 sequences); ``size``, the median of |c| (or
        |h|) after the last step.
    """
    x, _ = adding.load(64, timesteps=TIMESTEPS, seed=2)
    x = x.astype(float)
    *layer, head, _ = weights
    d_output = np.zeros((*x.shape[:2], UNITS))
    d_output[:, -1] = head[:, 0]
    if cell == "LSTM":
        norms = cells.lstm_backward(x, *layer, d_output).cell_state_norm
        state = cells.lstm(x, *layer).c
    elif cell == "GRU":
        norms = cells.gru_backward(x, *layer, d_output).hidden_state_norm
        state = cells.gru(x, *layer).h
    else:
        back = cells.simple_rnn_backward(x, *layer, d_output)
        norms, state = back.hidden_state_norm, cells.simple_rnn(x, *layer)
    logs = np.log(norms).mean(axis=0)
    return {
        "share": float(np.exp(logs[0] - logs[-1])),
        "size": float(np.median(np.abs(state[:, -1]))),
    }


def train(model: Any, task: str, seed: int) -> list[float]:
    """Return the error of each round of 100 batches of new samples."""
    errors: list[float] = []
    samples = adding.STEPS_A_ROUND * adding.BATCH_SIZE
    for place in range(ROUNDS):
        x, y = TASKS[task](samples, TIMESTEPS, seed=1000 * seed + place)
        fitted = training.fit(
            model, x, y, epochs=1, batch_size=adding.BATCH_SIZE, quiet=True
        )
        errors += fitted.curves["loss"]
    return errors


Run = tuple[int, str, Start, float]
"""Seed, task, start and learning rate of one training."""


def runs() -> list[Run]:
    """Return all trainings, those of the first seed first."""
    found: list[Run] = []
    for seed in SEEDS:
        for rate in RATES:
            found += [(seed, "both halves", s, rate) for s in STARTS]
            found += [(seed, "first fifth", s, rate) for s in LONG_ONLY]
    return found


def key(run: Run) -> dict[str, str]:
    """Return the columns by which a training is known."""
    seed, task, start, rate = run
    fields = {**asdict(start), "task": task, "rate": rate, "seed": seed}
    return {name: str(value) for name, value in fields.items()}


BATCHES = tuple(
    str(adding.STEPS_A_ROUND * (place + 1)) for place in range(ROUNDS)
)
"""Columns of the error, by the batches seen."""

COLUMNS = (
    *("cell", "forget", "input", "candidate", "task", "rate", "seed"),
    *("share_before", "share_after", "size_before", "size_after"),
    *BATCHES,
)


def one(model: Any, run: Run) -> dict[str, Any]:
    """Train one network and return its row."""
    seed, task, start, _ = run
    training.reinitialise(model, seed)
    if start.cell == "LSTM":
        layer = model.layers[0]
        layer.set_weights(set_start(layer.get_weights(), start, seed))
    before = measure(start.cell, model.get_weights())
    errors = train(model, task, seed)
    after = measure(start.cell, model.get_weights())
    row: dict[str, Any] = dict(key(run))
    for moment, measured in (("before", before), ("after", after)):
        for name, value in measured.items():
            row[f"{name}_{moment}"] = f"{value:.2e}"
    errors = [round(error, 4) for error in errors]
    return {**row, **dict(zip(BATCHES, errors, strict=True))}


def main() -> None:
    """Train what is not in the file yet."""
    runtime.start(42)
    done = []
    if RESULTS.exists():
        with RESULTS.open(newline="", encoding="utf-8") as file:
            done = [
                {name: row[name] for name in COLUMNS[:7]}
                for row in csv.DictReader(file)
            ]
    models: dict[tuple[str, float], Any] = {}
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if not done:
            writer.writeheader()
        for run in runs():
            if key(run) in done:
                continue
            kind = run[2].cell, run[3]
            if kind not in models:
                models[kind] = network(*kind)
            writer.writerow(one(models[kind], run))
            file.flush()
            print(*key(run).values(), flush=True)


if __name__ == "__main__":
    main()
