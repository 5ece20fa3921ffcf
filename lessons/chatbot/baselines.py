"""Choosing an answer without a network: by frequency, and by shared words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from lessons.chatbot import messages
from lessons.chatbot.conversations import Pair


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

        texts = [p.message for p in train] + [p.answer for p in train]
        self.vectorizer = TfidfVectorizer(
            token_pattern=r"\S+", sublinear_tf=True
        ).fit(tokens(texts))

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return texts as rows of length 1, sparse."""
        return self.vectorizer.transform(tokens(texts))

    def cosine(self, part: Sequence[Pair], tens: np.ndarray) -> np.ndarray:
        """Return how like each message its candidates are, (pairs, 10)."""
        said = self.vectors([pair.message for pair in part])
        answers = self.vectors([pair.answer for pair in part])
        return _chosen(said @ answers.T, tens)


def _chosen(likeness: Any, tens: np.ndarray) -> np.ndarray:
    """Return the entries of a sparse matrix at the candidates."""
    return np.stack(
        [likeness[row].toarray()[0][places] for row, places in enumerate(tens)]
    )
