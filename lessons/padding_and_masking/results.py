"""What the stored runs of lesson 10 say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
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
    "with a mask": Run(mask=True),
    "mean over all steps": Run("LSTM, mean"),
    "maximum over all steps": Run("LSTM, max"),
    "30 epochs": Run(epochs=30),
    "30 epochs, rate 0.003": Run(epochs=30, rate=0.003),
    "30 epochs, rows of 125": Run(epochs=30, width=125),
    "30 epochs, rows of 110": Run(epochs=30, width=110),
    "30 epochs, rows of 100": Run(epochs=30, width=100),
    "30 epochs, exactly 30 zeros": Run(side="post 30", epochs=30, width=130),
    "30 epochs, GRU": Run("GRU", epochs=30),
    "30 epochs, forget bias 5": Run(epochs=30, forget=5.0),
    "forget bias 5, with a mask": Run(mask=True, forget=5.0),
}
"""Zeros after the words, with one thing or a few changed."""

LATE = {
    "rows of 150": CONTROLS["30 epochs"],
    "rows of 100": CONTROLS["30 epochs, rows of 100"],
}
"""The trainings whose losses the lesson draws."""

KEPT = {
    "accuracy": "right, no mask",
    "fresh_gate": "all gates 0.73 on zeros",
    "no_loop": "loop cut on zeros",
}
"""Column -> what the lesson calls it, for networks trained without a mask."""


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


def controls(runs: pd.DataFrame) -> pd.DataFrame:
    """Return accuracies after training and the gradient before it.

    Returns:
        A row per kind, a column per seed, and the geometric mean over the
        seeds of ``experiments.first_gradient``.
    """
    text = table(runs, CONTROLS).drop(columns=["mean", "minus the first"])
    found = (_of(runs, run).gradient for run in CONTROLS.values())
    text["first gradient"] = [
        f"{np.exp(np.log(values).mean()):.0e}" for values in found
    ]
    return text


def late(runs: pd.DataFrame) -> tuple[dict[str, list[Any]], list[Any]]:
    """Return the losses of the kinds in ``LATE``, and the last one's gates.

    Returns:
        Kind -> the losses of each start, one per epoch; and the forget
        gates on zeros of each start, from small to large.
    """
    losses = {
        name: [np.array(text.split(), float) for text in _of(runs, run).losses]
        for name, run in LATE.items()
    }
    (*_, last) = LATE.values()
    gates = [np.array(text.split(), float) for text in _of(runs, last).gates]
    return losses, gates


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
    "no_loop": "loop cut on zeros",
    "gate": "mean forget gate on zeros",
    "largest": "largest gate of a unit",
}
"""Column -> what the lesson calls it."""


def held(runs: pd.DataFrame) -> pd.DataFrame:
    """Return what weights trained with a mask do without it.

    Returns:
        A row per measurement, a column per seed.
    """
    return _measured(runs, Run(mask=True), HELD)


def kept(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the same of the networks that learned in rows of 100."""
    (*_, last) = LATE.values()
    return _measured(runs, last, KEPT)


def _measured(
    runs: pd.DataFrame, run: Run, names: Mapping[str, str]
) -> pd.DataFrame:
    """Return measurements of one kind, a column per seed."""
    chosen = _of(runs, run)
    largest = chosen.gates.map(lambda text: float(text.split()[-1]))
    chosen = chosen.assign(largest=largest)[[*names]]
    chosen = chosen.rename(columns=dict(names))
    text = chosen.map("{:.2f}".format)
    return text.rename(index="start {}".format).T.rename_axis(columns=None)


def seconds() -> pd.DataFrame:
    """Return steps, seconds and accuracy, means over the seeds."""
    runs = pd.read_csv(costs.RESULTS)
    kinds = runs.groupby(["rows", "mask"], sort=False)
    found = kinds[["steps", "seconds", "accuracy"]].mean().reset_index()
    found["mask"] = found["mask"].map({True: "yes", False: "no"})
    found["steps"] = found["steps"].round(-3).astype(int)
    return found.round(2).set_index("rows")
