"""The best shipped classifier, on the course's own NumPy cells.

It computes what the network of the leaderboard does: word vectors and
evidence, a GRU in both directions over pieces of a review, mean and maximum
of all states, one sigmoid.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from utils import cells
from utils.cells.activations import sigmoid
from utils.classify import store
from utils.classify.evidence import EVIDENCE_SCALE, LONGEST_RUN, transform
from utils.classify.many import gru_states
from utils.classify.padding import FIRST_WORD, UNKNOWN_ID, Flat


class BiGRUClassifier:
    """Word ids in, probabilities and hidden states out.

    Attributes:
        words: The words it knows, the most frequent first.
    """

    def __init__(self) -> None:
        """Load the weights ``bigru``."""
        self._arrays = store.load("bigru")
        self._piece = int(store.facts("bigru")["words_of_a_piece"])
        self._vectors = self._arrays["vectors"].astype(np.float32)
        self.words = store.unpacked(
            self._arrays["words"], len(self._vectors) - FIRST_WORD
        )
        self._ids = {
            word: number for number, word in enumerate(self.words, FIRST_WORD)
        }
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

    def evidence(self, texts: Sequence[Sequence[int]]) -> np.ndarray:
        """Return the evidence of every word of all texts, (words, 3).

        Args:
            texts: Ids, at least one a text.
        """
        return transform(self._tables, joined(texts))

    def answers(
        self,
        texts: Sequence[Sequence[int]],
        evidence: np.ndarray | None = None,
    ) -> np.ndarray:
        """Return the probability that each text is positive, (texts,).

        Args:
            texts: Ids, at least one a text.
            evidence: Of their words in place of their own, as `evidence`
                returns it.
        """
        words = joined(texts)
        if evidence is None:
            evidence = transform(self._tables, words)
        pieces = -(-words.lengths // self._piece)
        first = np.cumsum([0, *pieces[:-1]])
        place = np.arange(pieces.sum()) - np.repeat(first, pieces)
        starts = np.repeat(words.offsets[:-1], pieces) + place * self._piece
        ends = np.minimum(
            starts + self._piece, np.repeat(words.offsets[1:], pieces)
        )
        total, largest = np.concatenate(
            [
                self._pooled(way, words.ids, evidence, starts, ends)
                for way in ("forward", "backward")
            ],
            axis=-1,
        )
        mean = np.add.reduceat(total, first) / words.lengths[:, None]
        largest = np.maximum.reduceat(largest, first)
        evidence = np.add.reduceat(evidence, words.offsets[:-1])
        return self._probability(mean, largest, evidence)

    def _pooled(
        self,
        way: str,
        ids: np.ndarray,
        evidence: np.ndarray,
        starts: np.ndarray,
        ends: np.ndarray,
    ) -> np.ndarray:
        """Return sum and maximum of one reader's states over each piece.

        Args:
            way: "forward" or "backward".
            ids: Of all words, (words,).
            evidence: Beside them, (words, 3).
            starts: Where each piece begins, (pieces,).
            ends: Where it has ended.

        Returns:
            (2, pieces, units).
        """
        order = np.argsort(starts - ends, kind="stable")
        table, kernel, recurrent_kernel, bias = self._looked_up(way)
        step_by = 1 if way == "forward" else -1
        begin = (starts if way == "forward" else ends - 1)[order]

        def inputs(step: int, count: int) -> np.ndarray:
            word = begin[:count] + step_by * step
            return table[ids[word]] + evidence[word] @ kernel

        units = len(recurrent_kernel)
        pooled = np.zeros((2, len(starts), units), np.float32)
        total, largest = np.zeros_like(pooled)
        largest -= np.inf  # no state has been seen yet
        lengths = (ends - starts)[order]
        for h in gru_states(inputs, lengths, recurrent_kernel, bias):
            count = len(h)
            total[:count] += h
            np.maximum(largest[:count], h, out=largest[:count])
        pooled[0, order], pooled[1, order] = total, largest
        return pooled

    @functools.cache  # noqa: B019 - a classifier is never given up
    def _looked_up(self, way: str) -> tuple[np.ndarray, ...]:
        """Return each word's input times the kernel, and what is left.

        Returns:
            (words, 3 units), the kernel's rows of the evidence, the
            recurrent kernel and its bias.
        """
        kernel, recurrent_kernel, (bias, recurrent_bias) = self._weights(way)
        width = self._vectors.shape[1]
        table = self._vectors @ kernel[:width] + bias
        return table, kernel[width:], recurrent_kernel, recurrent_bias

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
        start = place // self._piece * self._piece
        steps = start[:, None] + np.arange(self._piece)
        mask = steps <= place[:, None]
        piece = np.where(mask[..., None], x[np.minimum(steps, count - 1)], 0)
        states = self._states(piece, mask)
        sums = states.sum(axis=1)
        largest = np.where(mask[..., None], states, -np.inf).max(axis=1)
        # What the whole pieces before the word's own one have left.
        ends = np.arange(self._piece - 1, count, self._piece)
        none = np.zeros((1, sums.shape[1]), np.float32)
        sums_before = np.cumsum(np.vstack([none, sums[ends]]), axis=0)
        largest_before = np.maximum.accumulate(
            np.vstack([none - np.inf, largest[ends]]), axis=0
        )
        mean = (sums + sums_before[place // self._piece]) / (place + 1)[
            :, None
        ]
        largest = np.maximum(largest, largest_before[place // self._piece])
        evidence = np.cumsum(x[:, -LONGEST_RUN:], axis=0)
        last = np.minimum(start + self._piece, count) - 1
        return (
            self._probability(mean, largest, evidence),
            states[last, place - start],
        )

    def _inputs(self, texts: Sequence[Sequence[int]]) -> list[np.ndarray]:
        """Return vectors and evidence, (timesteps, width) for each text."""
        words = joined(texts)
        evidence = transform(self._tables, words)
        x = np.concatenate([self._vectors[words.ids], evidence], axis=1)
        return np.split(x, words.offsets[1:-1])

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


def joined(texts: Sequence[Sequence[int]]) -> Flat:
    """Return the ids of texts without start ids, one after the other."""
    offsets = np.cumsum([0, *(len(text) for text in texts)])
    ids = np.concatenate([np.asarray(text, np.int64) for text in texts])
    return Flat(ids, offsets)
