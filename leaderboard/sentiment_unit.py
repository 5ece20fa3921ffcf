"""Which unit of a language model goes with the label, and what it does.

Nobody has told the model whether a review is positive; a unit may follow it
all the same. Radford et al. (2017), "Learning to Generate Reviews and
Discovering Sentiment", found one in a model of letters. The unit is chosen
on training reviews; what it is worth is to be read on others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leaderboard.language_model import START
from utils.cells.gru_cell import gru
from utils.classify.padding import UNKNOWN_ID, flat, pad_ids, token_positions

TIMESTEPS = 400
"""Words of a review that are read, the last ones."""

READ_AT_ONCE = 100
"""Reviews; all states of all of them are in memory."""


def states(weights: dict[str, np.ndarray], words: Sequence[int]) -> np.ndarray:
    """Return a language model's states after each word of a review.

    Args:
        weights: Of `leaderboard.pretraining.Pretrained`.
        words: Ids, without the start id, which is read before them.

    Returns:
        float32, (words, units), from -1 to 1.
    """
    return _read(weights, np.array([words], dtype=int))[0]


def mean_states(
    weights: dict[str, np.ndarray], reviews: Sequence[Sequence[int]]
) -> np.ndarray:
    """Return the mean state of each review, float32, (reviews, units).

    Args:
        weights: Of `leaderboard.pretraining.Pretrained`.
        reviews: Ids, at least one word each; a start id may be there.
    """
    means = []
    for start in range(0, len(reviews), READ_AT_ONCE):
        part = flat(list(reviews[start : start + READ_AT_ONCE]))
        longest = min(int(part.lengths.max()), TIMESTEPS)
        ids = pad_ids(part, token_positions(part.lengths, longest, "last"))
        real = (ids != 0)[..., None]
        total = (_read(weights, ids) * real).sum(axis=1)
        means.append(total / real.sum(axis=1))
    return np.concatenate(means).astype(np.float32)


def correlations(means: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return each unit's correlation with the label, float64, (units,).

    A unit that never changes gets 0.

    Args:
        means: From `mean_states`, (reviews, units).
        labels: 1 is positive, (reviews,).
    """
    x = means - means.mean(axis=0, dtype=float)
    y = labels - np.mean(labels)
    size = np.sqrt((x**2).sum(axis=0) * (y**2).sum())
    return np.divide(x.T @ y, size, out=np.zeros(len(x.T)), where=size > 0)


def sentiment_unit(means: np.ndarray, labels: np.ndarray) -> tuple[int, float]:
    """Return the unit whose correlation is farthest from 0, and this.

    A negative one means that the unit is low in positive reviews. The
    arguments are those of `correlations`, of training reviews.
    """
    every = correlations(means, labels)
    unit = int(np.abs(every).argmax())
    return unit, float(every[unit])


def _read(weights: dict[str, np.ndarray], ids: np.ndarray) -> np.ndarray:
    """Return the states after each id, (reviews, timesteps, units)."""
    table = weights["table"]
    ids = np.where(ids < len(table), ids, UNKNOWN_ID)
    ids = np.insert(ids, 0, START, axis=1)
    gru_weights = (
        weights[name] for name in ("kernel", "recurrent_kernel", "bias")
    )
    return gru(table[ids], *gru_weights).h[:, 1:]
