"""The stored results that lesson 18 reads: the ladder, and the controls."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lessons.beyond.experiments import (
    BAGS,
    CHOOSE,
    IN_ORDER,
    ORDERS,
    PAIRS,
    READER,
    SHUFFLED,
    unpacked,
)
from utils.classify.protocol import VALIDATION_REVIEWS, correct
from utils.intervals import Interval, seeds_and_samples, wilson_interval

FOLDER = Path(__file__).resolve().parents[2] / "leaderboard" / "results"
"""Written by ``python -m leaderboard``."""

TEST_REVIEWS = 25_000


class Entry(NamedTuple):
    """One line of the leaderboard.

    Attributes:
        name: Of the entry.
        validation: Accuracy on the reviews that choose, with its 95%
            interval over seeds and reviews.
        test: The same on the official test reviews.
        seconds: Of one run, while other runs shared the two cores.
        recurrent: Whether a recurrent layer takes part.
        few_words: Whether it knows 500 words, no more.
    """

    name: str
    validation: Interval
    test: Interval
    seconds: float
    recurrent: bool
    few_words: bool


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> Interval:
    """Return the share of right answers with its 95% interval.

    Args:
        probabilities: That each review is positive, (reviews,).
        labels: 1 is positive, as many.
    """
    return wilson_interval(correct(probabilities, labels), len(labels))


class Ablation(NamedTuple):
    """What a rung of the ladder bought.

    Attributes:
        name: Of the entry on the rung.
        before: Of the entry that it is compared with.
        changed: All that is different between the two.
        validation: Accuracy gained, in percentage points, with its 95%
            interval; None where one of the two has never been run.
        test: The same on the official test reviews.
        seeds: Runs of the entry; with one its interval lacks the seeds.
    """

    name: str
    before: str
    changed: str
    validation: Interval | None
    test: Interval | None
    seeds: int


def entries(folder: Path = FOLDER) -> list[Entry]:
    """Return the entries that have been run, best first on validation."""
    table = pd.read_csv(folder / "leaderboard.csv")
    runs = pd.read_csv(folder / "runs.csv")
    found = []
    for row in table.rename_axis(None).itertuples(index=False, name="Row"):
        own = runs[runs.name == row.name]
        if own.test_correct.isna().any():
            continue
        right = own.validation_correct.to_list()
        found.append(
            Entry(
                row.name,
                seeds_and_samples(right, VALIDATION_REVIEWS),
                Interval(
                    row.test_accuracy,
                    row.test_accuracy_low,
                    row.test_accuracy_high,
                ),
                row.seconds,
                row.recurrent,
                "500 words" in row.name or "the notes" in row.name,
            )
        )
    return sorted(found, key=lambda entry: -entry.validation.value)


def ablations(folder: Path = FOLDER) -> list[Ablation]:
    """Return what each rung of the ladder bought, in its order.

    Where the answers of both entries are stored, the gains and their
    intervals are those of ``ablations.csv``, review by review; else `gain`.
    """
    table = pd.read_csv(folder / "ablations.csv")
    runs = dict([*pd.read_csv(folder / "runs.csv").groupby("name")])
    found = []
    for row in table.itertuples(index=False):
        gains: list[Interval | None] = [None, None]
        there = {row.entry, row.without} <= {*runs}
        if there:
            above, below = runs[row.entry], runs[row.without]
            gains = [
                gain(above[part].to_list(), below[part].to_list(), total)
                for part, total in (
                    ("validation_correct", VALIDATION_REVIEWS),
                    ("test_correct", TEST_REVIEWS),
                )
            ]
        for place, part in enumerate(("validation", "test")):
            gains[place] = _stored_gain(row, part) or gains[place]
        seeds = len(runs[row.entry]) if there else 0
        names = (row.entry, row.without, row.changed)
        found.append(Ablation(*names, gains[0], gains[1], seeds))
    return found


def _stored_gain(row: Any, part: str) -> Interval | None:
    """Return a gain that ``ablations.csv`` has, None where it lacks it."""
    ends = (f"{part}_{end}" for end in ("gain", "low", "high"))
    values = [getattr(row, end, np.nan) for end in ends]
    return None if np.isnan(values).any() else Interval(*values)


def gain(above: Sequence[int], below: Sequence[int], total: int) -> Interval:
    """Return by how many points one entry is better, with its interval.

    Two things vary independently. Another seed would give other networks:
    their part is Welch's t interval, unpaired, since seed 1 of one network
    has nothing in common with seed 1 of another. Other reviews would give
    other shares: their part is the binomial one of both entries. The answers
    of the runs were not kept, so the reviews cannot be paired, and this part
    is too wide rather than too narrow. The two widths are added as the sides
    of a right angle.

    Args:
        above: Reviews that each run of the better one was right on.
        below: The same of the other.
        total: Reviews there were.
    """
    shares = [np.asarray(right, float) / total for right in (above, below)]
    means = [float(share.mean()) for share in shares]
    reviews = 1.96 * np.sqrt(sum(m * (1 - m) / total for m in means))
    half = float(np.hypot(reviews, _welch(*shares)))
    value = means[0] - means[1]
    return Interval(*(100 * v for v in (value, value - half, value + half)))


def _welch(one: np.ndarray, other: np.ndarray) -> float:
    """Return half the width of Welch's 95% interval; 0 with a single run."""
    from scipy import stats

    sizes = len(one), len(other)
    if min(sizes) < 2:
        return 0.0
    a, b = (np.var(x, ddof=1) / len(x) for x in (one, other))
    if a + b == 0:
        return 0.0
    freedom = (a + b) ** 2 / (a**2 / (sizes[0] - 1) + b**2 / (sizes[1] - 1))
    return float(stats.t.ppf(0.975, freedom) * np.sqrt(a + b))


