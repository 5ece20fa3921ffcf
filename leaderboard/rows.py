"""What a fine-tuned reader gets: rows in reading order, in batches.

Padding costs as much as words, so reviews of like length stand together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from utils.classify.evidence import evidence
from utils.classify.padding import (
    NO_WORD,
    Flat,
    flat,
    gather,
    pad_ids,
    token_positions,
)
from utils.classify.protocol import Reviews

if TYPE_CHECKING:
    from leaderboard.fine_tuning import FineTuning

UNCUT = 50
"""Rows that are not cut are cut off at a multiple of twice this."""


def positions(
    lengths: np.ndarray, timesteps: int, direction: str
) -> np.ndarray:
    """Return which words of each review a row holds, in reading order.

    Args:
        lengths: Words of each review, (reviews,).
        timesteps: Of a row.
        direction: "backward" reads the same last words from the end.

    Returns:
        As `token_positions`, padded at the end.
    """
    where = token_positions(lengths, timesteps)
    if direction == "forward":
        return where
    count = np.minimum(lengths, timesteps)[:, None]
    turned = count - 1 - np.arange(timesteps)[None]
    place = np.take_along_axis(where, np.maximum(turned, 0), axis=1)
    return np.where(turned < 0, NO_WORD, place)


def inputs_of(recipe: FineTuning, reviews: Reviews) -> list[list[np.ndarray]]:
    """Return the model's inputs for training, validation and test."""
    parts = [
        flat(list(part))
        for part in (reviews.x_train, reviews.x_validation, reviews.x_test)
    ]
    beside: list[np.ndarray | None] = [None] * len(parts)
    if recipe.evidence:
        train, *others = parts
        beside = list(evidence(train, reviews.y_train, others, recipe.least))
    return [
        _arrays(recipe, part, values)
        for part, values in zip(parts, beside, strict=True)
    ]


def _arrays(
    recipe: FineTuning, part: Flat, values: np.ndarray | None
) -> list[np.ndarray]:
    """Return the inputs of one part, direction after direction."""
    arrays = []
    for direction in recipe.directions:
        where = positions(part.lengths, recipe.timesteps, direction)
        arrays.append(pad_ids(part, where, recipe.pretraining.vocabulary))
        if values is not None:
            arrays.append(gather(values, part.offsets, where))
    return arrays


def batches(
    ids: np.ndarray, recipe: FineTuning, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield which reviews make a batch, all of about one length.

    Padding costs as much as words, so a batch is no longer than it must be.
    Reviews that do not fill a batch are left out, other ones in each epoch.
    """
    size = recipe.batch_size
    rows = rng.permutation(len(ids))[: len(ids) // size * size]
    rows = rows[np.argsort(steps_of(ids[rows], recipe), kind="stable")]
    cut = rows.reshape(-1, size)
    yield from cut[rng.permutation(len(cut))]


def steps_of(ids: np.ndarray, recipe: FineTuning) -> np.ndarray:
    """Return the steps that each row needs, whole pairs of pieces."""
    pair = 2 * (recipe.piece or UNCUT)
    count = np.maximum((ids != 0).sum(axis=1), 1)
    return np.minimum(-(-count // pair) * pair, recipe.timesteps)


def shortened(
    part: list[np.ndarray], rows: np.ndarray, recipe: FineTuning
) -> list[np.ndarray]:
    """Return some rows of the inputs, without steps that all are padding."""
    steps = steps_of(part[0][rows], recipe).max()
    return [array[rows, :steps] for array in part]
