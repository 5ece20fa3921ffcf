"""What back-propagation through time returns, and what its loops share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.cells.layer_arrays import (
    LayerArrays,
    as_numbers,
    check_shape,
    hide_before_first,
)


@dataclass(frozen=True, eq=False)
class Gradients:
    """The derivatives of a loss L; each has the shape of its variable.

    Attributes:
        x: dL/dx, (batch, timesteps, features).
        kernel: dL/dkernel, summed over batch and steps.
        recurrent_kernel: dL/drecurrent_kernel, summed over batch and steps.
        bias: dL/dbias, summed over batch and steps; None without a bias.
        initial_state: dL/dh_0, (batch, units).
        hidden_state: The total dL/dh_t, (batch, timesteps, units): what
            step t adds to the loss by itself and through all later steps.
    """

    x: np.ndarray
    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray | None
    initial_state: np.ndarray
    hidden_state: np.ndarray

    @property
    def hidden_state_norm(self) -> np.ndarray:
        """‖dL/dh_t‖, Euclidean over the units: (batch, timesteps)."""
        return np.linalg.norm(self.hidden_state, axis=-1)


@dataclass(frozen=True, eq=False)
class LSTMGradients(Gradients):
    """Gradients of an LSTM, which hands on a second state.

    Attributes:
        initial_cell_state: dL/dc_0, (batch, units).
        cell_state: The total dL/dc_t, (batch, timesteps, units): through
            h_t of the same step and through all later steps.
    """

    initial_cell_state: np.ndarray
    cell_state: np.ndarray

    @property
    def cell_state_norm(self) -> np.ndarray:
        """‖dL/dc_t‖, Euclidean over the units: (batch, timesteps)."""
        return np.linalg.norm(self.cell_state, axis=-1)


def read_output_gradient(d_h: Any, layer: LayerArrays) -> np.ndarray:
    """Return dL/doutput, time first: (timesteps, batch, units).

    Args:
        d_h: (batch, timesteps, units); zeros but at the last step if the
            loss reads only the last output.
        layer: The layer the gradient belongs to.

    Raises:
        TypeError: ``d_h`` does not hold numbers.
        ValueError: ``d_h`` has not the shape of the output.
    """
    d_h = as_numbers("d_h", d_h)
    check_shape("d_h", d_h, layer.output_shape)
    # An output that is zero whatever the weights passes nothing back.
    d_h = hide_before_first(d_h, layer.mask)
    return d_h.swapaxes(0, 1).astype(layer.x.dtype)


def states_before(states: np.ndarray, initial: np.ndarray) -> np.ndarray:
    """Shift states by one step: entry t is the state that step t reads.

    Args:
        states: (timesteps, batch, units), after each step.
        initial: (batch, units), before the first.
    """
    return np.concatenate([initial[np.newaxis], states[:-1]])


def sum_over_steps(inputs: np.ndarray, d_sum: np.ndarray) -> np.ndarray:
    """Return dL/dW for ``sum = inputs @ W``, the same W at every step.

    A weight used at every step gets a gradient from every step; they add.

    Args:
        inputs: (timesteps, batch, n).
        d_sum: dL/dsum, (timesteps, batch, m).

    Returns:
        (n, m).
    """
    return np.einsum("tbn,tbm->nm", inputs, d_sum, optimize=True)
