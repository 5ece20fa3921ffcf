"""Person names in review sentences: a tag for every word, and its worth.

The sentences are real, the tags are *silver*: a rule set them. What the rule
is worth was counted on sentences that a language model tagged
(`tagged_by_model`). Here are the baseline, and precision, recall and F1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.person_names.data import (
    LONGEST,
    Sentences,
    decode,
    encode,
    load,
    tagged_by_model,
)
from utils.errors import check_integer

__all__ = ["LONGEST", "Score", "Sentences", "baseline", "decode", "encode"]
__all__ += ["found", "load", "score", "score_spans", "tagged_by_model"]


class Score(NamedTuple):
    """How many names were found, and the three shares that follow.

    Attributes:
        right: Marked, and a name.
        wrong: Marked, but no name.
        missed: A name, but not marked.
    """

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """How much of what was marked is a name; 0 if nothing was."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """How much of the names was marked; 0 if there is no name."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(
            2 * self.right, 2 * self.right + self.wrong + self.missed
        )

    def __str__(self) -> str:
        """Show three decimals each."""
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}  "
            f"F1 {self.f1:.3f}"
        )


def _share(part: int, whole: int) -> float:
    """Return ``part / whole``, and 0 for nothing of nothing."""
    return part / whole if whole else 0.0


def baseline(train: Sentences, vocabulary_size: int) -> np.ndarray:
    """Return for each id how many of its words are names, as a share.

    It knows the word and nothing around it. All unknown words are one id,
    so they get one answer.

    Args:
        train: The sentences to count in.
        vocabulary_size: How many ids there are.

    Returns:
        Shares (vocabulary_size,), to be indexed with ids: 0 for padding and
        for an id that does not occur.

    Raises:
        TypeError, ValueError: ``vocabulary_size`` is not an integer above
            the largest id.
    """
    size = check_integer(
        "vocabulary_size", vocabulary_size, minimum=int(train.ids.max()) + 1
    )
    words = np.bincount(train.ids[train.mask], minlength=size)
    names = np.bincount(train.ids[train.is_name], minlength=size)
    return names / np.maximum(words, 1)


def score(is_name: np.ndarray, marked: np.ndarray, among: np.ndarray) -> Score:
    """Return the score over single words (tokens).

    A name of two words counts twice here; see `score_spans`.

    Args:
        is_name: Where the names are, truth values of any shape.
        marked: Where an answer says they are, of the same shape.
        among: Which places count, of the same shape: the mask, or a part
            of it.

    Raises:
        ValueError: The shapes differ.
    """
    is_name, marked, among = _same_shape(is_name, marked, among)
    return Score(
        right=int((is_name & marked & among).sum()),
        wrong=int((~is_name & marked & among).sum()),
        missed=int((is_name & ~marked & among).sum()),
    )


def score_spans(
    is_name: np.ndarray, marked: np.ndarray, mask: np.ndarray
) -> Score:
    """Return the score over whole names (spans).

    A span is a run of names as long as it goes; it is right if both of its
    ends are. Tags of one kind cannot tell where *Tom Hanks Meg Ryan* is cut
    in two, so that is one span.

    Args:
        is_name: Where the names are, truth values (sentences, timesteps).
        marked: Where an answer says they are, of the same shape.
        mask: Where there are words, of the same shape.

    Raises:
        ValueError: The shapes differ, or are not of two axes.
    """
    is_name, marked, mask = _same_shape(is_name, marked, mask)
    if is_name.ndim != 2:
        raise ValueError(
            "is_name takes two axes (sentences, timesteps), got shape "
            f"{is_name.shape}"
        )
    truth, answer = _spans(is_name & mask), _spans(marked & mask)
    right = len(truth & answer)
    return Score(right, len(answer) - right, len(truth) - right)


def _spans(marks: np.ndarray) -> set[tuple[int, int, int]]:
    """Return row, start and end of every run of marks."""
    edges = np.diff(np.pad(marks.astype(int), ((0, 0), (1, 1))))
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    return set(zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True))


def _same_shape(
    is_name: np.ndarray, marked: np.ndarray, mask: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return three arrays of truth values."""
    arrays = [np.asarray(each) for each in (is_name, marked, mask)]
    shapes = [each.shape for each in arrays]
    if len(set(shapes)) > 1:
        raise ValueError(
            "is_name, marked and mask take arrays of one shape, got "
            f"{shapes[0]}, {shapes[1]} and {shapes[2]}"
        )
    first, second, third = (each.astype(bool) for each in arrays)
    return first, second, third


def found(words: Sequence[str], marked: Sequence[bool]) -> list[str]:
    """Return the marked words, those side by side joined by a space.

    Args:
        words: The words of a sentence.
        marked: A truth value for each word; more, for padding, are ignored.

    Raises:
        ValueError: There are fewer marks than words.
    """
    marks = np.asarray(marked, dtype=bool)[: len(words)]
    if len(marks) < len(words):
        raise ValueError(
            f"marked takes a value for each of {len(words)} words, got "
            f"{len(marks)}"
        )
    return [
        " ".join(words[start:end])
        for _, start, end in sorted(_spans(marks[None]))
    ]
