"""The Keras files, from the network: for the command, never for a lesson."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import ssl
import tempfile
from pathlib import Path

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

CLOSED = "the proxy lets nothing through"
ASKS = (
    "the proxy asks for a name and a password (407): put them into "
    "https_proxy, http://name:password@proxy:port"
)
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "no network, or the server's name is wrong"),
    (TimeoutError, "no answer in time"),
    (ConnectionRefusedError, "the connection is refused"),
    (ConnectionError, "the connection broke off"),
    (http.client.IncompleteRead, "the connection broke off"),
    (http.client.HTTPException, "the answer is not understood"),
    (
        ssl.SSLCertVerificationError,
        "the server's certificate is not trusted: where a proxy opens TLS, "
        "name the file of its CA in REQUESTS_CA_BUNDLE",
    ),
    (ssl.SSLError, "TLS does not come about: does the server speak https?"),
)


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
        raise SourceError(reason_of(error)) from None


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


def reason_of(error: BaseException) -> str:
    """Return why a download failed, in a clause without address or path."""
    from requests import exceptions

    if isinstance(error, exceptions.HTTPError):
        return f"the server answers {error.response.status_code}"
    if isinstance(error, exceptions.ProxyError):
        return ASKS if " 407 " in str(error) else CLOSED
    if isinstance(error, ValueError) and isinstance(error, OSError):
        return f"{ADDRESS_VARIABLE} takes an address that begins with http"
    if "does not match the known hash" in str(error):
        return "a file has the wrong checksum: it is not the one of Keras"
    asked = isinstance(error, exceptions.RequestException)
    while behind := error.__cause__ or error.__context__:
        error = behind
    if getattr(error, "errno", None) in _NO_WAY:
        return "there is no network"
    for kind, reason in _REASONS:
        if asked and isinstance(error, kind):
            return reason
    if isinstance(error, OSError) and error.strerror:
        return f"the cache was not written ({error.strerror})"
    return "the answer is not understood"
