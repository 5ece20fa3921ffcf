"""The choice of the leaderboard as it ships: two networks, averaged.

One is `utils.classify.bigru`. The other has two GRUs of 256 units that began
as language models; it reads a review uncut, in both directions, each with a
table of its own, and gets the same evidence.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

import numpy as np

from leaderboard.ensemble import mean_answer
from leaderboard.language_model import DIRECTIONS
from leaderboard.language_model_files import unpacked
from utils import cells
from utils.cells.activations import sigmoid
from utils.classify import store
from utils.classify.bigru import BiGRUClassifier, joined
from utils.classify.classifiers import BestClassifier
from utils.classify.evidence import EVIDENCE_SCALE
from utils.classify.many import gru_states
from utils.classify.padding import START_ID


class PretrainedBiGRU:
    """Word ids and evidence in, probabilities and hidden states out."""

    def __init__(self) -> None:
        """Load the weights ``ensemble``."""
        self._arrays = store.load("ensemble")
        self._readers = {
            way: unpacked(
                {
                    name.removeprefix(f"{way}_"): array
                    for name, array in self._arrays.items()
                    if name.startswith(way)
                }
            )
            for way in DIRECTIONS
        }

    def answers(
        self, texts: Sequence[Sequence[int]], evidence: np.ndarray
    ) -> np.ndarray:
        """Return the probability that each text is positive, (texts,).

        Args:
            texts: Ids, at least one a text.
            evidence: Of the words of all texts, (words, 3).
        """
        words = joined(texts)
        features = []
        for way in DIRECTIONS:
            total, largest, last = self._pooled(
                way, words.ids, evidence, words.offsets
            )
            features += [total / words.lengths[:, None], largest, last]
        whole = np.add.reduceat(evidence, words.offsets[:-1])
        features = np.hstack([*features, whole / EVIDENCE_SCALE])
        sums = features @ self._arrays["output_kernel"]
        return sigmoid(sums + self._arrays["output_bias"])[:, 0]

    def _pooled(
        self,
        way: str,
        ids: np.ndarray,
        evidence: np.ndarray,
        offsets: np.ndarray,
    ) -> np.ndarray:
        """Return sum, maximum and last of one reader's states of each text.

        Every text begins with the start id, whose state is not pooled.

        Returns:
            (3, texts, 256).
        """
        lengths = np.diff(offsets)
        order = np.argsort(-lengths, kind="stable")
        table, kernel, recurrent_kernel, bias = self._looked_up(way)
        step_by = 1 if way == "forward" else -1
        begin = offsets[:-1] if way == "forward" else offsets[1:] - 1
        begin = begin[order]

        def inputs(step: int, count: int) -> np.ndarray:
            if step == 0:
                return np.repeat(table[START_ID][None], count, axis=0)
            word = begin[:count] + step_by * (step - 1)
            return table[ids[word]] + evidence[word] @ kernel

        count = len(lengths)
        pooled = np.zeros((3, count, len(recurrent_kernel)), np.float32)
        pooled[1] -= np.inf  # no state has been seen yet
        states = gru_states(inputs, lengths[order] + 1, recurrent_kernel, bias)
        for h in itertools.islice(states, 1, None):
            rows = order[: len(h)]
            pooled[0, rows] += h
            pooled[1, rows] = np.maximum(pooled[1, rows], h)
            pooled[2, rows] = h
        return pooled

    def states(self, text: Sequence[int], evidence: np.ndarray) -> np.ndarray:
        """Return the hidden states of both readers at each word of a text.

        Args:
            text: Ids, at least one.
            evidence: Of its words, (timesteps, 3).

        Returns:
            (timesteps, 512), forward first.
        """
        found = []
        for way, turn in (("forward", 1), ("backward", -1)):
            ids = [START_ID, *text[::turn]]
            beside = np.vstack([np.zeros((1, 3)), evidence[::turn]])
            x = np.hstack([self._readers[way]["table"][ids], beside])
            h = cells.gru(x[None], *self._weights(way)).h[0, 1:]
            found.append(h[::turn])
        return np.hstack(found)

    @functools.cache  # noqa: B019 - a classifier is never given up
    def _looked_up(self, way: str) -> tuple[np.ndarray, ...]:
        """Return each word's input times the kernel, and what is left.

        Returns:
            (words, 768), the kernel's rows of the evidence, the recurrent
            kernel and its bias.
        """
        kernel, recurrent_kernel, (bias, recurrent_bias) = self._weights(way)
        table = self._readers[way]["table"]
        width = table.shape[1]
        looked_up = table @ kernel[:width] + bias
        return looked_up, kernel[width:], recurrent_kernel, recurrent_bias

    def _weights(self, way: str) -> list[np.ndarray]:
        """Return kernel, recurrent kernel and bias of one reader."""
        names = ("kernel", "recurrent_kernel", "bias")
        return [self._readers[way][name] for name in names]


class EnsembleClassifier:
    """Word ids in, probabilities and hidden states out.

    Attributes:
        words: The words it knows, the most frequent first.
        ids: Returns the ids of words; all unknown ones have the same.
    """

    def __init__(self) -> None:
        """Load the weights of both networks."""
        self._small, self._large = BiGRUClassifier(), PretrainedBiGRU()
        self.words, self.ids = self._small.words, self._small.ids

    def answers(self, texts: Sequence[Sequence[int]]) -> np.ndarray:
        """Return the probability that each text is positive, (texts,).

        Args:
            texts: Ids, at least one a text.
        """
        evidence = self._small.evidence(texts)
        return mean_answer(
            [
                self._small.answers(texts, evidence),
                self._large.answers(texts, evidence),
            ]
        )

    def read(self, text: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Answer after every word of one text.

        The backward reader begins anew with each word, so every beginning
        is read.

        Args:
            text: Ids, at least one.

        Returns:
            Probabilities, (timesteps,), and the hidden states of the larger
            network after the whole text, (timesteps, 512).
        """
        evidence = self._small.evidence([text])
        ends = range(1, len(text) + 1)
        large = self._large.answers(
            [text[:end] for end in ends],
            np.concatenate([evidence[:end] for end in ends]),
        )
        small, _ = self._small.read(text)
        return mean_answer([small, large]), self._large.states(text, evidence)


def load(_: str = "ensemble") -> BestClassifier:
    """Return the ensemble as `utils.classify.load` returns the others."""
    return BestClassifier(EnsembleClassifier())
