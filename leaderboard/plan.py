"""What is still to run: from the entries and what is on file.

First each entry is trained once, with its first seed, at every setting it is
offered; the setting with the most right answers on the validation reviews is
chosen, at a tie the smallest. With it all seeds are run, one run chooses and
is judged by neighbourhood, and, where it is asked for, all 25,000 reviews
teach for as many epochs as validation kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from leaderboard import answers
from leaderboard.protocol import Chosen, Entry
from leaderboard.results import FILES, FOLDER, read_runs

RATE = "rate"
"""A training that helps to choose a setting, on the random split."""


class Job(NamedTuple):
    """One training.

    Attributes:
        kind: `RATE`, or the split of a run.
        name: Of the entry.
        seed: Of everything random.
        chosen: What was chosen before; None while that is not known.
    """

    kind: str
    name: str
    seed: int
    chosen: Chosen | None

    @property
    def split(self) -> str:
        """Which of the splits it is trained on."""
        return "random" if self.kind == RATE else self.kind

    def __str__(self) -> str:
        """Say which training it is, for a line of the command."""
        return f"{self.name}, seed {self.seed}, {self.kind}, {self.chosen}"


class OnFile:
    """The results of a folder, read once.

    Args:
        folder: Of the results.

    Attributes:
        runs: Kind of job -> its runs, as `read_runs` returns them.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.runs: Mapping[str, pd.DataFrame] = {
            kind: read_runs(folder, kind) for kind in FILES
        }

    def chosen(self, entry: Entry) -> Chosen | None:
        """Return what the trials of an entry chose, None if some lack."""
        setting = entry.settings[0] if entry.settings else None
        if entry.has_trials:
            right = self.right(entry)
            if not {*entry.settings} <= {*right}:
                return None
            setting = max(sorted(entry.settings), key=right.__getitem__)
        return Chosen(setting)

    def right(self, entry: Entry) -> dict[float, int]:
        """Return setting -> right answers of the entry's trials."""
        trials = self.runs[RATE]
        own = trials[trials["name"] == entry.name]
        pairs = zip(own["setting"], own["validation_correct"], strict=True)
        return dict(pairs)

    def fixed(self, entry: Entry, seed: int) -> Chosen | None:
        """Return what refitting takes: the choice, and the epochs kept."""
        chosen, run = self.chosen(entry), self.run("random", entry, seed)
        if chosen is None or run is None:
            return None
        epochs = None if pd.isna(run["epochs"]) else int(run["epochs"])
        return replace(chosen, epochs=epochs)

    def run(self, split: str, entry: Entry, seed: int) -> pd.Series | None:
        """Return a run whose answers are stored, with the chosen setting."""
        runs, seed = self.runs[split], entry.seed_of(seed)
        own = runs[(runs["name"] == entry.name) & (runs["seed"] == seed)]
        path = answers.path_of(entry.name, seed, split, self.folder)
        chosen = self.chosen(entry)
        if own.empty or chosen is None or not path.is_file():
            return None
        run = own.iloc[0]
        ran = None if pd.isna(run["setting"]) else run["setting"]
        return run if ran == chosen.setting else None


def seeds_of(entry: Entry, split: str) -> tuple[int, ...]:
    """Return the seeds that an entry runs with on a split.

    By neighbourhood it is one, and none where the entry begins as a language
    model: those that come with the course have read the reviews of the random
    split, which others than that split's validation reviews choose here.
    """
    if split == "neighbours":
        return () if entry.uses_unlabelled else entry.seeds[:1]
    return entry.seeds


def missing(
    entries: Iterable[Entry],
    folder: Path = FOLDER,
    splits: Iterable[str] = ("random", "neighbours"),
) -> list[Job]:
    """Return the jobs that have no result on file.

    Args:
        entries: Whose jobs; ensembles have none.
        folder: Of the results.
        splits: That runs are wanted on.
    """
    there = OnFile(folder)
    splits = tuple(splits)
    return [
        job
        for entry in entries
        if entry.train is not None
        for job in (*_trials(entry, there), *_runs(entry, there, splits))
    ]


def _trials(entry: Entry, there: OnFile) -> Iterator[Job]:
    """Yield the trials that an entry lacks."""
    if not entry.has_trials:
        return
    known = there.right(entry)
    for setting in entry.settings:
        if setting not in known:
            yield Job(RATE, entry.name, entry.seeds[0], Chosen(setting))


def _runs(
    entry: Entry, there: OnFile, splits: tuple[str, ...]
) -> Iterator[Job]:
    """Yield the runs that an entry lacks."""
    chosen = there.chosen(entry)
    for split in splits:
        for seed in seeds_of(entry, split):
            if there.run(split, entry, seed) is None:
                own = there.fixed(entry, seed) if split == "all" else chosen
                yield Job(split, entry.name, seed, own)


def with_members(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries behind the members that each needs."""
    found: dict[str, Entry] = {}
    for entry in entries:
        for part in (*with_members(entry.members), entry):
            found.setdefault(part.name, part)
    return list(found.values())
