"""What the stored trainings of lesson 20 say, as tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from utils.intervals import Interval

HERE = Path(__file__).parent


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
    new = new[new["model"].str.startswith(("linear", "bag, 3"))]
    return pd.concat([read("choosing_values"), new], ignore_index=True)


def gaps() -> pd.DataFrame:
    """Return the differences of the shares picked, the opponents' last."""
    found = pd.concat(
        [read("choosing_differences"), read("linear_differences")]
    )
    found = found[found["of"] == "picked"]
    return found.drop(columns="of").reset_index(drop=True)


def differences(name: str) -> pd.DataFrame:
    """Return the stored differences of a table, with their intervals."""
    found = read(f"{name}_differences")
    shown = [
        str(Interval(*row))
        for row in found[["difference", "low", "high"]].to_numpy()
    ]
    found["difference [95%]"] = shown
    return found.drop(columns=["difference", "low", "high"])
