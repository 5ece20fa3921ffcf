"""What the stored runs of lesson 12 say: see ``experiments``."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lessons.music.chains import INPUTS
from lessons.music.chorales import load
from lessons.music.experiments import BEATS, LINES, RUNS, SUNG
from utils.intervals import Interval

READS = {
    "notes": "notes",
    "and bar": "notes, bar",
    "and line": "notes, bar, line",
}
"""Input in the files -> what the lesson calls it."""

MODELS = {"chain": "factored chain", "LSTM": "LSTM"}
"""Name in the files -> name in the lesson."""


def perplexities() -> dict[str, dict[str, list[float]]]:
    """Return model -> input -> held-out perplexity, one per seed."""
    runs = pd.read_csv(RUNS)
    return {
        name: {
            READS[inputs]: runs[
                (runs.model == model) & (runs.inputs == inputs)
            ]
            .sort_values("seed")
            .test_perplexity.tolist()
            for inputs in INPUTS
        }
        for model, name in MODELS.items()
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


def gains(inputs: str, over: str) -> dict[str, Interval]:
    """Return each LSTM's gain over a chain, in nats, with its interval.

    Args:
        inputs: What the LSTM reads.
        over: What the chain reads.
    """
    runs = pd.read_csv(RUNS)
    chosen = runs[(runs.model == "LSTM") & (runs.inputs == inputs)]
    columns = [f"gain over chain, {over}: {n}" for n in Interval._fields]
    return {
        f"{READS[inputs]}; seed {row.seed}": Interval(*values)
        for row, values in zip(
            chosen.itertuples(), chosen[columns].to_numpy(), strict=True
        )
    }


def line_ends() -> pd.DataFrame:
    """Return how often a sampled melody ends a note where a line ends.

    Returns:
        A row per model and input: the share of line ends where any note
        ends, and where one of a quarter or more does; all seeds together.
    """
    lines = pd.read_csv(LINES, keep_default_na=False)
    sums = lines.groupby(["model", "inputs"], sort=False).sum()
    order = [("Bach", "")]
    order += [(m, i) for m in MODELS for i in INPUTS]
    shares = sums[["a note ends", "a long note ends"]].div(
        sums["line ends"], axis=0
    )
    return shares.loc[order].round(2).rename(index=READS)


def beats() -> pd.DataFrame:
    """Return what ends at line ends, and what on the other beats.

    Returns:
        A row per model: the share of line ends, and of the other beats,
        where a note of a quarter or more ends, and one of a half or more.
    """
    counts = pd.read_csv(BEATS, keep_default_na=False)
    found = counts.set_index(["model", "inputs"]).rename(index=READS)
    least = {">= quarter": "a quarter or more", ">= half": "a half or more"}
    return pd.DataFrame(
        {
            (short, place): found[f"{place}: {long}"] / found[place]
            for short, long in least.items()
            for place in ("line ends", "other beats")
        }
    ).round(2)


def sung(model: str) -> np.ndarray:
    """Return the stored continuation of a model that knows the line.

    Args:
        model: "chain", the only one that is kept.

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
