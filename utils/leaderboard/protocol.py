"""The same reviews and the same measurements for every entry."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from utils.intervals import Interval, share_interval

TRAINING_REVIEWS = 20_000
VALIDATION_REVIEWS = 5_000


@dataclass(frozen=True)
class Reviews:
    """What every entry gets: reviews as Keras's ids, all words kept.

    Attributes:
        x_train: Lists of ids, (20000,); the first of each is the start id 1.
        y_train: int64 labels, (20000,), 1 is positive.
        x_validation: Lists of ids, (5000,).
        y_validation: int64 labels, (5000,).
        x_test: Lists of ids, (25000,), or none where the split is absent.
        y_test: int64 labels, as many.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray

    @property
    def has_test(self) -> bool:
        """Whether the official test split is there."""
        return len(self.y_test) > 0


@dataclass(frozen=True)
class Answers:
    """What an entry says after its training.

    Attributes:
        validation: Probability of positive, (5000,).
        test: The same for the test reviews, (25000,) or (0,).
        parameters: How many numbers were learned.
        unlabelled: The same for the unlabelled reviews, (50000,), from
            entries that others learn from; else (0,).
        seconds: Spent before, by others, on what this entry uses.
        peak_memory_mb: Of those others.
    """

    validation: np.ndarray
    test: np.ndarray
    parameters: int
    unlabelled: np.ndarray = field(default_factory=lambda: np.empty(0))
    seconds: float = 0.0
    peak_memory_mb: float = 0.0


@dataclass(frozen=True)
class Entry:
    """One line of the leaderboard.

    Attributes:
        name: As the table shows it.
        train: Trains on the reviews with a seed and answers.
        recurrent: Whether a recurrent layer takes part.
        uses_unlabelled: Whether reviews without labels were read.
        seeds: One run each; what has no chance in it needs one.
    """

    name: str
    train: Callable[[Reviews, int], Answers]
    recurrent: bool
    uses_unlabelled: bool = False
    seeds: tuple[int, ...] = (1, 2, 3)


@functools.cache
def reviews() -> Reviews:
    """Return the reviews, split as lesson 17 splits them."""
    from sklearn.model_selection import train_test_split

    from utils import imdb

    (x, y), (x_test, y_test) = imdb.load_data()
    numbers = np.arange(len(x))
    train, val = train_test_split(numbers, test_size=0.2, random_state=42)
    return Reviews(x[train], y[train], x[val], y[val], x_test, y_test)


@functools.cache
def unlabelled() -> np.ndarray:
    """Return the reviews without labels, as lists of ids.

    Raises:
        SourceError: They are not there.
    """
    from utils import imdb

    found = imdb.unlabelled_reviews()
    if not len(found):
        raise imdb.SourceError(
            "the unlabelled reviews are not in the cache: put "
            "aclImdb_v1.tar.gz beside the Keras files and run "
            "python -m utils.imdb import FOLDER"
        )
    return found


def correct(probabilities: np.ndarray, labels: np.ndarray) -> int:
    """Return how many answers are right.

    Raises:
        ValueError: There is not one probability, 0 to 1, for each label.
    """
    if probabilities.shape != labels.shape:
        raise ValueError(
            f"probabilities takes the shape {labels.shape}, one a label, "
            f"got {probabilities.shape}"
        )
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise ValueError("probabilities takes numbers from 0 to 1")
    return int(((probabilities > 0.5) == (labels == 1)).sum())


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> Interval:
    """Return the share of right answers with its 95% interval.

    Args:
        probabilities: That each review is positive, (reviews,).
        labels: 1 is positive, as many.
    """
    return share_interval(correct(probabilities, labels), len(labels))
