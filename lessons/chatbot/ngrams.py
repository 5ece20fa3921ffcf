"""A model that counts: the next word by the two words before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from lessons.chatbot.data import END, PADDING, START
from utils.errors import check_integer

Counts = dict[int, int]


class NGrams:
    """Word counts after contexts of 0, 1, ... words, interpolated.

    The probability of a word after a context is (c + t p) / (n + t): c is
    how often the word was seen there, n how often the context was, t how
    many different words followed it, and p the probability after the
    context without its first word. Below the empty context stands an equal
    share for each word.

    Attributes:
        order: Words that are counted together, the last one included.
        weight: Factor of t: how much the shorter context counts.

    Source: Witten and Bell (1991), *The zero-frequency problem*, method C.
    """

    def __init__(
        self,
        answers: np.ndarray,
        size: int,
        order: int = 3,
        weight: float = 1.0,
    ) -> None:
        """Count the words of answers.

        Args:
            answers: Ids, padded behind with 0, (answers, words).
            size: How many ids there are.
            order: 1 for words alone, 2 for pairs, 3 for trigrams.
            weight: Factor of the number of different followers.
        """
        self.order = check_integer("order", order, minimum=1)
        self.weight = weight
        self.size = size
        self.counts: list[dict[tuple[int, ...], Counts]] = [
            defaultdict(lambda: defaultdict(int)) for _ in range(order)
        ]
        for row in answers:
            for context, word in self._places(row):
                for length in range(self.order):
                    short = context[len(context) - length :]
                    self.counts[length][short][word] += 1
        self.totals = [
            {key: sum(found.values()) for key, found in level.items()}
            for level in self.counts
        ]

    def _places(self, row: Sequence[int]) -> list[tuple[tuple[int, ...], int]]:
        """Return each word of an answer, and its end, after its context."""
        words = [int(i) for i in row if i != PADDING]
        marked = [START] * (self.order - 1) + words + [END]
        return [
            (tuple(marked[at - self.order + 1 : at]), marked[at])
            for at in range(self.order - 1, len(marked))
        ]

    def probability(self, word: int, context: tuple[int, ...]) -> float:
        """Return the probability of a word after a context.

        Args:
            word: Its id.
            context: The ``order - 1`` ids before it, the start mark where
                there are fewer.
        """
        # Two ids are never wanted: padding and the start mark.
        result = 1 / (self.size - 2)
        for length in range(self.order):
            short = context[len(context) - length :]
            found = self.counts[length].get(short)
            if found:
                seen = self.weight * len(found)
                total = self.totals[length][short]
                result = (found.get(word, 0) + seen * result) / (total + seen)
        return result

    def nats(self, answers: np.ndarray) -> np.ndarray:
        """Return minus the logarithm of each answer's probability.

        Args:
            answers: As for the counts.

        Returns:
            In nats, (answers,); the end mark is a word, too.
        """
        return np.array(
            [
                -sum(
                    np.log(self.probability(word, context))
                    for context, word in self._places(row)
                )
                for row in answers
            ]
        )
