"""The cell behind `gated`; import this, and Keras can load a saved model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import initializers, layers, ops

STARTS = ("glorot_uniform", "orthogonal")
"""How Keras draws the kernel and the recurrent kernel of a layer."""


@keras.saving.register_keras_serializable("gru")
class GatedCell(layers.Layer):
    """One step of a cell that Keras does not have."""

    def __init__(self, kind: str, units: int, **options: Any) -> None:
        """Take one of the kinds of `gated`, and the units."""
        super().__init__(**options)
        self.kind, self.units = kind, units
        self.coupled = kind.startswith("LSTM")
        self.state_size = [units, units] if self.coupled else units
        self.output_size = units

    def get_config(self) -> dict[str, Any]:
        """Return what makes the cell again, but for its weights."""
        own = {"kind": self.kind, "units": self.units}
        return super().get_config() | own

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Draw the weights."""
        width = (3 if self.coupled else 4) * self.units
        glorot, orthogonal = map(self._like_keras, STARTS)
        self.W = self.add_weight((shape[-1], width), glorot)
        self.U = self.add_weight((self.units, width), orthogonal)
        rows = 1 if self.coupled else 2
        self.b = self.add_weight((rows, width), "zeros")

    def _like_keras(self, name: str) -> Callable[..., Any]:
        """Return an initialiser for blocks as large as in Keras's layer."""
        of_keras = 4 if self.coupled else 3

        def drawn(shape: tuple[int, int], dtype: Any = None) -> Any:
            wide = shape[0], of_keras * self.units
            times = -(-shape[1] // wide[1])
            parts = [initializers.get(name)(wide, dtype) for _ in range(times)]
            return ops.concatenate(parts, axis=1)[:, : shape[1]]

        return drawn

    def call(self, x: Any, states: list[Any]) -> tuple[Any, list[Any]]:
        """Return the next hidden state, and all states."""
        given = x @ self.W + self.b[0]
        if self.coupled:
            i, g, o = ops.split(given + states[0] @ self.U, 3, axis=1)
            i = ops.sigmoid(i)
            c = (1 - i) * states[1] + i * ops.tanh(g)
            h = ops.sigmoid(o) * ops.tanh(c)
            return h, [h, c]
        h = states[0]
        past = h @ self.U + self.b[1]
        z, r, new, i = ops.split(given, 4, axis=1)
        z_past, r_past, new_past, i_past = ops.split(past, 4, axis=1)
        z, i = ops.sigmoid(z + z_past), ops.sigmoid(i + i_past)
        new = ops.tanh(new + ops.sigmoid(r + r_past) * new_past)
        h = z * h + i * new
        if self.kind.endswith("clipped"):
            h = ops.clip(h, -1, 1)
        return h, [h]
