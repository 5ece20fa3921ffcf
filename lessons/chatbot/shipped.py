"""The trained networks of lesson 20, run in NumPy from stored arrays.

``python -m lessons.chatbot.experiments choosing bot writing`` trains and
stores them.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lessons.chatbot.data import END, PADDING, START
from utils import cells
from utils.classify import store

WEIGHTS = Path(__file__).parent / "weights"
"""The trained networks, in a folder that `store` reads."""

PARTS = ("kernel", "recurrent_kernel", "bias")
"""Arrays of a recurrent layer, in Keras's order."""


def last_states(
    ids: np.ndarray, embedding: np.ndarray, *gru: np.ndarray
) -> np.ndarray:
    """Return the state of a GRU after the last word of each row.

    Args:
        ids: Padded behind with 0, (rows, timesteps), a word at least each.
        embedding: (words, width).
        *gru: Kernel, recurrent kernel and bias, as Keras orders them.

    Returns:
        (rows, units), as a mask would give them.
    """
    x = embedding[ids].astype(float)
    return cells.gru(x, *gru, mask=ids != PADDING).h[:, -1]


@dataclass(frozen=True)
class Writer:
    """A decoder, with its encoder where it hears the message.

    Attributes:
        arrays: Its weights, as `experiments` stores them.
        words: The word of every id.
    """

    arrays: dict[str, np.ndarray]
    words: list[str]

    def states(self, messages: np.ndarray) -> np.ndarray:
        """Return with which state it begins to answer, (messages, units).

        Args:
            messages: Ids, (messages, timesteps).
        """
        if "encoder_kernel" not in self.arrays:
            units = len(self.arrays["decoder_recurrent_kernel"])
            return np.zeros((len(messages), units))
        gru = (self.arrays[f"encoder_{part}"] for part in PARTS)
        return last_states(messages, self.arrays["message_embedding"], *gru)

    def step(
        self, last: np.ndarray, states: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the logarithms of the next word's probabilities.

        Args:
            last: The word before it, (rows,).
            states: Of the decoder, (rows, units).

        Returns:
            (rows, words), and the states after ``last``.
        """
        h = self._read(np.asarray(last)[:, None], states)
        return self._log_softmax(h[:, 0]), h[:, 0]

    def nats(
        self,
        states: np.ndarray,
        answers: np.ndarray,
        left_out: Sequence[int] = (PADDING,),
    ) -> np.ndarray:
        """Return minus the logarithm of each answer's probability.

        Args:
            states: With which the decoder begins, (answers, units).
            answers: Ids, padded behind with 0, (answers, timesteps).
            left_out: Ids that cost nothing.

        Returns:
            In nats, (answers,); the end mark is a word, too.
        """
        total = np.zeros(len(answers))
        for rows in np.array_split(
            np.arange(len(answers)), -(-len(answers) // 256)
        ):
            given, wanted = teacher(answers[rows])
            logs = self._log_softmax(self._read(given, states[rows]))
            found = np.take_along_axis(logs, wanted[..., None], 2)[..., 0]
            costs = ~np.isin(wanted, left_out)
            total[rows] = -np.where(costs, found, 0).sum(axis=1)
        return total

    def _read(self, given: np.ndarray, states: np.ndarray) -> np.ndarray:
        """Return the decoder's states after each word given."""
        x = self.arrays["answer_embedding"][given].astype(float)
        gru = (self.arrays[f"decoder_{part}"] for part in PARTS)
        return cells.gru(x, *gru, initial_state=states).h

    def _log_softmax(self, h: np.ndarray) -> np.ndarray:
        """Return the logarithms of the probabilities of all words."""
        scores = h @ self.arrays["scores_kernel"].astype(float)
        scores += self.arrays["scores_bias"]
        highest = scores.max(axis=-1, keepdims=True)
        total = np.exp(scores - highest).sum(axis=-1, keepdims=True)
        return scores - highest - np.log(total)


def teacher(answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what a decoder is given, and what is wanted of it.

    Args:
        answers: Ids, padded behind with 0, (answers, timesteps).

    Returns:
        The start mark and the words; the words and the end mark: both
        (answers, timesteps + 1), padded behind with 0.
    """
    edge = np.zeros((len(answers), 1), dtype=answers.dtype)
    wanted = np.concatenate([answers, edge], axis=1)
    wanted[np.arange(len(answers)), (answers != PADDING).sum(axis=1)] = END
    return np.concatenate([edge + START, answers], axis=1), wanted


@functools.cache
def writer(hears: bool = True) -> Writer:
    """Return a shipped writer, one that hears the message or one deaf."""
    name = "writer" if hears else "deaf_writer"
    arrays = store.load(name, WEIGHTS)
    rows = len(arrays["answer_embedding"])
    return Writer(arrays, store.unpacked(arrays["words"], rows))
