"""The comparison of cells on film reviews that lesson 08 tells of.

``python -m lessons.gru.reviews`` trains each cell with each learning rate
from two seeds, chooses the rate on validation, trains three more seeds with
it, opens the test part once, and writes beside this file ``reviews.csv``, a
row per training, and ``answers.npz``, which test reviews each network had
right. It takes some eight minutes on two cores. A cell that is in
``answers.npz`` is not trained again; delete both files to begin anew.
``python -m lessons.gru.reviews seconds`` times an epoch of each layer and
writes ``seconds.csv``. ``python -m lessons.gru.reviews rates`` tests the LSTM
at the two rates that were not chosen, in two minutes, and writes
``rates.csv``: a look back that chooses nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from utils import imdb, runtime, training

TABLE, ANSWERS, SECONDS, OTHER_RATES = (
    Path(__file__).with_name(name)
    for name in ("reviews.csv", "answers.npz", "seconds.csv", "rates.csv")
)

RATES, SEEDS, EPOCHS = (0.001, 0.003, 0.01), range(1, 6), 6

CHOOSING = 2
"""Seeds that every learning rate is tried with."""

VOCABULARY, WORDS, BATCH_SIZE, TESTED = 500, 40, 256, 5000

CELLS = {
    "SimpleRNN(38)": ("SimpleRNN", 38),
    "GRU(19)": ("GRU", 19),
    "LSTM(16)": ("LSTM", 16),
}
"""Cell -> Keras's layer and its units."""

LINEAR = {"which words": 1, "words and pairs": 2}
"""Baseline without a recurrent layer -> the longest run of words that
counts as one feature; its ``rate`` is C, one of ``STRENGTHS``."""

STRENGTHS = (0.03, 0.1, 0.3, 1.0)

TIMED = (("SimpleRNN", 32), ("GRU", 32), ("LSTM", 32))
"""Layers whose epochs are timed."""

Part = tuple[np.ndarray, np.ndarray]


def parts() -> list[Part]:
    """Return rows (reviews, 40) and labels to train, choose and test on."""
    (reviews, labels), _ = imdb.load_data(num_words=VOCABULARY)
    enough = [len(review) >= WORDS for review in reviews]
    rows = np.array([review[-WORDS:] for review in reviews[enough]])
    labels = labels[enough]
    order = np.random.default_rng(0).permutation(len(rows))
    cuts = np.split(order[: 17_800 + TESTED], [12_800, 17_800])
    return [(rows[cut], labels[cut]) for cut in cuts]


def classifier(name: str, units: int) -> Any:
    """Return the classifier of the lesson with one kind of layer."""
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input((WORDS,), dtype="int32")])
    model.add(layers.Embedding(VOCABULARY, 16))
    model.add(getattr(layers, name)(units))
    model.add(layers.Dense(1, activation="sigmoid"))
    adam = keras.optimizers.Adam(RATES[0], clipnorm=1.0)
    model.compile(adam, "binary_crossentropy", metrics=["accuracy"])
    return model


def train(cell: str, data: list[Part]) -> tuple[pd.DataFrame, np.ndarray]:
    """Train one cell: every rate with ``CHOOSING`` seeds, the best with all.

    A network stops after two epochs without a smaller validation loss and
    keeps its best epoch. The best rate is that of the highest mean accuracy
    on the validation part.

    Returns:
        A row per training; and which test reviews were right at the chosen
        rate, (seeds, reviews).
    """
    model, rows, answers = classifier(*CELLS[cell]), [], {}
    for rate in RATES:
        for seed in SEEDS[:CHOOSING]:
            row, answers[rate, seed] = once(model, cell, rate, seed, data)
            rows.append(row)
    table = pd.DataFrame(rows)
    best = float(table.groupby("rate").validation.mean().idxmax())
    for seed in SEEDS[CHOOSING:]:
        row, answers[best, seed] = once(model, cell, best, seed, data)
        rows.append(row)
    table = pd.DataFrame(rows)
    right = np.array([answers[best, seed] for seed in SEEDS])
    table.loc[table.rate == best, "test"] = right.mean(axis=1)
    return table, right


