"""Two files: a row for every run, and the table derived from them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from utils.files import replaced
from utils.intervals import mean_interval, share_interval
from utils.leaderboard.protocol import VALIDATION_REVIEWS, Entry

FOLDER = Path(__file__).resolve().parents[2] / "results"
TEST_REVIEWS = 25_000


@dataclass(frozen=True)
class Run:
    """One entry, trained once.

    Attributes:
        name: Of the entry.
        seed: Of this run.
        validation_correct: Of 5,000.
        test_correct: Of 25,000; None where the test split was absent.
        seconds: Of the training and the answers.
        peak_memory_mb: Of the process.
        parameters: Numbers learned.
        versions: Of the packages the result depends on.
        machine: Processor and cores.
    """

    name: str
    seed: int
    validation_correct: int
    test_correct: int | None
    seconds: float
    peak_memory_mb: int
    parameters: int
    versions: str
    machine: str


COLUMNS = (
    "name",
    "recurrent",
    "uses_unlabelled",
    "seeds",
    "validation_accuracy",
    "test_accuracy",
    "test_accuracy_low",
    "test_accuracy_high",
    "seconds",
    "peak_memory_mb",
    "parameters",
)
"""Of the leaderboard, in order."""


def read_runs(folder: Path = FOLDER) -> list[Run]:
    """Return all runs on file.

    Raises:
        ValueError: A row is not a run; the message gives its line.
    """
    path = folder / "runs.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    runs = []
    for line, row in enumerate(rows, start=2):
        try:
            runs.append(_run(row))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"runs.csv, line {line}, is not a run: {error}"
            ) from None
    return runs


def _run(row: Mapping[str, str]) -> Run:
    """Return one row of the file as a run."""
    return Run(
        name=row["name"],
        seed=int(row["seed"]),
        validation_correct=int(row["validation_correct"]),
        test_correct=int(row["test_correct"]) if row["test_correct"] else None,
        seconds=float(row["seconds"]),
        peak_memory_mb=round(float(row["peak_memory_mb"])),
        parameters=int(row["parameters"]),
        versions=row["versions"],
        machine=row["machine"],
    )


def add_run(run: Run, folder: Path = FOLDER) -> None:
    """Add a run to the file; one of the same name and seed is replaced."""
    others = [
        other
        for other in read_runs(folder)
        if (other.name, other.seed) != (run.name, run.seed)
    ]
    runs = sorted([*others, run], key=lambda one: (one.name, one.seed))
    names = [field.name for field in fields(Run)]
    _write(folder / "runs.csv", names, (asdict(one) for one in runs))


def write_leaderboard(
    entries: Iterable[Entry], folder: Path = FOLDER
) -> list[dict[str, object]]:
    """Derive the table from the runs, best first; return its rows."""
    runs = read_runs(folder)
    rows = []
    for entry in entries:
        own = [run for run in runs if run.name == entry.name]
        if own:
            rows.append(_row(entry, own))
    rows.sort(key=lambda row: -float(str(row["validation_accuracy"])))
    _write(folder / "leaderboard.csv", COLUMNS, rows)
    return rows


def _row(entry: Entry, runs: list[Run]) -> dict[str, object]:
    """Return the line of one entry."""
    shares = [run.validation_correct / VALIDATION_REVIEWS for run in runs]
    test, low, high = _test_interval(runs)
    return {
        "name": entry.name,
        "recurrent": str(entry.recurrent).lower(),
        "uses_unlabelled": str(entry.uses_unlabelled).lower(),
        "seeds": len(runs),
        "validation_accuracy": f"{np.mean(shares):.4f}",
        "test_accuracy": test,
        "test_accuracy_low": low,
        "test_accuracy_high": high,
        "seconds": f"{np.median([run.seconds for run in runs]):.1f}",
        "peak_memory_mb": f"{max(run.peak_memory_mb for run in runs):.0f}",
        "parameters": runs[0].parameters,
    }


def _test_interval(runs: list[Run]) -> tuple[str, str, str]:
    """Return mean and bounds over seeds and reviews, empty without a test.

    Two things move a mean over seeds: the seeds and the sample of reviews.
    The wider of the two intervals is reported.
    """
    found = [run.test_correct for run in runs if run.test_correct is not None]
    if len(found) < len(runs):
        return "", "", ""
    mean = float(np.mean(found)) / TEST_REVIEWS
    share = share_interval(round(float(np.mean(found))), TEST_REVIEWS)
    bounds = [(share.low, share.high)]
    if len(found) > 1:
        seeds = mean_interval([count / TEST_REVIEWS for count in found])
        bounds.append((seeds.low, seeds.high))
    low, high = max(bounds, key=lambda pair: pair[1] - pair[0])
    return f"{mean:.4f}", f"{low:.4f}", f"{high:.4f}"


def _write(
    path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]]
) -> None:
    """Write a table, whole or not at all."""
    with replaced(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
