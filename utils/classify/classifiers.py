"""Classify texts with shipped weights and the course's own NumPy cells.

No TensorFlow is needed, so the first answer is there at once.

    >>> reading = load("gru").read("not great, but I recommend it")
    >>> reading.probabilities[-1]   # that the text is positive

"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from utils import cells
from utils.cells.activations import sigmoid
from utils.classify import store
from utils.classify.bigru import BiGRUClassifier
from utils.classify.many import last_gru_states
from utils.classify.padding import UNKNOWN_ID as UNKNOWN_ID_OF_KERAS
from utils.classify.text import words_of
from utils.errors import check_choice

CELLS = ("simple_rnn", "lstm", "gru")
"""The small classifiers that come with the course."""

MODELS = (*CELLS, "bigru")
"""With the best one that does."""

MOST_TOKENS = 200
"""Of a longer text only the end is read, word by word."""

MOST_AT_ONCE = 400
"""So many words the best classifier reads where one answer is enough."""

SIDE_BY_SIDE = 512
"""Texts that are read side by side."""

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
            LSTMTrace or a GRUTrace, each array (1, timesteps, units); None
            where two readers read in pieces.
    """

    tokens: list[str]
    known: list[bool]
    probabilities: np.ndarray
    hidden_states: np.ndarray
    trace: Any


class Judgements(NamedTuple):
    """What a classifier says of many texts.

    Attributes:
        probabilities: That each is positive, (texts,); not a number where
            no word of the text is known.
        known: Share of the words read that are known, (texts,).
    """

    probabilities: np.ndarray
    known: np.ndarray


