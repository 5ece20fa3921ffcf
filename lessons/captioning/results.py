"""What the stored trainings of lesson 14 say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lessons.captioning.experiments import (
    BLIND,
    FORCED,
    MODELS,
    RATES,
    RUNS,
    SPELLING,
)
from utils.intervals import t_interval

SHOWN = {
    "left to right": "exact",
    "any order": "any order",
}
"""Order in which digits are named -> the share that counts."""


FORCINGS = {
    ("trained", "true", "trained"): "caption trained, true word",
    (
        "trained",
        "false",
        "trained",
    ): "caption trained, false word, together trained",
    (
        "trained",
        "false",
        "kept back",
    ): "caption trained, false word, together kept back",
    ("kept back", "true", "kept back"): "caption kept back, true word",
    ("kept back", "false", "trained"): (
        "caption kept back, false word, together trained"
    ),
}
"""Whose picture, which left word, what both make -> a row of ``forced``."""


def spelling(split: str) -> pd.Series:
    """Return what captions and ten outputs from one encoder get right.

    Args:
        split: "known hands" or "last rows".

    Returns:
        Means over the seeds, and their difference with its 95% interval,
        once over the seeds and once over the test pictures (of each, the
        mean over the seeds).
    """
    table = pd.read_csv(SPELLING, keep_default_na=False)
    right: dict[str, Any] = {}
    for name, rows in table[table.split == split].groupby("model"):
        marks = np.ones((len(rows), rows.pictures.iloc[0]))
        for mark, wrong in zip(marks, rows.wrong, strict=True):
            mark[[int(place) for place in wrong.split()]] = 0
        right[name] = marks
    found = {name: f"{marks.mean():.3f}" for name, marks in right.items()}
    apart = right["captions"] - right["ten outputs"]
    for axis, name in enumerate(("pictures", "seeds")):
        each = apart.mean(axis=axis)
        found[f"difference, over {name}"] = str(t_interval(each))
    return pd.Series(found)


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
        A row per kind of picture and word, a column per seed, and the mean.
    """
    table = _forced()
    table.columns = [f"seed {seed}" for seed in table.columns]
    return table.assign(mean=table.mean(axis=1)).round(3)


def forced_gaps() -> pd.Series:
    """Return what a left word costs that makes a caption kept back.

    Returns:
        The mean of the differences seed by seed with its 95% interval: on
        captions that were trained between two kinds of false words, on
        captions kept back between a false word and the true one.
    """
    pairs = (
        (
            "caption trained, false word, together trained",
            "caption trained, false word, together kept back",
        ),
        (
            "caption kept back, false word, together trained",
            "caption kept back, true word",
        ),
    )
    table = _forced()
    return pd.Series(
        {
            one: str(t_interval((table.loc[one] - table.loc[other]).to_list()))
            for one, other in pairs
        }
    ).rename(lambda name: name.split(",")[0])


def _forced() -> pd.DataFrame:
    """Return a row per kind of picture and word, a column per seed."""
    table = pd.read_csv(FORCED, dtype={"left word": str})
    keys = zip(table.picture, table["left word"], table.together, strict=True)
    table = table.assign(kind=[FORCINGS[key] for key in keys])
    table = table.pivot_table("right", "kind", "seed")
    return table.loc[[*FORCINGS.values()]].rename_axis(None)


def read() -> pd.DataFrame:
    """Return the trainings on several digits, a row per measured share."""
    return pd.read_csv(RUNS)


def two_digits(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the shares that are right about two digits, means over seeds.

    Returns:
        A column per model; rows for captions that were trained and kept
        back: whole, and the left and the right digit alone.
    """
    chosen = runs[runs.task == "two digits"]
    means = chosen.groupby(["model", "name"]).share.mean().unstack()
    order = [
        f"{part}, {kind}"
        for part in ("whole", "left", "right")
        for kind in ("trained", "kept back")
    ]
    table = means.loc[[*MODELS["two digits"]], order].T.round(3)
    return table.rename_axis(None).rename_axis(None, axis=1)


def lost(runs: pd.DataFrame) -> pd.Series:
    """Return how much lower the share of whole captions kept back is.

    Returns:
        For each model the mean of the differences seed by seed, with its
        95% interval.
    """
    chosen = runs[runs.task == "two digits"]
    table = chosen.pivot_table("share", ["model", "seed"], "name")
    each = table["whole, trained"] - table["whole, kept back"]
    found = {
        model: str(t_interval(each.loc[model].to_list()))
        for model in MODELS["two digits"]
    }
    return pd.Series(found)


def several_digits(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the shares that are right about one, two or three digits.

    Returns:
        A row per model, a column per way of naming the digits; the mean
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
        ("left to right", "a classifier per word", "decoder"),
        ("any order", "decoder", "a counter per digit"),
    )
    found = {}
    for order, one, other in pairs:
        table = chosen[chosen["name"] == SHOWN[order]].pivot_table(
            "share", "model", "seed"
        )
        each = table.loc[f"{one}, {order}"] - table.loc[f"{other}, {order}"]
        found[f"{order}: {one} - {other}"] = str(t_interval(each.to_list()))
    return pd.Series(found)
