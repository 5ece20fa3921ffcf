"""The table of lessons in the README, from the lessons and the last run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat

from tools.notebooks.lessons import ROOT, lessons
from tools.notebooks.markdown import Block, blocks
from utils.files import between_marks

START = "<!-- course map:"
END = "<!-- end of course map -->"
RUN = ROOT / "build" / "run.json"
README = ROOT / "README.md"
NOTHING = Block("", "")
WHOLE_RUN = re.compile(r"^Measured by `make run` on .*", re.MULTILINE)
"""What `_measured_on` has written after a run of all lessons."""


def heading(path: Path) -> tuple[str, str, str]:
    """Return a lesson's title, its promise and its minutes to read.

    Raises:
        ValueError: The first cell does not hold all three.
    """
    cells = nbformat.read(path, as_version=4).cells
    head = "\n".join(cell.source for cell in cells[:2])
    title, promise, *_ = [*blocks(head), NOTHING, NOTHING]
    minutes = re.search(r"(\d+)\s+minutes", head)
    named = re.fullmatch(r"\d\d (.+)", title.title)
    if not (named and promise.kind == "prose" and minutes):
        raise ValueError(
            f"{path.name} takes a title, a paragraph with its promise and "
            "its minutes to read in its first cell"
        )
    words = " ".join(promise.text.replace("*", "").split())
    return named[1], words, minutes[1]


def table(seconds: dict[str, float]) -> str:
    """Return the course map as a Markdown table.

    Args:
        seconds: Lesson -> measured seconds; lessons without show a dash.
    """
    rows = [
        "| lesson | what it promises | minutes to read | seconds to run |",
        "| --- | --- | ---: | ---: |",
    ]
    for path in lessons():
        title, promise, minutes = heading(path)
        link = f"[{path.stem[:2]} {title}](notebooks/{path.name})"
        measured = seconds.get(path.stem)
        shown = "–" if measured is None else f"{measured:.0f}"
        rows.append(f"| {link} | {promise} | {minutes} | {shown} |")
    return "\n".join(rows)


def readme_seconds() -> dict[str, float]:
    """Return what lessons took in the run that the README tells of."""
    text = README.read_text(encoding="utf-8")
    rows = re.findall(
        r"\(notebooks/(\w+)\.ipynb\).* (\d+) \|$", text, re.MULTILINE
    )
    return {lesson: float(number) for lesson, number in rows}


def seconds_before() -> dict[str, float]:
    """Return what lessons took in the last run, or else in the README's."""
    seconds = readme_seconds()
    if RUN.exists():
        seconds |= _seconds(json.loads(RUN.read_text(encoding="utf-8")))
    return seconds


def _seconds(run: dict[str, Any]) -> dict[str, float]:
    """Return the seconds of the lessons that ran to their end."""
    return {
        row["lesson"]: row["seconds"]
        for row in run["lessons"]
        if row["seconds"] is not None
    }


def write() -> None:
    """Put the map of the last ``make run`` into the README.

    After a run of some lessons the others keep their seconds, and the
    sentence on the whole run stays.

    Raises:
        ValueError: There was no run, or the README has lost its marks.
    """
    if not RUN.exists():
        raise ValueError("the map takes a finished `make run`, got none")
    run = json.loads(RUN.read_text(encoding="utf-8"))
    text = README.read_text(encoding="utf-8")
    seconds, whole = _seconds(run), WHOLE_RUN.search(text)
    is_whole = {path.stem for path in lessons()} <= {*seconds}
    said = whole[0] if whole and not is_whole else _measured_on(run, seconds)
    body = f"{table(seconds_before())}\n\n{said}\n"
    README.write_text(between_marks(text, START, END, body), encoding="utf-8")


def _measured_on(run: dict, seconds: dict[str, float]) -> str:
    """Return the sentence on where and when the seconds were measured."""
    peak = max(row["peak_megabytes"] or 0 for row in run["lessons"])
    machine = run["machine"]
    return (
        f"Measured by `make run` on {machine['cores']} cores with "
        f"{machine['memory_megabytes'] / 1000:.0f} GB: "
        f"{run['seconds'] / 60:.1f} minutes for {len(seconds)} lessons, "
        f"{run['side_by_side']} at a time, with at most "
        f"{peak / 1000:.1f} GB of memory each."
    )
