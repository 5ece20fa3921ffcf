"""Entries with one recurrent network, from the notes' to the best one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from leaderboard import vectors
from leaderboard.protocol import Answers, Chosen
from utils.classify.evidence import EVIDENCE_SCALE, LONGEST_RUN, evidence
from utils.classify.padding import flat, gather, pad_ids, token_positions
from utils.classify.pooling import in_chunks, mean_and_max
from utils.classify.protocol import Reviews

BATCH_SIZE = 64


@dataclass(frozen=True)
class Recipe:
    """One network and its training.

    Attributes:
        cell: Keras layer: "SimpleRNN", "LSTM" or "GRU".
        units: Of each direction.
        vocabulary: Ids below this are words.
        timesteps: Of a row, the last words of a review.
        padding: "pre" or "post".
        mask: Whether the padding is hidden.
        width: Numbers an embedded word.
        bidirectional: Whether a second reader starts at the end.
        pooled: Mean and maximum of all states instead of the last one.
        chunk: Steps that are read at a stretch; None reads all at once.
        dropout: Share of the embedding's columns dropped in training.
        vectors: Whether the embedding begins with word vectors that were
            learned from the training reviews.
        evidence: Whether each word brings its naive-Bayes evidence.
        total: Whether the sum of the evidence goes past the readers.
        least: Reviews that must hold a run of words for it to be evidence.
        epochs: At most; the best by validation loss is kept.
        patience: Epochs without a better one before stopping.
    """

    cell: str = "GRU"
    units: int = 32
    vocabulary: int = 20_000
    timesteps: int = 256
    padding: str = "pre"
    mask: bool = False
    width: int = 64
    bidirectional: bool = False
    pooled: bool = False
    chunk: int | None = None
    dropout: float = 0.0
    vectors: bool = False
    evidence: bool = False
    total: bool = False
    least: int = 1
    epochs: int = 4
    patience: int = 1


def network(
    recipe: Recipe,
    table: np.ndarray | None = None,
    learning_rate: float = 0.001,
) -> Any:
    """Return the compiled model of a recipe.

    Args:
        recipe: What to build.
        table: Word vectors to begin with, (vocabulary, width).
        learning_rate: Of Adam.
    """
    import keras
    from keras import layers

    words = keras.Input((recipe.timesteps,), dtype="int32")
    inputs, x = [words], _embedded(recipe, words, table)
    if recipe.evidence:
        inputs.append(keras.Input((recipe.timesteps, LONGEST_RUN)))
        x = layers.Concatenate()([x, inputs[1]])
    x = _read(recipe, x, words)
    if recipe.evidence and recipe.total:
        total = keras.ops.sum(inputs[1], axis=1) / EVIDENCE_SCALE
        x = layers.Concatenate()([x, total])
    if recipe.dropout:
        x = layers.Dropout(recipe.dropout)(x)
    answer = layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(inputs, answer)
    adam = keras.optimizers.Adam(learning_rate, clipnorm=1.0)
    accuracy = keras.metrics.BinaryAccuracy(name="accuracy")
    model.compile(adam, "binary_crossentropy", metrics=[accuracy])
    return model


def _embedded(recipe: Recipe, words: Any, table: np.ndarray | None) -> Any:
    """Return the vectors of the words, columns dropped in training."""
    from keras import layers

    width = recipe.width if table is None else table.shape[1]
    embedding = layers.Embedding(recipe.vocabulary, width)
    x = embedding(words)
    if table is not None:
        embedding.set_weights([table])
    if recipe.dropout:
        x = layers.SpatialDropout1D(recipe.dropout)(x)
    return x


def _read(recipe: Recipe, x: Any, words: Any) -> Any:
    """Return what the recurrent layer makes of a review, (batch, units)."""
    from keras import layers, ops

    cell = getattr(layers, recipe.cell)
    layer = cell(recipe.units, return_sequences=recipe.pooled)
    if recipe.bidirectional:
        layer = layers.Bidirectional(layer)
    mask = ops.not_equal(words, 0) if recipe.mask else None
    if recipe.chunk is None:
        states = layer(x, mask=mask)
    else:
        states = in_chunks(layer, x, mask, recipe.chunk)
    return mean_and_max(states, mask) if recipe.pooled else states


def entry(recipe: Recipe) -> Callable[[Reviews, int, Chosen], Answers]:
    """Return the training of a recipe, as the leaderboard calls it."""

    def train(reviews: Reviews, seed: int, chosen: Chosen) -> Answers:
        parts = inputs_of(recipe, reviews)
        model, epochs = trained(recipe, reviews, seed, chosen, parts)
        said = [answers(model, part) for part in parts[1:]]
        return Answers(
            validation=said[0],
            test=said[1],
            parameters=model.count_params(),
            epochs=epochs,
        )

    return train


def inputs_of(recipe: Recipe, reviews: Reviews) -> list[list[np.ndarray]]:
    """Return the model's inputs for training, validation and test."""
    texts = [
        flat(part)
        for part in (reviews.x_train, reviews.x_validation, reviews.x_test)
    ]
    where = [
        token_positions(text.lengths, recipe.timesteps, recipe.padding)
        for text in texts
    ]
    arrays = [
        [pad_ids(text, place, recipe.vocabulary)]
        for text, place in zip(texts, where, strict=True)
    ]
    if recipe.evidence:
        train, *others = texts
        beside = evidence(train, reviews.y_train, others, recipe.least)
        for own, text, values, place in zip(
            arrays, texts, beside, where, strict=True
        ):
            own.append(gather(values, text.offsets, place))
    return arrays


