"""Files that are there whole, or not at all."""

from __future__ import annotations

import csv
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

LONGEST_START = 40
"""Letters of its name by which an unfinished file can be told."""


def real_target(path: str | os.PathLike[str]) -> Path:
    """Return the file that writing to a path is to change.

    A tilde becomes the home folder, and a link the file it points to.

    Raises:
        OSError: It is a folder, or a link that leads back to itself; the
            message says so.
    """
    target = Path(path).expanduser()
    if target.is_symlink():
        target = Path(os.path.realpath(target))
        if target.is_symlink():
            raise OSError(f"{path} is a link that leads back to itself")
    if target.is_dir():
        raise IsADirectoryError(f"{path} is a folder, not a file to write")
    return target


@contextmanager
def atomic_write(
    path: str | os.PathLike[str], mode: str = "wb", **how: Any
) -> Iterator[IO[Any]]:
    """Open a file beside ``path`` that takes its place at the end.

    If the block raises, or the machine stops, ``path`` is what it was. The
    folder is made if it is not there, and the permissions of a file that is
    replaced are kept. What is no regular file (a device, a pipe) cannot be
    replaced: it is written into.

    Args:
        path: Where the file will be; a link is followed.
        mode: As for `open`, a mode that writes.
        how: As for `open`, such as ``encoding``.

    Yields:
        The open file.

    Raises:
        OSError: It cannot be written; nothing is left behind then.
    """
    target = real_target(path)
    if target.exists() and not target.is_file():
        with target.open(mode, **how) as file:
            yield file
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    start = target.name[:LONGEST_START]
    number, name = tempfile.mkstemp(".part", start, target.parent)
    try:
        with os.fdopen(number, mode, **how) as file:
            yield file
        take_place(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)


def take_place(new: Path, target: Path) -> None:
    """Move a finished file to its place, with the place's permissions."""
    if target.exists():
        new.chmod(stat.S_IMODE(target.stat().st_mode))
    else:
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)
    new.replace(target)


def append_row(
    path: Path, row: Mapping[str, Any], columns: Sequence[str] | None = None
) -> None:
    """Add a row to a CSV file, and the names of the columns to a new one.

    Args:
        path: The file; it need not be there.
        row: Column -> what is written.
        columns: All of them, in order; what the row lacks stays empty. None
            is those of the row.

    Raises:
        ValueError: The row has a column that is not among them.
    """
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns or row, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)


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
