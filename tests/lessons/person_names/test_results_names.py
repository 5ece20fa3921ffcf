"""The stored trainings of lesson 15 and what is read from them."""

import numpy as np
import pandas as pd
import pytest

from lessons.person_names import (
    distant_labels,
    experiments,
    names,
    results,
    taggers,
)


def part(ids, tags, reviews):
    """Return sentences of three words at most."""
    return names.Sentences(
        words=[["a"] * int((np.array(row) > 0).sum()) for row in ids],
        ids=np.array(ids),
        tags=np.array(tags, dtype=float)[..., None],
        lengths=(np.array(ids) > 0).sum(axis=1),
        reviews=np.array(reviews),
    )


def test_the_best_mean_is_chosen():
    choices = pd.DataFrame({
        "tagger": ["a"] * 4,
        "rate": [0.1, 0.1, 0.2, 0.2],
        "epoch": [1, 2, 1, 2],
        "f1": [0.3, 0.5, 0.6, 0.4],
    })  # fmt: skip
    assert experiments.chosen(choices) == {"a": (0.2, 1)}


def test_a_window_holds_the_words_around_a_word():
    few = part([[2, 3, 0]], [[0, 1, 0]], [0])
    rows = taggers.windows(few, 5, reach=1).toarray()
    assert rows.shape == (2, 15)
    assert np.flatnonzero(rows[0]).tolist() == [5 + 2, 10 + 3]
    assert np.flatnonzero(rows[1]).tolist() == [2, 5 + 3]


def test_counts_are_kept_by_review():
    few = part([[2, 3, 4], [2, 3, 0]], [[1, 1, 0], [0, 1, 0]], [7, 5])
    marked = np.array([[1, 0, 0], [0, 1, 0]]) == 1
    words = experiments.by_review(few, marked, whole=False)
    assert words.tolist() == [[1, 0, 0], [1, 0, 1]]
    whole = experiments.by_review(few, marked, whole=True)
    assert whole.tolist() == [[1, 0, 0], [0, 1, 1]]


def test_a_difference_of_equals_is_nothing():
    counts = np.ones((2, 3, 3))
    assert experiments.difference(counts, counts) == (0, 0, 0)
    better = counts + np.array([1, 0, 0])
    value, low, high = experiments.difference(better, counts)
    assert value == pytest.approx(4 / 6 - 2 / 4)
    assert low == pytest.approx(high) == pytest.approx(value)


def test_a_weighted_share_keeps_sentences_together():
    counts, whole = np.array([2, 0, 0]), np.array([2, 2, 1])
    weights = np.array([1.0, 1.0, 4.0])
    value, low, high = results.ratio_interval(counts, whole, weights)
    assert value == 2 / 8
    assert (low, high) == (0, 0.5)


def test_the_tables_have_a_row_for_each_tagger():
    assert list(results.choices().index) == list(experiments.TAGGERS)
    rows = [*experiments.TAGGERS, taggers.COUNTS]
    assert list(results.scores().index) == rows
    assert len(results.differences()) == len(experiments.PAIRS)
    assert len(results.recall_by_group()) == 6
    assert list(results.falls().index) == ["a name", "'s", "another word"]


def test_the_words_of_the_rule_are_lower_case():
    assert {"mr", "named", "brother", "de"} <= distant_labels.RULE_WORDS
    assert all(word.islower() for word in distant_labels.RULE_WORDS)