def film_gaps(entries: Sequence[Entry]) -> str:
    """Say how much better entries are on validation than on test."""
    lines = []
    for few, name in ((True, "500 words"), (False, "more words")):
        gaps = [
            100 * (entry.validation.value - entry.test.value)
            for entry in entries
            if entry.few_words == few and entry.name != "majority class"
        ]
        lines.append(
            f"{len(gaps):>2} entries, {name}: "
            f"{min(gaps):+.1f} to {max(gaps):+.1f} points"
        )
    return "\n".join(lines)


def in_points(gain: Interval | None) -> str:
    """Show a gain with its interval, ``+0.5 [-0.1, +1.1]``."""
    if gain is None:
        return "not run"
    return f"{gain.value:+.1f} [{gain.low:+.1f}, {gain.high:+.1f}]"


def ablations_as_text(steps: Sequence[Ablation]) -> str:
    """Return two lines per rung: all that changed, and what it bought."""
    lines = [f"{'':<4}{'on validation':<20}{'on test':<20}runs"]
    for step in steps:
        gains = (in_points(step.validation), in_points(step.test))
        lines.append(f"{step.name}, against {step.before}: {step.changed}")
        lines.append(f"{'':<4}{gains[0]:<20}{gains[1]:<20}{step.seeds}")
    return "\n".join(
        textwrap.fill(line, 79, subsequent_indent="    ")
        if line[0] != " "
        else line
        for line in lines
    )


def came_true(
    p: np.ndarray, labels: np.ndarray, low: float, high: float
) -> str:
    """Say how many of the reviews given ``low`` to ``high`` are positive."""
    inside = (p > low) & (p < high)
    share = wilson_interval(int(labels[inside].sum()), int(inside.sum()))
    return f"of {inside.sum()} given {low} to {high}, positive {share}"


def orders(path: Path = ORDERS) -> pd.DataFrame:
    """Return the trainings on reviews in order and on shuffled ones.

    Returns:
        A row for each model, seed, ``learned`` and ``read``; ``right`` is
        which of the validation reviews were answered rightly, (5000,).
    """
    table = pd.read_csv(path)
    table["right"] = [unpacked(t, VALIDATION_REVIEWS) for t in table["right"]]
    return table


