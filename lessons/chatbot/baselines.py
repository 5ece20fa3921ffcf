"""Choosing an answer without a network: by frequency, and by shared words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from lessons.chatbot import messages
from lessons.chatbot.conversations import Pair

ADDED = 40.0
"""Weight added to each word of `Linear`: the best on the validation part of
those that `controls` tries."""

AXES = 64
"""Numbers per text, as many as a GRU of the lesson has units."""


def tokens(texts: Sequence[str]) -> list[str]:
    """Return each text as its words, with a space between them."""
    return [" ".join(messages.words(text)) for text in texts]


def frequency(train: Sequence[Pair], answers: Sequence[str]) -> np.ndarray:
    """Return how often each answer was given in training, (answers,)."""
    counts = Counter(tokens([pair.answer for pair in train]))
    return np.array([counts[text] for text in tokens(answers)], float)


class TfIdf:
    """Texts as weighted word counts, compared by the cosine.

    A word counts once plus the logarithm of how often it stands in the
    text, times how rare it is in training.
    """

    def __init__(
        self, train: Sequence[Pair], vocabulary: Sequence[str] | None = None
    ) -> None:
        """Count the words of training messages and answers.

        Args:
            train: What is counted.
            vocabulary: The words that are known; every word if None.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = [p.message for p in train] + [p.answer for p in train]
        self.vectorizer = TfidfVectorizer(
            token_pattern=r"\S+", sublinear_tf=True, vocabulary=vocabulary
        ).fit(tokens(texts))

    @property
    def words(self) -> int:
        """How many words it knows."""
        return len(self.vectorizer.vocabulary_)

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return texts as rows of length 1, sparse."""
        return self.vectorizer.transform(tokens(texts))

    def cosine(self, part: Sequence[Pair], tens: np.ndarray) -> np.ndarray:
        """Return how like each message its candidates are, (pairs, 10)."""
        said = self.vectors([pair.message for pair in part])
        answers = self.vectors([pair.answer for pair in part])
        return _chosen(said @ answers.T, tens)


class Linear:
    """Messages and answers on axes along which their words go together.

    The covariance of the TF-IDF of a word in messages and of a word in
    answers, divided by the root of how much each word weighs in all, is a
    table of words by words. Its singular vectors are the axes: no order of
    the words, no gradient, one singular value decomposition.

    Source: after Hotelling (1936), *Relations between two sets of variates*,
    with the weight of each word in the place of both covariance matrices.
    """

    def __init__(
        self,
        train: Sequence[Pair],
        vocabulary: Sequence[str],
        added: float = ADDED,
        axes: int = AXES,
    ) -> None:
        """Find the axes.

        Args:
            train: What is learnt from.
            vocabulary: The words that are known.
            added: To the weight of each word, so that rare ones count less.
            axes: How many numbers describe a text.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.utils.extmath import randomized_svd

        counts = []
        self.vectorizers = []
        for texts in ([p.message for p in train], [p.answer for p in train]):
            vectorizer = TfidfVectorizer(
                token_pattern=r"\S+", sublinear_tf=True, vocabulary=vocabulary
            )
            counts.append(vectorizer.fit_transform(tokens(texts)))
            self.vectorizers.append(vectorizer)
        said, answered = counts
        totals = [np.asarray(each.sum(axis=0)).ravel() for each in counts]
        table = (said.T @ answered).toarray()
        table -= np.outer(*totals) / len(train)
        scales = [1 / np.sqrt(total + added) for total in totals]
        left, strength, right = randomized_svd(
            scales[0][:, None] * table * scales[1], axes, random_state=0
        )
        self.axes = [
            scale[:, None] * vectors * np.sqrt(strength)
            for scale, vectors in zip(scales, (left, right.T), strict=True)
        ]

    def vectors(self, texts: Sequence[str], of: int) -> np.ndarray:
        """Return texts as rows of length 1, (texts, axes).

        A text without a known word is a row of zeros.

        Args:
            texts: Of one kind.
            of: 0 for messages, 1 for answers.
        """
        weighted = self.vectorizers[of].transform(tokens(texts))
        found = weighted @ self.axes[of]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return found / np.where(lengths > 0, lengths, 1)

    def cosine(self, part: Sequence[Pair], tens: np.ndarray) -> np.ndarray:
        """Return how well each candidate fits its message, (pairs, 10)."""
        said = self.vectors([pair.message for pair in part], 0)
        answers = self.vectors([pair.answer for pair in part], 1)
        return np.einsum("pd,pcd->pc", said, answers[tens])


def _chosen(likeness: Any, tens: np.ndarray) -> np.ndarray:
    """Return the entries of a sparse matrix at the candidates."""
    return np.stack(
        [likeness[row].toarray()[0][places] for row, places in enumerate(tens)]
    )
