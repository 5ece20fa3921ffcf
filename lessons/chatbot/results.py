"""What the stored trainings of lesson 20 say, as tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lessons.chatbot.choosing_study import FROM_BAG
from lessons.chatbot.choosing_tables import BOTH, TF_IDF
from lessons.chatbot.controls import (
    BAG_3,
    BOT,
    BOT_BOTH,
    BOT_SHUFFLED,
    LINEAR,
    LINEAR_BOT,
    LINEAR_BOTH,
    LINEAR_KNOWN,
    TF_IDF_KNOWN,
)
from utils.intervals import Interval

HERE = Path(__file__).parent

GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    f"… minus {TF_IDF}": (
        (BOTH, TF_IDF),
        (LINEAR, TF_IDF),
        (FROM_BAG, TF_IDF),
        ("bag", TF_IDF),
        ("GRU", TF_IDF),
    ),
    f"{LINEAR} minus …": ((LINEAR, BOT), (LINEAR, BAG_3)),
    "network minus network": (
        (FROM_BAG, "bag"),
        (BOT, BAG_3),
        ("bag", BAG_3),
    ),
    "what TF-IDF adds, and its rare words": (
        (BOTH, FROM_BAG),
        (LINEAR_BOTH, LINEAR),
        (LINEAR_BOTH, LINEAR_KNOWN),
        (TF_IDF, TF_IDF_KNOWN),
    ),
    "linear, the bot's GRU, and TF-IDF": (
        (LINEAR_BOTH, BOT_BOTH),
        (LINEAR_BOT, LINEAR_BOTH),
    ),
    "what is lost with less to read": (
        ("GRU", "GRU, last word of the message"),
        ("GRU", "GRU, words shuffled"),
        (BOT, BOT_SHUFFLED),
    ),
}
"""What is asked -> the differences of two models that answer it."""


def read(name: str) -> pd.DataFrame:
    """Return a stored table, such as ``"choosing"``."""
    return pd.read_csv(HERE / f"{name}.csv")


def means(name: str, by: str) -> pd.DataFrame:
    """Return the mean over the seeds of a stored table.

    Args:
        name: Of the table.
        by: The column with what is compared.
    """
    found = read(name).drop(columns="seed")
    return found.groupby(by, sort=False).mean().rename_axis(None).round(3)


def picks() -> pd.DataFrame:
    """Return the share that each model picks, with its interval."""
    new = read("linear_values")
    new = new[~new["model"].str.startswith(BOT)]
    new = new[~new["model"].isin(read("choosing_values")["model"])]
    return pd.concat([read("choosing_values"), new], ignore_index=True)


def gaps() -> pd.DataFrame:
    """Return the differences of the shares picked, by `GROUPS`."""
    found = pd.concat(
        [read("choosing_differences"), read("linear_differences")]
    )
    found = found[found["of"] == "picked"].drop(columns="of")
    asked = pd.DataFrame(
        [(group, *pair) for group, pairs in GROUPS.items() for pair in pairs],
        columns=["group", "first", "second"],
    )
    return asked.merge(found, validate="1:1")


def differences(name: str) -> pd.DataFrame:
    """Return the stored differences of a table, with their intervals."""
    found = read(f"{name}_differences")
    shown = [
        str(Interval(*row))
        for row in found[["difference", "low", "high"]].to_numpy()
    ]
    found["difference [95%]"] = shown
    return found.drop(columns=["difference", "low", "high"])
