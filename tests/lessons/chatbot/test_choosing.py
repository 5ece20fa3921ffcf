"""Ranks, tens of candidates, and intervals."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lessons.chatbot import data, threshold
from lessons.chatbot.conversations import Pair
from lessons.chatbot.resampling import gap_interval, ratio_interval

SCORES = arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 5)),
                elements=st.integers(0, 3).map(float))  # fmt: skip


def orders(row):
    """Return the rank of the first candidate in every order of equals."""
    return [
        sorted(
            range(len(row)), key=lambda i, tie=tie: (-row[i], tie[i])
        ).index(0)
        + 1
        for tie in permutations(range(len(row)))
    ]


@given(SCORES)
def test_ranks_are_means_over_every_order_of_equal_scores(scores):
    picked, rank = data.picked(scores), data.reciprocal_rank(scores)
    for row, p, r in zip(scores, picked, rank, strict=True):
        found = np.array(orders(row))
        assert p == pytest.approx((found == 1).mean())
        assert r == pytest.approx((1 / found).mean())


@given(SCORES, st.floats(0.1, 10), st.floats(-5, 5))
def test_a_scale_and_a_shift_change_no_rank(scores, scale, shift):
    moved = np.round(scores * scale + shift, 6)
    np.testing.assert_allclose(
        data.reciprocal_rank(scores), data.reciprocal_rank(moved)
    )


@pytest.mark.parametrize("scores", [[1, 2], [[1, np.nan]], [[[1]]]])
def test_what_cannot_be_ranked_is_named(scores):
    with pytest.raises(ValueError, match="scores takes"):
        data.picked(np.array(scores, float))


def some_rows():
    """Return forty pairs of eight conversations, with twelve texts."""
    pairs = [
        Pair("hi", f"answer {i % 12}", i // 5, i // 10) for i in range(40)
    ]
    vocabulary = data.vocabulary_of(pairs)
    return pairs, vocabulary, data.rows_of(pairs, vocabulary)


def test_ten_candidates_have_ten_texts_from_other_conversations():
    _, _, rows = some_rows()
    tens = data.tens(rows)
    assert np.array_equal(tens[:, 0], np.arange(40))
    for ten in tens:
        assert len(set(rows.text[ten])) == 10
        own = rows.conversation[ten[0]]
        assert (rows.conversation[ten[1:]] != own).all()


@given(
    st.lists(st.sampled_from(["hi", "answer", "3", "zebra", "?"]), max_size=30)
)
def test_what_is_encoded_comes_back_and_unknown_words_do_not(words):
    _, vocabulary, _ = some_rows()
    ids = data.encode([" ".join(words)], vocabulary)
    assert ids.shape == (1, 20)
    wanted = [w if w in vocabulary else "<unknown>" for w in words[:20]]
    assert data.decode(ids[0], vocabulary) == " ".join(wanted)


def test_an_interval_of_equal_values_is_a_point():
    values = [np.full(6, 0.25), np.full(6, 0.25)]
    found = ratio_interval(values, np.array([0, 0, 1, 1, 2, 2]))
    assert found == pytest.approx((0.25, 0.25, 0.25))


def test_people_and_not_samples_are_drawn():
    generator = np.random.default_rng(0)
    people = np.repeat(np.arange(10), 50)
    values = np.repeat(generator.random(10), 50)
    by_person = ratio_interval([values], people)
    by_sample = ratio_interval([values], np.arange(500))
    width = by_person.high - by_person.low
    assert width > 4 * (by_sample.high - by_sample.low)


@given(st.integers(0, 100))
def test_a_gap_is_that_of_the_means_and_changes_its_sign(seed):
    generator = np.random.default_rng(seed)
    people = np.arange(60) % 12
    values = generator.random((2, 60))
    # Of everybody two samples at least stand in each group.
    first = np.arange(60) < 24 + generator.integers(12)
    gap = gap_interval(values, people, first, ~first)
    assert gap.value == pytest.approx(
        values[:, first].mean() - values[:, ~first].mean()
    )
    assert gap.low < gap.value < gap.high
    turned = gap_interval(values, people, ~first, first)
    np.testing.assert_allclose(turned, [-gap.value, -gap.high, -gap.low])


def test_what_one_person_has_in_both_groups_leaves_the_gap():
    people = np.repeat(np.arange(10), 4)
    values = np.random.default_rng(0).random(10)[people]
    first = np.arange(40) % 2 == 0
    gap = gap_interval([values], people, first, ~first)
    assert gap == pytest.approx((0, 0, 0))


def test_a_threshold_is_told_with_what_is_answered_and_right():
    confidence = np.array([0.1, 0.2, 0.3, 0.4])
    right = np.array([0.0, 0.0, 1.0, 1.0])
    rows = threshold.table(confidence, right, np.arange(4), [0.0, 0.3])
    (_, answered, share, low, high), above = rows
    assert (answered, share) == (1, 0.5)
    assert low < 0.5 < high
    assert above == (0.3, 0.5, 1, 1, 1)


def test_the_threshold_is_the_lowest_with_enough_right_picks():
    confidence = np.linspace(0, 1, 1001)
    right = confidence  # the more confident, the more often right
    found = threshold.choose(confidence, right, wanted=0.75)
    assert found == pytest.approx(0.5)
    assert threshold.choose(confidence, right, wanted=0.0) == 0.0
    assert threshold.choose(confidence, right, wanted=2.0) > 0.9
