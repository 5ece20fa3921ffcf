"""Captioning: a picture of a handwritten digit in, its name out in letters.

The pictures are the 1,797 that scikit-learn brings along (``load_digits``),
the test part of "Optical recognition of handwritten digits" by E. Alpaydin
and C. Kaynak (1998), UCI machine learning repository,
doi:10.24432/C50P49, CC BY 4.0. 13 people wrote them; which of them wrote
which picture is not recorded. A form of 32 x 32 black and white points was
cut into blocks of 4 x 4, and a number of the picture is how many of the 16
points are ink. The captions are the English names of the digits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from utils.errors import check_integer, check_text

WORDS = (
    *("zero", "one", "two", "three", "four"),
    *("five", "six", "seven", "eight", "nine"),
)
"""The caption of each digit."""

PADDING, START, END = 0, 1, 2
"""Ids that are no letters; a caption begins with START, ends with END."""

ALPHABET = " " + "".join(sorted(set("".join(WORDS))))
"""What captions are written in; the first character has id 3."""

SYMBOLS = ("padding", "start", "end", "space", *ALPHABET[1:])
"""The name of each id."""

LENGTH = 7
"""Ids in the caption of one digit: START, up to five letters, END."""

PAIR_LENGTH = 13
"""Ids in the caption of two digits: two words with a space between."""

SIDE = 8
"""Rows and columns of a picture."""

INK = {".": 0.0, "o": 0.5, "#": 1.0}
"""Characters a picture can be typed in, with what each stands for."""


class Pictures(NamedTuple):
    """Some pictures with their captions.

    Attributes:
        images: (n, 8, 8) float32, 0 is paper and 1 is ink.
        captions: (n, 7) int32, ids as ``encode`` makes them.
        numbers: (n,) where in scikit-learn's set each picture stands.
    """

    images: np.ndarray
    captions: np.ndarray
    numbers: np.ndarray


class Parts(NamedTuple):
    """Three sets of pictures; none stands in two of them."""

    train: Pictures
    validation: Pictures
    test: Pictures


def load(
    validation: int = 200,
    test: int = 397,
    *,
    shuffle: bool = True,
    seed: int = 42,
) -> Parts:
    """Return pictures and captions, split by picture.

    Args:
        validation: Pictures to choose settings with, at least 10.
        test: Pictures to measure on, at least 10.
        shuffle: Mix the pictures before they are split, with about the
            same share of each digit in every part. Otherwise the last
            pictures of the set become the test part, those before them
            the validation part.
        seed: Seed of the mixing, from 0 to 2**32 - 1.

    Returns:
        The remaining pictures to train on (1,200 by default), and the two
        parts asked for.

    Raises:
        TypeError, ValueError: A number is not what is described above, or
            fewer than 10 pictures would remain to train on.
    """
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    digits = load_digits()
    total = len(digits.target)
    test = check_integer("test", test, minimum=10, maximum=total - 20)
    most = total - test - 10
    validation = check_integer(
        "validation", validation, minimum=10, maximum=most
    )
    seed = check_integer("seed", seed, minimum=0, maximum=2**32 - 1)
    rest = numbers = np.arange(total)
    parts = []
    for size in (test, validation):
        rest, part = train_test_split(
            rest,
            test_size=size,
            shuffle=shuffle,
            stratify=digits.target[rest] if shuffle else None,
            random_state=seed if shuffle else None,
        )
        parts.append(part)
    images = (digits.images / digits.images.max()).astype(np.float32)
    captions = encode([WORDS[digit] for digit in digits.target])
    whole = Pictures(images, captions, numbers)
    measured, chosen = (_take(whole, part) for part in parts)
    return Parts(_take(whole, rest), chosen, measured)


def _take(pictures: Pictures, rows: np.ndarray) -> Pictures:
    """Return the pictures in these rows."""
    return Pictures(*(column[rows] for column in pictures))


def side_by_side(
    pictures: Pictures,
    count: int,
    *,
    without: Collection[str] = (),
    seed: int = 0,
) -> Pictures:
    """Put two pictures drawn at random beside each other, again and again.

    Args:
        pictures: Single digits to draw from.
        count: How many pairs, at least 1.
        without: Captions that must not occur, such as "seven three".
        seed: Seed of the draw, from 0.

    Returns:
        Images (count, 8, 16); captions such as "six nine", (count, 13);
        numbers (count, 2), the left one first.

    Raises:
        TypeError, ValueError: A number is not what is described above, or
            no pair is left to draw.
    """
    count = check_integer("count", count, minimum=1)
    rng = np.random.default_rng(check_integer("seed", seed, minimum=0))
    words = decode(pictures.captions)
    kinds = {*words}
    if {f"{one} {other}" for one in kinds for other in kinds} <= {*without}:
        raise ValueError("without takes some of the captions, got all")
    drawn: list[tuple[int, int]] = []
    while len(drawn) < count:
        drawn += [
            (one, other)
            for one, other in rng.integers(0, len(words), (count, 2))
            if f"{words[one]} {words[other]}" not in without
        ]
    rows = np.array(drawn[:count])
    texts = [f"{words[one]} {words[other]}" for one, other in rows]
    left, right = np.moveaxis(pictures.images[rows], 1, 0)
    return Pictures(
        np.concatenate([left, right], axis=2),
        encode(texts, PAIR_LENGTH),
        pictures.numbers[rows],
    )


def encode(texts: Sequence[str], length: int = LENGTH) -> np.ndarray:
    """Return the ids of captions: START, the letters, END, padding.

    Args:
        texts: Captions, in characters of ``ALPHABET``.
        length: Ids in a row, at least 2.

    Returns:
        Array (len(texts), length), int32.

    Raises:
        TypeError: ``texts`` is one text instead of several.
        ValueError: A character has no id, or a caption does not fit.
    """
    if isinstance(texts, str):
        raise TypeError(f"texts takes a list of captions, got {texts!r}")
    length = check_integer("length", length, minimum=2)
    ids = np.full((len(texts), length), PADDING, dtype=np.int32)
    for row, text in zip(ids, texts, strict=True):
        unknown = sorted(set(check_text("texts", text)) - set(ALPHABET))
        if unknown:
            raise ValueError(
                f"texts takes the characters {ALPHABET!r}, got {unknown[0]!r} "
                f"in {text!r}"
            )
        if len(text) > length - 2:
            raise ValueError(
                f"texts takes up to {length - 2} characters for "
                f"length={length}, got {text!r}"
            )
        letters = [3 + ALPHABET.index(letter) for letter in text]
        row[: len(text) + 2] = [START, *letters, END]
    return ids


def decode(ids: np.ndarray | Sequence[Sequence[int]]) -> list[str]:
    """Return the captions that rows of ids spell.

    A row is read up to its first END, or to its end; START and padding are
    passed over. So what a network writes can be read as well.

    Args:
        ids: (n, steps), each a place in ``SYMBOLS``.

    Raises:
        ValueError: ``ids`` has not two axes, or an id stands for nothing.
    """
    rows = np.asarray(ids)
    if rows.ndim != 2:
        raise ValueError(f"ids takes shape (n, steps), got {rows.shape}")
    unknown = rows[(rows < 0) | (rows >= len(SYMBOLS))]
    if unknown.size:
        raise ValueError(
            f"ids takes ids from 0 to {len(SYMBOLS) - 1}, got {unknown[0]}"
        )
    texts = []
    for row in rows.tolist():
        ended = row.index(END) if END in row else len(row)
        texts.append("".join(ALPHABET[i - 3] for i in row[:ended] if i > END))
    return texts


def baseline(train: np.ndarray, captions: np.ndarray) -> tuple[str, float]:
    """Return the most frequent caption and how often it alone is right.

    Args:
        train: Ids of the captions to count.
        captions: Ids of the captions to be right about.

    Returns:
        The caption most frequent in ``train``, the first in the alphabet
        among equals, and its share of ``captions``.

    Raises:
        ValueError: There are no captions in one of the two.
    """
    counts = Counter(sorted(decode(train)))
    if not counts:
        raise ValueError("train takes at least one caption, got none")
    answer = counts.most_common(1)[0][0]
    wanted = decode(captions)
    return answer, score([answer] * len(wanted), wanted)


def score(written: Sequence[str], wanted: Sequence[str]) -> float:
    """Return which share of the captions is right to the last letter.

    Args:
        written: Captions as written by a network.
        wanted: The true captions, in the same order.

    Raises:
        TypeError: One of the two is a single text.
        ValueError: There are none, or not equally many.
    """
    for name, texts in (("written", written), ("wanted", wanted)):
        if isinstance(texts, str):
            raise TypeError(f"{name} takes a list of captions, got {texts!r}")
    if not len(wanted):
        raise ValueError("wanted takes at least one caption, got none")
    if len(written) != len(wanted):
        raise ValueError(
            f"written takes {len(wanted)} captions, got {len(written)}"
        )
    pairs = zip(written, wanted, strict=True)
    return float(np.mean([one == other for one, other in pairs]))


def picture(text: str) -> np.ndarray:
    """Return a picture typed as 8 rows of 8 characters.

    Args:
        text: ``.`` is paper, ``o`` is grey, ``#`` is ink; space around it
            and around each row is ignored.

    Returns:
        Array (8, 8), float32.

    Raises:
        TypeError: ``text`` is not text.
        ValueError: It has not 8 rows, or a row not 8 such characters.
    """
    rows = check_text("text", text).split()
    if len(rows) != SIDE:
        raise ValueError(f"text takes {SIDE} rows, got {len(rows)}")
    for place, row in enumerate(rows, start=1):
        if len(row) != SIDE or set(row) - set(INK):
            raise ValueError(
                f"text takes rows of {SIDE} characters from "
                f"{' '.join(INK)}, got {row!r} in row {place}"
            )
    return np.array([[INK[mark] for mark in row] for row in rows], np.float32)
