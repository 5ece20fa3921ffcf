"""What the stored runs of lesson 10 say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import pandas as pd

from lessons.padding_and_masking import costs, experiments
from lessons.padding_and_masking.experiments import Run
from utils.intervals import Interval, t_interval

TWO_BY_TWO = {
    "zeros after, no mask": Run(),
    "zeros after, mask": Run(mask=True),
    "zeros before, no mask": Run(side="pre"),
    "zeros before, mask": Run(side="pre", mask=True),
}

ORDER_BLIND = {
    "mean of the word vectors": Run("mean", mask=True),
    "logistic regression on counts": Run("counts"),
}

CONTROLS = {
    "as above": Run(),
    "20 epochs": Run(epochs=20),
    "20 epochs, rate 0.003": Run(epochs=20, rate=0.003),
    "GRU": Run("GRU"),
    "rows of 125": Run(width=125),
    "rows of 110": Run(width=110),
    "rows of 100": Run(width=100),
    "rows of 100, 30 epochs": Run(width=100, epochs=30),
    "forget bias 5": Run(forget=5.0),
    "mean over all steps": Run("LSTM, mean"),
    "maximum over all steps": Run("LSTM, max"),
}
"""Zeros after the words and no mask, with one or two things changed."""


def read() -> pd.DataFrame:
    """Return the trainings, one row each, with their ``run``."""
    table = pd.read_csv(experiments.RESULTS)
    names = [field.name for field in fields(Run)]
    rows = zip(*(table[name].tolist() for name in names), strict=True)
    table["run"] = [Run(*row) for row in rows]
    return table


def _of(runs: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Return the trainings of one kind, by their seed."""
    chosen = runs[[found == run for found in runs.run]]
    return chosen.set_index("seed").sort_index()


def table(runs: pd.DataFrame, kinds: Mapping[str, Run]) -> pd.DataFrame:
    """Return the accuracies, a row per kind and a column per seed.

    Args:
        runs: What ``read`` returns.
        kinds: Name -> kind of training; the others are compared with the
            first, pair by pair.
    """
    found = {name: _of(runs, run).accuracy for name, run in kinds.items()}
    columns = pd.DataFrame(found).T
    columns.columns = [f"start {seed}" for seed in columns.columns]
    columns.insert(0, "mean", columns.mean(axis=1))
    text = columns.map("{:.2f}".format).replace("nan", "")
    first, *others = kinds.values()
    gains = (difference(runs, run, first) for run in others)
    text["minus the first"] = [
        "",
        *map(_signed, gains),
    ]
    return text


def difference(runs: pd.DataFrame, run: Run, other: Run) -> Interval:
    """Return the accuracy of one kind minus that of another.

    The interval is over pairs of trainings with the same seed, which have
    the same split of the reviews and the same first weights.
    """
    pairs = (_of(runs, run).accuracy - _of(runs, other).accuracy).dropna()
    return t_interval(pairs.tolist())


def pairs(runs: pd.DataFrame) -> pd.Series:
    """Return differences of accuracies that the text speaks of."""
    kinds = TWO_BY_TWO | ORDER_BLIND
    named = (
        ("zeros before, mask", "zeros before, no mask"),
        *((name, "zeros after, mask") for name in ORDER_BLIND),
    )
    found = {
        f"{one} − {other}": difference(runs, kinds[one], kinds[other])
        for one, other in named
    }
    return pd.Series(found).map(_signed)


def _signed(gain: Interval) -> str:
    """Return a difference with its interval."""
    return f"{gain.value:+.2f} [{gain.low:+.2f}, {gain.high:+.2f}]"


HELD = {
    "accuracy": "right, with its mask",
    "unmasked": "right, no mask",
    "fresh_gate": "all gates 0.73 on zeros",
    "lowered": "each gate 0.02 lower on zeros",
    "one_gate": "all gates at their mean on zeros",
    "no_loop": "loop cut on zeros",
    "ends": "end states",
    "gate": "mean forget gate on zeros",
    "largest": "largest gate of a unit",
}
"""Column -> what the lesson calls it."""


def held(runs: pd.DataFrame) -> pd.DataFrame:
    """Return what weights trained with a mask do without it.

    Returns:
        A row per measurement, a column per seed.
    """
    chosen = _of(runs, Run(mask=True))[[*HELD]].rename(columns=HELD)
    text = chosen.map("{:.2f}".format)
    text["end states"] = chosen["end states"].map("{:.0f}".format)
    return text.rename(index="start {}".format).T.rename_axis(columns=None)


def seconds() -> pd.DataFrame:
    """Return steps, seconds and accuracy, medians over the seeds."""
    runs = pd.read_csv(costs.RESULTS)
    kinds = runs.groupby(["rows", "mask"], sort=False)
    found = kinds[["steps", "seconds", "accuracy"]].median().reset_index()
    found["mask"] = found["mask"].map({True: "yes", False: "no"})
    found["steps"] = found["steps"].round(-3).astype(int)
    return found.round(2).set_index("rows")
