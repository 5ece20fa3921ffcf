"""How well probabilities rank words, by reviews, and where to cut them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lessons.person_names.data import Sentences
from lessons.person_names.taggers import score_of

RESAMPLES = 2000
"""How often seeds and reviews are drawn again for an interval."""

THRESHOLDS = np.linspace(0.05, 0.95, 19)


def best_threshold(validation: Sentences, probability: np.ndarray) -> float:
    """Return the threshold with the best F1 on the validation part."""
    marked = [score_of(validation, probability, t).f1 for t in THRESHOLDS]
    return float(THRESHOLDS[int(np.argmax(marked))])


class Ranking:
    """The words of a part from the most to the least probable name.

    Attributes:
        review: The number of the review of each word, from 0 on, (words,).
        is_name: Whether it is a name, (words,).
        last: The place of the last word with the same probability, (words,).
    """

    def __init__(self, part: Sentences, probability: np.ndarray) -> None:
        """Sort the words of a part by their probabilities."""
        each = probability[part.mask]
        order = np.argsort(-each, kind="stable")
        _, number = np.unique(part.reviews, return_inverse=True)
        of_word = np.repeat(number[:, None], part.mask.shape[1], axis=1)
        self.review = of_word[part.mask][order]
        self.is_name = part.is_name[part.mask][order]
        falling = -each[order]
        self.last = np.searchsorted(falling, falling, side="right") - 1

    def average_precision(self, times: np.ndarray) -> float:
        """Return the mean precision over all recalls.

        Args:
            times: How often each review counts, (reviews,).
        """
        weight = times[self.review]
        names = weight * self.is_name
        found = np.cumsum(names)
        precision = found / np.maximum(np.cumsum(weight), 1)
        return float((names * precision[self.last]).sum() / found[-1])


def difference(
    first: Sequence[Ranking], second: Sequence[Ranking]
) -> tuple[float, ...]:
    """Return a difference of mean average precision with its 95% interval.

    Seeds and reviews are drawn again with replacement, the same for both.

    Args:
        first: One tagger, a ranking for each seed.
        second: The other.
    """
    seeds, reviews = len(first), int(first[0].review.max()) + 1

    def gap(chosen: np.ndarray, times: np.ndarray) -> float:
        gaps = {
            seed: first[seed].average_precision(times)
            - second[seed].average_precision(times)
            for seed in {*chosen.tolist()}
        }
        return float(np.mean([gaps[seed] for seed in chosen.tolist()]))

    return resampled(gap, seeds, reviews)


def resampled(
    gap: Callable[[np.ndarray, np.ndarray], float],
    seeds: int,
    reviews: int,
    draws: int = RESAMPLES,
) -> tuple[float, ...]:
    """Return a difference with its 95% interval, by the bootstrap.

    Args:
        gap: Gives the difference for chosen seeds, (seeds,), and for how
            often each review counts, (reviews,).
        seeds: How many there are to draw from, with replacement.
        reviews: The same.
        draws: How often both are drawn.
    """
    generator = np.random.default_rng(15)
    drawn = [
        gap(
            generator.integers(seeds, size=seeds),
            generator.multinomial(reviews, np.full(reviews, 1 / reviews)),
        )
        for _ in range(draws)
    ]
    value = gap(np.arange(seeds), np.ones(reviews))
    return value, *np.quantile(drawn, [0.025, 0.975])
