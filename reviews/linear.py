"""The honest baseline: weighted counts of words and pairs, and one line.

TF-IDF and a logistic regression as scikit-learn has them. What is kept is
plain arrays; the counting is done here, on ids, so that a model needs no
table of strings and a million rows no memory.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import expit, softmax

from reviews.tokens import UNKNOWN_ID, said
from utils.classify.padding import Flat

MOST_PAIRS = 200_000
"""Pairs of neighbours that are counted, those in most texts."""

LEAST_TEXTS = 2
"""Texts that a pair must be in."""

STRENGTHS = (0.3, 1.0, 3.0, 10.0)
"""Of C, the inverse of the regularisation: chosen on validation."""

ENOUGH = 30_000
"""Rows from which C is chosen; all are used for the model that is kept."""

BLOCK = 10_000
"""Texts counted at a time."""

_HIGH = 32  # bits that the first of a pair stands above the second


@dataclass(frozen=True)
class Linear:
    """TF-IDF on single tokens and pairs, with logistic regression.

    Attributes:
        keys: Tokens and pairs that are counted, rising, (features,) int64.
        idf: Their weight, (features,) float32.
        coefficients: (1, features) for two classes, else (classes, …).
        intercepts: (1,) or (classes,).
    """

    keys: np.ndarray
    idf: np.ndarray
    coefficients: np.ndarray
    intercepts: np.ndarray

    kind = "linear"

    def probabilities(self, flat: Flat) -> np.ndarray:
        """Return the probability of each class, (texts, classes)."""
        x = weighted(counted(flat, self.keys), self.idf)
        scores = x @ self.coefficients.T + self.intercepts
        if len(self.intercepts) > 1:
            return softmax(scores, axis=1)
        return np.hstack([expit(-scores), expit(scores)])

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `restored` takes."""
        return {
            "keys": self.keys,
            "idf": self.idf,
            "coefficients": self.coefficients,
            "intercepts": self.intercepts,
        }

    @classmethod
    def restored(
        cls, arrays: Mapping[str, np.ndarray], classes: int, size: int
    ) -> Linear:
        """Return the model of some arrays.

        Raises:
            ValueError, KeyError: They do not fit each other.
        """
        keys, idf = arrays["keys"], arrays["idf"]
        rows = 1 if classes == 2 else classes
        coefficients = arrays["coefficients"]
        if (
            keys.ndim != 1
            or idf.shape != keys.shape
            or coefficients.shape != (rows, len(keys))
            or arrays["intercepts"].shape != (rows,)
            or not (keys[:-1] < keys[1:]).all()
            or (len(keys) and keys[-1] >> _HIGH >= size)
        ):
            raise ValueError("the shapes do not fit each other")
        return cls(keys, idf, coefficients, arrays["intercepts"])


def grams(flat: Flat) -> tuple[np.ndarray, np.ndarray]:
    """Return all known tokens and pairs of neighbours of texts.

    Returns:
        The text of each, and its key: a token's id, or the two ids of a
        pair, the first 32 bits higher.
    """
    ids, text = flat.ids.astype(np.int64), flat.review
    known = ids > UNKNOWN_ID
    both = known[:-1] & known[1:] & (text[:-1] == text[1:])
    pairs = (ids[:-1][both] << _HIGH) | ids[1:][both]
    return (
        np.concatenate([text[known], text[:-1][both]]),
        np.concatenate([ids[known], pairs]),
    )


def part(flat: Flat, start: int, stop: int) -> Flat:
    """Return the texts from ``start`` to before ``stop``."""
    offsets = flat.offsets[start : stop + 1]
    return Flat(flat.ids[offsets[0] : offsets[-1]], offsets - offsets[0])


def _parts(flat: Flat) -> Iterator[Flat]:
    """Yield the texts in blocks."""
    for start in range(0, len(flat.lengths), BLOCK):
        yield part(flat, start, min(start + BLOCK, len(flat.lengths)))


