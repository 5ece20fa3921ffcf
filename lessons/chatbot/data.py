"""Pairs as rows of ids, and the tens of candidates to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from lessons.chatbot import messages
from lessons.chatbot.conversations import Pair
from lessons.chatbot.messages import LONGEST
from utils.errors import check_integer

PADDING, UNKNOWN, START, END = 0, 1, 2, 3
"""Ids of no word, of every word outside the vocabulary, and of the marks
with which a written answer begins and ends."""

MARKS = ("", "<unknown>", "<start>", "<end>")
"""What stands for them in a vocabulary."""

VOCABULARY_SIZE = 3000

CANDIDATES = 10
"""Answers to choose from: the real one and nine others."""


class Rows(NamedTuple):
    """Pairs in the form a network takes.

    Attributes:
        message: Ids padded behind with 0, (pairs, LONGEST) int32.
        answer: The same for the answers.
        text: Number of the answer's text, the same for answers of the same
            words, (pairs,) int32.
        conversation: (pairs,).
        person: Who answers, (pairs,).
    """

    message: np.ndarray
    answer: np.ndarray
    text: np.ndarray
    conversation: np.ndarray
    person: np.ndarray


def vocabulary_of(
    pairs: Iterable[Pair], size: int = VOCABULARY_SIZE
) -> list[str]:
    """Return the word of every id: the marks, then the most frequent words.

    Args:
        pairs: What is learnt from.
        size: How many ids there are at most, the marks included.
    """
    size = check_integer("size", size, minimum=len(MARKS) + 1)
    counts = Counter(
        word
        for pair in pairs
        for text in (pair.message, pair.answer)
        for word in messages.words(text)
    )
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return [*MARKS, *ranked[: size - len(MARKS)]]


def encode(texts: Sequence[str], vocabulary: Sequence[str]) -> np.ndarray:
    """Return texts as ids, padded behind with 0, (texts, LONGEST) int32.

    Capitals do not matter; words beyond the first `LONGEST` are left out.
    """
    number = {word: i for i, word in enumerate(vocabulary)}
    ids = np.full((len(texts), LONGEST), PADDING, dtype=np.int32)
    for row, text in enumerate(texts):
        found = messages.words(text)[:LONGEST]
        ids[row, : len(found)] = [number.get(word, UNKNOWN) for word in found]
    return ids


def decode(ids: Iterable[int], vocabulary: Sequence[str]) -> str:
    """Return the words of a row of ids, without marks and padding."""
    kept = [i for i in ids if i not in (PADDING, START, END)]
    return " ".join(vocabulary[i] for i in kept)


def rows_of(pairs: Sequence[Pair], vocabulary: Sequence[str]) -> Rows:
    """Return pairs as arrays."""
    said = [" ".join(messages.words(pair.answer)) for pair in pairs]
    _, number = np.unique(said, return_inverse=True)
    return Rows(
        encode([pair.message for pair in pairs], vocabulary),
        encode([pair.answer for pair in pairs], vocabulary),
        number.astype(np.int32),
        np.array([pair.conversation for pair in pairs]),
        np.array([pair.person for pair in pairs]),
    )


def tens(rows: Rows, seed: int = 20) -> np.ndarray:
    """Return ten answers for each pair to choose from, (pairs, 10) places.

    The real one stands first; the other nine are answers of other
    conversations, drawn at random, with ten different texts in all.

    Args:
        rows: A part.
        seed: Of the draw.
    """
    generator = np.random.default_rng(seed)
    places = np.empty((len(rows.text), CANDIDATES), dtype=int)
    for pair in range(len(places)):
        drawn, used = [pair], {rows.text[pair]}
        while len(drawn) < CANDIDATES:
            other = int(generator.integers(len(places)))
            is_other = rows.conversation[other] != rows.conversation[pair]
            if is_other and rows.text[other] not in used:
                drawn.append(other)
                used.add(rows.text[other])
        places[pair] = drawn
    return places


def picked(scores: np.ndarray) -> np.ndarray:
    """Return the probability that the first candidate is picked, (pairs,).

    It is 1 where its score is the highest. Where ``k`` candidates share the
    highest score, one of them is drawn, so it is ``1 / k``.

    Args:
        scores: (pairs, candidates).

    Raises:
        ValueError: ``scores`` has no two axes, or a value that is no number.
    """
    better, equal = _compared(scores)
    return np.where(better == 0, 1 / (equal + 1), 0.0)


def reciprocal_rank(scores: np.ndarray) -> np.ndarray:
    """Return one over the rank of the first candidate, (pairs,).

    Candidates that share a score stand in any order equally often; the
    result is the mean over these orders.

    Args:
        scores: (pairs, candidates).

    Raises:
        ValueError: As for `picked`.
    """
    better, equal = _compared(scores)
    one_over = 1 / np.arange(1, np.shape(scores)[1] + 1)
    total = np.concatenate([[0], np.cumsum(one_over)])
    return (total[better + equal + 1] - total[better]) / (equal + 1)


def _compared(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how many candidates beat the first, and how many equal it."""
    scores = np.asarray(scores, float)
    if scores.ndim != 2 or np.isnan(scores).any():
        raise ValueError(
            "scores takes numbers, (pairs, candidates), got the shape "
            f"{scores.shape}, {np.isnan(scores).sum()} of them nan"
        )
    real, others = scores[:, :1], scores[:, 1:]
    return (others > real).sum(1), (others == real).sum(1)
