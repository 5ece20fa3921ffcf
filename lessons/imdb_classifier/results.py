"""The stored trainings that lesson 17 shows beside its own."""

from __future__ import annotations

import pandas as pd

from lessons.imdb_classifier.experiments import (
    BAG,
    CELLS,
    NOTES,
    ORDER,
    OTHER_SEEDS,
    RESULTS,
    TOKENS,
    TRIALS,
)

VALIDATION, TEST = 5_000, 25_000
"""Reviews."""


def other_seeds() -> pd.DataFrame:
    """Return network, seed, and the shares right on validation and test."""
    runs = pd.read_csv(OTHER_SEEDS)
    return runs[["network", "seed"]].assign(
        validation=(runs.right / VALIDATION).round(4),
        test=(runs.right_test / TEST).round(4),
    )


CHOSEN = 0.003
"""The learning rate of SimpleRNN and LSTM in the lesson."""


def gaps(bag: float) -> dict[str, list[float]]:
    """Return network -> its validation accuracy less the bag's, per seed.

    "GRU, above the LSTM" is less the LSTM's of the same seed.
    """
    shares = {
        name: group.validation.tolist()
        for name, group in other_seeds().groupby("network")
    }
    tokens = pd.read_csv(RESULTS)
    first = tokens.query("model == @NOTES and tokens == @TOKENS and seed == 0")
    shares[NOTES] += (first.right / VALIDATION).tolist()
    trials = pd.read_csv(TRIALS).query("rate == @CHOSEN")
    for name, group in trials.groupby("model"):
        shares[name] = (group.right / VALIDATION).tolist()
    pairs = zip(shares["GRU"], shares["LSTM"], strict=False)
    above = {"GRU, above the LSTM": [gru - lstm for gru, lstm in pairs]}
    return above | {n: [s - bag for s in all_] for n, all_ in shares.items()}


def by_rate() -> pd.DataFrame:
    """Return what two cells reach with either rate, over six seeds.

    Returns:
        A row per cell and rate: the mean of the validation loss at the best
        epoch, and the mean, the lowest and the highest share right.
    """
    trials = pd.read_csv(TRIALS)
    trials["share"] = trials.right / VALIDATION
    grouped = trials.groupby(["model", "rate"])
    table = pd.DataFrame(
        {
            "loss": grouped.loss.mean(),
            "right": grouped.share.mean(),
            "lowest": grouped.share.min(),
            "highest": grouped.share.max(),
        }
    )
    return table.loc[list(CELLS)].round(3).reset_index()


def by_order() -> pd.DataFrame:
    """Return what shuffled words cost, and who is above the pairs.

    Returns:
        A row per training: the share right after learning from rows in
        order, that after learning from shuffled ones, and how many points
        the first is above the second, and above the bag of words and pairs,
        with their 95% intervals over the reviews.
    """
    runs = pd.read_csv(ORDER)

    def points(one: pd.Series, other: pd.Series) -> list[str]:
        """Return differences on the same reviews, in points."""
        value = 100 * (one - other) / VALIDATION
        margin = 196 * (one + other) ** 0.5 / VALIDATION
        return [
            f"{v:+.1f} ± {m:.1f}".replace("-", "−") if m else ""
            for v, m in zip(value, margin, strict=True)
        ]

    table = pd.DataFrame(
        {
            "model": runs.model,
            "seed": runs.seed,
            "in order": (runs.right / VALIDATION).round(3),
            "shuffled": (runs.right_shuffled / VALIDATION).round(3),
            "lost": points(runs.only_ordered, runs.only_shuffled),
            "above the pairs": points(runs.only_it, runs.only_pairs),
        }
    )
    return table.sort_values(["model", "seed"], ignore_index=True)


def by_tokens() -> pd.DataFrame:
    """Return the share right by the tokens that a model learned from.

    Returns:
        A row per model and seed. "20" and "100" are trainings on that many
        tokens, "gained" is their difference, "100, last 20 shown" is the
        second one with zeros in place of the other tokens, and "epochs" how
        long it was trained.
    """
    runs = pd.read_csv(RESULTS)
    shares = runs.assign(share=runs.right / VALIDATION).pivot_table(
        index=["model", "seed"], columns="tokens", values="share"
    )
    shares["gained"] = shares[TOKENS] - shares[shares.columns.min()]
    whole = runs[runs.tokens == TOKENS].set_index(["model", "seed"])
    shares["100, last 20 shown"] = whole.right_by_last / VALIDATION
    shares.columns = [str(name) for name in shares.columns]
    shares = shares.round(3).astype(object).where(shares.notna(), "")
    shares["epochs"] = whole.epochs.fillna(0).astype(int).replace(0, "")
    return shares.loc[[BAG, NOTES]].reset_index()
