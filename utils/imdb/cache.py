"""The reviews in one flat file, so that a lesson starts at once.

The file is a NumPy archive of plain arrays: nothing in it is ever unpickled.
It is written beside its place and then renamed, so that a reader sees the
whole file or none, and its content is checked each time it is read.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import platformdirs

from utils.errors import reason
from utils.files import atomic_write
from utils.imdb.corpus import Corpus, SourceError, Split, check_content

FOLDER_VARIABLE = "RNN_COURSE_CACHE"
"""Environment variable that names another folder for the cache."""

FILE_NAME = "imdb-1.npz"

_PARTS = ("ranks", "offsets", "labels")
_KINDS = (np.uint32, np.int64, np.uint8)


def cache_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of the cache; it need not exist yet.

    Args:
        folder: Any folder; by default the one that the environment variable
            ``RNN_COURSE_CACHE`` names, else ``rnn-course`` in the place
            where the platform keeps caches.

    Raises:
        TypeError: ``folder`` is neither text nor a path.
    """
    if folder is not None:
        if not isinstance(folder, (str, os.PathLike)):
            raise TypeError(f"cache_dir takes a path, got {folder!r}")
        return Path(os.path.expanduser(folder))  # noqa: PTH111 - never raises
    if os.environ.get(FOLDER_VARIABLE):
        return Path(os.path.expanduser(os.environ[FOLDER_VARIABLE]))  # noqa: PTH111
    place = platformdirs.PlatformDirs("rnn-course", False, opinion=False)
    return place.user_cache_path


def load(folder: Path) -> Corpus | None:
    """Return the cached reviews, or None where there are none.

    Raises:
        SourceError: There is a file, but not one that can be trusted.
    """
    try:
        if not (folder / FILE_NAME).is_file():
            return None
        with (
            (folder / FILE_NAME).open("rb") as file,
            np.lib.npyio.NpzFile(file, allow_pickle=False) as arrays,
        ):
            return check_content(_corpus(dict(arrays)))
    except OSError as error:
        why = reason(error, named=False)
        raise SourceError(f"it cannot be read: {why}") from None
    except SourceError:
        raise
    except Exception:
        # One flipped bit can make an archive fail in any way at all.
        raise SourceError("it is damaged") from None


def _corpus(arrays: dict[str, np.ndarray]) -> Corpus:
    """Return what `save` wrote.

    Raises:
        KeyError, ValueError: The arrays are not those.
    """
    splits = {}
    for name in ("train", "test"):
        parts = [arrays[f"{name}_{part}"] for part in _PARTS]
        for part, kind in zip(parts, _KINDS, strict=True):
            if part.dtype != kind or part.ndim != 1:
                raise ValueError("not an array of the cache")
        splits[name] = Split(*parts)
    words = arrays["words"].tobytes()
    return Corpus(**splits, words=words, origin=str(arrays["origin"]))


def save(corpus: Corpus, folder: Path) -> None:
    """Write the reviews, whole or not at all.

    A file that holds the official test split stays where the new one would
    not have it.

    Raises:
        SourceError: The file cannot be written; none is left then.
    """
    if not len(corpus.test) and _has_test(folder):
        return
    arrays = {
        f"{name}_{part}": getattr(getattr(corpus, name), part)
        for name in ("train", "test")
        for part in _PARTS
    }
    arrays["words"] = np.frombuffer(corpus.words, dtype=np.uint8)
    arrays["origin"] = np.asarray(corpus.origin)
    write_arrays(folder / FILE_NAME, arrays)


def write_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays into a file of the cache, whole or not at all.

    Raises:
        SourceError: The file cannot be written; none is left then.
    """
    try:
        with atomic_write(path) as file:
            np.savez(file, **arrays)
    except OSError as error:
        why = reason(error, named=False)
        raise SourceError(f"the cache was not written ({why})") from None


def _has_test(folder: Path) -> bool:
    """Say whether the cache is whole and holds the official test split."""
    try:
        cached = load(folder)
    except SourceError:
        return False
    return cached is not None and len(cached.test) > 0
