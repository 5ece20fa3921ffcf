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
    """Return ``[table, recurrent]``, equal to one-hot + ``recurrent``.

    The embedding takes over the kernel with its usual initial values
    (Glorot); the kernel of ``recurrent`` is set to pass on and frozen, so
    the trainable parameters are as many as with one-hot words.

    Args:
        recurrent: An unbuilt Keras SimpleRNN, LSTM or GRU, or a
            Bidirectional around one.
        vocabulary: How many word ids there are.

    Raises:
        ValueError: ``recurrent`` has been built on other inputs already.
    """
    vocabulary = check_integer("vocabulary", vocabulary, minimum=1)
    if recurrent.built:
        raise ValueError(
            "recurrent takes a layer not built yet, got a built one"
        )
    columns = _kernel_columns(recurrent)
    width = sum(columns)
    recurrent.build((None, None, width))
    tables, start = [], 0
    for cell, number in zip(_cells(recurrent), columns, strict=True):
        passing = np.zeros((width, number), "float32")
        passing[start : start + number] = np.eye(number)
        cell.kernel.assign(passing)
        cell.kernel.trainable = False
        tables.append(cell.kernel_initializer((vocabulary, number)))
        start += number
    embedding = lookup_table(vocabulary, width)
    embedding.build()
    embedding.set_weights([np.concatenate(tables, axis=1)])
    return [embedding, recurrent]


def learned_weights(model: Any) -> int:
    """Return how many numbers a model learns; frozen ones do not count."""
    return sum(int(np.prod(v.shape)) for v in model.trainable_variables)


def _cells(recurrent: Any) -> list[Any]:
    """Return the cell of a layer, or both cells of a bidirectional one."""
    if hasattr(recurrent, "forward_layer"):
        pair = (recurrent.forward_layer, recurrent.backward_layer)
        return [layer.cell for layer in pair]
    return [recurrent.cell]


def _kernel_columns(recurrent: Any) -> list[int]:
    """Return the kernel's columns (units times gates) of each cell."""
    gates = {"SimpleRNNCell": 1, "GRUCell": 3, "LSTMCell": 4}
    names = [(cell, type(cell).__name__) for cell in _cells(recurrent)]
    return [cell.units * gates[name] for cell, name in names]
