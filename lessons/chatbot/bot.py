"""A bot that picks its answer from a list, or says that it does not know."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lessons.chatbot import data, messages
from lessons.chatbot.data import UNKNOWN
from lessons.chatbot.networks import SCALE
from lessons.chatbot.shipped import PARTS, WEIGHTS, last_states
from utils import cells
from utils.classify import store
from utils.errors import check_text

NAMES = Path(__file__).parents[1] / "person_names" / "weights"
"""Where lesson 15 has left its tagger."""

NO_ANSWER = "I do not know."
"""What is said below the threshold."""

INTRODUCTIONS = (
    ("name", "is"), ("i", "am"), ("i'm",), ("im",), ("this", "is"),
)  # fmt: skip
"""Words after which a name is that of the person who types."""

GREETING = "Nice to meet you, {}!"
"""What a name is put into."""


class Reply(NamedTuple):
    """What the bot makes of a message.

    Attributes:
        text: What it says.
        words: The words that it has read, ``?`` among them.
        known: Which of them its vocabulary has.
        names: The words that the tagger calls names.
        candidates: The best answers of its list, the best first.
        probabilities: The softmax of their scores over the whole list.
        answers: Whether the first of these reaches the threshold.
    """

    text: str
    words: list[str]
    known: list[bool]
    names: list[str]
    candidates: list[str]
    probabilities: list[float]
    answers: bool


@dataclass(frozen=True)
class Bot:
    """A chooser with its list of answers.

    Attributes:
        arrays: Weights of the message encoder, and a vector per answer.
        vocabulary: The word of every id.
        answers: What it can say.
        threshold: Least probability of the best answer.
    """

    arrays: dict[str, np.ndarray]
    vocabulary: list[str]
    answers: list[str]
    threshold: float

    def vectors(self, ids: np.ndarray, of: str = "message") -> np.ndarray:
        """Return texts as vectors of length 1, (texts, units).

        Args:
            ids: Padded behind with 0, a word at least in each.
            of: Which encoder reads them, ``"message"`` or ``"answer"``.
        """
        gru = (self.arrays[f"{of}_{part}"] for part in PARTS)
        found = last_states(ids, self.arrays["embedding"], *gru)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def probabilities(self, ids: np.ndarray) -> np.ndarray:
        """Return the softmax of the scores, (messages, answers)."""
        answers = self.arrays["answers"].astype(float)
        scores = SCALE * self.vectors(ids) @ answers.T
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)

    def reply(self, text: str, best: int = 5) -> Reply:
        """Return what the bot says to a message.

        Of a long message the first `messages.LONGEST` words are read. A
        message without a known word is not answered; a question mark is none.

        Args:
            text: Anything.
            best: How many candidates are returned.

        Raises:
            TypeError: ``text`` is not a str.
        """
        words = messages.words(check_text("text", text))[: messages.LONGEST]
        ids = data.encode([" ".join(words)], self.vocabulary)
        known = [bool(i != UNKNOWN) for i in ids[0, : len(words)]]
        can_read = {w for w, there in zip(words, known, strict=True) if there}
        names = names_in(words)
        if not can_read - {"?"}:
            return Reply(NO_ANSWER, words, known, names, [], [], False)
        found = self.probabilities(ids)[0]
        order = np.argsort(-found, kind="stable")[:best]
        answers = bool(found[order[0]] >= self.threshold)
        said = self.answers[order[0]] if answers else NO_ANSWER
        introduced = introduced_name(words, names)
        if introduced is not None:
            said = GREETING.format(introduced.capitalize())
        return Reply(
            said,
            words,
            known,
            names,
            [self.answers[i] for i in order],
            [float(found[i]) for i in order],
            answers,
        )


@functools.cache
def load() -> Bot:
    """Return the bot that comes with the course.

    Raises:
        UnfitError: Its weights are missing or damaged.
    """
    arrays = store.load("bot", WEIGHTS)
    words = store.unpacked(arrays["words"], len(arrays["embedding"]))
    answers = store.unpacked(arrays["texts"], len(arrays["answers"]))
    return Bot(arrays, words, answers, float(arrays["threshold"]))


@functools.cache
def _tagger() -> tuple[dict[str, np.ndarray], dict[str, int]]:
    """Return the tagger of lesson 15, and the id of each word it knows."""
    arrays = store.load("tagger", NAMES)
    words = store.unpacked(arrays["words"], len(arrays["embedding"]))
    return arrays, {word: i for i, word in enumerate(words)}


def name_probabilities(words: Sequence[str]) -> np.ndarray:
    """Return how probably each word is part of a person's name, (words,).

    It is the Bi-LSTM of lesson 15, trained on film reviews.
    """
    if not words:
        return np.zeros(0)
    arrays, number = _tagger()
    x = arrays["embedding"][[number.get(word, UNKNOWN) for word in words]]
    forward, backward = (
        cells.lstm(
            x[None, ::step].astype(float),
            *(arrays[f"{way}_{part}"] for part in PARTS),
        ).h
        for way, step in (("forward", 1), ("backward", -1))
    )
    h = cells.bidirectional(forward, backward)[0]
    scores = (h @ arrays["output_kernel"] + arrays["output_bias"])[:, 0]
    return 1 / (1 + np.exp(-scores))


def names_in(words: Sequence[str]) -> list[str]:
    """Return the words that the tagger calls names, question marks aside."""
    spoken = [word for word in words if word != "?"]
    found = name_probabilities(spoken)
    return [word for word, p in zip(spoken, found, strict=True) if p > 0.5]


def introduced_name(words: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the name with which somebody introduces themselves, or None.

    It is the first word called a name that stands directly after one of
    `INTRODUCTIONS`.
    """
    for place, word in enumerate(words):
        before = tuple(words[:place])
        if word in names and any(
            before[-len(each) :] == each for each in INTRODUCTIONS
        ):
            return word
    return None
