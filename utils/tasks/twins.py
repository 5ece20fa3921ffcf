"""Comments in which the order decides, written in pairs of twins.

A praise and a blame stand around a conjunction: after *but* the later
opinion weighs more, with *although* the earlier one. The twin of a comment
has the same words with the two opinions exchanged, and the opposite label.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from utils.errors import check_choice, check_integer

PRAISE, BLAME, FILLERS = (
    words.split()
    for words in (
        "great pretty sturdy handy quick soft fresh tasty quiet light",
        "dull ugly flimsy pricey slow rough stale bland loud heavy",
        "really rather quite very somewhat honestly",
    )
)
CONJUNCTIONS = ["but", "although"]
VOCABULARY = [*PRAISE, *BLAME, *FILLERS, *CONJUNCTIONS]

PLACES = ("first opinion", "conjunction", "last opinion")
"""The three words of a comment that are no fillers, in their order."""

REPEATS = 5
"""How often a pair of opinions is written with each conjunction."""


def write_twins(
    good: str,
    bad: str,
    conjunction: str,
    rng: np.random.Generator,
    words: int = 7,
) -> tuple[list[str], list[bool]]:
    """Return a comment and its twin, and whether the praise weighs more.

    Args:
        good: A word of praise.
        bad: A word of blame.
        conjunction: "but" or "although".
        rng: Draws the fillers and the places of the other three words.
        words: In each comment, at least 3.

    Raises:
        ValueError: There are fewer words, or another conjunction.
    """
    words = check_integer("words", words, minimum=3)
    check_choice("conjunction", conjunction, CONJUNCTIONS)
    comment = [str(word) for word in rng.choice(FILLERS, words)]
    twin = list(comment)
    places = np.sort(rng.choice(words, 3, replace=False))
    for place, here, there in zip(
        places, (bad, conjunction, good), (good, conjunction, bad), strict=True
    ):
        comment[place], twin[place] = here, there
    labels = [conjunction == "but", conjunction == "although"]
    return [" ".join(comment), " ".join(twin)], labels


def write_comments(
    pairs: Iterable[tuple[str, str]],
    rng: np.random.Generator,
    *,
    lengths: Sequence[int] = (7,),
    conjunctions: Sequence[str] = CONJUNCTIONS,
) -> tuple[list[str], np.ndarray]:
    """Return ten pairs of twins for each pair of opinions, with labels.

    Args:
        pairs: A praise and a blame each.
        rng: Draws all that is left open.
        lengths: In words; one is drawn for each pair of twins.
        conjunctions: Which of them are written.

    Returns:
        The comments, twins next to each other, and for each 1 if the
        praise weighs more, else 0, float32, (comments,).
    """
    comments, labels = [], []
    for good, bad in pairs:
        for conjunction in [*conjunctions] * REPEATS:
            words = int(rng.choice(lengths)) if len(lengths) > 1 else 0
            twins, answers = write_twins(
                good, bad, conjunction, rng, words or lengths[0]
            )
            comments, labels = comments + twins, labels + answers
    return comments, np.array(labels, dtype="float32")


class Split(NamedTuple):
    """Comments to train on and to test on.

    Attributes:
        train: Comments.
        y_train: Their labels, (comments,).
        test: Comments with pairs of opinions that no training comment has.
        y_test: Their labels.
        pairs: These pairs, a praise and a blame each.
    """

    train: list[str]
    y_train: np.ndarray
    test: list[str]
    y_test: np.ndarray
    pairs: list[tuple[str, str]]


def split(seed: int, lengths: Sequence[int] = (7,)) -> Split:
    """Return 1,200 comments to train on and 800 to test on.

    Args:
        seed: Of the pairs that are held back, and of the comments.
        lengths: In words, of the training comments; the others have seven.
    """
    rng = np.random.default_rng(seed)
    pairs = [(good, bad) for good in PRAISE for bad in BLAME]
    pairs = [(str(good), str(bad)) for good, bad in rng.permutation(pairs)]
    test = write_comments(pairs[:40], rng)
    train = write_comments(pairs[40:], rng, lengths=lengths)
    return Split(*train, *test, pairs[:40])


def key_words(comment: str) -> list[str]:
    """Return the words of a comment that are no fillers."""
    return [word for word in comment.split() if word not in FILLERS]


def mask(comment: str, place: str) -> str:
    """Return a comment with the word at one of ``PLACES`` made "very"."""
    check_choice("place", place, PLACES)
    words = comment.split()
    open_places = [n for n, word in enumerate(words) if word not in FILLERS]
    words[open_places[PLACES.index(place)]] = "very"
    return " ".join(words)


def one_hot(comments: Sequence[str], steps: int | None = None) -> np.ndarray:
    """Return one-hot rows, float32, (comments, steps, vocabulary).

    Args:
        comments: Of words of ``VOCABULARY``.
        steps: Rows for each comment, by default as many as the longest
            has words; a shorter one has rows of zeros before it.
    """
    steps = steps or max(len(comment.split()) for comment in comments)
    row_of = {word: row for row, word in enumerate(VOCABULARY)}
    table = np.zeros((len(comments), steps, len(VOCABULARY)), "float32")
    for sample, comment in enumerate(comments):
        words = comment.split()
        for step, word in enumerate(words, start=steps - len(words)):
            table[sample, step, row_of[word]] = 1
    return table
