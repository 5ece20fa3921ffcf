"""The trainings that lesson 13 speaks of and does not wait for.

``python -m lessons.translation.experiments`` trains translators that differ
in one thing each and writes ``runs.csv`` beside this file: one row per
training. It takes some 15 minutes on two cores; names of kinds after the
command train these alone. Rows that are in the file are kept, so a run that
was stopped can be taken up again; delete the file to begin anew.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from lessons.translation import number_words, phrases
from lessons.translation.number_words import START, Pairs, Part
from utils import runtime, training
from utils.files import append_row

RESULTS = Path(__file__).with_name("runs.csv")

VECTOR, WIDE, EPOCHS, BATCH = 32, 64, 25, 80
"""As in the lesson: numbers per word, units, passes, rows per step."""

SPLITS = (1, 2, 3)
"""Seeds, of the split of the numbers and of the weights."""

RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
"""Adam's learning rate at the start, for what writes all places at once: the
validation part chooses. The lesson's network keeps its 0.01."""

SIZES = ("small", "middle", "large")
"""Held-out numbers below 100, below 1,000, below 10,000."""


@dataclass(frozen=True)
class Run:
    """One training.

    Attributes:
        kind: A key of ``KINDS``.
        units: Numbers in the state h, and in c.
        practised: Which training rows come ten times: "" for none, "small"
            for those below 100, "others" for as many of the rest.
        rate: Learning rate at the start.
        split: Seed of the split and of the weights.
    """

    kind: str
    units: int = WIDE
    practised: str = ""
    rate: float = 0.01
    split: int = 1


def mlp_vector(source: Any, words: int) -> Any:
    """Return what 128 neurons make of all places at once; no recurrence."""
    from keras import layers

    vectors = layers.Embedding(words, VECTOR)(source)
    return layers.Dense(128, activation="relu")(layers.Flatten()(vectors))


def right_aligned(rows: np.ndarray) -> np.ndarray:
    """Return each row followed by its words pushed to the right end."""
    pushed = [np.r_[row[row == 0], row[row > 0]] for row in rows]
    return np.concatenate([rows, pushed], axis=1)


def lstm_states(
    source: Any, words: int, units: int, *, mask: bool = True
) -> list[Any]:
    """Return the states of the lesson's encoder, with its mask or without."""
    from keras import layers

    vectors = layers.Embedding(words, VECTOR, mask_zero=mask)(source)
    _, h, c = layers.LSTM(units, return_state=True)(vectors)
    return [h, c]


KINDS = (
    "words",
    "phrases",
    "MLP",
    "MLP, both ends",
    "LSTM reads, Dense writes",
    "LSTM",
    "LSTM, no mask",
)
DICTIONARIES = ("words", "phrases")
AT_ONCE = ("MLP", "MLP, both ends", "LSTM reads, Dense writes")
"""Kinds that write all places at once, tried with each of ``RATES``."""

NO_MASK = "LSTM, no mask"

BOTTLENECK = (4, 8, 16, 32, WIDE)
"""Units of the lesson's network."""


class AllAtOnce:
    """A network that writes all places of the answer at the same time."""

    def __init__(self, run: Run, pairs: Pairs) -> None:
        """Build and compile it."""
        import keras
        from keras import layers

        self.both_ends = "both ends" in run.kind
        width = pairs.train.source.shape[1] * (1 + self.both_ends)
        places, words = pairs.train.target.shape[1] - 1, len(pairs.target)
        source = keras.Input((width,), dtype="int32")
        if run.kind.startswith("LSTM"):
            states = lstm_states(source, len(pairs.source), run.units)
            vector = layers.Concatenate()(states)
        else:
            vector = mlp_vector(source, len(pairs.source))
        scores = layers.Dense(places * words)(vector)
        scores = layers.Reshape((places, words))(scores)
        self.model = keras.Model(source, scores)

    def inputs(self, part: Part) -> np.ndarray:
        """Return what the network reads."""
        rows = part.source
        return right_aligned(rows) if self.both_ends else rows

    def translate(self, part: Part) -> np.ndarray:
        """Return the ids it answers, (samples, places)."""
        return np.argmax(training.predict(self.model, self.inputs(part)), -1)


class WordByWord:
    """A network that writes with the lesson's decoder, greedily."""

    def __init__(self, run: Run, pairs: Pairs) -> None:
        """Build and compile it."""
        import keras
        from keras import layers

        width, words = pairs.train.source.shape[1], len(pairs.target)
        source = keras.Input((width,), dtype="int32")
        mask = run.kind != NO_MASK
        states = lstm_states(source, len(pairs.source), run.units, mask=mask)
        self.reader = keras.Model(source, states)
        units = run.units
        given = keras.Input((None,), dtype="int32")
        before = [keras.Input((units,)) for _ in "hc"]
        vectors = layers.Embedding(words, VECTOR)(given)
        lstm = layers.LSTM(units, return_sequences=True, return_state=True)
        outputs, h, c = lstm(vectors, initial_state=before)
        scores = layers.Dense(words)(outputs)
        self.writer = keras.Model([given, *before], [scores, h, c])
        scores, _, _ = self.writer([given, *states])
        self.model = keras.Model([source, given], scores)

    def inputs(self, part: Part) -> list[np.ndarray]:
        """Return what the network reads: French, and the teacher's words."""
        return [part.source, part.target[:, :-1]]

    def translate(self, part: Part) -> np.ndarray:
        """Return the ids it answers alone, (samples, steps)."""
        from keras import ops

        states = self.reader(part.source)
        word, answer = ops.full((len(part.source), 1), START), []
        for _ in range(part.target.shape[1]):
            scores, *states = self.writer([word, *states])
            word = ops.argmax(scores, axis=-1)
            answer.append(np.array(word))
        return np.concatenate(answer, axis=1)


