"""The stored results that lesson 18 reads: the ladder, and the controls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.beyond import gains
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
from lessons.beyond.gains import FOLDER, TEST_REVIEWS, Refit, in_points
from utils.classify.protocol import VALIDATION_REVIEWS, correct
from utils.intervals import Interval, seeds_and_samples, wilson_interval


class Entry(NamedTuple):
    """One line of the leaderboard.

    Attributes:
        name: Of the entry.
        validation: Accuracy on the reviews that choose, with its 95%
            interval over seeds and reviews.
        test: The same on the official test reviews.
        seconds: Of one run, while other runs shared the two cores.
        recurrent: Whether a recurrent layer takes part.
        refit: With all reviews, None where that was not done.
    """

    name: str
    validation: Interval
    test: Interval
    seconds: float
    recurrent: bool
    refit: Refit | None = None


def figures(entry: Entry) -> str:
    """Return an entry's accuracies, in a second line those of its refit."""
    shown = f"validation {entry.validation}  test {entry.test}"
    if entry.refit is None:
        return shown
    gained = in_points(entry.refit.gain)
    return (
        f"{shown}\nall 25,000 reviews teach: test {entry.refit.test}, "
        f"points gained {gained}"
    )


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> Interval:
    """Return the share of right answers with its 95% interval.

    Args:
        probabilities: That each review is positive, (reviews,).
        labels: 1 is positive, as many.
    """
    return wilson_interval(correct(probabilities, labels), len(labels))


def entries(folder: Path = FOLDER) -> list[Entry]:
    """Return the entries that have been run, best first on validation."""
    table = pd.read_csv(folder / "leaderboard.csv")
    runs = pd.read_csv(folder / "runs.csv")
    again = gains.refits(folder)
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
                again.get(row.name),
            )
        )
    return sorted(found, key=lambda entry: -entry.validation.value)


def validations(folder: Path = FOLDER) -> pd.DataFrame:
    """Return what two validations promised and what the test showed.

    Returns:
        A row an entry that has run on both splits, best first: its ``name``,
        and by how many points the accuracy on validation was above that on
        the test, where the validation reviews were drawn at ``random`` and
        where they were ``neighbours`` in the archive; ``random_margin`` and
        ``neighbours_margin`` are half of the 95% intervals over reviews.
    """
    table = pd.read_csv(folder / "validations.csv")
    table = table[table.name != "majority class"].sort_values(
        "random_test", ascending=False, ignore_index=True
    )
    columns = {"name": table["name"]}
    for split in ("random", "neighbours"):
        said, test = table[split], table[f"{split}_test"]
        variance = said * (1 - said) / VALIDATION_REVIEWS
        variance += test * (1 - test) / TEST_REVIEWS
        columns[split] = 100 * (said - test)
        columns[f"{split}_margin"] = 196 * np.sqrt(variance)
    return pd.DataFrame(columns)


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
    review; with several seeds, their spread is added, as the side of a
    right angle.

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
    "Entry",
    "bags",
    "came_true",
    "entries",
    "figures",
    "in_points",
    "order_table",
    "order_worth",
    "orders",
    "paired",
    "validations",
]
