"""Two small taggers: is a word of a sentence part of a person's name?

They are those of lesson 09, trained on the same sentences with the same
sizes: one reads forwards only, the other in both directions.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np

OPENINGS = ("he said", "mary said", "they wrote", "we read")
"""How a sentence begins."""

EITHER = (
    "teddy",
    "rose",
    "jasmine",
    "ginger",
    "olive",
    "basil",
    "amber",
    "ruby",
)
"""Words that are a first name on one day and something to buy on another."""

THINGS = ("bears", "soaps", "candles", "cushions", "boxes", "cards")
"""Behind one of ``EITHER`` they make a thing of it."""

SURNAMES = ("roosevelt", "miller", "baker", "kim", "park", "jones")
"""Behind one of ``EITHER`` they make a person of it."""

OF_THINGS = ("are on sale today", "were sold out yesterday")
"""How a sentence about a thing ends."""

OF_PEOPLE = ("was a great president", "wrote us a letter")
"""How a sentence about a person ends."""

TIMESTEPS = 8
"""Words every sentence has."""

WIDTH = 8
"""Numbers an embedded word."""

UNITS = {"teddy_forward": 16, "teddy_both": 8}
"""Tagger -> units of each of its readers."""


class Sentences(NamedTuple):
    """The sentences of lesson 09, in its order.

    Attributes:
        words: (sentences, timesteps).
        is_name: Whether the word is part of a person's name, the same shape.
        held_out: Whether the taggers never saw it in training, (sentences,).
    """

    words: np.ndarray
    is_name: np.ndarray
    held_out: np.ndarray


def sentences() -> Sentences:
    """Return all sentences; every fourth pair of words is held out."""
    worlds = ((THINGS, OF_THINGS, False), (SURNAMES, OF_PEOPLE, True))
    words, is_name, held_out = [], [], []
    for followers, endings, is_person in worlds:
        for (i, either), (j, follower) in product(
            enumerate(EITHER), enumerate(followers)
        ):
            names = {"mary", either, follower} if is_person else {"mary"}
            for opening, ending in product(OPENINGS, endings):
                text = f"{opening} {either} {follower} {ending}".split()
                words.append(text)
                is_name.append([word in names for word in text])
                held_out.append((i + j) % 4 == 0)
    return Sentences(*map(np.array, (words, is_name, held_out)))


def trained(name: str) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Train one of the two taggers as lesson 09 does.

    Args:
        name: ``"teddy_forward"`` or ``"teddy_both"``.

    Returns:
        Its arrays (``words`` as UTF-8 text, the rest as Keras orders them;
        the backward reader's begin with ``backward_``), and its facts:
        accuracies on sentences it never saw, at the third word, which may
        be either, and at the others.
    """
    from utils import runtime, training

    runtime.start(seed=42)
    import keras

    data = sentences()
    vocabulary, ids = np.unique(data.words, return_inverse=True)
    ids = ids.reshape(data.words.shape)
    seen, new = ~data.held_out, data.held_out
    model = _model(name, len(vocabulary))
    training.fit(
        model,
        ids[seen],
        data.is_name[seen][..., None].astype("float32"),
        epochs=12,
        quiet=True,
        jit_compile=False,
    )
    right = (training.predict(model, ids[new]) > 0.5) == data.is_name[new]
    facts = {
        "units": UNITS[name],
        "held_out_sentences": int(new.sum()),
        "accuracy_at_third_word": round(float(right[:, 2].mean()), 4),
        "accuracy_elsewhere": round(
            float(np.delete(right, 2, axis=1).mean()), 4
        ),
        "keras": keras.__version__,
    }
    return _arrays(model, vocabulary), facts


def _model(name: str, words: int) -> Any:
    """Return the compiled tagger."""
    import keras

    recurrent = keras.layers.LSTM(UNITS[name], return_sequences=True)
    if name == "teddy_both":
        recurrent = keras.layers.Bidirectional(recurrent)
    model = keras.Sequential(
        [
            keras.Input((TIMESTEPS,), dtype="int32"),
            keras.layers.Embedding(words, WIDTH),
            recurrent,
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


def _arrays(model: Any, vocabulary: np.ndarray) -> dict[str, np.ndarray]:
    """Return what is stored."""
    parts = ("kernel", "recurrent_kernel", "bias")
    embedding, *readers, output_kernel, output_bias = model.get_weights()
    names = (*parts, *(f"backward_{part}" for part in parts))[: len(readers)]
    text = "\n".join(vocabulary.tolist()).encode()
    return {
        "words": np.frombuffer(text, dtype=np.uint8),
        "embedding": embedding,
        **dict(zip(names, readers, strict=True)),
        "output_kernel": output_kernel,
        "output_bias": output_bias,
    }
