"""From ranks to the arrays that Keras's ``load_data`` returns."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np

from utils.imdb.corpus import Corpus, Split
from utils.imdb.text import Convention

Arrays = tuple[np.ndarray, np.ndarray]

BLOCK = 64
"""Reviews numbered at once: few calls, and the numbers stay in cache."""


def shuffled_orders(sizes: Iterable[int], seed: int) -> list[np.ndarray]:
    """Return an order for each split: one generator, train first."""
    shuffle = np.random.RandomState(seed)
    orders = [np.arange(size) for size in sizes]
    for order in orders:
        shuffle.shuffle(order)
    return orders


def to_arrays(
    corpus: Corpus, convention: Convention, maxlen: int | None, seed: int
) -> tuple[Arrays, Arrays]:
    """Return the reviews, shuffled, filtered and numbered as Keras does.

    Args:
        corpus: The reviews.
        convention: How ranks become ids.
        maxlen: Reviews of this many ids or more are dropped.
        seed: Seed of the shuffle.

    Raises:
        ValueError: ``maxlen`` leaves no review in a split that had some.
    """
    splits = [corpus.train, corpus.test]
    has_start = convention.start_char is not None
    orders = shuffled_orders(map(len, splits), seed)
    pairs = list(zip(splits, orders, strict=True))
    if maxlen is not None:
        most = maxlen - 1 - has_start
        pairs = [(split, _short(split, o, most)) for split, o in pairs]
        if any(len(split) and not len(order) for split, order in pairs):
            raise ValueError(f"maxlen={maxlen} leaves no review; increase it")
    table = convention.table(
        corpus.word_count,
        largest_id=max(
            convention.index_from + max(_largest_rank(*p) for p in pairs),
            convention.start_char or 0,
        ),
    )
    with _no_garbage_collection():
        train, test = (
            (
                _lists(split, order, table, has_start),
                split.labels[order].astype(np.int64),
            )
            for split, order in pairs
        )
    return train, test


def _short(split: Split, order: np.ndarray, most: int) -> np.ndarray:
    """Return the part of ``order`` whose reviews have few enough words."""
    return order[np.diff(split.offsets)[order] <= most]


def _largest_rank(split: Split, order: np.ndarray) -> int:
    """Return the largest rank in the reviews that ``order`` keeps."""
    if len(order) == len(split):
        return int(split.ranks.max(initial=0))
    kept = np.zeros(len(split), dtype=bool)
    kept[order] = True
    words = np.repeat(kept, np.diff(split.offsets))
    return int(split.ranks[words].max(initial=0))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pause the collector: it would walk millions of ints, in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _lists(
    split: Split, order: np.ndarray, table: np.ndarray, has_start: bool
) -> np.ndarray:
    """Return the reviews as lists of the table's ints.

    The ints are shared: 6 million new ones would take 170 MB.

    Args:
        split: Ranks of the reviews.
        order: Which reviews, in which order.
        table: Id of each rank, and of the start in entry 0.
        has_start: Whether the start stands before each review.

    Returns:
        Object array (len(order),) of lists of int.
    """
    start = [table[0]] if has_start else []
    leaves_out = None in table.tolist()[0 if has_start else 1 :]
    ends = split.offsets.tolist()
    reviews = np.empty(len(split), dtype=object)
    for first in range(0, len(split), BLOCK):
        last = min(first + BLOCK, len(split))
        shift = ends[first]
        # No rank is too large (the content is checked); clip is faster.
        ranks = split.ranks[shift : ends[last]]
        ids = table.take(ranks, mode="clip").tolist()
        for i in range(first, last):
            review = start + ids[ends[i] - shift : ends[i + 1] - shift]
            if leaves_out:
                review = [number for number in review if number is not None]
            reviews[i] = review
    return reviews[order]
