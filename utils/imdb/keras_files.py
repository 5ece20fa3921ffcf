"""The files of ``keras.datasets.imdb``, in a folder.

Their arrays are pickled. A pickle can run code, so they are read by an
unpickler that can build NumPy arrays and nothing else.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import pickle
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from utils.errors import reason
from utils.imdb.corpus import (
    Corpus,
    SourceError,
    check_content,
    from_reviews,
    offsets_of,
)

REVIEWS = "imdb.npz"
WORD_INDEX = "imdb_word_index.json"

_ARRAY_PARTS = {
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
}


class _ArrayUnpickler(pickle.Unpickler):
    """An unpickler that can build NumPy arrays and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ARRAY_PARTS:
            raise SourceError(
                f"its pickle asks for {module}.{name}, which no array needs"
            )
        return super().find_class(
            module.replace("numpy.core.", "numpy._core."), name
        )


def from_folder(folder: str | os.PathLike[str]) -> Corpus:
    """Return the reviews of ``imdb.npz`` and its index in a folder.

    Such files may have been written again, so their bytes prove nothing:
    what they contain is compared instead, to the last word.

    Raises:
        SourceError: They are not there, or do not contain IMDB.
    """
    try:
        with (Path(folder) / REVIEWS).open("rb") as reviews:
            index = (Path(folder) / WORD_INDEX).read_bytes()
            return _corpus(reviews, index)
    except OSError as error:
        raise SourceError(reason(error)) from None


def _corpus(reviews: BinaryIO, index: bytes) -> Corpus:
    """Return what the two files contain, if it is IMDB.

    Raises:
        SourceError: It is not.
    """
    try:
        ranks = json.loads(index)
        words = sorted(ranks, key=ranks.__getitem__)
        with zipfile.ZipFile(reviews) as archive:
            train, test = (
                _split(archive, part, len(words)) for part in ("train", "test")
            )
        corpus = from_reviews(train, test, words, "keras")
    except SourceError:
        raise
    except Exception as error:
        # A damaged pickle may fail in any way at all.
        raise SourceError(
            f"the Keras files are damaged ({type(error).__name__})"
        ) from None
    return check_content(corpus)


def _split(
    archive: zipfile.ZipFile, part: str, words: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return word numbers from 0, offsets and labels of one split.

    Raises:
        ValueError: These are not reviews.
    """
    reviews = _array(archive, f"x_{part}.npy")
    labels = np.asarray(_array(archive, f"y_{part}.npy"))
    flat = itertools.chain.from_iterable(reviews)
    numbers = np.fromiter(flat, dtype=np.int64) - 1
    if numbers.min() < 0 or numbers.max() >= words:
        raise ValueError("a word that is not in the index")
    if len(labels) != len(reviews) or not np.isin(labels, (0, 1)).all():
        raise ValueError("not one label for each review")
    return numbers, offsets_of(map(len, reviews)), labels


def _array(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    """Return an array of the archive, unpickled where it has to be."""
    content = io.BytesIO(archive.read(name))
    version = np.lib.format.read_magic(content)
    read_header = np.lib.format.read_array_header_1_0
    if version != (1, 0):
        read_header = np.lib.format.read_array_header_2_0
    _, _, dtype = read_header(content)
    if dtype.hasobject:
        return _ArrayUnpickler(content).load()
    content.seek(0)
    return np.lib.format.read_array(content, allow_pickle=False)
