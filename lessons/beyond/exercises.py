"""The exercises of lesson 18: what a good figure is made of."""

from __future__ import annotations

from functools import partial
from math import log
from random import Random
from typing import Any

import numpy as np

from utils.exercises import (
    Demand,
    Function,
    Model,
    MultipleChoice,
    Number,
    Question,
    Sheet,
)
from utils.exercises.code import padding_mask
from utils.parameters import count_parameters

SHEET = Sheet(18)

EVIDENCE = 3
"""Numbers of evidence per word: its own, its bigram's, its trigram's."""

WORDS = 500
"""Ids of the network to be repaired."""


@SHEET.exercise
def parameters(draw: Random) -> Question:
    """Use: count the parameters of a reader with evidence and its head."""
    width = draw.choice([50, 60, 70, 80, 90, 100])
    units = draw.choice([16, 20, 24, 28, 32, 40])
    total = _parameters(width + EVIDENCE, units)
    head = 4 * units + EVIDENCE + 1
    return Number(
        text=(
            f"Each word comes as a word vector of width {width}, followed by "
            f"its {EVIDENCE} numbers of evidence. "
            f"Bidirectional(GRU({units}, return_sequences=True)) reads them, "
            "the mean and the maximum of its states over the steps are put "
            f"side by side, after them the {EVIDENCE} sums of the evidence "
            "that go past the readers, and Dense(1) answers. How many "
            "parameters do the two layers have together?"
        ),
        answer=total,
        mistakes={
            _parameters(width, units): (
                "your cells read the word vector alone: the evidence comes "
                "in beside it."
            ),
            total - EVIDENCE: (
                "your Dense layer gets the pooled states alone: the sums of "
                "the evidence go straight into it."
            ),
            total - 2 * units: (
                "your Dense layer gets the mean or the maximum; it gets "
                "both, side by side."
            ),
            (total - head) // 2 + 2 * units + EVIDENCE + 1: (
                "you counted one reader: Bidirectional has two, each with "
                "its own weights and its own states."
            ),
            total - 6 * units: (
                "you counted one bias for each gate and unit: a GRU of Keras "
                "has two."
            ),
            8 * units * (width + EVIDENCE + units + 1) + head: (
                "you counted four blocks a cell, as in an LSTM: a GRU has "
                "fewer."
            ),
            total - head: "this is the recurrent layer without its head.",
        },
        because=(
            "two cells read vector and evidence, and the head has a weight "
            "for the mean and the maximum of every state and for each sum; "
            "pooling has none."
        ),
        hint="write down three widths first: what a cell reads, what a step "
        "hands on, and what the head gets.",
    )


def _parameters(width: int, units: int) -> int:
    """Return the parameters of two GRU cells and of the head on their pool."""
    readers = count_parameters("gru", width, units, bidirectional=True)
    head = count_parameters("dense", 4 * units + EVIDENCE, 1)
    return readers.total + head.total


