"""Pictures of one, two or three digits in a row, and what is said of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lessons.captioning.digits import SIDE, WORDS, Pictures, decode, encode
from utils.errors import check_integer

PLACES = 3
"""Digits that a picture has room for."""

ROW_LENGTH = 6 * PLACES + 1
"""Ids in the longest caption: START, three words, two spaces, END."""

NONE = len(WORDS)
"""Stands for "no digit here", after the digits 0 to 9."""


class Rows(NamedTuple):
    """Some pictures of digits in a row.

    Attributes:
        images: (n, 8, 24) float32; digits from the left, then paper.
        captions: (n, 19) int32, ids as ``digits.encode`` makes them.
        said: (n, 3) int32: the digits in the order of the caption, then
            ``NONE``.
    """

    images: np.ndarray
    captions: np.ndarray
    said: np.ndarray


def in_a_row(
    pictures: Pictures, count: int, *, any_order: bool = False, seed: int = 0
) -> Rows:
    """Put one, two or three pictures drawn at random in a row.

    Args:
        pictures: Single digits to draw from.
        count: How many rows, at least 1.
        any_order: Name the digits in an order drawn at random; otherwise
            from left to right.
        seed: Seed of the draw, from 0.

    Raises:
        TypeError, ValueError: A number is not what is described above.
    """
    count = check_integer("count", count, minimum=1)
    rng = np.random.default_rng(check_integer("seed", seed, minimum=0))
    drawn = rng.integers(0, len(pictures.images), (count, PLACES))
    sizes = rng.integers(1, PLACES + 1, count)
    values = np.array(
        [WORDS.index(word) for word in decode(pictures.captions)]
    )
    images = np.zeros((count, SIDE, SIDE * PLACES), np.float32)
    said = np.full((count, PLACES), NONE, np.int32)
    for row, (numbers, size) in enumerate(zip(drawn, sizes, strict=True)):
        chosen = numbers[:size]
        images[row, :, : SIDE * size] = np.hstack(pictures.images[chosen])
        order = rng.permutation(size) if any_order else np.arange(size)
        said[row, :size] = values[chosen][order]
    return Rows(images, encode(spell(said), ROW_LENGTH), said)


def sort_digits(rows: Rows) -> Rows:
    """Return the same pictures, each caption's digits from zero to nine."""
    said = np.sort(rows.said, axis=1)  # NONE is above them and stays last
    return Rows(rows.images, encode(spell(said), ROW_LENGTH), said)


def spell(said: np.ndarray) -> list[str]:
    """Return captions such as "six nine" of rows of digits; NONE is left out.

    Args:
        said: (n, places), from 0 to ``NONE``.
    """
    return [
        " ".join(WORDS[digit] for digit in row if digit != NONE)
        for row in said
    ]
