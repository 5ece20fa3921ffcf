"""The unit of a language model that goes with the label."""

import numpy as np
import pytest

from leaderboard.sentiment_unit import (
    correlations,
    mean_states,
    sentiment_unit,
    states,
)

GOOD, BAD, OTHER = 5, 6, 7


@pytest.fixture
def weights():
    """A GRU of three units; the second one falls at good words."""
    rng = np.random.default_rng(0)
    table = np.zeros((9, 2), "float32")
    table[GOOD, 0], table[BAD, 0] = 1, -1
    table[:, 1] = rng.normal(size=9)
    kernel = np.zeros((2, 9), "float32")
    kernel[1] = rng.normal(size=9)
    kernel[:, 7] = -1, 0
    return {
        "table": table,
        "kernel": kernel,
        "recurrent_kernel": rng.normal(0, 0.1, (3, 9)).astype("float32"),
        "bias": np.zeros((2, 9), "float32"),
    }


def some(count, seed):
    """Reviews of different lengths and their labels."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, count)
    words = [GOOD if label else BAD for label in labels]
    return [
        [1, *[OTHER] * rng.integers(1, 5), word, *[OTHER] * rng.integers(4)]
        for word in words
    ], labels


def test_the_unit_is_found_and_falls_at_the_word(weights):
    reviews, labels = some(150, 1)
    unit, found = sentiment_unit(mean_states(weights, reviews), labels)
    assert unit == 1 and found < -0.8
    others, new = some(150, 2)
    value = correlations(mean_states(weights, others), new)[unit]
    assert value == pytest.approx(found, abs=0.1)
    line = states(weights, [OTHER, GOOD, OTHER])[:, unit]
    assert line[1] < line[0] - 0.2


def test_the_mean_is_of_the_words_only(weights):
    reviews = [[1, GOOD], [OTHER, BAD, GOOD, 8], [1, BAD, BAD]]
    means = mean_states(weights, reviews)
    for review, mean in zip(reviews, means, strict=True):
        words = review[1:] if review[0] == 1 else review
        each = states(weights, words)
        assert each.shape == (len(words), 3)
        np.testing.assert_allclose(mean, each.mean(axis=0), atol=1e-6)


def test_rare_words_are_the_unknown_one(weights):
    np.testing.assert_array_equal(
        states(weights, [OTHER, 2]), states(weights, [OTHER, 90_000])
    )


def test_correlations_are_numpy_s_and_a_dead_unit_has_none():
    rng = np.random.default_rng(0)
    means, labels = rng.normal(size=(40, 3)), rng.integers(0, 2, 40)
    means[:, 2] = 0.5
    found = correlations(means, labels)
    for unit in (0, 1):
        expected = np.corrcoef(means[:, unit], labels)[0, 1]
        assert found[unit] == pytest.approx(expected)
    assert found[2] == 0
