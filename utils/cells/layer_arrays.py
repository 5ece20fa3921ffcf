"""What every cell does before its loop: read arrays, check their shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np


class LayerArrays(NamedTuple):
    """A layer's checked inputs, all of one floating dtype.

    Attributes:
        x: Inputs, time first: (timesteps, batch, features).
        kernel: (features, gates * units).
        recurrent_kernel: (units, gates * units).
        bias: As given, or zeros of the same shape.
        states: The initial states, each (batch, units).
        mask: Boolean, (timesteps, batch, 1); True where a step counts.
    """

    x: np.ndarray
    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray
    states: tuple[np.ndarray, ...]
    mask: np.ndarray

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(batch, timesteps, units)."""
        timesteps, batch, _ = self.x.shape
        return batch, timesteps, self.recurrent_kernel.shape[0]


def read_layer(
    x: Any,
    kernel: Any,
    recurrent_kernel: Any,
    bias: Any,
    states: Sequence[Any],
    mask: Any,
    *,
    gates: int,
    bias_rows: int = 1,
) -> LayerArrays:
    """Check one layer's arguments against each other.

    Args:
        x: Inputs, (batch, timesteps, features).
        kernel: Input weights, (features, gates * units).
        recurrent_kernel: Recurrent weights, (units, gates * units).
        bias: (gates * units,), or (2, gates * units) for two rows; or None.
        states: The initial states, each (batch, units) or None for zeros.
        mask: Boolean, (batch, timesteps), or None.
        gates: How many blocks of columns the kernels hold.
        bias_rows: 2 for a GRU with ``reset_after=True``, else 1.

    Raises:
        TypeError: An array does not hold numbers, or a mask no booleans.
        ValueError: A shape is wrong; the message names argument and shapes.
    """
    x = as_numbers("x", x)
    kernel = as_numbers("kernel", kernel)
    recurrent_kernel = as_numbers("recurrent_kernel", recurrent_kernel)
    check_shape("x", x, ("batch", "timesteps", "features"))
    columns = "units" if gates == 1 else f"{gates}*units"
    check_shape("recurrent_kernel", recurrent_kernel, ("units", columns))
    batch, timesteps, features = x.shape
    units = recurrent_kernel.shape[0]
    width = gates * units
    check_shape("recurrent_kernel", recurrent_kernel, (units, width))
    check_shape("kernel", kernel, (features, width))
    bias_shape = (width,) if bias_rows == 1 else (bias_rows, width)
    bias = _given_or_zeros("bias", bias, bias_shape)
    first = tuple(
        _given_or_zeros(
            f"initial_state[{place}]" if len(states) > 1 else "initial_state",
            state,
            (batch, units),
        )
        for place, state in enumerate(states)
    )
    mask = read_mask(mask, (batch, timesteps))
    dtype = common_dtype(x, kernel, recurrent_kernel, bias, *first)
    return LayerArrays(
        x.swapaxes(0, 1).astype(dtype),
        kernel.astype(dtype),
        recurrent_kernel.astype(dtype),
        bias.astype(dtype),
        tuple(state.astype(dtype) for state in first),
        mask.T[:, :, np.newaxis],
    )


def as_numbers(name: str, value: Any) -> np.ndarray:
    """Return ``value`` as an array of real numbers.

    Raises:
        TypeError: It holds something else.
        ValueError: Its rows differ in length.
    """
    try:
        array = np.asarray(value)
    except ValueError:
        message = f"{name} takes an array whose rows are equally long"
        raise ValueError(f"{message}, got {value!r:.60}") from None
    if array.dtype.kind not in "fiub":
        raise TypeError(
            f"{name} takes an array of numbers, got dtype {array.dtype}"
        )
    return array


def check_shape(
    name: str, array: np.ndarray, expected: Sequence[int | str]
) -> None:
    """Compare an array's shape with the expected one.

    Args:
        name: The argument's name.
        array: What the caller passed.
        expected: One entry an axis: its size, or its name if any size from
            1 up will do.

    Raises:
        ValueError: They differ; the message gives both shapes.
    """
    fits = array.ndim == len(expected) and all(
        size >= 1 if isinstance(wanted, str) else size == wanted
        for size, wanted in zip(array.shape, expected, strict=True)
    )
    if not fits:
        comma = "," if len(expected) == 1 else ""
        wanted = f"({', '.join(map(str, expected))}{comma})"
        raise ValueError(f"{name} takes shape {wanted}, got {array.shape}")


def read_mask(mask: Any, shape: tuple[int, int]) -> np.ndarray:
    """Return the mask as a boolean array, all True for None.

    Raises:
        TypeError: The mask does not hold booleans.
        ValueError: Its shape is not ``shape``, (batch, timesteps).
    """
    if mask is None:
        return np.ones(shape, dtype=bool)
    mask = np.asarray(mask)
    if mask.dtype != bool:
        raise TypeError(
            f"mask takes an array of booleans, got dtype {mask.dtype}"
        )
    check_shape("mask", mask, shape)
    return mask


def common_dtype(*arrays: np.ndarray) -> np.dtype:
    """Return float64 if one of the arrays is, else float32.

    Integers do not count: they take the dtype of the other arrays, float64
    if there is none.
    """
    floats = [array.dtype for array in arrays if array.dtype.kind == "f"]
    return np.result_type(np.float32, *floats) if floats else np.dtype(float)


def _given_or_zeros(
    name: str, value: Any, shape: tuple[int, ...]
) -> np.ndarray:
    """Return ``value`` checked, or zeros where there is none."""
    if value is None:
        # Integers, so that the dtype is decided by what was given.
        return np.zeros(shape, dtype=int)
    value = as_numbers(name, value)
    check_shape(name, value, shape)
    return value


def batch_first(steps: Sequence[np.ndarray]) -> np.ndarray:
    """Stack one (batch, units) array a step to (batch, timesteps, units)."""
    return np.stack(steps, axis=1)


def hide_before_first(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Set the steps before a row's first unmasked one to zero.

    Keras has no output to repeat there and gives zeros, even if the initial
    state is not zero (``keras/src/backend/tensorflow/rnn.py``).

    Args:
        values: (batch, timesteps, units).
        mask: (timesteps, batch, 1), as in LayerArrays.
    """
    begun = np.logical_or.accumulate(mask, axis=0).swapaxes(0, 1)
    return np.where(begun, values, 0)
