"""Entries made of others: ensembles, and self-training (pseudo-labels)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from leaderboard import linear, recurrent
from leaderboard.cache import cached
from leaderboard.protocol import Answers, Entry
from leaderboard.recurrent import Recipe
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


def answers_of(entry: Entry, reviews: Reviews, seed: int) -> Answers:
    """Return what an entry answers, from its file if it has run before.

    Args:
        entry: Which one; one without chance always runs with its own seed.
        reviews: That every entry gets.
        seed: Of the run.

    Returns:
        Its answers; ``seconds`` and ``peak_memory_mb`` are what it cost.
    """
    seed = seed if seed in entry.seeds else entry.seeds[0]
    made = cached(
        f"answers {entry.name} {seed} of {len(reviews.y_test)}",
        lambda: entry.train(reviews, seed),
    )
    return replace(
        made.value, seconds=made.seconds, peak_memory_mb=made.peak_memory_mb
    )


def ensemble(
    members: Sequence[tuple[Entry, int | None]],
) -> Callable[[Reviews, int], Answers]:
    """Return an entry's training: the mean of the members' log odds.

    Args:
        members: Entries, each with the seed of its run, or None for the
            seed that the ensemble runs with.
    """

    def train(reviews: Reviews, seed: int) -> Answers:
        runs = [
            answers_of(entry, reviews, seed if own is None else own)
            for entry, own in members
        ]
        return Answers(
            validation=mean_answer([run.validation for run in runs]),
            test=mean_answer([run.test for run in runs]),
            parameters=sum(run.parameters for run in runs),
            seconds=sum(run.seconds for run in runs),
            peak_memory_mb=max(run.peak_memory_mb for run in runs),
        )

    return train


def self_trained(
    recipe: Recipe, teacher: Entry
) -> Callable[[Reviews, int], Answers]:
    """Return the training of a network that learns from a teacher as well.

    The teacher's answers on the unlabelled reviews, averaged with those of
    the linear model on trigrams, are their labels (pseudo-labels);
    the 20,000 training reviews keep their own.

    Args:
        recipe: Of the network that learns; it begins with the word vectors
            of its teacher.
        teacher: An entry that keeps its answers on unlabelled reviews.
    """

    def train(reviews: Reviews, seed: int) -> Answers:
        network = answers_of(teacher, reviews, seed)
        counts = cached(
            "naive Bayes on unlabelled reviews", lambda: _counts(reviews)
        )
        both = [network.unlabelled, counts.value]
        parts = recurrent.inputs_of(recipe, reviews, [unlabelled()])
        pairs = zip(parts[0], parts[3], strict=True)
        x = [np.concatenate(pair) for pair in pairs]
        y = np.concatenate([reviews.y_train, mean_answer(both)])
        answers = recurrent.fitted(recipe, reviews, seed, parts[:3], x, y)
        # The word vectors are already in the seconds of the teacher.
        before = (network, counts, answers)
        return replace(
            answers,
            seconds=network.seconds + counts.seconds,
            peak_memory_mb=max(part.peak_memory_mb for part in before),
        )

    return train


def _counts(reviews: Reviews) -> np.ndarray:
    """Return what the linear model says of the unlabelled reviews, (n,)."""
    texts = np.empty(len(unlabelled()), dtype=object)
    # It expects a start id before the words.
    texts[:] = [[1, *review] for review in unlabelled()]
    as_test = replace(reviews, x_test=texts, y_test=np.ones(len(texts)))
    return linear.naive_bayes_trigrams(as_test, 1).test
