"""A download that ends: whole and verified, or with one clause why not.

A lesson must not wait for a network that is not there. So connecting is
bounded by a few seconds in all, name look-up included, and so is every
silence of the server; the transfer as a whole has a limit, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from utils.imdb.corpus import SourceError

CONNECT_SECONDS = 4.0
"""Until the server has answered, name look-up included."""

SILENCE_SECONDS = 4.0
"""Between two pieces of the answer."""

PIECE = 1 << 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RemoteFile:
    """A file to download.

    Attributes:
        name: Its name below the base address.
        size: Its most bytes; a longer answer is not it.
        algorithm: Of the checksum, as `hashlib.new` knows it.
        checksum: Hexadecimal.
    """

    name: str
    size: int
    algorithm: str
    checksum: str


def fetch(
    base: str,
    file: RemoteFile,
    seconds: float,
    progress: Progress | None = None,
) -> bytes:
    """Return the content of a file whose checksum is right.

    Args:
        base: Address that the file's name is appended to.
        file: What to fetch and how to know it.
        seconds: The longest the transfer may take. One that would take
            longer at its pace is given up after a few seconds.
        progress: Is told the bytes of each piece and of the whole.

    Raises:
        SourceError: There is no such content to be had now.
    """
    address = f"{base.rstrip('/')}/{file.name}"
    try:
        with contextlib.closing(_open(address)) as answer:
            content = _read(answer, file, seconds, progress)
    except urllib.error.HTTPError as error:
        error.close()
        raise SourceError(f"the server answers {error.code}") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise SourceError(_reason(error)) from None
    found = hashlib.new(file.algorithm, content).hexdigest()
    if found != file.checksum:
        raise SourceError(
            f"{file.name} has the wrong checksum {found[:8]}…, "
            f"expected {file.checksum[:8]}…"
        )
    return content


def _open(address: str) -> Any:
    """Open an address within `CONNECT_SECONDS`.

    Looking up a name knows no timeout, so all this happens in a thread
    that is left behind where it takes too long.

    Raises:
        OSError, ValueError: It cannot be opened.
    """
    answers: queue.Queue[Any] = queue.Queue()
    abandoned = threading.Event()

    def open_address() -> None:
        try:
            answer = urllib.request.urlopen(address, timeout=SILENCE_SECONDS)
        except Exception as error:
            answer = error
        if abandoned.is_set() and hasattr(answer, "close"):
            answer.close()
        answers.put(answer)

    threading.Thread(target=open_address, daemon=True).start()
    try:
        answer = answers.get(timeout=CONNECT_SECONDS)
    except queue.Empty:
        abandoned.set()
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _read(
    answer: Any,
    file: RemoteFile,
    seconds: float,
    progress: Progress | None,
) -> bytes:
    """Return the whole body.

    Raises:
        SourceError: It is too long, too short or takes too long.
        OSError: The connection breaks or falls silent.
    """
    length = int(answer.headers.get("Content-Length") or 0)
    body = bytearray()
    started = time.monotonic()
    while piece := answer.read1(PIECE):
        body += piece
        if len(body) > file.size:
            raise SourceError(f"{file.name} is longer than it should be")
        if _too_slow(len(body), file.size, started, seconds):
            raise SourceError("the network is too slow")
        if progress is not None:
            progress(len(piece), length)
    if len(body) < length:
        raise SourceError(
            f"{file.name} ends after {len(body):,} of {length:,} bytes"
        )
    return bytes(body)


def _too_slow(done: int, whole: int, started: float, seconds: float) -> bool:
    """Say whether the rest would come too late, judged by the pace."""
    elapsed = time.monotonic() - started
    return elapsed > SILENCE_SECONDS and elapsed * whole > seconds * done


def _reason(error: Exception) -> str:
    """Return what went wrong, in a clause without address or path."""
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, ConnectionRefusedError):
        return "the connection is refused"
    if isinstance(cause, OSError):
        return "no network"
    return "the answer is not understood"
