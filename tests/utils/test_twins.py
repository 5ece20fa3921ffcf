"""Twins: the same words, the opinions exchanged, the opposite label."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.tasks import twins

WORDS = st.integers(3, 12)
SEED = st.integers(0, 1000)


@given(
    st.sampled_from(twins.PRAISE),
    st.sampled_from(twins.BLAME),
    st.sampled_from(twins.CONJUNCTIONS),
    SEED,
    WORDS,
)
def test_twins_share_a_bag_and_have_opposite_labels(
    good, bad, conjunction, seed, words
):
    rng = np.random.default_rng(seed)
    pair, labels = twins.write_twins(good, bad, conjunction, rng, words)
    assert Counter(pair[0].split()) == Counter(pair[1].split())
    assert sorted(labels) == [False, True]
    for comment, label in zip(pair, labels, strict=True):
        first, middle, last = twins.key_words(comment)
        assert middle == conjunction
        assert len(comment.split()) == words
        weighs_more = last if conjunction == "but" else first
        assert (weighs_more == good) == label


def test_no_pair_of_the_test_is_in_the_training():
    split = twins.split(0)
    assert (len(split.train), len(split.test)) == (1200, 800)
    kept = {frozenset(pair) for pair in split.pairs}
    for comments, belongs in ((split.test, True), (split.train, False)):
        for comment in comments:
            first, _, last = twins.key_words(comment)
            assert (frozenset((first, last)) in kept) == belongs
    assert split.y_test.mean() == split.y_train.mean() == 0.5


def test_lengths_are_drawn_from_those_given():
    split = twins.split(1, lengths=(3, 5))
    assert {len(text.split()) for text in split.train} == {3, 5}
    assert {len(text.split()) for text in split.test} == {7}


@pytest.mark.parametrize("place", twins.PLACES)
def test_a_mask_takes_one_word(place):
    comment = "soft but really rough"
    masked = twins.mask(comment, place)
    left = twins.key_words(masked)
    words = twins.key_words(comment)
    words.pop(twins.PLACES.index(place))
    assert left == words
    assert masked.split()[2] == "really"


def test_a_short_comment_has_zeros_before_it():
    table = twins.one_hot(["soft but dull", "soft"], 4)
    assert table.shape == (2, 4, 28)
    assert table.sum(axis=2).tolist() == [[0, 1, 1, 1], [0, 0, 0, 1]]
    assert table[0, 1].argmax() == twins.VOCABULARY.index("soft")


def test_mistakes_are_named():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"words takes .*3.* got 2"):
        twins.write_twins("soft", "dull", "but", rng, 2)
    with pytest.raises(ValueError, match="conjunction takes one of 'but'"):
        twins.write_twins("soft", "dull", "and", rng)
    with pytest.raises(ValueError, match="place takes one of 'first opinion'"):
        twins.mask("soft but dull", "second")
