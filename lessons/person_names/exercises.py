"""The exercises of lesson 15: names in sentences, and how to count them."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from utils.exercises import Demand, Function, Model, Number, Question, Sheet

SHEET = Sheet(15)

LEAST = 1e-6
"""An answer that moves by no more than this has moved by rounding."""


@SHEET.exercise
def score(draw: Random) -> Question:
    """Use: F1 from three counts."""
    both = draw.randint(40, 80)
    tagged = both + draw.randint(5, 12)
    names = both + draw.randint(21, 40)
    precision, recall = both / tagged, both / names
    return Number(
        text=(
            f"Of {names} words that are names a tagger has found {both}. It "
            f"has tagged {tagged} words in all. What is its F1?"
        ),
        answer=2 * both / (tagged + names),
        tolerance=1e-3,
        mistakes={
            precision: "this is the precision: the missed names do not count "
            "in it.",
            recall: "this is the recall: the words tagged wrongly do not "
            "count in it.",
            (precision + recall) / 2: (
                "this is the plain mean of precision and recall; F1 lies "
                "nearer to the smaller one."
            ),
            both / (tagged + names): (
                "in the formula the words tagged rightly stand twice above "
                "the line as well."
            ),
            both / (tagged + names - both): (
                "below the line the words tagged rightly count twice."
            ),
            2 * both / (2 * both + tagged + names): (
                "you took all the tagged words for w and all the names for m; "
                "those that are right belong to neither."
            ),
        },
        because="the right ones, twice, over the tagged words and the names.",
        hint="how large are r, w and m of the lesson's formula?",
    )


@SHEET.exercise
def missed(draw: Random) -> Question:
    """Turned round: from precision and recall to the names missed."""
    # With 4 fifths and 1 quarter, or 3 and 2, two of the numbers are one.
    fifths, quarters = draw.choice([(3, 3), (3, 1), (2, 1)])
    tagged = 60 * draw.randint(2, 9)
    right = tagged * fifths // 5
    names = right * 4 // quarters
    precision, recall = fifths / 5, quarters / 4
    return Number(
        text=(
            f"A tagger has tagged {tagged} words, with a precision of "
            f"{precision} and a recall of {recall}. How many words that are "
            "names has it missed?"
        ),
        answer=names - right,
        mistakes={
            names: "this is how many there are; those found are not missed.",
            right: "this is how many it has found.",
            tagged - right: (
                "this is how many words it has tagged that are no names."
            ),
            round(tagged * (1 - recall)): (
                "the recall is a share of the names, not of the tagged words."
            ),
            round(right * (1 - recall)): (
                "the recall is a share of all the names; you took it of those "
                "found."
            ),
            round(tagged / recall) - right: (
                "you took all the tagged words for names; the precision says "
                "how many are."
            ),
        },
        because="from the tagged words to the right ones, from there to all "
        "the names, and then the rest.",
        hint="how many of the tagged words are names? Of how many names is "
        "that the share called recall?",
    )


@SHEET.exercise
def f1(_: Random) -> Question:
    """Use: F1 of padded rows, as a function."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, ...]:
        lengths = generator.integers(4, 9, size=6)
        mask = np.arange(10) < lengths[:, None]
        truth = (generator.random((6, 10)) < 0.4) & mask
        tagged = generator.random((6, 10)) < 0.4
        truth[0, :2], tagged[0, :2] = True, [True, False]
        return truth, tagged, mask

    def counts(
        truth: np.ndarray, tagged: np.ndarray, mask: np.ndarray
    ) -> tuple[int, int, int]:
        """Return r, w and m."""
        return (
            (truth & tagged & mask).sum(),
            (~truth & tagged & mask).sum(),
            (truth & ~tagged & mask).sum(),
        )

    def right_f1(*arrays: np.ndarray) -> float:
        r, w, m = counts(*arrays)
        return 2 * r / (2 * r + w + m)

    def precision(*arrays: np.ndarray) -> float:
        r, w, _ = counts(*arrays)
        return r / (r + w)

    def recall(*arrays: np.ndarray) -> float:
        r, _, m = counts(*arrays)
        return r / (r + m)

    return Function(
        text=(
            "Write a function f1(truth, tagged, mask). Each is a NumPy array "
            "(sentences, words) of truth values: where names are, where a "
            "tagger says they are, and where there are words at all. It "
            "returns F1. At the padding after a sentence tags mean nothing."
        ),
        reference=right_f1,
        inputs=inputs,
        mistakes=[
            (
                lambda truth, tagged, mask: right_f1(
                    truth, tagged, mask | True
                ),
                "your function counts what is tagged behind the words: use "
                "the mask.",
            ),
            (
                lambda truth, tagged, mask: (truth == tagged)[mask].mean(),
                "your function returns the accuracy: words that are rightly "
                "left alone count in it.",
            ),
            (precision, "your function returns the precision."),
            (recall, "your function returns the recall alone."),
            (
                lambda *arrays: (precision(*arrays) + recall(*arrays)) / 2,
                "your function returns the plain mean of precision and "
                "recall.",
            ),
            (
                lambda *arrays: right_f1(*arrays) / 2,
                "your function forgets the 2 above the line.",
            ),
        ],
        because="r, w and m are counted at the words alone, and the formula "
        "does the rest.",
        hint="truth & tagged & mask marks the words that count for r; ~ turns "
        "a truth value round.",
    )


