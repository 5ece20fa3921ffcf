"""What the stored trainings of lesson 15 say, as tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lessons.person_names.experiments import (
    ABLATED,
    HERE,
    SINGLE,
    TAGGERS,
    chosen,
)
from utils import intervals
from utils.intervals import Interval

RESAMPLES = 4000

FEWEST = 10
"""Names that a neighbour stands beside, for its mean to be shown."""


def choices() -> pd.DataFrame:
    """Return what was chosen on the validation part, a row per tagger.

    Returns:
        The learning rate, the number of epochs, and the mean F1 after each
        epoch at that rate.
    """
    found = pd.read_csv(HERE / "choices.csv")
    means = found.groupby(["tagger", "rate", "epoch"]).f1.mean()
    rows = {}
    for name, (rate, epochs) in chosen(found).items():
        curve = means[name, rate].round(3)
        curve.index = [f"epoch {epoch}" for epoch in curve.index]
        rows[name] = {"rate": rate, "epochs": epochs, **curve}
    return pd.DataFrame(rows).T.loc[[*TAGGERS]].astype({"epochs": int})


def scores() -> pd.DataFrame:
    """Return the mean scores over the seeds, a row per tagger."""
    found = pd.read_csv(HERE / "scores.csv")
    columns = {
        "precision": "precision",
        "recall": "recall",
        "f1": "F1",
        "average_precision": "average precision",
        "whole_f1": "F1, whole names",
    }
    means = found.groupby("tagger", sort=False)[[*columns]].mean()
    return means.rename(columns=columns).rename_axis(None).round(3)


def differences(
    columns: Sequence[str] = ("words", "whole names", "average precision"),
) -> pd.DataFrame:
    """Return the differences in pairs, with their 95% intervals.

    Args:
        columns: What is compared: F1 of words, of whole names, or of words
            with each training's threshold chosen on the validation part
            (``"words, threshold chosen"``), or the average precision.
    """
    found = pd.read_csv(HERE / "differences.csv")
    found["pair"] = found["first"] + " − " + found["second"]
    found["text"] = [
        str(Interval(*each))
        for each in found[["difference", "low", "high"]].to_numpy()
    ]
    table = found.pivot(index="pair", columns="of", values="text")
    return table.loc[[*dict.fromkeys(found.pair)], [*columns]]


def recall_by_group() -> pd.DataFrame:
    """Return the mean recall in each group of words, and of which seeds.

    Returns:
        A row for each group and place, a column for each tagger: the mean
        over the seeds, and in brackets the lowest and the highest.
    """
    found = pd.read_csv(HERE / "scores.csv").set_index("tagger")
    columns = [name for name in found if ", " in name]
    table = {
        tagger: {
            tuple(name.split(", ")): f"{each.mean():.2f} "
            f"({each.min():.2f} to {each.max():.2f})"
            for name, each in found.loc[tagger, columns].items()
        }
        for tagger in ABLATED
    }
    return pd.DataFrame(table)


def falls() -> pd.DataFrame:
    """Return how far P(name) falls when a neighbour becomes unknown.

    Returns:
        A row for each kind of neighbour, a column for each tagger and
        place; means over the seeds, nothing if it stands there less than
        `FEWEST` times.
    """
    found = pd.read_csv(HERE / "neighbours.csv")
    found = found[found.places >= FEWEST]
    table = found.pivot_table(
        index="neighbour", columns=["tagger", "offset"], values="fall"
    )
    table = table.loc[["a name", *SINGLE, "another word"], [*ABLATED]]
    table = table.round(2) + 0.0  # No "-0.00".
    return table.map("{:.2f}".format).where(table.notna(), "")


def ratio_interval(
    part: np.ndarray, whole: np.ndarray, weights: np.ndarray
) -> Interval:
    """Return a weighted share of counts with its 95% interval.

    Sentences are drawn again with replacement, those of one weight among
    themselves, so the words of a sentence stay together.

    Args:
        part: What is counted in each sentence, (sentences,).
        whole: What it is a part of.
        weights: What each sentence counts.
    """
    generator = np.random.default_rng(15)
    strata = [np.flatnonzero(weights == w) for w in np.unique(weights)]

    def share(at: np.ndarray) -> float:
        chosen_weights = weights[at]
        return float(
            (chosen_weights * part[at]).sum()
            / (chosen_weights * whole[at]).sum()
        )

    drawn = [
        share(np.concatenate([generator.choice(s, len(s)) for s in strata]))
        for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return intervals.Interval(
        share(np.arange(len(part))), float(low), float(high)
    )
