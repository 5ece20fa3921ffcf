"""Rules on what a lesson gives to do: exercises, their solutions, a quiz."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from utils import exercises, quiz
from utils.notebooks.rules.lesson import Cell, Lesson, Problem

EXERCISES = range(4, 7)
QUESTIONS = 5


def exercises_checked(lesson: Lesson) -> list[Problem]:
    """A lesson has 4 to 6 exercises, each asked and checked in its section."""
    try:
        names = exercises.sheet_of(_number(lesson)).names
    except ValueError:
        return [
            lesson.problem(
                "has no exercises: write utils/exercises/"
                f"lesson_{lesson.number}.py"
            )
        ]
    problems = []
    if len(names) not in EXERCISES:
        problems.append(
            lesson.problem(f"has {len(names)} exercises; 4 to 6 are due")
        )
    called = _called(lesson.study)
    for name in names:
        for call in (f"ask_{name}", f"check_{name}"):
            if f"sheet.{call}" not in called:
                problems.append(
                    lesson.problem(f"never calls sheet.{call} in Exercises")
                )
    problems += _opened(lesson, called)
    return problems


def _opened(lesson: Lesson, called: dict[str, ast.Call]) -> list[Problem]:
    """Return a problem unless the sheet of this lesson and student 0 opens."""
    wanted = f"exercises.start({_number(lesson)}, student=0)"
    call = called.get("exercises.start")
    if call is not None and ast.unparse(call) == wanted:
        return []
    return [lesson.problem(f"does not open its sheet with {wanted}")]


def exercises_solved(lesson: Lesson) -> list[Problem]:
    """A notebook of solutions checks every exercise, and each is right."""
    path = lesson.path.parent / "solutions" / lesson.path.name
    if not path.is_file():
        return [lesson.problem(f"has no solutions: write {_place(path)}")]
    solutions = Lesson(path)
    problems = []
    for name in _names(lesson):
        cells = [
            cell
            for cell in solutions.code
            if f"sheet.check_{name}" in _called([cell])
        ]
        if not cells:
            problems.append(
                lesson.problem(
                    f"has no solution with sheet.check_{name} in "
                    f"{_place(path)}"
                )
            )
        elif "Right:" not in "".join(cells[-1].texts()):
            problems.append(
                lesson.problem(
                    f"has a solution of {name} that the check refuses"
                )
            )
    return problems


def quiz_shown(lesson: Lesson) -> list[Problem]:
    """A lesson prints its 5 questions and shows them as a widget."""
    try:
        questions = quiz.questions_of(_number(lesson))
    except ValueError:
        return [
            lesson.problem(
                f"has no quiz: write utils/quiz/lesson_{lesson.number}.py"
            )
        ]
    problems = []
    if len(questions) != QUESTIONS:
        problems.append(
            lesson.problem(f"has {len(questions)} quiz questions; 5 are due")
        )
    if not any(cell.source.startswith("## Quiz") for cell in lesson.study):
        problems.append(lesson.problem("has no section called Quiz"))
    calls = [ast.unparse(call) for call in _called(lesson.study).values()]
    for wanted in ("quiz.ask", "quiz.show"):
        call = f"{wanted}({_number(lesson)})"
        if call not in calls:
            problems.append(lesson.problem(f"never calls {call} in Quiz"))
    return problems


def _number(lesson: Lesson) -> int:
    """Return the lesson's number.

    Raises:
        ValueError: The file's name begins with none.
    """
    return int(lesson.number)


def _names(lesson: Lesson) -> tuple[str, ...]:
    """Return the names of a lesson's exercises; none without a sheet."""
    try:
        return exercises.sheet_of(_number(lesson)).names
    except ValueError:
        return ()


def _called(cells: Iterable[Cell]) -> dict[str, ast.Call]:
    """Return the calls in the cells, by the dotted name of the function."""
    return {
        ast.unparse(call.func): call for cell in cells for call in cell.calls()
    }


def _place(path: Path) -> str:
    """Return a notebook of solutions as a reader looks for it."""
    return f"notebooks/solutions/{path.name}"
