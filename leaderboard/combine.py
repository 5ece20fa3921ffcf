"""The runs of ensembles, made of their members' stored answers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from leaderboard import answers
from leaderboard.ensemble import combined
from leaderboard.plan import OnFile, seeds_of
from leaderboard.protocol import Entry
from leaderboard.results import FOLDER, Run, add_run
from leaderboard.splits import SPLITS


def add_ensembles(entries: Iterable[Entry], folder: Path = FOLDER) -> int:
    """Make the runs of ensembles whose members are on file; return how many.

    Args:
        entries: Those that have members are made, members before those
            that they are members of.
        folder: Of the results.
    """
    count = 0
    for entry in entries:
        if not entry.members:
            continue
        there = OnFile(folder)
        for split in SPLITS:
            for seed in seeds_of(entry, split):
                count += _add_ensemble(entry, seed, split, there)
    return count


def _add_ensemble(entry: Entry, seed: int, split: str, there: OnFile) -> bool:
    """Make one run of an ensemble; return whether its members are there."""
    runs = [there.run(split, member, seed) for member in entry.members]
    if any(run is None for run in runs):
        return False
    made = combined(
        [
            answers.read(
                member.name, member.seed_of(seed), split, there.folder
            )
            for member in entry.members
        ]
    )
    run = Run(
        name=entry.name,
        seed=seed,
        validation_correct=answers.count(made.validation, "validation", split),
        test_correct=answers.count(made.test, "test", split),
        seconds=round(sum(made.costs.values()), 1),
        peak_memory_mb=max(int(run["peak_memory_mb"]) for run in runs),
        parameters=sum(int(run["parameters"]) for run in runs),
        versions=runs[0]["versions"],
        machine=runs[0]["machine"],
        commit=runs[0]["commit"],
    )
    add_run(run, there.folder, split, answers.packed(made))
    return True
