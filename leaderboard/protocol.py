"""What an entry of the leaderboard is, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from utils.classify.protocol import Reviews


@dataclass(frozen=True)
class Answers:
    """What an entry says after its training.

    Attributes:
        validation: Probability of positive, (5000,).
        test: The same for the test reviews, (25000,) or (0,).
        parameters: How many numbers were learned.
        unlabelled: The same for the unlabelled reviews, (50000,), from
            entries that others learn from; else (0,).
        seconds: Spent before, by others, on what this entry uses.
        peak_memory_mb: Of those others.
    """

    validation: np.ndarray
    test: np.ndarray
    parameters: int
    unlabelled: np.ndarray = field(default_factory=lambda: np.empty(0))
    seconds: float = 0.0
    peak_memory_mb: float = 0.0


@dataclass(frozen=True)
class Entry:
    """One line of the leaderboard.

    Attributes:
        name: As the table shows it.
        train: Trains on the reviews with a seed and answers.
        recurrent: Whether a recurrent layer takes part.
        uses_unlabelled: Whether reviews without labels were read.
        seeds: One run each; what has no chance in it needs one.
    """

    name: str
    train: Callable[[Reviews, int], Answers]
    recurrent: bool
    uses_unlabelled: bool = False
    seeds: tuple[int, ...] = (1, 2, 3)
