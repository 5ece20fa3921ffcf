"""The lecture's networks: 500 words, the last 100 tokens, 8 units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from leaderboard.protocol import Answers, Chosen
from leaderboard.recurrent import fit
from utils.classify.protocol import Reviews

WORDS = 500
TOKENS = 100
UNITS = 8

NOTES_RATE = 0.0001
"""Of RMSprop, as the notes have it."""


def entry(
    cell: str, *, bidirectional: bool = False, as_written: bool = False
) -> Callable[[Reviews, int, Chosen], Answers]:
    """Return the training of one of lesson 17's classifiers.

    Args:
        cell: Keras layer.
        bidirectional: Whether a second reader starts at the end.
        as_written: With the notes' own training, RMSprop for up to 100
            epochs; else six epochs of Adam, as lesson 17 compares.
    """

    def train(reviews: Reviews, seed: int, chosen: Chosen) -> Answers:
        from utils import runtime, training
        from utils.classify.lookup import learned_weights

        runtime.start(seed=seed)
        model = _model(cell, bidirectional, _optimizer(as_written, chosen))
        parts = (reviews.x_train, reviews.x_validation, reviews.x_test)
        train, validation, test = (_rows(part) for part in parts)
        epochs = fit(
            model,
            (train, reviews.y_train),
            (validation, reviews.y_validation),
            chosen,
            epochs=100 if as_written else 6,
            batch_size=64 if as_written else 250,
            patience=3 if as_written else 6,
        )
        said = [
            training.predict(model, part) if len(part) else np.empty(0)
            for part in (validation, test)
        ]
        return Answers(*said, learned_weights(model), epochs)

    return train


def _rows(reviews: np.ndarray) -> np.ndarray:
    """Return the last ids of each review, rare words and start as in Keras."""
    from keras.utils import pad_sequences

    texts = [
        [number if number < WORDS else 2 for number in text[-TOKENS:]]
        for text in reviews
    ]
    return pad_sequences(texts, maxlen=TOKENS)


def _optimizer(as_written: bool, chosen: Chosen) -> Any:
    """Return the optimizer of the notes, or Adam."""
    from keras.optimizers import Adam, RMSprop

    return (RMSprop if as_written else Adam)(chosen.setting)


def _model(cell: str, bidirectional: bool, optimizer: Any) -> Any:
    """Return the compiled model."""
    import keras
    from keras import layers

    from utils.classify.lookup import lookup_layers

    recurrent = getattr(layers, cell)(UNITS)
    if bidirectional:
        recurrent = layers.Bidirectional(recurrent)
    model = keras.Sequential(
        [
            keras.Input((TOKENS,), dtype="int32"),
            *lookup_layers(recurrent, WORDS),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    return model