def order_table(path: Path = ORDERS) -> pd.DataFrame:
    """Return accuracies by how each model learned and how it read.

    Returns:
        A row per model and seed, and the columns "in order" (learned and
        read so), "shuffled to read" (learned in order) and "shuffled".
    """
    table = orders(path)
    table["share"] = [round(right.mean(), 3) for right in table["right"]]
    keys = ["learned", "read"]
    found = table.pivot_table(
        index=["model", "seed"], columns=keys, values="share"
    )
    return pd.DataFrame(
        {
            "in order": found[IN_ORDER, IN_ORDER],
            "shuffled to read": found[IN_ORDER, SHUFFLED],
            "shuffled": found[SHUFFLED, SHUFFLED],
        }
    ).reset_index()


def order_worth(model: str, path: Path = ORDERS) -> dict[str, Interval]:
    """Return the points that a model loses to shuffling, paired.

    The same reviews are answered twice, so the difference is taken review by
    review; with several seeds, their spread is added as in `gain`.

    Args:
        model: `READER` or `PAIRS`.
        path: Of the stored answers.

    Returns:
        "to read": in-order model on reviews in order, less the same model
        on shuffled ones; "to learn and read": less the model that learned
        from shuffled ones.
    """
    table = orders(path)
    own = table[table.model == model].set_index(["learned", "read", "seed"])
    seeds = sorted({key[2] for key in own.index})
    pairs = {
        "to read": (IN_ORDER, SHUFFLED),
        "to learn and read": (SHUFFLED, SHUFFLED),
    }
    return {
        name: paired(
            [
                own.loc[(IN_ORDER, IN_ORDER, s), "right"].astype(int)
                - own.loc[(*other, s), "right"].astype(int)
                for s in seeds
            ]
        )
        for name, other in pairs.items()
    }


def paired(differences: Sequence[np.ndarray]) -> Interval:
    """Return the mean difference in points, over reviews and seeds.

    Args:
        differences: Right less right of two models, -1, 0 or 1 for each
            review, one array a seed.
    """
    from scipy import stats

    d = np.array(differences, float)
    by_review = 1.96 * d.mean(axis=0).std(ddof=1) / np.sqrt(d.shape[1])
    by_seed = 0.0
    if len(d) > 1:
        quantile = stats.t.ppf(0.975, len(d) - 1)
        by_seed = quantile * d.mean(axis=1).std(ddof=1) / np.sqrt(len(d))
    half, mean = float(np.hypot(by_review, by_seed)), float(d.mean())
    return Interval(*(100 * v for v in (mean, mean - half, mean + half)))


def bags(path: Path = BAGS) -> pd.DataFrame:
    """Return the bags of words: the strength chosen, and how good it is.

    Returns:
        A row for each longest run, ``words`` and ``tokens``: the
        ``strength`` that is best on the half of the validation reviews that
        chooses, and the share right of ``all`` of them and of the half that
        only ``judges``.
    """
    table = pd.read_csv(path, dtype={"words": str, "tokens": str})
    rows = table.loc[
        table.groupby(["longest", "words", "tokens"], sort=False)[
            "chose"
        ].idxmax()
    ]
    judges = VALIDATION_REVIEWS - CHOOSE
    return (
        rows.assign(
            all=((rows.chose + rows.judged) / VALIDATION_REVIEWS).round(3),
            judges=(rows.judged / judges).round(3),
        )
        .drop(columns=["chose", "judged"])
        .reset_index(drop=True)
    )


__all__ = [
    "PAIRS",
    "READER",
    "Ablation",
    "Entry",
    "ablations",
    "ablations_as_text",
    "bags",
    "came_true",
    "entries",
    "film_gaps",
    "gain",
    "in_points",
    "order_table",
    "order_worth",
    "orders",
    "paired",
]
