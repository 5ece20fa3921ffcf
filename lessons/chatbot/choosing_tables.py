"""From the scores of ten candidates to the stored tables of lesson 20."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lessons.chatbot import baselines, data
from lessons.chatbot.choosing_study import CONTROLS, FROM_BAG, Material
from lessons.chatbot.conversations import Pair
from lessons.chatbot.resampling import ratio_interval

Scores = Mapping[str, Sequence[np.ndarray]]
"""Model -> scores (pairs, 10), one array a seed."""

WEIGHTS = (2.0, 5.0, 10.0, 20.0)
"""Factors of the cosine of TF-IDF beside a network's score."""

MOST_FREQUENT, TF_IDF = "the most frequent answer", "TF-IDF"

BOTH = f"{FROM_BAG}, and TF-IDF"

PAIRS = (
    ("GRU", TF_IDF),
    (FROM_BAG, TF_IDF),
    ("bag", TF_IDF),
    (FROM_BAG, "bag"),
    (BOTH, TF_IDF),
    (BOTH, FROM_BAG),
    *(("GRU", control) for control in CONTROLS),
)
"""Models that are compared on the same pairs and the same seeds."""

MEASURES = {"picked": data.picked, "mrr": data.reciprocal_rank}


def baseline_scores(
    material: Material, part: str
) -> dict[str, list[np.ndarray]]:
    """Return the scores of what needs no training of a network."""
    pairs: Sequence[Pair] = getattr(material.parts, part)
    tens = material.tens[part]
    train = material.parts.train
    counts = baselines.frequency(train, [pair.answer for pair in pairs])
    cosine = baselines.TfIdf(train).cosine(pairs, tens)
    return {MOST_FREQUENT: [counts[tens]], TF_IDF: [cosine]}


def with_tf_idf(validation: Scores, test: Scores) -> list[np.ndarray]:
    """Return test scores of network and TF-IDF together.

    The factor of the cosine is chosen on the validation part.
    """

    def together(scores: Scores, factor: float) -> list[np.ndarray]:
        cosine = scores[TF_IDF][0]
        return [each + factor * cosine for each in scores[FROM_BAG]]

    found = {
        factor: np.mean(
            [data.reciprocal_rank(s) for s in together(validation, factor)]
        )
        for factor in WEIGHTS
    }
    return together(test, max(found, key=found.__getitem__))


def table(scores: Scores) -> pd.DataFrame:
    """Return a row per model and seed with both measures."""
    rows = [
        {"model": name, "seed": seed}
        | {key: round(float(f(each).mean()), 4) for key, f in MEASURES.items()}
        for name, by_seed in scores.items()
        for seed, each in enumerate(by_seed, start=1)
    ]
    return pd.DataFrame(rows)


def differences(scores: Scores, people: np.ndarray) -> pd.DataFrame:
    """Return the differences of `PAIRS`, with their intervals."""
    rows = []
    for first, second in PAIRS:
        for key, measure in MEASURES.items():
            gap = np.array([measure(s) for s in scores[first]]) - np.array(
                [measure(s) for s in scores[second]]
            )
            rows.append((first, second, key, *ratio_interval(gap, people)))
    columns = ["first", "second", "of", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=columns).round(4)


def values(scores: Scores, people: np.ndarray) -> pd.DataFrame:
    """Return each model's share of right picks with its interval."""
    rows = [
        (name, *ratio_interval([data.picked(s) for s in by_seed], people))
        for name, by_seed in scores.items()
    ]
    return pd.DataFrame(rows, columns=["model", "picked", "low", "high"])
