"""Evidence that a linear model has weighed: its contribution, word by word.

`utils.classify.evidence` says of each run of words how much more often it
occurs in positive reviews. Runs that occur together say the same thing
twice, which a linear model on all of them sets right: its weight times the
log ratio is what the run adds to the log odds of the review (Wang & Manning
2012, "Baselines and Bigrams"). The training reviews are cross-fitted, as
there: what a review is told comes from the labels of other reviews.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leaderboard.linear import log_ratio
from utils.classify.evidence import LONGEST_RUN, NO_RUN, PARTS, run_numbers
from utils.classify.evidence import transform as looked_up
from utils.classify.padding import Flat

STRENGTH = 1.0
"""Inverse strength of regularisation, C."""

SCALE = 6.0
"""What the contributions are multiplied by, to be as large as log ratios."""

LEAST = 2
"""Reviews that must hold a run, as for the linear entries."""


def weighed_evidence(
    train: Flat, labels: np.ndarray, others: Sequence[Flat]
) -> list[np.ndarray]:
    """Return the weighed evidence of every word of every review.

    Args:
        train: The training reviews.
        labels: Their labels, 1 is positive, (reviews,).
        others: Reviews to be judged by all of the training reviews.

    Returns:
        For ``train`` and for each of the others float32, (words, 3): of the
        word, of the bigram, of the trigram that ends there.
    """
    runs, columns = _columns(train)
    presences = _presences(train, columns)
    own = np.zeros(columns.shape, dtype=np.float32)
    part = train.review % PARTS
    of_review = np.arange(len(labels)) % PARTS
    for number in range(PARTS):
        rest = of_review != number
        values = _contributions(presences[rest], labels[rest])
        inside = part == number
        own[inside] = np.append(values, 0)[columns[inside]]
    values = _contributions(presences, labels)
    ends = np.cumsum([len(of_length) for of_length in runs])[:-1]
    tables = list(zip(runs, np.split(values, ends), strict=True))
    return [own, *(looked_up(tables, other) for other in others)]


def _columns(train: Flat) -> tuple[list[np.ndarray], np.ndarray]:
    """Return the runs that count, and which ends at each word.

    Returns:
        For words, bigrams and trigrams their numbers in order; and int64,
        (words, 3), the place of the run among all of them, -1 for none.
    """
    found, places, before = [], [], 0
    for length in range(1, LONGEST_RUN + 1):
        runs, which = np.unique(
            run_numbers(train, length), return_inverse=True
        )
        once = np.unique(train.review * len(runs) + which) % len(runs)
        often = np.bincount(once, minlength=len(runs)) >= LEAST
        often &= runs != NO_RUN
        place = np.where(often, before + np.cumsum(often) - 1, -1)
        places.append(place[which])
        found.append(runs[often])
        before += int(often.sum())
    return found, np.stack(places, axis=1)


def _presences(train: Flat, columns: np.ndarray) -> Any:
    """Return which runs each review holds, sparse, (reviews, runs)."""
    from scipy.sparse import csr_matrix

    review = np.repeat(train.review, LONGEST_RUN)
    column = columns.ravel()
    known = column >= 0
    shape = (len(train.lengths), int(column.max()) + 1)
    once = np.unique(review[known] * shape[1] + column[known])
    ones = np.ones(len(once), dtype=np.float32)
    return csr_matrix((ones, np.divmod(once, shape[1])), shape=shape)


def _contributions(presences: Any, labels: np.ndarray) -> np.ndarray:
    """Return what each run adds to the log odds, scaled, float32, (runs,)."""
    from sklearn.linear_model import LogisticRegression

    ratio = log_ratio(presences, labels)
    model = LogisticRegression(C=STRENGTH, solver="liblinear")
    model.fit(presences.multiply(ratio).tocsr(), labels)
    return (SCALE * ratio * model.coef_[0]).astype(np.float32)
