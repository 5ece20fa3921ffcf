"""Weights as Keras draws them before any training."""

from __future__ import annotations

import numpy as np


def glorot_uniform(
    rng: np.random.Generator, rows: int, columns: int
) -> np.ndarray:
    """Return a kernel, (rows, columns), as Keras starts it.

    Uniform between ±sqrt(6 / (rows + columns)), Glorot & Bengio (2010),
    "Understanding the difficulty of training deep feedforward neural
    networks".
    """
    limit = np.sqrt(6 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns))


def orthogonal(
    rng: np.random.Generator, rows: int, columns: int
) -> np.ndarray:
    """Return orthonormal rows, as Keras starts recurrent weights.

    Args:
        rng: Draws the numbers.
        rows: At most ``columns``.
        columns: Of the result, (rows, columns).
    """
    q, _ = np.linalg.qr(rng.normal(size=(columns, rows)))
    return q.T
