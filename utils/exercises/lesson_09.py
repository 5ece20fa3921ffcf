"""The exercises of lesson 09: two readers, one from each end."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from utils.exercises import (
    Function,
    Number,
    Question,
    Several,
    Shape,
    Sheet,
)

SHEET = Sheet(9)

WHOLE = (
    "telling which words of a finished letter are names",
    "saying whether a stored film review is positive",
    "marking the nouns of a sentence in a book",
    "translating a sentence that has been typed to its end",
    "finding the bars of a recorded song in which it is sung",
    "filling a gap in last year's temperatures",
)
TO_COME = {
    "forecasting the temperature of the next hour": (
        "the temperature you forecast is an input of the backward reader at "
        "the steps before it, or is not there yet."
    ),
    "suggesting the next word while somebody types": (
        "behind the word that is being typed there is nothing to read yet."
    ),
    "continuing a melody, note by note": (
        "the next note is the answer: while you train, the backward reader "
        "has read it."
    ),
    "subtitles that appear while somebody is speaking": (
        "the speaker has not finished, and an end to start from is missing."
    ),
    "an alarm one second after a fault in a machine": (
        "the alarm is due long before the measurements come to an end."
    ),
}


@SHEET.exercise
def shape(draw: Random) -> Question:
    """Recall: the shape that two readers hand on."""
    batch, steps, features, units = draw.sample(range(2, 40), 4)
    cell = draw.choice(["SimpleRNN", "GRU", "LSTM"])
    has_steps = draw.choice([True, False])
    mode = draw.choice(["concat", "sum", "ave"])
    width = 2 * units if mode == "concat" else units
    other = units if mode == "concat" else 2 * units
    switch = ", return_sequences=True" if has_steps else ""

    def axes(last: int, *, every: bool = has_steps) -> tuple[int, ...]:
        """Return a shape with or without its time axis."""
        return (batch, steps, last) if every else (batch, last)

    return Shape(
        text=(
            f"x has the shape ({batch}, {steps}, {features}). Which shape has "
            "the output of this layer?\n"
            f"    layers.Bidirectional(layers.{cell}({units}{switch}),\n"
            f'                         merge_mode="{mode}")(x)'
        ),
        answer=axes(width),
        mistakes={
            axes(other): (
                "the last axis counts one reader, and here the two stand "
                "side by side."
                if mode == "concat"
                else "the two are not put side by side here: look at "
                "merge_mode."
            ),
            axes(width, every=not has_steps): (
                "the width is right; look at return_sequences again."
            ),
            axes(other, every=not has_steps): (
                "look at return_sequences for the time axis, and at "
                "merge_mode for the width."
            ),
            axes(2 * features): (
                "the features do not leave the layer: what leaves it are "
                "states."
            ),
            (batch, 2 * steps, units): (
                "both readers leave their state at the same steps: the time "
                "axis does not get longer."
            ),
        },
        because="the inner layer settles the axes, merge_mode the width.",
        hint="write down the shape for one reader first.",
    )


def _cut(first: int, second: int) -> Callable[[np.ndarray], np.ndarray]:
    """Return a function that takes each half from a step of its own."""

    def halves(out: np.ndarray) -> np.ndarray:
        units = out.shape[-1] // 2
        return np.concatenate(
            [out[:, first, :units], out[:, second, units:]], axis=-1
        )

    return halves


@SHEET.exercise
def complete(_: Random) -> Question:
    """Use: the two states that have read everything."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray]:
        batch, steps, units = (
            int(n) for n in generator.permutation([2, 3, 4, 5])[:3]
        )
        return (generator.normal(size=(batch, steps, 2 * units)),)

    def swapped(out: np.ndarray) -> np.ndarray:
        units = out.shape[-1] // 2
        return np.concatenate([out[:, 0, units:], out[:, -1, :units]], axis=-1)

    def with_axis(out: np.ndarray) -> np.ndarray:
        return _cut(-1, 0)(out)[:, np.newaxis]

    return Function(
        text=(
            "out is what a Bidirectional layer with return_sequences=True and "
            'merge_mode="concat" hands on, as a NumPy array. Write a function '
            "complete(out) that returns what the same layer would hand on "
            "with return_sequences=False. The number of units is half of the "
            "last axis."
        ),
        reference=_cut(-1, 0),
        inputs=inputs,
        mistakes=[
            (
                lambda out: out[:, -1],
                "you have taken the last step whole: its backward half has "
                "read one step only.",
            ),
            (
                lambda out: out[:, 0],
                "you have taken the first step whole: its forward half has "
                "read one step only.",
            ),
            (
                _cut(0, -1),
                "both of your halves have read one step only: each reader is "
                "complete at the other end.",
            ),
            (
                swapped,
                "these are the two complete states; the forward one comes "
                "first.",
            ),
            (
                with_axis,
                "the values are right, and a time axis of length 1 is still "
                "there.",
            ),
            (
                lambda out: out,
                "your function returns all the steps as they came.",
            ),
        ],
        because="each reader is complete where its reading ends.",
        hint="say for each half at which step its reader has come to its end.",
    )


