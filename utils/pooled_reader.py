"""The best shipped classifier, on the course's own NumPy cells.

It computes what `utils.leaderboard.recurrent.network` computes: word vectors
and evidence, a GRU in both directions over pieces of 50 words, mean and
maximum of all states, one sigmoid.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from utils import cells, shipped
from utils.cells.activations import sigmoid
from utils.leaderboard.evidence import LONGEST_RUN, looked_up
from utils.leaderboard.recurrent import EVIDENCE_SCALE
from utils.leaderboard.rows import UNKNOWN_ID, Flat
from utils.shipped.best import FIRST_WORD, RECIPE

CHUNK = RECIPE.chunk or RECIPE.timesteps
"""Words of a piece."""


class PooledReader:
    """Word ids in, probabilities and hidden states out.

    Attributes:
        words: The words it knows, the most frequent first.
    """

    def __init__(self) -> None:
        """Load the weights ``bigru``."""
        self._arrays = shipped.load("bigru")
        self.words = self._arrays["words"].tobytes().decode().split("\n")
        self._ids = {
            word: number for number, word in enumerate(self.words, FIRST_WORD)
        }
        self._vectors = self._arrays["vectors"].astype(np.float32)
        self._tables = [
            (
                np.cumsum(self._arrays[f"run_steps_{length}"]),
                self._arrays[f"evidence_{length}"].astype(np.float32),
            )
            for length in range(1, LONGEST_RUN + 1)
        ]

    def ids(self, words: Sequence[str]) -> list[int]:
        """Return the ids of words; all unknown ones have the same."""
        return [self._ids.get(word, UNKNOWN_ID) for word in words]

    def answers(self, texts: Sequence[Sequence[int]]) -> np.ndarray:
        """Return the probability that each text is positive, (texts,).

        Args:
            texts: Ids, at least one a text.
        """
        lengths = np.array([len(text) for text in texts])
        pieces = -(-int(lengths.max()) // CHUNK)
        x = np.zeros((len(texts), pieces * CHUNK, self._width), np.float32)
        for row, numbers in zip(x, self._inputs(texts), strict=True):
            row[: len(numbers)] = numbers
        mask = np.arange(pieces * CHUNK) < lengths[:, None]
        states = self._states(
            x.reshape(-1, CHUNK, self._width), mask.reshape(-1, CHUNK)
        ).reshape(len(texts), pieces * CHUNK, -1)
        largest = np.where(mask[..., None], states, -np.inf).max(axis=1)
        mean = states.sum(axis=1) / lengths[:, None]
        evidence = x[..., -LONGEST_RUN:].sum(axis=1)
        return self._probability(mean, largest, evidence)

    def read(self, text: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Answer after every word of one text.

        The pieces behind a word do not exist yet when it is read, and those
        before it no longer change. So only one piece a word is computed.

        Args:
            text: Ids, at least one.

        Returns:
            Probabilities, (timesteps,), and the hidden states after the
            whole text, (timesteps, 2 units).
        """
        (x,) = self._inputs([text])
        count = len(x)
        place = np.arange(count)
        start = place // CHUNK * CHUNK
        steps = start[:, None] + np.arange(CHUNK)
        mask = steps <= place[:, None]
        piece = np.where(mask[..., None], x[np.minimum(steps, count - 1)], 0)
        states = self._states(piece, mask)
        sums = states.sum(axis=1)
        largest = np.where(mask[..., None], states, -np.inf).max(axis=1)
        # What the whole pieces before the word's own one have left.
        ends = np.arange(CHUNK - 1, count, CHUNK)
        none = np.zeros((1, sums.shape[1]), np.float32)
        sums_before = np.cumsum(np.vstack([none, sums[ends]]), axis=0)
        largest_before = np.maximum.accumulate(
            np.vstack([none - np.inf, largest[ends]]), axis=0
        )
        mean = (sums + sums_before[place // CHUNK]) / (place + 1)[:, None]
        largest = np.maximum(largest, largest_before[place // CHUNK])
        evidence = np.cumsum(x[:, -LONGEST_RUN:], axis=0)
        last = np.minimum(start + CHUNK, count) - 1
        return (
            self._probability(mean, largest, evidence),
            states[last, place - start],
        )

    @property
    def _width(self) -> int:
        """Numbers of one step's input."""
        return self._vectors.shape[1] + LONGEST_RUN

    def _inputs(self, texts: Sequence[Sequence[int]]) -> list[np.ndarray]:
        """Return vectors and evidence, (timesteps, width) for each text."""
        offsets = np.cumsum([0, *(len(text) for text in texts)])
        ids = np.concatenate([np.asarray(text, np.int64) for text in texts])
        evidence = looked_up(self._tables, Flat(ids, offsets))
        x = np.concatenate([self._vectors[ids], evidence], axis=1)
        return np.split(x, offsets[1:-1])

    def _states(self, x: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run both readers over pieces, zero at padding.

        Args:
            x: (pieces, 50, width).
            mask: (pieces, 50), False at padding.

        Returns:
            (pieces, 50, 2 units).
        """
        forward = cells.gru(x, *self._weights("forward"), mask=mask).h
        backward = cells.gru(
            x[:, ::-1], *self._weights("backward"), mask=mask[:, ::-1]
        ).h
        return cells.bidirectional(forward, backward, mask=mask)

    def _weights(self, way: str) -> list[np.ndarray]:
        """Return kernel, recurrent kernel and bias of one reader."""
        names = ("kernel", "recurrent_kernel", "bias")
        return [self._arrays[f"{way}_{name}"] for name in names]

    def _probability(
        self, mean: np.ndarray, largest: np.ndarray, evidence: np.ndarray
    ) -> np.ndarray:
        """Return the answer of the last layer, (n,)."""
        features = np.hstack([mean, largest, evidence / EVIDENCE_SCALE])
        sums = features @ self._arrays["output_kernel"]
        return sigmoid(sums + self._arrays["output_bias"])[:, 0]
