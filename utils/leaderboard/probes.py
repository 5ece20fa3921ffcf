"""Pairs of sentences with the same words and opposite labels.

Only the order tells the two apart, so whoever counts words gives both the
same answer and passes none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

PAIRS = (
    ("not bad but good", "not good but bad"),
    ("it is good, not bad at all", "it is bad, not good at all"),
    ("i love it, i do not hate it", "i hate it, i do not love it"),
    ("a great film, never boring", "a boring film, never great"),
    ("not a failure but a masterpiece", "not a masterpiece but a failure"),
    ("clever instead of stupid", "stupid instead of clever"),
    (
        "i expected it to be bad but it was good",
        "i expected it to be good but it was bad",
    ),
    (
        "it looks dull but it is brilliant",
        "it looks brilliant but it is dull",
    ),
    (
        "it starts badly and it ends very well",
        "it starts very well and it ends badly",
    ),
    ("more funny than boring", "more boring than funny"),
    (
        "i thought it would be awful, it was wonderful",
        "i thought it would be wonderful, it was awful",
    ),
    (
        "far from terrible, it is excellent",
        "far from excellent, it is terrible",
    ),
    ("anything but weak, it is strong", "anything but strong, it is weak"),
    (
        "not a waste of time but a joy",
        "not a joy but a waste of time",
    ),
    (
        "first i was bored, then i was moved",
        "first i was moved, then i was bored",
    ),
    (
        "the critics hated it, i loved it",
        "the critics loved it, i hated it",
    ),
    (
        "other films are bad, this one is good",
        "other films are good, this one is bad",
    ),
    (
        "it could have been a disaster, it is a triumph",
        "it could have been a triumph, it is a disaster",
    ),
    ("a pleasure, not a pain", "a pain, not a pleasure"),
    ("never dull, always charming", "always dull, never charming"),
)
"""The first of each pair is positive, the second negative."""


def passed(answer: Callable[[Sequence[str]], np.ndarray]) -> list[bool]:
    """Return for each of `PAIRS` whether both answers are right.

    Args:
        answer: Takes texts, returns the probability that each is positive.
    """
    good, bad = _answers(answer)
    return [bool(one) for one in (good > 0.5) & (bad < 0.5)]


def preferred(answer: Callable[[Sequence[str]], np.ndarray]) -> list[bool]:
    """Return for each of `PAIRS` whether the positive one gets more.

    Both may lie on one side of one half: this asks only whether the order
    moves the answer the right way.

    Args:
        answer: Takes texts, returns the probability that each is positive.
    """
    good, bad = _answers(answer)
    return [bool(one) for one in good > bad]


def _answers(
    answer: Callable[[Sequence[str]], np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Return the answers to the first and to the second of each pair."""
    good, bad = zip(*PAIRS, strict=True)
    return np.asarray(answer(good)), np.asarray(answer(bad))
