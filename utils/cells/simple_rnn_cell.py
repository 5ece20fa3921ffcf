"""The simple recurrent network: one equation in a loop (Elman 1990)."""

from __future__ import annotations

from typing import Any

import numpy as np

from utils.cells.activations import ACTIVATIONS
from utils.cells.gradients import (
    Gradients,
    read_output_gradient,
    states_before,
    sum_over_steps,
)
from utils.cells.layer_arrays import (
    LayerArrays,
    batch_first,
    hide_before_first,
    read_layer,
)
from utils.errors import check_choice


def simple_rnn(
    x: Any,
    kernel: Any,
    recurrent_kernel: Any,
    bias: Any = None,
    *,
    activation: str = "tanh",
    initial_state: Any = None,
    mask: Any = None,
) -> np.ndarray:
    """Run h_t = tanh(x_t W_x + h_{t-1} W_h + b) over every sequence.

    Elman (1990), "Finding structure in time"; as in Keras's
    ``keras/src/layers/rnn/simple_rnn.py``.

    Args:
        x: Inputs, (batch, timesteps, features).
        kernel: W_x, (features, units).
        recurrent_kernel: W_h, (units, units).
        bias: b, (units,), or None for none.
        activation: "tanh", "relu" or "linear".
        initial_state: h_0, (batch, units), or None for zeros.
        mask: Boolean, (batch, timesteps), False at padding, or None.

    Returns:
        h, the hidden state after each step: (batch, timesteps, units).

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: A shape is wrong, or ``activation`` is unknown.
    """
    layer = read_layer(
        x, kernel, recurrent_kernel, bias, [initial_state], mask, gates=1
    )
    return hide_before_first(_hidden_states(layer, activation), layer.mask)


def _hidden_states(layer: LayerArrays, activation: str) -> np.ndarray:
    """Return the state after each step, (batch, timesteps, units)."""
    check_choice("activation", activation, ACTIVATIONS)
    activate = ACTIVATIONS[activation].apply
    W_x, W_h, b = layer.kernel, layer.recurrent_kernel, layer.bias
    (h,) = layer.states
    states = []
    for x_t, counts in zip(layer.x, layer.mask, strict=True):
        h_new = activate(x_t @ W_x + h @ W_h + b)
        h = np.where(counts, h_new, h)
        states.append(h)
    return batch_first(states)


def simple_rnn_backward(
    x: Any,
    kernel: Any,
    recurrent_kernel: Any,
    bias: Any,
    d_h: Any,
    *,
    activation: str = "tanh",
    initial_state: Any = None,
    mask: Any = None,
) -> Gradients:
    """Back-propagate dL/dh through time (Werbos 1990).

    Args:
        x: As in :func:`simple_rnn`, like all arguments not named here.
        kernel: W_x, (features, units).
        recurrent_kernel: W_h, (units, units).
        bias: b, (units,), or None for none.
        d_h: dL/dh of what :func:`simple_rnn` returned, of the same shape;
            zeros but at the last step if the loss reads only that.
        activation: "tanh", "relu" or "linear".
        initial_state: h_0, (batch, units), or None for zeros.
        mask: Boolean, (batch, timesteps), or None.

    Returns:
        The gradients; ``hidden_state_norm`` has the total ‖dL/dh_t‖.

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: A shape is wrong, or ``activation`` is unknown.
    """
    layer = read_layer(
        x, kernel, recurrent_kernel, bias, [initial_state], mask, gates=1
    )
    h = _hidden_states(layer, activation).swapaxes(0, 1)
    slope = ACTIVATIONS[activation].slope(h)
    W_x, W_h = layer.kernel, layer.recurrent_kernel
    d_total = read_output_gradient(d_h, layer)
    d_sum = np.zeros_like(d_total)
    d_earlier = np.zeros_like(layer.states[0])
    for t in reversed(range(len(d_total))):
        d_total[t] += d_earlier
        d_new = np.where(layer.mask[t], d_total[t], 0)
        d_sum[t] = d_new * slope[t]
        d_earlier = d_sum[t] @ W_h.T + (d_total[t] - d_new)
    return Gradients(
        x=(d_sum @ W_x.T).swapaxes(0, 1),
        kernel=sum_over_steps(layer.x, d_sum),
        recurrent_kernel=sum_over_steps(
            states_before(h, layer.states[0]), d_sum
        ),
        bias=None if bias is None else d_sum.sum(axis=(0, 1)),
        initial_state=d_earlier,
        hidden_state=d_total.swapaxes(0, 1),
    )
