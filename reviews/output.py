"""The file that labels are written to: beside its place until it is whole."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from reviews.layout import Layout
from utils.files import LONGEST_START, real_target, take_place

STANDARD = "-"
"""In place of a file: standard input, standard output."""

KEPT_EVERY = 16
"""Blocks after which a run that is stopped can be taken up."""

LONGEST_NAME = 200
"""Bytes of a name that leave room for what an unfinished file adds."""

STANDARD_PATHS = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What standard output is called where it is a file."""

LONGEST_REPORT = 20
"""Bad rows that are reported one by one."""


@dataclass
class Report:
    """What happened to the rows.

    Attributes:
        layout: How the file was read.
        rows: Rows that were read.
        labelled: Those that got a label.
        bad: Those left out.
        first_bad: Line and reason of the first ones.
    """

    layout: str = ""
    rows: int = 0
    labelled: int = 0
    bad: int = 0
    first_bad: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, why: str) -> None:
        """Note a row that is left out."""
        self.bad += 1
        if len(self.first_bad) < LONGEST_REPORT:
            self.first_bad.append((line, why))


def added_names(names: Sequence[str]) -> list[str]:
    """Return the names of the new columns, other than those there are."""
    new = []
    for name in ("label", "probability", "known"):
        free = name
        number = 2
        while free in names:
            free, number = f"{name}_{number}", number + 1
        new.append(free)
    return new


class Output:
    """The file that is written: beside its place until it is whole.

    Attributes:
        report: Of the rows so far; not empty where a run is taken up.
    """

    def __init__(
        self, target: str | Path, layout: Layout, fingerprint: str
    ) -> None:
        self._direct = str(target) in (STANDARD, *STANDARD_PATHS)
        self._target = Path(STANDARD) if self._direct else real_target(target)
        self._direct |= self._target.exists() and not self._target.is_file()
        self._layout = layout
        self._fingerprint = fingerprint
        self._blocks = 0
        self.report = Report()

    @property
    def _part(self) -> Path:
        """The unfinished file."""
        name = self._target.name
        if len(os.fsencode(name)) > LONGEST_NAME:
            shorter = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
            name = name[:LONGEST_START] + shorter
        return self._target.with_name(f"{name}.part")

    @property
    def _journal(self) -> Path:
        """How far the unfinished file has come."""
        return self._part.with_name(f"{self._part.name}.json")

    def __enter__(self) -> Output:
        """Open the file, at its beginning or where a run was stopped."""
        done = 0
        if str(self._target) == STANDARD:
            self._raw: IO[bytes] = sys.stdout.buffer
        elif self._direct:
            self._raw = self._target.open("wb")
        else:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            done = self._taken_up()
            number = os.open(
                self._part,
                os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0),
                0o600,
            )
            self._raw = os.fdopen(number, "r+b")
            self._raw.truncate(done)
            self._raw.seek(done)
        self._packed: Any = self._raw
        if self._target.suffix == ".gz":
            self._packed = gzip.GzipFile(fileobj=self._raw, mode="wb")
        self._text = io.TextIOWrapper(
            self._packed, self._layout.encoding, errors="strict", newline=""
        )
        self._writer = csv.writer(
            self._text,
            delimiter=self._layout.delimiter,
            lineterminator=self._layout.line_end,
        )
        if self._layout.header and not done:
            names = self._layout.names
            self._writer.writerow([*names, *added_names(names)])
        return self

    def _taken_up(self) -> int:
        """Return the bytes that a stopped run has finished."""
        try:
            journal = json.loads(self._journal.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0
        same = journal.get("fingerprint") == self._fingerprint != ""
        size = self._part.stat().st_size if self._part.exists() else 0
        if not same or size < journal["bytes"] or self._packs:
            return 0
        self.report = Report(**journal["report"])
        return int(journal["bytes"])

    @property
    def _packs(self) -> bool:
        """Whether the result is packed: then it has no place to go on at."""
        return self._target.suffix == ".gz"

    def write(self, rows: Iterable[Sequence[str]]) -> None:
        """Write rows; now and then, note how far they have come."""
        self._writer.writerows(rows)
        self._blocks += 1
        if self._blocks % KEPT_EVERY == 0 and not (
            self._direct or self._packs
        ):
            self._text.flush()
            note = {
                "fingerprint": self._fingerprint,
                "bytes": self._raw.tell(),
                "report": asdict(self.report),
            }
            draft = self._journal.with_suffix(".draft")
            draft.write_text(json.dumps(note), encoding="utf-8")
            draft.replace(self._journal)

    def finish(self) -> None:
        """Close the file and move it to its place."""
        self._text.flush()
        if self._packed is not self._raw:
            self._packed.close()
        if self._direct:
            self._close()
            return
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._close()
        take_place(self._part, self._target)
        self._journal.unlink(missing_ok=True)

    def _close(self) -> None:
        """Close what was opened here."""
        if str(self._target) == STANDARD:
            self._text.flush()
            self._text.detach()
            return
        try:
            self._text.close()
        finally:
            self._raw.close()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close; what can be taken up stays, everything else goes."""
        if kind is None:
            return
        with suppress(OSError):  # a full disk has been said already
            self._close()
        if not self._direct and not self._journal.exists():
            self._part.unlink(missing_ok=True)
