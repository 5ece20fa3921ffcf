"""A recipe of fine-tuning, and the rows that its readers get.

They are in reading order and in batches of like length, since padding costs
as much as words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from leaderboard.language_model import Pretraining
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

UNCUT = 50
"""Rows that are not cut are cut off at a multiple of twice this."""


@dataclass(frozen=True)
class FineTuning:
    """A classifier and its training.

    Attributes:
        pretraining: Of the language models it begins as. All runs of a
            recipe begin as those that come with the course, so the runs do
            not show what another pre-training would change.
        directions: One reader for each; with "backward" the review is read
            from its last word.
        pretrained: False begins with random weights: the control.
        timesteps: Words of a review, the last ones.
        piece: Words that are read at a stretch, a divisor of timesteps;
            None reads the review as one.
        evidence: Whether each word brings its naive-Bayes evidence.
        least: A run of words that fewer reviews hold is no evidence.
        dropout: Share of the vectors' columns, and of the pooled states,
            dropped in training.
        reader_rate: Learning rate of the readers, as a share of the output's.
        table_rate: Of the tables, as a share of that.
        batch_size: Reviews of a step.
        epochs: At most; the best by validation loss is kept.
    """

    pretraining: Pretraining = field(default_factory=Pretraining)
    directions: tuple[str, ...] = ("forward",)
    pretrained: bool = True
    timesteps: int = 400
    piece: int | None = 50
    evidence: bool = False
    least: int = 1
    dropout: float = 0.3
    reader_rate: float = 0.5
    table_rate: float = 0.25
    batch_size: int = 64
    epochs: int = 3


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