@SHEET.exercise
def loudest(_: Random) -> Question:
    """Use: the step from which a maximum over time comes."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, ...]:
        mask, units = padding_mask(generator)
        states = generator.uniform(-0.9, 0.1, (*mask.shape, units))
        states[~mask] = generator.uniform(0.2, 0.9)
        return states, mask

    def filled(states: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.where(mask[..., None], states, -1e9)

    return Function(
        text=(
            "Pooling takes the maximum of each unit over the steps. Which "
            "word does it come from? Write a function loudest(states, mask) "
            "in NumPy. The shapes are (batch, steps, units) and (batch, "
            "steps); the mask is False after the end of a review. It "
            "returns for each review and unit the index of the step with the "
            "largest state, (batch, units)."
        ),
        reference=lambda states, mask: filled(states, mask).argmax(axis=1),
        inputs=inputs,
        mistakes=[
            (
                lambda states, _: states.argmax(axis=1),
                "your function does not use the mask: it names steps behind "
                "the end of a review.",
            ),
            (
                lambda states, mask: (states * mask[..., None]).argmax(axis=1),
                "you multiplied by the mask: states behind the end became 0, "
                "and that is more than a negative state.",
            ),
            (
                lambda states, mask: filled(states, mask).max(axis=1),
                "your function returns the largest states themselves; asked "
                "for is where they stand.",
            ),
            (
                lambda states, mask: filled(states, mask).argmax(axis=2),
                "you went along the units: that is the loudest unit of each "
                "step, and not the loudest step of each unit.",
            ),
            (
                lambda states, mask: filled(states, mask).argmax(axis=1) + 1,
                "your steps are counted from one, and an index begins with "
                "zero.",
            ),
        ],
        because="what stands behind the end is too small to be a maximum.",
        hint="which number behind the end of a review can never be the "
        "largest, even where all its states are negative?",
    )


@SHEET.exercise
def ratio(draw: Random) -> Question:
    """Use: the log ratio of a word from four counts."""
    often, seldom = draw.randint(20, 90), draw.randint(2, 6)
    in_positive = 1000 * draw.randint(1400, 1600)
    in_negative = 1000 * draw.randint(1200, 1330)
    answer = log((often + 1) / in_positive) - log((seldom + 1) / in_negative)
    return Number(
        text=(
            f"{often} positive and {seldom} negative training reviews hold a "
            "word. With one added to the count of every word, the counts of "
            f"all words sum to {in_positive:,} in the positive reviews and "
            f"to {in_negative:,} in the negative ones. What is the log ratio "
            "r of the word?"
        ),
        answer=answer,
        tolerance=5e-3,
        mistakes={
            log(often / in_positive) - log(seldom / in_negative): (
                "no one was added to the two counts of the word: in the sums "
                "it was."
            ),
            -answer: (
                "the sign is turned round: evidence for positive is positive."
            ),
            answer / log(10): (
                "you took the logarithm to the base 10 (np.log10); ln is the "
                "natural one, np.log."
            ),
            log((often + 1) / (seldom + 1)): (
                "your counts are not divided by their sums, and there are "
                "more words on the positive side."
            ),
        },
        because=(
            "of all that is counted in positive reviews the word has a share, "
            "of all in negative ones a smaller share, and r compares the two."
        ),
        hint="compute two shares first, one for each kind of review, and "
        "compare with the formula which number has one added.",
    )


@SHEET.exercise
def errors(draw: Random) -> Question:
    """Turned round: from the probabilities given to the errors made."""
    sure, unsure = (10 * n for n in draw.sample(range(10, 41), 2))
    return Number(
        text=(
            "A perfectly calibrated model gives the probability 0.9 to "
            f"{sure} reviews and 0.6 to {unsure} reviews. It calls a review "
            "positive above one half. How many of these reviews does it get "
            "wrong, on average?"
        ),
        answer=(sure + 4 * unsure) // 10,
        mistakes={
            (9 * sure + 6 * unsure) // 10: (
                "this is how many of them are positive, and it called all of "
                "them so."
            ),
            (sure + unsure) / 4: (
                "you took the mean of the two probabilities; the groups are "
                "not of one size."
            ),
            sure // 10: "these are the errors among the sure answers alone.",
            4 * unsure // 10: (
                "these are the errors among the unsure answers alone: the "
                "others hold some too."
            ),
            0: (
                "calibrated does not mean always right: its doubts come true "
                "as often as it says."
            ),
        },
        because=(
            "one in ten of the first group is negative, and four in ten of "
            "the second, and the model calls all of them positive."
        ),
        hint="how many of ten reviews that got 0.9 are negative, if the "
        "model means what it says?",
    )


@SHEET.exercise
def promises(draw: Random) -> Question:
    """Judge: which steps promise more than new reviews keep."""
    return MultipleChoice(
        text=(
            "Somebody trains a network and reports its accuracy on the test "
            "reviews. In which of these cases does that test figure promise "
            "more than new reviews will keep?"
        ),
        right=[
            "The evidence is counted with the labels of the test reviews.",
            "The epoch with the highest accuracy on the test reviews is kept.",
            "Of ten seeds, the best one on the test reviews is reported.",
        ],
        mistakes={
            "Word vectors are learned from further texts, without labels.": (
                "what has no label cannot tell one: word vectors from further "
                "texts may be used, if you say so."
            ),
            "The test set is opened once, after every choice is made.": (
                "opening the test set once, when nothing is left to choose, "
                "is what it is there for."
            ),
            "The epoch with the highest accuracy on validation is kept.": (
                "choosing is what the validation reviews are for, and the "
                "test reviews were not asked."
            ),
        },
        draw=draw,
        because=(
            "either labels of test reviews have leaked into an input, or "
            "these reviews helped to choose what they then judge."
        ),
        hint="ask of each step which labels it has looked at, and whether "
        "somebody then picked what looked best.",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Repair: a pooled network that reads the zeros behind its words."""
    units = draw.randint(5, 16)
    pooled = partial(_pooled, units)
    return Model(
        text=(
            "This network pools the states of two readers. Zeros stand "
            "behind the words of a row, and with more of them its answer "
            "changes. Mend it, so that they have no say in any state of a "
            "word nor in what is pooled:\n"
            "    ids = keras.Input((None,), dtype='int32')\n"
            f"    x = layers.Embedding({WORDS}, 8)(ids)\n"
            f"    gru = layers.GRU({units}, return_sequences=True)\n"
            "    states = layers.Bidirectional(gru)(x)\n"
            "    most = layers.GlobalMaxPooling1D()(states)\n"
            "    head = layers.Dense(1, activation='sigmoid')\n"
            "    model = keras.Model(ids, head(most))\n"
            "The mean of the states is as good as their maximum here."
        ),
        build=pooled,
        demands=[
            Demand(
                lambda model: model.input_shape == (None, None),
                "your model no longer takes rows of ids of any length: the "
                "input was right.",
                lambda: pooled(steps=9),
            ),
            Demand(
                lambda model: model.output_shape == (None, 1),
                "one answer for each row is asked for.",
                lambda: pooled(outputs=2),
            ),
            Demand(
                lambda model: (
                    model.layers[-1].activation.__name__ == "sigmoid"
                ),
                "what your head gives is no probability between 0 and 1.",
                lambda: pooled(head="tanh"),
            ),
            Demand(
                lambda model: _reader(model).forward_layer.units == units,
                "the two readers are gone or of another size: keep them.",
                lambda: _pooled(units + 1),
            ),
            Demand(
                _order_blind,
                "your model does not pool all states: they may change places "
                "and the answer has to stay, and each of them has to count.",
                lambda: pooled(pool="last"),
            ),
            Demand(
                lambda model: _unmoved(model, _reader(model).output),
                "the reader that starts at the end still reads the zeros "
                "first: it is not told the mask.",
                lambda: pooled(mask=False),
            ),
            Demand(
                lambda model: _unmoved(model, model.outputs[0]),
                "the states of the words are right now, but pooling takes "
                "what stands behind them as well.",
                lambda: pooled(pool="all"),
            ),
        ],
        because="readers and pooling are told the mask and leave zeros out.",
        hint="the mask is needed in two places, and not every pooling layer "
        "listens to one.",
    )


