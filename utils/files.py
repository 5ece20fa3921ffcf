"""Files that are there whole, or not at all."""

from __future__ import annotations

import os
import re
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


def between_marks(text: str, start: str, end: str, body: str) -> str:
    """Return a text with what stands between two marks replaced.

    Args:
        text: Of a Markdown file.
        start: How the first mark, an HTML comment on a line of its own,
            begins.
        end: The whole second mark.
        body: What is to stand between the lines of the two.

    Raises:
        ValueError: The text has lost a mark.
    """
    pattern = re.compile(
        f"({re.escape(start)}.*?-->\n).*?({re.escape(end)})", re.DOTALL
    )
    if not pattern.search(text):
        raise ValueError(f"text takes a place between {start} and {end}")
    return pattern.sub(lambda marks: marks[1] + body + marks[2], text)
