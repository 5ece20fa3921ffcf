"""What the words just read say of the label: naive-Bayes log ratios.

For a word, and for the bigram and the trigram that end at it, the evidence
is the logarithm of how much more often it occurs in positive than in
negative reviews. It is the number with which Wang & Manning (2012),
"Baselines and Bigrams", weigh the inputs of a linear model; here it is an
input of a recurrent one.

A review must not be told what its own label has put into these numbers. So
the training reviews are dealt into five parts, and each part gets its
evidence from the other four (cross-fitting).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from utils.classify.padding import Flat

EVIDENCE_SCALE = 20
"""What a network divides the sum of a review's evidence by."""

LONGEST_RUN = 3
"""Words of the longest run."""

PARTS = 5
"""Into which the training reviews are dealt."""

NO_RUN = -1
"""Number of a run that would begin before its review."""

_BASE = 100_000
"""More than there are word ids: the runs' numbers are written in it."""


def run_numbers(words: Flat, length: int) -> np.ndarray:
    """Number the run of ``length`` words that ends at each word.

    Returns:
        int64, (words,); equal runs have equal numbers, `NO_RUN` where the
        review has just begun.
    """
    numbers = words.ids.astype(np.int64)
    for back in range(1, length):
        numbers = numbers + np.roll(words.ids, back) * _BASE**back
    place = np.arange(len(numbers)) - np.repeat(
        words.offsets[:-1], words.lengths
    )
    return np.where(place < length - 1, NO_RUN, numbers)


def evidence(
    train: Flat,
    labels: np.ndarray,
    others: Sequence[Flat],
    least: int = 1,
) -> list[np.ndarray]:
    """Return the evidence of every word of every review.

    Args:
        train: The training reviews.
        labels: Their labels, 1 is positive, (reviews,).
        others: Reviews to be judged by all of the training reviews.
        least: A run that fewer reviews hold is no evidence.

    Returns:
        For ``train`` and for each of the others float32, (words, 3): of the
        word, of the bigram, of the trigram that ends there.
    """
    tables, own = [], []
    for length in range(1, LONGEST_RUN + 1):
        runs, counts, which = _counted(length, train, labels)
        tables.append(_table(runs, counts, least))
        own.append(_crossfitted(runs, counts, which, train, least))
    return [np.stack(own, axis=1), *(transform(tables, o) for o in others)]


def fit(
    train: Flat, labels: np.ndarray, least: int = 1
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return what all training reviews say of each run they hold.

    Args:
        train: The training reviews.
        labels: Their labels, 1 is positive, (reviews,).
        least: Runs in fewer reviews are left out.

    Returns:
        For words, bigrams and trigrams: their numbers in order, int64, and
        their evidence, float32, (runs,) each.
    """
    tables = []
    for length in range(1, LONGEST_RUN + 1):
        runs, counts, _ = _counted(length, train, labels)
        tables.append(_table(runs, counts, least))
    return tables


def _table(
    runs: np.ndarray, counts: np.ndarray, least: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the runs of at least ``least`` reviews, and their evidence."""
    whole = counts.sum(axis=1)
    often = whole.sum(axis=0) >= least
    return runs[often], _ratio(whole, runs)[often]


def transform(
    tables: Sequence[tuple[np.ndarray, np.ndarray]], words: Flat
) -> np.ndarray:
    """Return the evidence of every word, float32, (words, 3).

    Args:
        tables: From `fit`; a run that is not there gets 0.
        words: Reviews.
    """
    columns = []
    for length, (runs, ratio) in enumerate(tables, start=1):
        numbers = run_numbers(words, length)
        place = np.minimum(np.searchsorted(runs, numbers), len(runs) - 1)
        columns.append(np.where(runs[place] == numbers, ratio[place], 0))
    return np.stack(columns, axis=1).astype(np.float32)


def _crossfitted(
    runs: np.ndarray,
    counts: np.ndarray,
    which: np.ndarray,
    train: Flat,
    least: int,
) -> np.ndarray:
    """Return the evidence of the training words, from the other parts."""
    whole = counts.sum(axis=1)
    own = np.empty(len(which), dtype=np.float32)
    part = train.review % PARTS
    for number in range(PARTS):
        others = whole - counts[:, number]
        # The review itself counts, too: it is missing from the others.
        often = others.sum(axis=0) >= least - 1
        ratio = np.where(often, _ratio(others, runs), 0)
        own[part == number] = ratio[which[part == number]]
    return own


def _counted(
    length: int, train: Flat, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return runs, in how many reviews each is, and each word's run."""
    runs, which = np.unique(run_numbers(train, length), return_inverse=True)
    counts = _presences(which, len(runs), train, np.asarray(labels))
    return runs, counts, which


def _presences(
    which: np.ndarray, kinds: int, train: Flat, labels: np.ndarray
) -> np.ndarray:
    """Count the reviews that hold each run: (labels, parts, runs)."""
    once = np.unique(train.review * kinds + which)
    review, run = once // kinds, once % kinds
    group = labels[review] * PARTS + review % PARTS
    counts = np.bincount(group * kinds + run, minlength=2 * PARTS * kinds)
    return counts.reshape(2, PARTS, kinds).astype(np.float32)


def _ratio(counts: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """Return the log ratio of each run, with one added to every count.

    Args:
        counts: Negative and positive reviews that hold it, (2, runs).
        runs: Their numbers; what is no run gets 0.
    """
    negative, positive = counts + 1
    ratio = np.log(positive / positive.sum()) - np.log(
        negative / negative.sum()
    )
    return np.where(runs == NO_RUN, 0, ratio)
