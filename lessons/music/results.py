"""What the stored runs of lesson 12 say: see ``experiments``."""

from __future__ import annotations

from collections.abc import Callable
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
    "and line": "notes, bar, since",
    "and left": "notes, bar, left",
}
"""Input in the files -> what the lesson calls it."""

MODELS = ("chain", "LSTM")
"""Names in the files; the chain is the mixture of both kinds."""

LEAST = {"note": "a note", "half": "a half or more"}
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
    first, last = epochs.min(), epochs.max()
    return f"{first}" if first == last else f"{first} to {last}"


def leads() -> dict[str, list[Interval]]:
    """Return how far LSTMs are ahead of the chains, in nats.

    Returns:
        What both are told -> one gain for each seed, with its interval.
    """
    runs = pd.read_csv(RUNS)
    found = {}
    for inputs, over in (
        ("notes", "notes"),
        ("and bar", "and bar"),
        ("and line", "and line"),
        ("and left", "and left"),
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
        ends, and of the other beats, where any note ends and where one of a
        half or more does.
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


COUNTS = [
    f"{place}{kind}"
    for place in ("line ends", "other beats")
    for kind in ("", f": {LEAST['note']}", f": {LEAST['half']}")
]
"""Columns of the file that are compared; `kept` and `halves` read them."""

Group = tuple[str, str]
"""Model and input, as the files call them."""


def kept(counts: np.ndarray) -> np.ndarray:
    """Return the share of line ends where a note ends, from `COUNTS`."""
    return counts[..., 1] / counts[..., 0]


def halves(counts: np.ndarray) -> np.ndarray:
    """Return the share of line ends where a half ends, minus other beats."""
    return counts[..., 2] / counts[..., 0] - counts[..., 5] / counts[..., 3]


def difference(
    measure: Callable[[np.ndarray], np.ndarray], one: Group, other: Group
) -> Interval:
    """Return a measure of one group minus that of another.

    Args:
        measure: Of counts, (..., 6) -> (...): `kept` or `halves`.
        one: All its draws count together.
        other: The same.

    Returns:
        The difference; the 95% interval is from a bootstrap over tunes, the
        same ones for both groups.
    """
    ours, theirs = _per_tune(*one), _per_tune(*other)
    picks = np.random.default_rng(0).integers(
        len(ours), size=(2_000, len(ours))
    )
    value = measure(ours.sum(axis=0)) - measure(theirs.sum(axis=0))
    draws = measure(ours[picks].sum(axis=1))
    draws -= measure(theirs[picks].sum(axis=1))
    low, high = np.quantile(draws, [0.025, 0.975])
    return Interval(float(value), float(low), float(high))


def _per_tune(model: str, inputs: str) -> np.ndarray:
    """Return what a group did on the beats, (tunes, 6), in fixed order."""
    counts = pd.read_csv(BEATS, keep_default_na=False)
    tune = dict(zip(load().names, data().tune.tolist(), strict=True))
    own = counts[(counts.model == model) & (counts.inputs == inputs)]
    return own.groupby(own.chorale.map(tune))[COUNTS].sum().to_numpy()


def half_notes() -> dict[str, dict[str, Interval]]:
    """Return how much more often half notes end at line ends than elsewhere.

    Returns:
        Model -> input -> difference of the shares.
    """
    found: dict[str, dict[str, Interval]] = {}
    for group in [("Bach", ""), *product(MODELS, INPUTS)]:
        model, inputs = group
        # Quarters alone have no half anywhere: zero is taken away.
        found.setdefault(model, {})[READS.get(inputs, "")] = difference(
            halves, group, ("quarters", "")
        )
    return found


def told_left() -> list[str]:
    """Return what changes for models told the eighths left, line by line."""
    found = []
    for model in MODELS:
        left, since = (model, "and left"), (model, "and line")
        for name, measure, one, other in (
            ("ends kept, left minus quarters", kept, left, ("quarters", "")),
            ("ends kept, left minus since", kept, left, since),
            ("halves, left minus since", halves, left, since),
            ("halves, Bach minus left", halves, ("Bach", ""), left),
        ):
            found.append(
                f"{f'{model}: {name}':<38} {difference(measure, one, other)}"
            )
    return found


def sung(model: str, inputs: str) -> np.ndarray:
    """Return the stored continuation of a model that knows the line.

    Args:
        model: "chain" or "LSTM".
        inputs: "and line" or "and left".

    Returns:
        MIDI pitch and sixteenths, theme first, (80, 2).
    """
    rows = pd.read_csv(SUNG)
    own = (rows.model == model) & (rows.inputs == inputs)
    (row,) = rows[own].itertuples()
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