@SHEET.exercise
def units(draw: Random) -> Question:
    """Turned round: from the head's parameters to the units."""
    answer = draw.randint(11, 60)
    classes = draw.randint(3, 7)
    steps = draw.randint(4, 9)
    count = classes * (2 * answer + 1)
    return Number(
        text=(
            f"A tagger reads sentences of {steps} words. It has "
            "Bidirectional(GRU(?, return_sequences=True)), merged as Keras "
            f"does it by default, and behind it Dense({classes}) with {count} "
            "parameters. How many units has each reader?"
        ),
        answer=answer,
        mistakes={
            2 * answer: (
                "this is the width of the two together; each reader has its "
                "own share of it."
            ),
            2 * answer + 1: (
                "you have divided by the classes; the bias of each neuron is "
                "still in there, and two readers."
            ),
            answer + 0.5: (
                "the bias of each neuron has to go before you halve."
            ),
            count - classes: (
                "you have taken the biases away: now every neuron has one "
                "weight for each number it reads."
            ),
            count: "this is the count of parameters of the Dense layer.",
        },
        because=(
            "a neuron of the head has a weight for each unit of each reader, "
            "and a bias."
        ),
        hint="how many numbers does the head read at a step, and how many of "
        "them come from the forward reader?",
    )


@SHEET.exercise
def merge(_: Random) -> Question:
    """Repair: a merge that turns and joins the wrong axes."""

    def inputs(
        generator: np.random.Generator,
    ) -> tuple[np.ndarray, np.ndarray]:
        size = tuple(int(n) for n in generator.permutation([2, 3, 4, 5])[:3])
        return generator.normal(size=size), generator.normal(size=size)

    def join(
        turn: Callable[[np.ndarray], np.ndarray], axis: int
    ) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
        """Return a merge that turns the second array and joins along axis."""
        return lambda one, other: np.concatenate([one, turn(other)], axis=axis)

    return Function(
        text=(
            "forward and backward are the states of two layers of equal size, "
            "(batch, steps, units); the second has read the input turned "
            "round, and its states stand in its own order of reading. This "
            "function is to give what Bidirectional gives by default. Mend "
            "it:\n"
            "    def merged(forward, backward):\n"
            "        return np.concatenate([forward, backward[::-1]], axis=1)"
        ),
        reference=join(lambda states: states[:, ::-1], -1),
        inputs=inputs,
        mistakes=[
            (
                join(lambda states: states[::-1], 1),
                "your function does what it did before.",
            ),
            (
                join(lambda states: states[::-1], -1),
                "the states stand side by side now; what is turned round is "
                "still the batch, and each sentence meets another one.",
            ),
            (
                join(lambda states: states[:, ::-1], 1),
                "the time is turned round now; the states of the second "
                "reader still stand behind the last step.",
            ),
            (
                join(lambda states: states, -1),
                "nothing is turned round: at the first step stands a state "
                "that has read only the last.",
            ),
            (
                join(lambda states: states[..., ::-1], -1),
                "you have turned the units round: the time axis is in the "
                "middle.",
            ),
            (
                lambda one, other: np.concatenate(
                    [other[:, ::-1], one], axis=-1
                ),
                "both axes are right, and the forward states come first.",
            ),
            (
                lambda one, other: one + other[:, ::-1],
                'you have added the states, which is merge_mode="sum".',
            ),
        ],
        because="the time is turned back, and the units stand side by side.",
        hint="write the three axes down: which one has the second reader "
        "gone through backwards, and which one gets wider?",
    )


@SHEET.exercise
def allowed(draw: Random) -> Question:
    """Design: tasks in which a second reader may be used."""
    right = draw.sample(WHOLE, draw.choice([2, 3]))
    wrong = draw.sample(sorted(TO_COME), 5 - len(right))
    return Several(
        text="In which of these tasks may a bidirectional layer be used?",
        right=right,
        mistakes={task: TO_COME[task] for task in wrong},
        draw=draw,
        because="the whole sequence lies there when the answer is due.",
        hint="where does the backward reader begin, and is that there yet?",
    )
