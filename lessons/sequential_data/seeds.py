"""The experiments of lesson 01 over five seeds, stored in seeds.csv.

``python -m lessons.sequential_data.seeds`` repeats them, in a few minutes on
two cores. A seed draws the pairs kept for the test, the comments, the first
weights and the order of training.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from utils import runtime, training
from utils.tasks import twins

STORED = Path(__file__).with_name("seeds.csv")

SEEDS = (0, 1, 2, 3, 4)

LENGTHS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 40)
"""Words in a comment, for the test of lengths."""

MIXED = tuple(range(3, 12))
"""Words in a comment, for the training on several lengths."""


LEARNED = "the training comments"
"""What a network that knows its comments by heart is right on."""


class Result(NamedTuple):
    """A row of the table.

    Attributes:
        network: Or the rule that answers.
        trained_on: Which comments it has learned from.
        tested_on: What was changed in the test comments, if anything.
        seed: Of everything drawn at random.
        accuracy: On the test comments.
    """

    network: str
    trained_on: str
    tested_on: str
    seed: int
    accuracy: float


def read() -> pd.DataFrame:
    """Return the stored results, one row per network, test and seed."""
    return pd.read_csv(STORED)


def accuracies(
    tested_on: str = "7 words", trained_on: str = "7 words"
) -> pd.DataFrame:
    """Return the stored accuracies of one test, the lowest first.

    Args:
        tested_on: As in ``Result``.
        trained_on: As in ``Result``.

    Returns:
        A row per network, a column per seed.
    """
    table = read()
    asked = (table.tested_on == tested_on) & (table.trained_on == trained_on)
    by_seed = _by_seed(table[asked], "network")
    return by_seed.loc[by_seed.mean(axis=1).sort_values().index]


def after_holding_back() -> pd.DataFrame:
    """Return the stored accuracies of ``by_conjunction``, a row per test."""
    table = read()
    return _by_seed(table[table.trained_on == "one conjunction"], "tested_on")


def on_training_comments() -> pd.DataFrame:
    """Return the stored accuracies on what was learned from, a row each."""
    table = read()
    return _by_seed(table[table.tested_on == LEARNED], "trained_on")


def _by_seed(table: pd.DataFrame, rows: str) -> pd.DataFrame:
    """Return the accuracies with a column per seed, the rows as stored."""
    by_seed = table.pivot(index=rows, columns="seed", values="accuracy")
    return by_seed.loc[table[rows].unique()]


def lengths_read() -> dict[str, dict[int, list[float]]]:
    """Return training -> words in a test comment -> accuracy per seed."""
    table = read()
    table = table[table.trained_on.str.endswith("100 epochs")]
    table = table[table.tested_on != LEARNED]
    words = table.tested_on.str.removesuffix(" words").astype(int)
    return {
        f"trained on {span(lengths)}": {
            n: table.accuracy[
                (words == n) & table.trained_on.str.startswith(span(lengths))
            ].tolist()
            for n in LENGTHS
        }
        for lengths in ((7,), MIXED)
    }


def networks() -> dict[str, Any]:
    """Return the networks of the lesson, compiled."""
    import keras
    from keras import layers

    size = len(twins.VOCABULARY)
    models = {
        "bag of words": [keras.Input((size,))],
        "side by side": [keras.Input((7, size)), layers.Flatten()],
        "recurrent": [keras.Input((None, size)), layers.SimpleRNN(16)],
    }
    for name, stack in models.items():
        if name != "recurrent":
            stack.append(layers.Dense(16, activation="tanh"))
        stack.append(layers.Dense(1, activation="sigmoid"))
        models[name] = keras.Sequential(stack)
        models[name].compile(
            keras.optimizers.Adam(0.01), loss="binary_crossentropy"
        )
    return models


def share_right(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    """Return the accuracy of a network with one probability."""
    return float(((np.ravel(training.predict(model, x)) > 0.5) == y).mean())


def by_seven(models: dict[str, Any], seed: int) -> Iterator[Result]:
    """Train every network on comments of seven words; mask words."""
    train, y_train, test, y_test, _ = twins.split(seed)
    for name, model in models.items():
        inputs: Callable[[list[str]], np.ndarray] = twins.one_hot
        if name == "bag of words":
            inputs = _bags
        training.reinitialise(model, seed)
        training.fit(model, inputs(train), y_train, epochs=25, quiet=True)
        right = share_right(model, inputs(test), y_test)
        yield Result(name, "7 words", "7 words", seed, right)
        if name == "bag of words":
            continue
        for place in twins.PLACES:
            masked = [twins.mask(comment, place) for comment in test]
            right = share_right(model, inputs(masked), y_test)
            yield Result(name, "7 words", f"{place} masked", seed, right)


def _bags(comments: list[str]) -> np.ndarray:
    """Return the counts of all words, (comments, vocabulary)."""
    return twins.one_hot(comments).sum(axis=1)


def by_length(model: Any, seed: int) -> Iterator[Result]:
    """Train on one length and on several; test on many.

    Both trainings take 100 epochs, so that only the lengths differ. The test
    comments are new, with the pairs of opinions that were held back.
    """
    for lengths in ((7,), MIXED):
        train, y_train, *_, pairs = twins.split(seed, lengths)
        x_train = twins.one_hot(train, max(lengths))
        training.reinitialise(model, seed)
        training.fit(model, x_train, y_train, epochs=100, quiet=True)
        trained_on = f"{span(lengths)}, 100 epochs"
        right = share_right(model, x_train, y_train)
        yield Result("recurrent", trained_on, LEARNED, seed, right)
        for words in LENGTHS:
            rng = np.random.default_rng([seed, words])
            test, labels = twins.write_comments(pairs, rng, lengths=(words,))
            right = share_right(model, twins.one_hot(test), labels)
            yield Result(
                "recurrent", trained_on, f"{words} words", seed, right
            )


def span(lengths: Sequence[int]) -> str:
    """Return how many words there are, as in "3 to 11 words"."""
    ends = [str(min(lengths)), str(max(lengths))]
    return " to ".join(sorted({*ends}, key=int)) + " words"


def by_rules(seed: int) -> Iterator[Result]:
    """Test a table of cases, and a linear model on pairs of neighbours."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    train, y_train, test, y_test, _ = twins.split(seed)
    cases = {
        tuple(twins.key_words(comment)[:2]): label
        for comment, label in zip(train, y_train, strict=True)
    }
    answers = [cases[tuple(twins.key_words(comment)[:2])] for comment in test]
    right = float((np.array(answers) == y_test).mean())
    yield Result("table of cases", "7 words", "7 words", seed, right)
    counts = CountVectorizer(ngram_range=(1, 2))
    linear = make_pipeline(counts, LogisticRegression(max_iter=1000))
    correct = linear.fit(train, y_train).predict(test) == y_test
    beside = np.array([_stands_beside(comment) for comment in test])
    for tested_on, asked in {
        "7 words": np.full(len(test), True),
        "conjunction beside an opinion": beside,
        "conjunction between fillers": ~beside,
    }.items():
        right = float(correct[asked].mean())
        yield Result("bag of bigrams", "7 words", tested_on, seed, right)


