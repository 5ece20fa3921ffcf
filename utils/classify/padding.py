"""Reviews of all lengths as arrays of one: which words a row holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from utils.errors import check_choice, check_integer

NO_WORD = -1
"""Place of a step of padding."""

START_ID = 1
"""Id that begins every review, as in Keras."""

UNKNOWN_ID = 2
"""Id of all words that are too rare, as in Keras."""

FIRST_WORD = 4
"""Id of the most frequent word, as in Keras."""


@dataclass(frozen=True)
class Flat:
    """The words of many reviews in one array, without start ids.

    Attributes:
        ids: Of all words, one review after the other, (words,).
        offsets: Where each review begins, and the end, (reviews + 1,).
    """

    ids: np.ndarray
    offsets: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        """Words of each review, (reviews,)."""
        return np.diff(self.offsets)

    @property
    def review(self) -> np.ndarray:
        """The review that each word is from, (words,)."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)


def flat(reviews: Sequence[Sequence[int]]) -> Flat:
    """Put reviews one behind the other; a start id is left out."""
    without = [
        row[1:] if row and row[0] == START_ID else row for row in reviews
    ]
    offsets = np.cumsum([0, *map(len, without)])
    words: Iterable[int] = (number for row in without for number in row)
    return Flat(np.fromiter(words, np.int64, int(offsets[-1])), offsets)


def token_positions(
    lengths: np.ndarray, timesteps: int, padding: str = "post"
) -> np.ndarray:
    """Return which words of each review a row of ``timesteps`` holds.

    Args:
        lengths: Words of each review, (reviews,).
        timesteps: Steps of a row; of a longer review it has the last words.
        padding: Of a shorter one, zeros "pre" or "post".

    Returns:
        Place of the word within its review, or ``NO_WORD``, (reviews,
        timesteps).

    Raises:
        TypeError, ValueError: An argument is none of these.
    """
    timesteps = check_integer("timesteps", timesteps, minimum=1)
    check_choice("padding", padding, ("pre", "post"))
    length = np.asarray(lengths)[:, None]
    step = np.arange(timesteps)[None]
    short = step if padding == "post" else step - timesteps + length
    short = np.where((short >= 0) & (short < length), short, NO_WORD)
    return np.where(length > timesteps, step - timesteps + length, short)


def pad_ids(
    words: Flat, where: np.ndarray, vocabulary: int | None = None
) -> np.ndarray:
    """Return the ids at some places, 0 for padding, int32.

    Args:
        words: Reviews.
        where: From `token_positions`.
        vocabulary: Ids from here on become ``UNKNOWN_ID``; None keeps all.
    """
    ids = gather(words.ids, words.offsets, where)
    if vocabulary is not None:
        ids = np.where(ids < vocabulary, ids, UNKNOWN_ID)
    return ids.astype(np.int32)


def gather(
    values: np.ndarray, offsets: np.ndarray, where: np.ndarray
) -> np.ndarray:
    """Return what stands beside the words at some places, 0 for padding.

    Args:
        values: One row a word, (words, ...).
        offsets: Where each review begins, and the end.
        where: From `token_positions`, (reviews, timesteps).

    Returns:
        (reviews, timesteps, ...).
    """
    index = np.where(where == NO_WORD, 0, offsets[:-1, None] + where)
    # An empty review at the end would point behind the last word.
    picked = values[np.minimum(index, max(len(values) - 1, 0))]
    hidden = (where == NO_WORD).reshape(where.shape + (1,) * (values.ndim - 1))
    return np.where(hidden, 0, picked)
