"""The stored trainings that choose one of ten answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lessons.chatbot import conversations, data, networks
from lessons.chatbot.conversations import Parts
from lessons.chatbot.data import PADDING, Rows
from utils import training

HERE = Path(__file__).parent

SEEDS = (1, 2)

RATE = 0.01
"""Adam's first learning rate; it falls to zero along half a cosine. It is
the same for all models and was not tuned."""

BATCH = 256

FROM_BAG = "GRU, the bag's word vectors"

EPOCHS = {"bag": 6, "GRU": 3, FROM_BAG: 3}
"""Model -> passes over the pairs."""

RESAMPLES = 2000


@dataclass(frozen=True)
class Material:
    """What all trainings share.

    Attributes:
        parts: The pairs.
        vocabulary: The word of every id.
    """

    parts: Parts
    vocabulary: list[str]

    @classmethod
    def load(cls) -> Material:
        """Return it."""
        parts = conversations.load()
        return cls(parts, data.vocabulary_of(parts.train))

    @cached_property
    def rows(self) -> dict[str, Rows]:
        """Part -> its pairs as arrays."""
        return {
            name: data.rows_of(getattr(self.parts, name), self.vocabulary)
            for name in ("train", "validation", "test")
        }

    @cached_property
    def tens(self) -> dict[str, np.ndarray]:
        """Part -> ten candidates for each of its pairs."""
        return {
            name: data.tens(self.rows[name]) for name in ("validation", "test")
        }


def as_it_is(rows: Rows, _: int) -> Rows:
    """Return pairs as they are."""
    return rows


def shuffled(rows: Rows, seed: int) -> Rows:
    """Return pairs with the words of each text in another order."""
    generator = np.random.default_rng(seed)

    def mix(ids: np.ndarray) -> np.ndarray:
        # Padding gets the largest numbers, so it stays behind.
        order = generator.random(ids.shape) + 2 * (ids == PADDING)
        return np.take_along_axis(ids, np.argsort(order, axis=1), axis=1)

    return rows._replace(message=mix(rows.message), answer=mix(rows.answer))


def last_word(rows: Rows, _: int) -> Rows:
    """Return pairs whose messages have kept their last word alone."""
    length = (rows.message != PADDING).sum(axis=1)
    kept = rows.message[np.arange(len(length)), length - 1]
    return rows._replace(message=kept[:, None])


CONTROLS: dict[str, Callable[[Rows, int], Rows]] = {
    "GRU, words shuffled": shuffled,
    "GRU, last word of the message": last_word,
}
"""Control -> what is done to the pairs, in training and in the test."""


def train(
    chooser: networks.Chooser, rows: Rows, epochs: int, seed: int
) -> None:
    """Train a chooser on whole batches, in an order that the seed draws.

    Args:
        chooser: Built; it is compiled here.
        rows: What it learns from.
        epochs: Passes over them.
        seed: Of the order.
    """
    import keras

    count = len(rows.text) // BATCH * BATCH
    order = np.random.default_rng(seed).permutation(len(rows.text))[:count]
    steps = epochs * count // BATCH
    schedule = keras.optimizers.schedules.CosineDecay(RATE, steps)
    adam = keras.optimizers.Adam(schedule, clipnorm=1.0)
    chooser.network.compile(adam, networks.in_batch_loss)
    x = [rows.message[order], rows.answer[order]]
    recipe = {"epochs": epochs, "batch_size": BATCH, "quiet": True}
    training.fit(chooser.network, x, rows.text[order], **recipe)


def scores(
    chooser: networks.Chooser, rows: Rows, tens: np.ndarray
) -> np.ndarray:
    """Return what a chooser gives each candidate, (pairs, 10)."""
    said = training.predict(chooser.of_message, rows.message)
    answers = training.predict(chooser.of_answer, rows.answer)
    return networks.SCALE * np.einsum("pd,pcd->pc", said, answers[tens])


def trained(
    material: Material,
    name: str,
    seed: int,
    change: Callable[[Rows, int], Rows] = as_it_is,
    vectors: np.ndarray | None = None,
) -> networks.Chooser:
    """Return a chooser after its training.

    Args:
        material: Pairs and vocabulary.
        name: A key of `EPOCHS`.
        seed: Of weights and order.
        change: What is done to the training pairs.
        vectors: The word vectors it begins with; drawn if None.
    """
    import keras

    keras.utils.set_random_seed(seed)
    reader = "bag" if name == "bag" else "GRU"
    chooser = networks.chooser(len(material.vocabulary), reader)
    if vectors is not None:
        chooser.vectors.set_weights([vectors])
    rows = change(material.rows["train"], seed)
    train(chooser, rows, EPOCHS[name], seed)
    return chooser


def store(name: str, table: pd.DataFrame) -> None:
    """Write a table beside this file."""
    table.to_csv(HERE / f"{name}.csv", index=False, lineterminator="\n")


def network_scores(
    material: Material,
    tell: Callable[[str, int, networks.Chooser], Any],
) -> dict[str, dict[str, list[np.ndarray]]]:
    """Train all models with all seeds.

    Args:
        material: Pairs and vocabulary.
        tell: Is given each trained chooser, with its name and seed.

    Returns:
        Part -> model -> the scores of each seed.
    """
    found: dict[str, dict[str, list[np.ndarray]]] = {
        "validation": {},
        "test": {},
    }

    def keep(
        name: str,
        seed: int,
        chooser: networks.Chooser,
        change: Callable[[Rows, int], Rows] = as_it_is,
    ) -> None:
        for part, by_model in found.items():
            rows = change(material.rows[part], seed)
            given = scores(chooser, rows, material.tens[part])
            by_model.setdefault(name, []).append(given)
        right = data.picked(found["validation"][name][-1]).mean()
        print(name, seed, round(float(right), 4), flush=True)
        tell(name, seed, chooser)

    for seed in SEEDS:
        bag = trained(material, "bag", seed)
        keep("bag", seed, bag)
        vectors = bag.vectors.get_weights()[0]
        gru = trained(material, "GRU", seed)
        keep("GRU", seed, gru)
        gru = trained(material, FROM_BAG, seed, vectors=vectors)
        keep(FROM_BAG, seed, gru)
        for name, change in CONTROLS.items():
            gru = trained(material, "GRU", seed, change)
            keep(name, seed, gru, change)
    return found
