"""Word vectors that learn from which words stand near which (word2vec)."""

from __future__ import annotations

import numpy as np

from leaderboard.cache import cached
from leaderboard.splits import fingerprint
from utils.classify.protocol import Reviews

WIDTH = 100
"""Numbers of a vector."""

SPREAD = 0.25
"""Standard deviation the vectors are brought to: layers like such inputs."""

RARE = 0.05
"""Standard deviation of the random vectors of words too rare to learn."""

EPOCHS = 10

WINDOW = 5
MIN_COUNT = 5


def vectors(reviews: Reviews, vocabulary: int, seed: int) -> np.ndarray:
    """Train vectors for ids on the training reviews, by skip-gram.

    Args:
        reviews: Only their training part is read.
        vocabulary: Ids below this get a vector.
        seed: Of the training.

    Returns:
        float32, (vocabulary, 100); row 0, the padding, is zero.

    Source: Mikolov et al. (2013), "Distributed representations of words and
    phrases"; the package gensim.
    """
    return cached(
        f"vectors {vocabulary} {seed} {fingerprint(reviews)}",
        lambda: _trained(list(reviews.x_train), vocabulary, seed),
    ).value


def _trained(texts: list[list[int]], vocabulary: int, seed: int) -> np.ndarray:
    """Run word2vec over ids and return a table of them."""
    from gensim.models import Word2Vec

    sentences = [[str(number) for number in text] for text in texts]
    model = Word2Vec(
        sentences,
        vector_size=WIDTH,
        sg=1,
        window=WINDOW,
        min_count=MIN_COUNT,
        epochs=EPOCHS,
        workers=1,
        seed=seed,
    )
    learned = model.wv.vectors
    rng = np.random.default_rng(seed)
    table = rng.normal(0, RARE, (vocabulary, WIDTH)).astype(np.float32)
    table[0] = 0
    for word, vector in zip(model.wv.index_to_key, learned, strict=True):
        if int(word) < vocabulary:
            table[int(word)] = vector * (SPREAD / learned.std())
    return table
