"""Rules on the shape of a lesson: what a reader finds, and how much of it."""

from __future__ import annotations

import ast
import math
import re
import statistics
from collections.abc import Iterator
from itertools import groupby

from tools.notebooks.heads import with_foot
from tools.notebooks.markdown import blocks
from tools.notebooks.page import mathml
from tools.notebooks.rules.lesson import Cell, Lesson, Problem, name_of

SECTIONS = ("Summary", "Exercises", "Where next")
CELLS, CELLS_OF_FIRST = range(25, 61), range(10, 25)
STUDY_CELLS = range(25)
WORDS, WORDS_OF_FIRST = range(1500, 3501), range(500, 1201)
FILE_BYTES = 400_000
ASSERTIONS, ASSERTIONS_OF_FIRST = 3, 2
CODE_CELLS_IN_A_ROW = 3
MEDIAN_LINES = (2, 4)
NINETIETH_PERCENTILE_LINES = 15
MOST_LINES = 25

MATH = re.compile(
    r"(?<!\\)\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?P<inline>[^$]+?)(?<!\\)\$",
    re.DOTALL,
)
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<source>[^)\s]*)[^)]*\)")
HTML_PICTURE = re.compile(r"<(?:img|source)\b[^>]*>", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>|\]\([^)]*\)")
FILLERS = re.compile(r"\b(?:simply|obviously)\b", re.IGNORECASE)


def title(lesson: Lesson) -> Iterator[Problem]:
    """The first cell is a title that begins with the lesson's number."""
    first = lesson.cells[0] if lesson.cells else None
    pattern = rf"# {re.escape(lesson.number)} \S"
    if not (first and first.is_markdown and re.match(pattern, first.source)):
        yield lesson.problem(
            f"does not begin with a title, # {lesson.number} …"
        )


def head(lesson: Lesson) -> Iterator[Problem]:
    """The title cell ends with times, neighbours and links, as written."""
    first = lesson.cells[0].source if lesson.cells else ""
    try:
        written = with_foot(first, lesson.path)
    except ValueError:
        written = ""
    if not first or first != written:
        yield lesson.problem(
            "does not end its first cell with its times and its neighbours: "
            "run python -m tools links"
        )


def sections(lesson: Lesson) -> Iterator[Problem]:
    """The lesson ends with a summary, exercises, and where to go next."""
    headings = [
        block.title.lower()
        for cell in lesson.markdown
        for block in blocks(cell.source)
        if block.level > 1
    ]
    for section in SECTIONS:
        if not any(title.startswith(section.lower()) for title in headings):
            yield lesson.problem(f"has no section called {section}")


def number_of_cells(lesson: Lesson) -> Iterator[Problem]:
    """A lesson has 25 to 60 cells, and up to 24 from the exercises on."""
    allowed = CELLS_OF_FIRST if lesson.is_first else CELLS
    yield from _within(lesson, len(lesson.proper), allowed, "cells")
    work = len(lesson.study)
    yield from _within(
        lesson, work, STUDY_CELLS, "cells from the exercises on"
    )


def number_of_words(lesson: Lesson) -> Iterator[Problem]:
    """A lesson has 1,500 to 3,500 words of prose before its exercises."""
    words = sum(
        bool(re.search(r"\w", word))
        for cell in lesson.proper
        if cell.is_markdown
        for word in MARKUP.sub(" ", MATH.sub(" ", cell.prose)).split()
    )
    allowed = WORDS_OF_FIRST if lesson.is_first else WORDS
    yield from _within(lesson, words, allowed, "words of prose")


def _within(
    lesson: Lesson, count: int, allowed: range, what: str
) -> Iterator[Problem]:
    """Return a problem if ``count`` is outside the range."""
    if count not in allowed:
        yield lesson.problem(
            f"has {count} {what}; {allowed[0]} to {allowed[-1]} are asked for"
        )


def file_size(lesson: Lesson) -> Iterator[Problem]:
    """The file is smaller than 400 kB."""
    size = len(lesson.text.encode())
    if size >= FILE_BYTES:
        yield lesson.problem(f"takes {size} bytes; {FILE_BYTES} is the limit")


