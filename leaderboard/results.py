"""The runs on file, and the tables derived from them: CSV files, a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from leaderboard.entries import ABLATIONS
from leaderboard.protocol import Entry
from utils.classify.protocol import VALIDATION_REVIEWS
from utils.files import atomic_write, between_marks
from utils.intervals import seeds_and_samples

FOLDER = Path(__file__).resolve().parent / "results"
TEST_REVIEWS = 25_000

PAGE = Path(__file__).resolve().parents[1] / "docs" / "leaderboard.md"
START = "<!-- leaderboard:"
END = "<!-- end of leaderboard -->"


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


class ResultsError(ValueError):
    """A file of results is damaged; the message is one sentence."""


_TYPES = {
    "name": "str",
    "seed": "int64",
    "validation_correct": "int64",
    "test_correct": "Int64",
    "seconds": "float64",
    "peak_memory_mb": "int64",
    "parameters": "int64",
    "versions": "str",
    "machine": "str",
}
"""Of the columns of the runs, in order."""


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


def read_runs(folder: Path = FOLDER) -> pd.DataFrame:
    """Return all runs on file, a row each, a column for each part of `Run`.

    Raises:
        ResultsError: A row is not a run; the message gives its line.
    """
    path = folder / "runs.csv"
    runs = [pd.DataFrame(columns=[*_TYPES]).astype(_TYPES)]
    if not path.exists():
        return runs[0]
    try:
        # Row by row: pandas does not say which line it cannot read.
        with pd.read_csv(
            path,
            dtype=_TYPES,
            keep_default_na=False,
            na_values={"test_correct": [""]},
            chunksize=1,
        ) as rows:
            for row in rows:
                if [*row] != [*_TYPES]:
                    raise ValueError(f"the columns are {', '.join(row)}")
                runs.append(row)
    except ValueError as error:
        raise ResultsError(
            f"{path.name}, line {len(runs) + 1}, is not a run: {error}"
        ) from None
    return pd.concat(runs, ignore_index=True)


def add_run(run: Run, folder: Path = FOLDER) -> None:
    """Add a run to the file; one of the same name and seed is replaced."""
    new = pd.DataFrame([asdict(run)]).astype(_TYPES)
    runs = pd.concat([read_runs(folder), new])
    runs = runs.drop_duplicates(["name", "seed"], keep="last")
    _write(runs.sort_values(["name", "seed"]), folder / "runs.csv")


def write_leaderboard(
    entries: Iterable[Entry], folder: Path = FOLDER
) -> pd.DataFrame:
    """Derive ``leaderboard.csv``, best first on validation; return it.

    Args:
        entries: Those that have a row if they have a run.
        folder: Of the results.
    """
    runs = dict([*read_runs(folder).groupby("name")])
    rows = [_row(e, runs[e.name]) for e in entries if e.name in runs]
    table = pd.DataFrame(rows, columns=COLUMNS).sort_values(
        "validation_accuracy", ascending=False, kind="stable"
    )
    _write(table, folder / "leaderboard.csv")
    return table


def _row(entry: Entry, runs: pd.DataFrame) -> dict[str, Any]:
    """Return the line of one entry."""
    test = ["", "", ""]
    if runs["test_correct"].notna().all():
        right = runs["test_correct"].astype(int).to_list()
        test = [f"{v:.4f}" for v in seeds_and_samples(right, TEST_REVIEWS)]
    share = runs["validation_correct"].mean() / VALIDATION_REVIEWS
    return {
        "name": entry.name,
        "recurrent": str(entry.recurrent).lower(),
        "uses_unlabelled": str(entry.uses_unlabelled).lower(),
        "seeds": len(runs),
        "validation_accuracy": f"{share:.4f}",
        "test_accuracy": test[0],
        "test_accuracy_low": test[1],
        "test_accuracy_high": test[2],
        "seconds": f"{runs['seconds'].median():.1f}",
        "peak_memory_mb": runs["peak_memory_mb"].max(),
        "parameters": runs["parameters"].iloc[0],
    }


def write_ablations(folder: Path = FOLDER) -> pd.DataFrame:
    """Write which entries are compared to ``ablations.csv``; return it.

    Returns:
        A row for each of `ABLATIONS`: ``entry``, the one ``without``, and
        all that ``changed`` between the two. What it bought is computed
        from the runs by whoever reads it; an entry may lack them.
    """
    table = pd.DataFrame(ABLATIONS, columns=["entry", "without", "changed"])
    _write(table, folder / "ablations.csv")
    return table


def markdown(folder: Path = FOLDER) -> str:
    """Return the leaderboard as a Markdown table, by validation."""
    table = pd.read_csv(
        folder / "leaderboard.csv", dtype="str", keep_default_na=False
    )
    table = table[table["test_accuracy"] != ""].sort_values(
        "validation_accuracy", ascending=False, kind="stable"
    )
    said, count = {"true": "yes", "false": "no"}, "{:,.0f}".format
    cells = zip(
        table["name"],
        table["recurrent"].map(said),
        table["uses_unlabelled"].map(said),
        table["seeds"],
        table["validation_accuracy"],
        table["test_accuracy"],
        table["test_accuracy_low"] + "-" + table["test_accuracy_high"],
        table["seconds"].astype(float).map(count),
        table["peak_memory_mb"].astype(int).map(count),
        table["parameters"].astype(int).map(count),
        strict=True,
    )
    return "\n".join(
        [
            "| entry | recurrent | unlabelled reviews | seeds | validation "
            "| test | 95% interval | seconds | MB | parameters |",
            "| --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: "
            "| ---: |",
            *(f"| {' | '.join(row)} |" for row in cells),
        ]
    )


def write_page(path: Path = PAGE) -> None:
    """Put the leaderboard into its page, between its marks."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        between_marks(text, START, END, markdown() + "\n"), encoding="utf-8"
    )


def _write(table: pd.DataFrame, path: Path) -> None:
    """Write a table, whole or not at all."""
    with atomic_write(path, "w", encoding="utf-8", newline="") as file:
        table.to_csv(file, index=False, lineterminator="\n")
