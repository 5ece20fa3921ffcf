"""The trainings that lesson 14 speaks of and does not wait for.

``python -m lessons.captioning.experiments`` writes two files beside this
one: ``blind.csv``, what decoders write that were trained without pictures,
and ``runs.csv``, captions of several digits. It takes some eight minutes on
two cores. Rows that are in a file are kept, so a run that was stopped can
be taken up again; delete the files to begin anew.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from lessons.captioning import digits
from lessons.captioning.digits import (
    END,
    LENGTH,
    PADDING,
    PAIR_LENGTH,
    START,
    SYMBOLS,
    WORDS,
)
from lessons.captioning.rows import NONE, PLACES, ROW_LENGTH, in_a_row, spell
from utils import runtime, training
from utils.files import append_row

BLIND, RUNS = (
    Path(__file__).with_name(name) for name in ("blind.csv", "runs.csv")
)

SEEDS = (1, 2, 3)

BLIND_SEEDS = range(5, 13)

KEPT_BACK = {f"{WORDS[n]} {WORDS[(n + 3) % 10]}" for n in range(10)}
"""Captions of two digits that are not trained on."""

RATE = 0.005


def half() -> Any:
    """Return the layers that see one digit: (n, 8, 8) to (n, 128)."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((8, 8)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.3),
        ]
    )


def encoder(places: int, units: int, *, is_split: bool = False) -> Any:
    """Return an encoder of digits in a row, the same layers for each.

    Args:
        places: Digits in a row.
        units: Numbers in the state.
        is_split: Let each digit fill a part of the state of its own, in
            place of one Dense layer that sees all digits.
    """
    import keras
    from keras import layers

    picture, seen = keras.Input((8, 8 * places)), half()
    parts = [seen(picture[..., 8 * k : 8 * k + 8]) for k in range(places)]
    if is_split:
        own = [layers.Dense(units // places, "tanh")(part) for part in parts]
        return keras.Model(picture, layers.Concatenate()(own))
    both = layers.Concatenate()(parts)
    return keras.Model(picture, layers.Dense(units, "tanh")(both))


def captioner(to_state: Any) -> tuple[Any, Callable[..., tuple[Any, Any]]]:
    """Return the lesson's captioner, and a step of its decoder."""
    import keras
    from keras import layers

    picture = keras.Input(to_state.input_shape[1:])
    before = keras.Input((None,), dtype="int32")
    embed = layers.Embedding(len(SYMBOLS), 16)
    writer = layers.GRU(to_state.output_shape[-1], return_sequences=True)
    to_letter = layers.Dense(len(SYMBOLS), activation="softmax")
    states = writer(embed(before), initial_state=to_state(picture))
    model = keras.Model([picture, before], to_letter(states))
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=PADDING)
    model.compile(keras.optimizers.Adam(RATE), loss)

    def next_letter(letters: np.ndarray, state: Any) -> tuple[Any, Any]:
        _, [state] = writer.cell(embed(letters), [state])
        return to_letter(state).numpy(), state

    return model, next_letter


def classifiers(
    state: Any, answers: list[int], *, is_split: bool = False
) -> Any:
    """Return one softmax for each question, all from the same state.

    Args:
        state: An encoder.
        answers: Of each question, how many there are to choose from.
        is_split: Show each only its own part of the state.
    """
    import keras
    from keras import layers

    width = state.output_shape[-1] // len(answers) if is_split else None
    outputs = []
    for place, count in enumerate(answers):
        seen = state.output
        if width:
            seen = seen[:, place * width : (place + 1) * width]
        outputs.append(layers.Dense(count, activation="softmax")(seen))
    model = keras.Model(state.input, outputs)
    model.compile(
        keras.optimizers.Adam(RATE),
        ["sparse_categorical_crossentropy"] * len(answers),
    )
    return model


def greedy(next_letter: Any, state: Any, steps: int) -> list[str]:
    """Return what a decoder writes, the best letter at each step."""
    letters = np.full(len(state), START)
    written = []
    for _ in range(steps):
        chances, state = next_letter(letters, state)
        letters = chances.argmax(axis=1)
        written.append(letters)
    return digits.decode(np.transpose(written))


def fit(model: Any, x: Any, y: Any, seed: int, epochs: int) -> None:
    """Train from the weights of a seed, in batches of 60."""
    training.reinitialise(model, seed)
    training.fit(model, x, y, epochs=epochs, batch_size=60, quiet=True)


def blind(seeds: list[int]) -> Iterator[dict[str, Any]]:
    """Train decoders with blank pictures and yield what they write."""
    import keras
    from keras import layers

    dense = [layers.Dense(128, "relu"), layers.Dropout(0.3)]
    stack = [keras.Input((8, 8)), layers.Flatten(), *dense]
    to_state = keras.Sequential([*stack, layers.Dense(64, "tanh")])
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
        yield {
            "seed": seed,
            "first": first,
            "first_chance": f"{steps[0, 0].max():.3f}",
            "written": written,
            "chance": f"{own:.3f}",
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
    parts = digits.load()
    some = digits.side_by_side(parts.train, 5400, without=KEPT_BACK)
    new = digits.side_by_side(parts.test, 2000, seed=1)
    true = digits.decode(new.captions)
    if name == "two classifiers":
        to_state = encoder(2, 96, is_split=True)
        model = classifiers(to_state, [10, 10], is_split=True)
        words = [text.split() for text in digits.decode(some.captions)]
        y = [np.array([WORDS.index(w[k]) for w in words]) for k in (0, 1)]
        for seed in seeds:
            fit(model, some.images, y, seed, epochs=6)
            chosen = [answer.argmax(axis=1) for answer in predict(model, new)]
            yield seed, of_pairs(spell(np.transpose(chosen)), true)
        return
    to_state = encoder(2, 96, is_split=name == "decoder, split state")
    model, next_letter = captioner(to_state)
    x = [some.images, some.captions[:, :-1]]
    for seed in seeds:
        fit(model, x, some.captions[:, 1:], seed, epochs=6)
        state = to_state(new.images)
        said = greedy(next_letter, state, PAIR_LENGTH - 1)
        yield seed, of_pairs(said, true)


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
    kind, order = name.split(", ")
    parts, is_free = digits.load(), order == "any order"
    some = in_a_row(parts.train, 9000, any_order=is_free)
    new = in_a_row(parts.test, 2000, seed=1)
    true, to_state = spell(new.said), encoder(PLACES, 128)
    counts = np.stack([(some.said == d).sum(axis=1) for d in range(10)], 1)
    if kind == "decoder":
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
        if kind == "decoder":
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
    "two digits": ("decoder", "decoder, split state", "two classifiers"),
    "several digits": (
        "decoder, left to right",
        "a classifier per word, left to right",
        "decoder, any order",
        "a classifier per word, any order",
        "a counter per digit, any order",
    ),
}
"""Task -> what is trained on it."""

TASKS = {"two digits": pairs, "several digits": rows}


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


def main() -> None:
    """Train what is not in the files yet."""
    runtime.start(42)
    for found in blind(missing(BLIND, BLIND_SEEDS)):
        write(BLIND, found)
    for task, names in MODELS.items():
        for model in names:
            seeds = missing(RUNS, SEEDS, task=task, model=model)
            for seed, shares in TASKS[task](model, seeds):
                known = {"task": task, "model": model, "seed": seed}
                for name, share in shares.items():
                    row = {**known, "name": name, "share": f"{share:.4f}"}
                    write(RUNS, row)


if __name__ == "__main__":
    main()
