"""An LSTM whose forget gate is one minus its input gate, for an exercise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def coupled(
    x: np.ndarray,
    W: np.ndarray,
    U: np.ndarray,
    b: np.ndarray,
    *,
    kept: Callable[[np.ndarray], Any] = lambda i: 1 - i,
    blocks: tuple[int, ...] = (0, 1, 2),
    carried: bool = True,
    gated: bool = True,
    gives: int = 1,
) -> np.ndarray:
    """Run an LSTM whose forget gate is 1 - i, right or with a mistake.

    Greff and others (2017), "LSTM: a search space odyssey", call it the
    coupled input and forget gate.

    Args:
        x: Inputs, (batch, timesteps, features).
        W: Kernel, (features, 3*units); blocks i, g, o.
        U: Recurrent kernel, (units, 3*units), the same order.
        b: Bias, (3*units,), the same order.
        kept: The forget gate, out of the input gate.
        blocks: Where i, g and o are found.
        carried: Hand h on to the next step.
        gated: Apply the output gate.
        gives: 0 for h, 1 for c.

    Returns:
        h or c after every step, (batch, timesteps, units).
    """
    h = c = np.zeros((len(x), U.shape[0]))
    states = []
    for t in range(x.shape[1]):
        parts = np.split(x[:, t] @ W + h @ U + b, 3, axis=1)
        i, g, o = (parts[block] for block in blocks)
        i, g, o = 1 / (1 + np.exp(-i)), np.tanh(g), 1 / (1 + np.exp(-o))
        c = kept(i) * c + i * g
        shown = (o if gated else 1) * np.tanh(c)
        h = shown if carried else h
        states.append((shown, c)[gives])
    return np.stack(states, axis=1)
