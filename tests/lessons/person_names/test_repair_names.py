"""The check of exercise 5 of lesson 15 goes by what a tagger does."""

import pytest

from lessons.person_names.exercises import SHEET

pytestmark = pytest.mark.slow  # takes seconds


@pytest.fixture(scope="module")
def said():
    """Return a function that says what is wrong with a stack of layers."""
    import keras
    from keras import layers

    question = SHEET.question("repair")

    def feedback(*stack, mask_zero=True, head=None):
        embedding = layers.Embedding(2500, 45, mask_zero=mask_zero)
        head = head or layers.Dense(1, activation="sigmoid")
        model = keras.Sequential([
            keras.Input((77,)), embedding, *stack, head
        ])  # fmt: skip
        return question.feedback(model)

    return feedback


def both_ways():
    """Return two readers."""
    from keras import layers

    return layers.Bidirectional(layers.LSTM(22, return_sequences=True))


def test_right_answers_of_other_forms_are_taken(said):
    from keras import layers

    head = layers.Dense(1, activation="sigmoid")
    assert said(both_ways(), head=layers.TimeDistributed(head)) is None
    assert said(layers.Dropout(0.2), both_ways()) is None
    assert said(both_ways(), both_ways()) is None
    plain, sigmoid = layers.Dense(1), layers.Activation("sigmoid")
    assert said(both_ways(), plain, head=sigmoid) is None


def test_wrong_answers_are_told_a_true_reason(said):
    from keras import layers

    window = layers.Conv1D(22, 5, padding="same", activation="relu")
    assert "padding is read" in said(window, mask_zero=False)
    backwards = layers.LSTM(22, return_sequences=True, go_backwards=True)
    assert "both sides" in said(backwards)
    relu = layers.Dense(1, activation="relu")
    assert "no probability" in said(both_ways(), head=relu)
    assert "no probability" in said(both_ways(), head=layers.Dense(1))
    assert "padding is read" in said(both_ways(), mask_zero=False)
