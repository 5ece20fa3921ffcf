"""The same reviews and the same measure for everything that is compared."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

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


@functools.cache
def reviews() -> Reviews:
    """Return the reviews, split as lesson 17 splits them."""
    from utils import imdb

    (x, y), (x_test, y_test) = imdb.load_data()
    train, val = split_indices()
    return Reviews(x[train], y[train], x[val], y[val], x_test, y_test)


@functools.cache
def split_indices() -> tuple[np.ndarray, np.ndarray]:
    """Return the places in ``load_data()`` to learn from, and to choose."""
    from sklearn.model_selection import train_test_split

    numbers = np.arange(25_000)
    train, val = train_test_split(numbers, test_size=0.2, random_state=42)
    return train, val


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
