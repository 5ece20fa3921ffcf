"""What the stored trainings of lesson 07 say, by the start of the layer."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pandas as pd

from lessons.lstm import experiments
from lessons.lstm.experiments import BATCHES, RESULTS, Start

NAMES = {
    "as Keras starts it": Start(),
    "input spread": Start(input="spread"),
    "small candidate": Start(candidate=0.03),
    "forget spread": Start(forget="spread"),
    "forget 4.6": Start(forget="4.6"),
    "both spread": Start(forget="spread", input="spread"),
    "forget spread, small candidate": Start(forget="spread", candidate=0.03),
    "GRU": experiments.GRU,
    "SimpleRNN": Start("SimpleRNN", "", ""),
}
"""How lesson and pictures call a start."""


FROM_IDENTITY = "SimpleRNN, ReLU from I (lesson 06)"
"""Its trainings are lesson 06's, on the same batches at the rate 0.003."""

OF_LESSON_06 = RESULTS.parents[1] / "long_term_dependencies" / "curves.csv"

LEARNED = 0.05
"""Error below which a task counts as learned; 1/12 is left by a network that
keeps the second value alone."""


def read() -> pd.DataFrame:
    """Return the trainings, a row each, with their ``start`` by its name."""
    text = {"forget": str, "input": str}
    runs = pd.read_csv(RESULTS, dtype=text, keep_default_na=False)
    known = {astuple(start): name for name, start in NAMES.items()}
    fields = zip(
        runs.cell, runs.forget, runs.input, runs.candidate, strict=True
    )
    runs["start"] = [known[field] for field in fields]
    return runs


def of_both_halves(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the trainings on the adding problem as the lesson has it."""
    return runs[runs.task == "both halves"]


def curves(runs: pd.DataFrame, start: str) -> dict[float, np.ndarray]:
    """Return learning rate -> errors, (seeds, rounds), of one start."""
    chosen = of_both_halves(runs)
    chosen = chosen[chosen.start == start].sort_values("seed")
    return {
        float(rate): group[[*BATCHES]].to_numpy()
        for rate, group in chosen.groupby("rate")
    }


def learned(runs: pd.DataFrame) -> pd.DataFrame:
    """Return after how many batches the error of a round fell below 0.05.

    Returns:
        A row per start, lesson 06's SimpleRNN with ReLU after the one with
        tanh, the task without short lags at the end; a column per
        learning rate; a number per seed, or "no" within 1,000 batches.
    """
    low = runs[[*BATCHES]].to_numpy() < LEARNED
    first = np.array([*BATCHES])[low.argmax(axis=1)]
    task = np.where(runs.task == "both halves", "", ", long lags only")
    ends = runs.assign(
        training=runs.start + task,
        after=np.where(low.any(axis=1), first, "no"),
    ).sort_values("seed")
    table = ends.groupby(["training", "rate"]).after.agg(", ".join).unstack()
    table.loc[FROM_IDENTITY] = [_from_identity(), "-"]
    order = [name for name in NAMES if name in table.index]
    order += [FROM_IDENTITY]
    order += [name for name in table.index if name not in order]
    return table.loc[order].rename_axis(None)


def _from_identity() -> str:
    """Return the same of the SimpleRNN that starts from the identity."""
    rounds = pd.read_csv(OF_LESSON_06)
    chosen = rounds[
        (rounds.activation == "relu")
        & rounds.seed.isin([*experiments.SEEDS])
        & (rounds.error < LEARNED)
    ]
    return ", ".join(chosen.groupby("seed").batches.min().astype(str))


def gradients(runs: pd.DataFrame, rate: float) -> pd.DataFrame:
    """Return what is left of the gradient at lag 99, before and after.

    Args:
        runs: All trainings.
        rate: Learning rate of those that are looked at.

    Returns:
        A row per start: the lowest and the highest share over the seeds.
    """
    chosen = of_both_halves(runs)
    chosen = chosen[chosen.rate == rate]
    shares = chosen.groupby("start")[["share_before", "share_after"]].agg(
        lambda found: f"{found.min():.0e} to {found.max():.0e}"
    )
    order = [name for name in NAMES if name in shares.index]
    return shares.loc[order].rename_axis(None)


def points(
    runs: pd.DataFrame, rate: float
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return start -> gradient's share before training and lowest error."""
    chosen = of_both_halves(runs)
    chosen = chosen[chosen.rate == rate]
    return {
        name: (
            chosen[chosen.start == name].share_before.to_numpy(),
            chosen[chosen.start == name][[*BATCHES]].min(axis=1).to_numpy(),
        )
        for name in NAMES
        if name in {*chosen.start}
    }
