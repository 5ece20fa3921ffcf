"""The stored trainings that lesson 17 shows beside its own."""

from __future__ import annotations

import pandas as pd

from lessons.imdb_classifier.experiments import BAG, NOTES, RESULTS, TOKENS

LEADERBOARD = RESULTS.parents[2] / "leaderboard" / "results" / "runs.csv"
"""Written by ``make leaderboard``: this lesson's networks, three seeds."""

ENTRIES = {
    NOTES: "SimpleRNN(8), the notes",
    "LSTM": "LSTM(8), 500 words",
    "GRU": "GRU(8), 500 words",
    "bidirectional LSTM": "BiLSTM(8), 500 words",
}
"""Network -> how the leaderboard calls it."""

VALIDATION, TEST = 5_000, 25_000
"""Reviews."""


def other_seeds() -> pd.DataFrame:
    """Return network, seed, and the shares right on validation and test."""
    runs = pd.read_csv(LEADERBOARD)
    names = {entry: name for name, entry in ENTRIES.items()}
    runs = runs[runs.name.isin(names)]
    return pd.DataFrame(
        {
            "network": runs.name.map(names),
            "seed": runs.seed,
            "validation": (runs.validation_correct / VALIDATION).round(4),
            "test": (runs.test_correct / TEST).round(4),
        }
    ).reset_index(drop=True)


def gaps(bag: float) -> dict[str, list[float]]:
    """Return network -> its validation accuracy less the bag's, per seed."""
    rows = other_seeds()
    return {
        name: (group.validation - bag).tolist()
        for name, group in rows.groupby("network")
    }


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
