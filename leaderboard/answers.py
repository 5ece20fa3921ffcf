"""The answers of every run, a byte a review, and how they are read again.

A probability p is stored as ceil(256 p) - 1: which of 256 equal steps it
lies in. So p > 0.5 exactly where the byte is 128 or more, and accuracies
counted from stored answers are exact. Read again, it is the middle of its
step: it has moved by at most 1/512, and log odds end at -6.2 and 6.2.
Ensembles are made of what is stored. Pairs of bags of words with different C,
averaged so, gave another verdict than unrounded ones on 6 to 11 of the 25,000
test reviews, and up to 7 more or fewer right answers, 0.03 points.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from leaderboard import splits
from utils.files import atomic_write

FOLDER = Path(__file__).resolve().parent / "results"


class AnswersError(ValueError):
    """A file of answers cannot be used; the message is one sentence."""


@dataclass(frozen=True)
class Stored:
    """The answers of one run.

    Attributes:
        validation: A byte a review, uint8, (5000,) or (0,).
        test: The same of the test reviews, (25000,) or (0,).
        costs: Name -> seconds, of the run and of all that was made for it
            and for others as well.
    """

    validation: np.ndarray
    test: np.ndarray
    costs: dict[str, float]


def to_bytes(probabilities: np.ndarray) -> np.ndarray:
    """Return which of 256 steps each probability lies in, uint8.

    Raises:
        ValueError: One is not a number from 0 to 1.
    """
    p = np.asarray(probabilities, dtype=np.float64)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("probabilities takes numbers from 0 to 1")
    return np.clip(np.ceil(256 * p) - 1, 0, 255).astype(np.uint8)


def to_probabilities(stored: np.ndarray) -> np.ndarray:
    """Return the middle of each step, float64, 1/512 to 511/512."""
    return (np.asarray(stored, dtype=np.float64) + 0.5) / 256


def packed(answers: Stored) -> bytes:
    """Return the content of a file, compressed."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        validation=answers.validation,
        test=answers.test,
        costs=np.array(json.dumps(answers.costs)),
    )
    return file.getvalue()


def unpacked(content: bytes) -> Stored:
    """Return the answers in the content of a file.

    Raises:
        AnswersError: It is damaged.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            parts = [arrays[part] for part in ("validation", "test")]
            costs = json.loads(str(arrays["costs"]))
    except Exception:
        # One flipped bit can make an archive fail in any way at all.
        raise AnswersError("the file is damaged") from None
    if any(part.dtype != np.uint8 or part.ndim != 1 for part in parts):
        raise AnswersError("the file does not hold a byte a review")
    return Stored(*parts, costs)


def path_of(name: str, seed: int, split: str, folder: Path = FOLDER) -> Path:
    """Return where the answers of a run are stored."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    end = "" if split == "random" else f"-{split}"
    return folder / "answers" / f"{slug}-{seed}{end}.npz"


def write(path: Path, content: bytes) -> None:
    """Write a file of answers, whole or not at all, once it is checked."""
    unpacked(content)
    with atomic_write(path) as file:
        file.write(content)


def read(name: str, seed: int, split: str, folder: Path = FOLDER) -> Stored:
    """Return the stored answers of a run.

    Raises:
        AnswersError: There are none, or they are damaged.
    """
    path = path_of(name, seed, split, folder)
    try:
        return unpacked(path.read_bytes())
    except FileNotFoundError:
        raise AnswersError(f"{path.name} is not there") from None
    except AnswersError as error:
        raise AnswersError(f"{path.name}: {error}") from None


def right(stored: np.ndarray, part: str, split: str = "random") -> np.ndarray:
    """Return which answers are right, bool, one a review.

    Args:
        stored: Bytes, as in `Stored`.
        part: "validation" or "test".
        split: Of the run.

    Raises:
        AnswersError: There is not one answer a review.
    """
    labels = splits.labels(part, split)
    if stored.shape != labels.shape:
        raise AnswersError(
            f"of {len(labels):,} {part} reviews, {len(stored):,} are answered"
        )
    return (stored >= 128) == (labels == 1)


def count(stored: np.ndarray, part: str, split: str = "random") -> int | None:
    """Return how many answers are right, None where there are none.

    The arguments are those of `right`.
    """
    return int(right(stored, part, split).sum()) if len(stored) else None
