"""Weights in files of plain arrays, with a list of their checksums.

Nothing is ever unpickled. A file is written beside its place and renamed, so
that a reader sees the whole of it or none.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from utils.errors import check_text, reason
from utils.files import atomic_write

FOLDER = Path(__file__).parent / "weights"
"""What comes with the course."""

LIST = "weights.json"
"""Name -> version, checksum and facts, beside the files."""

VERSION = 2
"""Of the arrays' meaning: weights of another version do not fit."""

LARGEST = 1_000_000
"""Bytes: weights stay smaller, where nothing else is said."""


class UnfitError(ValueError):
    """Weights are missing, damaged, or made for another version."""


def save(
    name: str,
    arrays: Mapping[str, np.ndarray],
    facts: Mapping[str, Any],
    folder: Path = FOLDER,
    largest: int = LARGEST,
) -> Path:
    """Write weights and their line in the list; return the file.

    Args:
        name: Of the weights, such as ``"lstm"``.
        arrays: Name -> array.
        facts: What a reader may want to know of them, such as an accuracy.
        folder: Where to.
        largest: Bytes that the file may have.

    Raises:
        ValueError: The file would be larger.
    """
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    content = buffer.getvalue()
    if len(content) >= largest:
        raise ValueError(
            f"arrays takes weights below {largest:,} bytes, got "
            f"{len(content):,} for {name!r}"
        )
    _write(folder / f"{name}.npz", content)
    entries = _entries(folder) | {
        name: {
            "version": VERSION,
            "sha256": hashlib.sha256(content).hexdigest(),
            "facts": dict(facts),
        }
    }
    text = json.dumps(entries, indent=1, sort_keys=True) + "\n"
    _write(folder / LIST, text.encode())
    return folder / f"{name}.npz"


def packed(words: Sequence[str]) -> np.ndarray:
    """Return words as an array of bytes from which any string comes back."""
    return np.frombuffer(json.dumps(list(words)).encode(), dtype=np.uint8)


def unpacked(array: np.ndarray, rows: int) -> list[str]:
    """Return the words of `packed`.

    Args:
        array: What was packed.
        rows: How many words there must be, since each has its row.

    Raises:
        UnfitError: There are more words or fewer.
    """
    words = json.loads(array.tobytes())
    if len(words) != rows:
        raise UnfitError(f"there are {len(words)} words for {rows} rows")
    return words


def in_bytes(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a table as int8, and a scale for each row: a quarter the size.

    Args:
        table: (rows, columns).

    Returns:
        int8, (rows, columns), and float32, (rows,).
    """
    scale = np.abs(table).max(axis=1).astype(np.float32) / 127
    scale[scale == 0] = 1
    return np.rint(table / scale[:, None]).astype(np.int8), scale


def from_bytes(table: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return the table of `in_bytes`, float32, off by half a scale."""
    return table * scale[:, None]


def _write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    with atomic_write(path) as file:
        file.write(content)


def _entries(folder: Path) -> dict[str, Any]:
    """Return the list, empty where there is none or it cannot be read."""
    try:
        entries = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


def facts(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Return what the list says of some weights, such as their accuracy."""
    entry = _entries(folder).get(name)
    return dict(entry["facts"]) if isinstance(entry, dict) else {}


def read(name: str, folder: Path = FOLDER) -> dict[str, np.ndarray]:
    """Return the arrays of some weights.

    Raises:
        UnfitError: They cannot be used; the message says why.
    """
    entry = _entries(folder).get(check_text("name", name))
    if not isinstance(entry, dict):
        raise UnfitError("they are not in the list")
    if entry.get("version") != VERSION:
        raise UnfitError(
            f"they are of version {entry.get('version')}, not {VERSION}"
        )
    try:
        content = (folder / f"{name}.npz").read_bytes()
    except OSError as error:
        why = reason(error, named=False)
        raise UnfitError(f"the file cannot be read: {why}") from None
    if hashlib.sha256(content).hexdigest() != entry.get("sha256"):
        raise UnfitError("their checksum differs")
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return dict(archive)


def load(name: str, folder: Path = FOLDER) -> dict[str, np.ndarray]:
    """Return some weights that come with the course.

    Args:
        name: Of the weights, such as ``"lstm"``.
        folder: Where they are.

    Raises:
        UnfitError: They cannot be used; the message says how to get them
            back.
    """
    try:
        return read(name, folder)
    except UnfitError as problem:
        raise UnfitError(
            f"The weights {name!r} do not fit: {problem}; they come with the "
            f"course, and `git checkout {folder}` brings them back"
        ) from None
