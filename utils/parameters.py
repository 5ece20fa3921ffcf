"""How many weights a layer has, and where they are."""

from __future__ import annotations

from typing import NamedTuple

from utils.errors import check_choice, check_integer

GATES = {"simple_rnn": 1, "lstm": 4, "gru": 3}
"""Blocks of ``units`` columns in the kernels of each recurrent layer."""

CELLS = (*GATES, "dense", "embedding")


class ParameterCount(NamedTuple):
    """The weights of a layer, by array.

    Attributes:
        kernel: Weights of the input, W_x; an embedding's table.
        recurrent_kernel: Weights of the state, W_h; 0 without recurrence.
        bias: The entries of b.
        total: The sum, what ``layer.count_params()`` says.
    """

    kernel: int
    recurrent_kernel: int
    bias: int
    total: int


def count_parameters(
    cell: str,
    input_dim: int,
    units: int,
    *,
    bidirectional: bool = False,
    reset_after: bool = True,
    use_bias: bool = True,
) -> ParameterCount:
    """Count the weights of a Keras layer without building it.

    A recurrent layer has gates * units * (input_dim + units + 1) weights,
    gates being 1 for "simple_rnn", 4 for "lstm" and 3 for "gru"; a GRU with
    ``reset_after=True`` has a second bias, 3 * units more. The number of
    steps is no argument: every step uses the same weights.

    The shapes are those of ``build`` in ``keras/src/layers/rnn/``
    (``simple_rnn.py``, ``lstm.py``, ``gru.py``), and of
    ``keras/src/layers/core/`` (``dense.py``, ``embedding.py``).

    Args:
        cell: "simple_rnn", "lstm", "gru", "dense" or "embedding".
        input_dim: Size of the input at one step; for "embedding" the size
            of the vocabulary.
        units: Size of the output; for "embedding" that of a word vector.
        bidirectional: Count the layer twice, once a direction.
        reset_after: Where the reset gate of a GRU acts; other cells have
            none and do not look at it.
        use_bias: Whether there is a bias; an embedding never has one.

    Raises:
        TypeError: ``input_dim`` or ``units`` is not an integer.
        ValueError: They are below 1, ``cell`` is unknown, a switch is
            neither True nor False, or ``bidirectional`` is asked of a layer
            that has no direction.
    """
    check_choice("cell", cell, CELLS)
    input_dim = check_integer("input_dim", input_dim, minimum=1)
    units = check_integer("units", units, minimum=1)
    check_choice("bidirectional", bidirectional, (True, False))
    check_choice("reset_after", reset_after, (True, False))
    check_choice("use_bias", use_bias, (True, False))
    recurrent = cell in GATES
    if bidirectional and not recurrent:
        raise ValueError(
            "bidirectional takes False where cell is "
            f"{cell!r}, a layer without direction, got {bidirectional!r}"
        )
    directions = 2 if bidirectional else 1
    columns = directions * GATES.get(cell, 1) * units
    kernel = input_dim * columns
    recurrent_kernel = units * columns if recurrent else 0
    bias = columns if use_bias and cell != "embedding" else 0
    if cell == "gru" and reset_after:
        bias *= 2
    total = kernel + recurrent_kernel + bias
    return ParameterCount(kernel, recurrent_kernel, bias, total)
