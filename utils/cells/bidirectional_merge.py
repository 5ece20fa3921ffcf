"""Two readings of one sequence, merged step by step."""

from __future__ import annotations

from typing import Any

import numpy as np

from utils.arguments import check_choice
from utils.cells.layer_arrays import (
    as_numbers,
    check_shape,
    common_dtype,
    read_mask,
)

MERGE_MODES = ("concat", "sum", "mul", "ave")
"""What Keras's Bidirectional can do with the two states of a step."""


def bidirectional(
    forward: Any,
    backward: Any,
    merge_mode: str = "concat",
    *,
    mask: Any = None,
) -> np.ndarray:
    """Merge the hidden states of two layers that read in both directions.

    The second layer reads ``x[:, ::-1]`` (and ``mask[:, ::-1]``); its
    states are passed as they came out, the one after the last word first.
    Here they are turned around, so that both states of a step belong to
    the same word::

        forward = lstm(x, *weights[:3]).h
        backward = lstm(x[:, ::-1], *weights[3:]).h
        bidirectional(forward, backward)

    equals ``Bidirectional(LSTM(units, return_sequences=True))(x)`` with
    ``weights = layer.get_weights()``. At a masked step the output is zero:
    a Keras layer alone repeats the output of the step before, but inside
    Bidirectional it is told ``zero_output_for_mask``.

    Schuster & Paliwal (1997), "Bidirectional recurrent neural networks"; as
    in ``keras/src/layers/rnn/bidirectional.py``.

    Args:
        forward: Hidden states of the first layer,
            (batch, timesteps, units).
        backward: Hidden states of the second, in its own reading order, of
            the same shape (for "concat" the units may differ).
        merge_mode: "concat", "sum", "mul" or "ave" (the mean).
        mask: Boolean, (batch, timesteps), False at padding, or None; in
            the order of ``forward``.

    Returns:
        (batch, timesteps, 2*units) for "concat", forward units first; else
        (batch, timesteps, units).

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: The shapes do not fit, or ``merge_mode`` is unknown.
    """
    forward, backward, counts = _read(forward, backward, merge_mode, mask)
    aligned = backward[:, ::-1]
    if merge_mode == "concat":
        output = np.concatenate([forward, aligned], axis=-1)
    elif merge_mode == "mul":
        output = forward * aligned
    elif merge_mode == "sum":
        output = forward + aligned
    else:
        output = (forward + aligned) / 2
    return np.where(counts, output, 0)


def bidirectional_backward(
    forward: Any,
    backward: Any,
    d_output: Any,
    merge_mode: str = "concat",
    *,
    mask: Any = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Hand the gradient of the merged states back to the two layers.

    Args:
        forward: As in :func:`bidirectional`.
        backward: As in :func:`bidirectional`.
        d_output: dL/doutput, of the shape :func:`bidirectional` returned.
        merge_mode: "concat", "sum", "mul" or "ave".
        mask: As in :func:`bidirectional`.

    Returns:
        dL/dforward and dL/dbackward, the second in the reading order of
        the backward layer: each is the ``d_h`` of its layer's backward
        function.

    Raises:
        TypeError: An array does not hold numbers, or the mask no booleans.
        ValueError: The shapes do not fit, or ``merge_mode`` is unknown.
    """
    forward, backward, counts = _read(forward, backward, merge_mode, mask)
    d_output = as_numbers("d_output", d_output)
    units = forward.shape[-1]
    width = units + (backward.shape[-1] if merge_mode == "concat" else 0)
    check_shape("d_output", d_output, (*forward.shape[:2], width))
    d_output = np.where(counts, d_output, 0).astype(forward.dtype)
    if merge_mode == "concat":
        d_forward, d_aligned = np.split(d_output, [units], axis=-1)
    elif merge_mode == "mul":
        d_forward, d_aligned = d_output * backward[:, ::-1], d_output * forward
    elif merge_mode == "sum":
        d_forward = d_aligned = d_output
    else:
        d_forward = d_aligned = d_output / 2
    return d_forward, d_aligned[:, ::-1]


def _read(
    forward: Any, backward: Any, merge_mode: str, mask: Any
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Check the arrays against each other; the mask ends in an axis of 1."""
    check_choice("merge_mode", merge_mode, MERGE_MODES)
    forward = as_numbers("forward", forward)
    backward = as_numbers("backward", backward)
    check_shape("forward", forward, ("batch", "timesteps", "units"))
    units = "units" if merge_mode == "concat" else forward.shape[2]
    check_shape("backward", backward, (*forward.shape[:2], units))
    counts = read_mask(mask, forward.shape[:2])[:, :, np.newaxis]
    dtype = common_dtype(forward, backward)
    return forward.astype(dtype), backward.astype(dtype), counts
