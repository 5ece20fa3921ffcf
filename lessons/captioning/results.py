"""What the stored trainings of lesson 14 say."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

from lessons.captioning import digits
from lessons.captioning.experiments import (
    BLIND,
    FORCED,
    MODELS,
    RATES,
    RUNS,
    SPELLING,
    SPLITS,
)
from utils.intervals import Interval, t_interval

SHOWN = {
    "left to right": "exact",
    "any order": "any order",
    "sorted": "any order",
}
"""Order of the words in training -> the share that counts."""


FORCINGS = {
    ("trained", "true", "trained"): "caption trained: left word true",
    (
        "trained",
        "false",
        "trained",
    ): "caption trained: left word false, trained with the right digit",
    (
        "trained",
        "false",
        "kept back",
    ): "caption trained: left word false, kept back with the right digit",
    ("kept back", "true", "kept back"): "caption kept back: left word true",
    ("kept back", "false", "trained"): (
        "caption kept back: left word false, trained with the right digit"
    ),
}
"""Whose picture, which left word, what both make -> a row of ``forced``."""


def spelling(split: str) -> pd.Series:
    """Return which share of a split's pictures each model gets right.

    Args:
        split: "known hands" or "last rows".

    Returns:
        Means over the seeds for captions and ten outputs from one encoder,
        and the share of the nearest neighbour, which has no seed; then
        differences with their 95% intervals.
    """
    right = _right(split)
    found = {name: f"{marks.mean():.3f}" for name, marks in right.items()}
    for name, gap in stored_gaps(split).items():
        found[f"captions - ten outputs, {name}"] = str(gap)
    for name in ("captions", "ten outputs"):
        each = right["nearest neighbour"][0] - right[name].mean(axis=0)
        found[f"neighbour - {name}, over pictures"] = str(t_interval(each))
    return pd.Series(found)


def stored_gaps(split: str = "known hands") -> dict[str, Interval]:
    """Return captions less ten outputs, with 95% intervals of two kinds.

    Args:
        split: "known hands" or "last rows".

    Returns:
        The mean difference over the ten stored seeds, and over the test
        pictures (of each, the mean over the seeds).
    """
    right = _right(split)
    apart = right["captions"] - right["ten outputs"]
    return {
        "over ten stored seeds": t_interval(apart.mean(axis=1)),
        "over pictures": t_interval(apart.mean(axis=0)),
    }


def points_lost() -> pd.Series:
    """Return how many percentage points each model of ``spelling`` loses.

    Returns:
        The share right with known hands less that on the last rows, in
        percentage points.
    """
    known, last = _right("known hands"), _right("last rows")
    return pd.Series(
        {
            name: f"{100 * (known[name].mean() - last[name].mean()):.1f}"
            for name in known
        }
    )


@functools.cache
def _right(split: str) -> dict[str, np.ndarray]:
    """Return a row per seed, a column per picture: 1 for right, else 0."""
    from sklearn.neighbors import KNeighborsClassifier

    table = pd.read_csv(SPELLING, keep_default_na=False)
    right: dict[str, np.ndarray] = {}
    for name, rows in table[table.split == split].groupby("model"):
        marks = np.ones((len(rows), rows.pictures.iloc[0]))
        for mark, wrong in zip(marks, rows.wrong, strict=True):
            mark[[int(place) for place in wrong.split()]] = 0
        right[name] = marks
    train, _, test = digits.load(shuffle=SPLITS[split])
    model = KNeighborsClassifier(1)
    model.fit(train.images.reshape(-1, 64), digits.decode(train.captions))
    said = model.predict(test.images.reshape(-1, 64))
    same = said == digits.decode(test.captions)
    right["nearest neighbour"] = same[None].astype(float)
    return right


def over_pictures(
    right: np.ndarray, pictures: np.ndarray, *, seed: int = 0
) -> Interval:
    """Return the share of pairs that are right, as sure as the pictures are.

    A picture stands in several pairs, so these are no independent samples:
    the pictures are drawn anew with replacement, 2,000 times, and a pair
    counts as often as both of its pictures were drawn together.

    Args:
        right: (n,) whether each pair was captioned rightly.
        pictures: (n, 2) which two pictures it is made of.
        seed: Seed of the draw.

    Returns:
        The share, and the middle 95% of what the draws give.

    Source: the pigeonhole bootstrap, Owen (2007), doi:10.1214/07-AOAS122.
    """
    right = np.asarray(right, float)
    kinds, places = np.unique(pictures, return_inverse=True)
    left, second = places.reshape(-1, 2).T
    even = np.full(len(kinds), 1 / len(kinds))
    rng = np.random.default_rng(seed)
    times = rng.multinomial(len(kinds), even, 2000)
    counts = times[:, left] * times[:, second]
    shares = counts @ right / counts.sum(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return Interval(float(right.mean()), float(low), float(high))


def rates() -> pd.DataFrame:
    """Return what learning rates reach on the validation part.

    Returns:
        A row per learning rate, a column per model; means over the seeds.
    """
    table = pd.read_csv(RATES)
    means = table.pivot_table("share", "rate", "model").round(3)
    return means.rename_axis(None, axis=1)


def blind() -> pd.DataFrame:
    """Return what decoders write that were trained without pictures.

    Returns:
        A row per seed: the most probable first letter, the captions that
        greedy decoding and a beam of three find, and the most probable of
        the ten words, each with its probability.
    """
    table = pd.read_csv(BLIND, index_col="seed")
    columns = {
        "first letter": ("first", "first_chance"),
        "greedy decoding": ("written", "chance"),
        "beam of three": ("beam", "beam_chance"),
        "best of the ten": ("best", "best_chance"),
    }
    shown = {
        title: table[name] + table[chance].map(" {:.3f}".format)
        for title, (name, chance) in columns.items()
    }
    return pd.DataFrame(shown)


def forced() -> pd.DataFrame:
    """Return how often the right digit is right after a given left word.

    Returns:
        A row per kind of picture and word, a column per seed.
    """
    table = pd.read_csv(FORCED, dtype={"left word": str})
    keys = zip(table.picture, table["left word"], table.together, strict=True)
    table = table.assign(kind=[FORCINGS[key] for key in keys])
    table = table.pivot_table("right", "kind", "seed")
    return table.loc[[*FORCINGS.values()]].rename_axis(None)


def forced_gaps() -> pd.Series:
    """Return what a left word costs that makes a caption kept back.

    Returns:
        The mean of the differences seed by seed with its 95% interval: on
        captions that were trained between two kinds of false words, on
        captions kept back between a false word and the true one.
    """
    pairs = (
        (
            "caption trained: left word false, trained with the right digit",
            "caption trained: left word false, kept back with the right digit",
        ),
        (
            "caption kept back: left word false, trained with the right digit",
            "caption kept back: left word true",
        ),
    )
    table = forced()
    return pd.Series(
        {
            one: str(t_interval((table.loc[one] - table.loc[other]).to_list()))
            for one, other in pairs
        }
    ).rename(lambda name: name.split(":")[0])


def read() -> pd.DataFrame:
    """Return the trainings on several digits, a row per measured share."""
    return pd.read_csv(RUNS)


def two_digits(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the captions right about two digits, and what some lose.

    Returns:
        A row per model; the shares of captions that are right, trained and
        kept back (means over the seeds), and how much lower the second is,
        for the whole caption and for each digit: the mean of the
        differences seed by seed, with its 95% interval.
    """
    chosen = runs[runs.task == "two digits"]
    shares = chosen.pivot_table("share", ["model", "seed"], "name")
    found = {}
    for model in MODELS["two digits"]:
        own = shares.loc[model]
        row = {
            kind: f"{own[f'whole, {kind}'].mean():.3f}"
            for kind in ("trained", "kept back")
        }
        for part in ("whole", "left", "right"):
            each = own[f"{part}, trained"] - own[f"{part}, kept back"]
            row[f"lost, {part}"] = str(t_interval(each.to_list()))
        found[model] = row
    return pd.DataFrame(found).T


