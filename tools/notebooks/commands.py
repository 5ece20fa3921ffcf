"""What `tools` does with notebooks when it is told to."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.notebooks.execute import LessonError, execute
from tools.notebooks.lessons import SOLUTIONS, choose, lessons, solutions
from tools.notebooks.lint import lint
from tools.notebooks.run import run
from tools.notebooks.stored_form import save

SOLUTION_SECONDS = 20
"""What the solutions of a lesson may take."""


def save_command(names: list[str], *, traceback: bool) -> int:
    """Execute, normalise and store notebooks; return the exit status."""
    status = 0
    for path in choose(names, lessons() + solutions()):
        is_solution = path.parent == SOLUTIONS
        name = f"solutions/{path.stem}" if is_solution else path.stem
        print(f"{name:33}", end=" ", flush=True)
        try:
            execution = execute(path)
        except LessonError as error:
            print("failed, the file is as it was", flush=True)
            print(error.traceback if traceback else error, file=sys.stderr)
            status = 1
            continue
        save(execution.notebook, path)
        seconds, memory = execution.seconds, execution.peak_megabytes
        late = is_solution and seconds > SOLUTION_SECONDS
        mark = f"  over {SOLUTION_SECONDS} s" if late else ""
        print(f"{seconds:8.1f} s {memory:7.0f} MB{mark}", flush=True)
    return status


def run_command(names: list[str]) -> int:
    """Execute lessons into build/; return the exit status.

    Solutions are not among them: a class runs the lessons, and its seconds
    are those of the lessons. Their pages are made from what is stored, and
    ``make test`` executes them.
    """
    rows = run(choose(names, lessons()))
    return int(any(row.error for row in rows))


def lint_command(files: list[str]) -> int:
    """Print what is wrong with notebooks; return the exit status."""
    paths = [Path(file) for file in files] or choose(
        [], lessons() + solutions()
    )
    status = 0
    for path in paths:
        for rule, problems in lint(path).items():
            for problem in problems:
                print(f"{path.name}, {problem} [{rule}]")
                status = 1
    if status == 0:
        print(f"{len(paths)} notebooks keep every rule")
    return status
