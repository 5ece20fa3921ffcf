"""The stored trainings that write an answer."""

from __future__ import annotations

from typing import Any

import numpy as np

from lessons.chatbot import data, networks
from lessons.chatbot.choosing_study import Material
from lessons.chatbot.data import PADDING, Rows
from lessons.chatbot.shipped import PARTS, Writer, teacher
from utils import training

WORDS = 2000
"""Ids that the writers know."""

LONGEST = 12
"""Words of an answer that is learnt from, or measured."""

SEEDS = (1, 2)

EPOCHS, BATCH = 4, 64

RATE = 0.01
"""Adam's first learning rate; it falls to zero along half a cosine. It is
the same for both writers and was not tuned."""


def short_rows(material: Material, part: str) -> Rows:
    """Return the pairs of a part whose answers have at most 12 words.

    Ids beyond those that the writers know become the unknown word: the
    most frequent words have the lowest ids.
    """
    rows = material.rows[part]
    kept = (rows.answer != PADDING).sum(axis=1) <= LONGEST
    rows = Rows(*(column[kept] for column in rows))
    return rows._replace(
        message=known(rows.message), answer=known(rows.answer)[:, :LONGEST]
    )


def known(ids: np.ndarray) -> np.ndarray:
    """Return ids with those that the writers do not know as unknown."""
    return np.where(ids < WORDS, ids, data.UNKNOWN).astype(np.int32)


def trained(rows: Rows, seed: int, *, hears: bool) -> Any:
    """Return a writer after its training.

    Args:
        rows: What it learns from, of `short_rows`.
        seed: Of weights and order.
        hears: Whether it is given the messages.
    """
    import keras

    keras.utils.set_random_seed(seed)
    network = networks.writer(WORDS, hears=hears)
    count = len(rows.text) // BATCH * BATCH
    order = np.random.default_rng(seed).permutation(len(rows.text))[:count]
    steps = EPOCHS * count // BATCH
    schedule = keras.optimizers.schedules.CosineDecay(RATE, steps)
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=PADDING
    )
    adam = keras.optimizers.Adam(schedule, clipnorm=1.0)
    network.compile(adam, loss)
    given, wanted = teacher(rows.answer[order])
    x = [rows.message[order], given] if hears else given
    recipe = {"epochs": EPOCHS, "batch_size": BATCH, "quiet": True}
    training.fit(network, x, wanted, **recipe)
    return network


def arrays_of(network: Any) -> dict[str, np.ndarray]:
    """Return the weights of a writer by name, vectors in half precision."""
    result = {}
    for layer in network.layers:
        weights = layer.get_weights()
        if layer.name.endswith("embedding"):
            result[layer.name] = weights[0]
        elif layer.name in ("encoder", "decoder"):
            for part, each in zip(PARTS, weights, strict=True):
                result[f"{layer.name}_{part}"] = each
        elif layer.name == "scores":
            result["scores_kernel"], result["scores_bias"] = weights
    large = ("embedding", "scores_kernel")
    return {
        name: each.astype(np.float16 if name.endswith(large) else np.float32)
        for name, each in result.items()
    }


def as_writer(network: Any, vocabulary: list[str]) -> Writer:
    """Return a trained writer as it is shipped, to run in NumPy."""
    return Writer(arrays_of(network), vocabulary[:WORDS])
