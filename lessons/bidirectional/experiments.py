"""The trainings that lesson 09 speaks of and does not wait for.

``python -m lessons.bidirectional.experiments`` trains the four taggers and
the forecasters of coins with five seeds each (about four minutes on two
cores) and writes ``taggers.csv`` and ``coins.csv`` beside this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from lessons.bidirectional import teddy
from utils import intervals, runtime, training

TAGGERS = Path(__file__).with_name("taggers.csv")
"""One row per training of a tagger."""

COINS = Path(__file__).with_name("coins.csv")
"""One row per forecaster, seed and step; step 0 is after the window."""

SEEDS = range(5)

READERS = ("forward", "backward", "both")

LATER = "forward, one word later"
"""A forward tagger that gives the tag of a word after it has read one more;
a filler word follows the sentence, so that the last word has its answer."""

LATER_UNITS = 12
"""Fewer parameters in all than the tagger with two readers of 8 units."""

TOSSES = 12
"""In a window; the next one is to be forecast."""

TRAINED_ON, TESTED_ON = 400, 2000
"""Windows."""


def train_taggers() -> Iterator[dict[str, Any]]:
    """Train the taggers; yield what the lesson says of each.

    ``follows_thing`` is the share of contradictory sentences such as *we met
    teddy bears*, and ``follows_surname`` of those such as *we bought teddy
    miller*, in which the answer at the third word is that of the word after
    it.
    """
    data = teddy.sentences()
    vocabulary, ids = data.ids()
    texts, is_person = contradictions()
    asked = np.searchsorted(vocabulary, texts)
    for reads in (*READERS, LATER):
        model = _tagger(reads, len(vocabulary))
        for seed in SEEDS:
            training.reinitialise(model, seed)
            _train(model, reads, data)
            right = _answers(model, reads, ids) == data.is_name
            shares = teddy.facts(right[data.held_out], data)
            follows = _answers(model, reads, asked)[:, 2] == is_person
            for word, chosen in (
                ("thing", ~is_person),
                ("surname", is_person),
            ):
                share = float(follows[chosen].mean())
                shares[f"follows_{word}"] = round(share, 4)
            yield {"reads": reads, "seed": seed, **shares}


def _tagger(reads: str, words: int) -> Any:
    """Return the tagger of a reader, or a forward one that may wait."""
    import keras
    from keras import layers

    if reads != LATER:
        return teddy.tagger(f"teddy_{reads}", words)
    stack = [
        keras.Input((teddy.TIMESTEPS + 1,), dtype="int32"),
        layers.Embedding(words + 1, teddy.WIDTH),
        layers.LSTM(LATER_UNITS, return_sequences=True),
        layers.Dense(1, activation="sigmoid"),
    ]
    model = keras.Sequential(stack)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


def _train(model: Any, reads: str, data: teddy.Sentences) -> None:
    """Train a tagger on the sentences that are not held out."""
    if reads != LATER:
        teddy.train(model, f"teddy_{reads}", data)
        return
    vocabulary, ids = data.ids()
    seen = ~data.held_out
    # The tag of a word is asked for one step later; before the first, none.
    tags = np.pad(data.is_name[seen], ((0, 0), (1, 0)))
    training.fit(
        model,
        np.pad(ids[seen], ((0, 0), (0, 1)), constant_values=len(vocabulary)),
        tags[..., None].astype(float),
        epochs=teddy.EPOCHS,
        quiet=True,
        jit_compile=False,
    )


def _answers(model: Any, reads: str, ids: np.ndarray) -> np.ndarray:
    """Return whether a tagger takes each word for part of a name."""
    if reads != LATER:
        name = f"teddy_{reads}"
        read = teddy.in_reading_order(name, ids)
        return teddy.in_reading_order(
            name, training.predict(model, read) > 0.5
        )
    filler = model.layers[0].input_dim - 1
    read = np.pad(ids, ((0, 0), (0, 1)), constant_values=filler)
    return training.predict(model, read)[:, 1:] > 0.5


def contradictions() -> tuple[np.ndarray, np.ndarray]:
    """Return sentences whose opening and fourth word contradict each other.

    Returns:
        Their words, (sentences, timesteps), and whether the fourth word is
        a surname, (sentences,).
    """
    texts, is_person = [], []
    for openings, followers, person in (
        (teddy.OF_PEOPLE, teddy.THINGS, False),
        (teddy.OF_THINGS, teddy.SURNAMES, True),
    ):
        for parts in product(openings, teddy.EITHER, followers, teddy.ENDINGS):
            texts.append(" ".join(parts).split())
            is_person.append(person)
    return np.array(texts), np.array(is_person)


def forecaster(reads: str, *, each_step: bool) -> Any:
    """Return a compiled network that forecasts the next toss of a coin.

    Args:
        reads: One of ``READERS``; the backward one expects windows, and
            gives answers, with the last toss first.
        each_step: Whether it answers at every step or once.
    """
    import keras
    from keras import layers

    recurrent = layers.SimpleRNN(8, return_sequences=each_step)
    if reads == "both":
        recurrent = layers.Bidirectional(recurrent)
    stack = [keras.Input((TOSSES, 1)), recurrent]
    model = keras.Sequential([*stack, layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy")
    return model


def forecast_coins() -> Iterator[dict[str, Any]]:
    """Train the forecasters, each seed on coins of its own."""
    size = (TRAINED_ON + TESTED_ON, TOSSES + 1, 1)
    for reads, each_step in product(READERS, (True, False)):
        model = forecaster(reads, each_step=each_step)
        turn = -1 if reads == "backward" else 1
        for seed in SEEDS:
            coins = np.random.default_rng(seed).integers(0, 2, size=size)
            x = coins[:, :-1][:, ::turn].astype("float32")
            y = coins[:, 1:][:, ::turn] if each_step else coins[:, -1]
            training.reinitialise(model, seed)
            training.fit(
                model,
                x[:TRAINED_ON],
                y[:TRAINED_ON],
                epochs=teddy.EPOCHS,
                quiet=True,
                jit_compile=False,
            )
            answers = training.predict(model, x[TRAINED_ON:]) > 0.5
            right = answers == y[TRAINED_ON:].reshape(answers.shape)
            shares = np.atleast_1d(right.mean(axis=0))[::turn]
            for step, share in enumerate(shares, int(each_step)):
                row = {"reads": reads, "seed": seed, "step": step}
                yield {**row, "accuracy": round(float(share), 4)}


def coin_table() -> Any:
    """Return how often each network was right about the next toss.

    Returns:
        A DataFrame with the mean over the seeds and its 95% interval, of
        all steps but the last, of the last, and of one answer after the
        window.
    """
    import pandas as pd

    runs = pd.read_csv(COINS)
    places = {
        f"steps 1 to {TOSSES - 1}": runs.step.between(1, TOSSES - 1),
        f"step {TOSSES}": runs.step == TOSSES,
        "once, at the end": runs.step == 0,
    }
    return pd.DataFrame(
        {
            place: {
                reads: str(
                    intervals.t_interval(
                        runs[chosen & (runs.reads == reads)]
                        .groupby("seed")
                        .accuracy.mean()
                    )
                )
                for reads in READERS
            }
            for place, chosen in places.items()
        }
    )


def main() -> None:
    """Train and write the results."""
    import pandas as pd

    runtime.start(42)
    for path, rows in ((TAGGERS, train_taggers()), (COINS, forecast_coins())):
        table = pd.DataFrame(rows)
        table.to_csv(path, index=False, lineterminator="\n")
        print(table, flush=True)


if __name__ == "__main__":
    main()
