"""What the first 80 of 100 tokens are worth to the notes' SimpleRNN.

``python -m lessons.imdb_classifier.experiments`` trains it, and a bag of
words, on the whole rows of lesson 17 and on their last 20 tokens alone, and
writes ``runs.csv`` beside this file: one row per training. It takes some four
minutes on two cores. Rows that are in the file are kept, so a run that was
stopped can be taken up again; delete the file to begin anew.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from utils import imdb, runtime, training
from utils.classify.lookup import lookup_layers

RESULTS = Path(__file__).with_name("runs.csv")

SEEDS = range(3)

WORDS, TOKENS, FEW = 500, 100, 20

BAG, NOTES = "bag of words", "SimpleRNN, notes"

STRENGTHS = (0.01, 0.03, 0.1, 0.3)
"""``C`` of the bag of words; the best on the validation reviews counts."""

COLUMNS = ("model", "tokens", "seed", "epochs", "right", "right_by_last")


class Run(NamedTuple):
    """One training: of what, on how many tokens, with which seed."""

    model: str
    tokens: int
    seed: int


class Rows(NamedTuple):
    """Ids, (reviews, tokens), and labels to learn from and to choose by."""

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray

    def last(self, tokens: int) -> Rows:
        """Return the rows with their last ``tokens`` ids alone."""
        x, x_val = self.x[:, -tokens:], self.x_val[:, -tokens:]
        return self._replace(x=x, x_val=x_val)


def runs() -> list[Run]:
    """Return all trainings, those of the first seed first."""
    bags = [Run(BAG, tokens, 0) for tokens in (FEW, TOKENS)]
    return bags + [Run(NOTES, n, s) for s in SEEDS for n in (FEW, TOKENS)]


def rows() -> Rows:
    """Return the lesson's rows."""
    from keras.utils import pad_sequences
    from sklearn.model_selection import train_test_split

    (reviews, y), _ = imdb.load_data(num_words=WORDS)
    x = pad_sequences(reviews, maxlen=TOKENS)
    train, val = train_test_split(
        np.arange(len(x)), test_size=0.2, random_state=42
    )
    return Rows(x[train], y[train], x[val], y[val])


def hidden(x: np.ndarray) -> np.ndarray:
    """Return the ids with a zero in place of all but the last ``FEW``."""
    only = np.zeros_like(x)
    only[:, -FEW:] = x[:, -FEW:]
    return only


def counts(x: np.ndarray) -> np.ndarray:
    """Return how often each id occurs in each row, (reviews, ids)."""
    numbers = np.zeros((len(x), WORDS), np.float32)
    np.add.at(numbers, (np.arange(len(x))[:, None], x), 1)
    return numbers


def train_bag(data: Rows) -> dict[str, int]:
    """Return what the bag of words is right on."""
    from sklearn.linear_model import LogisticRegression

    x, x_val = counts(data.x), counts(data.x_val)
    right = [
        LogisticRegression(C=strength, max_iter=1_000)
        .fit(x, data.y)
        .score(x_val, data.y_val)
        for strength in STRENGTHS
    ]
    return {"right": round(max(right) * len(x_val))}


def train_notes(data: Rows, seed: int) -> dict[str, int]:
    """Return what the notes' SimpleRNN is right on, and by its last ids."""
    import keras
    from keras import layers

    runtime.set_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((data.x.shape[1],), dtype="int32"),
            *lookup_layers(layers.SimpleRNN(8), WORDS),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    rmsprop = keras.optimizers.RMSprop(1e-4)
    model.compile(rmsprop, "binary_crossentropy", metrics=["accuracy"])
    fitted = training.fit(
        model,
        data.x,
        data.y,
        epochs=100,
        batch_size=64,
        validation_data=(data.x_val, data.y_val),
        patience=3,
        quiet=True,
    )
    right, by_last = (
        int(((training.predict(model, x) > 0.5) == data.y_val).sum())
        for x in (data.x_val, hidden(data.x_val))
    )
    return {
        "epochs": fitted.epochs,
        "right": right,
        "right_by_last": by_last,
    }


def main() -> None:
    """Train what is not in the file yet."""
    runtime.start(42)
    done: list[tuple[str, ...]] = []
    if RESULTS.exists():
        with RESULTS.open(newline="", encoding="utf-8") as file:
            table = csv.DictReader(file)
            done = [tuple(row[n] for n in Run._fields) for row in table]
    data = rows()
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if not done:
            writer.writeheader()
        for run in runs():
            if tuple(map(str, run)) in done:
                continue
            part = data.last(run.tokens)
            is_bag = run.model == BAG
            found = train_bag(part) if is_bag else train_notes(part, run.seed)
            row: dict[str, Any] = {**run._asdict(), **found}
            writer.writerow(row)
            file.flush()
            print(*row.values(), flush=True)


if __name__ == "__main__":
    main()
