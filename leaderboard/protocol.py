"""What an entry of the leaderboard is, what is chosen, what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from utils.classify.protocol import Reviews

RATES = (0.001, 0.003, 0.01)
"""Learning rates that every network is offered; validation chooses."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen on the validation reviews before a training.

    Attributes:
        setting: Learning rate of a network, or C of a linear model; None
            for what has neither.
        epochs: Exactly so many, all reviews teach; None leaves the epoch
            to the validation reviews.
    """

    setting: float | None = None
    epochs: int | None = None

    def __str__(self) -> str:
        """Show all of it in short: names of files in the cache have it."""
        epochs = "" if self.epochs is None else f" for {self.epochs} epochs"
        return f"{self.setting}{epochs}"


@dataclass(frozen=True)
class Answers:
    """What an entry says after its training.

    Attributes:
        validation: Probability of positive, (5000,), or (0,) where all
            reviews taught.
        test: The same for the test reviews, (25000,) or (0,).
        parameters: How many numbers were learned.
        epochs: Of the training, up to the one that was kept.
    """

    validation: np.ndarray
    test: np.ndarray
    parameters: int
    epochs: int | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the leaderboard.

    Attributes:
        name: As the table shows it.
        train: Trains on the reviews with a seed and what was chosen, and
            answers; None for an ensemble, which is made of stored answers.
        recurrent: Whether a recurrent layer takes part.
        uses_unlabelled: Whether reviews without labels were read.
        seeds: One run each; what has no chance in it needs one.
        settings: That validation chooses from, by the first seed; with one
            or none there is nothing to choose.
        members: Of an ensemble; each with the run of the same seed.
    """

    name: str
    train: Callable[[Reviews, int, Chosen], Answers] | None
    recurrent: bool
    uses_unlabelled: bool = False
    seeds: tuple[int, ...] = (1, 2, 3)
    settings: tuple[float, ...] = RATES
    members: tuple[Entry, ...] = ()

    @property
    def has_trials(self) -> bool:
        """Whether there are settings to choose from."""
        return len(self.settings) > 1

    def seed_of(self, seed: int) -> int:
        """Return the seed of its run that belongs to an ensemble's seed."""
        return seed if seed in self.seeds else self.seeds[0]