def trained(
    recipe: Recipe,
    reviews: Reviews,
    seed: int,
    chosen: Chosen,
    parts: list[list[np.ndarray]],
) -> tuple[Any, int]:
    """Return a trained model, and the epochs of its training.

    Args:
        recipe: Of the network.
        reviews: Whose validation part chooses the epoch, unless it was
            chosen before.
        seed: Of everything random.
        chosen: Its ``setting`` is the learning rate of Adam.
        parts: From `inputs_of`.
    """
    from utils import runtime

    table = None
    if recipe.vectors:
        table = vectors.vectors(reviews, recipe.vocabulary, seed)
    runtime.start(seed=seed)
    model = network(recipe, table, chosen.setting)
    epochs = fit(
        model,
        (parts[0], np.asarray(reviews.y_train, dtype=np.float32)),
        (parts[1], reviews.y_validation),
        chosen,
        epochs=recipe.epochs,
        batch_size=BATCH_SIZE,
        patience=recipe.patience,
    )
    return model, epochs


def fit(
    model: Any,
    train: tuple[Any, np.ndarray],
    validation: tuple[Any, np.ndarray],
    chosen: Chosen,
    *,
    epochs: int,
    batch_size: int,
    patience: int,
) -> int:
    """Train a compiled model; return the epochs up to the weights it has.

    Args:
        model: A compiled Keras model.
        train: Inputs and targets to learn from.
        validation: The same, to choose the epoch by.
        chosen: With ``epochs``, there are so many and nothing chooses.
        epochs: At most, else.
        batch_size: Reviews a step.
        patience: Epochs without a better one before stopping.
    """
    from utils import training

    fixed = chosen.epochs is not None
    history = training.fit(
        model,
        *train,
        epochs=chosen.epochs if fixed else epochs,
        batch_size=batch_size,
        validation_data=None if fixed else validation,
        patience=None if fixed else patience,
    )
    return history.best_epoch


def answers(model: Any, part: list[np.ndarray]) -> np.ndarray:
    """Return the probability of each review, compiled like the training."""
    from utils.runtime import quiet_stderr

    if not len(part[0]):
        return np.empty(0)
    with quiet_stderr():
        return model.predict(part, batch_size=500, verbose=0)[:, 0]
