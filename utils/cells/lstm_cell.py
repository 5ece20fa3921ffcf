"""The LSTM: a cell state beside the hidden state, and three gates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from utils.cells.activations import sigmoid
from utils.cells.gradients import (
    LSTMGradients,
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


class LSTMTrace(NamedTuple):
    """All an LSTM computed, each (batch, timesteps, units).

    At a masked step i, f, g and o hold what the cell computed and threw
    away; h and c hold what it kept.

    Attributes:
        h: Hidden state after each step, the layer's output.
        c: Cell state after each step.
        i: Input gate, 0 to 1.
        f: Forget gate, 0 to 1.
        g: Candidate for the cell state, -1 to 1.
        o: Output gate, 0 to 1.
    """

    h: np.ndarray
    c: np.ndarray
    i: np.ndarray
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray


def lstm(
    x: Any,
    kernel: Any,
    recurrent_kernel: Any,
    bias: Any = None,
    *,
    initial_state: Any = None,
    mask: Any = None,
) -> LSTMTrace:
    """Run an LSTM over every sequence and keep all it computes.

    i, f, o = sigmoid(x_t W + h_{t-1} U + b), each with its own columns, and
    g = tanh(the same with its columns); then c_t = f c_{t-1} + i g and
    h_t = o tanh(c_t). Hochreiter & Schmidhuber (1997), "Long short-term
    memory", with the forget gate of Gers, Schmidhuber & Cummins (2000); as
    in ``keras/src/layers/rnn/lstm.py``.

    Args:
        x: Inputs, (batch, timesteps, features).
        kernel: W, (features, 4*units), columns in the order i, f, g, o
            (Keras calls g "c").
        recurrent_kernel: U, (units, 4*units), the same order.
        bias: b, (4*units,), the same order, or None for none.
        initial_state: The pair (h_0, c_0), each (batch, units), or None
            for zeros.
        mask: Boolean, (batch, timesteps), False at padding, or None.

    Returns:
        The states and gates of every step.

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: A shape is wrong, or ``initial_state`` is not a pair.
    """
    given = (x, kernel, recurrent_kernel, bias, _pair(initial_state), mask)
    layer = read_layer(*given, gates=4)
    trace = _run(layer)
    return trace._replace(h=hide_before_first(trace.h, layer.mask))


def _pair(initial_state: Any) -> Sequence[Any]:
    """Return h_0 and c_0, both None if nothing was given.

    Raises:
        ValueError: ``initial_state`` is not a pair.
    """
    if initial_state is None:
        return None, None
    if not isinstance(initial_state, (tuple, list)) or len(initial_state) != 2:
        got = getattr(initial_state, "shape", None) or f"{initial_state!r:.60}"
        raise ValueError(
            "initial_state takes the pair (h_0, c_0), each of shape "
            f"(batch, units), got {type(initial_state).__name__} {got}"
        )
    return initial_state


def _run(layer: LayerArrays) -> LSTMTrace:
    """Return the trace with every hidden state as it was carried on."""
    W, U, b = layer.kernel, layer.recurrent_kernel, layer.bias
    h, c = layer.states
    steps = []
    for x_t, counts in zip(layer.x, layer.mask, strict=True):
        sums = x_t @ W + h @ U + b
        sum_i, sum_f, sum_g, sum_o = np.split(sums, 4, axis=-1)
        i, f, o = sigmoid(sum_i), sigmoid(sum_f), sigmoid(sum_o)
        g = np.tanh(sum_g)
        c_new = f * c + i * g
        h_new = o * np.tanh(c_new)
        c = np.where(counts, c_new, c)
        h = np.where(counts, h_new, h)
        steps.append((h, c, i, f, g, o))
    return LSTMTrace(*(batch_first(part) for part in zip(*steps, strict=True)))


def lstm_backward(
    x: Any,
    kernel: Any,
    recurrent_kernel: Any,
    bias: Any,
    d_h: Any,
    *,
    initial_state: Any = None,
    mask: Any = None,
) -> LSTMGradients:
    """Back-propagate dL/dh through time, along both states.

    Nothing is cut off, unlike in the paper of 1997: this is the whole
    gradient, as automatic differentiation gives it.

    Args:
        x: As in :func:`lstm`, like all arguments not named here.
        kernel: W, (features, 4*units).
        recurrent_kernel: U, (units, 4*units).
        bias: b, (4*units,), or None for none.
        d_h: dL/dh of the ``h`` that :func:`lstm` returned, of the same
            shape; zeros but at the last step if the loss reads only that.
        initial_state: The pair (h_0, c_0), or None for zeros.
        mask: Boolean, (batch, timesteps), or None.

    Returns:
        The gradients; ``hidden_state_norm`` has the total ‖dL/dh_t‖,
        ``cell_state_norm`` the total ‖dL/dc_t‖.

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: A shape is wrong, or ``initial_state`` is not a pair.
    """
    given = (x, kernel, recurrent_kernel, bias, _pair(initial_state), mask)
    layer = read_layer(*given, gates=4)
    trace = LSTMTrace(*(part.swapaxes(0, 1) for part in _run(layer)))
    U = layer.recurrent_kernel
    h_0, c_0 = layer.states
    c_before = states_before(trace.c, c_0)
    d_h_total = read_output_gradient(d_h, layer)
    d_c_total = np.zeros_like(d_h_total)
    d_sums = np.zeros(layer.x.shape[:2] + layer.bias.shape, layer.x.dtype)
    d_h_earlier = np.zeros_like(h_0)
    d_c_earlier = np.zeros_like(c_0)
    for t in reversed(range(len(d_h_total))):
        _, c, i, f, g, o = (part[t] for part in trace)
        counts = layer.mask[t]
        d_h_total[t] += d_h_earlier
        d_h_new = np.where(counts, d_h_total[t], 0)
        d_c_total[t] = d_c_earlier + d_h_new * o * (1 - np.tanh(c) ** 2)
        d_c_new = np.where(counts, d_c_total[t], 0)
        d_sum_i = d_c_new * g * i * (1 - i)
        d_sum_f = d_c_new * c_before[t] * f * (1 - f)
        d_sum_g = d_c_new * i * (1 - g**2)
        d_sum_o = d_h_new * np.tanh(c) * o * (1 - o)
        d_sums[t] = np.hstack([d_sum_i, d_sum_f, d_sum_g, d_sum_o])
        d_h_earlier = d_sums[t] @ U.T + (d_h_total[t] - d_h_new)
        d_c_earlier = d_c_new * f + (d_c_total[t] - d_c_new)
    return LSTMGradients(
        x=(d_sums @ layer.kernel.T).swapaxes(0, 1),
        kernel=sum_over_steps(layer.x, d_sums),
        recurrent_kernel=sum_over_steps(states_before(trace.h, h_0), d_sums),
        bias=None if bias is None else d_sums.sum(axis=(0, 1)),
        initial_state=d_h_earlier,
        hidden_state=d_h_total.swapaxes(0, 1),
        initial_cell_state=d_c_earlier,
        cell_state=d_c_total.swapaxes(0, 1),
    )
