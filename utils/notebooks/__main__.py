"""``python -m utils.notebooks save | run | lint``."""

from __future__ import annotations

import argparse
import sys

from utils.notebooks.execute import LessonError, execute
from utils.notebooks.lessons import choose, lessons, solutions
from utils.notebooks.normalise import save


def save_command(names: list[str], *, traceback: bool) -> int:
    """Execute, normalise and store notebooks; return the exit status."""
    status = 0
    for path in choose(names, lessons() + solutions()):
        print(f"{path.stem} ", end="", flush=True)
        try:
            execution = execute(path)
        except LessonError as failure:
            print("failed, the file is as it was", flush=True)
            print(failure.traceback if traceback else failure, file=sys.stderr)
            status = 1
            continue
        save(execution.notebook, path)
        print(
            f"{execution.seconds:.1f} s {execution.peak_megabytes:.0f} MB",
            flush=True,
        )
    return status


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m utils.notebooks")
    commands = parser.add_subparsers(dest="command", required=True)
    saving = commands.add_parser(
        "save", help="execute notebooks and store them with their outputs"
    )
    saving.add_argument("lesson", nargs="*", help="number or name; all")
    saving.add_argument("--traceback", action="store_true")
    options = parser.parse_args(arguments)
    try:
        return save_command(options.lesson, traceback=options.traceback)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
