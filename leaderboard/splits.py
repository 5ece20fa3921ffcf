"""Which reviews teach, and which choose: three ways to split the same ones.

``random`` is the protocol's split; it flatters models that know names.
``neighbours`` takes whole blocks of the archive's numbering, in which
neighbours are often reviews of one film, so a film's reviews of one label
hardly stand on both sides. Those of the other label have other numbers and
mostly teach, where the film's name speaks for the wrong side (lesson 16), so
it may be as much too strict. ``all`` lets all 25,000 reviews teach, once
everything is chosen.

Labels and numbers follow from how the archive names its files and how Keras
shuffles them, so stored answers can be judged where no review is.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace

import numpy as np

from utils.classify import protocol
from utils.classify.protocol import VALIDATION_REVIEWS, Reviews
from utils.imdb.arrays import shuffled_orders

SPLITS = ("random", "neighbours", "all")

REVIEWS = 25_000
"""Of the training split, and as many of the test split."""

BLOCK = 500
"""Numbers of a block: many films, for a film has at most 30 reviews."""


@functools.cache
def _orders() -> list[np.ndarray]:
    """Return the places in the archive of training and test reviews."""
    return shuffled_orders([REVIEWS, REVIEWS], 113)


def labels(part: str, split: str = "random") -> np.ndarray:
    """Return the labels of some reviews, int64, 1 is positive.

    Args:
        part: "validation" or "test".
        split: One of `SPLITS`; the test reviews are always the same.
    """
    train, test = ((order < REVIEWS // 2).astype(int) for order in _orders())
    return test if part == "test" else train[validation_indices(split)]


def archive_numbers() -> np.ndarray:
    """Return the numbers that lesson 16 finds, without any package."""
    each = range(REVIEWS // 2)
    in_folder = sorted(each, key=lambda number: f"{number}_")
    return np.array(in_folder * 2)[_orders()[0]]


@functools.cache
def validation_indices(split: str) -> np.ndarray:
    """Return the places in ``load_data()`` of the reviews that choose."""
    if split == "random":
        return protocol.split_indices()[1]
    if split == "all":
        return np.empty(0, dtype=int)
    positive = _orders()[0] < REVIEWS // 2
    blocks = archive_numbers() // BLOCK
    rng = np.random.default_rng(42)
    chosen = np.zeros(REVIEWS, dtype=bool)
    for label in (False, True):
        order = rng.permutation(REVIEWS // 2 // BLOCK)
        own = order[: VALIDATION_REVIEWS // 2 // BLOCK]
        chosen |= (positive == label) & np.isin(blocks, own)
    return np.flatnonzero(chosen)


@functools.cache
def reviews(split: str) -> Reviews:
    """Return the reviews, split in one of the ways of `SPLITS`."""
    whole = protocol.reviews()
    if split == "random":
        return whole
    from utils import imdb

    (x, y), _ = imdb.load_data()
    chosen = validation_indices(split)
    others = np.setdiff1d(np.arange(len(y)), chosen)
    return replace(
        whole,
        x_train=x[others],
        y_train=y[others],
        x_validation=x[chosen],
        y_validation=y[chosen],
    )


def fingerprint(reviews: Reviews) -> str:
    """Return letters that tell one split from another."""
    content = hashlib.sha256()
    for x in (reviews.x_train, reviews.x_validation, reviews.x_test):
        content.update(np.array([len(x), *map(len, x)]).tobytes())
    return content.hexdigest()[:8]
