"""The adding problem: two marked numbers, far apart, and their sum.

Hochreiter & Schmidhuber (1997), "Long short-term memory", section 5.4, in
the form that later papers use (Le, Jaitly & Hinton 2015; Arjovsky, Shah &
Bengio 2016): values from 0 to 1, one marker in each half.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from utils import training
from utils.errors import check_integer

BATCH_SIZE = 64
"""Samples a step, the same for every network that is compared."""

STEPS_A_ROUND = 100
"""Steps between two points of a learning curve."""


def load(
    samples: int, timesteps: int = 50, *, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Draw samples nobody has seen: a new seed gives new ones.

    Args:
        samples: How many, at least 1.
        timesteps: Length T of a sequence, at least 2; the first half has
            T // 2 steps.
        seed: Seed of the generator, from 0.

    Returns:
        Inputs (samples, timesteps, 2), at each step a value from U[0, 1)
        and a marker, 1 at one step of each half and 0 elsewhere; and
        targets (samples, 1), the sum of the two marked values. Both
        float32.

    Raises:
        TypeError, ValueError: A number is not what is described above.
    """
    samples = check_integer("samples", samples, minimum=1)
    timesteps = check_integer("timesteps", timesteps, minimum=2)
    rng = np.random.default_rng(check_integer("seed", seed, minimum=0))
    half, rows = timesteps // 2, np.arange(samples)
    values = rng.random((samples, timesteps), dtype=np.float32)
    markers = np.zeros_like(values)
    markers[rows, rng.integers(0, half, samples)] = 1
    markers[rows, rng.integers(half, timesteps, samples)] = 1
    targets = (values * markers).sum(axis=1, keepdims=True)
    return np.stack([values, markers], axis=-1), targets


def first_fifth(
    samples: int, timesteps: int, *, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw the adding problem with both markers in the first fifth.

    Args:
        samples: How many.
        timesteps: Length of a sequence.
        seed: Of the samples.

    Returns:
        Inputs and targets, as ``load`` returns them.
    """
    marked = timesteps // 5
    x, y = load(samples, marked, seed=seed)
    rest, _ = load(samples, timesteps - marked, seed=seed + 10**6)
    rest[..., 1] = 0
    return np.concatenate([x, rest], axis=1), y


def baseline() -> float:
    """Return the mean squared error of always answering 1.

    The target is a sum of two independent numbers from U[0, 1]. Its mean
    is 1, so the error of that answer is its variance: 2 * 1/12 = 1/6.
    """
    return 1 / 6


def train(
    model: Any, rounds: int, *, timesteps: int = 50, seed: int = 0
) -> np.ndarray:
    """Train on samples each of which is seen once.

    So the training error is also the error on data never seen. Call it
    for two models with the same ``seed`` and both see the same samples.

    Args:
        model: A compiled ``keras.Model`` whose loss is the mean squared
            error.
        rounds: How often 100 steps of 64 new samples are run.
        timesteps: Length of a sequence.
        seed: Seed of the samples, from 0.

    Returns:
        The mean squared error of each round, (rounds,).

    Raises:
        TypeError, ValueError: A number is out of range, or the model is
            not compiled.
    """
    rounds = check_integer("rounds", rounds, minimum=1)
    seed = check_integer("seed", seed, minimum=0)
    errors = []
    for place in range(rounds):
        x, y = load(
            STEPS_A_ROUND * BATCH_SIZE, timesteps, seed=1000 * seed + place
        )
        history = training.fit(
            model, x, y, epochs=1, batch_size=BATCH_SIZE, quiet=True
        )
        errors += history.curves["loss"]
    return np.array(errors)
