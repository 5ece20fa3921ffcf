"""What a run of the lessons measured: a table to read, a file to keep."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from utils.files import atomic_write
from utils.training import RESULTS_VARIABLE

BUDGETS = {"17": 180, "18": 300}
BUDGET = 60
"""Seconds a lesson may take on two cores, unless BUDGETS has its number."""


def budget(lesson: str) -> int:
    """Return the seconds the lesson of this name may take."""
    return BUDGETS.get(lesson.split("_", maxsplit=1)[0], BUDGET)


@dataclass
class Row:
    """One lesson of a run.

    Attributes:
        lesson: Its name.
        seconds: Wall-clock time; None if it did not run to its end.
        peak_megabytes: Largest resident memory of its kernel, 10**6 bytes.
        results: What it recorded, by name: accuracies and the like.
        error: Why it did not run to its end, in one sentence.
    """

    lesson: str
    seconds: float | None = None
    peak_megabytes: float | None = None
    results: dict[str, Any] = field(default_factory=dict)
    error: str | None = None

    @property
    def budget(self) -> int:
        """Seconds the lesson may take."""
        return budget(self.lesson)

    @property
    def mark(self) -> str:
        """A word on what is wrong with the lesson, empty if nothing is."""
        if self.seconds is None:
            return "failed"
        return "over budget" if self.seconds > self.budget else ""


def read_results(path: Path) -> dict[str, Any]:
    """Return what a lesson recorded; nothing if it wrote no file.

    Raises:
        ValueError: A line is not an object with a name and a value.
    """
    if not path.exists():
        return {}
    results = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
            results[record["name"]] = record["value"]
        except (ValueError, TypeError, KeyError):
            raise ValueError(
                f"{RESULTS_VARIABLE} takes lines with a name and a value, "
                f"got {line!r}"
            ) from None
    return results


def table(rows: list[Row], slots: int, seconds: float) -> str:
    """Return seconds, memory and results of every lesson as text.

    Args:
        rows: The lessons that ended.
        slots: How many ran at a time.
        seconds: How long they took side by side.
    """
    whole = f"{f'run, {slots} at a time':32} {seconds:8.1f}"
    return "\n".join([*_costs(rows), whole, *_results(rows)])


def write_json(
    rows: list[Row], path: Path, slots: int, seconds: float
) -> None:
    """Write the same figures for programs to read."""
    figures = {
        "side_by_side": slots,
        "seconds": round(seconds, 1),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "memory_megabytes": round(psutil.virtual_memory().total / 1e6),
        },
        "lessons": [
            asdict(row) | {"budget": row.budget, "mark": row.mark}
            for row in rows
        ],
    }
    content = json.dumps(figures, indent=1, ensure_ascii=False)
    with atomic_write(path, "w", encoding="utf-8") as file:
        file.write(content + "\n")


def _costs(rows: list[Row]) -> Iterator[str]:
    """Yield the lines of seconds and memory."""
    yield f"{'lesson':32} {'seconds':>8} {'budget':>7} {'peak MB':>8}"
    for row in rows:
        seconds = "" if row.seconds is None else f"{row.seconds:.1f}"
        memory = (
            "" if row.peak_megabytes is None else f"{row.peak_megabytes:.0f}"
        )
        line = f"{row.lesson:32} {seconds:>8} {row.budget:>7} {memory:>8}"
        yield f"{line}  {row.mark}".rstrip()
    total = sum(row.seconds or 0 for row in rows)
    peak = max((row.peak_megabytes or 0 for row in rows), default=0)
    yield f"{'together':32} {total:8.1f} {'':7} {peak:8.0f}"


def _results(rows: list[Row]) -> Iterator[str]:
    """Yield the lines of what the lessons recorded."""
    for row in rows:
        if row.results:
            yield ""
            yield row.lesson
        for name, value in row.results.items():
            yield f"    {name:42} {_number(value):>8}"


def _number(value: Any) -> str:
    """Return a value, or a value with its two bounds, to four digits."""
    if isinstance(value, list):
        middle, *bounds = map(_number, value)
        return f"{middle} [{', '.join(bounds)}]" if bounds else middle
    return f"{value:.4g}" if isinstance(value, float) else str(value)
