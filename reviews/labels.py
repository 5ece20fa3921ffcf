"""Label the reviews in a file of any size, a block of rows at a time.

    name,review                          name,review,label,probability,known
    Ann,"Great shoes, they fit."    ->   Ann,"Great …",positive,0.97,1.00

A row that cannot be labelled is reported with its line and left out; the
rest is labelled. The result grows beside its place and is moved there at the
end, so a file with its name is always whole. What had been done when a run
was stopped is taken up by the next one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

from reviews.layout import FileError, Layout, Wishes, look
from reviews.output import STANDARD, Output, Report
from utils.classify.text import words_of
from utils.errors import reason
from utils.files import real_target

BLOCK = 1024
"""Rows that are labelled together."""

LONGEST_FIELD = 1_000_000
"""Characters of one field; a longer one is a quotation mark left open."""

_UNDECODED = re.compile("[\udc80-\udcff]")
"""What Python puts in the place of a byte that it could not decode."""

SURELY_A_WORD = re.compile(r"[^&\x1b]*[A-Za-z0-9가-힣]")
"""Matches most texts with a word, a hundred times faster than cutting them.

What follows & or an escape may be a sign that stands for no letter.
"""


class Answer(NamedTuple):
    """What is said of one review.

    Attributes:
        label: Such as "positive"; empty where no word is known.
        probability: Of the label.
        known: Share of its words that are known.
    """

    label: str
    probability: float
    known: float


Label = Callable[[Sequence[str]], Sequence[Answer]]
"""From texts to an answer for each."""

Spread = Callable[[Iterable[list[str]]], Iterable[Sequence[Answer]]]
"""From blocks of texts to their answers, in order: `reviews.workers`."""


class Row(NamedTuple):
    """One row of a file: its line, its fields, and why it is left out."""

    line: int
    cells: list[str]
    trouble: str | None


def label_file(
    source: str | Path,
    target: str | Path,
    spread: Spread,
    wishes: Wishes | None = None,
    *,
    told: Callable[[Layout], Any] = lambda _: None,
    progress: Callable[[int], Any] = lambda _: None,
    run: str = "",
) -> Report:
    """Write a copy of a table with a label for every review.

    Args:
        source: The file, or "-".
        target: Is replaced if it is there; or "-".
        spread: Labels blocks of texts.
        wishes: What the user has said about the file.
        told: Is told how the file is laid out, before the work.
        progress: Is told how many bytes were read since it was last told.
        run: What the labels depend on besides the file, such as the model;
            a run is only taken up by one with the same.

    Returns:
        How many rows were labelled, and which were not.

    Raises:
        FileError: The files cannot be read or written, something has to be
            asked, or no row got a label; the target is as it was.
    """
    try:
        with ExitStack() as open_files:
            rows, layout, stream, name = opened(
                source, wishes or Wishes(), open_files, target
            )
            told(layout)
            out = open_files.enter_context(
                Output(target, layout, _fingerprint(source, layout, run))
            )
            report = _copy(rows, layout, spread, out, stream, progress)
            if not report.labelled:
                raise FileError(_nothing(name, report))
            out.finish()
    except BrokenPipeError:
        raise  # whoever reads standard output has gone: no mistake
    except OSError as error:
        raise FileError(reason(error)) from None
    return report


class Table(NamedTuple):
    """A file of rows, open.

    Attributes:
        rows: Of reviews, one by one.
        layout: How the file is laid out.
        stream: Its bytes as they are stored, for how far it has been read.
        name: For what is said of it.
    """

    rows: Iterator[Row]
    layout: Layout
    stream: BinaryIO
    name: str


def opened(
    source: str | Path,
    wishes: Wishes,
    open_files: ExitStack,
    target: str | Path = STANDARD,
) -> Table:
    """Open a file of rows, and find out how it is laid out.

    Args:
        source: The file, or "-".
        wishes: What the user has said about it.
        open_files: Closes it.
        target: What will be written.

    Raises:
        FileError: It cannot be read, or source and target are the same.
        OSError: It cannot be opened.
    """
    stream, name = _stream(source, target, open_files)
    before = csv.field_size_limit(LONGEST_FIELD)
    open_files.callback(csv.field_size_limit, before)
    raw, layout = look(stream, name, wishes)
    text = io.TextIOWrapper(
        raw, layout.encoding, errors="surrogateescape", newline=""
    )
    return Table(_rows(text, layout), layout, stream, name)


def _stream(
    source: str | Path, target: str | Path, open_files: ExitStack
) -> tuple[BinaryIO, str]:
    """Open the source; return it with its name.

    Raises:
        FileError: Source and target are the same file.
    """
    if str(source) == STANDARD:
        return sys.stdin.buffer, "standard input"
    path = Path(source).expanduser()
    stream = open_files.enter_context(path.open("rb"))
    if str(target) != STANDARD:
        place = real_target(target)
        if place.exists() and place.is_file() and place.samefile(path):
            raise FileError("The result needs another name than the file read")
    return stream, path.name


def _fingerprint(source: str | Path, layout: Layout, run: str) -> str:
    """Return what must be equal for a stopped run to be taken up; or ""."""
    path = Path(source).expanduser()
    if str(source) == STANDARD or not path.is_file():
        return ""
    facts = path.stat()
    parts = (str(path.resolve()), facts.st_size, facts.st_mtime_ns)
    said = repr((parts, layout, run))
    return hashlib.sha256(said.encode(errors="surrogateescape")).hexdigest()


def _nothing(name: str, report: Report) -> str:
    """Return the sentence for a file in which nothing got a label."""
    if not report.rows:
        return f"{name} has no row with a review"
    line, why = report.first_bad[0]
    return (
        f"{name}: none of {report.rows:,} rows got a label; line {line}: {why}"
    )


def _rows(file: TextIO, layout: Layout) -> Iterator[Row]:
    """Yield each row of reviews with the line it begins at."""
    reader = csv.reader(file, strict=True, delimiter=layout.delimiter)
    for _ in range(layout.skipped):
        next(file)
    skip = layout.header
    while True:
        line = reader.line_num + 1 + layout.skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, [], f"not CSV: {error}")
            continue
        if not cells:
            continue
        if skip:
            skip = False
            continue
        yield Row(line, cells, _trouble(cells, layout))


def _trouble(cells: Sequence[str], layout: Layout) -> str | None:
    """Return why a row cannot be labelled, or None."""
    if len(cells) != len(layout.names):
        return f"{len(cells)} fields instead of {len(layout.names)}"
    if any(map(_UNDECODED.search, cells)):
        return f"not {layout.encoding}"
    text = cells[layout.column]
    if not (SURELY_A_WORD.match(text) or words_of(text)):
        return "no word to read"
    return None


def _copy(
    rows: Iterator[Row],
    layout: Layout,
    spread: Spread,
    out: Output,
    stream: BinaryIO,
    progress: Callable[[int], Any],
) -> Report:
    """Label the rows and write them; return what happened."""
    report = out.report
    report.layout = str(layout)
    waiting: list[list[Row]] = []
    for _, _ in zip(range(report.rows), rows, strict=False):
        pass  # labelled by the run before

    def blocks() -> Iterator[list[str]]:
        seen = 0
        for block in _blocks(rows):
            waiting.append(block)
            if stream.seekable():
                seen, before = stream.tell(), seen
                progress(seen - before)
            yield [r.cells[layout.column] for r in block if not r.trouble]

    for answers in spread(blocks()):
        out.write(_labelled(waiting.pop(0), answers, report))
    return report


def _blocks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield the rows in blocks, each with at least one."""
    block: list[Row] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block


def _labelled(
    block: Sequence[Row], answers: Sequence[Answer], report: Report
) -> Iterator[list[str]]:
    """Yield the rows of a block with their labels; note the others."""
    left = iter(answers)
    for row in block:
        report.rows += 1
        answer = None if row.trouble else next(left)
        if answer is None or not answer.label:
            why = row.trouble or "no word that is known"
            report.refuse(row.line, why)
            continue
        report.labelled += 1
        numbers = (f"{answer.probability:.4f}", f"{answer.known:.2f}")
        yield [*row.cells, answer.label, *numbers]
