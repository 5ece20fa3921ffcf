"""What the stored trainings of lesson 08 say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lessons.gru import experiments, reviews
from lessons.gru.experiments import BATCHES
from utils.intervals import Interval

OF_LESSON_07 = experiments.RESULTS.parents[1] / "lstm" / "runs.csv"
"""Trainings on the same batches, with the same rates and seeds."""

LEARNED = 0.05
"""Error on the adding problem below which lesson 07 calls it learned; 1/12
is left by a network that keeps the second value alone."""

_OF_07 = {
    ("GRU", "", ""): "GRU",
    ("LSTM", "1", "0"): "LSTM",
    ("LSTM", "spread", "spread"): "LSTM, both spread",
    ("SimpleRNN", "", ""): "SimpleRNN",
}
"""Cell, forget and input bias of lesson 07 -> its name here."""

_TASK_OF_07 = {"adding": "both halves", "long lags": "first fifth"}
"""Task -> its name in lesson 07."""


def memory(task: str) -> pd.DataFrame:
    """Return the trainings on one task, a row each.

    Args:
        task: "adding", "since the mark", or "long lags": the adding problem
            with both markers in the first fifth, lesson 07's alone.

    Returns:
        With those of lesson 07 on the same task: the cells as Keras starts
        them, and the LSTM with both biases spread.
    """
    runs = pd.read_csv(experiments.RESULTS)
    runs = runs[runs.task == task]
    if task not in _TASK_OF_07:
        return runs
    text = {"forget": str, "input": str}
    others = pd.read_csv(OF_LESSON_07, dtype=text, keep_default_na=False)
    others = others[
        (others.task == _TASK_OF_07[task])
        & (others.candidate.astype(float) == 1)
    ]
    fields = zip(others.cell, others.forget, others.input, strict=True)
    others["kind"] = [_OF_07.get(field) for field in fields]
    others = others[others.kind.notna()].sort_values(["rate", "seed"])
    return pd.concat([others, runs])[["kind", "rate", "seed", *BATCHES]]


def curves(runs: pd.DataFrame, kind: str) -> dict[float, np.ndarray]:
    """Return learning rate -> errors, (seeds, rounds), of one kind."""
    chosen = runs[runs.kind == kind]
    return {
        float(str(rate)): group[[*BATCHES]].to_numpy()
        for rate, group in chosen.groupby("rate")
    }


def learned(runs: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """Return after how many batches the error fell below 0.05.

    Args:
        runs: As ``memory`` returns them.
        kinds: Which, in the order of the rows.

    Returns:
        A row per kind, a column per learning rate; a number per seed, or
        "no" within 1,000 batches.
    """
    low = runs[[*BATCHES]].to_numpy() < LEARNED
    first = np.array([*BATCHES])[low.argmax(axis=1)]
    ends = runs.assign(after=np.where(low.any(axis=1), first, "no"))
    table = ends.groupby(["kind", "rate"]).after.agg(", ".join).unstack()
    return table.loc[[*kinds]].rename_axis(None)


def last_errors(runs: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """Return the error of the last round of each seed, as ``learned``."""
    ends = runs.assign(error=runs[BATCHES[-1]].map("{:.4f}".format))
    table = ends.groupby(["kind", "rate"]).error.agg(", ".join).unstack()
    return table.loc[[*kinds]].rename_axis(None)


def table() -> pd.DataFrame:
    """Return the accuracies on reviews, a row per cell.

    Returns:
        The mean accuracy on the validation part for each learning rate,
        over the seeds that choose; the best of them (for a linear model
        the best of its strengths); and that on the test part, over all
        seeds.
    """
    runs = pd.read_csv(reviews.TABLE)
    cells = runs[runs.seed <= reviews.SEEDS[reviews.CHOOSING - 1]]
    means = cells.groupby(["cell", "rate"]).validation.mean().unstack()
    means.columns = [f"rate {rate}" for rate in means.columns]
    grouped = runs.groupby("cell")
    means = means.reindex([*reviews.LINEAR, *reviews.CELLS])
    means["best"] = means.max(axis=1).fillna(grouped.validation.mean())
    means["test"] = grouped.test.mean()
    return means.rename_axis(None)


def best_rates() -> dict[str, float]:
    """Return cell -> the learning rate with which the test was opened."""
    runs = pd.read_csv(reviews.TABLE)
    cells = runs[runs.seed.notna() & runs.test.notna()]
    return dict(zip(cells.cell, cells.rate, strict=True))


def right() -> dict[str, np.ndarray]:
    """Return cell -> which test reviews it had right, (seeds, reviews)."""
    with np.load(reviews.ANSWERS) as stored:
        return {
            name: np.unpackbits(stored[name], axis=1, count=reviews.TESTED)
            for name in stored
        }


def difference(first: np.ndarray, second: np.ndarray) -> Interval:
    """Return the difference of two accuracies, on the same seeds and reviews.

    Args:
        first: Which reviews were right, (seeds, reviews).
        second: The same of another cell; one row if it has no seed.

    Returns:
        Mean difference with a 95% interval for other seeds and other
        reviews: both are drawn with replacement, 4,000 times.
    """
    found = first.astype(float) - second
    rng, (seeds, tested) = np.random.default_rng(0), found.shape
    draws = []
    for _ in range(4000):
        of_seeds = found[rng.integers(seeds, size=seeds)].mean(axis=0)
        draws.append(of_seeds[rng.integers(tested, size=tested)].mean())
    low, high = np.quantile(draws, (0.025, 0.975))
    return Interval(float(found.mean()), float(low), float(high))
