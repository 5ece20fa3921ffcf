"""How long what is missing will take, from what the like of it took.

Word vectors that several trainings share are counted with each of them;
language models are not counted, since they come with the course.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from leaderboard import answers
from leaderboard.entries import ENTRIES
from leaderboard.language_model import DIRECTIONS
from leaderboard.language_model_files import name_of
from leaderboard.plan import RATE, Job, OnFile, missing
from leaderboard.protocol import Entry
from leaderboard.results import FILES, FOLDER

SPARED = "found"
"""The first seed's run: the trial with the chosen setting has made it."""


def seconds_of(entry: Entry, there: OnFile) -> float | None:
    """Return about how long one training of an entry takes.

    It is the median of those on file, of trials if it needs some.

    Args:
        entry: Which one.
        there: The results on file.

    Returns:
        Seconds, None where it has never been trained.
    """
    for kind in FILES:
        if kind == RATE and not entry.has_trials:
            continue
        runs = there.runs[kind]
        own = runs[runs["name"] == entry.name]
        if len(own):
            median = float(own["seconds"].median())
            return median - _before(entry, kind, own.iloc[0], there)
    return None


def _before(entry: Entry, kind: str, run: pd.Series, there: OnFile) -> float:
    """Return the seconds of a run that its language models have taken."""
    if kind == RATE or not entry.uses_unlabelled:
        return 0.0
    said = answers.read(entry.name, int(run["seed"]), kind, there.folder)
    return sum(said.costs.get(name_of(way), 0.0) for way in DIRECTIONS)


def table(
    entries: Iterable[Entry], splits: Iterable[str], folder: Path = FOLDER
) -> list[tuple[Entry, Counter[str], float | None]]:
    """Return what is missing: entry, trainings by kind, seconds of one.

    Args:
        entries: Whose jobs.
        splits: That runs are wanted on.
        folder: Of the results.
    """
    entries, there = tuple(entries), OnFile(folder)
    counts: dict[str, Counter[str]] = {}
    for job in missing(entries, folder, splits):
        kind = SPARED if _is_spared(job) else job.kind
        counts.setdefault(job.name, Counter())[kind] += 1
    return [
        (entry, counts[entry.name], seconds_of(entry, there))
        for entry in entries
        if entry.name in counts
    ]


def _is_spared(job: Job) -> bool:
    """Return whether a run repeats a trial, whose answers are cached."""
    entry = ENTRIES[job.name]
    first = job.kind == "random" and job.seed == entry.seeds[0]
    return first and entry.has_trials


def as_text(
    entries: Iterable[Entry], splits: Iterable[str], folder: Path = FOLDER
) -> str:
    """Return a table of what is missing, with the seconds of each and all."""
    kinds = (RATE, "random", "neighbours", "all")
    head = "".join(f"{kind:>11}" for kind in (*kinds, "each, s", "all, s"))
    lines, total, unknown = [f"{'trainings':<40}{head}"], 0.0, 0
    for entry, counts, seconds in table(entries, splits, folder):
        number = sum(counts[kind] for kind in kinds)
        shown = "".join(f"{counts[kind]:>11}" for kind in kinds)
        if seconds is None:
            unknown += number
            lines.append(f"{entry.name:<40}{shown}{'?':>11}{'?':>11}")
            continue
        total += number * seconds
        times = f"{seconds:>11,.0f}{number * seconds:>11,.0f}"
        lines.append(f"{entry.name:<40}{shown}{times}")
    lines.append(
        f"at most about {total:,.0f} seconds, {total / 3600:.1f} hours, one "
        f"at a time; {unknown} trainings have no like on file"
    )
    return "\n".join(lines)
