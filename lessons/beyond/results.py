"""The results of the leaderboard, as stored by ``python -m leaderboard``."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from utils.intervals import Interval

FOLDER = Path(__file__).resolve().parents[2] / "leaderboard" / "results"


class Entry(NamedTuple):
    """One line of the leaderboard.

    Attributes:
        name: Of the entry.
        accuracy: On the test reviews, with its 95% interval.
        seconds: Of one run.
        recurrent: Whether a recurrent layer takes part.
    """

    name: str
    accuracy: Interval
    seconds: float
    recurrent: bool


class Ablation(NamedTuple):
    """What one thing bought.

    Attributes:
        name: Of the entry that has it.
        before: Of the entry that lacks it.
        points: Test accuracy gained, in percentage points: the mean over
            the seeds with its 95% interval; with one seed the bounds are
            the value itself.
        seeds: Pairs of runs with the same seed.
    """

    name: str
    before: str
    points: Interval
    seeds: int


def entries(folder: Path = FOLDER) -> list[Entry]:
    """Return the entries that met the test reviews, best first."""
    table = pd.read_csv(folder / "leaderboard.csv")
    met = table.dropna(subset="test_accuracy").sort_values(
        "test_accuracy", ascending=False, kind="stable"
    )
    return [
        Entry(
            row.name,
            Interval(
                row.test_accuracy,
                row.test_accuracy_low,
                row.test_accuracy_high,
            ),
            row.seconds,
            row.recurrent,
        )
        for row in met.rename_axis(None).itertuples(index=False, name="Row")
    ]


def ablations(folder: Path = FOLDER) -> list[Ablation]:
    """Return what each thing on the ladder bought, in its order."""
    table = pd.read_csv(folder / "ablations.csv")
    return [
        Ablation(
            row.entry,
            row.without,
            Interval(row.points, row.low, row.high),
            row.seeds,
        )
        for row in table.itertuples(index=False)
    ]
