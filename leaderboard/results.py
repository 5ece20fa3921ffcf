"""The runs on file, and the leaderboard derived from them: CSV, a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from leaderboard import answers
from leaderboard.protocol import Entry
from utils.classify.protocol import VALIDATION_REVIEWS
from utils.files import atomic_write, between_marks
from utils.intervals import seeds_and_samples

FOLDER = answers.FOLDER
TEST_REVIEWS = 25_000

PAGE = Path(__file__).resolve().parents[1] / "docs" / "leaderboard.md"
START = "<!-- leaderboard:"
END = "<!-- end of leaderboard -->"


FILES = {
    "rate": "rates.csv",
    "random": "runs.csv",
    "neighbours": "neighbours.csv",
    "all": "refits.csv",
}
"""Where the runs of each kind are: trials that chose a setting, then the
runs on each split; ``refits.csv`` has those that all 25,000 reviews taught.
"""


@dataclass(frozen=True)
class Run:
    """One entry, trained once.

    Attributes:
        name: Of the entry.
        seed: Of this run.
        validation_correct: Of 5,000; None where all reviews taught.
        test_correct: Of 25,000; None where the test split was absent, or
            was not opened since the run only helped to choose.
        seconds: Of the training and the answers, and of all that was made
            before and used.
        peak_memory_mb: Of the process.
        parameters: Numbers learned.
        versions: Of the packages the result depends on.
        machine: Processor and cores.
        setting: Learning rate or C; None where there is none.
        epochs: Of the training, up to the one that was kept.
        commit: Of the recipe; with a plus, files had changed since.
    """

    name: str
    seed: int
    validation_correct: int | None
    test_correct: int | None
    seconds: float
    peak_memory_mb: int
    parameters: int
    versions: str
    machine: str
    setting: float | None = None
    epochs: int | None = None
    commit: str = ""


class ResultsError(ValueError):
    """A file of results is damaged; the message is one sentence."""


_TYPES = {
    "name": "str",
    "seed": "int64",
    "validation_correct": "Int64",
    "test_correct": "Int64",
    "seconds": "float64",
    "peak_memory_mb": "int64",
    "parameters": "int64",
    "versions": "str",
    "machine": "str",
    "setting": "Float64",
    "epochs": "Int64",
    "commit": "str",
}
"""Of the columns of the runs, in order."""

_MAY_LACK = {
    "random": ("test_correct", "setting", "epochs"),
    "neighbours": ("test_correct", "setting", "epochs"),
    "rate": ("test_correct", "epochs"),
    "all": ("validation_correct", "test_correct", "setting", "epochs"),
}
"""Kind -> columns that may be empty."""


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
    "setting",
    "neighbour_accuracy",
    "refit_test_accuracy",
    "recipe_fixed",
)
"""Of the leaderboard, in order."""


def read_runs(folder: Path = FOLDER, kind: str = "random") -> pd.DataFrame:
    """Return all runs on file, a row each, a column for each part of `Run`.

    Args:
        folder: Of the results.
        kind: Which of `FILES`.

    Raises:
        ResultsError: A row is not a run; the message gives its line.
    """
    path = folder / FILES[kind]
    if not path.exists():
        return pd.DataFrame(columns=[*_TYPES]).astype(_TYPES)
    try:
        return _checked(path, kind)
    except (ValueError, TypeError) as error:
        line, why = _first_wrong(path, kind, error)
        raise ResultsError(
            f"{path.name}, line {line}, is not a run: {why}"
        ) from None


def _checked(path: Path, kind: str, **which: Any) -> pd.DataFrame:
    """Read rows of a file; raise ValueError or TypeError if one is no run."""
    optional = _MAY_LACK[kind]
    runs = pd.read_csv(
        path,
        dtype=_TYPES,
        keep_default_na=False,
        na_values={column: [""] for column in optional},
        **which,
    )
    if [*runs] != [*_TYPES]:
        raise ValueError(f"the columns are {', '.join(runs)}")
    for column in runs.columns.difference(optional):
        if runs[column].isna().any():
            raise ValueError(f"{column} is empty")
    return runs


def _first_wrong(
    path: Path, kind: str, error: Exception
) -> tuple[int, Exception]:
    """Return the line that cannot be read, and why: pandas says no line."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    for line in range(2, lines + 1):
        try:
            _checked(path, kind, skiprows=range(1, line - 1), nrows=1)
        except (ValueError, TypeError) as found:
            return line, found
    return lines, error


def add_run(
    run: Run,
    folder: Path = FOLDER,
    kind: str = "random",
    content: bytes | None = None,
) -> None:
    """Add a run to its file; one of the same name and seed is replaced.

    Its answers are written first: a run that has a row has its answers, and
    a run without a row is done again, answers and all.

    Args:
        run: The run; a trial is told from others by its setting as well.
        folder: Of the results.
        kind: Which of `FILES`.
        content: Its answers, as `answers.packed` returns them.

    Raises:
        ResultsError: The answers are not those of the run.
    """
    if content is not None:
        _check_answers(run, kind, content)
        path = answers.path_of(run.name, run.seed, kind, folder)
        answers.write(path, content)
    new = pd.DataFrame([asdict(run)]).astype(_TYPES)
    runs = pd.concat([read_runs(folder, kind), new])
    key = ["name", "seed", *(["setting"] if kind == "rate" else [])]
    runs = runs.drop_duplicates(key, keep="last")
    write_table(runs.sort_values(key), folder / FILES[kind])


