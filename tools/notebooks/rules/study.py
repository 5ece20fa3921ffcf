"""Rules on what a lesson gives to do: exercises, their solutions, a quiz."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.notebooks.lessons import solution_of
from tools.notebooks.rules.lesson import Cell, Lesson, Problem, name_of
from utils import quiz

EXERCISES, EXERCISES_OF_FIRST = range(4, 7), range(2, 4)
QUESTIONS, QUESTIONS_OF_FIRST = 5, 2


def exercises_checked(lesson: Lesson) -> Iterator[Problem]:
    """A lesson has 4 to 6 exercises, each asked and checked in its section."""
    names = _names(lesson)
    if not names:
        yield lesson.problem(
            f"has no exercises: write lessons/{lesson.name}/exercises.py"
        )
        return
    due = EXERCISES_OF_FIRST if lesson.is_first else EXERCISES
    if len(names) not in due:
        yield lesson.problem(
            f"has {len(names)} exercises; {due[0]} to {due[-1]} are due"
        )
    called = _called(lesson.study)
    for name in names:
        for call in (f"ask_{name}", f"check_{name}"):
            if f"sheet.{call}" not in called:
                yield lesson.problem(f"never calls sheet.{call} in Exercises")
    wanted = "SHEET.start(student=0)"
    call = called.get("SHEET.start")
    if call is None or ast.unparse(call) != wanted:
        yield lesson.problem(f"does not open its sheet with {wanted}")


def exercises_solved(lesson: Lesson) -> Iterator[Problem]:
    """A notebook of solutions checks every exercise, and each is right."""
    path = solution_of(lesson.path)
    if not path.is_file():
        yield lesson.problem(f"has no solutions: write {_place(path)}")
        return
    solutions = Lesson(path)
    for name in _names(lesson):
        cells = [
            cell
            for cell in solutions.code
            if f"sheet.check_{name}" in _called([cell])
        ]
        if not cells:
            yield lesson.problem(
                f"has no solution with sheet.check_{name} in {_place(path)}"
            )
        elif "Right:" not in "".join(cells[-1].texts()):
            yield lesson.problem(
                f"has a solution of {name} that the check refuses"
            )


def exercises_apart(lesson: Lesson) -> Iterator[Problem]:
    """No answer has a name of the lesson: solved, it would destroy it."""
    path = solution_of(lesson.path)
    cells = [*lesson.study, *(Lesson(path).code if path.is_file() else ())]
    answers = set().union(*map(_answers, cells))
    for name in sorted(answers & _bound(lesson.proper)):
        yield lesson.problem(
            f"has an exercise whose answer is called {name}, as something of "
            "the lesson is: give it another name"
        )


def quiz_shown(lesson: Lesson) -> Iterator[Problem]:
    """A lesson prints its 5 questions and shows them as a widget."""
    try:
        questions = quiz.questions_of(lesson.name)
    except ValueError:
        yield lesson.problem(
            f"has no quiz: write lessons/{lesson.name}/quiz.md"
        )
        return
    due = QUESTIONS_OF_FIRST if lesson.is_first else QUESTIONS
    if len(questions) != due:
        yield lesson.problem(
            f"has {len(questions)} quiz questions; {due} are due"
        )
    if not any(cell.source.startswith("## Quiz") for cell in lesson.study):
        yield lesson.problem("has no section called Quiz")
    calls = [ast.unparse(call) for call in _called(lesson.study).values()]
    for wanted in ("quiz.ask", "quiz.show"):
        call = f"{wanted}({lesson.name!r})"
        if call not in calls:
            yield lesson.problem(f"never calls {call} in Quiz")


def _names(lesson: Lesson) -> tuple[str, ...]:
    """Return the names of a lesson's exercises; none without a sheet."""
    module = f"lessons.{lesson.name}.exercises"
    try:
        return importlib.import_module(module).SHEET.names
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        return ()


def _answers(cell: Cell) -> set[str]:
    """Return the names of functions that a cell defines or hands in."""
    names = {
        node.name for node in cell.nodes if isinstance(node, ast.FunctionDef)
    }
    for node in cell.nodes:
        given = []
        if isinstance(node, ast.Call) and "check_" in name_of(node.func):
            given = node.args
        elif (
            isinstance(node, ast.Assign)
            and ast.unparse(node.targets[0]) == "answer"
        ):
            given = [node.value]
        names |= {value.id for value in given if isinstance(value, ast.Name)}
    return names - {"answer"}


def _bound(cells: Iterable[Cell]) -> set[str]:
    """Return the names that cells give to values and functions."""
    names = set()
    for cell in cells:
        for node in cell.tree.body if cell.is_code and cell.tree else ():
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
                continue
            names |= {
                inner.id
                for inner in ast.walk(node)
                if isinstance(inner, ast.Name)
                and isinstance(inner.ctx, ast.Store)
            }
    return names


def _called(cells: Iterable[Cell]) -> dict[str, ast.Call]:
    """Return the calls in the cells, by the dotted name of the function."""
    return {
        ast.unparse(call.func): call for cell in cells for call in cell.calls
    }


def _place(path: Path) -> str:
    """Return a notebook of solutions as a reader looks for it."""
    return f"notebooks/solutions/{path.name}"