def several_digits(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the shares that are right about one, two or three digits.

    Returns:
        A row per model, a column per order of the words; the mean
        over the seeds with its 95% interval, "-" for what was not trained.
    """
    chosen = runs[runs.task == "several digits"]
    found: dict[str, dict[str, str]] = {}
    for model in MODELS["several digits"]:
        kind, order = model.rsplit(", ", 1)
        is_meant = (chosen.model == model) & (chosen["name"] == SHOWN[order])
        shares = chosen[is_meant].share.to_list()
        found.setdefault(kind, {})[order] = str(t_interval(shares))
    return pd.DataFrame(found).T[[*SHOWN]].fillna("-")


def by_size(runs: pd.DataFrame) -> pd.DataFrame:
    """Return how often the right digits are named, by how many there are.

    Returns:
        A row per model, a column per number of digits; means over the
        seeds. The order of the words does not count.
    """
    chosen = runs[runs.task == "several digits"]
    means = chosen.groupby(["model", "name"]).share.mean().unstack()
    shown = {f"any order, {n}": str(n) for n in (1, 2, 3)}
    table = means.loc[[*MODELS["several digits"]], [*shown]]
    table = table.rename(columns=shown).round(3)
    return table.rename_axis(None).rename_axis(None, axis=1)


def gaps(runs: pd.DataFrame) -> pd.Series:
    """Return what separates models of one, two or three digits.

    Returns:
        The mean of the differences seed by seed, with its 95% interval, of
        the share that counts in each order.
    """
    chosen = runs[runs.task == "several digits"]
    pairs = (
        ("a classifier per word", "decoder", "left to right"),
        ("decoder", "a classifier per word", "any order"),
        ("decoder", "a counter per digit", "any order"),
        ("a classifier per word", "decoder", "sorted"),
    )
    shares = chosen.pivot_table("share", ["model", "seed"], "name")
    found = {}
    for one, other, order in pairs:
        score = shares[SHOWN[order]]
        each = score.loc[f"{one}, {order}"] - score.loc[f"{other}, {order}"]
        found[f"{order}: {one} - {other}"] = str(t_interval(each.to_list()))
    return pd.Series(found)
