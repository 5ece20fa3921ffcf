"""What lesson 12 tells and does not wait for: does the place help?

``python -m lessons.music.experiments`` asks every model for the same notes
with four kinds of input (the notes; and the place in the bar; and either the
eighths since the line of the hymn began or those that are left) and writes
beside this file ``runs.csv``, a row per chain or network and seed;
``beats.csv``, what Bach, a melody of nothing but quarters and the melodies
that the models go on with do at the ends of lines and on all other beats, a
row per chorale; and ``sung.csv``, a melody by each kind of model that is told
about the line. It takes about ten minutes on two cores. What is in the files
is kept, so a run that was stopped can be taken up again; delete all three to
begin anew.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from lessons.music import corpus, metre
from lessons.music.chains import (
    BAR,
    INPUTS,
    LINE,
    SIZES,
    P,
    chain,
    data,
    questions,
)
from utils import runtime, training
from utils.files import append_row

FOLDER = Path(__file__).parent
RUNS, SUNG, BEATS = (
    FOLDER / f"{name}.csv" for name in ("runs", "sung", "beats")
)
MIGHTY = "bwv80.8"
"""The chorale whose continuations are kept."""

SEEDS = (1, 2, 3)


def network(inputs: str) -> Any:
    """Return the lesson's network, with an embedding for each column."""
    import keras
    from keras import layers

    columns = INPUTS[inputs]
    widths = (32, 16, 16, 16)
    notes = keras.Input((20, len(columns)), dtype="int32")
    vectors = [
        layers.Embedding(SIZES[column], widths[place])(notes[..., place])
        for place, column in enumerate(columns)
    ]
    both = layers.Dropout(0.2)(layers.Concatenate()(vectors))
    states = layers.LSTM(96, return_sequences=True, unroll=True)(both)
    states = layers.Dropout(0.5)(states)
    outputs = [layers.Dense(n, "softmax")(states) for n in SIZES[:2]]
    model = keras.Model(notes, outputs)
    adam = keras.optimizers.Adam(0.005, clipnorm=1.0)
    model.compile(adam, ["sparse_categorical_crossentropy"] * 2)
    return model


