"""The reviews in memory, and how their content is known to be right.

Whatever source they come from, the reviews are brought into one form, and
that form has one checksum. So a damaged file, or a file that says it is
IMDB and is not, never becomes an array.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from utils.imdb.text import order_by_frequency

EXPECTED: dict[str, str] = {
    "train": "8d85f3f89d9ce390e83686b71dc1d416"
    "7052942938fe6e83068bd3590f13bbaf",
    "test": "f98ceb9a20ac1ac0b6c5dd9cd40448aecd48d4064b03711db49f8849cb117a40",
    "words": "272746fa1bb156fc4c3e3db28d86c61d"
    "ef9ce0fe92562a3b464967a688c1973c",
}
"""SHA-256 of the content of each part; see `Split.checksum`."""


class SourceError(RuntimeError):
    """A source of reviews cannot serve; the message is one clause."""


@dataclass(frozen=True)
class Split:
    """Reviews in the order of the original archive, as word ranks.

    Attributes:
        ranks: uint32 (words,), all reviews one after the other; 1 is the
            most frequent word.
        offsets: int64 (reviews + 1,); review ``i`` is
            ``ranks[offsets[i]:offsets[i + 1]]``.
        labels: uint8 (reviews,); 1 is positive.
    """

    ranks: np.ndarray
    offsets: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def checksum(self) -> str:
        """Return the SHA-256 of the content, in hexadecimal."""
        digest = hashlib.sha256()
        for array, kind in (
            (self.ranks, "<u4"),
            (self.offsets, "<i8"),
            (self.labels, "u1"),
        ):
            digest.update(np.ascontiguousarray(array, dtype=kind).data)
        return digest.hexdigest()


@dataclass(frozen=True)
class Corpus:
    """Training reviews, test reviews (perhaps none), and the words.

    Attributes:
        train: 25,000 reviews, positive ones first.
        test: The official test split, or no reviews at all.
        words: ``words[rank - 1]`` is the word of a rank, joined by newlines
            and encoded as UTF-8 (a word contains neither).
        origin: Where the reviews came from: ``"keras"`` or ``"package"``.
    """

    train: Split
    test: Split
    words: bytes
    origin: str

    @property
    def word_count(self) -> int:
        """How many different words the training reviews have."""
        return self.words.count(b"\n") + 1

    def __str__(self) -> str:
        test = "no official test split"
        if len(self.test):
            test = f"{len(self.test):,} official test reviews"
        return f"{len(self.train):,} training reviews and {test}"


def no_reviews() -> Split:
    """Return a split without reviews."""
    return Split(
        np.empty(0, np.uint32), np.zeros(1, np.int64), np.empty(0, np.uint8)
    )


def from_reviews(
    train: tuple[np.ndarray, np.ndarray, np.ndarray],
    test: tuple[np.ndarray, np.ndarray, np.ndarray] | None,
    words: Sequence[str],
    origin: str,
) -> Corpus:
    """Rank the words by our rule and bring the reviews into our form.

    Args:
        train: Word numbers (words,), offsets (reviews + 1,) and labels;
            word number ``n`` is ``words[n]``.
        test: The same of the official test split, or None.
        words: The words, in any order.
        origin: Where they came from.
    """
    counts = np.bincount(train[0], minlength=len(words))
    order = order_by_frequency(words, counts.tolist())
    rank_of = np.empty(len(words), dtype=np.uint32)
    rank_of[order] = np.arange(1, len(words) + 1, dtype=np.uint32)

    def split(
        numbers: np.ndarray, offsets: np.ndarray, labels: np.ndarray
    ) -> Split:
        return Split(
            rank_of[numbers],
            np.asarray(offsets, dtype=np.int64),
            np.asarray(labels, dtype=np.uint8),
        )

    return Corpus(
        split(*train),
        no_reviews() if test is None else split(*test),
        "\n".join(words[position] for position in order).encode(),
        origin,
    )


def offsets_of(lengths: Iterable[int]) -> np.ndarray:
    """Return where each review starts, and where the last one ends."""
    ends = np.cumsum(np.fromiter(lengths, dtype=np.int64))
    return np.concatenate([np.zeros(1, np.int64), ends])


def check_content(corpus: Corpus) -> Corpus:
    """Return the corpus if it is IMDB, to the last word.

    Raises:
        SourceError: A part differs from what is expected.
    """
    found = {
        "train": corpus.train.checksum(),
        "words": hashlib.sha256(corpus.words).hexdigest(),
    }
    if len(corpus.test):
        found["test"] = corpus.test.checksum()
    for part, checksum in found.items():
        if checksum != EXPECTED[part]:
            raise SourceError(
                f"its {part} content is not IMDB's (checksum {checksum[:8]}…, "
                f"expected {EXPECTED[part][:8]}…)"
            )
    return corpus