def _stands_beside(comment: str) -> bool:
    """Tell whether the conjunction is a neighbour of an opinion."""
    words = comment.split()
    first, middle, last = (words.index(w) for w in twins.key_words(comment))
    return middle - first == 1 or last - middle == 1


class HeldBack(NamedTuple):
    """Opinions, 3 + 3 of them kept from each conjunction.

    Attributes:
        kept_from: Conjunction -> the praises and the blames that no training
            comment has with it.
        train: Comments and their labels.
        other: Comments of the opinions kept back, each with the conjunction
            that it was kept from, and their labels.
        free: New comments of the other opinions, which meet both
            conjunctions in training, and their labels.
    """

    kept_from: dict[str, tuple[list[str], list[str]]]
    train: tuple[list[str], np.ndarray]
    other: tuple[list[str], np.ndarray]
    free: tuple[list[str], np.ndarray]


def held_back(seed: int) -> HeldBack:
    """Keep 3 + 3 opinions from *but* and 3 + 3 others from *although*."""
    rng = np.random.default_rng(seed)
    good, bad = (
        rng.permutation(words).tolist()
        for words in (twins.PRAISE, twins.BLAME)
    )
    kept_from = {
        "but": (good[:3], bad[:3]),
        "although": (good[3:6], bad[3:6]),
    }
    other, train = ([], []), ([], [])
    for conjunction, (praise, blame) in kept_from.items():
        kept = {*praise, *blame}
        asked = itertools.product(praise, blame)
        met = [
            pair for pair in itertools.product(good, bad) if not kept & {*pair}
        ]
        for (comments, labels), pairs in ((other, asked), (train, met)):
            written, answers = twins.write_comments(
                pairs, rng, conjunctions=(conjunction,)
            )
            comments.extend(written)
            labels.extend(answers)
    free = twins.write_comments(itertools.product(good[6:], bad[6:]), rng)
    return HeldBack(
        kept_from,
        (train[0], np.array(train[1])),
        (other[0], np.array(other[1])),
        free,
    )


def by_conjunction(model: Any, seed: int) -> Iterator[Result]:
    """Train on opinions that meet one conjunction or both; mask it.

    The test asks for opinions that were met often, and never with this
    conjunction, and for those that were met with both.
    """
    design = held_back(seed)
    comments, labels = design.train
    x_train = twins.one_hot(comments)
    training.reinitialise(model, seed)
    training.fit(model, x_train, labels, epochs=25, quiet=True)
    for name, (test, right_answers) in {
        "the other conjunction": design.other,
        "words met with both": design.free,
    }.items():
        for what, read_as in (
            (name, test),
            (
                f"{name}, masked",
                [twins.mask(comment, "conjunction") for comment in test],
            ),
        ):
            right = share_right(model, twins.one_hot(read_as), right_answers)
            yield Result("recurrent", "one conjunction", what, seed, right)


def by_half(models: dict[str, Any], seed: int) -> Iterator[Result]:
    """Train on half of the pairs, with about as many steps as on all."""
    train, y_train, test, y_test, _ = twins.split(seed)
    for name in ("side by side", "recurrent"):
        model, half = models[name], len(train) // 2
        training.reinitialise(model, seed)
        x_train = twins.one_hot(train[:half])
        training.fit(model, x_train, y_train[:half], epochs=50, quiet=True)
        right = share_right(model, twins.one_hot(test), y_test)
        yield Result(name, "half of the pairs", "7 words", seed, right)


def run() -> pd.DataFrame:
    """Return all results, in the order of the table."""
    runtime.start(seed=0)
    models, rows = networks(), []
    for seed in SEEDS:
        rows += by_rules(seed)
        rows += by_seven(models, seed)
        rows += by_length(models["recurrent"], seed)
        rows += by_conjunction(models["recurrent"], seed)
    for seed in SEEDS:
        rows += by_half(models, seed)
    return pd.DataFrame(rows).round(4)


if __name__ == "__main__":
    run().to_csv(STORED, index=False, lineterminator="\n")
