"""Whether a unit of a language model goes with the label, and its course.

Nobody told the model whether a review is positive. Radford et al. (2017),
"Learning to Generate Reviews and Discovering Sentiment", found a unit that
follows it in a network of letters.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from utils import imdb, training


def agreement(reader: Any, rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return each unit's correlation with the label, float64, (units,).

    Args:
        reader: Keras model from ids to states, (reviews, timesteps, units).
        rows: Ids, (reviews, timesteps), 0 behind the last word.
        labels: 1 is positive, (reviews,).

    Returns:
        Of the mean state of a review and its label; 0 for a unit that is
        always the same.
    """
    real = (rows > 0)[..., None]
    seen = training.predict(reader, rows) * real
    means = seen.sum(axis=1) / np.maximum(real.sum(axis=1), 1)
    x, y = means - means.mean(axis=0), labels - np.mean(labels)
    size = np.sqrt((x**2).sum(axis=0) * (y**2).sum())
    return np.divide(x.T @ y, size, out=np.zeros(len(x.T)), where=size > 0)


def untaught(table: np.ndarray, units: int) -> Any:
    """Return a reader with random weights, over a table that is given.

    Args:
        table: A row for each id, (vocabulary, width).
        units: Of the GRU.
    """
    import keras
    from keras import layers

    text = keras.Input((None,), dtype="int32")
    rows = layers.Embedding(*table.shape)
    reader = layers.GRU(units, return_sequences=True)
    model = keras.Model(text, reader(rows(text)))
    rows.set_weights([table])
    return model


def courses(
    follow: Any, texts: np.ndarray, rows: np.ndarray
) -> list[tuple[list[str], np.ndarray]]:
    """Return the words of each text and a unit's state after each word.

    What the state usually is at a place is taken away.

    Args:
        follow: Keras model from ids to the unit's states, (reviews,
            timesteps).
        texts: Ids, (texts, timesteps), 0 behind the last word.
        rows: Of other reviews, (reviews, timesteps), that say what is usual.
    """
    real = rows > 0
    seen = (training.predict(follow, rows) * real).sum(axis=0)
    usual = seen / np.maximum(real.sum(axis=0), 1)
    found = []
    for text, states in zip(texts, np.array(follow(texts)), strict=True):
        words = imdb.decode(text[text > 0].tolist()).split()
        found.append((words, (states - usual)[: len(words)]))
    return found
