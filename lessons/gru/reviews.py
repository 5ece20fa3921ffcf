"""The comparison of cells on film reviews that lesson 08 tells of.

``python -m lessons.gru.reviews`` trains each cell with each learning rate
from two seeds, chooses the rate on validation, trains three more seeds with
it, and then opens the test part, for the five networks with that rate alone.
It writes beside this file ``reviews.csv``, a row per training, and
``answers.npz``, which test reviews each network had right. It takes some ten
minutes on two cores. A cell that is in ``answers.npz`` is not trained again;
delete both files to begin anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from utils import imdb, runtime, training

TABLE, ANSWERS = (
    Path(__file__).with_name(name) for name in ("reviews.csv", "answers.npz")
)

RATES, SEEDS = (0.0003, 0.001, 0.003, 0.01, 0.03), range(1, 6)

EPOCHS, PATIENCE = 30, 2

CHOOSING = 2
"""Seeds that every learning rate is tried with."""

VOCABULARY, WORDS, BATCH_SIZE, TESTED = 500, 40, 256, 5000

CELLS = {
    "SimpleRNN(38)": ("SimpleRNN", 38),
    "GRU(19)": ("GRU", 19),
    "LSTM(16)": ("LSTM", 16),
    "GRU(19), shuffled": ("GRU", 19),
}
"""Cell -> Keras's layer and its units; "shuffled" reads the words of each
review in a random order, in all three parts."""

LINEAR = {"which words": 1, "words and pairs": 2}
"""Baseline without a recurrent layer -> the longest run of words that
counts as one feature; its ``rate`` is C, one of ``STRENGTHS``."""

STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)

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


def shuffled(data: list[Part]) -> list[Part]:
    """Return the parts with the words of each review in a random order."""
    rng = np.random.default_rng(1)
    return [(rng.permuted(x, axis=1), y) for x, y in data]


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
    on the validation part; no network has seen the test part until then.

    Returns:
        A row per training; and which test reviews were right at the chosen
        rate, (seeds, reviews).
    """
    if cell.endswith("shuffled"):
        data = shuffled(data)
    model, rows, weights = classifier(*CELLS[cell]), [], {}
    for rate in RATES:
        for seed in SEEDS[:CHOOSING]:
            rows.append(once(model, cell, rate, seed, data))
            weights[rate, seed] = model.get_weights()
    table = pd.DataFrame(rows)
    best = float(table.groupby("rate").validation.mean().idxmax())
    for seed in SEEDS[CHOOSING:]:
        rows.append(once(model, cell, best, seed, data))
        weights[best, seed] = model.get_weights()
    table = pd.DataFrame(rows)
    tested = []
    for seed in SEEDS:
        model.set_weights(weights[best, seed])
        tested.append(right_ones(model, data[2]))
    right = np.array(tested)
    table.loc[table.rate == best, "test"] = right.mean(axis=1)
    return table, right


def once(
    model: Any, cell: str, rate: float, seed: int, data: list[Part]
) -> dict[str, Any]:
    """Train a network, without the test part, and return its row."""
    (x, y), validation = data[:2]
    training.reinitialise(model, seed)
    model.optimizer.learning_rate = rate
    fitted = training.fit(
        model,
        x,
        y,
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        validation_data=validation,
        patience=PATIENCE,
        quiet=True,
    )
    row = {"cell": cell, "rate": rate, "seed": seed}
    row["epoch"] = fitted.best_epoch
    row["validation"] = right_ones(model, validation).mean()
    print(*row.values(), flush=True)
    return row


def right_ones(model: Any, part: Part) -> np.ndarray:
    """Return which reviews of a part the model has right, (reviews,)."""
    x, y = part
    return (training.predict(model, x) > 0.5) == y


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


def main() -> None:
    """Train what is not in the table yet."""
    runtime.start(42)
    data = parts()
    right = dict(np.load(ANSWERS)) if ANSWERS.exists() else {}
    tables = [pd.read_csv(TABLE)] if TABLE.exists() else []
    for name in [*LINEAR, *CELLS]:
        if name in right:
            continue
        table, answers = (linear if name in LINEAR else train)(name, data)
        tables.append(table.round(4))
        right[name] = np.packbits(answers, axis=1)
        pd.concat(tables).to_csv(TABLE, index=False, lineterminator="\n")
        np.savez_compressed(ANSWERS, **right)


if __name__ == "__main__":
    main()
