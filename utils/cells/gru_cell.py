"""The GRU: one state, two gates, and two places for the reset gate."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from utils.cells.activations import sigmoid
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


class GRUTrace(NamedTuple):
    """All a GRU computed, each (batch, timesteps, units).

    At a masked step z, r and the candidate hold what the cell computed and
    threw away; h holds what it kept.

    Attributes:
        h: Hidden state after each step, the layer's output.
        z: Update gate, 0 to 1: the share of the past that is *kept*.
        r: Reset gate, 0 to 1: how much of the past the candidate sees.
        candidate: Candidate for the hidden state, -1 to 1.
    """

    h: np.ndarray
    z: np.ndarray
    r: np.ndarray
    candidate: np.ndarray


def gru(
    x: Any,
    kernel: Any,
    recurrent_kernel: Any,
    bias: Any = None,
    *,
    reset_after: bool = True,
    initial_state: Any = None,
    mask: Any = None,
) -> GRUTrace:
    """Run a GRU over every sequence and keep all it computes.

    z, r = sigmoid(x_t W + h_{t-1} U + b), each with its own columns, then
    h_t = z h_{t-1} + (1 - z) candidate, where the candidate is

    * ``reset_after=True``: tanh(x_t W_h + b_h + r (h_{t-1} U_h + b'_h)),
      the reset gate after the product with U_h (Keras's default);
    * ``reset_after=False``: tanh(x_t W_h + b_h + (r h_{t-1}) U_h), the
      reset gate before it, as in Cho et al. (2014), "Learning phrase
      representations using RNN encoder-decoder", version 3 of the paper.

    As in ``keras/src/layers/rnn/gru.py``. Chung et al. (2014), "Empirical
    evaluation of gated recurrent neural networks on sequence modeling",
    exchange z and 1 - z.

    Args:
        x: Inputs, (batch, timesteps, features).
        kernel: W, (features, 3*units), columns in the order z, r, h.
        recurrent_kernel: U, (units, 3*units), the same order.
        bias: (2, 3*units) with ``reset_after=True``, the row b of the
            inputs over the row b' of the recurrent side; (3*units,) with
            ``reset_after=False``; or None for none.
        reset_after: Where the reset gate acts, as above.
        initial_state: h_0, (batch, units), or None for zeros.
        mask: Boolean, (batch, timesteps), False at padding, or None.

    Returns:
        The state and gates of every step.

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: A shape is wrong, or ``reset_after`` is no bool.
    """
    given = (x, kernel, recurrent_kernel, bias, [initial_state], mask)
    layer = _read(given, reset_after)
    trace = _run(layer, reset_after)
    return trace._replace(h=hide_before_first(trace.h, layer.mask))


def _read(given: tuple[Any, ...], reset_after: bool) -> LayerArrays:
    """Check a layer's arguments; with ``reset_after`` its bias has two rows.

    Raises:
        TypeError, ValueError: As `gru` says.
    """
    check_choice("reset_after", reset_after, (True, False))
    return read_layer(*given, gates=3, bias_rows=2 if reset_after else 1)


def _biases(layer: LayerArrays) -> tuple[np.ndarray, np.ndarray]:
    """Return the input row and the recurrent row, zeros if not there."""
    if layer.bias.ndim == 2:
        return layer.bias[0], layer.bias[1]
    return layer.bias, np.zeros_like(layer.bias)


def _run(layer: LayerArrays, reset_after: bool) -> GRUTrace:
    """Return the trace with every hidden state as it was carried on."""
    W, U = layer.kernel, layer.recurrent_kernel
    U_z, U_r, U_h = np.split(U, 3, axis=-1)
    b, b_recurrent = _biases(layer)
    b_z, b_r, b_h = np.split(b_recurrent, 3)
    (h,) = layer.states
    steps = []
    for x_t, counts in zip(layer.x, layer.mask, strict=True):
        x_z, x_r, x_h = np.split(x_t @ W + b, 3, axis=-1)
        z = sigmoid(x_z + h @ U_z + b_z)
        r = sigmoid(x_r + h @ U_r + b_r)
        if reset_after:
            candidate = np.tanh(x_h + r * (h @ U_h + b_h))
        else:
            candidate = np.tanh(x_h + (r * h) @ U_h)
        h_new = z * h + (1 - z) * candidate
        h = np.where(counts, h_new, h)
        steps.append((h, z, r, candidate))
    return GRUTrace(*(batch_first(part) for part in zip(*steps, strict=True)))


def gru_backward(
    x: Any,
    kernel: Any,
    recurrent_kernel: Any,
    bias: Any,
    d_h: Any,
    *,
    reset_after: bool = True,
    initial_state: Any = None,
    mask: Any = None,
) -> Gradients:
    """Back-propagate dL/dh through time.

    Args:
        x: As in :func:`gru`, like all arguments not named here.
        kernel: W, (features, 3*units).
        recurrent_kernel: U, (units, 3*units).
        bias: (2, 3*units) or (3*units,), or None for none.
        d_h: dL/dh of the ``h`` that :func:`gru` returned, of the same
            shape; zeros but at the last step if the loss reads only that.
        reset_after: Where the reset gate acts.
        initial_state: h_0, (batch, units), or None for zeros.
        mask: Boolean, (batch, timesteps), or None.

    Returns:
        The gradients; ``hidden_state_norm`` has the total ‖dL/dh_t‖.

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: A shape is wrong, or ``reset_after`` is no bool.
    """
    given = (x, kernel, recurrent_kernel, bias, [initial_state], mask)
    layer = _read(given, reset_after)
    trace = _run(layer, reset_after)
    h, z, r, candidate = (part.swapaxes(0, 1) for part in trace)
    U_z, U_r, _ = np.split(layer.recurrent_kernel, 3, axis=-1)
    h_before = states_before(h, layer.states[0])
    d_total = read_output_gradient(d_h, layer)
    d_sums = np.zeros((*h.shape[:2], layer.kernel.shape[1]), h.dtype)
    d_earlier = np.zeros_like(layer.states[0])
    for t in reversed(range(len(d_total))):
        d_total[t] += d_earlier
        d_new = np.where(layer.mask[t], d_total[t], 0)
        d_sum_h = d_new * (1 - z[t]) * (1 - candidate[t] ** 2)
        d_r, d_past = _reset_backward(
            layer, reset_after, r[t], h_before[t], d_sum_h
        )
        d_sum_z = d_new * (h_before[t] - candidate[t]) * z[t] * (1 - z[t])
        d_sum_r = d_r * r[t] * (1 - r[t])
        d_sums[t] = np.hstack([d_sum_z, d_sum_r, d_sum_h])
        d_earlier = d_new * z[t] + d_past + (d_total[t] - d_new)
        d_earlier += d_sum_z @ U_z.T + d_sum_r @ U_r.T
    d_recurrent_kernel, d_bias = _weight_gradients(
        reset_after, r, h_before, d_sums
    )
    return Gradients(
        x=(d_sums @ layer.kernel.T).swapaxes(0, 1),
        kernel=sum_over_steps(layer.x, d_sums),
        recurrent_kernel=d_recurrent_kernel,
        bias=None if bias is None else d_bias,
        initial_state=d_earlier,
        hidden_state=d_total.swapaxes(0, 1),
    )


def _reset_backward(
    layer: LayerArrays,
    reset_after: bool,
    r: np.ndarray,
    h: np.ndarray,
    d_sum_h: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return dL/dr and the part of dL/dh_{t-1} the reset gate let pass.

    Args:
        layer: The layer, for U_h and b'_h.
        reset_after: Where the reset gate acts.
        r: Reset gate, (batch, units).
        h: The state the step read, h_{t-1}, (batch, units).
        d_sum_h: dL/d(what the candidate's tanh was given), (batch, units).
    """
    U_h = np.split(layer.recurrent_kernel, 3, axis=-1)[2]
    if reset_after:
        b_h = np.split(_biases(layer)[1], 3)[2]
        return d_sum_h * (h @ U_h + b_h), (d_sum_h * r) @ U_h.T
    d_product = d_sum_h @ U_h.T
    return d_product * h, d_product * r


def _weight_gradients(
    reset_after: bool,
    r: np.ndarray,
    h_before: np.ndarray,
    d_sums: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return dL/dU and dL/dbias, summed over batch and steps.

    Args:
        reset_after: Where the reset gate acts.
        r: Reset gates, (timesteps, batch, units).
        h_before: The states the steps read, (timesteps, batch, units).
        d_sums: dL/d(what σ, σ and tanh were given),
            (timesteps, batch, 3*units).
    """
    d_gates, d_sum_h = np.split(d_sums, [2 * r.shape[2]], axis=-1)
    if reset_after:
        into_U_h, d_product = h_before, d_sum_h * r
    else:
        into_U_h, d_product = r * h_before, d_sum_h
    d_U = np.hstack(
        [
            sum_over_steps(h_before, d_gates),
            sum_over_steps(into_U_h, d_product),
        ]
    )
    d_bias = d_sums.sum(axis=(0, 1))
    if reset_after:
        d_bias_recurrent = np.concatenate([d_gates, d_product], axis=-1)
        d_bias = np.stack([d_bias, d_bias_recurrent.sum(axis=(0, 1))])
    return d_U, d_bias
