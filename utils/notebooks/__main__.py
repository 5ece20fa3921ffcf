"""``python -m utils.notebooks save | run | lint | map | doors``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from utils.notebooks import course_map, doors
from utils.notebooks.execute import LessonError, execute
from utils.notebooks.lessons import (
    SOLUTIONS,
    choose,
    lessons,
    solutions,
)
from utils.notebooks.lint import lint
from utils.notebooks.normalise import save
from utils.notebooks.run import run

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


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "save":
            return save_command(options.lesson, traceback=options.traceback)
        if options.command == "run":
            return run_command(options.lesson)
        if options.command == "map":
            course_map.write()
            return 0
        if options.command == "doors":
            for path in doors.write(options.repository):
                print(f"{path.name} changed")
            return 0
        return lint_command(options.file)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m utils.notebooks")
    commands = parser.add_subparsers(dest="command", required=True)
    lesson = {"nargs": "*", "help": "a number or a name; all if left out"}
    saving = commands.add_parser(
        "save", help="execute notebooks and store them with their outputs"
    )
    saving.add_argument("lesson", **lesson)
    saving.add_argument(
        "--traceback", action="store_true", help="show an error whole"
    )
    running = commands.add_parser(
        "run", help="execute lessons into build/ and say what they cost"
    )
    running.add_argument("lesson", **lesson)
    commands.add_parser(
        "map", help="put the seconds of the last run into the README"
    )
    opening = commands.add_parser(
        "doors", help="write the links that open the lessons elsewhere"
    )
    opening.add_argument(
        "repository",
        nargs="?",
        help="OWNER/NAME from now on; the one set before if left out",
    )
    linting = commands.add_parser("lint", help="check the rules of lessons")
    linting.add_argument("file", nargs="*", help="a notebook; all if left out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
