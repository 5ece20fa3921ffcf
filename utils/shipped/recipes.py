"""How each of the shipped weights is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from utils.shipped import best, reviews, store, teddy


@dataclass(frozen=True)
class Recipe:
    """One way to weights.

    Attributes:
        make: Trains and returns the arrays and the facts about them.
        minutes: About how long that takes on two cores.
        largest: Bytes that the file may have.
    """

    make: Callable[[], tuple[dict[str, np.ndarray], dict[str, Any]]]
    minutes: int
    largest: int = store.LARGEST


RECIPES: dict[str, Recipe] = {
    "simple_rnn": Recipe(lambda: reviews.trained("SimpleRNN"), 2),
    "lstm": Recipe(lambda: reviews.trained("LSTM"), 3),
    "gru": Recipe(lambda: reviews.trained("GRU"), 3),
    "bigru": Recipe(best.trained, 10, store.LARGEST_OF_ALL),
    "teddy_forward": Recipe(lambda: teddy.trained("teddy_forward"), 1),
    "teddy_both": Recipe(lambda: teddy.trained("teddy_both"), 1),
}
"""Name of the weights -> how they are made."""


def train(name: str, folder: Path = store.FOLDER) -> dict[str, np.ndarray]:
    """Train some weights, write them into ``folder`` and return them."""
    recipe = RECIPES[name]
    arrays, facts = recipe.make()
    store.save(name, arrays, facts, folder, recipe.largest)
    return store.read(name, folder)
