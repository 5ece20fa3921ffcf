"""The language models that come with the course, one for each direction.

Four passes over the reviews take more than an hour, so every classifier that
begins as a language model begins as one of these, in whatever split it is
trained. They have read the training reviews of the random split and the
unlabelled ones: no label, and no validation or test review.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from leaderboard.language_model import DIRECTIONS
from utils.classify import store
from utils.errors import check_choice

LARGEST = 5_000_000
"""Bytes of a file."""


def name_of(direction: str) -> str:
    """Return the name under which a direction's weights are stored."""
    return f"language_model_{check_choice('direction', direction, DIRECTIONS)}"


def keep(
    direction: str,
    weights: Mapping[str, np.ndarray],
    facts: Mapping[str, Any],
    folder: Path = store.FOLDER,
) -> Path:
    """Store a language model, `packed`.

    Args:
        direction: In which it reads.
        weights: Of `leaderboard.pretraining.Pretrained`.
        facts: On its training; "seconds" among them.
        folder: Where to.

    Returns:
        The file.
    """
    arrays = packed(weights)
    return store.save(name_of(direction), arrays, facts, folder, LARGEST)


def packed(weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return weights with the table in bytes, the rest in half precision."""
    rest = dict(weights)
    table, scale = store.in_bytes(rest.pop("table"))
    arrays = {name: array.astype(np.float16) for name, array in rest.items()}
    return arrays | {"table": table, "table_scale": scale}


def unpacked(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the weights of `packed`, float32."""
    rest = dict(arrays)
    table = store.from_bytes(rest.pop("table"), rest.pop("table_scale"))
    rest = {name: array.astype(np.float32) for name, array in rest.items()}
    return {"table": table} | rest


def weights(
    direction: str, folder: Path = store.FOLDER
) -> dict[str, np.ndarray]:
    """Return a stored language model's weights, as `Pretrained` has them."""
    return unpacked(store.load(name_of(direction), folder))


def seconds(direction: str, folder: Path = store.FOLDER) -> float:
    """Return what the passes took."""
    return store.facts(name_of(direction), folder)["seconds"]