def once(
    model: Any, cell: str, rate: float, seed: int, data: list[Part]
) -> tuple[dict[str, Any], np.ndarray]:
    """Return the row of one training, and which test reviews were right."""
    (x, y), (x_val, y_val), (x_test, y_test) = data
    training.reinitialise(model, seed)
    model.optimizer.learning_rate = rate
    fitted = training.fit(
        model,
        x,
        y,
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        validation_data=(x_val, y_val),
        patience=2,
        quiet=True,
    )
    row = {"cell": cell, "rate": rate, "seed": seed}
    row["epoch"] = fitted.best_epoch
    row["validation"] = np.mean(
        (training.predict(model, x_val) > 0.5) == y_val
    )
    print(*row.values(), flush=True)
    return row, (training.predict(model, x_test) > 0.5) == y_test


def other_rates(cell: str, data: list[Part]) -> pd.DataFrame:
    """Test a cell at the rates that were not chosen for it.

    Returns:
        A row per rate and seed, with the columns of ``TABLE``.
    """
    runs, rows = pd.read_csv(TABLE), []
    chosen = {*runs[(runs.cell == cell) & runs.test.notna()].rate}
    model = classifier(*CELLS[cell])
    for rate in sorted({*RATES} - chosen):
        for seed in SEEDS:
            row, right = once(model, cell, rate, seed, data)
            rows.append({**row, "test": right.mean()})
    return pd.DataFrame(rows)[
        ["cell", "rate", "validation", "test", "seed", "epoch"]
    ]


def linear(name: str, data: list[Part]) -> tuple[pd.DataFrame, np.ndarray]:
    """Fit a logistic regression on which words or pairs of words occur.

    Its regularisation is chosen on the validation part.

    Args:
        name: A key of ``LINEAR``.
        data: As ``parts`` returns it.

    Returns:
        One row, and which test reviews were right, (1, reviews).
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    bags = CountVectorizer(
        token_pattern=r"\d+",
        ngram_range=(1, LINEAR[name]),
        binary=True,
        min_df=3,
    )
    texts = [[" ".join(map(str, row)) for row in part] for part, _ in data]
    bags.fit(texts[0])
    features = [bags.transform(part) for part in texts]
    labels = [y for _, y in data]
    models = [
        LogisticRegression(C=c, max_iter=1000).fit(features[0], labels[0])
        for c in STRENGTHS
    ]
    scores = [model.score(features[1], labels[1]) for model in models]
    best = models[int(np.argmax(scores))]
    right = best.predict(features[2]) == labels[2]
    row = {"cell": name, "rate": best.C, "validation": max(scores)}
    return pd.DataFrame([{**row, "test": right.mean()}]), right[np.newaxis]


def seconds(data: Part) -> pd.DataFrame:
    """Time epochs of each layer of ``TIMED``, in turn.

    Returns:
        A row per layer: median and least seconds of five epochs.
    """
    models = [classifier(*layer) for layer in TIMED]
    found: list[list[float]] = [[] for _ in TIMED]
    for turn in range(6):
        for model, times in zip(models, found, strict=True):
            fitted = training.fit(
                model, *data, epochs=1, batch_size=BATCH_SIZE, quiet=True
            )
            if turn:  # the first one compiles
                times.append(fitted.seconds_per_epoch)
    return pd.DataFrame(
        [
            {
                "layer": f"{name}({units})",
                "median": round(float(np.median(times)), 2),
                "least": round(min(times), 2),
            }
            for (name, units), times in zip(TIMED, found, strict=True)
        ]
    )


def main() -> None:
    """Train what is not in the table yet, or time epochs."""
    runtime.start(42)
    data = parts()
    if "seconds" in sys.argv:
        seconds(data[0]).to_csv(SECONDS, index=False, lineterminator="\n")
        return
    if "rates" in sys.argv:
        found = other_rates("LSTM(16)", data).round(4)
        found.to_csv(OTHER_RATES, index=False, lineterminator="\n")
        return
    right = dict(np.load(ANSWERS)) if ANSWERS.exists() else {}
    tables = [pd.read_csv(TABLE)] if TABLE.exists() else []
    for name in [*LINEAR, *CELLS]:
        if name in right:
            continue
        table, right_ones = (linear if name in LINEAR else train)(name, data)
        tables.append(table.round(4))
        right[name] = np.packbits(right_ones, axis=1)
        pd.concat(tables).to_csv(TABLE, index=False, lineterminator="\n")
        np.savez_compressed(ANSWERS, **right)


if __name__ == "__main__":
    main()
