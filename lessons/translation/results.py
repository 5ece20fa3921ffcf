"""What the stored trainings of lesson 13 say, by the kind of translator."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lessons.translation.experiments import (
    BOTTLENECK,
    DICTIONARIES,
    NO_MASK,
    RESULTS,
    SIZES,
    SPLITS,
)
from utils.intervals import t_interval

NETWORK = "network"
"""How lesson and tables call the kind "LSTM"."""

ALL, SMALL = "all numbers", "below 100"

GROUPS = (SMALL, "100–999", "1,000–9,999")
"""What tables call the ``SIZES``."""

WITHOUT_MASK = "network, no mask"

OPPONENTS = (
    "words",
    "phrases",
    "MLP",
    "MLP, both ends",
    "LSTM reads, Dense writes",
    WITHOUT_MASK,
    NETWORK,
)
"""Kinds in the order in which the lesson compares them."""

LEADING = ("phrases", *OPPONENTS[3:-1])
"""Opponents whose difference is shown for each size of numbers."""


def read() -> pd.DataFrame:
    """Return the trainings, a row each, with their shares of right answers.

    The column ``all numbers`` is the share of the held-out numbers that are
    right in every word, ``below 100`` the same of those below 100.
    """
    runs = pd.read_csv(RESULTS, keep_default_na=False)
    right = runs.small + runs.middle + runs.large
    runs[ALL] = right / (runs.of_small + runs.of_middle + runs.of_large)
    runs[SMALL] = runs.small / runs.of_small
    return runs.replace({"kind": {"LSTM": NETWORK, NO_MASK: WITHOUT_MASK}})


def tuned(runs: pd.DataFrame, kind: str, units: int = 64) -> pd.DataFrame:
    """Return the trainings of a kind at its own learning rate, a row a split.

    The rate is the one with the most right answers on the validation parts.
    """
    chosen = runs[(runs.kind == kind) & (runs.practised == "")]
    if kind not in DICTIONARIES:
        chosen = chosen[chosen.units == units]
    rate = chosen.groupby("rate").validation.mean().idxmax()
    return chosen[chosen.rate == rate].set_index("split").loc[[*SPLITS]]


def _table(rows: Mapping[str, pd.DataFrame], against: str) -> pd.DataFrame:
    """Return means over the splits and differences from one row, paired."""
    columns: dict[str, list[str]] = {"weights": []}
    for name, found in rows.items():
        columns["weights"].append(f"{found.weights.mean():,.0f}")
        for group in (ALL, SMALL):
            shares, other = found[group], rows[against][group]
            columns.setdefault(group, []).append(f"{shares.mean():.3f}")
            gap = np.array(shares - other)
            found_gap = t_interval(gap)
            text = "{:.4f} [{:.4f}, {:.4f}]".format(*found_gap)
            text = "" if name == against else text
            columns.setdefault(f"{group}, difference", []).append(text)
    return pd.DataFrame(columns, index=[*rows])


def compared(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the exact match of kinds of translators, held-out numbers.

    Returns:
        A row per kind: weights (or entries), the mean over three splits of
        the numbers, and the difference from the lesson's network on the
        same splits with its 95% interval.
    """
    rows = {kind: tuned(runs, kind) for kind in OPPONENTS}
    return _table(rows, NETWORK)[["weights", ALL, f"{ALL}, difference"]]


def below_100(runs: pd.DataFrame) -> pd.DataFrame:
    """Return how many held-out numbers below 100 each kind has right.

    Returns:
        A row per kind, the rate that validation chose, a column a split,
        and a last row with how many numbers there are.
    """
    rows = {}
    for kind in OPPONENTS:
        found = tuned(runs, kind)
        rate = f"{found.rate[1]:g}" if found.rate[1] else ""
        rows[kind] = {"learning rate": rate} | _by_split(found.small)
    rows["numbers"] = {"learning rate": ""} | _by_split(found.of_small)
    return pd.DataFrame(rows).T


def lead(runs: pd.DataFrame) -> pd.DataFrame:
    """Return how many more held-out numbers the network has right.

    Returns:
        A row per opponent of ``LEADING``, a column per size of numbers: the
        mean of the difference over the splits with its 95% interval.
    """
    network, rows = tuned(runs, NETWORK), {}
    for kind in LEADING:
        found = tuned(runs, kind)
        gaps = [t_interval(network[size] - found[size]) for size in SIZES]
        digits = [0 if gap.value > 99 else 1 for gap in gaps]
        texts = [
            f"{gap.value:.{d}f} [{gap.low:.{d}f}, {gap.high:.{d}f}]"
            for gap, d in zip(gaps, digits, strict=True)
        ]
        rows[kind] = dict(zip(GROUPS, texts, strict=True))
    return pd.DataFrame(rows).T


def _by_split(column: pd.Series) -> dict[str, int]:
    """Return the entries of the three splits and their sum."""
    entries = {f"split {n}": int(column[n]) for n in SPLITS}
    return entries | {"together": sum(entries.values())}


def bottleneck(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the exact match with 4 to 64 units in both halves.

    Returns:
        A row per number of units: weights, and the share of each split.
    """
    rows = {}
    for units in BOTTLENECK:
        found = tuned(runs, NETWORK, units)
        shares = {f"split {n}": f"{found[ALL][n]:.3f}" for n in SPLITS}
        rows[units] = {"weights": f"{found.weights[1]:,}", **shares}
    return pd.DataFrame(rows).T.rename_axis("units")


def practice(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the same for rows that were repeated ten times in training."""
    fixed = runs[
        (runs.kind == NETWORK) & (runs.units == 64) & (runs.rate == 0.01)
    ]
    rows = {
        name: fixed[fixed.practised == key].set_index("split").loc[[*SPLITS]]
        for name, key in (
            ("each row once", ""),
            ("others ten times", "others"),
            ("below 100 ten times", "small"),
        )
    }
    return _table(rows, "others ten times")[[SMALL, f"{SMALL}, difference"]]
