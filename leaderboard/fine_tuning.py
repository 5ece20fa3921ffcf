"""A classifier that begins as a language model: pre-trained, fine-tuned.

The language model's table and GRU read a review; mean, maximum and last
state go into one sigmoid. What was learned before changes more slowly than
what is new: the rate of the readers and of the tables is a share of the
output's, and all rates rise for a tenth of the steps and then fall to 0.

Source: Dai & Le (2015), "Semi-supervised Sequence Learning"; pooling, the
rates by layer and their course from Howard & Ruder (2018), "Universal
Language Model Fine-tuning for Text Classification" (ULMFiT).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from leaderboard import language_model_files
from leaderboard.cache import spent
from leaderboard.protocol import Answers, Chosen
from leaderboard.rows import (
    FineTuning,
    batches,
    inputs_of,
    shortened,
    steps_of,
)
from utils.classify.evidence import EVIDENCE_SCALE, LONGEST_RUN
from utils.classify.padding import START_ID
from utils.classify.pooling import mean_and_max
from utils.classify.protocol import Reviews, correct
from utils.training import epoch_line

ANSWERED_AT_ONCE = 250
"""Reviews; the splits hold whole batches of it, so one shape is compiled."""

RISE = 0.1
"""Share of the steps in which the rates rise."""


def network(recipe: FineTuning, steps: int, learning_rate: float) -> Any:
    """Return the compiled model, with random weights.

    Inputs are, for each direction, ids (batch, timesteps) and, where the
    recipe has it, evidence (batch, timesteps, 3).

    Args:
        recipe: What to build.
        steps: Of the whole training.
        learning_rate: Of the output, at its highest.
    """
    import keras
    from keras import layers, ops

    inputs, pooled = [], []
    for direction in recipe.directions:
        own = [keras.Input((None,), dtype="int32")]
        if recipe.evidence:
            own.append(keras.Input((None, LONGEST_RUN)))
        pooled.append(_reader(recipe, direction)(own))
        inputs += own
    if recipe.evidence:
        # The sum is the same in both directions.
        pooled.append(ops.sum(inputs[1], axis=1) / EVIDENCE_SCALE)
    x = layers.Concatenate()(pooled) if len(pooled) > 1 else pooled[0]
    x = layers.Dropout(recipe.dropout)(x)
    answer = layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(inputs, answer)
    model.compile(
        _optimizer(recipe, model.trainable_variables, steps, learning_rate),
        "binary_crossentropy",
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
        jit_compile=True,
    )
    return model


def _reader(recipe: FineTuning, direction: str) -> Any:
    """Return the layer from words to mean, maximum and last state.

    Every piece begins as the language model's reviews do: with a state of
    zero and the start id, whose state is not pooled.
    """
    from keras import layers, ops

    size, known = recipe.piece, recipe.pretraining
    start = ((0, 0), (1, 0))

    class Reader(layers.Layer):
        """Ids, and perhaps evidence, to (batch, 3 units)."""

        def __init__(self) -> None:
            super().__init__(name=direction)
            self.table = layers.Embedding(
                known.vocabulary, known.width, name="table"
            )
            self.dropped = layers.SpatialDropout1D(recipe.dropout)
            self.gru = layers.GRU(
                known.units, return_sequences=True, name="gru"
            )

        def call(self, inputs: list[Any], training: bool = False) -> Any:
            words, *beside = inputs
            ids = ops.reshape(words, (-1, size)) if size else words
            ids = ops.pad(ids, start, constant_values=START_ID)
            x = self.dropped(self.table(ids), training=training)
            if beside:
                values = beside[0]
                if size:
                    values = ops.reshape(values, (-1, size, LONGEST_RUN))
                values = ops.pad(values, (*start, (0, 0)))
                x = ops.concatenate([x, values], axis=-1)
            states = self.gru(x, mask=ops.not_equal(ids, 0))[:, 1:]
            whole = (-1, ops.shape(words)[1], known.units)
            return pooled(ops.reshape(states, whole), ops.not_equal(words, 0))

    return Reader()


def pooled(states: Any, mask: Any) -> Any:
    """Return mean, maximum and last of the states that are not padding.

    Args:
        states: (batch, timesteps, units).
        mask: (batch, timesteps), False at padding, which is at the end.

    Returns:
        (batch, 3 units).
    """
    from keras import ops

    count = ops.sum(ops.cast(mask, "int32"), axis=1)
    last = ops.maximum(count - 1, 0)[:, None, None]
    at_end = ops.take_along_axis(states, last, axis=1)[:, 0]
    return ops.concatenate([mean_and_max(states, mask), at_end], axis=-1)


def _optimizer(
    recipe: FineTuning, variables: list[Any], steps: int, highest: float
) -> Any:
    """Return Adam with rates by layer, that rise and then fall to 0."""
    import keras

    def share(known: Any) -> float:
        if "/table/" in known.path:
            return recipe.table_rate
        return recipe.reader_rate if "/gru/" in known.path else 1.0

    class ByLayer(keras.optimizers.Adam):
        """Adam, slower where a variable has learned before."""

        def update_step(
            self, gradient: Any, variable: Any, learning_rate: Any
        ) -> None:
            # TensorFlow hands over its own variable, which has no path.
            known = next(v for v in variables if v.value is variable)
            rate = share(known) * learning_rate
            super().update_step(gradient, variable, rate)

    rise = max(int(RISE * steps), 1)
    course = keras.optimizers.schedules.CosineDecay(
        0.0,
        max(steps - rise, 1),
        warmup_target=highest,
        warmup_steps=rise,
    )
    return ByLayer(course, global_clipnorm=1.0)


def begin_as(
    model: Any, direction: str, weights: dict[str, np.ndarray]
) -> None:
    """Give a reader of the model a language model's weights.

    Evidence enters with a weight of 0: at first it changes nothing.
    """
    reader = model.get_layer(direction)
    reader.table.set_weights([weights["table"]])
    kernel = np.zeros_like(reader.gru.get_weights()[0])
    kernel[: len(weights["kernel"])] = weights["kernel"]
    gru = [kernel, weights["recurrent_kernel"], weights["bias"]]
    reader.gru.set_weights(gru)


def entry(recipe: FineTuning) -> Callable[[Reviews, int, Chosen], Answers]:
    """Return the training of a recipe, as the leaderboard calls it."""

    def train(reviews: Reviews, seed: int, chosen: Chosen) -> Answers:
        parts = inputs_of(recipe, reviews)
        before = []
        for way in recipe.directions if recipe.pretrained else ():
            before.append(language_model_files.weights(way))
            name = language_model_files.name_of(way)
            spent(name, language_model_files.seconds(way))
        model, epochs = trained(recipe, reviews, seed, chosen, parts, before)
        said = [answers(model, part, recipe) for part in parts[1:]]
        return Answers(
            validation=said[0],
            test=said[1],
            parameters=model.count_params(),
            epochs=epochs,
        )

    return train


def trained(
    recipe: FineTuning,
    reviews: Reviews,
    seed: int,
    chosen: Chosen,
    parts: list[list[np.ndarray]],
    before: list[dict[str, np.ndarray]],
) -> tuple[Any, int]:
    """Return a trained model, and the epochs of its training.

    Args:
        recipe: Of the network and its training.
        reviews: Whose validation part chooses the epoch, unless it was
            chosen before.
        seed: Of everything random but the language models.
        chosen: Its ``setting`` is the learning rate of the output.
        parts: From `inputs_of`.
        before: A language model's weights for each direction, or none.
    """
    from utils import runtime

    runtime.start(seed=seed)
    steps = recipe.epochs * (len(reviews.y_train) // recipe.batch_size)
    model = network(recipe, steps, chosen.setting)
    for direction, made in zip(recipe.directions, before, strict=False):
        begin_as(model, direction, made)
    rng = np.random.default_rng(seed)
    return model, _fit(model, recipe, chosen, parts, reviews, rng)


def _fit(
    model: Any,
    recipe: FineTuning,
    chosen: Chosen,
    parts: list[list[np.ndarray]],
    reviews: Reviews,
    rng: np.random.Generator,
) -> int:
    """Train, keep the best epoch by validation loss, and return it.

    The rates fall over all epochs of the recipe, also where ``chosen`` says
    after which of them to end.
    """
    from sklearn.metrics import log_loss

    best, least, kept = model.get_weights(), np.inf, 0
    for epoch in range(1, (chosen.epochs or recipe.epochs) + 1):
        model.reset_metrics()
        for rows in batches(parts[0][0], recipe, rng):
            x = shortened(parts[0], rows, recipe)
            y = reviews.y_train[rows].astype(np.float32)
            values = model.train_on_batch(x, y[:, None], return_dict=True)
        loss = least
        if len(reviews.y_validation):
            said = answers(model, parts[1], recipe)
            loss = log_loss(reviews.y_validation, said)
            right = correct(said, reviews.y_validation) / len(said)
            values |= {"val_loss": loss, "val_accuracy": right}
        print(epoch_line(epoch, recipe.epochs, values), file=sys.stderr)
        if chosen.epochs or loss < least:
            best, least, kept = model.get_weights(), loss, epoch
    model.set_weights(best)
    return kept


def answers(
    model: Any, part: list[np.ndarray], recipe: FineTuning
) -> np.ndarray:
    """Return the probability that each review is positive, (reviews,)."""
    said = np.empty(len(part[0]))
    order = np.argsort(steps_of(part[0], recipe), kind="stable")
    for start in range(0, len(order), ANSWERED_AT_ONCE):
        rows = order[start : start + ANSWERED_AT_ONCE]
        inputs = shortened(part, rows, recipe)
        said[rows] = model.predict_on_batch(inputs)[:, 0]
    return said
