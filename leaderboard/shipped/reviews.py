"""Small review classifiers that answer after every word.

They learn from pieces of reviews of many lengths, because a demonstration
gets short texts, and a reader wants to see the answer grow word by word.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from utils.classify import store

WORDS = 5_000
"""How many words they know: the most frequent of the training reviews."""

WIDTH = 16
"""Numbers an embedded word."""

UNITS = 16
"""Of every recurrent layer."""

LONGEST = 80
"""Words a piece has at most."""

SHORTEST = 4
"""Words a piece has at least."""

FIRST_ID = 2
"""Id of the most frequent word; 0 is padding, 1 an unknown word."""

EPOCHS = 6

TRAINED = 20_000
"""Reviews that they learn from."""


def trained(layer_name: str) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Train a classifier with one recurrent layer.

    Args:
        layer_name: SimpleRNN, LSTM or GRU.

    Returns:
        Its arrays (``words`` packed, the rest as Keras orders them),
        and its facts: accuracies on reviews and on snippets it never saw.
    """
    from utils import imdb, runtime, training

    runtime.start(seed=1)
    import keras

    (reviews, labels), _ = imdb.load_data(num_words=WORDS + 4)
    words = imdb.decode(range(4, WORDS + 4)).split(" ")
    train, val = _order()[:TRAINED], held_out()
    x, y = _pieces([_own_ids(reviews[i]) for i in train], labels[train])
    ends = [_own_ids(reviews[i])[-LONGEST:] for i in val]
    model = _model(layer_name)
    training.fit(model, x, y, epochs=EPOCHS, batch_size=128)
    answers = training.predict(model, _padded(ends))
    accuracy = float(((answers > 0.5) == labels[val]).mean())
    arrays = _arrays(model, words)
    facts = {
        "layer": layer_name,
        "units": UNITS,
        "trained_on_reviews": len(train),
        "validation_accuracy": round(accuracy, 4),
        "keras": keras.__version__,
    }
    return arrays, facts


def _order() -> np.ndarray:
    """Return all training reviews in the order in which they are split."""
    return np.random.default_rng(1).permutation(25_000)


def held_out() -> np.ndarray:
    """Return the reviews that the classifiers do not learn from."""
    return _order()[TRAINED:]


def _own_ids(review: list[int]) -> np.ndarray:
    """Turn Keras's ids (start 1, unknown 2, words from 4) into ours."""
    ids = np.array(review[1:], dtype=np.int64)
    return np.where(ids < 4, 1, ids - 4 + FIRST_ID)


def _pieces(
    reviews: list[np.ndarray], labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Cut two pieces from every review: its end, and one of any length.

    Returns:
        Padded ids, (2 * reviews, LONGEST), and their labels.
    """
    rng = np.random.default_rng(2)
    ends, others = [], []
    for review in reviews:
        ends.append(review[-LONGEST:])
        # Short lengths as often as long ones, by their ratio.
        length = int(SHORTEST * (LONGEST / SHORTEST) ** rng.random())
        start = rng.integers(max(1, len(review) - length + 1))
        others.append(review[start : start + length])
    return _padded(ends + others), np.concatenate([labels, labels])


def _padded(pieces: list[np.ndarray]) -> np.ndarray:
    """Return the pieces as rows, zeros behind them."""
    rows = np.zeros((len(pieces), LONGEST), dtype="int32")
    for row, piece in zip(rows, pieces, strict=True):
        row[: len(piece)] = piece
    return rows


def _model(layer_name: str) -> Any:
    """Return the compiled model."""
    import keras

    recurrent = getattr(keras.layers, layer_name)
    model = keras.Sequential(
        [
            keras.Input((LONGEST,), dtype="int32"),
            keras.layers.Embedding(FIRST_ID + WORDS, WIDTH, mask_zero=True),
            keras.layers.Dropout(0.3),
            recurrent(UNITS),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    adam = keras.optimizers.Adam(0.003, clipnorm=1.0)
    model.compile(adam, "binary_crossentropy", metrics=["accuracy"])
    return model


def _arrays(model: Any, words: list[str]) -> dict[str, np.ndarray]:
    """Return what is stored: the table of words in half precision."""
    embedding, _, recurrent, dense = model.layers
    kernel, recurrent_kernel, bias = recurrent.get_weights()
    output_kernel, output_bias = dense.get_weights()
    return {
        "words": store.packed(words),
        "embedding": embedding.get_weights()[0].astype(np.float16),
        "kernel": kernel,
        "recurrent_kernel": recurrent_kernel,
        "bias": bias,
        "output_kernel": output_kernel,
        "output_bias": output_bias,
    }
