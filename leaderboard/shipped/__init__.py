"""How the weights that come with the course are made.

``python -m leaderboard weights`` lists them, with ``--train`` it makes them
anew. Each is smaller than a megabyte, the two best ones than ten, and is
checked by version and checksum whenever it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from leaderboard.shipped import bigru, classifier, ensemble, reviews
from utils import classify
from utils.classify import store


@dataclass(frozen=True)
class Recipe:
    """One way to weights.

    Attributes:
        make: Trains and returns the arrays and the facts about them.
        minutes: About how long that takes on two cores.
        largest: Bytes that the file may have.
        held_out: Returns the training reviews that chose its epoch and
            taught it nothing, as indices.
        load: Returns the classifier that reads with them, by their name.
    """

    make: Callable[[], tuple[dict[str, np.ndarray], dict[str, Any]]]
    minutes: int
    largest: int = store.LARGEST
    held_out: Callable[[], np.ndarray] = reviews.held_out
    load: Callable[[str], Any] = classify.load


RECIPES: dict[str, Recipe] = {
    "simple_rnn": Recipe(lambda: reviews.trained("SimpleRNN"), 2),
    "lstm": Recipe(lambda: reviews.trained("LSTM"), 3),
    "gru": Recipe(lambda: reviews.trained("GRU"), 3),
    "bigru": Recipe(bigru.trained, 10, 10_000_000, bigru.held_out),
    "ensemble": Recipe(
        ensemble.trained, 60, 10_000_000, bigru.held_out, classifier.load
    ),
}
"""Name of the weights -> how they are made."""


def train_weights(
    name: str, folder: Path = store.FOLDER
) -> dict[str, np.ndarray]:
    """Train some weights, write them into ``folder`` and return them."""
    recipe = RECIPES[name]
    arrays, facts = recipe.make()
    store.save(name, arrays, facts, folder, recipe.largest)
    if folder == store.FOLDER:
        measure(name)
    return store.read(name, folder)


def right_answers(name: str, count: int | None = None) -> np.ndarray:
    """Let a shipped classifier answer the reviews that were held out.

    They are read as a shop's are: from their text, by the code that ships.

    Args:
        name: Of the weights.
        count: Only so many, the first ones.

    Returns:
        Whether each answer is right, (reviews,).
    """
    from utils import imdb

    chosen = RECIPES[name].held_out()[:count]
    (_, labels), _ = imdb.load_data()
    texts = imdb.texts("train")
    judged = RECIPES[name].load(name).judge([texts[i] for i in chosen])
    return (judged.probabilities > 0.5) == (labels[chosen] == 1)


def measured(name: str) -> dict[str, float]:
    """Return what a shipped classifier reaches on the reviews held out."""
    right = right_answers(name)
    return {
        "validation_accuracy": round(float(right.mean()), 4),
        "right_of_the_first_1000": int(right[:1000].sum()),
    }


def measure(name: str) -> None:
    """Write what a shipped classifier reaches beside its weights."""
    facts = store.facts(name) | measured(name)
    arrays = store.read(name)
    store.save(name, arrays, facts, largest=RECIPES[name].largest)
