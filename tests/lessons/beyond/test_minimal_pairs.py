"""Probes differ in the order of their words, and in nothing else."""

import numpy as np
import pytest

from lessons.beyond import minimal_pairs
from utils import classify
from utils.imdb import tokens


@pytest.mark.parametrize("pair", minimal_pairs.PAIRS, ids=lambda pair: pair[0])
def test_a_pair_has_the_same_words_in_another_order(pair):
    good, bad = (tokens(text) for text in pair)
    assert sorted(good) == sorted(bad) and good != bad


def test_no_text_stands_twice():
    texts = [text for pair in minimal_pairs.PAIRS for text in pair]
    assert len({*texts}) == 2 * len(minimal_pairs.PAIRS) == 40


def test_who_counts_words_passes_none():
    def count(texts):
        values = [len(" ".join(sorted(tokens(text)))) for text in texts]
        return np.array(values) / 100

    assert not any(minimal_pairs.passed(count))
    assert not any(minimal_pairs.preferred(count))


def test_who_knows_passes_all_and_who_hesitates_prefers_them():
    positive = {good for good, _ in minimal_pairs.PAIRS}
    known = [
        lambda texts: np.array([text in positive for text in texts], float),
        lambda texts: np.array([0.6 + 0.1 * (t in positive) for t in texts]),
    ]
    assert [sum(minimal_pairs.passed(one)) for one in known] == [20, 0]
    assert [sum(minimal_pairs.preferred(one)) for one in known] == [20, 20]


def test_the_shipped_networks_notice_the_order():
    for name in classify.MODELS:
        prefers = minimal_pairs.preferred(classify.load(name).positive)
        # Tossing a coin gets 15 or more of 20 in one case of fifty.
        assert sum(prefers) >= 15, name


def test_a_verdict_has_its_interval():
    def coin(texts):
        return np.full(len(texts), 0.5)

    said = minimal_pairs.verdict(coin)
    assert said == "passes  0, prefers  0: 0.000 [0.000, 0.161]"
