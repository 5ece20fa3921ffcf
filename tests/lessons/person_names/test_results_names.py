"""The stored trainings of lesson 15 and what is read from them."""

import numpy as np
import pandas as pd
import pytest

from lessons.person_names import (
    experiments,
    names,
    ranking,
    results,
    taggers,
    weak_labels,
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


def test_average_precision_is_that_of_scikit_learn():
    few = part([[2, 3, 4], [2, 3, 0]], [[1, 0, 1], [0, 1, 0]], [7, 5])
    probability = np.array([[0.9, 0.4, 0.4], [0.7, 0.2, 0.99]])
    mine = ranking.Ranking(few, probability)
    expected = taggers.average_precision(few, probability)
    assert mine.average_precision(np.ones(2)) == pytest.approx(expected)
    twice = mine.average_precision(np.array([0, 2]))
    first = part([[2, 3, 4]], [[1, 0, 1]], [7])
    expected = taggers.average_precision(first, probability[:1])
    assert twice == pytest.approx(expected)
    assert ranking.difference([mine], [mine]) == (0, 0, 0)


def test_a_threshold_is_chosen():
    few = part([[2, 3, 4]], [[1, 0, 1]], [7])
    cut = ranking.best_threshold(few, np.array([[0.4, 0.21, 0.3]]))
    assert 0.21 < cut < 0.3


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
    assert len(results.differences()) == 3 * len(experiments.PAIRS)
    assert len(results.recall_by_group()) == 9
    falls = results.falls()
    kinds = ["a name", *experiments.SINGLE, "another word"]
    kinds = ["a name before", *(f"{kind} after" for kind in kinds)]
    assert list(falls.neighbour.unique()) == kinds
    assert tuple(falls.replacement.unique()) == experiments.REPLACEMENTS


def test_the_words_of_the_rule_are_lower_case():
    assert {"mr", "named", "brother", "de"} <= weak_labels.RULE_WORDS
    assert all(word.islower() for word in weak_labels.RULE_WORDS)
    assert "'s" in weak_labels.WORDS_BEHIND