def assertions(lesson: Lesson) -> Iterator[Problem]:
    """At least three claims are proved where a reader sees it."""
    count = sum(
        _is_assertion(node)
        for cell in lesson.code
        if not cell.node.metadata.get("jupyter", {}).get("source_hidden")
        for node in cell.nodes
    )
    least = ASSERTIONS_OF_FIRST if lesson.is_first else ASSERTIONS
    if count < least:
        yield lesson.problem(
            f"asserts {count} things; at least {least} are asked for"
        )


def _is_assertion(node: ast.AST) -> bool:
    """Tell whether the node is an assertion, ours or NumPy's."""
    if isinstance(node, ast.Call):
        return name_of(node.func).startswith("assert_")
    return isinstance(node, ast.Assert)


def prose_between_code(lesson: Lesson) -> Iterator[Problem]:
    """At most three code cells stand in a row."""
    for is_code, group in groupby(lesson.cells, key=lambda cell: cell.is_code):
        cells: list[Cell] = list(group)
        if is_code and len(cells) > CODE_CELLS_IN_A_ROW:
            yield cells[0].problem(
                f"begins {len(cells)} code cells in a row; at most "
                f"{CODE_CELLS_IN_A_ROW} go without a word"
            )


def short_cells(lesson: Lesson) -> Iterator[Problem]:
    """Code cells are short: 2-4 lines in the middle, never more than 25."""
    for cell in lesson.code:
        if _length(cell) > MOST_LINES:
            yield cell.problem(
                f"has {_length(cell)} lines of code; {MOST_LINES} is the limit"
            )
    lengths = sorted(map(_length, lesson.code))
    if not lengths:
        yield lesson.problem("has no code")
        return
    median = statistics.median(lengths)
    low, high = MEDIAN_LINES
    if not low <= median <= high:
        yield lesson.problem(
            f"has {median:g} lines in its middle code cell; {low} to "
            f"{high} are asked for"
        )
    ninetieth = lengths[math.ceil(0.9 * len(lengths)) - 1]
    if ninetieth > NINETIETH_PERCENTILE_LINES:
        yield lesson.problem(
            f"has cells of {ninetieth} lines or more in its longest "
            f"tenth; {NINETIETH_PERCENTILE_LINES} is the limit"
        )


def _length(cell: Cell) -> int:
    """Return the lines of code that are not empty."""
    return len(cell.lines)


def pictures_at_hand(lesson: Lesson) -> Iterator[Problem]:
    """Every picture in the prose lies in the repository and is described."""
    for cell in lesson.markdown:
        pictures = [
            (found["source"], found["alt"])
            for found in PICTURE.finditer(cell.prose)
        ]
        for tag in HTML_PICTURE.findall(cell.prose):
            fields = dict(re.findall(r"(\w+)=[\"']([^\"']*)[\"']", tag))
            alt = fields.get("alt", "" if tag.startswith("<img") else "-")
            source = fields.get("src", fields.get("srcset", ""))
            pictures.append((source, alt))
        for source, alt in pictures:
            if not (lesson.path.parent / source).is_file():
                yield cell.problem(f"shows {source!r}, which is not here")
            if not alt.strip():
                yield cell.problem(f"shows {source!r} without a description")


def formulas(lesson: Lesson) -> Iterator[Problem]:
    """Every formula can be MathML, and none of its lines begins a list."""
    for cell in lesson.markdown:
        for found in MATH.finditer(cell.prose):
            latex = found["block"] or found["inline"]
            if found["inline"] and re.search(r"\n\s*[-+*]\s", latex):
                shown = " ".join(latex.split())
                yield cell.problem(f"breaks a line before a sign: {shown}")
            try:
                mathml(latex)
            except ValueError as error:
                yield cell.problem(str(error))


def plain_words(lesson: Lesson) -> Iterator[Problem]:
    """The prose calls nothing simple or obvious; quotations may."""
    for cell in lesson.markdown:
        for line in cell.prose.splitlines():
            for found in [] if line[:1] == ">" else FILLERS.findall(line):
                yield cell.problem(f"says {found!r}; leave it out")
