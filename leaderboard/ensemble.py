"""Entries made of others: ensembles, and self-training (pseudo-labels)."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from leaderboard import linear, recurrent
from leaderboard.answers import Stored, to_bytes, to_probabilities
from leaderboard.cache import Cached, cached
from leaderboard.protocol import Answers, Chosen, Entry
from leaderboard.recurrent import Recipe
from leaderboard.splits import fingerprint
from leaderboard.unlabelled import unlabelled
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

    What several members were made with, such as the same teacher, is in the
    costs of each under one name, so it counts once.
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


def self_trained(
    recipe: Recipe, teacher: Entry
) -> Callable[[Reviews, int, Chosen], Answers]:
    """Return the training of a network that learns from a teacher as well.

    The teacher's answers on the unlabelled reviews, averaged with those of
    the linear model on trigrams, are their labels (pseudo-labels);
    the training reviews keep their own.

    Args:
        recipe: Of the network that learns; it begins with the word vectors
            of its teacher.
        teacher: An entry that keeps its answers on unlabelled reviews; what
            was chosen for it stands before what was for the linear model.
    """

    def train(reviews: Reviews, seed: int, chosen: Chosen) -> Answers:
        of_teacher, of_counts = chosen.teachers
        network = answers_of(teacher, reviews, seed, of_teacher).value
        counts = cached(
            f"counts of unlabelled {of_counts} {fingerprint(reviews)}",
            lambda: _counts(reviews, of_counts),
        )
        both = [network.unlabelled, counts.value]
        parts = recurrent.inputs_of(recipe, reviews, [unlabelled()])
        pairs = zip(parts[0], parts[3], strict=True)
        x = [np.concatenate(pair) for pair in pairs]
        y = np.concatenate([reviews.y_train, mean_answer(both)])
        return recurrent.fitted(recipe, reviews, seed, chosen, parts[:3], x, y)

    return train


def _counts(reviews: Reviews, chosen: Chosen) -> np.ndarray:
    """Return what the linear model says of the unlabelled reviews, (n,)."""
    texts = np.empty(len(unlabelled()), dtype=object)
    # It expects a start id before the words.
    texts[:] = [[1, *review] for review in unlabelled()]
    as_test = replace(reviews, x_test=texts, y_test=np.ones(len(texts)))
    return linear.naive_bayes_trigrams(as_test, 1, chosen).test
