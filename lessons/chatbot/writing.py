"""Writing an answer word by word: search, and how dull what comes out is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.chatbot.data import END, PADDING, START, UNKNOWN
from utils.errors import check_integer

LONGEST_ANSWER = 20
"""Words that are written at most."""

TOP = 10
"""How many of the most frequent answers the dull share counts."""

Step = Callable[[np.ndarray, Any], tuple[np.ndarray, Any]]
"""From the last words (rows,) and states to the logarithms of the next
word's probabilities (rows, words), and the states after it."""


class Answer(NamedTuple):
    """A written answer.

    Attributes:
        ids: Its words, without marks.
        score: The logarithm of its probability, the end mark included.
    """

    ids: tuple[int, ...]
    score: float


def banned(log_probability: np.ndarray) -> np.ndarray:
    """Return the scores with what is never written at minus infinity.

    No word, the start mark, and the unknown word, which nobody can read.
    """
    result = np.array(log_probability, float)
    result[..., [PADDING, UNKNOWN, START]] = -np.inf
    return result


def beam_search(
    step: Step,
    states: Any,
    width: int,
    longest: int = LONGEST_ANSWER,
    select: Callable[[Any, np.ndarray], Any] = lambda s, rows: s[rows],
) -> list[Answer]:
    """Return the answers that are left of a beam, the best first.

    At each step the ``width`` best beginnings are kept; one that takes the
    end mark leaves the beam and is an answer. What has no end after
    ``longest`` words is dropped, if any answer has one. A beam of width 1
    is greedy decoding. One that is never full returns every answer.

    Args:
        step: From last words and states to the next scores and states.
        states: With which the one beginning begins, rows first.
        width: Beginnings that are kept.
        longest: Words an answer has at most, without its end mark.
        select: Picks rows of the states.
    """
    width = check_integer("width", width, minimum=1)
    begun, scores, finished = [()], np.zeros(1), []
    for length in range(longest + 1):
        last = np.array([ids[-1] if ids else START for ids in begun])
        logs, states = step(last, states)
        total = scores[:, None] + banned(logs)
        if length == longest:
            only_end = np.full_like(total, -np.inf)
            only_end[:, END] = total[:, END]
            total = only_end
        rows, words = np.unravel_index(_highest(total, width), total.shape)
        go_on: list[tuple[int, tuple[int, ...], float]] = []
        for row, word in zip(rows, words, strict=True):
            score = float(total[row, word])
            if np.isinf(score):
                continue
            if word == END:
                finished.append(Answer(begun[row], score))
            else:
                go_on.append((row, (*begun[row], int(word)), score))
        if not go_on:
            break
        states = select(states, np.array([row for row, *_ in go_on]))
        begun = [ids for _, ids, _ in go_on]
        scores = np.array([score for *_, score in go_on])
    return sorted(finished, key=lambda answer: -answer.score)


def _highest(scores: np.ndarray, count: int) -> np.ndarray:
    """Return the flat places of the highest scores, the highest first."""
    flat = -scores.ravel()
    count = min(count, len(flat))
    best = np.argpartition(flat, count - 1)[:count]
    return best[np.argsort(flat[best], kind="stable")]


def sample(
    step: Step,
    states: Any,
    temperature: float,
    generator: np.random.Generator,
    longest: int = LONGEST_ANSWER,
) -> list[tuple[int, ...]]:
    """Return an answer for each row of the states, drawn word by word.

    Args:
        step: As for `beam_search`.
        states: Rows first.
        temperature: Scores are divided by it before the softmax; 0 takes
            the best word each time, which is greedy decoding.
        generator: Draws.
        longest: Words an answer has at most.
    """
    last = np.full(len(states), START)
    written = np.full((len(states), longest), PADDING)
    finished = np.zeros(len(states), bool)
    for place in range(longest):
        logs, states = step(last, states)
        logs = banned(logs)
        if temperature > 0:
            noise = generator.gumbel(size=logs.shape)
            logs = logs / temperature + noise
        last = np.argmax(logs, axis=-1)
        finished |= last == END
        written[~finished, place] = last[~finished]
        if finished.all():
            break
    return [tuple(int(i) for i in row if i != PADDING) for row in written]


def dull_share(answers: Sequence[Any], top: int = TOP) -> float:
    """Return which share of answers the most frequent ``top`` of them make.

    Args:
        answers: Texts or rows of ids that can be counted.
        top: How many different answers count.

    Raises:
        ValueError: There is no answer.
    """
    if not len(answers):
        raise ValueError("answers takes at least one, got none")
    top = check_integer("top", top, minimum=1)
    counts = Counter(answers).most_common(top)
    return sum(count for _, count in counts) / len(answers)
