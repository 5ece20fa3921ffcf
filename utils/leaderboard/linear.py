"""Entries without a network: counts of words and a logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from utils.leaderboard.protocol import Answers, Entry, Reviews, correct

STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Inverse strengths of regularisation; the validation reviews choose."""


def n_grams(ids: Sequence[int], longest: int) -> list[tuple[int, ...]]:
    """Return all runs of 1 to ``longest`` words of a review.

    Args:
        ids: Of one review, with its start id, which is left out.
        longest: Words in the longest run.
    """
    words = tuple(ids[1:])
    return [
        words[start : start + length]
        for length in range(1, longest + 1)
        for start in range(len(words) - length + 1)
    ]


def majority(reviews: Reviews, _: int) -> Answers:
    """Answer with the more frequent class of the training reviews."""
    share = float(np.mean(reviews.y_train))
    return Answers(
        validation=np.full(len(reviews.y_validation), share),
        test=np.full(len(reviews.y_test), share),
        parameters=1,
    )


def bag_of_words(reviews: Reviews, _: int) -> Answers:
    """Count single words and weigh them."""
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=_Grams(1), min_df=2)
    return _weighed(reviews, counter, binary=False)


def tfidf_bigrams(reviews: Reviews, _: int) -> Answers:
    """Count words and pairs, weighted by how rare they are."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    counter = TfidfVectorizer(
        analyzer=_Grams(2), min_df=2, sublinear_tf=True, dtype=np.float32
    )
    return _weighed(reviews, counter, binary=False)


def naive_bayes_trigrams(reviews: Reviews, _: int) -> Answers:
    """Weigh up to three words by their naive-Bayes log ratio.

    Source: Wang & Manning (2012), "Baselines and Bigrams".
    """
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(
        analyzer=_Grams(3), min_df=2, binary=True, dtype=np.float32
    )
    return _weighed(reviews, counter, binary=True)


class _Grams:
    """Cuts a review; a class, so that it can travel to another process."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, ids: Sequence[int]) -> list[tuple[int, ...]]:
        return n_grams(ids, self.longest)


def _weighed(reviews: Reviews, counter: Any, *, binary: bool) -> Answers:
    """Fit a logistic regression on counts; the best strength answers."""
    from sklearn.linear_model import LogisticRegression

    train = counter.fit_transform(reviews.x_train)
    validation = counter.transform(reviews.x_validation)
    test = counter.transform(reviews.x_test) if reviews.has_test else None
    if binary:
        ratio = log_ratio(train, reviews.y_train)
        train, validation = train.multiply(ratio), validation.multiply(ratio)
        test = None if test is None else test.multiply(ratio)
    best, best_right = None, -1
    for strength in STRENGTHS:
        model = LogisticRegression(C=strength, solver="liblinear")
        model.fit(train.tocsr(), reviews.y_train)
        answers = model.predict_proba(validation.tocsr())[:, 1]
        right = correct(answers, reviews.y_validation)
        if right > best_right:
            best, best_right = model, right
    return Answers(
        validation=best.predict_proba(validation.tocsr())[:, 1],
        test=np.empty(0)
        if test is None
        else best.predict_proba(test.tocsr())[:, 1],
        parameters=train.shape[1] + 1,
    )


def log_ratio(counts: Any, labels: np.ndarray) -> np.ndarray:
    """Return ln of how much more often a column occurs in positive rows.

    Args:
        counts: Sparse matrix of presences, (reviews, columns).
        labels: 1 is positive, (reviews,).

    Returns:
        float32, (columns,), computed with one added to every count.
    """
    positive = 1 + np.asarray(counts[labels == 1].sum(axis=0)).ravel()
    negative = 1 + np.asarray(counts[labels == 0].sum(axis=0)).ravel()
    ratio = np.log(positive / positive.sum()) - np.log(
        negative / negative.sum()
    )
    return ratio.astype(np.float32)


ENTRIES = (
    Entry("majority class", majority, recurrent=False, seeds=(1,)),
    Entry("bag of words", bag_of_words, recurrent=False, seeds=(1,)),
    Entry("TF-IDF, 1-2 words", tfidf_bigrams, recurrent=False, seeds=(1,)),
    Entry(
        "naive-Bayes weights, 1-3 words",
        naive_bayes_trigrams,
        recurrent=False,
        seeds=(1,),
    ),
)
"""The linear baselines."""
