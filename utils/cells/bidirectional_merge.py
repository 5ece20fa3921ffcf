"""Two readings of one sequence, merged step by step."""

from __future__ import annotations

from typing import Any

import numpy as np

from utils.cells.layer_arrays import (
    as_numbers,
    check_shape,
    common_dtype,
    read_mask,
)
from utils.errors import check_choice

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
    check_choice("merge_mode", merge_mode, MERGE_MODES)
    forward = as_numbers("forward", forward)
    backward = as_numbers("backward", backward)
    check_shape("forward", forward, ("batch", "timesteps", "units"))
    units = "units" if merge_mode == "concat" else forward.shape[2]
    check_shape("backward", backward, (*forward.shape[:2], units))
    counts = read_mask(mask, forward.shape[:2])[:, :, np.newaxis]
    dtype = common_dtype(forward, backward)
    forward, aligned = forward.astype(dtype), backward[:, ::-1].astype(dtype)
    if merge_mode == "concat":
        output = np.concatenate([forward, aligned], axis=-1)
    elif merge_mode == "mul":
        output = forward * aligned
    elif merge_mode == "sum":
        output = forward + aligned
    else:
        output = (forward + aligned) / 2
    return np.where(counts, output, 0)
