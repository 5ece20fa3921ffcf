"""Ensembles: the mean of what others answer."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Sequence

import numpy as np

from leaderboard.answers import Stored, to_bytes, to_probabilities
from leaderboard.cache import Cached, cached
from leaderboard.protocol import Chosen, Entry
from leaderboard.splits import fingerprint
from utils.cells.activations import sigmoid
from utils.classify.protocol import Reviews

SUREST = 1e-5
"""No probability counts as nearer to 0 or 1."""


def log_odds(probabilities: np.ndarray) -> np.ndarray:
    """Return ln(p / (1 - p)), finite for every p from 0 to 1."""
    p = np.clip(probabilities, SUREST, 1 - SUREST)
    return np.log(p / (1 - p))


def mean_answer(answers: Sequence[np.ndarray]) -> np.ndarray:
    """Return the probability with the mean of the log odds."""
    mean = np.mean([log_odds(answer) for answer in answers], axis=0)
    return sigmoid(mean)


def combined(members: Sequence[Stored]) -> Stored:
    """Return the answers of an ensemble: the mean of the log odds.

    What several members were made with, such as the same word vectors, is in
    the costs of each under one name, so it counts once.
    """

    def mean(parts: Iterable[np.ndarray]) -> np.ndarray:
        return to_bytes(mean_answer([*map(to_probabilities, parts)]))

    return Stored(
        mean(member.validation for member in members),
        mean(member.test for member in members),
        dict(ChainMap(*(member.costs for member in members))),
    )


def answers_of(
    entry: Entry, reviews: Reviews, seed: int, chosen: Chosen
) -> Cached:
    """Return what an entry answers, from its file if it has run before.

    Args:
        entry: Which one; one without chance always runs with its own seed.
        reviews: One of the splits.
        seed: Of the run.
        chosen: On validation, before the run.

    Returns:
        Its `Answers`, with what they cost.
    """
    seed = entry.seed_of(seed)
    return cached(
        f"answers {entry.name} {seed} {chosen} {fingerprint(reviews)}",
        lambda: entry.train(reviews, seed, chosen),
    )
