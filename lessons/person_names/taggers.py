"""The taggers of lesson 15, built again for its stored trainings."""

from __future__ import annotations

from typing import Any

import numpy as np

from lessons.person_names import names
from lessons.person_names.data import PADDING, Sentences

STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""C of the logistic regression, chosen on the validation part as well: the
larger, the less its weights are held near zero."""

WIDTH = 21
"""Numbers per word, as in the lesson."""

COUNTS = "logistic regression, five words"


def tagger(name: str, vocabulary_size: int, rate: float) -> Any:
    """Return a compiled tagger: an answer for each of LONGEST words."""
    import keras
    from keras import layers

    window = {"padding": "same", "activation": "relu"}
    layer = {
        "one reader": lambda: layers.LSTM(30, return_sequences=True),
        "two readers": lambda: layers.Bidirectional(
            layers.LSTM(19, return_sequences=True)
        ),
        "window of five words": lambda: layers.Conv1D(58, 5, **window),
        "window up to the word": lambda: layers.Conv1D(
            58, 5, **{**window, "padding": "causal"}
        ),
    }[name]()
    embedding = layers.Embedding(
        vocabulary_size, WIDTH, mask_zero=layer.supports_masking
    )
    stack = [keras.Input((names.LONGEST,)), embedding, layer]
    model = keras.Sequential([*stack, layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy")
    return model


def average_precision(part: Sentences, probability: np.ndarray) -> float:
    """Return the mean precision over all recalls."""
    from sklearn.metrics import average_precision_score

    at = part.mask
    return float(average_precision_score(part.is_name[at], probability[at]))


def score_of(
    part: Sentences, probability: np.ndarray, threshold: float = 0.5
) -> names.Score:
    """Return the score over words at a threshold."""
    return names.score(part.is_name, probability > threshold, part.mask)


def windows(part: Sentences, vocabulary_size: int, reach: int = 2) -> Any:
    """Return the words around each word as a sparse matrix of 0 and 1.

    Args:
        part: Sentences.
        vocabulary_size: How many ids there are.
        reach: Words on each side.

    Returns:
        (words, (2 * reach + 1) * vocabulary_size), a row per word.
    """
    from scipy import sparse

    around = np.lib.stride_tricks.sliding_window_view(
        np.pad(part.ids, ((0, 0), (reach, reach))), 2 * reach + 1, axis=1
    )[part.mask]
    rows, columns = np.nonzero(around != PADDING)
    places = columns * vocabulary_size + around[rows, columns]
    shape = len(around), (2 * reach + 1) * vocabulary_size
    return sparse.csr_array((np.ones(len(rows)), (rows, places)), shape=shape)


def counted(
    train: Sentences, validation: Sentences, test: Sentences, size: int
) -> tuple[np.ndarray, np.ndarray, dict[float, float]]:
    """Return the answers of a logistic regression on windows of five words.

    Returns:
        Probabilities (sentences, LONGEST) for validation and test, 0 at the
        padding, and C -> F1 on the validation part.
    """
    from sklearn.linear_model import LogisticRegression

    def answers(model: Any, part: Sentences) -> np.ndarray:
        result = np.zeros(part.mask.shape)
        result[part.mask] = model.predict_proba(windows(part, size))[:, 1]
        return result

    models = {
        strength: LogisticRegression(C=strength, max_iter=1000).fit(
            windows(train, size), train.is_name[train.mask]
        )
        for strength in STRENGTHS
    }
    f1 = {
        strength: score_of(validation, answers(model, validation)).f1
        for strength, model in models.items()
    }
    best = models[max(f1, key=f1.__getitem__)]
    print(COUNTS, "C", best.C, flush=True)
    return answers(best, validation), answers(best, test), f1
