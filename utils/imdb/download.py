"""The Keras files, from the network: for the command, never for a lesson."""

from __future__ import annotations

import http.client
import os
import tempfile
from pathlib import Path

from utils.errors import reason
from utils.imdb import keras_files
from utils.imdb.corpus import Corpus, SourceError

ADDRESS = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
"""Where Keras's own loader gets them (``keras/src/datasets/imdb.py``)."""

ADDRESS_VARIABLE = "RNN_COURSE_IMDB_URL"
"""Environment variable that names another address, a mirror say."""

FILES = {
    keras_files.WORD_INDEX: (
        1_641_221,
        "md5:bfafd718b763782e994055a2d397834f",
    ),
    keras_files.REVIEWS: (
        17_464_789,
        "sha256:"
        "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
    ),
}
"""The size in bytes and the hash of each, as Keras's loader has it."""

SILENCE_SECONDS = 30.0
"""Until the server answers, and between two pieces of its answer."""

WRONG_FILE = "a file has the wrong checksum: it is not the one of Keras"


def download(folder: Path) -> Corpus:
    """Download both files, check their hashes, and return the reviews.

    They come from Keras's address, or from the one that
    ``RNN_COURSE_IMDB_URL`` names. Nothing is unpickled before its hash is
    right, and no file of the download stays.

    Args:
        folder: Of the cache; what arrives lies in there meanwhile.

    Raises:
        SourceError: They cannot be had; the message says why.
    """
    base = os.environ.get(ADDRESS_VARIABLE) or ADDRESS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(".part", dir=folder) as place:
            for name in FILES:
                _retrieve(f"{base.rstrip('/')}/{name}", name, place)
            return keras_files.from_folder(place)
    except (OSError, ValueError, http.client.HTTPException) as error:
        wrong = "known hash" in str(error)  # says pooch
        raise SourceError(WRONG_FILE if wrong else reason(error)) from None


def _retrieve(address: str, name: str, folder: str) -> None:
    """Download one of `FILES` into a folder, with a progress bar.

    Raises:
        OSError, ValueError: What requests and pooch make of a failure.
    """
    import pooch
    from tqdm import tqdm

    size, known_hash = FILES[name]
    pooch.get_logger().setLevel("WARNING")  # the bar says it already
    with tqdm(total=size, desc=name, unit="B", unit_scale=True) as bar:
        pooch.retrieve(
            address,
            known_hash,
            name,
            folder,
            downloader=pooch.HTTPDownloader(
                bar, chunk_size=1 << 16, timeout=SILENCE_SECONDS
            ),
        )