@SHEET.exercise
def units(draw: Random) -> Question:
    """Design: a fair number of units for two readers."""
    inputs, wide = draw.randint(16, 40), draw.randint(24, 60)
    budget = 4 * wide * (inputs + wide + 1)
    answer = max(
        n for n in range(1, wide) if 8 * n * (inputs + n + 1) <= budget
    )
    return Number(
        text=(
            f"An LSTM with {wide} units reads vectors of {inputs} numbers. It "
            "is compared with a Bidirectional LSTM, which may not have more "
            "weights. How many units may each direction have at most?"
        ),
        answer=answer,
        mistakes={
            wide: "then each direction alone has as many weights as allowed.",
            wide // 2: (
                "half the units have less than half the weights, since some "
                "of them grow with the square: there is room for more."
            ),
            answer + 1: "with these there are a few weights too many.",
            answer - 1: "there is room for one unit more.",
            2 * answer: "this is for both directions together.",
        },
        because="the largest number whose two layers stay within the weights "
        "of the one.",
        hint="write the count of lesson 03 as a function of the units, and "
        "try numbers between half and all of them.",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Design: repair a tagger."""
    steps, ids, width, n = draw.sample(range(12, 90), 4)
    ids *= 100

    def tagger(
        *,
        shape: int = steps,
        has_mask: bool = True,
        is_both_ways: bool = True,
        at_every_word: bool = True,
        heads: int = 1,
        activation: str = "sigmoid",
    ) -> Any:
        """Return a tagger, or one with a fault."""
        import keras
        from keras import layers

        reader = layers.LSTM(n, return_sequences=at_every_word)
        return keras.Sequential(
            [
                keras.Input((shape,)),
                layers.Embedding(ids, width, mask_zero=has_mask),
                layers.Bidirectional(reader) if is_both_ways else reader,
                layers.Dense(heads, activation=activation),
            ]
        )

    return Model(
        text=(
            f"Rows of {steps} ids, padded behind the words with 0, go into a "
            "tagger. It is to say at each word how probable a name is, to use "
            "the words on both sides and to pay no heed to the padding. Mend "
            "what is wrong:\n"
            "    keras.Sequential([\n"
            f"        keras.Input(({steps},)),\n"
            f"        layers.Embedding({ids}, {width}),\n"
            f"        layers.LSTM({n}),\n"
            '        layers.Dense(1, activation="softmax"),\n'
            "    ])"
        ),
        build=tagger,
        demands=[
            Demand(
                lambda model: model.input_shape == (None, steps),
                "the input is no longer a row of ids: it was right.",
                lambda: tagger(shape=steps + 1),
            ),
            Demand(
                lambda model: len(model.output_shape) == 3,
                "your tagger gives one answer for the whole sentence: which "
                "switch is off?",
                lambda: tagger(at_every_word=False),
            ),
            Demand(
                lambda model: model.output_shape[-1] == 1,
                "one probability a word is asked for; your head has more "
                "neurons than that.",
                lambda: tagger(heads=2),
            ),
            Demand(
                lambda model: not (_head_of(model) == 1).all(),
                "softmax on a single neuron says 1 at every word.",
                lambda: tagger(activation="softmax"),
            ),
            Demand(
                lambda model: _is_probability(_head_of(model)),
                "what your head gives is no probability: look at its "
                "activation.",
                lambda: tagger(activation="tanh"),
            ),
            Demand(
                lambda model: _moved_by_neighbours(model).min() > LEAST,
                "change the word before a word, or the one after it, and "
                "your answer at the word stays the same: your tagger does "
                "not read both sides.",
                lambda: tagger(is_both_ways=False),
            ),
            Demand(
                lambda model: _moved_by_padding(model) <= LEAST,
                "the padding is read like words: a mask has to be handed on, "
                "and the layer that gets it has to use it.",
                lambda: tagger(has_mask=False),
            ),
        ],
        because="a mask from the embedding, two readers, a state at every "
        "word and a sigmoid on each.",
        hint="go through the task phrase by phrase: at each word, how "
        "probable, both sides, the padding.",
    )


def _head_of(model: Any) -> np.ndarray:
    """Return what the last activation makes of numbers from -20 to 20."""
    import keras

    layer = model.layers[-1]
    while hasattr(layer, "layers") or hasattr(layer, "layer"):
        layer = layer.layers[-1] if hasattr(layer, "layers") else layer.layer
    function = getattr(layer, "activation", layer)
    numbers = np.linspace(-20, 20, 41, dtype="float32")[:, None]
    return keras.ops.convert_to_numpy(function(numbers))[:, 0]


def _is_probability(values: np.ndarray) -> bool:
    """Tell whether values rise from nearly 0 to nearly 1."""
    inside = (values >= 0).all() and (values <= 1).all()
    return bool(inside and values[0] < 0.1 and values[-1] > 0.9)


def _embedding(model: Any) -> Any:
    """Return the first Embedding of a model."""
    return next(x for x in model.layers if type(x).__name__ == "Embedding")


def _answers(model: Any, rows: np.ndarray) -> np.ndarray:
    """Return the answers of a model, (rows, words)."""
    import keras

    found = model(rows.astype("int32"), training=False)
    return keras.ops.convert_to_numpy(found)[..., 0]


def _moved_by_neighbours(model: Any) -> np.ndarray:
    """Return how far the answer at the second word moves, (3,).

    The words changed are the one before it, itself and the one behind it.
    """
    words = np.arange(model.input_shape[1])
    rows = np.tile(words, (4, 1))
    rows[[1, 2, 3], [0, 1, 2]] += len(words)
    answers = _answers(model, rows % (_embedding(model).input_dim - 1) + 1)
    return np.abs(answers[1:, 1] - answers[0, 1])


def _moved_by_padding(model: Any) -> float:
    """Return how far answers at words move with the vector of the padding."""
    embedding, steps = _embedding(model), model.input_shape[1]
    words = steps // 2
    row = np.where(np.arange(steps) < words, 1 + np.arange(steps), 0)[None]
    kept = embedding.get_weights()
    before = _answers(model, row)
    changed = kept[0].copy()
    changed[0] += 1
    embedding.set_weights([changed, *kept[1:]])
    after = _answers(model, row)
    embedding.set_weights(kept)
    return float(np.abs(after - before)[0, :words].max())
