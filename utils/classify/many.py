"""GRUs over many texts at a time, as fast as NumPy makes them.

The cells of `utils.cells` are written to be read and keep all they compute.
Files have millions of rows, and want one answer each. So here the inputs are
looked up in a table that holds them times the kernel already, and rows are
sorted by length: those that have ended stand last and are left out, so there
is nothing to mask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

Inputs = Callable[[int, int], np.ndarray]
"""From a step and a number of rows to W x + b of the first rows."""


def gru_states(
    inputs: Inputs,
    lengths: np.ndarray,
    recurrent_kernel: np.ndarray,
    recurrent_bias: np.ndarray,
) -> Iterator[np.ndarray]:
    """Run a GRU (``reset_after=True``) over rows, the longest first.

    Args:
        inputs: Gives W x + b of step t for the first k rows, (k, 3 units).
        lengths: Steps of each row, falling, (rows,).
        recurrent_kernel: (units, 3 units), columns in the order z, r, h.
        recurrent_bias: (3 units,).

    Yields:
        After each step the hidden states of the rows that still run,
        (rows running, units): a view, which the next step overwrites.
    """
    units = recurrent_kernel.shape[0]
    h = np.zeros((len(lengths), units), np.float32)
    running = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    for step, count in enumerate(running.tolist()):
        before = h[:count]
        x = inputs(step, count)
        product = before @ recurrent_kernel
        product += recurrent_bias
        gates = x[:, : 2 * units]
        gates += product[:, : 2 * units]
        # The sigmoid by tanh, which NumPy computes several at a time.
        gates *= 0.5
        np.tanh(gates, out=gates)
        gates += 1
        gates *= 0.5
        candidate = product[:, 2 * units :]
        candidate *= gates[:, units:]
        candidate += x[:, 2 * units :]
        np.tanh(candidate, out=candidate)
        before -= candidate
        before *= gates[:, :units]
        before += candidate
        yield before


def last_gru_states(
    ids: np.ndarray,
    stops: np.ndarray,
    lengths: np.ndarray,
    table: np.ndarray,
    recurrent_kernel: np.ndarray,
    recurrent_bias: np.ndarray,
) -> np.ndarray:
    """Run a GRU over texts and return its state after each one's last word.

    Args:
        ids: Of the words of all texts, one text after the other, (words,).
        stops: Where each text has ended in ``ids``, (texts,).
        lengths: Words of each that are read, the last ones, (texts,).
        table: W x + b for every id, (vocabulary, 3 units).
        recurrent_kernel: (units, 3 units), columns in the order z, r, h.
        recurrent_bias: (3 units,).

    Returns:
        (texts, units).
    """
    order = np.argsort(-lengths, kind="stable")
    first = (stops - lengths)[order]
    last = np.zeros((len(lengths), len(recurrent_kernel)), np.float32)
    for h in gru_states(
        lambda step, count: table[ids[first[:count] + step]],
        lengths[order],
        recurrent_kernel,
        recurrent_bias,
    ):
        last[order[: len(h)]] = h
    return last