def features(flat: Flat) -> tuple[np.ndarray, np.ndarray]:
    """Return the keys worth counting, rising, and how many texts have each.

    All tokens are; so are the pairs in at least ``LEAST_TEXTS`` texts, at
    most ``MOST_PAIRS`` of them.
    """
    keys, texts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for block in _parts(flat):
        text, key = grams(block)
        order = np.lexsort((text, key))
        text, key = text[order], key[order]
        new = np.ones(len(key), bool)
        new[1:] = (key[1:] != key[:-1]) | (text[1:] != text[:-1])
        found, counts = np.unique(key[new], return_counts=True)
        both = np.concatenate([keys, found])
        keys, place = np.unique(both, return_inverse=True)
        weights = np.concatenate([texts, counts])
        texts = np.bincount(place, weights, len(keys)).astype(np.int64)
    single = keys >> _HIGH == 0
    frequent = np.flatnonzero(~single & (texts >= LEAST_TEXTS))
    first = np.argsort(-texts[frequent], kind="stable")[:MOST_PAIRS]
    kept = np.sort(np.concatenate([np.flatnonzero(single), frequent[first]]))
    return keys[kept], texts[kept]


def counted(flat: Flat, keys: np.ndarray) -> sparse.csr_matrix:
    """Return how often each text has each key, (texts, keys) float32."""
    blocks = [_counted(block, keys) for block in _parts(flat)]
    if not blocks:
        return sparse.csr_matrix((0, len(keys)), dtype=np.float32)
    return sparse.vstack(blocks, format="csr")


def _counted(flat: Flat, keys: np.ndarray) -> sparse.csr_matrix:
    """Count one block."""
    text, key = grams(flat)
    place = np.searchsorted(keys, key)
    there = place < len(keys)
    there[there] = keys[place[there]] == key[there]
    ones = np.ones(int(there.sum()), np.float32)
    where = (text[there], place[there])
    shape = (len(flat.lengths), len(keys))
    return sparse.coo_matrix((ones, where), shape).tocsr()


def weighted(counts: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    """Return rows of length 1: 1 + log of the counts, times the weights."""
    x = counts.copy()
    x.data = (1 + np.log(x.data)) * idf[x.indices]
    squares = x.multiply(x).sum(axis=1)
    norms = np.sqrt(np.asarray(squares, dtype=np.float32)).ravel()
    x.data /= np.repeat(norms, np.diff(x.indptr))
    return x


def train_linear(
    learn: tuple[Flat, np.ndarray],
    choose: tuple[Flat, np.ndarray],
    score: Callable[[np.ndarray, np.ndarray], float],
    *,
    even: bool,
    done: Callable[[float], Any] = lambda _: None,
) -> tuple[Linear, float, float]:
    """Train the baseline, with the C that is best on validation.

    Args:
        learn: Texts and classes, from 0, to learn from.
        choose: Texts and classes to choose C by.
        score: From true and said classes to what is to be high.
        even: Whether the classes weigh as often as they occur.
        done: Is told which share of the work is done.

    Returns:
        The model, its C, and its score on the validation.
    """
    flat, y = learn
    keys, texts = features(flat)
    idf = (1 + np.log((1 + len(y)) / (1 + texts))).astype(np.float32)
    x = weighted(counted(flat, keys), idf)
    results: list[tuple[float, float, Linear]] = []

    def right(model: Linear) -> float:
        answers = said(model.probabilities(choose[0]), choose[0])
        return score(choose[1], answers)

    enough = len({*y[:ENOUGH].tolist()}) == len({*y.tolist()})
    some = slice(None, ENOUGH if enough else None)
    for number, strength in enumerate(STRENGTHS):
        model = _fitted(x[some], y[some], strength, keys, idf, even=even)
        results.append((right(model), strength, model))
        done((number + 1) / (len(STRENGTHS) + 1))
    # The stronger regularisation where two are as good.
    best, strength, model = max(results, key=lambda r: (r[0], -r[1]))
    if enough and len(y) > ENOUGH:
        model = _fitted(x, y, strength, keys, idf, even=even)
        best = right(model)
    done(1.0)
    return model, strength, best


def _fitted(
    x: sparse.csr_matrix,
    y: np.ndarray,
    strength: float,
    keys: np.ndarray,
    idf: np.ndarray,
    *,
    even: bool,
) -> Linear:
    """Fit a logistic regression; return it as plain arrays."""
    regression = fitted_regression(x, y, strength, even=even)
    return Linear(
        keys,
        idf,
        regression.coef_.astype(np.float32),
        regression.intercept_.astype(np.float32),
    )


def fitted_regression(
    x: Any, y: Sequence[int] | np.ndarray, strength: float, *, even: bool
) -> Any:
    """Return scikit-learn's logistic regression, fitted."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(
        C=strength,
        class_weight=None if even else "balanced",
        max_iter=300,
        tol=1e-6,  # gradients of rows of length 1 are small
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return regression.fit(x, y)
