"""Rules on stored outputs: what nbval compares must be worth comparing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.notebooks.rules.lesson import (
    PICTURES,
    Cell,
    Lesson,
    Problem,
    name_of,
)
from tools.notebooks.stored_form import (
    WIDGET_NOTE,
    WIDGET_VIEW,
    normalise,
    text,
)

TIMING = re.compile(
    r"(?<![\w.])(?:\d+\.\d+\s*(?:s|sec|seconds?|ms|µs|min|minutes?)"
    r"|\d+\s(?:s|ms|µs)|\d+(?:ms|µs))\b"
)
"""A measured time. A whole number of minutes may stand in a film review."""

PATH = re.compile(
    r"(?<![\w/<])/(?:home|root|Users|tmp|usr|opt|var|work|mnt|private)/"
    r"|site-packages|\b[A-Z]:\\"
)
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
URL = re.compile(r"\bhttps?://(?!www\.w3\.org/)")
PROGRESS = re.compile(r"(?<![━┏┡┳╇])━|\bETA\b|\x08|\r(?!\n)")

COMPARED_SHARE = 0.85
"""Least share of the printing cells that nbval compares strictly."""

COMPARED_SHARE_OF_FIRST = 0.8
"""In a lesson of few cells a widget and a quiz are a fifth of them."""


def widgets_ignored(lesson: Lesson) -> Iterator[Problem]:
    """A live widget is not compared, and a picture stands beside it.

    A quiz has its questions in print beside it.
    """
    for index, cell in enumerate(lesson.cells):
        if not _shows_widget(cell):
            continue
        if "nbval-ignore-output" not in cell.tags:
            yield cell.problem("shows a widget: tag it nbval-ignore-output")
        near = lesson.cells[max(index - 2, 0) : index + 3]
        if not any(_stands_for(other, cell) for other in near):
            yield cell.problem(
                "shows a widget, but no cell within two of it shows the "
                "same as a static picture"
            )


def _shows_widget(cell: Cell) -> bool:
    """Tell whether the cell displays a widget when it runs."""
    for output in cell.outputs:
        data = output.get("data", {})
        if WIDGET_VIEW in data or data.get("text/plain") == WIDGET_NOTE:
            return True
    return any(
        name_of(call.func) in {"interact", "interactive", "interactive_output"}
        for call in cell.calls
    )


def _stands_for(other: Cell, cell: Cell) -> bool:
    """Tell whether a cell shows without a kernel what a widget's cell does."""
    if _calls(cell, "quiz.show"):
        return _calls(other, "quiz.ask")
    return other.has_picture and not _shows_widget(other)


def _calls(cell: Cell, function: str) -> bool:
    """Tell whether the cell calls a function of this dotted name."""
    return any(ast.unparse(call.func) == function for call in cell.calls)


def no_stderr(lesson: Lesson) -> Iterator[Problem]:
    """Nothing is written to stderr."""
    for cell, output in lesson.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            said = output.text.strip()[:60]
            yield cell.problem(f"writes to stderr: {said!r}")


def no_errors(lesson: Lesson) -> Iterator[Problem]:
    """An exception is stored only where the lesson means to show one."""
    for cell, output in lesson.outputs:
        meant = "raises-exception" in cell.tags
        if output.output_type == "error" and not meant:
            yield cell.problem(
                f"stores a {output.ename}: tag it raises-exception"
            )


def no_timings(lesson: Lesson) -> Iterator[Problem]:
    """No compared output holds a measured time."""
    yield from _forbid(lesson, TIMING, "a time, which no two runs share")


def no_addresses(lesson: Lesson) -> Iterator[Problem]:
    """No compared output holds a memory address or the address of a page."""
    yield from _forbid(lesson, ADDRESS, "a memory address")
    yield from _forbid(lesson, URL, "the address of a page")


def no_machine_paths(lesson: Lesson) -> Iterator[Problem]:
    """No output, compared or not, says where the project lies."""
    yield from _forbid(lesson, PATH, "a path of this machine", everywhere=True)


def no_progress_bars(lesson: Lesson) -> Iterator[Problem]:
    """No progress bar is stored."""
    yield from _forbid(lesson, PROGRESS, "a progress bar", everywhere=True)


def _forbid(
    lesson: Lesson,
    pattern: re.Pattern[str],
    what: str,
    *,
    everywhere: bool = False,
) -> Iterator[Problem]:
    """Return the first place of every cell whose output has the pattern."""
    for cell in lesson.code:
        if not (everywhere or cell.is_compared):
            continue
        found = next(filter(None, map(pattern.search, cell.texts())), None)
        if found:
            yield cell.problem(f"prints {what}: {found.group()!r}")


def pictures_described(lesson: Lesson) -> Iterator[Problem]:
    """Every picture says in words what it shows, twice the same."""
    for cell, output in lesson.outputs:
        data = output.get("data", {})
        for kind in filter(data.__contains__, PICTURES):
            words = data.get("text/plain", "").strip()
            alt = output.metadata.get(kind, {}).get("alt")
            if not words or words.startswith("<"):
                yield cell.problem(
                    "shows a picture without a description: use "
                    "theme.show(figure, description)"
                )
            elif alt != words:
                yield cell.problem(
                    f"describes its picture as {words!r}, but its "
                    f"alt text is {alt!r}"
                )


def pictures_comparable(lesson: Lesson) -> Iterator[Problem]:
    """No picture is of a kind whose bytes nbval would compare."""
    for cell, output in lesson.outputs:
        for kind in output.get("data", {}):
            compared = kind == "image/gif" and cell.is_compared
            if kind == "image/svg+xml" or compared:
                yield cell.problem(f"stores a picture as {kind}; use PNG")


def executed_in_order(lesson: Lesson) -> Iterator[Problem]:
    """Every code cell has been run, from top to bottom, once."""
    if lesson.code and all(cell.count is None for cell in lesson.code):
        yield lesson.problem("was never executed: run make notebooks")
        return
    for expected, cell in enumerate(lesson.code, start=1):
        if not cell.source.strip():
            yield cell.problem("is an empty code cell: delete it")
        elif cell.count != expected:
            got = "was not run" if cell.count is None else "is out of order"
            yield cell.problem(f"{got}: its number should be {expected}")


def mostly_compared(lesson: Lesson) -> Iterator[Problem]:
    """At least 85% of the cells that print are compared strictly."""
    printing = [cell for cell in lesson.code if cell.outputs]
    compared = [cell for cell in printing if cell.is_compared]
    share = COMPARED_SHARE_OF_FIRST if lesson.is_first else COMPARED_SHARE
    if len(compared) < share * len(printing):
        yield lesson.problem(
            f"nbval compares {len(compared)} of {len(printing)} cells that "
            f"print; at least {share:.0%} should be compared"
        )


def stored_form(lesson: Lesson) -> Iterator[Problem]:
    """The file is as ``python -m tools save`` leaves it."""
    if lesson.text != text(normalise(lesson.node)):
        yield lesson.problem("is not in stored form: run make notebooks")