def _check_answers(run: Run, split: str, content: bytes) -> None:
    """Raise ResultsError unless the answers are as right as the run says."""
    stored = answers.unpacked(content)
    for part, right in (
        ("validation", run.validation_correct),
        ("test", run.test_correct),
    ):
        found = answers.count(getattr(stored, part), part, split)
        if found != right:
            raise ResultsError(
                f"{run.name}, seed {run.seed}: {found} stored {part} answers "
                f"are right, not {right}"
            )


def write_leaderboard(
    entries: Iterable[Entry], folder: Path = FOLDER
) -> pd.DataFrame:
    """Derive ``leaderboard.csv``, best first on validation; return it.

    Args:
        entries: Those that have a row if they have a run.
        folder: Of the results.
    """
    runs = dict([*read_runs(folder).groupby("name")])
    others = {
        kind: dict([*read_runs(folder, kind).groupby("name")])
        for kind in ("neighbours", "all")
    }
    rows = [
        _row(e, runs[e.name])
        | {
            "neighbour_accuracy": _share(
                others["neighbours"].get(e.name), "validation_correct"
            ),
            "refit_test_accuracy": _share(
                others["all"].get(e.name), "test_correct"
            ),
        }
        for e in entries
        if e.name in runs
    ]
    # At a tie the one that is told of first stays first: it has fewer parts.
    table = pd.DataFrame(rows, columns=COLUMNS).sort_values(
        "validation_accuracy", ascending=False, kind="stable"
    )
    write_table(table, folder / "leaderboard.csv")
    return table


def _share(runs: pd.DataFrame | None, column: str) -> str:
    """Return the mean share of right answers, "" where a run lacks it."""
    if runs is None or runs[column].isna().any():
        return ""
    total = {
        "validation_correct": VALIDATION_REVIEWS,
        "test_correct": TEST_REVIEWS,
    }[column]
    return f"{runs[column].mean() / total:.4f}"


def _row(entry: Entry, runs: pd.DataFrame) -> dict[str, Any]:
    """Return the line of one entry, as far as its own runs tell it."""
    test = ["", "", ""]
    if runs["test_correct"].notna().all():
        right = runs["test_correct"].astype(int).to_list()
        test = [f"{v:.4f}" for v in seeds_and_samples(right, TEST_REVIEWS)]
    settings = runs["setting"].dropna().unique()
    return {
        "name": entry.name,
        "recurrent": str(entry.recurrent).lower(),
        "uses_unlabelled": str(entry.uses_unlabelled).lower(),
        "seeds": len(runs),
        "validation_accuracy": _share(runs, "validation_correct"),
        "test_accuracy": test[0],
        "test_accuracy_low": test[1],
        "test_accuracy_high": test[2],
        "seconds": f"{runs['seconds'].median():.1f}",
        "peak_memory_mb": runs["peak_memory_mb"].max(),
        "parameters": runs["parameters"].iloc[0],
        "setting": settings[0] if len(settings) == 1 else "",
        "recipe_fixed": runs["commit"].iloc[0],
    }


def markdown(folder: Path = FOLDER) -> str:
    """Return the leaderboard as a Markdown table, by validation.

    A column that is empty for all entries is left out.
    """
    table = pd.read_csv(
        folder / "leaderboard.csv", dtype="str", keep_default_na=False
    )
    table = table[table["test_accuracy"] != ""].sort_values(
        "validation_accuracy", ascending=False, kind="stable"
    )
    said, count = {"true": "yes", "false": "no"}, "{:,.0f}".format
    columns = {
        "entry": table["name"],
        "recurrent": table["recurrent"].map(said),
        "unlabelled reviews": table["uses_unlabelled"].map(said),
        "seeds": table["seeds"],
        "validation": table["validation_accuracy"],
        "test": table["test_accuracy"],
        "95% interval": table["test_accuracy_low"]
        + "-"
        + table["test_accuracy_high"],
        "by neighbourhood": table["neighbour_accuracy"],
        "test after refit": table["refit_test_accuracy"],
        "rate or C": table["setting"],
        "seconds": table["seconds"].astype(float).map(count),
        "MB": table["peak_memory_mb"].astype(int).map(count),
        "parameters": table["parameters"].astype(int).map(count),
        "recipe fixed": table["recipe_fixed"],
    }
    shown = {name: own for name, own in columns.items() if (own != "").any()}
    ruler = ["---" if name in _TEXTS else "---:" for name in shown]
    rows = [[*shown], ruler, *zip(*shown.values(), strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_TEXTS = {
    "entry",
    "recurrent",
    "unlabelled reviews",
    "95% interval",
    "recipe fixed",
}
"""Columns of the page that are aligned to the left."""


def write_page(path: Path = PAGE) -> None:
    """Put the leaderboard into its page, between its marks."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        between_marks(text, START, END, markdown() + "\n"), encoding="utf-8"
    )


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table, whole or not at all."""
    with atomic_write(path, "w", encoding="utf-8", newline="") as file:
        table.to_csv(file, index=False, lineterminator="\n")
