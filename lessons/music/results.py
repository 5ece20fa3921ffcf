"""What the stored runs of lesson 12 say: see ``experiments``."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from lessons.music.chains import INPUTS, data
from lessons.music.chorales import load
from lessons.music.experiments import BEATS, RUNS, SUNG
from utils.intervals import Interval

READS = {
    "notes": "notes",
    "and bar": "notes, bar",
    "and line": "notes, bar, line",
}
"""Input in the files -> what the lesson calls it."""

MODELS = ("chain", "LSTM")
"""Names in the files; the chain is the mixture of both kinds."""

LEAST = {
    "note": "a note",
    "quarter": "a quarter or more",
    "half": "a half or more",
}
"""Heading in the lesson -> what ends there, as the file calls it."""


def perplexities() -> dict[str, dict[str, list[float]]]:
    """Return model -> input -> held-out perplexity, one per seed."""
    runs = pd.read_csv(RUNS)
    return {
        model: {
            READS[inputs]: runs[
                (runs.model == model) & (runs.inputs == inputs)
            ]
            .sort_values("seed")
            .test_perplexity.tolist()
            for inputs in INPUTS
        }
        for model in MODELS
    }


def table() -> pd.DataFrame:
    """Return a row per model and input, means over the seeds.

    Returns:
        Perplexity on the validation and on the held-out chorales, accuracy
        on the latter, and the epochs of training that were best.
    """
    runs = pd.read_csv(RUNS)
    groups = runs.groupby(["inputs", "model"], sort=False)
    found = groups.agg(
        validation=("val_perplexity", "mean"),
        held_out=("test_perplexity", "mean"),
        accuracy=("test_accuracy", "mean"),
        epochs=("epoch", _from_to),
    )
    order = [(inputs, model) for inputs in INPUTS for model in MODELS]
    digits = {"validation": 2, "held_out": 2, "accuracy": 3}
    return found.loc[order].round(digits).rename(index=READS)


def _from_to(epochs: pd.Series) -> str:
    """Return the first and the last of the best epochs."""
    if not epochs.max():
        return "-"
    return f"{epochs.min()} to {epochs.max()}"


def leads() -> dict[str, list[Interval]]:
    """Return how far LSTMs are ahead of the chains, in nats.

    Returns:
        What both are told -> one gain for each seed, with its interval.
    """
    runs = pd.read_csv(RUNS)
    found = {}
    for inputs, over in (
        ("notes", "notes"),
        ("and line", "and line"),
        ("notes", "and line"),
    ):
        own = runs[(runs.model == "LSTM") & (runs.inputs == inputs)]
        columns = [f"gain over chain, {over}: {n}" for n in Interval._fields]
        name = f"LSTM told {READS[inputs]}; chain told {READS[over]}:"
        found[name] = [Interval(*row) for row in own[columns].to_numpy()]
    return found


def beats() -> pd.DataFrame:
    """Return what ends at line ends, and what on the other beats.

    Returns:
        A row per model and input, all draws together: the share of line
        ends, and of the other beats, where any note ends, one of a quarter
        or more, and one of a half or more.
    """
    counts = pd.read_csv(BEATS, keep_default_na=False)
    found = counts.groupby(["model", "inputs"], sort=False).sum(
        numeric_only=True
    )
    order = [("Bach", ""), ("quarters", ""), *product(MODELS, INPUTS)]
    return (
        pd.DataFrame(
            {
                (place, short): found[f"{place}: {long}"] / found[place]
                for place in ("line ends", "other beats")
                for short, long in LEAST.items()
            }
        )
        .loc[order]
        .round(2)
        .rename(index=READS)
    )


def half_notes() -> dict[str, Interval]:
    """Return how much more often half notes end at line ends than elsewhere.

    Returns:
        Model and input -> share of line ends where a note of a half or more
        ends, minus that of the other beats, all draws together; the 95%
        interval is from a bootstrap over tunes.
    """
    counts = pd.read_csv(BEATS, keep_default_na=False)
    tune = dict(zip(load().names, data().tune.tolist(), strict=True))
    columns = [
        f"{place}{kind}"
        for place in ("line ends", "other beats")
        for kind in (f": {LEAST['half']}", "")
    ]
    counts["tune"] = counts.chorale.map(tune)
    found = {}
    for model, inputs in [("Bach", ""), *product(MODELS, INPUTS)]:
        own = counts[(counts.model == model) & (counts.inputs == inputs)]
        sums = own.groupby("tune")[columns].sum().to_numpy()
        picks = np.random.default_rng(0).integers(
            len(sums), size=(2_000, len(sums))
        )
        low, high = np.quantile(_more(sums[picks].sum(axis=1)), [0.025, 0.975])
        name = f"{model}; {READS[inputs]}" if inputs else model
        value = _more(sums.sum(axis=0, keepdims=True))[0]
        found[name] = Interval(float(value), float(low), float(high))
    return found


def _more(sums: np.ndarray) -> np.ndarray:
    """Return the first share minus the second, from (rows, 4) counts."""
    return sums[:, 0] / sums[:, 1] - sums[:, 2] / sums[:, 3]


def sung(model: str) -> np.ndarray:
    """Return the stored continuation of a model that knows the line.

    Args:
        model: "chain" or "LSTM".

    Returns:
        MIDI pitch and sixteenths, theme first, (80, 2).
    """
    rows = pd.read_csv(SUNG)
    (row,) = rows[rows.model == model].itertuples()
    columns = [row.pitch.split(), row.length.split()]
    return np.array(columns, dtype=int).T


def ends_of_lines(name: str, notes: int) -> np.ndarray:
    """Return when lines of a chorale end, in sixteenths.

    Args:
        name: Of the chorale.
        notes: Look at so many of its notes.
    """
    chorales = load()
    own = chorales.chorale == chorales.names.index(name)
    ends = chorales.length[own][:notes].astype(int).cumsum()
    return ends[chorales.fermata[own][:notes] == 1]