def _pooled(
    units: int,
    *,
    steps: int | None = None,
    mask: bool = True,
    pool: str = "mean",
    outputs: int = 1,
    head: str = "sigmoid",
) -> Any:
    """Return a pooled network; pool is "mean", "last" or "all" states'."""
    import keras
    from keras import layers, ops

    ids = keras.Input((steps,), dtype="int32")
    x = layers.Embedding(WORDS, 8, mask_zero=mask)(ids)
    gru = layers.GRU(units, return_sequences=True)
    states = layers.Bidirectional(gru)(x)
    if pool == "mean":
        one = layers.GlobalAveragePooling1D()(states)
    else:
        one = states[:, -1] if pool == "last" else ops.mean(states, axis=1)
    return keras.Model(ids, layers.Dense(outputs, activation=head)(one))


def _reader(model: Any) -> Any:
    """Return a model's first bidirectional layer."""
    kinds = [type(layer).__name__ for layer in model.layers]
    return model.layers[kinds.index("Bidirectional")]


def _rows(zeros: int = 0) -> np.ndarray:
    """Return rows of five ids, zeros behind them: int32, (8, 5 + zeros)."""
    ids = np.random.default_rng(0).integers(1, WORDS, (8, 5))
    return np.pad(ids, [(0, 0), (0, zeros)]).astype("int32")


def _order_blind(model: Any) -> bool:
    """Tell whether the states may change places, and only places."""
    import keras

    states = _reader(model).output
    rest = keras.Model([*model.inputs, states], model.outputs[0])
    shape = (8, 5, states.shape[-1])
    drawn = np.random.default_rng(1).normal(size=shape).astype("float32")
    answer, moved, other = (
        np.array(rest([_rows(), values]))
        for values in (drawn, np.roll(drawn, 1, axis=1), -drawn)
    )
    return np.allclose(answer, moved, atol=1e-5) and not np.allclose(
        answer, other, atol=1e-5
    )


def _unmoved(model: Any, output: Any) -> bool:
    """Tell whether zeros behind a row leave an output of its words."""
    import keras

    part = keras.Model(model.inputs, output)
    few, many = (np.array(part([_rows(zeros)]))[:, :5] for zeros in (0, 6))
    return np.allclose(few, many, atol=1e-6)
