"""The best network of the leaderboard that learns from labels only.

It reads a review in pieces of 50 words in both directions, with word vectors
and the evidence of words, bigrams and trigrams. So that it fits into a few
megabytes, words outside of 20,000 are one word, and runs of words that fewer
than three reviews hold are no evidence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from leaderboard import recurrent
from leaderboard.engine import versions
from leaderboard.protocol import Chosen
from leaderboard.recurrent import Recipe
from utils.classify import evidence, padding, protocol, store
from utils.classify.padding import FIRST_WORD
from utils.classify.protocol import Reviews

RECIPE = Recipe(
    timesteps=400,
    padding="post",
    mask=True,
    chunk=50,
    pooled=True,
    bidirectional=True,
    dropout=0.3,
    vectors=True,
    evidence=True,
    total=True,
    least=3,
)

CHOSEN = Chosen(0.001)

SEED = 1

_GRU = ("kernel", "recurrent_kernel", "bias")


def trained() -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Train the network; return its arrays and what it reached."""
    from utils import imdb

    whole = protocol.reviews()
    reviews = clipped(whole)
    parts = recurrent.inputs_of(RECIPE, reviews)
    model, _ = recurrent.trained(RECIPE, whole, SEED, CHOSEN, parts)
    answers = recurrent.answers(model, parts[1])
    right = protocol.correct(answers, reviews.y_validation)
    words = imdb.decode(range(FIRST_WORD, RECIPE.vocabulary)).split(" ")
    tables = evidence.fit(
        padding.flat(reviews.x_train), reviews.y_train, RECIPE.least
    )
    facts = {
        "layer": "Bidirectional GRU",
        "units": RECIPE.units,
        "words_of_a_piece": RECIPE.chunk,
        "trained_on_reviews": len(reviews.y_train),
        "validation_accuracy": right / len(reviews.y_validation),
        "keras": versions()["keras"],
    }
    return _arrays(model) | _stored(words, tables), facts


def held_out() -> np.ndarray:
    """Return the reviews that chose the epoch; `protocol` split them off."""
    return protocol.split_indices()[1]


def clipped(reviews: Reviews) -> Reviews:
    """Return the reviews with all words outside of the vocabulary as one."""

    def clip(part: np.ndarray) -> np.ndarray:
        short = np.empty(len(part), dtype=object)
        for i, review in enumerate(part):
            ids = np.array(review)
            ids[ids >= RECIPE.vocabulary] = padding.UNKNOWN_ID
            short[i] = ids.tolist()
        return short

    return replace(
        reviews,
        x_train=clip(reviews.x_train),
        x_validation=clip(reviews.x_validation),
        x_test=clip(reviews.x_test),
    )


def _arrays(model: Any) -> dict[str, np.ndarray]:
    """Return the weights by name, the word vectors in half precision."""
    vectors, *gru, kernel, bias = model.get_weights()
    names = [
        f"{way}_{part}" for way in ("forward", "backward") for part in _GRU
    ]
    return {
        "vectors": vectors.astype(np.float16),
        **dict(zip(names, gru, strict=True)),
        "output_kernel": kernel,
        "output_bias": bias,
    }


def _stored(
    words: list[str], tables: list[tuple[np.ndarray, np.ndarray]]
) -> dict[str, np.ndarray]:
    """Return words and evidence as they are stored.

    The numbers of the runs are sorted, so their differences are small and
    pack well.
    """
    arrays = {"words": store.packed(words)}
    for length, (runs, ratio) in enumerate(tables, start=1):
        arrays[f"run_steps_{length}"] = np.diff(runs, prepend=0)
        arrays[f"evidence_{length}"] = ratio.astype(np.float16)
    return arrays
