"""Rules on stored outputs: what nbval compares must be worth comparing."""

from __future__ import annotations

import ast
import re

from utils.notebooks.normalise import WIDGET_NOTE, WIDGET_VIEW, normalise, text
from utils.notebooks.rules.lesson import (
    PICTURES,
    Cell,
    Lesson,
    Problem,
    name_of,
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
PROGRESS = re.compile(r"━|\bETA\b|\x08|\r(?!\n)")

COMPARED_SHARE = 0.85
"""Least share of the printing cells that nbval compares strictly."""


def widgets_ignored(lesson: Lesson) -> list[Problem]:
    """A live widget is not compared, and a picture stands beside it.

    A quiz has its questions in print beside it.
    """
    problems = []
    for index, cell in enumerate(lesson.cells):
        if not _shows_widget(cell):
            continue
        if "nbval-ignore-output" not in cell.tags:
            problems.append(
                cell.problem("shows a widget: tag it nbval-ignore-output")
            )
        near = lesson.cells[max(index - 2, 0) : index + 3]
        if not any(_stands_for(other, cell) for other in near):
            problems.append(
                cell.problem(
                    "shows a widget, but no cell within two of it shows the "
                    "same as a static picture"
                )
            )
    return problems


def _shows_widget(cell: Cell) -> bool:
    """Tell whether the cell displays a widget when it runs."""
    for output in cell.outputs:
        data = output.get("data", {})
        if WIDGET_VIEW in data or data.get("text/plain") == WIDGET_NOTE:
            return True
    return any(
        name_of(call.func) in {"interact", "interactive", "interactive_output"}
        for call in cell.calls()
    )


def _stands_for(other: Cell, cell: Cell) -> bool:
    """Tell whether a cell shows without a kernel what a widget's cell does."""
    if _calls(cell, "quiz.show"):
        return _calls(other, "quiz.ask")
    return other.has_picture and not _shows_widget(other)


def _calls(cell: Cell, function: str) -> bool:
    """Tell whether the cell calls a function of this dotted name."""
    return any(ast.unparse(call.func) == function for call in cell.calls())


def no_stderr(lesson: Lesson) -> list[Problem]:
    """Nothing is written to stderr."""
    return [
        cell.problem(f"writes to stderr: {output.text.strip()[:60]!r}")
        for cell in lesson.code
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stderr"
    ]


def no_errors(lesson: Lesson) -> list[Problem]:
    """An exception is stored only where the lesson means to show one."""
    return [
        cell.problem(f"stores a {output.ename}: tag it raises-exception")
        for cell in lesson.code
        for output in cell.outputs
        if output.output_type == "error"
        and "raises-exception" not in cell.tags
    ]


def no_timings(lesson: Lesson) -> list[Problem]:
    """No compared output holds a measured time."""
    return _forbid(lesson, TIMING, "a time, which no two runs share")


def no_addresses(lesson: Lesson) -> list[Problem]:
    """No compared output holds a memory address or the address of a page."""
    return [
        *_forbid(lesson, ADDRESS, "a memory address"),
        *_forbid(lesson, URL, "the address of a page"),
    ]


def no_machine_paths(lesson: Lesson) -> list[Problem]:
    """No output, compared or not, says where the project lies."""
    return _forbid(lesson, PATH, "a path of this machine", everywhere=True)


def no_progress_bars(lesson: Lesson) -> list[Problem]:
    """No progress bar is stored."""
    return _forbid(lesson, PROGRESS, "a progress bar", everywhere=True)


def _forbid(
    lesson: Lesson,
    pattern: re.Pattern[str],
    what: str,
    *,
    everywhere: bool = False,
) -> list[Problem]:
    """Return the first place of every cell whose output has the pattern."""
    problems = []
    for cell in lesson.code:
        if not (everywhere or cell.is_compared):
            continue
        found = next(filter(None, map(pattern.search, cell.texts())), None)
        if found:
            problems.append(cell.problem(f"prints {what}: {found.group()!r}"))
    return problems


def pictures_described(lesson: Lesson) -> list[Problem]:
    """Every picture says in words what it shows, twice the same."""
    problems = []
    for cell in lesson.code:
        for output in cell.outputs:
            data = output.get("data", {})
            for kind in filter(data.__contains__, PICTURES):
                words = data.get("text/plain", "").strip()
                alt = output.metadata.get(kind, {}).get("alt")
                if not words or words.startswith("<"):
                    problems.append(
                        cell.problem(
                            "shows a picture without a description: use "
                            "theme.show(figure, description)"
                        )
                    )
                elif alt != words:
                    problems.append(
                        cell.problem(
                            f"describes its picture as {words!r}, but its "
                            f"alt text is {alt!r}"
                        )
                    )
    return problems


def pictures_comparable(lesson: Lesson) -> list[Problem]:
    """No picture is of a kind whose bytes nbval would compare."""
    return [
        cell.problem(f"stores a picture as {kind}; use PNG")
        for cell in lesson.code
        for output in cell.outputs
        for kind in output.get("data", {})
        if kind == "image/svg+xml"
        or (kind == "image/gif" and cell.is_compared)
    ]


def executed_in_order(lesson: Lesson) -> list[Problem]:
    """Every code cell has been run, from top to bottom, once."""
    if lesson.code and all(cell.count is None for cell in lesson.code):
        return [lesson.problem("was never executed: run make notebooks")]
    problems = []
    for expected, cell in enumerate(lesson.code, start=1):
        if not cell.source.strip():
            problems.append(cell.problem("is an empty code cell: delete it"))
        elif cell.count != expected:
            got = "was not run" if cell.count is None else "is out of order"
            problems.append(
                cell.problem(f"{got}: its number should be {expected}")
            )
    return problems


def mostly_compared(lesson: Lesson) -> list[Problem]:
    """At least 85% of the cells that print are compared strictly."""
    printing = [cell for cell in lesson.code if cell.outputs]
    compared = [cell for cell in printing if cell.is_compared]
    if len(compared) >= COMPARED_SHARE * len(printing):
        return []
    return [
        lesson.problem(
            f"nbval compares {len(compared)} of {len(printing)} cells that "
            f"print; at least {COMPARED_SHARE:.0%} should be compared"
        )
    ]


def stored_form(lesson: Lesson) -> list[Problem]:
    """The file is as ``python -m utils.notebooks save`` leaves it."""
    if lesson.text == text(normalise(lesson.node)):
        return []
    return [lesson.problem("is not in stored form: run make notebooks")]
