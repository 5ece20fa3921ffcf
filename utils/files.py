"""Files that are there whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def replaced(path: Path, mode: str = "wb", **how: Any) -> Iterator[IO[Any]]:
    """Open a file beside ``path`` that takes its place at the end.

    If the block raises, or the machine stops, ``path`` is what it was. The
    folder is made if it is not there.

    Args:
        path: Where the file will be.
        mode: As for `open`, a mode that writes.
        how: As for `open`, such as ``encoding``.

    Yields:
        The open file.

    Raises:
        OSError: It cannot be written; nothing is left behind then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(".part", path.name, path.parent)
    try:
        with os.fdopen(number, mode, **how) as file:
            yield file
        # A temporary file can be read by its owner only.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
