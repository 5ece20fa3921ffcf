"""What the stored trainings of lesson 14 say."""

from __future__ import annotations

import pandas as pd

from lessons.captioning.experiments import BLIND, MODELS, RUNS
from utils.intervals import t_interval

SHOWN = {
    "left to right": "exact",
    "any order": "any order",
}
"""Order in which digits are named -> the share that counts."""


def blind() -> pd.DataFrame:
    """Return what decoders write that were trained without pictures.

    Returns:
        A row per seed: the first letter with its probability, the caption
        written with its own, and the most probable of the ten words.
    """
    return pd.read_csv(BLIND, index_col="seed")


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
        kind, order = model.split(", ")
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
