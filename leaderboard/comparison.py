"""Entries beside each other: gains review by review, and two validations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from leaderboard import answers
from leaderboard.entries import ABLATIONS, ENTRIES
from leaderboard.protocol import Entry
from leaderboard.results import (
    FOLDER,
    TEST_REVIEWS,
    read_runs,
    write_table,
)
from utils.classify.protocol import VALIDATION_REVIEWS
from utils.intervals import Interval, t_interval

REFIT = "5,000 more reviews to learn from"
"""What differs between an entry and itself, taught by all reviews."""


def right_answers(
    name: str, part: str, folder: Path = FOLDER, split: str = "random"
) -> dict[int, np.ndarray] | None:
    """Return which answers of an entry's runs on a split are right.

    Args:
        name: Of the entry.
        part: "validation" or "test".
        folder: Of the results.
        split: Of the runs.

    Returns:
        Seed -> bool, (reviews,); None where a run has no stored answers.
    """
    runs = read_runs(folder, split)
    seeds = runs.loc[runs["name"] == name, "seed"]
    found = {}
    for seed in seeds:
        if not answers.path_of(name, seed, split, folder).is_file():
            return None
        stored = getattr(answers.read(name, seed, split, folder), part)
        if not len(stored):
            return None
        found[int(seed)] = answers.right(stored, part, split)
    return found or None


def gain(
    above: dict[int, np.ndarray],
    below: dict[int, np.ndarray],
    *,
    same_seeds: bool,
) -> Interval:
    """Return by how many points one entry is better, with its 95% interval.

    Two things vary independently, the seeds and the reviews, so the widths
    of both are added as the sides of a right angle. Seeds: on the same
    reviews, by Welch, or by Student where each seed of one entry belongs to
    the same seed of the other, as an ensemble's to its member's. An entry
    with a single run has no part in it: right for one without chance, too
    narrow for others. Reviews: paired, by the differences of the means over
    seeds, review by review, less what the seeds alone make of them.

    Args:
        above: Seed -> which answers are right, of the entry above.
        below: The same of the entry that it is compared with.
        same_seeds: Whether the runs of one seed belong together.

    Source: Welch (1947), doi:10.1093/biomet/34.1-2.28.
    """
    runs = [np.array([*right.values()], float) for right in (above, below)]
    difference = runs[0].mean(axis=0) - runs[1].mean(axis=0)
    mean = float(difference.mean())
    if same_seeds and {*above} == {*below}:
        runs = [np.array([1.0 * above[seed] - below[seed] for seed in above])]
    by_seed = welch(*(run.mean(axis=1) for run in runs))
    of_seeds = sum(
        float(run.var(axis=0, ddof=1).mean()) / len(run)
        for run in runs
        if len(run) > 1
    )
    of_reviews = max(0.0, float(difference.var(ddof=1)) - of_seeds)
    by_review = 1.96 * np.sqrt(of_reviews / len(difference))
    half = float(np.hypot(by_review, by_seed))
    return Interval(*(100 * v for v in (mean, mean - half, mean + half)))


def welch(*samples: Sequence[float]) -> float:
    """Return half of Welch's 95% interval.

    A sample of one has no part in it; of a single sample it is Student's.
    """
    from scipy import stats

    terms = [
        (float(np.var(sample, ddof=1)) / len(sample), len(sample) - 1)
        for sample in samples
        if len(sample) > 1
    ]
    total = sum(variance for variance, _ in terms)
    if not total:
        return 0.0
    freedom = total**2 / sum(v**2 / degrees for v, degrees in terms)
    return float(stats.t.ppf(0.975, freedom) * np.sqrt(total))


def built_on(entry: Entry, other: Entry) -> bool:
    """Return whether an entry has another as a member."""
    return any(
        member.name == other.name or built_on(member, other)
        for member in entry.members
    )


def networks_of(entry: Entry) -> list[Entry]:
    """Return what is trained with chance: an entry, or some of its members."""
    if entry.members:
        return [one for part in entry.members for one in networks_of(part)]
    return [entry] if entry.recurrent else []


def write_ablations(folder: Path = FOLDER) -> pd.DataFrame:
    """Write what each step bought to ``ablations.csv``; return it.

    Returns:
        A row for each of `ABLATIONS`: ``entry``, the one ``without``, all
        that ``changed`` between the two, the ``seeds`` of the network that
        has fewest of them, and the points gained on validation and on test
        with their interval; these are empty where a run has no stored
        answers. Behind them a row for each entry that all reviews
        have taught, against itself, which chose nothing on validation.
    """
    refitted = read_runs(folder, "all")["name"]
    pairs = [(*step, "random") for step in ABLATIONS]
    pairs += [(n, n, REFIT, "all") for n in ENTRIES if n in {*refitted}]
    table = pd.DataFrame([_compared(*pair, folder) for pair in pairs])
    write_table(table, folder / "ablations.csv")
    return table


def _compared(
    above: str, below: str, changed: str, split: str, folder: Path
) -> dict[str, Any]:
    """Return a row of ``ablations.csv``; ``split`` is that of ``above``."""
    row = {"entry": above, "without": below, "changed": changed}
    networks = (*networks_of(ENTRIES[above]), *networks_of(ENTRIES[below]))
    row["seeds"] = min((len(one.seeds) for one in networks), default=1)
    same = built_on(ENTRIES[above], ENTRIES[below])
    for part in ("validation", "test"):
        runs = (
            right_answers(above, part, folder, split),
            right_answers(below, part, folder),
        )
        shown = ("", "", "")
        if None not in runs:
            points = gain(*runs, same_seeds=same)
            shown = tuple(f"{value:.3f}" for value in points)
        ends = (f"{part}_{end}" for end in ("gain", "low", "high"))
        row |= zip(ends, shown, strict=True)
    return row


def two_validations(
    entries: Iterable[Entry], folder: Path = FOLDER
) -> pd.DataFrame:
    """Return what either validation foretold, and what the test showed.

    Args:
        entries: Those that have run on both splits have a row.
        folder: Of the results.

    Returns:
        A row an entry, all of its first seed: ``name``, the accuracies
        ``random`` and ``random_test`` of the run on the random split, and
        ``neighbours`` and ``neighbours_test`` of that on the other.
    """
    shares = {}
    for split in ("random", "neighbours"):
        runs = read_runs(folder, split).set_index(["name", "seed"])
        runs = runs.dropna(subset=["validation_correct", "test_correct"])
        shares[split] = runs["validation_correct"] / VALIDATION_REVIEWS
        shares[f"{split}_test"] = runs["test_correct"] / TEST_REVIEWS
    rows = []
    for entry in entries:
        key = (entry.name, entry.seeds[0])
        if all(key in share.index for share in shares.values()):
            of_entry = {name: share[key] for name, share in shares.items()}
            rows.append({"name": entry.name} | of_entry)
    return pd.DataFrame(rows, columns=["name", *shares])


class Foretold(NamedTuple):
    """How well a validation foretells the test, over entries.

    Attributes:
        gap: Mean distance from the test accuracy in points, 95% interval.
        surplus: The same with its sign: validation less test.
        rank_correlation: Spearman's, of the two orders.
    """

    gap: Interval
    surplus: Interval
    rank_correlation: float


def foretold(table: pd.DataFrame) -> dict[str, Foretold]:
    """Return how well each of two validations foretells.

    The entries were judged by the same reviews, so the intervals say how
    much entries differ, not what other films would show.

    Args:
        table: From `two_validations`, two entries or more; leave out the
            one that answers always the same, which foretells nothing.
    """
    from scipy import stats

    found = {}
    for split in ("random", "neighbours"):
        said, test = table[split], table[f"{split}_test"]
        surplus = 100 * (said - test)
        found[split] = Foretold(
            t_interval(surplus.abs().to_list()),
            t_interval(surplus.to_list()),
            float(stats.spearmanr(said, test).statistic),
        )
    return found


def nearer(table: pd.DataFrame) -> Interval:
    """Return how much nearer to the test the neighbourhood's accuracy is.

    Args:
        table: As for `foretold`.

    Returns:
        The mean over entries of the random validation's distance from the
        test less the other's, in points, with its 95% interval.
    """
    gaps = [
        100 * (table[split] - table[f"{split}_test"]).abs()
        for split in ("random", "neighbours")
    ]
    return t_interval((gaps[0] - gaps[1]).to_list())


def write_validations(
    entries: Iterable[Entry], folder: Path = FOLDER
) -> pd.DataFrame:
    """Write `two_validations` to ``validations.csv``; return it."""
    table = two_validations(entries, folder)
    if len(table):
        write_table(table.round(4), folder / "validations.csv")
    return table


def foretold_as_text(table: pd.DataFrame) -> str:
    """Return three lines: how well each validation foretells the test.

    Args:
        table: From `two_validations`.
    """
    table = table[table["name"] != "majority class"]
    if len(table) < 3:
        return "two validations: too few entries have run on both splits"

    def shown(points: Interval) -> str:
        return f"{points.value:+.2f} [{points.low:+.2f}, {points.high:+.2f}]"

    lines = [f"{len(table)} entries, validation against test, in points:"]
    for split, found in foretold(table).items():
        lines.append(
            f"{split:<11}off by {shown(found.gap)}, validation less test "
            f"{shown(found.surplus)}, ranks {found.rank_correlation:.3f}"
        )
    lines.append(f"neighbours is nearer by {shown(nearer(table))}")
    return "\n".join(lines)
