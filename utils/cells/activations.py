"""The squashing functions of the cells and their slopes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Activation(NamedTuple):
    """A function and its slope, both element by element.

    Attributes:
        apply: From the weighted sum to the output y.
        slope: From y, not from the sum, to the derivative there.
    """

    apply: Callable[[np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]


ACTIVATIONS = {
    "tanh": Activation(np.tanh, lambda y: 1 - y**2),
    "relu": Activation(
        lambda a: np.maximum(a, 0), lambda y: (y > 0).astype(y.dtype)
    ),
    "linear": Activation(lambda a: a, np.ones_like),
}
"""What SimpleRNN can use, by the name Keras gives it."""


def sigmoid(a: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e^(-a)), written so that no a overflows."""
    return np.exp(-np.logaddexp(0, -a))
