"""Three small taggers: is a word of a sentence part of a person's name?

They are those of lesson 09, trained on the same sentences with the same
sizes: one reads forwards only, one backwards only, one in both directions.
``python -m lessons.bidirectional.teddy`` trains them anew.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from utils.classify import store

WEIGHTS = Path(__file__).parent / "weights"
"""The trained taggers, in a folder that `store` reads."""

NEUTRAL = ("we saw", "mary saw", "they missed", "he painted")
"""Openings that fit a thing and a person."""

OF_THINGS = ("we bought", "mary bought")
"""Openings after which a thing follows."""

OF_PEOPLE = ("we met", "mary met")
"""Openings after which a person follows."""

EITHER = (
    *("teddy", "rose", "jasmine", "ginger"),
    *("olive", "basil", "amber", "ruby"),
)
"""Words that are a first name in one sentence and none in another."""

THINGS = ("bears", "soaps", "candles", "cushions", "boxes", "cards")
"""After one of ``EITHER`` they make a thing of it."""

SURNAMES = ("roosevelt", "miller", "baker", "kim", "park", "jones")
"""After one of ``EITHER`` they make a person of it."""

UNDECIDED = ("bush", "wood", "stone", "rice", "root", "glass")
"""Surnames that are things as well: only the opening decides."""

ENDINGS = ("in town last monday", "on the way home")
"""How any sentence ends."""

TIMESTEPS = 8
"""Words every sentence has."""

WIDTH = 8
"""Numbers per embedded word."""

UNITS = {"teddy_forward": 16, "teddy_backward": 16, "teddy_both": 8}
"""Tagger -> units of each of its readers."""

EPOCHS = 12
"""Passes over the sentences."""


class Sentences(NamedTuple):
    """The sentences of lesson 09, in its order.

    Attributes:
        words: (sentences, timesteps).
        is_name: Whether the word is part of a person's name, the same shape.
        held_out: Whether the taggers never saw it in training, (sentences,).
        clue_after: Whether the word that decides about the third one stands
            after it and not before it, (sentences,).
    """

    words: np.ndarray
    is_name: np.ndarray
    held_out: np.ndarray
    clue_after: np.ndarray

    def ids(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the sorted vocabulary and each word's place in it."""
        vocabulary, ids = np.unique(self.words, return_inverse=True)
        return vocabulary, ids.reshape(self.words.shape)


def sentences() -> Sentences:
    """Return all sentences; every fourth pair of words is held out."""
    worlds = (
        (NEUTRAL, THINGS, False),
        (NEUTRAL, SURNAMES, True),
        (OF_THINGS, UNDECIDED, False),
        (OF_PEOPLE, UNDECIDED, True),
    )
    words, is_name, held_out, clue_after = [], [], [], []
    for openings, followers, is_person in worlds:
        for (i, either), (j, follower) in product(
            enumerate(EITHER), enumerate(followers)
        ):
            names = {"mary", either, follower} if is_person else {"mary"}
            for opening, ending in product(openings, ENDINGS):
                text = f"{opening} {either} {follower} {ending}".split()
                words.append(text)
                is_name.append([word in names for word in text])
                held_out.append((i + j) % 4 == 0)
                clue_after.append(followers is not UNDECIDED)
    return Sentences(*map(np.array, (words, is_name, held_out, clue_after)))


def in_reading_order(name: str, values: np.ndarray) -> np.ndarray:
    """Return an array as a tagger reads it, the time on the second axis."""
    return values[:, ::-1] if name == "teddy_backward" else values


def tagger(name: str, words: int) -> Any:
    """Return a compiled tagger.

    Args:
        name: A key of ``UNITS``. The backward tagger expects sentences, and
            gives answers, with the last word first.
        words: In the vocabulary.
    """
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


def train(model: Any, name: str, data: Sentences) -> None:
    """Train a tagger on the sentences that are not held out."""
    from utils import training

    seen = ~data.held_out
    training.fit(
        model,
        in_reading_order(name, data.ids()[1][seen]),
        in_reading_order(name, data.is_name[seen])[..., None].astype(float),
        epochs=EPOCHS,
        quiet=True,
        jit_compile=False,
    )


def is_right(model: Any, name: str, data: Sentences) -> np.ndarray:
    """Return where a tagger is right, (held-out sentences, timesteps)."""
    from utils import training

    new = data.held_out
    read = in_reading_order(name, data.ids()[1][new])
    answers = in_reading_order(name, training.predict(model, read) > 0.5)
    return answers == data.is_name[new]


def facts(right: np.ndarray, data: Sentences) -> dict[str, float]:
    """Return the accuracies on held-out sentences.

    Args:
        right: As `is_right` returns it.
        data: The sentences.

    Returns:
        ``clue_after`` and ``clue_before``, at the third word where the word
        that decides stands after or before it, and ``elsewhere``, at all
        words but the third and the fourth.
    """
    after = data.clue_after[data.held_out]
    shares = {
        "clue_after": right[after, 2].mean(),
        "clue_before": right[~after, 2].mean(),
        "elsewhere": np.delete(right, [2, 3], axis=1).mean(),
    }
    return {name: round(float(share), 4) for name, share in shares.items()}


def trained(name: str) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Train a tagger as lesson 09 does.

    Args:
        name: A key of ``UNITS``.

    Returns:
        Its arrays (``words`` packed, the rest as Keras orders them; the
        names of a backward reader's begin with ``backward_``), and its
        facts: sizes, and accuracies on sentences it never saw.
    """
    from utils import runtime

    runtime.start(seed=42)
    import keras

    data = sentences()
    vocabulary, _ = data.ids()
    model = tagger(name, len(vocabulary))
    train(model, name, data)
    about = {
        "units": UNITS[name],
        "held_out_sentences": int(data.held_out.sum()),
        **facts(is_right(model, name, data), data),
        "keras": keras.__version__,
    }
    return _arrays(name, model, vocabulary), about


def _arrays(
    name: str, model: Any, vocabulary: np.ndarray
) -> dict[str, np.ndarray]:
    """Return what is stored."""
    parts = ("kernel", "recurrent_kernel", "bias")
    embedding, *readers, output_kernel, output_bias = model.get_weights()
    backward = [f"backward_{part}" for part in parts]
    names = {
        "teddy_forward": parts,
        "teddy_backward": backward,
        "teddy_both": (*parts, *backward),
    }[name]
    return {
        "words": store.packed(vocabulary.tolist()),
        "embedding": embedding,
        **dict(zip(names, readers, strict=True)),
        "output_kernel": output_kernel,
        "output_bias": output_bias,
    }


if __name__ == "__main__":
    for _name in UNITS:
        store.save(_name, *trained(_name), WEIGHTS)
