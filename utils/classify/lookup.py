"""A recurrent layer on one-hot words, computed by looking rows up.

A one-hot row times a kernel is one row of that kernel. So an ``Embedding``
that holds the kernel, followed by the recurrent layer with a kernel that
passes its input on unchanged, computes the same outputs and gets the same
gradients as the layer on one-hot words, without ever building them.

One detail decides whether the two also learn the same. A plain ``Embedding``
hands the optimizer the rows that a batch used, one by one, and the Keras
optimizers that square gradients (RMSprop, Adam) then square the parts of a
row used twice instead of their sum. ``lookup_table`` adds them up first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from utils.arguments import check_integer

GATES = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}
"""Layer -> how many kernels of ``units`` columns stand side by side."""


def lookup_table(vocabulary: int, width: int) -> Any:
    """Return an ``Embedding`` whose table gets one summed gradient a row.

    Args:
        vocabulary: How many word ids there are: rows of the table.
        width: Numbers a word: columns of the table.
    """
    import keras

    class LookupTable(keras.layers.Embedding):
        """Rows of a table, with the gradient that a kernel would get."""

        def call(self, inputs: Any) -> Any:
            # A product in between makes TensorFlow add up the gradients of
            # equal rows before the optimizer sees them.
            return keras.ops.take(self.embeddings * 1.0, inputs, axis=0)

    return LookupTable(
        check_integer("vocabulary", vocabulary, minimum=1),
        check_integer("width", width, minimum=1),
    )


def lookup_layers(recurrent: Any, vocabulary: int) -> list[Any]:
    """Return layers on ids that equal one-hot words + ``recurrent``.

    The table takes over the kernel with its usual initial values (Glorot);
    the kernel of ``recurrent`` is set to pass on and frozen, so the
    trainable parameters are as many as with one-hot words.

    Args:
        recurrent: An unbuilt Keras SimpleRNN, LSTM or GRU, or a
            Bidirectional around one that returns its last states.
        vocabulary: How many word ids there are.

    Raises:
        ValueError: ``recurrent`` has been built on other inputs already, or
            is a Bidirectional of another kind.
    """
    vocabulary = check_integer("vocabulary", vocabulary, minimum=1)
    if recurrent.built:
        raise ValueError("recurrent takes an unbuilt layer, got a built one")
    if hasattr(recurrent, "forward_layer"):
        return [_both_ways(recurrent, vocabulary)]
    width = recurrent.cell.units * GATES[type(recurrent).__name__]
    recurrent.build((None, None, width))
    kernel = recurrent.cell.kernel
    table = lookup_table(vocabulary, width)
    table.build()
    table.set_weights([recurrent.cell.kernel_initializer((vocabulary, width))])
    kernel.assign(np.eye(width))
    kernel.trainable = False
    return [table, recurrent]


def _both_ways(bidirectional: Any, vocabulary: int) -> Any:
    """Return one layer with a table and a reader for each direction.

    One table for both would be twice as wide, and passing it on would cost
    four times as much.
    """
    import keras

    mode = bidirectional.merge_mode
    if mode != "concat" or bidirectional.return_sequences:
        raise ValueError(
            "recurrent takes a Bidirectional that joins its last states, "
            f"got merge_mode={mode!r}, "
            f"return_sequences={bidirectional.return_sequences}"
        )
    readers = (bidirectional.forward_layer, bidirectional.backward_layer)

    class LookupBidirectional(keras.layers.Layer):
        """Reads the ids in both directions and joins the last states."""

        def __init__(self) -> None:
            super().__init__()
            self.ways = [lookup_layers(way, vocabulary) for way in readers]

        def call(self, inputs: Any) -> Any:
            states = [reader(table(inputs)) for table, reader in self.ways]
            return keras.ops.concatenate(states, axis=-1)

    return LookupBidirectional()


def learned_weights(model: Any) -> int:
    """Return how many numbers a model learns; frozen ones do not count."""
    return sum(int(np.prod(v.shape)) for v in model.trainable_variables)
