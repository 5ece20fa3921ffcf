"""Blocks of words change places, and nothing else changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.beyond.order import as_text, in_blocks, shuffle, three_orders

REVIEWS = st.lists(
    st.lists(st.integers(4, 99), max_size=40).map(lambda ids: [1, *ids]),
    min_size=1,
    max_size=4,
)


@given(REVIEWS, st.integers(1, 50), st.integers(1, 30), st.integers(0, 9))
def test_the_last_words_stay_the_same_words(reviews, size, most, seed):
    mixed = in_blocks(reviews, size, most=most, seed=seed)
    for before, after in zip(reviews, mixed, strict=True):
        assert after[0] == 1
        assert sorted(after[1:]) == sorted(before[1:][-most:])
        if size >= most:
            assert after[1:] == before[1:][-most:]


@pytest.mark.parametrize("size", [1, 5])
def test_blocks_keep_their_order_inside(size):
    (mixed,) = in_blocks([[1, *range(100, 300)]], size)
    words = np.array(mixed[1:]).reshape(-1, size)
    np.testing.assert_array_equal(
        words - words[:, :1], [range(size)] * len(words)
    )
    assert (np.diff(words[:, 0]) != size).mean() > 0.9


def test_another_seed_is_another_order():
    review = [[1, *range(100, 200)]]
    assert in_blocks(review, 5)[0] == in_blocks(review, 5)[0]
    assert in_blocks(review, 5)[0] != in_blocks(review, 5, seed=1)[0]


@pytest.mark.parametrize("size", [0, 2.5, "5"])
def test_what_is_no_size_is_refused(size):
    with pytest.raises((TypeError, ValueError), match="size takes"):
        in_blocks([[1, 4, 5]], size)


def test_ids_as_text_have_no_start():
    assert as_text([[1, 14, 5], [1]]) == ["14 5", ""]


def test_a_shuffle_says_where_each_word_came_from():
    texts = [np.arange(100, 140), np.array([7]), np.arange(200, 260)]
    mixed, places = shuffle(texts)
    np.testing.assert_array_equal(
        np.concatenate(mixed), np.concatenate(texts)[places]
    )
    for before, after in zip(texts, mixed, strict=True):
        assert sorted(after) == sorted(before)
    assert (mixed[0] != texts[0]).mean() > 0.8


def test_three_orders_keep_the_last_words():
    found = three_orders([[1, *range(10, 40)]], 20)
    assert [*found] == ["as written", "blocks of five", "single words"]
    assert found["as written"][0] == [1, *range(20, 40)]
    assert all(
        sorted(one[0][1:]) == [*range(20, 40)] for one in found.values()
    )
