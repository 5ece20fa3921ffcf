"""Recurrent cells in NumPy, forward and backward, from Keras weights.

Every function takes weights in the order and layout of
``layer.get_weights()``, so ``lstm(x, *layer.get_weights())`` gives what the
Keras layer gives with ``return_sequences=True``. Arrays are batch first:
``(batch, timesteps, features)`` in, ``(batch, timesteps, units)`` out. They
are read in float32 unless one of them is float64; the result follows.

A mask is a boolean array of shape (batch, timesteps), False where a step
is padding. A masked step copies the state and repeats the output of the
step before; where no step came before, the output is zero, as in Keras
on a CPU (``keras/src/backend/tensorflow/rnn.py``). Bidirectional is the
exception: its output is zero at every masked step.
"""

from utils.cells.bidirectional_merge import bidirectional
from utils.cells.gradients import Gradients, LSTMGradients
from utils.cells.gru_cell import GRUTrace, gru, gru_backward
from utils.cells.lstm_cell import LSTMTrace, lstm, lstm_backward
from utils.cells.simple_rnn_cell import simple_rnn, simple_rnn_backward

__all__ = [
    "GRUTrace",
    "Gradients",
    "LSTMGradients",
    "LSTMTrace",
    "bidirectional",
    "gru",
    "gru_backward",
    "lstm",
    "lstm_backward",
    "simple_rnn",
    "simple_rnn_backward",
]
