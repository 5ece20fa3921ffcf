"""Classify a text with shipped weights and the course's own NumPy cells.

No TensorFlow is needed, so the first answer is there at once.

    >>> reading = load("gru").read("not great, but I recommend it")
    >>> reading.probabilities[-1]   # that the text is positive
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils import cells, shipped
from utils.arguments import check_choice, check_text
from utils.imdb import tokens

CELLS = ("simple_rnn", "lstm", "gru")
"""The classifiers that come with the course."""

MOST_TOKENS = 200
"""Of a longer text only the end is read."""

UNKNOWN_ID = 1
"""Id of a word that is not in the table; known words begin behind it."""


@dataclass(frozen=True)
class Reading:
    """What a classifier did while it read a text.

    Attributes:
        tokens: The words read, at most ``MOST_TOKENS`` from the end.
        known: Whether each is in the classifier's table.
        probabilities: That the text is positive, after each word,
            (timesteps,).
        hidden_states: (timesteps, units).
        trace: What `utils.cells` returned: the states of a SimpleRNN, an
            LSTMTrace or a GRUTrace, each array (1, timesteps, units).
    """

    tokens: list[str]
    known: list[bool]
    probabilities: np.ndarray
    hidden_states: np.ndarray
    trace: Any


class Classifier:
    """One recurrent layer on embedded words, with a sigmoid behind it.

    Attributes:
        cell: One of ``CELLS``.
        words: The words it knows, the most frequent first.
    """

    def __init__(self, cell: str) -> None:
        """Load the weights of one of ``CELLS``."""
        self.cell = check_choice("cell", cell, CELLS)
        self._arrays = shipped.load(cell)
        self.words = self._arrays["words"].tobytes().decode().split("\n")
        first = UNKNOWN_ID + 1
        self._ids = {word: first + i for i, word in enumerate(self.words)}
        self._embedding = self._arrays["embedding"].astype(np.float32)

    def read(self, text: str) -> Reading:
        """Read a text and answer after every word.

        Args:
            text: Any text; what has no letters or digits has no words.

        Raises:
            TypeError: ``text`` is not a str.
            ValueError: ``text`` has no word.
        """
        words = tokens(check_text("text", text))[-MOST_TOKENS:]
        if not words:
            raise ValueError(f"text takes at least one word, got {text!r:.60}")
        ids = [self._ids.get(word, UNKNOWN_ID) for word in words]
        trace = self._states(self._embedding[ids][None])
        h = (trace if self.cell == "simple_rnn" else trace.h)[0]
        kernel, bias = (
            self._arrays[name] for name in ("output_kernel", "output_bias")
        )
        return Reading(
            tokens=words,
            known=[number != UNKNOWN_ID for number in ids],
            probabilities=1 / (1 + np.exp(-(h @ kernel + bias)[:, 0])),
            hidden_states=h,
            trace=trace,
        )

    def _states(self, x: np.ndarray) -> Any:
        """Run the cell over (1, timesteps, features)."""
        weights = (
            self._arrays[name]
            for name in ("kernel", "recurrent_kernel", "bias")
        )
        return getattr(cells, self.cell)(x, *weights)


@functools.cache
def load(cell: str) -> Classifier:
    """Return a shipped classifier; the second call returns the same one.

    Args:
        cell: ``"simple_rnn"``, ``"lstm"`` or ``"gru"``.

    Raises:
        ValueError: There is no such classifier.
    """
    return Classifier(cell)
