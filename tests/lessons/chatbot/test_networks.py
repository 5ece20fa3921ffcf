"""The loss of a batch, and Keras's networks run in NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.chatbot import choosing_study, networks, shipped, writing_study
from lessons.chatbot.data import PADDING, Rows

pytestmark = pytest.mark.slow


def by_hand(text, scores):
    """Return the in-batch loss, message by message."""
    result = []
    for own, row in enumerate(scores):
        counted = [
            score
            for other, score in enumerate(row)
            if other == own or text[other] != text[own]
        ]
        result.append(np.log(np.sum(np.exp(counted))) - row[own])
    return result


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 6), st.integers(0, 100))
def test_the_loss_is_that_of_a_loop_over_messages(batch, seed):
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(batch, batch)).astype("float32") * 5
    text = generator.integers(0, 3, size=batch)
    for shape in ((-1,), (-1, 1)):
        loss = networks.in_batch_loss(text.reshape(shape), scores)
        np.testing.assert_allclose(
            np.array(loss), by_hand(text, scores), rtol=1e-4, atol=1e-4
        )


def test_numpy_reads_and_writes_as_keras_does(keras):
    generator = np.random.default_rng(0)
    ids = generator.integers(4, 50, size=(5, 20))
    ids[np.arange(20) >= generator.integers(1, 21, size=(5, 1))] = PADDING
    answers = ids[::-1, :12].copy()
    keras.utils.set_random_seed(1)
    network = networks.writer(writing_study.WORDS)
    writer = writing_study.as_writer(network, ["x"] * 3000)
    given_, wanted = shipped.teacher(answers)
    scores = np.array(network([ids, given_]))
    logs = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    found = np.take_along_axis(logs, wanted[..., None], 2)[..., 0]
    nats = -(found * (wanted != PADDING)).sum(axis=1)
    # The stored word vectors have half precision.
    np.testing.assert_allclose(
        writer.nats(writer.states(ids), answers), nats, rtol=2e-3
    )
    step, _ = writer.step(given_[:, 0], writer.states(ids))
    np.testing.assert_allclose(step, logs[:, 0], rtol=2e-3)


@pytest.mark.usefixtures("keras")
def test_a_deaf_writer_begins_with_zeros():
    network = networks.writer(writing_study.WORDS, hears=False)
    writer = writing_study.as_writer(network, ["x"] * 3000)
    assert not writer.states(np.ones((3, 20), int)).any()
    assert network.count_params() < networks.writer(2000).count_params()


def rows():
    """Return two pairs."""
    message = np.array([[4, 5, 6, 0], [7, 0, 0, 0]])
    return Rows(message, message.copy(), *np.zeros((3, 2), int))


def test_shuffled_rows_keep_their_words_in_front_of_the_padding():
    for seed in range(9):
        mixed = choosing_study.shuffled(rows(), seed).message
        assert sorted(mixed[0, :3]) == [4, 5, 6]
        assert mixed[1].tolist() == [7, 0, 0, 0]
    assert any(
        choosing_study.shuffled(rows(), seed).message[0].tolist()
        != [4, 5, 6, 0]
        for seed in range(9)
    )


def test_the_last_word_is_the_last_before_the_padding():
    assert choosing_study.last_word(rows(), 0).message.tolist() == [[6], [7]]
