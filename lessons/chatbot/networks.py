"""The networks of lesson 20, built again for its stored trainings."""

from __future__ import annotations

from typing import Any, NamedTuple

from lessons.chatbot.messages import LONGEST
from utils.errors import check_choice

WIDTH, UNITS = 48, 64
"""Numbers per word, and numbers of a message or an answer."""

SCALE = 10.0
"""Largest score: vectors of length 1 are multiplied, then this."""

READERS = ("GRU", "bag")
"""How an encoder reads: word by word, or the mean of the words' vectors."""


def in_batch_loss(text: Any, scores: Any) -> Any:
    """Return the loss of each message: its own answer against the others'.

    The cross-entropy of a softmax over the answers of the batch; another
    answer with the same words does not count against it.

    Args:
        text: Number of the answer's text, (batch,) or (batch, 1).
        scores: A row per message, a column per answer, (batch, batch).

    Source: Henderson et al. (2017), *Efficient natural language response
    suggestion for Smart Reply*, section 4.
    """
    from keras import ops

    text = ops.reshape(text, (-1,))
    own = ops.arange(ops.shape(text)[0])
    same = ops.equal(text[:, None], text[None, :])
    twin = ops.logical_and(same, ops.not_equal(own[:, None], own[None, :]))
    scores = ops.where(twin, -1e9, scores)
    return -ops.diagonal(scores - ops.logsumexp(scores, axis=1, keepdims=True))


class Chooser(NamedTuple):
    """A network that scores pairs, and its parts.

    Attributes:
        network: From a batch of messages and answers to their scores,
            (batch, batch), a row per message.
        of_message: From messages to vectors of length 1.
        of_answer: From answers to vectors of length 1.
        vectors: The Embedding that both share.
    """

    network: Any
    of_message: Any
    of_answer: Any
    vectors: Any


def chooser(words: int, reader: str = "GRU") -> Chooser:
    """Return two encoders and the product of what they say.

    Args:
        words: In the vocabulary.
        reader: One of `READERS`.
    """
    import keras
    from keras import layers, ops

    check_choice("reader", reader, READERS)
    vectors = layers.Embedding(words, WIDTH, mask_zero=True)

    # Not nested: a layer shared by two nested models is lost in a file.
    def encoded(ids: Any) -> Any:
        if reader == "GRU":
            read = layers.GRU(UNITS)(vectors(ids))
        else:
            mean = layers.GlobalAveragePooling1D()(vectors(ids))
            read = layers.Dense(UNITS, "tanh")(mean)
        return layers.UnitNormalization()(read)

    message, answer = (keras.Input((None,), dtype="int32") for _ in range(2))
    m, a = encoded(message), encoded(answer)
    network = keras.Model(
        [message, answer], SCALE * ops.matmul(m, ops.transpose(a))
    )
    of_message, of_answer = keras.Model(message, m), keras.Model(answer, a)
    return Chooser(network, of_message, of_answer, vectors)


def writer(words: int, *, hears: bool = True) -> Any:
    """Return a network that says the next word of an answer.

    Args:
        words: In the vocabulary.
        hears: Whether its decoder begins with the encoder's state. One
            that does not hear begins with zeros, and has no encoder.

    Returns:
        From messages (batch, LONGEST), where it hears, and the answer so
        far (batch, words) to scores (batch, words, ids).
    """
    import keras
    from keras import layers

    vectors = layers.Embedding(words, WIDTH, name="answer_embedding")
    given = keras.Input((None,), dtype="int32")
    decoder = layers.GRU(UNITS, return_sequences=True, name="decoder")
    scores = layers.Dense(words, name="scores")
    if not hears:
        return keras.Model(given, scores(decoder(vectors(given))))
    message = keras.Input((LONGEST,), dtype="int32")
    heard = layers.Embedding(
        words, WIDTH, mask_zero=True, name="message_embedding"
    )
    read = heard(message)
    state = layers.GRU(UNITS, name="encoder")(read)
    outputs = decoder(vectors(given), initial_state=state)
    return keras.Model([message, given], scores(outputs))
