"""Pairs of sentences with the same words and opposite labels.

Only the order tells the two apart, so whoever counts words gives both the
same answer and passes none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from utils.intervals import wilson_interval

PAIRS = tuple(
    tuple(line.split(" | "))
    for line in Path(__file__)
    .with_name("minimal_pairs.txt")
    .read_text(encoding="utf-8")
    .splitlines()
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


def verdict(answer: Callable[[Sequence[str]], np.ndarray]) -> str:
    """Say how many of `PAIRS` are passed, and preferred with its interval."""
    right = sum(preferred(answer))
    share = wilson_interval(right, len(PAIRS))
    return f"passes {sum(passed(answer)):>2}, prefers {right:>2}: {share}"


def _answers(
    answer: Callable[[Sequence[str]], np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Return the answers to the first and to the second of each pair."""
    good, bad = zip(*PAIRS, strict=True)
    return np.asarray(answer(good)), np.asarray(answer(bad))
