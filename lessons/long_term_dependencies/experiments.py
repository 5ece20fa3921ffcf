"""The trainings that lesson 06 speaks of and does not wait for.

``python -m lessons.long_term_dependencies.experiments`` trains twenty
networks on the adding problem (ten minutes on two cores): a SimpleRNN with
tanh on two lengths; on the longer also with ReLU, and both activations with
recurrent weights that start as the identity; each with four seeds. Beside
this file it writes ``runs.csv``, two rows per training, before and after, and
``curves.csv``, the error of every round.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from utils import cells, runtime
from utils.tasks import adding

RESULTS = Path(__file__).with_name("runs.csv")

CURVES = Path(__file__).with_name("curves.csv")

TASKS = (
    ("tanh", "orthogonal", 50),
    ("tanh", "orthogonal", 100),
    ("tanh", "identity", 100),
    ("relu", "orthogonal", 100),
    ("relu", "identity", 100),
)
"""Activation, start of the recurrent weights, and time steps."""

ROUNDS = 20
"""Of 100 batches each, the same for every network."""

SEEDS = range(4)

COLUMNS = (
    "activation",
    "start",
    "timesteps",
    "batches",
    "seed",
    "error",
    "trained",
    "marked",
    "slope",
    "sigma",
    "radius",
    "tanh_slope",
    "flat",
)


def network(
    seed: int,
    timesteps: int,
    activation: str = "tanh",
    start: str = "orthogonal",
) -> Any:
    """Return the network of the lesson, with the weights of a seed.

    Args:
        seed: Of the weights.
        timesteps: Length of the sequences.
        activation: "tanh" or "relu".
        start: Initialiser of the recurrent weights: "orthogonal", that of
            Keras, or "identity" (Le, Jaitly & Hinton 2015, with relu).
    """
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    recurrent = layers.SimpleRNN(32, activation, recurrent_initializer=start)
    stack = [keras.Input((timesteps, 2)), recurrent]
    model = keras.Sequential([*stack, layers.Dense(1)])
    optimizer = keras.optimizers.Adam(3e-3, global_clipnorm=1.0)
    model.compile(optimizer, loss="mse")
    return model


def measure(
    weights: list[np.ndarray], timesteps: int, activation: str = "tanh"
) -> dict[str, float]:
    """Return what the lesson says of the weights of a network.

    Args:
        weights: Of the network, the recurrent layer's first.
        timesteps: Length of the sequences to measure it on.
        activation: "tanh" or "relu".

    Returns:
        ``marked``, the gradient's norm at the step of the first marked
        value, divided by that at the last step, the median of 64 sequences;
        ``sigma`` and ``radius``, the
        largest singular value and the largest size of an eigenvalue of the
        recurrent weights. With tanh also ``slope``, of log10 of the norm
        against the lag; ``tanh_slope``, the mean of 1 - h²; ``flat``, the
        share of |h| above 0.9. (With relu a norm can be exactly 0.)
    """
    # In float32 the square of a small gradient would be 0.
    weights = [np.asarray(array, dtype=float) for array in weights]
    x, _ = adding.load(64, timesteps=timesteps, seed=2)
    d_output = np.zeros((*x.shape[:2], 32))
    d_output[:, -1] = weights[3][:, 0]
    back = cells.simple_rnn_backward(
        x, *weights[:3], d_output, activation=activation
    )
    norms = back.hidden_state_norm[:, ::-1]
    lags = timesteps - 1 - x[:, :, 1].argmax(axis=1)
    marked = norms[np.arange(len(x)), lags]
    recurrent = weights[1]
    measured = {
        "marked": np.median(marked / norms[:, 0]),
        "sigma": np.linalg.svd(recurrent, compute_uv=False)[0],
        "radius": np.abs(np.linalg.eigvals(recurrent)).max(),
    }
    if activation == "tanh":
        h = cells.simple_rnn(x, *weights[:3])
        line = np.log10(norms).mean(axis=0)
        measured |= {
            "slope": np.polyfit(np.arange(timesteps), line, 1)[0],
            "tanh_slope": (1 - h**2).mean(),
            "flat": (np.abs(h) > 0.9).mean(),
        }
    return measured


def train(
    activation: str, start: str, timesteps: int, seed: int
) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Return the rows before and after a training, and its errors."""
    model = network(seed, timesteps, activation, start)
    first = model.get_weights()
    errors = adding.train(model, ROUNDS, timesteps=timesteps, seed=seed)
    rows = []
    for trained, weights in enumerate((first, model.get_weights())):
        row = {
            "activation": activation,
            "start": start,
            "timesteps": timesteps,
            "batches": ROUNDS * adding.STEPS_A_ROUND,
            "seed": seed,
            "trained": trained,
        }
        rows.append(row | measure(weights, timesteps, activation))
    rows[1]["error"] = errors[-1]
    return rows, errors


def main() -> None:
    """Train and write the results."""
    runtime.start(42)
    rows, curves = [], []
    for activation, start, timesteps in TASKS:
        for seed in SEEDS:
            two, errors = train(activation, start, timesteps, seed)
            rows += two
            print(two[1], flush=True)
            curves += [
                {
                    "activation": activation,
                    "start": start,
                    "timesteps": timesteps,
                    "seed": seed,
                    "batches": place * adding.STEPS_A_ROUND,
                    "error": error,
                }
                for place, error in enumerate(errors, start=1)
            ]
    write(rows, curves)


def write(rows: list[dict[str, Any]], curves: list[dict[str, Any]]) -> None:
    """Write the results, rounded; the share keeps two digits of any size."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["marked"] = [float(f"{share:.1e}") for share in table["marked"]]
    digits = dict.fromkeys(("error", *COLUMNS[-5:]), 4)
    table.round(digits).to_csv(RESULTS, index=False, lineterminator="\n")
    pd.DataFrame(curves).round(4).to_csv(
        CURVES, index=False, lineterminator="\n"
    )


if __name__ == "__main__":
    main()
