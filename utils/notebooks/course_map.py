"""The table of lessons in the README, from the lessons and the last run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat

from utils.files import between_marks
from utils.notebooks.lessons import ROOT, lessons

START = "<!-- course map:"
END = "<!-- end of course map -->"
RUN = ROOT / "build" / "run.json"
README = ROOT / "README.md"


def heading(path: Path) -> tuple[str, str, str]:
    """Return a lesson's title, its promise and its minutes to read.

    Raises:
        ValueError: The first cell does not hold all three.
    """
    cells = nbformat.read(path, as_version=4).cells
    head = "\n".join(cell.source for cell in cells[:2])
    title = re.search(r"^# \d\d (.+)$", head, re.MULTILINE)
    promise = re.search(r"^# .+\n\n((?:.+\n)+)", head)
    minutes = re.search(r"(\d+)\s+minutes", head)
    if not (title and promise and minutes):
        raise ValueError(
            f"{path.name} takes a title, a paragraph with its promise and "
            "its minutes to read in its first cell"
        )
    words = " ".join(promise[1].replace("*", "").split())
    return title[1], words, minutes[1]


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


def write() -> None:
    """Put the map of the last ``make run`` into the README.

    Raises:
        ValueError: There was no run, or the README has lost its marks.
    """
    if not RUN.exists():
        raise ValueError("the map takes a finished `make run`, got none")
    run = json.loads(RUN.read_text(encoding="utf-8"))
    seconds = {
        row["lesson"]: row["seconds"]
        for row in run["lessons"]
        if row["seconds"] is not None
    }
    text = README.read_text(encoding="utf-8")
    body = f"{table(seconds)}\n\n{_measured_on(run, seconds)}\n"
    README.write_text(between_marks(text, START, END, body), encoding="utf-8")


def _measured_on(run: dict, seconds: dict[str, float]) -> str:
    """Return the sentence on where and when the seconds were measured."""
    peak = max(row["peak_megabytes"] or 0 for row in run["lessons"])
    machine = run["machine"]
    return (
        f"Measured by `make run` on {machine['cores']} cores with "
        f"{machine['memory_megabytes'] / 1000:.0f} GB: "
        f"{sum(seconds.values()) / 60:.1f} minutes for {len(seconds)} "
        f"lessons, at most {peak / 1000:.1f} GB of memory at a time."
    )
