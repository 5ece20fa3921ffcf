"""A language model of the reviews: a GRU that learns to foretell words.

It needs no label, so it reads the training reviews and the unlabelled ones,
in their own order or from the last word to the first. `pretraining` trains
it, and `fine_tuning` makes a classifier of it.

Source of the idea: Dai & Le (2015), "Semi-supervised Sequence Learning";
of the tied table: Press & Wolf (2017), "Using the Output Embedding to
Improve Language Models", and Inan et al. (2017).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.classify.padding import START_ID, UNKNOWN_ID, Flat
from utils.errors import check_choice

DIRECTIONS = ("forward", "backward")

PARTS = 8
"""At most, in which the loss of a window is computed one after the other."""

NEVER = -1e9
"""Logit of a word that does not count."""

REPORTS = 20
"""Lines that a pass prints on its progress."""

HELD_OUT_BATCH = 16
"""Rows of a step of the perplexity, which compares all words."""


@dataclass(frozen=True)
class Pretraining:
    """A language model and its training.

    Attributes:
        vocabulary: Ids below this are words, the others one unknown word.
        width: Numbers of a word's vector.
        units: Of the GRU.
        negatives: Words that a step tells the right ones from.
        window: Steps through which an error travels back.
        batch_size: Places of the text that are read side by side.
        learning_rates: Of Adam, one for each pass over the reviews.
        held_out: Validation reviews that the perplexity is of.
    """

    vocabulary: int = 20_000
    width: int = 128
    units: int = 256
    negatives: int = 2_048
    window: int = 64
    batch_size: int = 128
    learning_rates: tuple[float, ...] = (0.004, 0.003, 0.0015, 0.0005)
    held_out: int = 500


def stream(
    reviews: Flat, order: np.ndarray, direction: str, vocabulary: int
) -> np.ndarray:
    """Return reviews one behind the other, a start id before each.

    Args:
        reviews: Without start ids.
        order: Which review comes when, (reviews,).
        direction: "forward", or "backward" from last word to first.
        vocabulary: Ids from here on become the unknown word.

    Returns:
        int32, (words + reviews,).
    """
    check_choice("direction", direction, DIRECTIONS)
    lengths = reviews.lengths[order]
    ends = np.cumsum(lengths)
    step = np.arange(lengths.sum()) - np.repeat(ends - lengths, lengths)
    if direction == "forward":
        place = np.repeat(reviews.offsets[:-1][order], lengths) + step
    else:
        place = np.repeat(reviews.offsets[1:][order] - 1, lengths) - step
    ids = reviews.ids[place]
    ids = np.where(ids < vocabulary, ids, UNKNOWN_ID).astype(np.int32)
    # The start id tells the network that all state ends.
    return np.insert(ids, ends - lengths, START_ID)


def windows(
    ids: np.ndarray, batch_size: int, window: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Cut a stream into rows and the rows into windows.

    Row ``i`` of a window goes on where row ``i`` of the one before ended.
    What does not fill a window of all rows is left out.

    Yields:
        Ids and the ids that follow them, (batch_size, window) each.
    """
    count = (len(ids) - 1) // (batch_size * window)
    used = batch_size * window * count
    x = ids[:used].reshape(batch_size, -1)
    y = ids[1 : used + 1].reshape(batch_size, -1)
    for start in range(0, window * count, window):
        yield x[:, start : start + window], y[:, start : start + window]


