"""Label the reviews in a CSV file of any size, a block of rows at a time.

    name,review                          name,review,label,probability
    Ann,"Great shoes, they fit."    ->   Ann,"Great shoes, ...",positive,0.97

A row that cannot be read is reported with its line and left out; the rest is
labelled. The result is written beside its place and renamed at the end, so a
file with its name is always whole.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from utils.arguments import check_integer
from utils.files import replaced
from utils.imdb import tokens

COLUMN_NAMES = ("review", "text", "comment", "content")
"""Where the reviews are looked for if no column is named."""

BLOCK = 512
"""Rows in memory at a time."""

LONGEST_FIELD = 1_000_000
"""Characters of one field; a longer one is a quotation mark left open."""

LONGEST_REPORT = 20
"""Bad rows that are reported one by one."""

ADDED = ("label", "probability")
"""The columns that are added."""

Classify = Callable[[Sequence[str]], np.ndarray]
"""From texts to the probability that each is positive, (texts,)."""


class FileError(ValueError):
    """A file cannot be labelled; the message is one sentence."""


@dataclass
class Report:
    """What happened to the rows.

    Attributes:
        labelled: Rows that got a label.
        bad: Rows left out.
        first_bad: Line and reason of the first ones.
    """

    labelled: int = 0
    bad: int = 0
    first_bad: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        """Note a row that is left out."""
        self.bad += 1
        if len(self.first_bad) < LONGEST_REPORT:
            self.first_bad.append((line, reason))


def label_file(
    source: Path,
    target: Path,
    classify: Classify,
    *,
    column: str | None = None,
    block: int = BLOCK,
    progress: Callable[[int], Any] | None = None,
) -> Report:
    """Write a copy of a CSV file with a label for every review.

    Args:
        source: CSV in UTF-8 with a line of column names.
        target: Is replaced if it is there; must not be ``source``.
        classify: Gives probabilities for texts.
        column: Which one holds the reviews; None finds the first of
            `COLUMN_NAMES`, or takes the only column there is.
        block: Rows that are held in memory.
        progress: Told how many bytes were read since it was last told.

    Returns:
        How many rows were labelled, and which were not.

    Raises:
        TypeError, ValueError: ``block`` is not an integer >= 1.
        FileError: The files cannot be read or written, or there is no such
            column.
    """
    block = check_integer("block", block, minimum=1)
    source, target = Path(source), Path(target)
    if source.resolve() == target.resolve():
        raise FileError("The result needs another name than the file read")
    report = Report()
    try:
        with source.open(
            encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as file:
            rows = _labelled(file, classify, column, block, report, progress)
            with replaced(target, "w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(rows)
    except OSError as error:
        name = Path(error.filename or source).name
        reason = error.strerror or type(error).__name__
        raise FileError(f"{name}: {reason}") from None
    return report


def _labelled(
    file: TextIO,
    classify: Classify,
    column: str | None,
    block: int,
    report: Report,
    progress: Callable[[int], Any] | None,
) -> Iterator[Sequence[str]]:
    """Yield the column names, then the rows with their labels."""
    rows = _rows(file, report)
    names = next(rows, (0, []))[1]
    place = find_column(names, column)
    yield [*names, *ADDED]
    held: list[list[str]] = []
    seen = 0
    for line, row in rows:
        reason = _trouble(row, names, place)
        if reason:
            report.refuse(line, reason)
        else:
            held.append(row)
        if len(held) == block:
            yield from _with_labels(held, place, classify, report)
            held = []
            seen = _tell(file, seen, progress)
    yield from _with_labels(held, place, classify, report)
    _tell(file, seen, progress)


def _rows(file: TextIO, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins at; empty lines are none."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(file, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report.refuse(line, f"not CSV: {error}")
            continue
        if row:
            yield line, row


def find_column(names: Sequence[str], column: str | None) -> int:
    """Return the place of the column that holds the reviews.

    Raises:
        FileError: There is none; the message lists what there is.
    """
    if not names:
        raise FileError("The file is empty: it takes a line of column names")
    there = ", ".join(repr(name) for name in names)
    if column is not None:
        if column not in names:
            raise FileError(f"There is no column {column!r}, only {there}")
        return names.index(column)
    lowered = [name.strip().lower() for name in names]
    for name in COLUMN_NAMES:
        if name in lowered:
            return lowered.index(name)
    if len(names) == 1:
        return 0
    raise FileError(f"Which column holds the reviews? There are {there}")


def _trouble(
    row: Sequence[str], names: Sequence[str], place: int
) -> str | None:
    """Return why a row cannot be labelled, or None."""
    if len(row) != len(names):
        return f"{len(row)} fields instead of {len(names)}"
    if any("\udc80" <= letter <= "\udcff" for letter in "".join(row)):
        return "not UTF-8"
    if not tokens(row[place]):
        return "no word to read"
    return None


def _with_labels(
    rows: Sequence[Sequence[str]],
    place: int,
    classify: Classify,
    report: Report,
) -> Iterator[Sequence[str]]:
    """Yield rows with label and probability."""
    if not rows:
        return
    probabilities = classify([row[place] for row in rows])
    report.labelled += len(rows)
    for row, probability in zip(rows, probabilities, strict=True):
        label = "positive" if probability > 0.5 else "negative"
        yield [*row, label, f"{probability:.4f}"]


def _tell(
    file: TextIO, seen: int, progress: Callable[[int], Any] | None
) -> int:
    """Tell how far the file has been read; return that."""
    now = file.buffer.tell()
    if progress is not None:
        progress(now - seen)
    return now