def in_keys(
    x: np.ndarray, y: np.ndarray, semitones: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows several times, moved as `corpus.in_more_keys` does."""
    moves = np.multiply.outer(semitones, np.arange(x.shape[-1]) == P)
    moves = moves.astype(x.dtype)
    more_x = np.concatenate([x + move for move in moves])
    more_y = np.concatenate([y + move for move in moves])
    pitch = np.concatenate([more_x[..., 0], more_y[..., 0]], axis=1)
    fits = ((pitch >= 0) & (pitch < corpus.PITCHES)).all(axis=1)
    return more_x[fits], more_y[fits]


def train(model: Any, inputs: str, seed: int) -> training.History:
    """Train a network on rows that start four notes apart.

    It stops after three epochs without a lower validation loss and goes
    back to the best one.
    """
    columns = INPUTS[inputs]
    x, y = in_keys(*questions("train", 4), (-5, 0, 5))
    x_val, y_val = questions("val", 4)
    training.reinitialise(model, seed)
    return training.fit(
        model,
        x[..., columns],
        [y[..., 0], y[..., 1]],
        epochs=16,
        patience=3,
        validation_data=(
            x_val[..., columns],
            [y_val[..., 0], y_val[..., 1]],
        ),
        quiet=True,
        jit_compile=False,
    )


def answered(model: Any, inputs: str, x: np.ndarray) -> np.ndarray:
    """Return what a network answers after rows, (rows, PAIRS)."""
    columns = INPUTS[inputs]
    pitch, length = (
        np.concatenate(heads)
        for heads in zip(
            *(
                [np.array(head)[:, -1] for head in model(some[..., columns])]
                for some in np.array_split(x, 1 + len(x) // 1_000)
            ),
            strict=True,
        )
    )
    return corpus.pair_probabilities(pitch, length)


def asked_of() -> np.ndarray:
    """Return the tune of each held-out question."""
    rows, parts, tune = data()
    counts = [len(rows[n]) - 20 for n in parts.test]
    return np.repeat(tune[parts.test], counts)


def scores(answer: Callable[[np.ndarray], np.ndarray]) -> dict[str, Any]:
    """Return scores on both parts, and the gain over each chain.

    Args:
        answer: Rows of notes -> probabilities of the pairs.
    """
    found: dict[str, Any] = {}
    for part in ("val", "test"):
        x, y = questions(part)
        accuracy, perplexity = corpus.score(answer(x), y[:, -1, :2])
        found[f"{part}_accuracy"] = round(accuracy, 4)
        found[f"{part}_perplexity"] = round(perplexity, 3)
    for other in INPUTS:
        gain = corpus.gain_over_tunes(
            answer(x), chain(other, x), y[:, -1, :2], asked_of()
        )
        for name, value in gain._asdict().items():
            found[f"gain over chain, {other}: {name}"] = round(value, 4)
    return found


def draw(p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a pair for each row of probabilities, at temperature 1."""
    return (
        (p.cumsum(axis=1) < rng.random((len(p), 1)))
        .sum(axis=1)
        .clip(0, corpus.PAIRS - 1)
    )


def continued(
    answer: Callable[[np.ndarray], np.ndarray],
    numbers: Sequence[int],
    steps: int,
    seed: int,
) -> list[np.ndarray]:
    """Continue chorales from their first 20 notes.

    The ends of the lines are Bach's: the poem is given. Where the notes
    stand in bar and line follows from their lengths.

    Args:
        answer: Rows of notes -> probabilities of the pairs.
        numbers: Which chorales.
        steps: How many notes are drawn for each.
        seed: Of the draws.

    Returns:
        Ids of pitch and length, (20 + steps, 2) each.
    """
    rng = np.random.default_rng(seed)
    rows = [data().rows[n] for n in numbers]
    melodies = np.stack([row[:20] for row in rows])
    times = np.array([sixteenths(row[:20]).sum() for row in rows])
    ends = [line_ends(n) for n in numbers]
    for _ in range(steps):
        drawn = draw(answer(melodies[:, -20:]), rng)
        pitch, length = np.divmod(drawn, len(corpus.LENGTHS))
        lasting = np.array(corpus.LENGTHS)[length]
        times = times + lasting
        beat = next_beat(melodies[:, -1, BAR], lasting)
        line = [
            (int(metre.since(t, e)), int(metre.until(t, e)))
            for t, e in zip(times, ends, strict=True)
        ]
        new = np.column_stack([pitch, length, beat, line])
        melodies = np.concatenate([melodies, new[:, None]], axis=1)
    return [*melodies[..., :2]]


def sixteenths(row: np.ndarray) -> np.ndarray:
    """Return the lengths of ids."""
    return np.array(corpus.LENGTHS)[row[:, 1]]


def line_ends(number: int) -> np.ndarray:
    """Return when the lines of a chorale end, in sixteenths."""
    row = data().rows[number]
    return sixteenths(row).cumsum()[row[:, LINE] == 0]


def next_beat(beat: np.ndarray, lasting: np.ndarray) -> np.ndarray:
    """Return the place in the bar after notes of such lengths."""
    bars = np.array(list(metre.FIRST))
    firsts = np.array(list(metre.FIRST.values()))
    kind = np.searchsorted(firsts, beat, side="right") - 1
    return firsts[kind] + (beat - firsts[kind] + lasting) % bars[kind]


def only_quarters(numbers: Sequence[int], steps: int) -> list[np.ndarray]:
    """Continue chorales by notes that all last a quarter.

    Returns:
        Ids of pitch and length, (20 + steps, 2) each; the pitch of the last
        note that was given is repeated.
    """
    quarter = corpus.LENGTHS.index(4)
    found = []
    for row in (data().rows[n][:20, :2] for n in numbers):
        more = np.tile([row[-1, 0], quarter], (steps, 1))
        found.append(np.concatenate([row, more]))
    return found


def on_beats(ids: np.ndarray, number: int) -> dict[str, int]:
    """Count what a melody does at line ends, and on the other beats.

    Line ends count after the theme, and while the melody lasts; not the last
    one of the chorale, since nobody is told that the end is near. The other
    beats lie whole quarters from them; they count up to the last of them.

    Args:
        ids: Of pitch and length, theme first, (20 + steps, 2).
        number: Of its chorale.

    Returns:
        How many line ends there are; at how many of them a note ends, one
        of a quarter or more, one of a half or more; and the same for the
        other beats.
    """
    lasting = sixteenths(ids)
    ends = lasting.cumsum()
    wanted = line_ends(number)[:-1]
    wanted = wanted[(wanted > ends[19]) & (wanted <= ends[-1])]
    beats = np.arange(wanted[0] % 4, wanted[-1], 4) if len(wanted) else wanted
    beats = beats[(beats > ends[19]) & ~np.isin(beats, wanted)]
    counts = {}
    for name, places in (("line ends", wanted), ("other beats", beats)):
        counts[name] = len(places)
        for kind, least in NOTES.items():
            met = np.isin(places, ends[lasting >= least])
            counts[f"{name}: {kind}"] = int(met.sum())
    return counts


NOTES = {"a note": 1, "a quarter or more": 4, "a half or more": 8}
"""What ends on a beat -> sixteenths it lasts at least."""


Run = tuple[str, str, int]
"""Kind of model, input and seed."""

TRAININGS: list[Run] = [
    *product(["chain"], INPUTS, [1]),
    *product(["LSTM"], reversed(INPUTS), SEEDS),
]


def built(run: Run) -> tuple[Callable[[np.ndarray], np.ndarray], int]:
    """Return what answers after rows of notes, and the epochs it took."""
    kind, inputs, seed = run
    if kind == "chain":
        return lambda x: chain(inputs, x), 0
    model = network(inputs)
    history = train(model, inputs, seed)
    return lambda x: answered(model, inputs, x), history.best_epoch


def name_of(run: Run) -> dict[str, Any]:
    """Return the columns by which a run is known."""
    return dict(zip(("model", "inputs", "seed"), run, strict=True))


def sung(melody: np.ndarray) -> dict[str, str]:
    """Return a melody as it stands in a file."""
    pitch, length = corpus.decode(melody.astype(int)).T
    return {
        "pitch": " ".join(map(str, pitch)),
        "length": " ".join(map(str, length)),
    }


def count_beats(run: Run, melodies: list[np.ndarray]) -> None:
    """Write what the melodies of a run do on the beats."""
    for ids, number in zip(melodies, data().parts.test.tolist(), strict=True):
        place = {"chorale": corpus.load().names[number]}
        append_row(BEATS, name_of(run) | place | on_beats(ids, number))


def done(path: Path) -> list[Run]:
    """Return the runs that are in a file."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [
            (row["model"], row["inputs"], int(row["seed"]))
            for row in csv.DictReader(file)
        ]


def main() -> None:
    """Train, count and sing what is not in the files yet."""
    runtime.start(42)
    numbers = data().parts.test.tolist()
    mighty = numbers.index(corpus.load().names.index(MIGHTY))
    if not BEATS.exists():
        bach = [data().rows[n][:80, :2] for n in numbers]
        count_beats(("Bach", "", 0), bach)
        count_beats(("quarters", "", 0), only_quarters(numbers, 60))
    for run in TRAININGS:
        if run in done(RUNS):
            continue
        answer, epoch = built(run)
        # A chain has no seed to train from: it sings as often in one go.
        times = len(SEEDS) if run[0] == "chain" else 1
        melodies = continued(answer, numbers * times, 60, seed=run[2])
        for turn in range(times):
            some = melodies[turn * len(numbers) : (turn + 1) * len(numbers)]
            count_beats((*run[:2], run[2] + turn), some)
        if run[1:] in [("and line", 1), ("and left", 1)]:
            append_row(SUNG, name_of(run) | sung(melodies[mighty]))
        append_row(RUNS, name_of(run) | scores(answer) | {"epoch": epoch})
        print(*run, flush=True)


if __name__ == "__main__":
    main()
