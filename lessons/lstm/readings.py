"""The small review reader of lesson 07, trained from several seeds.

``python -m lessons.lstm.readings`` trains it five times (about a minute on
two cores) and writes ``readings.csv`` beside this file: one row per seed.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from utils import cells, imdb, runtime, training

RESULTS = Path(__file__).with_name("readings.csv")

SEEDS = range(5)

VOCABULARY, WINDOW, TRAINING = 2000, 50, 20_000

REVIEWS = {
    "good last": "This movie is terrible but it has some good effects.",
    "terrible last": "It has some good effects but this movie is terrible.",
}
"""The same words twice: as somebody wrote them, and turned round."""

WORDS = ("but", "and")
"""Whose gates are measured: a turn, and a conjunction that is none."""

GATES = {"forget": "f", "input": "i", "output": "o"}

COLUMNS = (
    *("seed", "accuracy", "good_last", "terrible_last", "at_terrible"),
    *(f"{gate}_{word}" for gate in GATES for word in (*WORDS, "all")),
)


def windows() -> tuple[np.ndarray, np.ndarray]:
    """Return the last fifty words of each review that has as many.

    Returns:
        Ids, (reviews, 50), and labels, (reviews,).
    """
    (reviews, labels), _ = imdb.load_data(num_words=VOCABULARY)
    long_enough = [k for k in range(len(reviews)) if len(reviews[k]) >= WINDOW]
    ids = np.array([reviews[k][-WINDOW:] for k in long_enough])
    return ids, labels[long_enough]


def network() -> Any:
    """Return the network of the lesson."""
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((WINDOW,), dtype="int32"),
            layers.Embedding(VOCABULARY, 16),
            layers.LSTM(8),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


def measure(
    weights: list[np.ndarray], ids: np.ndarray, labels: np.ndarray
) -> dict[str, float]:
    """Return what the lesson says of a trained reader.

    Args:
        weights: Of the network.
        ids: Reviews it has not seen, (reviews, steps).
        labels: Theirs.

    Returns:
        ``accuracy``; the answer after the last word of both ``REVIEWS``,
        ``good_last`` and ``terrible_last``; ``at_terrible``, by how much
        the answer changes at *terrible* in the first; and the mean of every
        gate at each of ``WORDS`` and at all words.
    """
    table, *layer, head, head_bias = weights
    trace = cells.lstm(table[ids], *layer)
    answers = trace.h[:, -1] @ head + head_bias
    found = {"accuracy": float(((answers[:, 0] > 0) == labels).mean())}
    for name, text in REVIEWS.items():
        words = np.array(imdb.encode(text, num_words=VOCABULARY)[1:])
        h = cells.lstm(table[words][np.newaxis], *layer).h[0]
        read = 1 / (1 + np.exp(-(h @ head + head_bias)[:, 0]))
        found[name.replace(" ", "_")] = float(read[-1])
        if name == "good last":
            place = imdb.tokens(text).index("terrible")
            found["at_terrible"] = float(read[place] - read[place - 1])
    for gate, letter in GATES.items():
        values = getattr(trace, letter)
        for word in WORDS:
            at = ids == imdb.encode(word, num_words=VOCABULARY)[1]
            found[f"{gate}_{word}"] = float(values[at].mean())
        found[f"{gate}_all"] = float(values.mean())
    return found


def main() -> None:
    """Train and write the results."""
    runtime.start(42)
    ids, labels = windows()
    model = network()
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for seed in SEEDS:
            training.reinitialise(model, seed)
            training.fit(
                model,
                ids[:TRAINING],
                labels[:TRAINING],
                epochs=3,
                batch_size=500,
                quiet=True,
                jit_compile=False,
            )
            unseen = ids[TRAINING:], labels[TRAINING:]
            found = measure(model.get_weights(), *unseen)
            row = {name: round(value, 3) for name, value in found.items()}
            writer.writerow({"seed": seed, **row})
            print(row, flush=True)


if __name__ == "__main__":
    main()
