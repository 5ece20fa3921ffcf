"""What lesson 17 tells and does not wait for.

``python -m lessons.imdb_classifier.experiments`` writes four files beside
this one, a row per training:

- ``runs.csv``: what the first 80 of 100 tokens are worth to the notes'
  SimpleRNN and to a bag of words (four minutes on two cores);
- ``trials.csv``: SimpleRNN and LSTM with either learning rate, six epochs
  each (five minutes);
- ``order.csv``: the GRU, and a bag of words and pairs, that learn from rows
  in order, and from the same rows with their words shuffled (two minutes);
- ``seeds.csv``: the lesson's other networks with three other seeds, on the
  official test reviews as well where they are there (six minutes).

Names of these files (``trials order``) do only those. Rows that are in a file
are kept, so a run that was stopped can be taken up again; delete a file to
begin it anew.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from utils import imdb, runtime, training
from utils.classify.lookup import lookup_layers
from utils.classify.protocol import correct
from utils.files import append_row

HERE = Path(__file__).parent

RESULTS, TRIALS, ORDER, OTHER_SEEDS = (
    HERE / f"{name}.csv" for name in ("runs", "trials", "order", "seeds")
)

SEEDS = range(3)

ORDERS, MORE_SEEDS = range(1, 4), range(1, 7)
"""Seeds of ``order.csv`` and ``seeds.csv``, and of the trials."""

WORDS, TOKENS, FEW = 500, 100, 20

BAG, NOTES = "bag of words", "SimpleRNN, notes"

PAIRS = "bag of words and pairs"

CELLS = ("SimpleRNN", "LSTM")
"""Whose trials are stored."""

RATES = (0.003, 0.01)

BOTH_WAYS = "bidirectional LSTM"

LESSON_RATES = {"GRU": 0.01, BOTH_WAYS: 0.003}
"""Those that these networks have in the lesson."""

STRENGTHS = (0.01, 0.03, 0.1, 0.3)
"""``C`` of the bag of words; the best on the validation reviews counts."""

RARE = 5
"""A pair that fewer reviews have is left out."""

COLUMNS = ("model", "tokens", "seed", "epochs", "right", "right_by_last")

Found = dict[str, Any]
"""Column -> what is written."""


class Run(NamedTuple):
    """One training: of what, on how many tokens, with which seed."""

    model: str
    tokens: int
    seed: int


class Trial(NamedTuple):
    """One training of six epochs: of which cell, how fast, with which seed."""

    model: str
    rate: float
    seed: int


class Shuffle(NamedTuple):
    """One model, trained on rows in order and on shuffled ones."""

    model: str
    seed: int


class Seeded(NamedTuple):
    """One of the lesson's networks with another seed."""

    network: str
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

    def shuffled(self, seed: int) -> Rows:
        """Return the rows with their words shuffled; zeros stay in front."""
        draw = np.random.default_rng(seed)
        x, x_val = self.x.copy(), self.x_val.copy()
        for row in (*x, *x_val):
            words = row[np.argmax(row != 0) :]
            draw.shuffle(words)
        return self._replace(x=x, x_val=x_val)


def runs() -> list[Run]:
    """Return all trainings, those of the first seed first."""
    bags = [Run(BAG, tokens, 0) for tokens in (FEW, TOKENS)]
    return bags + [Run(NOTES, n, s) for s in SEEDS for n in (FEW, TOKENS)]


def trials() -> list[Trial]:
    """Return the trials of both rates, those of the first cell first."""
    return [Trial(c, r, s) for c in CELLS for s in MORE_SEEDS for r in RATES]


def shuffles() -> list[Shuffle]:
    """Return what is trained in order and shuffled."""
    return [Shuffle(model, s) for model in ("GRU", PAIRS) for s in ORDERS]


def seeded() -> list[Seeded]:
    """Return the lesson's networks with their other seeds."""
    networks = (NOTES, *LESSON_RATES)
    return [Seeded(name, seed) for name in networks for seed in ORDERS]


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
    model, fitted = notes_fitted(data, seed)
    right, by_last = (
        correct(training.predict(model, x), data.y_val)
        for x in (data.x_val, hidden(data.x_val))
    )
    return {
        "epochs": fitted.epochs,
        "right": right,
        "right_by_last": by_last,
    }


def notes_fitted(data: Rows, seed: int) -> tuple[Any, training.History]:
    """Return the notes' SimpleRNN, trained as they do, and how."""
    import keras
    from keras import layers

    runtime.set_seed(seed)
    rmsprop = keras.optimizers.RMSprop(1e-4)
    recipe = {"epochs": 100, "batch_size": 64, "patience": 3}
    return _fitted(data, layers.SimpleRNN(8), rmsprop, recipe)


