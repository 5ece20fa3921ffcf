"""The lecture's networks: 500 words, the last 100 tokens, 8 units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from leaderboard.protocol import Answers
from utils.classify.protocol import Reviews

WORDS = 500
TOKENS = 100
UNITS = 8

LEARNING_RATES = {"SimpleRNN": 0.003, "LSTM": 0.003, "GRU": 0.01}
"""Of Adam, as lesson 17 chose them on the validation reviews."""


def entry(
    cell: str, *, bidirectional: bool = False, as_written: bool = False
) -> Callable[[Reviews, int], Answers]:
    """Return the training of one of lesson 17's classifiers.

    Args:
        cell: Keras layer.
        bidirectional: Whether a second reader starts at the end.
        as_written: With the notes' own training, RMSprop at 0.0001 for up
            to 100 epochs; else six epochs of Adam, as lesson 17 compares.
    """

    def train(reviews: Reviews, seed: int) -> Answers:
        from utils import runtime, training
        from utils.classify.lookup import learned_weights

        runtime.start(seed=seed)
        model = _model(cell, bidirectional, as_written)
        parts = (reviews.x_train, reviews.x_validation, reviews.x_test)
        train, validation, test = (_rows(part) for part in parts)
        training.fit(
            model,
            train,
            reviews.y_train,
            epochs=100 if as_written else 6,
            batch_size=64 if as_written else 250,
            validation_data=(validation, reviews.y_validation),
            patience=3 if as_written else 6,
        )
        return Answers(
            validation=training.predict(model, validation),
            test=training.predict(model, test) if len(test) else np.empty(0),
            parameters=learned_weights(model),
        )

    return train


def _rows(reviews: np.ndarray) -> np.ndarray:
    """Return the last ids of each review, rare words and start as in Keras."""
    from keras.utils import pad_sequences

    texts = [
        [number if number < WORDS else 2 for number in text[-TOKENS:]]
        for text in reviews
    ]
    return pad_sequences(texts, maxlen=TOKENS)


def _model(cell: str, bidirectional: bool, as_written: bool) -> Any:
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
    optimizer = (
        keras.optimizers.RMSprop(1e-4)
        if as_written
        else keras.optimizers.Adam(LEARNING_RATES[cell])
    )
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    return model
