"""Cells between a GRU and an LSTM: controls that Keras does not have."""

from __future__ import annotations

from typing import Any

ALWAYS_OPEN = 30.0
"""A bias whose sigmoid is exactly 1 in float32; its slope there is 0, so
training does not move it."""

KINDS = (
    "GRU, two gates for z",
    "GRU, two gates for z, clipped",
    "LSTM, one gate for f and i",
)


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
    if kind not in KINDS:
        raise ValueError(f"kind takes one of {[*KINDS]}, got {kind!r}")
    from keras import layers

    from lessons.gru.gated_cell import GatedCell

    return layers.RNN(GatedCell(kind, units))


def open_reset(layer: Any) -> None:
    """Hold the reset gate of a built Keras GRU at 1, for good.

    Args:
        layer: ``keras.layers.GRU`` with ``reset_after=True``.
    """
    kernel, recurrent, bias = layer.get_weights()
    units = recurrent.shape[0]
    bias[0, units : 2 * units] = ALWAYS_OPEN
    layer.set_weights([kernel, recurrent, bias])
