"""What training does to the states of twins, and when the verdict is made.

``python -m lessons.recurrent_cell.verdicts`` trains lesson 01's recurrent
network with five seeds, in half a minute. It writes verdicts.csv, one row per
seed, and timing.csv, one row per seed, place of the conjunction, and word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lessons.recurrent_cell import activations
from utils import cells, runtime, training
from utils.tasks import twins

STORED = Path(__file__).with_name("verdicts.csv")
TIMING = Path(__file__).with_name("timing.csv")

SEEDS = (0, 1, 2, 3, 4)
READINGS = ("as written", "very", "silence")
"""The last opinion is read; it is "very"; the conjunction is the last word."""

LATER = 5
"""Silent steps that go on after the last word."""

EPOCHS = 25


def read() -> pd.DataFrame:
    """Return the stored measurements, a row per seed."""
    return pd.read_csv(STORED, index_col="seed")


def read_timing() -> pd.DataFrame:
    """Return the stored shares of right answers, by place and word."""
    return pd.read_csv(TIMING)


def other_opinions(comments: Sequence[str]) -> list[str]:
    """Return the comments with other opinions of the same kinds.

    Praise takes the place of praise and blame that of blame, so two words of
    each comment change, as in its twin, and the verdict stays.
    """
    rng = np.random.default_rng(0)
    return [
        " ".join(_other_word(word, rng) for word in comment.split())
        for comment in comments
    ]


def _other_word(word: str, rng: np.random.Generator) -> str:
    """Return another word of the same kind for an opinion, else the word."""
    for kind in (twins.PRAISE, twins.BLAME):
        if word in kind:
            return str(rng.choice([other for other in kind if other != word]))
    return word


def distances(
    comments: Sequence[str], weights: Sequence[np.ndarray]
) -> tuple[float, float]:
    """Return how far apart last states lie, the mean over pairs.

    Args:
        comments: Twins next to each other.
        weights: Of a tanh layer: W_x, W_h, b.

    Returns:
        Between twins; and between comments and the same ones with
        ``other_opinions``.
    """
    one, twin = comments[::2], comments[1::2]
    last, *others = (
        cells.simple_rnn(twins.one_hot(texts), *weights)[:, -1]
        for texts in (one, twin, other_opinions(one))
    )
    to_twin, to_same = (
        float(np.linalg.norm(last - other, axis=1).mean()) for other in others
    )
    return to_twin, to_same


def readings(comments: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the comments in one-hot rows, once per way of ``READINGS``.

    Args:
        comments: As ``twins.write_comments`` writes them, equally long.

    Returns:
        Float32, (comments, words, vocabulary) each. Silence is rows of zeros
        and goes on for ``LATER`` steps.
    """
    written = twins.one_hot(comments)
    masked = [twins.mask(text, "last opinion") for text in comments]
    later = np.arange(written.shape[1]) > places(comments)[:, 1:2]
    silent = np.where(later[..., None], np.float32(0), written)
    silent = np.pad(silent, ((0, 0), (0, LATER), (0, 0)))
    ways = (written, twins.one_hot(masked), silent)
    return dict(zip(READINGS, ways, strict=True))


def places(comments: Sequence[str]) -> np.ndarray:
    """Return where the words of ``twins.PLACES`` stand, (comments, 3)."""
    return np.array(
        [
            [n for n, word in enumerate(words) if word not in twins.FILLERS]
            for words in (comment.split() for comment in comments)
        ]
    )


def right_answers(model: Any, split: twins.Split) -> dict[str, np.ndarray]:
    """Return which answers are right, read after each word.

    Args:
        model: A trained ``activations.reader("tanh")``.
        split: With the comments to test on.

    Returns:
        Reading -> true where the last layer, shown the state after this
        word, answers with the label, (comments, words).
    """
    weights = model.layers[0].get_weights()
    label = split.y_test[:, None] > 0.5
    return {
        way: (
            model.layers[1](cells.simple_rnn(x, *weights)).numpy()[..., 0]
            > 0.5
        )
        == label
        for way, x in readings(split.test).items()
    }


def right_after(
    right: Mapping[str, np.ndarray], comments: Sequence[str]
) -> list[float]:
    """Return the shares of right answers that verdicts.csv holds.

    Args:
        right: From ``right_answers``.
        comments: The comments that were read.

    Returns:
        After the first opinion, the conjunction, the last opinion, "very" in
        its place, and the last word of each of ``READINGS``.
    """
    one, two = (
        np.take_along_axis(right[way], places(comments), axis=1).mean(0)
        for way in READINGS[:2]
    )
    words = right[READINGS[0]].shape[1]
    ends = [float(right[way][:, words - 1].mean()) for way in READINGS]
    return [*one.tolist(), float(two[-1]), *ends]


def timing(
    right: Mapping[str, np.ndarray], comments: Sequence[str]
) -> pd.DataFrame:
    """Return the shares of right answers by place and word.

    Args:
        right: From ``right_answers``.
        comments: The comments that were read.

    Returns:
        A table: the place of the conjunction and the word, counted from 1,
        the comments with this place, and a share for each of ``READINGS``,
        missing where a reading has no such word.
    """
    conjunction = places(comments)[:, 1]
    tables = []
    for place in np.unique(conjunction):
        here = conjunction == place
        shares = {
            way: pd.Series(answers[here].mean(0))
            for way, answers in right.items()
        }
        table = pd.DataFrame(shares)
        table.insert(0, "comments", here.sum())
        table.insert(0, "word", table.index + 1)
        table.insert(0, "conjunction", place + 1)
        tables.append(table)
    return pd.concat(tables)


def run() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Train the network with each seed and measure both tables."""
    runtime.start(seed=0)
    model, rows, tables = activations.reader("tanh"), [], []
    for seed in SEEDS:
        split = twins.split(seed)
        training.reinitialise(model, seed)
        untrained = distances(split.test, model.layers[0].get_weights())
        x_train = twins.one_hot(split.train)
        training.fit(model, x_train, split.y_train, epochs=EPOCHS, quiet=True)
        trained = distances(split.test, model.layers[0].get_weights())
        pairs = zip(untrained, trained, strict=True)
        far = [distance for pair in pairs for distance in pair]
        right = right_answers(model, split)
        rows.append([seed, *far, *right_after(right, split.test)])
        tables.append(timing(right, split.test).assign(seed=seed))
    names = [
        "seed",
        "twin before",
        "twin after",
        "same before",
        "same after",
        "1st opinion",
        "conjunction",
        "2nd opinion",
        "very there",
        "last word",
        "last, very",
        "last, silence",
    ]
    by_word = pd.concat(tables).round(3)
    by_word.insert(0, "seed", by_word.pop("seed"))
    return pd.DataFrame(rows, columns=names).round(2), by_word


if __name__ == "__main__":
    for table, file in zip(run(), (STORED, TIMING), strict=True):
        table.to_csv(file, index=False, lineterminator="\n")
