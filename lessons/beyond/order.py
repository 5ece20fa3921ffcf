"""Reviews in another order, and as text: what word order is worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from utils.errors import check_integer

START_ID = 1
"""The id before the first word, as in Keras."""


def in_blocks(
    reviews: Sequence[Sequence[int]],
    size: int,
    *,
    most: int = 256,
    seed: int = 0,
) -> np.ndarray:
    """Return reviews with their blocks of words in a random order.

    Args:
        reviews: Lists of ids, each with its start id.
        size: Words of a block; from ``most`` on the order stays.
        most: So many words are kept, the last ones.
        seed: Of the order.

    Returns:
        Lists of ids with a start id, (reviews,).

    Raises:
        TypeError, ValueError: A number is not an integer in its range.
    """
    size = check_integer("size", size, minimum=1)
    most = check_integer("most", most, minimum=1)
    rng = np.random.default_rng(check_integer("seed", seed, minimum=0))
    result = np.empty(len(reviews), dtype=object)
    for i, review in enumerate(reviews):
        kept = review[1:][-most:]
        blocks = [kept[at : at + size] for at in range(0, len(kept), size)]
        order = rng.permutation(len(blocks))
        result[i] = [START_ID, *(word for b in order for word in blocks[b])]
    return result


def as_text(reviews: Sequence[Sequence[int]]) -> list[str]:
    """Return the ids of each review as a text of numbers, without start."""
    return [" ".join(map(str, review[1:])) for review in reviews]


def three_orders(
    reviews: Sequence[Sequence[int]], most: int
) -> dict[str, np.ndarray]:
    """Return reviews as written, in blocks of five, and word by word.

    Args:
        reviews: Lists of ids, each with its start id.
        most: So many words are kept, the last ones.
    """
    sizes = {"as written": most, "blocks of five": 5, "single words": 1}
    return {n: in_blocks(reviews, s, most=most) for n, s in sizes.items()}


def shuffle(
    texts: Sequence[np.ndarray], seed: int = 0
) -> tuple[list[np.ndarray], np.ndarray]:
    """Shuffle the words of each text, and say where each came from.

    Args:
        texts: Ids without a start id.
        seed: Of the order.

    Returns:
        The texts shuffled, and the place that each of their words had among
        all words, (words,).
    """
    rng = np.random.default_rng(check_integer("seed", seed, minimum=0))
    ends = np.cumsum([len(text) for text in texts])
    order = np.concatenate(
        [
            end - rng.permutation(len(t)) - 1
            for end, t in zip(ends, texts, strict=True)
        ]
    )
    return np.split(np.concatenate(texts)[order], ends[:-1]), order
