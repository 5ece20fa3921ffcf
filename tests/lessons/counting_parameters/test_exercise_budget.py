"""Exercise 5 takes the model that it asks for, and no other of its size."""

import pytest

from lessons.counting_parameters.exercises import SHEET

OTHERS = "other layers than the two"
DEFAULTS = "Keras's defaults"
pytestmark = pytest.mark.usefixtures("keras")


@pytest.fixture
def question():
    """Return the exercise of student 0: LSTM on 36 inputs, at most 4,600."""
    question = SHEET.question("budget", 0)
    assert "one LSTM" in question.text and "4,600" in question.text
    return question


def built(between=(), head=None, **told):
    """Return a model of the widest LSTM, with something changed."""
    import keras
    from keras import layers

    return keras.Sequential([
        keras.Input((None, 36)),
        layers.LSTM(20, **told),
        *between,
        head or layers.Dense(1),
    ])  # fmt: skip


def test_the_widest_layer_is_right(question):
    assert question.feedback(built()) is None


def test_a_layer_too_many_is_named(question):
    from keras import layers

    assert OTHERS in question.feedback(built([layers.Dense(1)]))
    assert OTHERS in question.feedback(
        built([layers.SimpleRNN(2)], return_sequences=True)
    )


def test_a_missing_bias_is_named(question):
    from keras import layers

    assert DEFAULTS in question.feedback(built(use_bias=False))
    bare = layers.Dense(1, use_bias=False)
    assert DEFAULTS in question.feedback(built(head=bare))