def log_uniform(
    rng: np.random.Generator, classes: int, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw different ids, frequent words (small ids) more often.

    ``P(id) = ln((id + 2) / (id + 1)) / ln(classes + 1)``, drawn again and
    again until ``count`` different ones are found.

    Returns:
        The ids, int32 (count,), and the logarithm of how often each class
        is expected among them, float32 (classes,).

    Source: TensorFlow's ``log_uniform_candidate_sampler``, which XLA cannot
    compile and whose state cannot be stored.
    """
    draws = np.empty(0, dtype=np.int32)
    first = draws
    while len(first) < count:
        more = rng.random(max(3 * count, len(draws)))
        ids = np.exp(more * np.log(classes + 1)).astype(np.int32) - 1
        draws = np.concatenate([draws, np.minimum(ids, classes - 1)])
        first = np.sort(np.unique(draws, return_index=True)[1])
    tries = first[count - 1] + 1
    p = np.log1p(1 / (np.arange(classes) + 1)) / np.log(classes + 1)
    log_counts = np.log(-np.expm1(tries * np.log1p(-p))).astype(np.float32)
    return draws[first[:count]], log_counts


def network(recipe: Pretraining) -> Any:
    """Return the model: from ids and a state to outputs and a state.

    Inputs are ids (batch, timesteps) and the state before them (batch,
    units); outputs are (batch, timesteps, width), to be multiplied with the
    vectors of words, and the state after the last step. The state is zero
    again at each start id: nothing of one review reaches the next.
    """
    import keras
    from keras import layers, ops

    ids = keras.Input((None,), dtype="int32")
    before = keras.Input((recipe.units,))
    table = layers.Embedding(recipe.vocabulary, recipe.width, name="table")
    goes_on = ops.cast(ops.not_equal(ids, START_ID), "float32")[..., None]
    x = layers.Concatenate()([goes_on, table(ids)])
    reader = layers.RNN(
        _cell(recipe.units), return_sequences=True, return_state=True
    )
    states, after = reader(x, initial_state=before)
    outputs = layers.Dense(recipe.width, name="projection")(states)
    return keras.Model([ids, before], [outputs, after])


def _cell(units: int) -> Any:
    """Return Keras's GRU cell, but that a first input of 0 ends its state."""
    from keras import layers

    class Cell(layers.GRUCell):
        """A GRU cell that begins again where a review does."""

        def build(self, input_shape: tuple[int | None, ...]) -> None:
            super().build((*input_shape[:-1], input_shape[-1] - 1))

        def call(
            self, inputs: Any, states: Any, training: bool = False
        ) -> Any:
            goes_on, x = inputs[:, :1], inputs[:, 1:]
            return super().call(x, [states[0] * goes_on], training=training)

    return Cell(units)


def sampled_loss(
    outputs: Any,
    table: Any,
    targets: Any,
    negatives: Any,
    log_counts: tuple[Any, Any],
) -> Any:
    """Return the mean sampled softmax loss in nats.

    As ``tf.nn.sampled_softmax_loss``, where a negative that is the target
    does not count, but XLA can compile it.

    Args:
        outputs: (words, width).
        table: Vectors of all words, (vocabulary, width).
        targets: Right ids, (words,).
        negatives: Other ids, one list for all words, (negatives,).
        log_counts: Logarithms of how often targets, (words,), and
            negatives, (negatives,), are expected in a drawn list.
    """
    import tensorflow as tf

    of_targets, of_negatives = log_counts
    right = tf.reduce_sum(outputs * tf.gather(table, targets), axis=-1)
    right -= of_targets
    vectors = tf.gather(table, negatives)
    count = math.gcd(targets.shape[0], PARTS)

    @tf.custom_gradient
    def loss(outputs: Any, right: Any, vectors: Any) -> Any:
        """Of all words, with its gradients: each probability is met once."""
        shared = vectors, negatives, of_negatives
        parts = [
            tf.reshape(x, (count, -1, *x.shape[1:]))
            for x in (outputs, right, targets)
        ]
        total, d_outputs, d_right, d_vectors = _in_parts(parts, shared)
        gradients = (
            tf.reshape(d_outputs, outputs.shape),
            tf.reshape(d_right, right.shape),
            d_vectors,
        )
        return total, lambda change: [change * one for one in gradients]

    return loss(outputs, right, vectors) / targets.shape[0]


def _in_parts(parts: list[Any], shared: tuple[Any, Any, Any]) -> Any:
    """Return the summed loss, and its gradients as `sampled_loss` has them.

    On one core the loss of 8,192 words with its gradients takes 0.13 s in
    eight parts, and 0.23 s at once with TensorFlow's own gradients.
    """
    import tensorflow as tf

    outputs, right, targets = parts
    vectors, negatives, of_negatives = shared
    columns = tf.transpose(vectors)
    count = targets.shape[0]

    def body(
        i: Any, total: Any, d_out: Any, d_right: Any, d_columns: Any
    ) -> Any:
        wrong = tf.matmul(outputs[i], columns)
        same = targets[i][:, None] == negatives[None]
        wrong = tf.where(same, NEVER, wrong - of_negatives)
        of_right = right[i][:, None]
        largest = tf.reduce_max(wrong, axis=-1, keepdims=True)
        largest = tf.maximum(largest, of_right)
        wrong, of_right = tf.exp(wrong - largest), of_right - largest
        size = tf.exp(of_right) + tf.reduce_sum(wrong, -1, keepdims=True)
        total += tf.reduce_sum(tf.math.log(size) - of_right)
        wrong /= size
        p_right = (tf.exp(of_right) / size)[:, 0]
        d_columns += tf.matmul(outputs[i], wrong, transpose_a=True)
        d_out = d_out.write(i, tf.matmul(wrong, vectors))
        return i + 1, total, d_out, d_right.write(i, p_right - 1), d_columns

    def store(like: Any) -> Any:
        return tf.TensorArray(tf.float32, count, element_shape=like.shape[1:])

    begin = (0, 0.0, store(outputs), store(right), tf.zeros_like(columns))
    _, total, d_out, d_right, d_columns = tf.while_loop(
        lambda i, *_: i < count, body, begin, maximum_iterations=count
    )
    return total, d_out.stack(), d_right.stack(), tf.transpose(d_columns)


def training_step(model: Any, optimizer: Any) -> Callable[..., Any]:
    """Return the compiled step: it learns, and returns loss and state."""
    import tensorflow as tf

    table = model.get_layer("table").embeddings
    variables = model.trainable_variables

    @tf.function(jit_compile=True, autograph=False)
    def step(
        ids: Any, targets: Any, state: Any, negatives: Any, log_counts: Any
    ) -> Any:
        with tf.GradientTape() as tape:
            outputs, after = model([ids, state], training=True)
            loss = sampled_loss(
                tf.reshape(outputs, (-1, outputs.shape[-1])),
                table.value,
                tf.reshape(targets, (-1,)),
                negatives,
                log_counts,
            )
        weights = [variable.value for variable in variables]
        gradients = tape.gradient(loss, weights)
        dense = [tf.convert_to_tensor(one) for one in gradients]
        optimizer.apply(dense, variables)
        return loss, after

    return step


def read_pass(
    step: Callable[..., Any],
    ids: np.ndarray,
    recipe: Pretraining,
    rng: np.random.Generator,
    told: Callable[[int, int, float], Any] = lambda *_: None,
) -> float:
    """Let a training step read a stream once; return the mean loss.

    The state of a window is where the next one begins; no error travels
    back over that border.

    Args:
        step: From `training_step`.
        ids: From `stream`.
        recipe: Whose batch, window and negatives it takes.
        rng: Draws the negatives.
        told: Is told steps done, steps in all, and the mean loss so far.
    """
    size = recipe.batch_size * recipe.window
    steps = (len(ids) - 1) // size
    state = np.zeros((recipe.batch_size, recipe.units), dtype=np.float32)
    total = 0.0
    every = max(steps // REPORTS, 1)
    parts = windows(ids, recipe.batch_size, recipe.window)
    for number, (x, y) in enumerate(parts, start=1):
        negatives, log_counts = log_uniform(
            rng, recipe.vocabulary, recipe.negatives
        )
        counts = log_counts[y.ravel()], log_counts[negatives]
        loss, state = step(x, y, state, negatives, counts)
        total += float(loss)
        if number % every == 0:
            told(number, steps, total / number)
    return total / max(steps, 1)


def perplexity(model: Any, ids: np.ndarray, window: int = 64) -> float:
    """Return the perplexity of a stream among all words.

    It is ``exp`` of the mean of ``-ln P(next id)``; the start ids, which
    stand for the end of a review, and the unknown word count as words.
    """
    import tensorflow as tf

    table = model.get_layer("table").embeddings.value

    @tf.function(jit_compile=True, autograph=False)
    def measure(x: Any, y: Any, state: Any) -> Any:
        outputs, after = model([x, state], training=False)
        logits = tf.matmul(
            tf.reshape(outputs, (-1, outputs.shape[-1])),
            table,
            transpose_b=True,
        )
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
            tf.reshape(y, (-1,)), logits
        )
        return tf.reduce_mean(losses), after

    units = model.inputs[1].shape[-1]
    state = np.zeros((HELD_OUT_BATCH, units), dtype=np.float32)
    losses = []
    for x, y in windows(ids, HELD_OUT_BATCH, window):
        loss, state = measure(x, y, state)
        losses.append(float(loss))
    return float(np.exp(np.mean(losses)))