def _fitted(
    data: Rows, recurrent: Any, optimizer: Any, recipe: dict[str, int]
) -> tuple[Any, training.History]:
    """Return the classifier with a recurrent layer, trained, and how."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((data.x.shape[1],), dtype="int32"),
            *lookup_layers(recurrent, WORDS),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    fitted = training.fit(
        model,
        data.x,
        data.y,
        validation_data=(data.x_val, data.y_val),
        quiet=True,
        **recipe,
    )
    return model, fitted


def train_cell(data: Rows, cell: str, rate: float, seed: int) -> Found:
    """Return what a cell learns in six epochs, with its answers, "answers".

    The model and its training are those of the notebook.
    """
    model, fitted = cell_fitted(data, cell, rate, seed)
    right = (training.predict(model, data.x_val) > 0.5) == data.y_val
    return {
        "best_epoch": fitted.best_epoch,
        "loss": round(fitted.best("val_loss"), 4),
        "right": int(right.sum()),
        "answers": right,
    }


def cell_fitted(
    data: Rows, cell: str, rate: float, seed: int
) -> tuple[Any, training.History]:
    """Return a cell's classifier after six epochs, and how it was trained."""
    import keras
    from keras import layers

    runtime.set_seed(seed)
    adam = keras.optimizers.Adam(rate)
    recipe = {"epochs": 6, "batch_size": 250, "patience": 6}
    one_way = "LSTM" if cell == BOTH_WAYS else cell
    recurrent = getattr(layers, one_way)(8)
    if cell == BOTH_WAYS:
        recurrent = layers.Bidirectional(recurrent)
    return _fitted(data, recurrent, adam, recipe)


@cache
def official_rows() -> tuple[np.ndarray, np.ndarray]:
    """Return the official test reviews' rows and labels; none if absent."""
    from keras.utils import pad_sequences

    _, (reviews, y) = imdb.load_data(num_words=WORDS)
    return pad_sequences(list(reviews), maxlen=TOKENS), y


def train_pairs(data: Rows) -> np.ndarray:
    """Return on which reviews a bag of words and pairs is right."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    count = CountVectorizer(
        ngram_range=(1, 2), min_df=RARE, token_pattern=r"\S+"
    )
    x = count.fit_transform(map(written, data.x))
    x_val = count.transform(map(written, data.x_val))
    fits = (
        LogisticRegression(C=strength, max_iter=1_000).fit(x, data.y)
        for strength in STRENGTHS
    )
    right = [fit.predict(x_val) == data.y_val for fit in fits]
    return max(right, key=np.sum)


@cache
def ordered_pairs() -> np.ndarray:
    """Return where the bag of words and pairs is right, rows in order."""
    return train_pairs(rows())


def written(row: np.ndarray) -> str:
    """Return the ids of a row as a text, without the zeros in front."""
    return " ".join(map(str, row[row > 0]))


def token_run(data: Rows, run: Run) -> Found:
    """Return a row of ``runs.csv``."""
    part = data.last(run.tokens)
    return train_bag(part) if run.model == BAG else train_notes(part, run.seed)


def trial(data: Rows, run: Trial) -> Found:
    """Return a row of ``trials.csv``."""
    found = train_cell(data, *run)
    del found["answers"]
    return found


def shuffle(data: Rows, run: Shuffle) -> Found:
    """Return a row of ``order.csv``.

    Besides what is right in order and shuffled, it tells on how many reviews
    only one of the two is, and only this model or the one of pairs.
    """

    def answers(part: Rows) -> np.ndarray:
        """Return on which reviews the model is right."""
        if run.model == PAIRS:
            return ordered_pairs() if part is data else train_pairs(part)
        rate = LESSON_RATES[run.model]
        return train_cell(part, run.model, rate, run.seed)["answers"]

    ordered, shuffled = answers(data), answers(data.shuffled(run.seed))
    pairs = ordered_pairs()
    return {
        "right": int(ordered.sum()),
        "right_shuffled": int(shuffled.sum()),
        "only_ordered": int(np.sum(ordered & ~shuffled)),
        "only_shuffled": int(np.sum(shuffled & ~ordered)),
        "only_it": int(np.sum(ordered & ~pairs)),
        "only_pairs": int(np.sum(pairs & ~ordered)),
    }


def another_seed(data: Rows, run: Seeded) -> Found:
    """Return a row of ``seeds.csv``."""
    if run.network == NOTES:
        model, _ = notes_fitted(data, run.seed)
    else:
        rate = LESSON_RATES[run.network]
        model, _ = cell_fitted(data, run.network, rate, run.seed)
    x_test, y_test = official_rows()
    right, right_test = (
        correct(training.predict(model, x), y) if len(y) else ""
        for x, y in ((data.x_val, data.y_val), (x_test, y_test))
    )
    return {"right": right, "right_test": right_test}


def run_all(
    path: Path,
    wanted: Iterable[Any],
    train: Callable[[Rows, Any], Found],
    columns: tuple[str, ...] | None = None,
) -> None:
    """Train what a file does not have yet, and add it."""
    done: list[tuple[str, ...]] = []
    runs = list(wanted)
    if path.exists():
        with path.open(newline="", encoding="utf-8") as file:
            names = runs[0]._fields
            done = [tuple(r[n] for n in names) for r in csv.DictReader(file)]
    data = rows()
    for run in runs:
        if tuple(map(str, run)) not in done:
            row = {**run._asdict(), **train(data, run)}
            append_row(path, row, columns)
            print(*row.values(), flush=True)


def main(names: list[str]) -> None:
    """Train what is not in the files yet."""
    runtime.start(42)
    if not names or "runs" in names:
        run_all(RESULTS, runs(), token_run, COLUMNS)
    if not names or "trials" in names:
        run_all(TRIALS, trials(), trial)
    if not names or "order" in names:
        run_all(ORDER, shuffles(), shuffle)
    if not names or "seeds" in names:
        run_all(OTHER_SEEDS, seeded(), another_seed)


if __name__ == "__main__":
    main(sys.argv[1:])
