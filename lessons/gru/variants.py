"""Cells between a GRU and an LSTM: controls that Keras does not have."""

from __future__ import annotations

from typing import Any

ALWAYS_OPEN = 30.0
"""A bias whose sigmoid is exactly 1 in float32; its slope there is 0, so
training does not move it."""


STARTS = ("glorot_uniform", "orthogonal")
"""How Keras draws the kernel and the recurrent kernel of a layer."""


def gated(kind: str, units: int) -> Any:
    """Return a recurrent layer that gives its last hidden state.

    * "GRU, two gates for z": h_t = z h_{t-1} + i candidate, where i is a
      gate with weights of its own and not 1 - z; columns z, r, h, i.
    * "GRU, two gates for z, clipped": the same, and each number of h_t is
      clipped to the range from -1 to 1.
    * "LSTM, one gate for f and i": f = 1 - i, as Greff et al. (2017),
      "LSTM: a search space odyssey", couple them; columns i, g, o.

    All biases start at 0, and so do those of Keras's GRU. Kernels are drawn
    as large as those of the Keras layer of the same name: the three or four
    blocks of one at a time, and what is wanted of them taken.

    Args:
        kind: One of the three.
        units: Of the layer.

    Raises:
        ValueError: There is no such kind.
    """
    blocks = {
        "GRU, two gates for z": 4,
        "GRU, two gates for z, clipped": 4,
        "LSTM, one gate for f and i": 3,
    }
    if kind not in blocks:
        raise ValueError(f"kind takes one of {[*blocks]}, got {kind!r}")
    from keras import initializers, layers, ops, saving

    of_keras = 4 if kind.startswith("LSTM") else 3

    def like_keras(name: str) -> Any:
        """Return an initialiser for blocks as large as in Keras's layer."""

        def drawn(shape: tuple[int, int], dtype: Any = None) -> Any:
            wide = shape[0], of_keras * units
            times = -(-shape[1] // wide[1])
            parts = [initializers.get(name)(wide, dtype) for _ in range(times)]
            return ops.concatenate(parts, axis=1)[:, : shape[1]]

        return drawn

    # Registered, since `training.reinitialise` clones the model.
    @saving.register_keras_serializable("gru", name=f"{kind}, {units}")
    class Cell(layers.Layer):
        """One step of the cell."""

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.coupled = blocks[kind] == 3
            self.state_size = [units, units] if self.coupled else units
            self.output_size = units

        def build(self, shape: tuple[int | None, ...]) -> None:
            width = blocks[kind] * units
            glorot, orthogonal = map(like_keras, STARTS)
            self.W = self.add_weight((shape[-1], width), glorot)
            self.U = self.add_weight((units, width), orthogonal)
            rows = 1 if self.coupled else 2
            self.b = self.add_weight((rows, width), "zeros")

        def call(self, x: Any, states: list[Any]) -> tuple[Any, list[Any]]:
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
            if kind.endswith("clipped"):
                h = ops.clip(h, -1, 1)
            return h, [h]

    return layers.RNN(Cell())


def open_reset(layer: Any) -> None:
    """Hold the reset gate of a built Keras GRU at 1, for good.

    Args:
        layer: ``keras.layers.GRU`` with ``reset_after=True``.
    """
    kernel, recurrent, bias = layer.get_weights()
    units = recurrent.shape[0]
    bias[0, units : 2 * units] = ALWAYS_OPEN
    layer.set_weights([kernel, recurrent, bias])
