"""Rules on the shape of a lesson: what a reader finds, and how much of it."""

from __future__ import annotations

import ast
import math
import re
import statistics
from itertools import groupby

from utils.notebooks.doors import GUARD, guard, links
from utils.notebooks.page import mathml
from utils.notebooks.rules.lesson import Cell, Lesson, Problem, name_of

SECTIONS = ("Summary", "Exercises", "Where next")
CELLS = range(25, 61)
STUDY_CELLS = range(25)
WORDS = range(1500, 3501)
FILE_BYTES = 400_000
ASSERTIONS = 3
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
MINUTES = re.compile(r"\d\s+minutes?\b")
TIMES = re.compile(r"\d\s+(?:minutes?|seconds?)\b")


def title(lesson: Lesson) -> list[Problem]:
    """The first cell is a title that begins with the lesson's number."""
    first = lesson.cells[0] if lesson.cells else None
    pattern = rf"# {re.escape(lesson.number)} \S"
    if first and first.is_markdown and re.match(pattern, first.source):
        return []
    return [
        lesson.problem(f"does not begin with a title, # {lesson.number} …")
    ]


def doors(lesson: Lesson) -> list[Problem]:
    """The title cell ends with the links that open the lesson elsewhere."""
    line = links(lesson.path.name)
    first = lesson.cells[0] if lesson.cells else None
    if first and first.source.split("\n\n")[-1] == line:
        return []
    return [
        lesson.problem(
            "does not end its first cell with its links to Colab, Binder and "
            "Codespaces: run python -m utils.notebooks doors"
        )
    ]


def guarded(lesson: Lesson) -> list[Problem]:
    """The first code cell says what to run where the course is missing."""
    if lesson.code and lesson.code[0].source.startswith(guard()):
        return []
    return [
        lesson.problem(
            "does not say in its first code cell what to run where utils is "
            "missing: run python -m utils.notebooks doors"
        )
    ]


def sections(lesson: Lesson) -> list[Problem]:
    """The lesson ends with a summary, exercises, and where to go next."""
    headings = {
        line.lstrip("# ").strip().lower()
        for cell in lesson.markdown
        for line in cell.source.splitlines()
        if line.startswith("##")
    }
    return [
        lesson.problem(f"has no section called {section}")
        for section in SECTIONS
        if not any(heading.startswith(section.lower()) for heading in headings)
    ]


def times_announced(lesson: Lesson) -> list[Problem]:
    """One of the first two cells says how long reading and running take."""
    words = " ".join(cell.source for cell in lesson.cells[:2])
    named = re.search(r"\bread", words, re.I) and re.search(
        r"\brun", words, re.I
    )
    if MINUTES.search(words) and len(TIMES.findall(words)) >= 2 and named:
        return []
    return [
        lesson.problem(
            "does not say in its first two cells how many minutes it takes "
            "to read and how many seconds to run"
        )
    ]


def number_of_cells(lesson: Lesson) -> list[Problem]:
    """A lesson has 25 to 60 cells, and up to 24 from the exercises on."""
    return [
        *_within(lesson, len(lesson.proper), CELLS, "cells"),
        *_within(
            lesson,
            len(lesson.study),
            STUDY_CELLS,
            "cells from the exercises on",
        ),
    ]


def number_of_words(lesson: Lesson) -> list[Problem]:
    """A lesson has 1,500 to 3,500 words of prose before its exercises."""
    return _within(lesson, count_words(lesson), WORDS, "words of prose")


def count_words(lesson: Lesson) -> int:
    """Return the words of prose: neither code nor formulas nor markup.

    Exercises and quiz are not counted.
    """
    return sum(
        bool(re.search(r"\w", word))
        for cell in lesson.proper
        if cell.is_markdown
        for word in MARKUP.sub(" ", MATH.sub(" ", cell.prose)).split()
    )


def _within(
    lesson: Lesson, count: int, allowed: range, what: str
) -> list[Problem]:
    """Return a problem if ``count`` is outside the range."""
    if count in allowed:
        return []
    return [
        lesson.problem(
            f"has {count} {what}; {allowed[0]} to {allowed[-1]} are asked for"
        )
    ]


