"""Choosing an answer without a network: by frequency, and by shared words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from lessons.chatbot import messages
from lessons.chatbot.conversations import Pair

NEIGHBOURS = 20
"""How many similar messages the answers are taken from."""


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

    def __init__(self, train: Sequence[Pair]) -> None:
        """Count the words of training messages and answers."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.messages = tokens([pair.message for pair in train])
        self.answers = tokens([pair.answer for pair in train])
        self.vectorizer = TfidfVectorizer(
            token_pattern=r"\S+", sublinear_tf=True
        ).fit(self.messages + self.answers)

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return texts as rows of length 1, sparse."""
        return self.vectorizer.transform(tokens(texts))

    def cosine(self, part: Sequence[Pair], tens: np.ndarray) -> np.ndarray:
        """Return how like each message its candidates are, (pairs, 10)."""
        said = self.vectors([pair.message for pair in part])
        answers = self.vectors([pair.answer for pair in part])
        return _chosen(said @ answers.T, tens)

    def neighbours(self, part: Sequence[Pair], tens: np.ndarray) -> np.ndarray:
        """Return how like the answers to similar messages they are.

        The `NEIGHBOURS` training messages most like a message are looked
        up; a candidate is compared with the answers that these got.
        """
        said = self.vectors([pair.message for pair in part])
        answers = self.vectors([pair.answer for pair in part])
        known = self.vectorizer.transform(self.messages).T.tocsc()
        given = self.vectorizer.transform(self.answers)
        scores = np.zeros(tens.shape)
        for row in range(len(tens)):
            likeness = (said[row] @ known).tocsr()
            best = np.argsort(-likeness.data, kind="stable")[:NEIGHBOURS]
            mean = given[likeness.indices[best]].T @ likeness.data[best]
            scores[row] = answers[tens[row]] @ mean
        return scores


def _chosen(likeness: Any, tens: np.ndarray) -> np.ndarray:
    """Return the entries of a sparse matrix at the candidates."""
    return np.stack(
        [likeness[row].toarray()[0][places] for row, places in enumerate(tens)]
    )
