"""Person names: the baseline, the scores, the words that were found."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.person_names import names

tags = st.lists(st.booleans(), min_size=12, max_size=12).map(
    lambda values: np.array(values).reshape(2, 6)
)


@given(truth=tags, marked=tags, mask=tags)
def test_score_counts_single_words(truth, marked, mask):
    pairs = list(zip(truth[mask], marked[mask], strict=True))
    result = names.score(truth, marked, mask)
    assert result.right == pairs.count((True, True))
    assert result.wrong == pairs.count((False, True))
    assert result.missed == pairs.count((True, False))


@given(truth=tags, marked=tags)
def test_f1_is_the_harmonic_mean(truth, marked):
    result = names.score(truth, marked, np.ones_like(truth))
    p, r = result.precision, result.recall
    expected = 2 * p * r / (p + r) if p + r else 0
    assert result.f1 == pytest.approx(expected)
    assert min(p, r) - 1e-9 <= result.f1 <= max(p, r) + 1e-9
    other = names.score(marked, truth, np.ones_like(truth))
    assert (other.precision, other.recall) == (r, p)


def spans_of(marks):
    found, place = set(), 0
    for row, line in enumerate(marks):
        place = 0
        for value, group in groupby(line.tolist()):
            length = len(list(group))
            if value:
                found.add((row, place, length))
            place += length
    return found


@given(truth=tags, marked=tags, mask=tags)
def test_spans_need_both_ends_right(truth, marked, mask):
    wanted, given_ = spans_of(truth & mask), spans_of(marked & mask)
    result = names.score_spans(truth, marked, mask)
    assert result.right == len(wanted & given_)
    assert result.wrong == len(given_ - wanted)
    assert result.missed == len(wanted - given_)


def test_score_is_shown_with_three_decimals():
    shown = str(names.Score(2, 1, 4))
    assert shown == "precision 0.667  recall 0.333  F1 0.444"
    assert str(names.Score(0, 0, 0)) == (
        "precision 0.000  recall 0.000  F1 0.000"
    )


def test_baseline_is_the_share_of_each_id():
    few = names.Sentences(
        words=[["a", "a", "a", "b", "b", "c"]],
        ids=np.array([[2, 2, 2, 3, 3, 1, 0]]),
        tags=np.array([[1, 1, 0, 1, 0, 1, 0.0]])[..., None],
        lengths=np.array([6]),
        reviews=np.array([0]),
    )
    assert names.baseline(few, 6) == pytest.approx([0, 1, 2 / 3, 0.5, 0, 0])
    with pytest.raises(ValueError, match="vocabulary_size takes"):
        names.baseline(few, 3)


@given(marks=st.lists(st.booleans(), min_size=5, max_size=8))
def test_found_words_are_the_marked_ones(marks):
    words = ["a", "b", "c", "d", "e"]
    found = names.found(words, marks)
    chosen = [w for w, m in zip(words, marks, strict=False) if m]
    assert " ".join(found).split() == chosen
    assert len(found) == len(spans_of(np.array([marks[:5]])))


def test_what_does_not_fit_is_named():
    wide, narrow = np.ones((2, 3)), np.ones((2, 2))
    for score in (names.score, names.score_spans):
        with pytest.raises(ValueError, match="take arrays of one shape"):
            score(wide, narrow, wide)
    with pytest.raises(ValueError, match="is_name takes two axes"):
        names.score_spans(wide[0], wide[0], wide[0])
    with pytest.raises(ValueError, match="marked takes a value for each of 2"):
        names.found(["a", "b"], [True])
