"""A model of your own: a folder with plain arrays and a JSON file.

Nothing in it is ever unpickled, and TensorFlow is not needed to use it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from reviews.labels import Answer
from reviews.layout import FileError
from reviews.linear import Linear
from reviews.network import Recurrent
from reviews.tokens import KINDS as TOKENS
from reviews.tokens import Tokens, known_share, prepared

FORMAT = "recurrent-networks-course: reviews"
"""What a model folder says that it is."""

VERSION = 1
"""Of the folder's layout."""

ARRAYS, FACTS = "arrays.npz", "model.json"
"""The two files of a model folder."""

FORMER = "former"
"""Where a model waits while a new one takes its place."""

READERS: dict[str, Any] = {kind.kind: kind for kind in (Linear, Recurrent)}
"""Name in a model folder -> class."""


@dataclass(frozen=True)
class OwnModel:
    """A model that ``python -m reviews train`` has made.

    Attributes:
        classes: What it tells apart.
        tokens: How it cuts a text.
        reader: What it makes of the tokens.
        results: What was measured, as `reviews.training` writes it.
    """

    classes: Sequence[str]
    tokens: Tokens
    reader: Linear | Recurrent
    results: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, texts: Sequence[str]) -> list[Answer]:
        """Return a label for each text, "" where nothing of it is known."""
        if not texts:
            return []
        flat = self.tokens.ids([prepared(text) for text in texts])
        known = known_share(flat)
        probabilities = self.reader.probabilities(flat)
        best = probabilities.argmax(axis=1)
        return [
            Answer(self.classes[k] if share else "", float(p[k]), float(share))
            for k, p, share in zip(best, probabilities, known, strict=True)
        ]

    def save(self, folder: str | Path) -> None:
        """Write the model; a model that is there is replaced.

        Raises:
            FileError: The folder holds something else.
            OSError: It cannot be written; what was there is there.
        """
        target = model_place(folder)
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer, **self.tokens.arrays(), **self.reader.arrays()
        )
        facts = {
            "format": FORMAT,
            "version": VERSION,
            "kind": self.reader.kind,
            "classes": list(self.classes),
            "tokens": {"kind": self.tokens.kind, "size": self.tokens.size},
            "sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
            "results": self.results,
            "versions": _versions(),
        }
        text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        target.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(".part", target.name, target.parent))
        try:
            (new / ARRAYS).write_bytes(buffer.getvalue())
            (new / FACTS).write_text(text, encoding="utf-8")
            _exchange(new, target)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    @classmethod
    def load(cls, folder: str | Path) -> OwnModel:
        """Read a model.

        Raises:
            FileError: It cannot be used; the message says why.
        """
        place = Path(folder).expanduser()
        if not place.is_dir():
            raise FileError(
                f"There is no model {str(folder)!r}: it takes a folder that "
                "train has made, or a model that comes with the course"
            )
        facts = _facts(place)
        arrays = _arrays(place, facts)
        try:
            classes, said = facts["classes"], facts["tokens"]
            if len({*classes}) < 2 or not all(
                isinstance(name, str) for name in classes
            ):
                raise ValueError("there are no two classes")
            tokens = TOKENS[said["kind"]].restored(arrays, said["size"])
            reader = READERS[facts["kind"]].restored(
                arrays, len(classes), tokens.size
            )
        except (KeyError, TypeError, ValueError, IndexError) as error:
            what = f"{error} is missing or unknown"
            what = what if isinstance(error, KeyError) else str(error)
            raise FileError(
                f"The model in {place} is damaged: {what}"
            ) from None
        return cls(classes, tokens, reader, facts.get("results", {}))


def _facts(place: Path) -> dict[str, Any]:
    """Return what ``model.json`` says.

    Raises:
        FileError: It is not there, damaged, or made by something else.
    """
    try:
        facts = json.loads((place / FACTS).read_text(encoding="utf-8"))
    except OSError:
        raise FileError(
            f"{place} is no model: it has no {FACTS} that can be read"
        ) from None
    except ValueError:
        raise FileError(
            f"The model in {place} is damaged: {FACTS} is no JSON"
        ) from None
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise FileError(f"{place} is no model that train has made")
    if facts.get("version") != VERSION:
        raise FileError(
            f"The model in {place} is of version {facts.get('version')}, "
            f"this course reads {VERSION}: train it again"
        )
    return facts


def _arrays(place: Path, facts: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return the arrays, which must have the checksum that was noted.

    Raises:
        FileError: They are not there or changed.
    """
    try:
        content = (place / ARRAYS).read_bytes()
    except OSError:
        raise FileError(
            f"The model in {place} is damaged: {ARRAYS} cannot be read"
        ) from None
    if hashlib.sha256(content).hexdigest() != facts.get("sha256"):
        raise FileError(
            f"The model in {place} is damaged: the checksum of {ARRAYS} "
            "differs"
        )
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return dict(archive)
    except (ValueError, OSError, zipfile.BadZipFile):
        raise FileError(
            f"The model in {place} is damaged: {ARRAYS} holds no arrays"
        ) from None


def model_place(folder: str | Path) -> Path:
    """Return where a model will be, after a look at what is there.

    Raises:
        FileError: There is something that is no model.
    """
    place = Path(folder).expanduser().resolve()
    if not place.exists():
        return place
    if not place.is_dir():
        raise FileError(f"{folder} is a file: a model takes a folder")
    inside = {path.name for path in place.iterdir()}
    if inside and not _is_a_model(place, inside):
        raise FileError(
            f"{folder} holds something else: a model takes a new folder, or "
            "one with an older model"
        )
    return place


def _is_a_model(place: Path, inside: set[str]) -> bool:
    """Tell whether a folder holds a model of ours and nothing else."""
    if not inside <= {ARRAYS, FACTS}:
        return False
    try:
        facts = json.loads((place / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(facts, dict) and facts.get("format") == FORMAT


def _exchange(new: Path, target: Path) -> None:
    """Move a finished folder to its place."""
    mask = os.umask(0)
    os.umask(mask)
    new.chmod(0o777 & ~mask)
    if not target.exists():
        new.rename(target)
        return
    # A folder cannot be renamed over one that is not empty.
    old = Path(tempfile.mkdtemp(".old", target.name, target.parent))
    try:
        target.rename(old / FORMER)
        try:
            new.rename(target)
        except BaseException:
            (old / FORMER).rename(target)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _versions() -> dict[str, str]:
    """Return what the model was made with."""
    from importlib import metadata

    names = ("keras", "tensorflow", "numpy", "scikit-learn", "sentencepiece")
    return {name: metadata.version(name) for name in names}
