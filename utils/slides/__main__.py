"""``python -m utils.slides build | check`` [a lesson's number or name]."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

import nbformat

from utils.notebooks.lessons import ROOT, choose, lessons
from utils.slides.notes import (
    Notes,
    notes_path,
    parse,
    problems,
)
from utils.slides.page import STYLE, write_slides
from utils.slides.reveal import copy_reveal

SLIDES = ROOT / "build" / "slides"
NPM = ROOT / "build" / "npm"


def read_notes(lesson: Path) -> Notes:
    """Return the notes on a lesson.

    Raises:
        ValueError: There are none, or they are not of the right form.
    """
    path = notes_path(lesson)
    if not path.exists():
        raise ValueError(f"{lesson.stem} has no notes in docs/notes")
    try:
        return parse(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"docs/notes/{path.name}: {error}") from None


def build(names: list[str], target: Path = SLIDES) -> int:
    """Write the slides of lessons into a folder; return the exit status."""
    target.mkdir(parents=True, exist_ok=True)
    copy_reveal(target / "reveal", NPM)
    shutil.copy(STYLE, target)
    for lesson in choose(names, lessons()):
        started = time.perf_counter()
        notes = read_notes(lesson)
        page = target / f"{lesson.stem}.html"
        notebook = nbformat.read(lesson, as_version=4)
        count = write_slides(notebook, notes, lesson, page)
        seconds = time.perf_counter() - started
        said = f"{count:3} slides, {notes.minutes} minutes"
        print(f"{lesson.stem:32} {said} {seconds:5.1f} s")
    print(f"open {target}/NN_name.html; S shows the notes, ? the keys")
    return 0


def check(names: list[str]) -> int:
    """Print where notes and lessons do not agree; return the exit status."""
    status = 0
    for lesson in choose(names, lessons()):
        notes = read_notes(lesson)
        notebook = nbformat.read(lesson, as_version=4)
        for problem in problems(notes, notebook):
            print(f"{lesson.stem}: {problem}")
            status = 1
    return status


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m utils.slides")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in (
        ("build", "write build/slides/NN_name.html"),
        ("check", "compare docs/notes with the lessons"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("lesson", nargs="*", help="all if left out")
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            return build(options.lesson)
        return check(options.lesson)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
