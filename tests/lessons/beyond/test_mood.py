"""A unit's correlation with the label, and its course over a review."""

import numpy as np
import pytest

from lessons.beyond import mood
from utils import imdb

ROWS = np.array([[5, 6, 0, 0], [7, 7, 7, 0], [6, 5, 7, 5], [7, 0, 0, 0]])


def of_table(keras, table):
    """Return a model whose state after a word is the word's row."""
    text = keras.Input((None,), dtype="int32")
    rows = keras.layers.Embedding(*table.shape)
    model = keras.Model(text, rows(text))
    rows.set_weights([table])
    return model


def test_agreement_is_the_correlation_of_means_of_real_words(keras):
    table = np.random.default_rng(0).normal(size=(8, 3)).astype("float32")
    table[:, 2] = 1  # a unit that never changes
    labels = np.array([1, 0, 1, 0])
    found = mood.agreement(of_table(keras, table), ROWS, labels)
    means = np.array([table[row[row > 0]].mean(axis=0) for row in ROWS])
    for unit in (0, 1):
        expected = np.corrcoef(means[:, unit], labels)[0, 1]
        assert found[unit] == pytest.approx(expected, abs=1e-5)
    assert found[2] == pytest.approx(0, abs=1e-3)


def test_the_course_is_less_what_is_usual_at_each_place(keras):
    table = np.arange(8, dtype="float32")[:, None] * [1, 10]
    inner = of_table(keras, table)
    follow = keras.Model(inner.input, inner.output[..., 1])
    texts = np.array([[3, 3, 3, 3], [6, 4, 0, 0]])
    _, (words, found) = mood.courses(follow, texts, ROWS)
    assert words == imdb.decode([6, 4]).split()
    usual = 10 * np.array([(5 + 7 + 6 + 7) / 4, (6 + 7 + 5) / 3])
    np.testing.assert_allclose(found, [60, 40] - usual, rtol=1e-5)


@pytest.mark.usefixtures("keras")
def test_an_untaught_reader_reads_the_table_it_was_given():
    table = np.zeros((8, 3), "float32")
    states = np.array(mood.untaught(table, 5)(ROWS))
    assert states.shape == (4, 4, 5)
    # A row of zeros leaves a state of zero where it is.
    assert not states.any()
    table[7] = 1
    states = np.array(mood.untaught(table, 5)(ROWS))
    assert states[1].any() and not states[0].any()
