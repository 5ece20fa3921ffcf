"""Evidence that a linear model has weighed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboard import weighed_evidence
from leaderboard.linear import log_ratio
from utils.classify.evidence import PARTS
from utils.classify.padding import flat


def some_reviews(count, seed=0):
    """Reviews in which word 5 is good and 6 bad; and their labels."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, count)
    words = [
        [1, 7, 5 if y else 6, *rng.integers(8, 12, 3).tolist()] for y in labels
    ]
    return flat(words), labels


def test_the_sum_is_the_linear_models_verdict_but_for_its_constant():
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    train, labels = some_reviews(80)
    other, _ = some_reviews(9, seed=1)
    _, found = weighed_evidence.weighed_evidence(train, labels, [other])

    def texts(words):
        parts = np.split(words.ids, words.offsets[1:-1])
        return [" ".join(map(str, part)) for part in parts]

    counter = CountVectorizer(
        token_pattern=r"\d+", ngram_range=(1, 3), min_df=2, binary=True
    )
    counted = counter.fit_transform(texts(train)).astype(np.float32)
    ratio = log_ratio(counted, labels)
    model = LogisticRegression(
        C=weighed_evidence.STRENGTH, solver="liblinear"
    ).fit(counted.multiply(ratio).tocsr(), labels)
    weights = dict(
        zip(
            counter.get_feature_names_out(),
            ratio * model.coef_[0],
            strict=True,
        )
    )
    for place, text in enumerate(texts(other)):
        words = text.split()
        for end in range(len(words)):
            for length in (1, 2, 3):
                start = end - length + 1
                run = " ".join(words[max(start, 0) : end + 1])
                told = weights.get(run, 0.0) if start >= 0 else 0.0
                at = found[other.offsets[place] + end, length - 1]
                wanted = weighed_evidence.SCALE * told
                assert at == pytest.approx(wanted, abs=0.02)


@settings(max_examples=10)
@given(st.integers(0, 99), st.integers(0, 39))
def test_no_review_is_told_its_own_label(seed, review):
    train, labels = some_reviews(40, seed)
    before, _ = weighed_evidence.weighed_evidence(train, labels, [train])
    labels[review] = 1 - labels[review]
    after, whole = weighed_evidence.weighed_evidence(train, labels, [train])
    own = slice(train.offsets[review], train.offsets[review + 1])
    assert np.array_equal(before[own], after[own])
    same_part = (train.review - review) % PARTS == 0
    assert np.array_equal(before[same_part], after[same_part])
    assert not np.array_equal(before[~same_part], after[~same_part])
    assert before.shape == whole.shape == (len(train.ids), 3)
