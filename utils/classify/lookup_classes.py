"""The layers behind `lookup`, where Keras finds them to load a model."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

registered = keras.saving.register_keras_serializable(package="course")


class _PassesOn:
    """Of a recurrent layer: its kernel is frozen, after loading as well."""

    def build(self, shape: Any) -> None:
        super().build(shape)
        self.cell.kernel.trainable = False


READERS = {
    kind: (
        registered(type(f"Lookup{kind.__name__}", (_PassesOn, kind), {})),
        blocks,
    )
    for kind, blocks in (
        (keras.layers.SimpleRNN, 1),
        (keras.layers.GRU, 3),
        (keras.layers.LSTM, 4),
    )
}
"""Layer -> its frozen kind, and how many kernels of ``units`` columns stand
side by side in it."""


@registered
class LookupTable(keras.layers.Embedding):
    """Rows of a table, with the gradient that a kernel would get."""

    def call(self, inputs: Any) -> Any:
        """Return the rows of ids, (..., width)."""
        # A product in between makes TensorFlow add up the gradients of
        # equal rows before the optimizer sees them.
        return keras.ops.take(self.embeddings * 1.0, inputs, axis=0)


def table_and_reader(recurrent: Any, vocabulary: int) -> list[Any]:
    """Return a table with the kernel of a recurrent layer, and that layer."""
    recurrent.__class__, blocks = READERS[type(recurrent)]
    width = recurrent.cell.units * blocks
    recurrent.build((None, None, width))
    kernel = recurrent.cell.kernel
    table = LookupTable(vocabulary, width)
    table.build()
    table.set_weights([recurrent.cell.kernel_initializer((vocabulary, width))])
    kernel.assign(np.eye(width))
    kernel.trainable = False
    return [table, recurrent]


@registered
class LookupBidirectional(keras.layers.Layer):
    """Reads the ids in both directions and joins the last states.

    One table for both would be twice as wide, and passing it on would cost
    four times as much.
    """

    def __init__(self, both: Any, vocabulary: int, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.given = {
            "both": keras.saving.serialize_keras_object(both),
            "vocabulary": vocabulary,
        }
        self.ways = [
            table_and_reader(way, vocabulary)
            for way in (both.forward_layer, both.backward_layer)
        ]

    def call(self, inputs: Any) -> Any:
        """Return the last states of both, (batch, 2 units)."""
        states = [reader(table(inputs)) for table, reader in self.ways]
        return keras.ops.concatenate(states, axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Return what makes the layer again, but for its weights."""
        return {**super().get_config(), **self.given}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> LookupBidirectional:
        """Make the layer again."""
        both = keras.saving.deserialize_keras_object(config.pop("both"))
        return cls(both, **config)
