"""Entries without a network: counts of words and a logistic regression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from leaderboard.protocol import Answers, Chosen, Entry
from utils.classify.protocol import Reviews

STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Inverse strengths of regularisation, C; validation chooses."""


def n_grams(longest: int) -> dict[str, Any]:
    """Return how scikit-learn's vectorizers count the runs of word ids.

    Args:
        longest: Words in the longest run. A run that only one review has
            is left out.
    """
    return {
        "tokenizer": _words,
        "token_pattern": None,
        "lowercase": False,
        "ngram_range": (1, longest),
        "min_df": 2,
    }


def _words(ids: Sequence[int]) -> list[str]:
    """Return the ids of one review as text, without its start id."""
    return [str(number) for number in ids[1:]]


def majority(reviews: Reviews, _: int, __: Chosen) -> Answers:
    """Answer with the more frequent class of the training reviews."""
    share = float(np.mean(reviews.y_train))
    return Answers(
        validation=np.full(len(reviews.y_validation), share),
        test=np.full(len(reviews.y_test), share),
        parameters=1,
    )


def bag_of_words(reviews: Reviews, _: int, chosen: Chosen) -> Answers:
    """Count single words and weigh them."""
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(**n_grams(1))
    return _weighed(reviews, counter, chosen)


def tfidf_bigrams(reviews: Reviews, _: int, chosen: Chosen) -> Answers:
    """Count words and bigrams, weighted by how rare they are."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    counter = TfidfVectorizer(
        **n_grams(2), sublinear_tf=True, dtype=np.float32
    )
    return _weighed(reviews, counter, chosen)


def naive_bayes_trigrams(reviews: Reviews, _: int, chosen: Chosen) -> Answers:
    """Weigh words, bigrams and trigrams by their naive-Bayes log ratio.

    Source: Wang & Manning (2012), "Baselines and Bigrams".
    """
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(**n_grams(3), binary=True, dtype=np.float32)
    return _weighed(reviews, counter, chosen, ratio=log_ratio)


def _weighed(
    reviews: Reviews,
    counter: Any,
    chosen: Chosen,
    ratio: Callable[[Any, np.ndarray], np.ndarray] | None = None,
) -> Answers:
    """Fit a logistic regression on counts, times the ratio of each column."""
    from sklearn.linear_model import LogisticRegression

    train = counter.fit_transform(reviews.x_train)
    weights = np.ones(train.shape[1], dtype=train.dtype)
    if ratio is not None:
        weights = ratio(train, reviews.y_train)
    model = LogisticRegression(C=chosen.setting, solver="liblinear")
    model.fit(train.multiply(weights).tocsr(), reviews.y_train)

    def said(part: np.ndarray) -> np.ndarray:
        if not len(part):
            return np.empty(0)
        columns = counter.transform(part).multiply(weights).tocsr()
        return model.predict_proba(columns)[:, 1]

    return Answers(
        validation=said(reviews.x_validation),
        test=said(reviews.x_test),
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


_linear = partial(Entry, recurrent=False, seeds=(1,), settings=STRENGTHS)

ENTRIES = (
    Entry(
        "majority class", majority, recurrent=False, seeds=(1,), settings=()
    ),
    _linear("bag of words", bag_of_words),
    _linear("TF-IDF, 1-2 words", tfidf_bigrams),
    _linear("naive-Bayes weights, 1-3 words", naive_bayes_trigrams),
)
"""The linear baselines."""
