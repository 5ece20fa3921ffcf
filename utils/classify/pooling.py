"""What a layer reads at a stretch, and what is kept of its states."""

from __future__ import annotations

from typing import Any

FAR_BELOW = 1e9
"""Taken off at padding, so that a maximum never finds it."""


def in_chunks(layer: Any, x: Any, mask: Any, size: int) -> Any:
    """Let a layer read pieces of a row side by side, each from a state of 0.

    A piece is shorter than the row, so there are fewer steps to wait for,
    and no gradient has to travel further than a piece.

    Args:
        layer: A recurrent layer that returns sequences.
        x: (batch, timesteps, features).
        mask: (batch, timesteps), False at padding.
        size: Steps of a piece; timesteps is a multiple of it.

    Returns:
        The states in their places, (batch, timesteps, units).
    """
    from keras import ops

    pieces = ops.reshape(x, (-1, size, x.shape[-1]))
    states = layer(pieces, mask=ops.reshape(mask, (-1, size)))
    return ops.reshape(states, (-1, x.shape[1], states.shape[-1]))


def mean_and_max(states: Any, mask: Any) -> Any:
    """Return mean and maximum over the steps that are not padding.

    Args:
        states: (batch, timesteps, units).
        mask: (batch, timesteps), False at padding.

    Returns:
        (batch, 2 units).
    """
    from keras import ops

    real = ops.cast(mask, states.dtype)[..., None]
    count = ops.maximum(ops.sum(real, axis=1), 1)
    mean = ops.sum(states * real, axis=1) / count
    largest = ops.max(states - FAR_BELOW * (1 - real), axis=1)
    return ops.concatenate([mean, largest], axis=-1)
