"""Write the slides of lessons, or check the notes beside them."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import nbformat

from tools.notebooks.lessons import ROOT, choose, lessons
from tools.slides.notes import Notes, notes_path, parse, problems
from tools.slides.page import STYLE, write_slides
from tools.slides.reveal import copy_reveal

SLIDES = ROOT / "build" / "slides"
NPM = ROOT / "build" / "npm"


def read_notes(lesson: Path) -> Notes:
    """Return the notes on a lesson.

    Raises:
        ValueError: There are none, or they are not of the right form.
    """
    path = notes_path(lesson)
    if not path.exists():
        raise ValueError(f"{lesson.stem} has no notes.md in lessons/")
    try:
        return parse(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.parent.name}/notes.md: {error}") from None


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
