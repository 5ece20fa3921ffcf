"""The trainings that lesson 14 speaks of and does not wait for.

``python -m lessons.captioning.experiments`` writes five files beside this
one: ``spelling.csv``, which pictures a captioner and a classifier with the
same encoder get wrong; ``rates.csv``, what both reach on the validation part
with three learning rates; ``blind.csv``, what decoders write that were trained
without pictures; ``forced.csv``, how decoders of pairs go on after a word
that was written for them; and ``runs.csv``, captions of several digits. It
takes some thirty minutes on two cores. Rows that are in a file are kept, so
a run that was stopped can be taken up again; delete the files to begin
anew.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from lessons.captioning import digits
from lessons.captioning.digits import (
    END,
    LENGTH,
    PADDING,
    PAIR_LENGTH,
    WORDS,
)
from lessons.captioning.models import (
    RATE,
    beam_search,
    captioner,
    classifiers,
    encoder,
    fit,
    greedy,
    one_digit,
    uncut,
)
from lessons.captioning.rows import (
    NONE,
    PLACES,
    ROW_LENGTH,
    in_a_row,
    sort_digits,
    spell,
)
from utils import runtime
from utils.files import append_row

SPELLING, RATES, BLIND, FORCED, RUNS = (
    Path(__file__).with_name(f"{name}.csv")
    for name in ("spelling", "rates", "blind", "forced", "runs")
)

SEEDS = (1, 2, 3)

ONE_WORD = ("captions", "ten outputs")
"""What is trained on one digit: a decoder, or a classifier in its place."""

SPELLING_SEEDS = range(1, 11)

SPLITS = {"known hands": True, "last rows": False}
"""Name of a split of the pictures -> whether they are mixed before."""

BLIND_SEEDS = range(5, 13)

KEPT_BACK = {f"{WORDS[n]} {WORDS[(n + 3) % 10]}" for n in range(10)}
"""Captions of two digits that are not trained on."""

RATES_TRIED = (0.002, 0.005, 0.01)


def one_word(
    name: str, train: Any, part: Any, seeds: list[int], rate: float = RATE
) -> Iterator[tuple[int, np.ndarray]]:
    """Train on one digit and yield, for each seed, what is wrong.

    Args:
        name: "captions", or "ten outputs": a classifier in place of the
            decoder.
        train: Pictures to learn from.
        part: Pictures to measure on.
        seeds: One training each.
        rate: Learning rate.

    Yields:
        The seed, and the places in ``part`` of the pictures it gets wrong.
    """
    import keras
    from keras import layers

    to_state, wanted = one_digit(), digits.decode(part.captions)
    if name == "captions":
        model, next_letter = captioner(to_state, rate)
        x = [train.images, train.captions[:, :-1]]
        y = train.captions[:, 1:]
    else:
        answers = layers.Dense(10, activation="softmax")
        model = keras.Sequential([to_state, answers])
        loss = "sparse_categorical_crossentropy"
        model.compile(keras.optimizers.Adam(rate), loss)
        words, x = digits.decode(train.captions), train.images
        y = np.array([WORDS.index(word) for word in words])
    for seed in seeds:
        fit(model, x, y, seed, epochs=25)
        if name == "captions":
            said = greedy(next_letter, to_state(part.images), LENGTH - 1)
        else:
            said = np.array(WORDS)[np.argmax(model(part.images), axis=1)]
        yield seed, np.flatnonzero(np.array(said) != wanted)


def spelling(split: str, name: str, seeds: list[int]) -> Iterator[Any]:
    """Yield which test pictures of a split each seed gets wrong."""
    train, _, test = digits.load(shuffle=SPLITS[split])
    for seed, wrong in one_word(name, train, test, seeds):
        yield {
            "split": split,
            "model": name,
            "seed": seed,
            "pictures": len(test.images),
            "wrong": " ".join(map(str, wrong)),
        }


def rates(rate: float, name: str, seeds: list[int]) -> Iterator[Any]:
    """Yield the share of validation pictures each seed gets right."""
    train, validation, _ = digits.load()
    for seed, wrong in one_word(name, train, validation, seeds, rate):
        share = 1 - len(wrong) / len(validation.images)
        known = {"rate": rate, "model": name, "seed": seed}
        yield {**known, "share": f"{share:.4f}"}


def blind(seeds: list[int]) -> Iterator[dict[str, Any]]:
    """Train decoders with blank pictures and yield what they write."""
    to_state = one_digit()
    model, next_letter = captioner(to_state)
    captions = digits.load().train.captions
    ten = digits.encode(WORDS)
    blank = np.zeros((len(captions), 8, 8), np.float32)
    for seed in seeds:
        given, wanted = captions[:, :-1], captions[:, 1:]
        fit(model, [blank, given], wanted, seed, epochs=10)
        steps = np.asarray(model([blank[:10], ten[:, :-1]]))
        letters = ten[:, 1:, None]
        each = np.take_along_axis(steps, letters, axis=2)
        chance = np.where(letters == PADDING, 1, each).prod(axis=(1, 2))
        [written] = greedy(next_letter, to_state(blank[:1]), LENGTH - 1)
        first = digits.ALPHABET[steps[0, 0].argmax() - END - 1]
        best = int(chance.argmax())
        own = chance[WORDS.index(written)] if written in WORDS else 0.0
        state = to_state(blank[:1])
        beam, beam_chance = beam_search(next_letter, state, LENGTH - 1)
        yield {
            "seed": seed,
            "first": first,
            "first_chance": f"{steps[0, 0].max():.3f}",
            "written": written,
            "chance": f"{own:.3f}",
            "beam": beam,
            "beam_chance": f"{beam_chance:.3f}",
            "best": WORDS[best],
            "best_chance": f"{chance[best]:.3f}",
        }


def of_pairs(said: list[str], true: list[str]) -> dict[str, float]:
    """Return shares that are right: whole, left and right, old and new."""
    unseen = np.isin(true, [*KEPT_BACK])
    right = np.zeros((3, len(true)), bool)
    for place, (one, other) in enumerate(zip(said, true, strict=True)):
        words, wanted = one.split(), other.split()
        right[0, place] = one == other
        right[1, place] = words[:1] == wanted[:1]
        right[2, place] = len(words) == 2 and words[1] == wanted[1]
    found = {}
    for name, row in zip(("whole", "left", "right"), right, strict=True):
        found[f"{name}, trained"] = row[~unseen].mean()
        found[f"{name}, kept back"] = row[unseen].mean()
    return found


def pairs(name: str, seeds: list[int]) -> Iterator[tuple[int, Any]]:
    """Train on two digits and yield the shares of each seed."""
    parts, is_split = digits.load(), "own halves" in name
    kept = () if name.endswith("nothing kept back") else KEPT_BACK
    some = digits.side_by_side(parts.train, 5400, without=kept)
    new = digits.side_by_side(parts.test, 2000, seed=1)
    true = digits.decode(new.captions)
    to_state = encoder(2, 96, is_split=is_split)
    if name.startswith("decoder"):
        model, next_letter = captioner(to_state)
        x, y = [some.images, some.captions[:, :-1]], some.captions[:, 1:]
    else:
        model = classifiers(to_state, [10, 10], is_split=is_split)
        words = [text.split() for text in digits.decode(some.captions)]
        x = some.images
        y = [np.array([WORDS.index(w[k]) for w in words]) for k in (0, 1)]
    for seed in seeds:
        fit(model, x, y, seed, epochs=6)
        if name.startswith("decoder"):
            said = greedy(next_letter, to_state(new.images), PAIR_LENGTH - 1)
        else:
            chosen = [answer.argmax(axis=1) for answer in predict(model, new)]
            said = spell(np.transpose(chosen))
        yield seed, of_pairs(said, true)


def go_on(next_letter: Any, state: Any, word: str, steps: int) -> list[str]:
    """Return what a decoder writes after a word that is given to it."""
    for letter in digits.encode([word + " "], len(word) + 3)[0, :-2]:
        _, state = next_letter(np.full(len(state), letter), state)
    written, letters = [], np.full(len(state), 3)  # the space
    for _ in range(steps):
        chances, state = next_letter(letters, state)
        letters = chances.argmax(axis=1)
        written.append(letters)
    return digits.decode(np.transpose(written))


def forced(seeds: list[int]) -> Iterator[dict[str, Any]]:
    """Train on two digits, write the left word, and yield what follows.

    A row tells apart pictures whose own caption was trained or kept back,
    the true left word or a false one, and whether the left word given and
    the true right digit make a caption that was trained.
    """
    parts = digits.load()
    some = digits.side_by_side(parts.train, 5400, without=KEPT_BACK)
    new = digits.side_by_side(parts.test, 2000, seed=1)
    true = digits.decode(new.captions)
    left, wanted = np.transpose([text.split() for text in true])
    unseen = np.isin(true, [*KEPT_BACK])
    to_state = encoder(2, 96)
    model, next_letter = captioner(to_state)
    x = [some.images, some.captions[:, :-1]]
    for seed in seeds:
        fit(model, x, some.captions[:, 1:], seed, epochs=6)
        state, found = to_state(new.images), {}
        for word in WORDS:
            said = np.array(go_on(next_letter, state, word, LENGTH - 1))
            makes = np.isin([f"{word} {w}" for w in wanted], [*KEPT_BACK])
            for place, right in enumerate(said == wanted):
                kind = (unseen[place], left[place] == word, makes[place])
                found.setdefault(kind, []).append(right)
        for (is_new, is_true, is_kept), right in sorted(found.items()):
            yield {
                "seed": seed,
                "picture": "kept back" if is_new else "trained",
                "left word": "true" if is_true else "false",
                "together": "kept back" if is_kept else "trained",
                "count": len(right),
                "right": f"{np.mean(right):.4f}",
            }


def predict(model: Any, part: Any) -> list[np.ndarray]:
    """Return the answers of ``classifiers`` about some pictures."""
    return [np.asarray(answer) for answer in model(part.images)]


def of_rows(said: list[str], true: list[str], part: Any) -> dict[str, float]:
    """Return shares that are right, in order and as a set, and by size."""
    exact = np.array([one == two for one, two in zip(said, true, strict=True)])
    same = np.array(
        [
            sorted(one.split()) == sorted(two.split())
            for one, two in zip(said, true, strict=True)
        ]
    )
    size = (part.said != NONE).sum(axis=1)
    found = {"exact": exact.mean(), "any order": same.mean()}
    for number in (1, 2, 3):
        found[f"any order, {number}"] = same[size == number].mean()
    return found


def rows(name: str, seeds: list[int]) -> Iterator[tuple[int, Any]]:
    """Train on one, two or three digits and yield the shares of each seed."""
    kind, order = name.rsplit(", ", 1)
    parts = digits.load()
    some = in_a_row(parts.train, 9000, any_order=order != "left to right")
    if order == "sorted":
        some = sort_digits(some)
    new = in_a_row(parts.test, 2000, seed=1)
    true = spell(new.said)
    make = uncut if kind == "decoder, uncut" else encoder
    to_state = make(PLACES, 128)
    counts = np.stack([(some.said == d).sum(axis=1) for d in range(10)], 1)
    if kind in ("decoder", "decoder, uncut"):
        model, next_letter = captioner(to_state)
        x, y = [some.images, some.captions[:, :-1]], some.captions[:, 1:]
    elif kind == "a classifier per word":
        model = classifiers(to_state, [NONE + 1] * PLACES)
        x, y = some.images, [*some.said.T]
    else:
        model = classifiers(to_state, [PLACES + 1] * 10)
        x, y = some.images, [*counts.T]
    for seed in seeds:
        fit(model, x, y, seed, epochs=6)
        if kind in ("decoder", "decoder, uncut"):
            said = greedy(next_letter, to_state(new.images), ROW_LENGTH - 1)
        else:
            chosen = np.transpose(
                [a.argmax(axis=1) for a in predict(model, new)]
            )
            if kind == "a counter per digit":
                chosen = [np.repeat(np.arange(10), row) for row in chosen]
            said = spell(chosen)
        yield seed, of_rows(said, true, new)


MODELS: dict[str, tuple[str, ...]] = {
    "two digits": (
        "decoder",
        "decoder, nothing kept back",
        "classifiers, mixed state",
        "classifiers, mixed state, nothing kept back",
        "classifiers, own halves",
        "decoder, own halves",
    ),
    "several digits": (
        "decoder, left to right",
        "a classifier per word, left to right",
        "decoder, any order",
        "a classifier per word, any order",
        "a counter per digit, any order",
        "decoder, uncut, left to right",
        "decoder, uncut, any order",
        "decoder, sorted",
        "a classifier per word, sorted",
    ),
}
"""Task -> what is trained on it."""

TASKS = {"two digits": pairs, "several digits": rows}

SEEDS_OF = {"two digits": range(1, 7), "several digits": SEEDS}


def missing(path: Path, seeds: Any, **fixed: str) -> list[int]:
    """Return the seeds for which a file has no such row yet."""
    if not path.exists():
        return [*seeds]
    with path.open(newline="", encoding="utf-8") as file:
        done = {
            int(row["seed"])
            for row in csv.DictReader(file)
            if fixed.items() <= row.items()
        }
    return [seed for seed in seeds if seed not in done]


def write(path: Path, found: dict[str, Any]) -> None:
    """Append one row to a file, and print it."""
    append_row(path, found)
    print(*found.values(), flush=True)


def several(task: str, model: str, seeds: list[int]) -> Iterator[Any]:
    """Yield a row for each share of a task of ``MODELS``."""
    for seed, shares in TASKS[task](model, seeds):
        known = {"task": task, "model": model, "seed": seed}
        for name, share in shares.items():
            yield {**known, "name": name, "share": f"{share:.4f}"}


def jobs() -> Iterator[tuple[Path, Callable[..., Any], Any, dict[str, str]]]:
    """Yield a file, what trains, the seeds, and what its rows are named."""
    for split, model in product(SPLITS, ONE_WORD):
        kind = {"split": split, "model": model}
        yield SPELLING, partial(spelling, split, model), SPELLING_SEEDS, kind
    for rate, model in product(RATES_TRIED, ONE_WORD):
        kind = {"rate": str(rate), "model": model}
        yield RATES, partial(rates, rate, model), SEEDS, kind
    yield BLIND, blind, BLIND_SEEDS, {}
    yield FORCED, forced, SEEDS, {}
    for task, models in MODELS.items():
        for model in models:
            kind = {"task": task, "model": model}
            seeds = SEEDS_OF[task]
            yield RUNS, partial(several, task, model), seeds, kind


def main() -> None:
    """Train what is not in the files yet."""
    runtime.start(42)
    for path, train, seeds, kind in jobs():
        for found in train(missing(path, seeds, **kind)):
            write(path, found)


if __name__ == "__main__":
    main()