@cache
def load(split: int) -> Pairs:
    """Return the pairs of a split."""
    return number_words.load(seed=split)


def practised(run: Run, train: Part) -> np.ndarray:
    """Return the places of the training rows of a run, some repeated."""
    places = np.arange(len(train.numbers))
    small = places[train.numbers < 100]
    chosen = {"": small[:0], "small": small}.get(run.practised)
    if chosen is None:
        rest = places[train.numbers >= 100]
        rng = np.random.default_rng(run.split)
        chosen = rng.choice(rest, len(small), replace=False)
    return np.r_[places, np.tile(chosen, 9)]


def measure(answer: Callable[[Part], list[str]], pairs: Pairs) -> dict:
    """Return how many whole answers are right.

    Args:
        answer: Translates the rows of a part.
        pairs: Whose validation and held-out parts are translated.
    """
    parts = pairs.validation, pairs.held_out
    watched, held_out = (
        np.array(answer(p))
        == np.array(number_words.decode(p.target, pairs.target))
        for p in parts
    )
    size = np.digitize(pairs.held_out.numbers, [100, 1000])
    row = {"validation": watched.mean().round(4)}
    for place, name in enumerate(SIZES):
        row[name] = int(held_out[size == place].sum())
        row[f"of_{name}"] = int((size == place).sum())
    return row


@cache
def network(kind: str, units: int, rate: float, rows: int) -> Any:
    """Return a network, compiled once for all splits."""
    import keras

    run = Run(kind, units)
    build = AllAtOnce if kind in AT_ONCE else WordByWord
    made = build(run, load(1))
    decay = keras.optimizers.schedules.CosineDecay(
        rate, EPOCHS * -(-rows // BATCH)
    )
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=0
    )
    made.model.compile(keras.optimizers.Adam(decay, clipnorm=1.0), loss)
    return made


def looked_up(kind: str, pairs: Pairs) -> dict[str, Any]:
    """Learn a dictionary and return what it is worth."""
    if kind == "phrases":
        learned = phrases.learn(pairs)
    else:
        learned = phrases.Phrases(number_words.baseline(pairs), 1)
    return {"weights": learned.size} | measure(
        lambda part: learned.translate(
            number_words.decode(part.source, pairs.source)
        ),
        pairs,
    )


def one(run: Run) -> dict[str, Any]:
    """Train one translator and return what it is worth."""
    pairs = load(run.split)
    if run.kind in DICTIONARIES:
        return looked_up(run.kind, pairs)
    places = practised(run, pairs.train)
    made = network(run.kind, run.units, run.rate, len(places))
    training.reinitialise(made.model, run.split)
    part = Part(*(array[places] for array in pairs.train))
    recipe = {"epochs": EPOCHS, "batch_size": BATCH, "quiet": True}
    training.fit(made.model, made.inputs(part), part.target[:, 1:], **recipe)
    return {"weights": made.model.count_params()} | measure(
        lambda p: number_words.decode(made.translate(p), pairs.target), pairs
    )


KEY = tuple(Run.__dataclass_fields__)
COLUMNS = (
    *KEY,
    *("weights", "validation"),
    *(f"{of}{name}" for name in SIZES for of in ("", "of_")),
)


def done() -> list[dict[str, str]]:
    """Return the rows of the file."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def train(run: Run) -> None:
    """Add a run to the file unless it is there."""
    key = {name: str(value) for name, value in asdict(run).items()}
    if key in [{name: row[name] for name in KEY} for row in done()]:
        return
    row = asdict(run) | one(run)
    append_row(RESULTS, row, COLUMNS)
    print(*row.values(), flush=True)


def main() -> None:
    """Train what is not in the file yet."""
    runtime.start(42)
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    for split in SPLITS:
        for kind in sys.argv[1:] or [*KINDS, "bottleneck", "practice"]:
            for run in runs(kind):
                if run.split == split:
                    train(run)


def runs(kind: str) -> list[Run]:
    """Return the trainings of a kind, or of one of the two questions."""
    if kind in DICTIONARIES:
        found = [Run(kind, units=0, rate=0.0)]
    elif kind == "bottleneck":
        found = [Run("LSTM", units) for units in BOTTLENECK]
    elif kind == "practice":
        found = [Run("LSTM", practised=p) for p in ("", "small", "others")]
    elif kind in AT_ONCE:
        found = [Run(kind, rate=rate) for rate in RATES]
    else:
        found = [Run(kind)]
    return [replace(run, split=s) for s in SPLITS for run in found]


if __name__ == "__main__":
    main()
