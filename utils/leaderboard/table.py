"""The committed leaderboard as a reader meets it: plot, list, README."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from utils.files import between_marks
from utils.intervals import Interval, mean_interval
from utils.leaderboard.entries import STEPS
from utils.leaderboard.results import FOLDER, TEST_REVIEWS, Run, read_runs
from utils.plots.leaderboard import Placed

README = Path(__file__).resolve().parents[2] / "README.md"
START = "<!-- leaderboard:"
END = "<!-- end of leaderboard -->"


class Gain(NamedTuple):
    """What a step up the ladder bought.

    Attributes:
        name: Of the entry above the step.
        before: Of the entry below it.
        points: Test accuracy gained, in percentage points: the mean over
            the seeds with its 95% interval; with one seed the bounds are
            the value itself.
        seeds: Pairs of runs with the same seed.
    """

    name: str
    before: str
    points: Interval
    seeds: int


def rows(folder: Path = FOLDER) -> list[dict[str, str]]:
    """Return the rows of ``leaderboard.csv`` as they are stored."""
    path = folder / "leaderboard.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def placed(folder: Path = FOLDER) -> list[Placed]:
    """Return the entries as the plots take them, best on the test first."""
    entries = [
        Placed(
            name=row["name"],
            accuracy=Interval(
                float(row["test_accuracy"]),
                float(row["test_accuracy_low"]),
                float(row["test_accuracy_high"]),
            ),
            seconds=float(row["seconds"]),
            recurrent=row["recurrent"] == "true",
        )
        for row in rows(folder)
        if row["test_accuracy"]
    ]
    return sorted(entries, key=lambda entry: -entry.accuracy.value)


def gains(folder: Path = FOLDER) -> list[Gain]:
    """Return what each step of the ladder bought, in its order.

    Both runs of a pair have the same seed; an entry with one seed only is
    compared with the mean of the other's.
    """
    runs = read_runs(folder)
    found = []
    for name, before in STEPS:
        above, below = _by_seed(runs, name), _by_seed(runs, before)
        if above and below:
            found.append(Gain(name, before, *_gained(above, below)))
    return found


def _by_seed(runs: list[Run], name: str) -> dict[int, float]:
    """Return the test accuracy of an entry in percent, by seed."""
    return {
        run.seed: 100 * run.test_correct / TEST_REVIEWS
        for run in runs
        if run.name == name and run.test_correct is not None
    }


def _gained(
    above: dict[int, float], below: dict[int, float]
) -> tuple[Interval, int]:
    """Return the gain of one entry on another, and from how many pairs."""
    both = sorted({*above} & {*below})
    if len(both) > 1:
        return mean_interval([above[s] - below[s] for s in both]), len(both)
    gain = sum(above.values()) / len(above) - sum(below.values()) / len(below)
    return Interval(gain, gain, gain), 1


def markdown(folder: Path = FOLDER) -> str:
    """Return the leaderboard as a Markdown table."""
    lines = [
        "| entry | recurrent | unlabelled reviews | seeds | test accuracy "
        "| 95% interval | seconds | MB | parameters |",
        "| --- | --- | --- | ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    stored = [row for row in rows(folder) if row["test_accuracy"]]
    for row in sorted(stored, key=lambda row: -float(row["test_accuracy"])):
        said = [
            "yes" if row[column] == "true" else "no"
            for column in ("recurrent", "uses_unlabelled")
        ]
        cells = [
            row["name"],
            *said,
            row["seeds"],
            row["test_accuracy"],
            f"{row['test_accuracy_low']}-{row['test_accuracy_high']}",
            f"{float(row['seconds']):,.0f}",
            f"{int(row['peak_memory_mb']):,}",
            f"{int(row['parameters']):,}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write_readme(path: Path = README) -> None:
    """Put the leaderboard into the README, between its marks."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        between_marks(text, START, END, markdown() + "\n"), encoding="utf-8"
    )
