"""The 50,000 reviews without a label, where somebody has the archive.

They come with the original data set (Maas et al., 2011), not with the Keras
files. ``python -m leaderboard unlabelled ARCHIVE`` reads them from
``aclImdb_v1.tar.gz`` and keeps them in the cache as ids.
"""

from __future__ import annotations

import functools
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from utils.errors import reason
from utils.imdb import cache
from utils.imdb.corpus import SourceError
from utils.imdb.text import Convention, Vocabulary, tokens

FILE_NAME = "imdb-unlabelled-1.npz"
LARGEST_REVIEW = 1_000_000
"""Bytes of one review; a larger file in the archive is not one."""

_REVIEW = re.compile(r"aclImdb/train/unsup/\d+_0\.txt")


@functools.cache
def unlabelled() -> np.ndarray:
    """Return the reviews without labels, (50000,), as lists of ids.

    Raises:
        SourceError: They are not there, or are damaged.
    """
    found = load(cache.cache_folder())
    if not len(found):
        raise SourceError(
            "the unlabelled reviews are not in the cache: download "
            "aclImdb_v1.tar.gz and run python -m leaderboard unlabelled FILE"
        )
    return found


def import_archive(path: Path) -> int:
    """Put the archive's unlabelled reviews into the cache; return how many.

    Raises:
        SourceError: The archive or the cache cannot be used.
    """
    folder = cache.cache_folder()
    corpus = cache.load(folder)
    if corpus is None:
        raise SourceError(
            "the cache is empty, and with it the list of words: run python "
            "-m utils.imdb download first"
        )
    reviews = from_archive(path, Vocabulary(corpus.words).ranks)
    save(reviews, folder)
    return len(reviews)


def from_archive(path: Path, ranks: Mapping[str, int]) -> list[list[int]]:
    """Return the ids of all unlabelled reviews, in the archive's order.

    An id is the word's rank plus 3, as in `load_data`. Words of no training
    review are left out, as in Keras's test split. Nothing is unpacked onto
    the disk.

    Args:
        path: Of the archive.
        ranks: Of the words of the training reviews, from 1.

    Raises:
        SourceError: It cannot be read, or holds no such review.
    """
    reviews = []
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                if not (_REVIEW.fullmatch(member.name) and member.isfile()):
                    continue
                file = archive.extractfile(member)
                text = file.read(LARGEST_REVIEW) if file else b""
                words = tokens(text.decode(errors="replace"))
                known = [ranks[word] for word in words if word in ranks]
                reviews.append(
                    [rank + Convention.index_from for rank in known]
                )
    except (OSError, EOFError, tarfile.TarError) as error:
        why = reason(error, named=False)
        raise SourceError(f"{path.name} cannot be read: {why}") from None
    if not reviews:
        raise SourceError(f"{path.name} holds no unlabelled review")
    return reviews


def save(reviews: list[list[int]], folder: Path) -> None:
    """Keep reviews in the cache, whole or not at all.

    Raises:
        SourceError: The file cannot be written.
    """
    lengths = [len(review) for review in reviews]
    ids = np.fromiter(
        (number for review in reviews for number in review),
        dtype=np.uint32,
        count=sum(lengths),
    )
    offsets = np.cumsum([0, *lengths])
    cache.write_arrays(folder / FILE_NAME, {"ids": ids, "offsets": offsets})


def load(folder: Path) -> np.ndarray:
    """Return the reviews in the cache, an empty array if there are none.

    Returns:
        Object array (reviews,) of lists of ids.

    Raises:
        SourceError: There is a file, but it is damaged.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return np.empty(0, dtype=object)
    try:
        with (
            path.open("rb") as file,
            np.load(file, allow_pickle=False) as arrays,
        ):
            ids, offsets = arrays["ids"], arrays["offsets"].tolist()
    except Exception:
        # One flipped bit can make an archive fail in any way at all.
        raise SourceError(f"{FILE_NAME} in the cache is damaged") from None
    reviews = np.empty(len(offsets) - 1, dtype=object)
    for i in range(len(reviews)):
        reviews[i] = ids[offsets[i] : offsets[i + 1]].tolist()
    return reviews