def file_size(lesson: Lesson) -> list[Problem]:
    """The file is smaller than 400 kB."""
    size = len(lesson.text.encode())
    if size < FILE_BYTES:
        return []
    return [lesson.problem(f"takes {size} bytes; {FILE_BYTES} is the limit")]


def assertions(lesson: Lesson) -> list[Problem]:
    """At least three claims are proved where a reader sees it."""
    count = sum(
        _is_assertion(node)
        for cell in lesson.code
        if not cell.node.metadata.get("jupyter", {}).get("source_hidden")
        for node in cell.walk()
    )
    if count >= ASSERTIONS:
        return []
    return [
        lesson.problem(
            f"asserts {count} things; at least {ASSERTIONS} are asked for"
        )
    ]


def _is_assertion(node: ast.AST) -> bool:
    """Tell whether the node is an assertion, ours or NumPy's."""
    if isinstance(node, ast.Call):
        return name_of(node.func).startswith("assert_")
    return isinstance(node, ast.Assert)


def prose_between_code(lesson: Lesson) -> list[Problem]:
    """At most three code cells stand in a row."""
    problems = []
    for is_code, group in groupby(lesson.cells, key=lambda cell: cell.is_code):
        cells: list[Cell] = list(group)
        if is_code and len(cells) > CODE_CELLS_IN_A_ROW:
            problems.append(
                cells[0].problem(
                    f"begins {len(cells)} code cells in a row; at most "
                    f"{CODE_CELLS_IN_A_ROW} go without a word"
                )
            )
    return problems


def short_cells(lesson: Lesson) -> list[Problem]:
    """Code cells are short: 2-4 lines in the middle, never more than 25."""
    problems = [
        cell.problem(
            f"has {_length(cell)} lines of code; {MOST_LINES} is the limit"
        )
        for cell in lesson.code
        if _length(cell) > MOST_LINES
    ]
    lengths = sorted(map(_length, lesson.code))
    if not lengths:
        return [lesson.problem("has no code")]
    median = statistics.median(lengths)
    low, high = MEDIAN_LINES
    if not low <= median <= high:
        problems.append(
            lesson.problem(
                f"has {median:g} lines in its middle code cell; {low} to "
                f"{high} are asked for"
            )
        )
    ninetieth = lengths[math.ceil(0.9 * len(lengths)) - 1]
    if ninetieth > NINETIETH_PERCENTILE_LINES:
        problems.append(
            lesson.problem(
                f"has cells of {ninetieth} lines or more in its longest "
                f"tenth; {NINETIETH_PERCENTILE_LINES} is the limit"
            )
        )
    return problems


def _length(cell: Cell) -> int:
    """Return the lines that the lesson's author wrote: not the guard's."""
    written = GUARD.sub("", cell.source)
    return sum(bool(line.strip()) for line in written.splitlines())


def pictures_at_hand(lesson: Lesson) -> list[Problem]:
    """Every picture in the prose lies in the repository and is described."""
    problems = []
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
                problems.append(
                    cell.problem(f"shows {source!r}, which is not here")
                )
            if not alt.strip():
                problems.append(
                    cell.problem(f"shows {source!r} without a description")
                )
    return problems


def formulas(lesson: Lesson) -> list[Problem]:
    """Every formula can be written as MathML, for readers without network."""
    problems = []
    for cell in lesson.markdown:
        for found in MATH.finditer(cell.prose):
            latex = found["block"] or found["inline"]
            try:
                mathml(latex)
            except ValueError as error:
                problems.append(cell.problem(str(error)))
    return problems


def plain_words(lesson: Lesson) -> list[Problem]:
    """The prose calls nothing simple or obvious; quotations may."""
    return [
        cell.problem(f"says {found!r}; leave it out")
        for cell in lesson.markdown
        for line in cell.prose.splitlines()
        if not line.startswith(">")
        for found in FILLERS.findall(line)
    ]
