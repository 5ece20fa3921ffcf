"""Which words of a review a row holds, and what stands beside them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.classify.evidence import evidence, run_numbers
from utils.classify.padding import flat, gather, pad_ids, token_positions

TEXTS = st.lists(st.lists(st.integers(4, 9), max_size=9), min_size=1)


def by_list(text, timesteps, padding):
    """Do what `token_positions` and `rows` do, with lists."""
    if len(text) > timesteps:
        return text[len(text) - timesteps :]
    zeros = [0] * (timesteps - len(text))
    return zeros + text if padding == "pre" else text + zeros


@given(
    TEXTS,
    st.integers(1, 7),
    st.sampled_from(["pre", "post"]),
)
def test_rows_hold_the_words_asked_for(texts, timesteps, padding):
    words = flat([[1, *text] for text in texts])
    where = token_positions(words.lengths, timesteps, padding)
    wanted = [by_list(text, timesteps, padding) for text in texts]
    if len(words.ids):
        assert pad_ids(words, where).tolist() == wanted


def test_rare_words_become_unknown_and_padding_stays():
    words = flat([[1, 49, 50], [7]])
    where = token_positions(words.lengths, 3)
    assert pad_ids(words, where, 50).tolist() == [[49, 2, 0], [7, 0, 0]]


def test_what_stands_beside_the_words_is_gathered_with_them():
    words = flat([[1, 4, 5], [1, 6]])
    beside = np.stack([words.ids, -words.ids], axis=1)
    where = token_positions(words.lengths, 2, "pre")
    expected = [[[4, -4], [5, -5]], [[0, 0], [6, -6]]]
    assert gather(beside, words.offsets, where).tolist() == expected


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((0, "pre"), "timesteps"), ((3, "first"), "padding")],
)
def test_bad_arguments_are_named(arguments, name):
    with pytest.raises(ValueError, match=name):
        token_positions(np.array([2]), *arguments)


@given(TEXTS, st.integers(1, 3))
def test_equal_runs_have_equal_numbers(texts, length):
    words = flat(texts)
    seen = {}
    where = 0
    numbers = run_numbers(words, length).tolist()
    for text in texts:
        for end in range(1, len(text) + 1):
            run = tuple(text[end - length : end]) if end >= length else None
            assert seen.setdefault(run, numbers[where]) == numbers[where]
            where += 1
    assert len({*seen.values()}) == len(seen)


@pytest.fixture(scope="module")
def judged():
    """Twenty reviews, 5 is good and 6 is bad; and others, judged by them."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 20)
    texts = [[1, 7, 5 if y else 6, 7] for y in labels]
    return texts, labels, [[1, 5, 6, 8]]


def test_evidence_by_hand(judged):
    texts, labels, others = judged
    _, (good, bad, new) = evidence(flat(texts), labels, [flat(others)])
    positive, negative = labels.sum(), len(labels) - labels.sum()
    # The words 5, 6 and 7, each counted once a review and once more.
    total = np.log((2 * positive + 3) / (2 * negative + 3))
    assert good[0] == pytest.approx(np.log(positive + 1) - total, rel=1e-5)
    assert bad[0] == pytest.approx(-np.log(negative + 1) - total, rel=1e-5)
    assert good[0] > 1 and bad[0] < -1
    # A word, a pair and a run of three that no training review has.
    assert new.tolist() == [0, 0, 0] and good[1] == bad[1] == 0


def test_a_run_of_too_few_reviews_is_no_evidence(judged):
    texts, labels, _ = judged
    train = flat([*texts, [1, 8]]), [*labels, 1]
    other = [flat([[1, 8, 5]])]
    (_, one), (_, two) = (evidence(*train, other, least) for least in (1, 2))
    assert one[0, 0] != 0 == two[0, 0] and one[1, 0] == two[1, 0] != 0


def test_no_review_hears_of_its_own_label(judged):
    texts, labels, _ = judged
    before = evidence(flat(texts), labels, [])[0].reshape(20, 3, 3)
    turned = labels.copy()
    turned[3] = 1 - turned[3]
    after = evidence(flat(texts), turned, [])[0].reshape(20, 3, 3)
    same = np.isclose(before, after).all(axis=(1, 2))
    # The reviews of one part, every fifth, share what they are not told.
    assert same.tolist() == [number % 5 == 3 for number in range(20)]


def test_no_run_reaches_into_the_review_before(judged):
    texts, labels, _ = judged
    first, second, _ = evidence(flat(texts), labels, [])[0][:3]
    assert first[1] == first[2] == second[2] == 0 and second[1] != 0