class Classifier:
    """One recurrent layer on embedded words, with a sigmoid behind it.

    Attributes:
        cell: One of ``CELLS``.
        words: The words it knows, the most frequent first.
    """

    def __init__(self, cell: str) -> None:
        """Load the weights of one of ``CELLS``."""
        self.cell = check_choice("cell", cell, CELLS)
        self._arrays = store.load(cell)
        self._embedding = self._arrays["embedding"].astype(np.float32)
        first = UNKNOWN_ID + 1
        self.words = store.unpacked(
            self._arrays["words"], len(self._embedding) - first
        )
        self._ids = {word: first + i for i, word in enumerate(self.words)}

    def read(self, text: str) -> Reading:
        """Read a text and answer after every word.

        Args:
            text: Any text; what has no letters or digits has no words.

        Raises:
            TypeError: ``text`` is not a str.
            ValueError: ``text`` has no word.
        """
        words = _words(text, MOST_TOKENS)
        ids = self._ids_of(words)
        trace = self._run(self._embedding[ids][None])
        h = (trace if self.cell == "simple_rnn" else trace.h)[0]
        return Reading(
            tokens=words,
            known=[number != UNKNOWN_ID for number in ids],
            probabilities=self._answer(h),
            hidden_states=h,
            trace=trace,
        )

    def positive(self, texts: Sequence[str]) -> np.ndarray:
        """Return the probability that each text is positive, (texts,).

        Args:
            texts: Any texts; of a longer one only the end is read.

        Raises:
            TypeError: One of them is not a str.
            ValueError: One of them has no word.
        """
        rows = [self._ids_of(_words(text, MOST_TOKENS)) for text in texts]
        return _in_batches(rows, self._last_answers)

    def judge(self, texts: Sequence[str]) -> Judgements:
        """Judge texts of which some may have no word that is known.

        Raises:
            TypeError: One of them is not a str.
        """
        rows = [self._ids_of(words_of(text)[-MOST_TOKENS:]) for text in texts]
        return _judgements(rows, UNKNOWN_ID, self._last_answers)

    def _last_answers(self, rows: Sequence[list[int]]) -> np.ndarray:
        """Return the answers after the last word of each row."""
        if self.cell == "gru":
            return self._answer(self._last_states(rows))
        ids = np.zeros((len(rows), len(rows[-1])), dtype=np.int64)
        for padded, row in zip(ids, rows, strict=True):
            padded[: len(row)] = row
        trace = self._run(self._embedding[ids], ids > 0)
        h = trace if self.cell == "simple_rnn" else trace.h
        return self._answer(h[:, -1])

    def _last_states(self, rows: Sequence[list[int]]) -> np.ndarray:
        """Return a GRU's states after the last word of each row."""
        lengths = np.array([len(row) for row in rows])
        ids = np.concatenate([np.asarray(row, np.int64) for row in rows])
        return last_gru_states(
            ids, np.cumsum(lengths), lengths, *self._looked_up
        )

    @functools.cached_property
    def _looked_up(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Words times kernel, the recurrent kernel, the recurrent bias."""
        bias, recurrent_bias = self._arrays["bias"]
        table = self._embedding @ self._arrays["kernel"] + bias
        return table, self._arrays["recurrent_kernel"], recurrent_bias

    def _ids_of(self, words: Sequence[str]) -> list[int]:
        """Return the ids of words; all unknown ones have the same."""
        return [self._ids.get(word, UNKNOWN_ID) for word in words]

    def _run(self, x: np.ndarray, mask: np.ndarray | None = None) -> Any:
        """Run the cell over (batch, timesteps, features)."""
        weights = (
            self._arrays[name]
            for name in ("kernel", "recurrent_kernel", "bias")
        )
        return getattr(cells, self.cell)(x, *weights, mask=mask)

    def _answer(self, h: np.ndarray) -> np.ndarray:
        """Return the probability of each hidden state, (n, units) -> (n,)."""
        kernel, bias = (
            self._arrays[name] for name in ("output_kernel", "output_bias")
        )
        return sigmoid(h @ kernel + bias)[:, 0]


class BestClassifier:
    """A network with Keras's ids, like a `Classifier`.

    Attributes:
        cell: ``"bigru"``, also where a reader is made of more than that.
        words: The words it knows, the most frequent first.
    """

    cell = "bigru"

    def __init__(self, reader: Any = None) -> None:
        """Take what reads as `BiGRUClassifier` does; None loads that."""
        self._reader = reader or BiGRUClassifier()
        self.words = self._reader.words

    def read(self, text: str) -> Reading:
        """Read a text and answer after every word; see `Classifier.read`."""
        words = _words(text, MOST_TOKENS)
        ids = self._reader.ids(words)
        probabilities, states = self._reader.read(ids)
        return Reading(
            tokens=words,
            known=[number != UNKNOWN_ID_OF_KERAS for number in ids],
            probabilities=probabilities,
            hidden_states=states,
            trace=None,
        )

    def positive(self, texts: Sequence[str]) -> np.ndarray:
        """Return the probability that each text is positive, (texts,)."""
        rows = [self._reader.ids(_words(text, MOST_AT_ONCE)) for text in texts]
        return _in_batches(rows, self._reader.answers)

    def judge(self, texts: Sequence[str]) -> Judgements:
        """Judge texts of any kind; see `Classifier.judge`."""
        rows = [
            self._reader.ids(words_of(text)[-MOST_AT_ONCE:]) for text in texts
        ]
        return _judgements(rows, UNKNOWN_ID_OF_KERAS, self._reader.answers)


@functools.cache
def load(cell: str) -> Classifier | BestClassifier:
    """Return a shipped classifier; the second call returns the same one.

    Args:
        cell: One of ``MODELS``.

    Raises:
        ValueError: There is no such classifier.
    """
    if check_choice("cell", cell, MODELS) == "bigru":
        return BestClassifier()
    return Classifier(cell)


def _words(text: str, most: int) -> list[str]:
    """Return the last words of a text.

    Raises:
        TypeError: It is not a str.
        ValueError: It has no word.
    """
    words = words_of(text)[-most:]
    if not words:
        raise ValueError(f"text takes at least one word, got {text!r:.60}")
    return words


def _judgements(
    rows: Sequence[list[int]],
    unknown: int,
    answers: Callable[[list[list[int]]], np.ndarray],
) -> Judgements:
    """Return the answers to the rows in which a word is known."""
    known = np.array(
        [1 - row.count(unknown) / max(len(row), 1) for row in rows]
    )
    known[[not row for row in rows]] = 0
    probabilities = np.full(len(rows), np.nan, np.float32)
    readable = np.flatnonzero(known)
    probabilities[readable] = _in_batches([rows[i] for i in readable], answers)
    return Judgements(probabilities, known)


def _in_batches(
    rows: Sequence[list[int]],
    answers: Callable[[list[list[int]]], np.ndarray],
) -> np.ndarray:
    """Return the answer to each row, rows of like length side by side."""
    result = np.empty(len(rows), dtype=np.float32)
    order = np.argsort([len(row) for row in rows], kind="stable")
    for start in range(0, len(rows), SIDE_BY_SIDE):
        chosen = order[start : start + SIDE_BY_SIDE]
        result[chosen] = answers([rows[i] for i in chosen])
    return result
