"""The trainings that lesson 15 speaks of and does not wait for.

``python -m lessons.person_names.experiments`` chooses learning rate and
epochs of each tagger on the validation part, then trains it with five seeds
and opens the test part once (five to ten minutes on two cores). It writes,
beside this file, ``choices.csv``, ``strengths.csv``, ``scores.csv``,
``differences.csv`` and ``neighbours.csv``. What stands in ``choices.csv`` is
not trained again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lessons.person_names import names, ranking
from lessons.person_names.data import UNKNOWN, Sentences
from lessons.person_names.taggers import (
    COUNTS,
    average_precision,
    counted,
    score_of,
    tagger,
)
from utils import runtime, training

HERE = Path(__file__).parent

SEEDS = range(5)

SEEDS_TO_CHOOSE = range(2)

EPOCHS = {0.001: 8, 0.003: 4, 0.01: 4, 0.03: 4}
"""Adam's learning rate -> how many epochs are tried: the same short list for
every tagger."""

TAGGERS = (
    "one reader",
    "two readers",
    "window of five words",
    "window up to the word",
)
"""After the embedding the readers have 6,271 weights and the windows 6,207;
the last one sees the word and the four before it, no more than one reader."""

PAIRS = (
    ("two readers", "one reader"),
    ("two readers", "window of five words"),
    ("two readers", COUNTS),
    ("one reader", "window up to the word"),
    ("window of five words", "window up to the word"),
)
"""Taggers that are compared on the same seeds and the same reviews."""

ABLATED = ("one reader", "two readers", "window of five words")
"""Taggers whose neighbours are taken away."""

OFFSETS = (-2, -1, 1, 2)
"""Places of the neighbours that are taken away, 1 for the next word."""

SINGLE = ("'s", "plays", "is", "has", "as", "and")
"""Neighbours that are counted each by itself."""

REPLACEMENTS = ("an unknown word", "a random known word")
"""What is put in the place of a neighbour."""


def choose(
    train: Sentences,
    validation: Sentences,
    vocabulary_size: int,
    done: Collection[tuple[str, float]] = (),
) -> Iterator[list[dict[str, Any]]]:
    """Train with every rate; yield the validation scores of its epochs.

    Args:
        train: The sentences to learn from.
        validation: The sentences to choose by.
        vocabulary_size: How many ids there are.
        done: Taggers and rates that are left out.
    """
    for name in TAGGERS:
        model = tagger(name, vocabulary_size, min(EPOCHS))
        for rate in EPOCHS:
            if (name, rate) in done:
                continue
            rows: list[dict[str, Any]] = []
            for seed in SEEDS_TO_CHOOSE:
                row = {"tagger": name, "rate": rate, "seed": seed}
                for each in _epochs(model, seed, rate, train, validation):
                    rows.append({**row, **each})
            print(name, rate, flush=True)
            yield rows


def _epochs(
    model: Any,
    seed: int,
    rate: float,
    train: Sentences,
    validation: Sentences,
) -> Iterator[dict[str, Any]]:
    """Train one seed; yield what the validation part says of each epoch."""
    found: list[np.ndarray] = []
    model.optimizer.learning_rate.assign(rate)
    training.reinitialise(model, seed)
    fitted = training.fit(
        model,
        train.ids,
        train.tags,
        sample_weight=train.mask,
        epochs=EPOCHS[rate],
        quiet=True,
        after_epoch=lambda _: found.append(
            training.predict(model, validation.ids)
        ),
    )
    for epoch, probability in enumerate(found):
        precision = average_precision(validation, probability)
        yield {
            "epoch": epoch + 1,
            "loss": round(fitted.curves["loss"][epoch], 4),
            "f1": round(score_of(validation, probability).f1, 4),
            "average_precision": round(precision, 4),
        }


def chosen(choices: pd.DataFrame) -> dict[str, tuple[float, int]]:
    """Return tagger -> rate and epochs with the best mean validation F1."""
    means = choices.groupby(["tagger", "rate", "epoch"]).f1.mean()
    return {
        str(name): means[name].idxmax()
        for name in means.index.get_level_values("tagger").unique()
    }


def by_review(
    part: Sentences, marked: np.ndarray, *, whole: bool
) -> np.ndarray:
    """Return right, wrong and missed in each review, (reviews, 3)."""
    count = names.score_spans if whole else names.score
    places = [part.reviews == number for number in np.unique(part.reviews)]
    return np.array(
        [count(part.is_name[at], marked[at], part.mask[at]) for at in places]
    )


def difference(first: np.ndarray, second: np.ndarray) -> tuple[float, ...]:
    """Return a difference of mean F1 with its 95% interval.

    Seeds and reviews are drawn again with replacement, the same for both.

    Args:
        first: Counts (seeds, reviews, 3) of one tagger.
        second: Those of the other.
    """
    seeds, reviews, _ = first.shape

    def gap(seed: np.ndarray, times: np.ndarray) -> float:
        f1 = []
        for counts in (first, second):
            right, wrong, missed = np.einsum("r,srk->ks", times, counts[seed])
            f1.append((2 * right / (2 * right + wrong + missed)).mean())
        return float(f1[0] - f1[1])

    return ranking.resampled(gap, seeds, reviews)


def groups(train: Sentences, test: Sentences) -> dict[str, np.ndarray]:
    """Return group -> which words of the test part are in it.

    Known words have an id of their own, rare ones occur in training, and
    those never seen do not; each after a name, elsewhere, and both together.
    """
    trained = {word.lower() for words in train.words for word in words}
    never = np.zeros_like(test.mask)
    for row, words in enumerate(test.words):
        never[row, : len(words)] = [w.lower() not in trained for w in words]
    unknown = test.ids == UNKNOWN
    after = np.pad(test.is_name[:, :-1], ((0, 0), (1, 0)))
    kinds = {"known": test.mask & ~unknown}
    kinds |= {"rare": unknown & ~never, "never seen": never}
    return {
        f"{name}, {where}": at & place
        for name, at in kinds.items()
        for where, place in (
            ("after a name", after),
            ("elsewhere", ~after),
            ("anywhere", test.mask),
        )
    }


def scores(
    name: str,
    seed: int,
    test: Sentences,
    probability: np.ndarray,
    kinds: Mapping[str, np.ndarray],
    threshold: float,
) -> dict[str, Any]:
    """Return one row of ``scores.csv``; a threshold is tried beside 0.5."""
    marked = probability > 0.5
    words = names.score(test.is_name, marked, test.mask)
    whole = names.score_spans(test.is_name, marked, test.mask)
    shares = {
        "accuracy": (marked == test.is_name)[test.mask].mean(),
        "precision": words.precision,
        "recall": words.recall,
        "f1": words.f1,
        "average_precision": average_precision(test, probability),
        "whole_precision": whole.precision,
        "whole_recall": whole.recall,
        "whole_f1": whole.f1,
        "threshold": threshold,
        "tuned_f1": score_of(test, probability, threshold).f1,
        "unknown first words tagged": marked[
            test.ids[:, 0] == UNKNOWN, 0
        ].mean(),
    }
    for kind, at in kinds.items():
        shares[kind] = names.score(test.is_name, marked, at).recall
    rounded = {key: round(value, 4) for key, value in shares.items()}
    return {"tagger": name, "seed": seed, **rounded}


def without_neighbour(
    model: Any, train: Sentences, test: Sentences, probability: np.ndarray
) -> Iterator[dict[str, Any]]:
    """Yield how the probability of a name falls when a neighbour goes.

    The neighbour, which has an id of its own, becomes an unknown word, or
    one of the known words of the training sentences that are no names, drawn
    as often as it occurs there, the same for every tagger and seed. It is a
    name by the rule, one of `SINGLE`, or another word.
    """
    rows, places = np.nonzero(test.is_name)
    known = train.ids[train.mask & ~train.is_name & (train.ids > UNKNOWN)]
    generator = np.random.default_rng(15)
    for offset, replacement in product(OFFSETS, REPLACEMENTS):
        beside = places + offset
        inside = (beside >= 0) & (beside < names.LONGEST)
        row, place, beside = rows[inside], places[inside], beside[inside]
        has_id = test.ids[row, beside] > UNKNOWN
        row, place, beside = row[has_id], place[has_id], beside[has_id]
        changed = test.ids[row]
        drawn = generator.choice(known, len(row))
        changed[np.arange(len(row)), beside] = (
            UNKNOWN if replacement == REPLACEMENTS[0] else drawn
        )
        after = training.predict(model, changed)
        falls = probability[row, place] - after[np.arange(len(row)), place]
        words = np.array([
            test.words[r][b].lower() for r, b in zip(row, beside, strict=True)
        ])  # fmt: skip
        is_name = test.is_name[row, beside]
        single = np.isin(words, SINGLE)
        kinds = np.where(single, words, "another word").astype(object)
        kinds[is_name] = "a name"
        for kind in ("a name", *SINGLE, "another word"):
            at = kinds == kind
            yield {
                "offset": offset,
                "replacement": replacement,
                "neighbour": kind,
                "places": int(at.sum()),
                "fall": round(float(falls[at].mean()), 4) if at.any() else "",
            }


def main() -> None:
    """Choose on validation, then test; write the five files."""
    runtime.start(42)
    train, validation, test, vocabulary = names.load()
    size = len(vocabulary)
    file = HERE / "choices.csv"
    kept = pd.read_csv(file).to_dict("records") if file.exists() else []
    done = {(row["tagger"], row["rate"]) for row in kept}
    for rows in choose(train, validation, size, done):
        kept += rows
        _write(kept, file)
    test_once(train, validation, test, size)


def test_once(
    train: Sentences, validation: Sentences, test: Sentences, size: int
) -> None:
    """Train with the settings chosen and write what the test part says."""
    settings = chosen(pd.read_csv(HERE / "choices.csv"))
    kinds = groups(train, test)
    rows: list[dict[str, Any]] = []
    falls: list[dict[str, Any]] = []
    answers: dict[str, list[np.ndarray]] = {}
    cuts: dict[str, list[float]] = {}
    for name in TAGGERS:
        rate, epochs = settings[name]
        model = tagger(name, size, rate)
        answers[name], cuts[name] = [], []
        for seed in SEEDS:
            training.reinitialise(model, seed)
            training.fit(
                model,
                train.ids,
                train.tags,
                sample_weight=train.mask,
                epochs=epochs,
                quiet=True,
            )
            probability = training.predict(model, test.ids)
            answers[name].append(probability)
            cut = ranking.best_threshold(
                validation, training.predict(model, validation.ids)
            )
            cuts[name].append(cut)
            rows.append(scores(name, seed, test, probability, kinds, cut))
            if name in ABLATED:
                for row in without_neighbour(model, train, test, probability):
                    falls.append({"tagger": name, "seed": seed, **row})
        print(name, rate, epochs, flush=True)
    held_out, linear, f1 = counted(train, validation, test, size)
    strengths = [
        {"C": strength, "f1": round(each, 4)} for strength, each in f1.items()
    ]
    cut = ranking.best_threshold(validation, held_out)
    rows.append(scores(COUNTS, 0, test, linear, kinds, cut))
    answers[COUNTS] = [linear] * len(SEEDS)
    cuts[COUNTS] = [cut] * len(SEEDS)
    _write(strengths, HERE / "strengths.csv")
    _write(rows, HERE / "scores.csv")
    _write(falls, HERE / "neighbours.csv")
    _write(_differences(test, answers, cuts), HERE / "differences.csv")


def _differences(
    test: Sentences,
    answers: Mapping[str, list[np.ndarray]],
    cuts: Mapping[str, list[float]],
) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``differences.csv``."""
    half = {name: [0.5] * len(each) for name, each in answers.items()}
    for of, thresholds, whole in (
        ("words", half, False),
        ("whole names", half, True),
        ("words, threshold chosen", cuts, False),
    ):
        counts = {
            name: np.array(
                [
                    by_review(test, p > cut, whole=whole)
                    for p, cut in zip(each, thresholds[name], strict=True)
                ]
            )
            for name, each in answers.items()
        }
        for pair in PAIRS:
            found = difference(counts[pair[0]], counts[pair[1]])
            yield _row(pair, of, found)
    rankings = {
        name: [ranking.Ranking(test, p) for p in each]
        for name, each in answers.items()
    }
    for pair in PAIRS:
        found = ranking.difference(rankings[pair[0]], rankings[pair[1]])
        yield _row(pair, "average precision", found)


def _row(
    pair: tuple[str, str], of: str, found: tuple[float, ...]
) -> dict[str, Any]:
    """Return a difference with its interval as a row."""
    head = {"first": pair[0], "second": pair[1], "of": of}
    columns = ("difference", "low", "high")
    numbers = {
        name: round(value, 4)
        for name, value in zip(columns, found, strict=True)
    }
    return {**head, **numbers}


def _write(rows: Any, file: Path) -> None:
    """Write rows to a file."""
    pd.DataFrame([*rows]).to_csv(file, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
