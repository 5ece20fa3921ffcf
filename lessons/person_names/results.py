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


def choices() -> pd.DataFrame:
    """Return what was chosen on the validation part, a row per tagger.

    Returns:
        The learning rate, the number of epochs, and the mean F1 after each
        of the first four epochs at that rate.
    """
    found = pd.read_csv(HERE / "choices.csv")
    means = found.groupby(["tagger", "rate", "epoch"]).f1.mean()
    rows = {}
    for name, (rate, epochs) in chosen(found).items():
        curve = means[name, rate].round(3).head(4)
        curve.index = [f"epoch {epoch}" for epoch in curve.index]
        rows[name] = {"rate": rate, "epochs": epochs, **curve}
    return pd.DataFrame(rows).T.loc[[*TAGGERS]].astype({"epochs": int})


def scores() -> pd.DataFrame:
    """Return the mean scores over the seeds, a row per tagger."""
    found = pd.read_csv(HERE / "scores.csv")
    columns = {
        "accuracy": "accuracy",
        "precision": "precision",
        "recall": "recall",
        "f1": "F1",
        "average_precision": "average precision",
        "whole_f1": "F1, whole names",
    }
    means = found.groupby("tagger", sort=False)[[*columns]].mean()
    return means.rename(columns=columns).rename_axis(None).round(3)


def thresholds() -> pd.DataFrame:
    """Return what a threshold chosen on validation does, a row per tagger.

    Returns:
        The mean over the seeds of the threshold, and of F1 at one half and
        there.
    """
    found = pd.read_csv(HERE / "scores.csv")
    columns = {"threshold": "threshold", "f1": "F1 at 0.5"}
    columns["tuned_f1"] = "F1 at the threshold"
    means = found.groupby("tagger", sort=False)[[*columns]].mean()
    return means.rename(columns=columns).rename_axis(None).round(3)


def differences(
    scores: Sequence[str] = ("words", "whole names", "average precision"),
) -> pd.DataFrame:
    """Return the differences in pairs, with their 95% intervals.

    Args:
        scores: What is compared: F1 of words, of whole names, or of words
            with each training's threshold chosen on the validation part
            (``"words, threshold chosen"``), or the average precision.
    """
    found = pd.read_csv(HERE / "differences.csv")
    pairs = found[["first", "second"]].drop_duplicates()
    found = found.set_index(["first", "second", "of"])
    rows = [(*pair, of) for pair in pairs.to_numpy() for of in scores]
    found = found.loc[rows].reset_index()
    is_f1 = found["of"] != "average precision"
    found["of"] = found["of"].where(~is_f1, "F1, " + found["of"])
    return found


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
    """Return how far P(name) falls when a neighbour is replaced.

    Returns:
        A row for each tagger, seed, replacement and kind of neighbour: the
        name before, and the kinds of words directly after.
    """
    found = pd.read_csv(HERE / "neighbours.csv")
    before = found[(found.offset == -1) & (found.neighbour == "a name")]
    after = found[found.offset == 1]
    parts = [before.assign(neighbour="a name before")]
    parts += [
        after[after.neighbour == kind].assign(neighbour=f"{kind} after")
        for kind in ("a name", *SINGLE, "another word")
    ]
    return pd.concat(parts, ignore_index=True)


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
