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

from utils.errors import check_integer


def lookup_table(vocabulary: int, width: int) -> Any:
    """Return an ``Embedding`` whose table gets one summed gradient a row.

    Args:
        vocabulary: How many word ids there are: rows of the table.
        width: Numbers a word: columns of the table.
    """
    from utils.classify.lookup_classes import LookupTable

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
    from utils.classify.lookup_classes import (
        LookupBidirectional,
        table_and_reader,
    )

    if not hasattr(recurrent, "forward_layer"):
        return table_and_reader(recurrent, vocabulary)
    mode = recurrent.merge_mode
    if mode != "concat" or recurrent.return_sequences:
        raise ValueError(
            "recurrent takes a Bidirectional that joins its last states, "
            f"got merge_mode={mode!r}, "
            f"return_sequences={recurrent.return_sequences}"
        )
    return [LookupBidirectional(recurrent, vocabulary)]


def learned_weights(model: Any) -> int:
    """Return how many numbers a model learns; frozen ones do not count."""
    return sum(int(np.prod(v.shape)) for v in model.trainable_variables)
