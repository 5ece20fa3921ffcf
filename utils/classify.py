"""Classify texts with shipped weights and the course's own NumPy cells.

No TensorFlow is needed, so the first answer is there at once.

    >>> reading = load("gru").read("not great, but I recommend it")
    >>> reading.probabilities[-1]   # that the text is positive

    python -m utils.classify "Not great, but I recommend it."
    python -m utils.classify --file reviews.csv --out labelled.csv
"""

from __future__ import annotations

import argparse
import functools
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from utils import cells, review_files, shipped
from utils.arguments import check_choice, check_text
from utils.cells.activations import sigmoid
from utils.imdb import tokens
from utils.leaderboard.rows import UNKNOWN_ID as UNKNOWN_ID_OF_KERAS
from utils.pooled_reader import PooledReader

CELLS = ("simple_rnn", "lstm", "gru")
"""The small classifiers that come with the course."""

MODELS = (*CELLS, "bigru")
"""With the best one that does."""

MOST_TOKENS = 200
"""Of a longer text only the end is read, word by word."""

MOST_AT_ONCE = 400
"""So many words the best classifier reads where one answer is enough."""

SIDE_BY_SIDE = 128
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
        words, ids = self._words_and_ids(text)
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
        rows = [self._words_and_ids(text)[1] for text in texts]
        return _in_batches(rows, self._last_answers)

    def _last_answers(self, rows: Sequence[list[int]]) -> np.ndarray:
        """Return the answers after the last word of each row."""
        ids = np.zeros((len(rows), len(rows[-1])), dtype=np.int64)
        for padded, row in zip(ids, rows, strict=True):
            padded[: len(row)] = row
        trace = self._run(self._embedding[ids], ids > 0)
        h = trace if self.cell == "simple_rnn" else trace.h
        return self._answer(h[:, -1])

    def _words_and_ids(self, text: str) -> tuple[list[str], list[int]]:
        """Return the words that are read, and their ids."""
        words = _words(text, MOST_TOKENS)
        return words, [self._ids.get(word, UNKNOWN_ID) for word in words]

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
    """The best network that comes with the course, like a `Classifier`.

    Attributes:
        cell: ``"bigru"``.
        words: The words it knows, the most frequent first.
    """

    cell = "bigru"

    def __init__(self) -> None:
        """Load its weights."""
        self._reader = PooledReader()
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
    words = tokens(check_text("text", text))[-most:]
    if not words:
        raise ValueError(f"text takes at least one word, got {text!r:.60}")
    return words


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Classify a text, or a CSV file; return 0 if that was possible."""
    parser = argparse.ArgumentParser(
        prog="python -m utils.classify",
        description="Say whether reviews are positive or negative.",
    )
    parser.add_argument("text", nargs="?", help="a review")
    parser.add_argument("--file", type=Path, help="CSV file with reviews")
    parser.add_argument("--out", type=Path, help="CSV file with labels")
    parser.add_argument("--column", help="name of the column with reviews")
    parser.add_argument("--cell", choices=MODELS, default="bigru")
    options = parser.parse_args(arguments)
    if (options.text is None) == (options.file is None):
        parser.error("takes a text, or --file and --out")
    if (options.file is None) != (options.out is None):
        parser.error("--file and --out belong together")
    try:
        classifier = load(options.cell)
        if options.file is None:
            print(_sentence(classifier, options.text))
        else:
            _label(classifier, options.file, options.out, options.column)
    except ValueError as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    return 0


def _sentence(classifier: Classifier | BestClassifier, text: str) -> str:
    """Return what a classifier says of one text."""
    reading = classifier.read(text)
    probability = float(reading.probabilities[-1])
    label = "positive" if probability > 0.5 else "negative"
    unknown = reading.known.count(False)
    return (
        f"{label}: the {classifier.cell} gives {probability:.2f} that it is "
        f"positive; it read {len(reading.tokens)} words, {unknown} unknown"
    )


def _label(
    classifier: Classifier | BestClassifier,
    source: Path,
    target: Path,
    column: str | None,
) -> None:
    """Label a file with a progress bar, and report what happened."""
    from tqdm import tqdm

    size = source.stat().st_size if source.is_file() else None
    began = time.perf_counter()
    with tqdm(total=size, unit="B", unit_scale=True, desc=source.name) as bar:
        report = review_files.label_file(
            source,
            target,
            classifier.positive,
            column=column,
            progress=bar.update,
        )
    seconds = time.perf_counter() - began
    print(
        f"{report.labelled:,} reviews labelled in {seconds:.1f} s, "
        f"{report.labelled / seconds:,.0f} a second; {report.bad:,} left out"
    )
    for line, reason in report.first_bad:
        print(f"line {line}: {reason}", file=sys.stderr)
    hidden = report.bad - len(report.first_bad)
    if hidden:
        print(f"and {hidden:,} more", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
