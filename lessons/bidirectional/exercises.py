"""The exercises of lesson 09: two readers, one from each end."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from utils.exercises import (
    Function,
    MultipleChoice,
    Number,
    Question,
    Shape,
    Sheet,
)

SHEET = Sheet(9)

WHOLE = (
    "a finished letter: for each word, whether it is a name",
    "a stored film review: once, whether it is positive",
    "the 24 hours that have passed: once, the temperature of the next hour",
    "the notes played so far: once, the note that follows them",
    "a recorded song: for each second, whether somebody sings",
    "a sentence typed to its end: once, the vector it is translated from",
)
TOO_EARLY = {
    "a day's temperatures: at each hour, that of the hour after it": (
        "the temperature asked for is the next input, and the backward "
        "reader has read it; in use it is not there yet."
    ),
    "a melody: at each note, the note after it": (
        "the note asked for is the next input: while you train, the backward "
        "reader has read it."
    ),
    "a text: at each word, the word after it": (
        "the word asked for is the next input, and the backward reader has "
        "read it."
    ),
    "a machine's day: at each second, an alarm due in that second": (
        "an alarm is due long before the day ends, and the backward reader "
        "begins at the end."
    ),
    "a speech: at each word, its subtitle, due before the next word": (
        "a subtitle is due long before the speech ends, and the backward "
        "reader begins at the end."
    ),
}


@SHEET.exercise
def shape(draw: Random) -> Question:
    """Recall: the shape that two readers return."""
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
            'merge_mode="concat" returns, as a NumPy array. Write a function '
            "complete(out) that returns what the same layer would return "
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
            f"does it by default, and after it Dense({classes}) with {count} "
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
            "function is to return what Bidirectional returns by default. "
            "Repair it:\n"
            "    def both_states(forward, backward):\n"
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
                "reader still stand after the last step.",
            ),
            (
                join(lambda states: states, -1),
                "nothing is turned round: the backward state at the first "
                "step has read only the last.",
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
    wrong = draw.sample(sorted(TOO_EARLY), 5 - len(right))
    return MultipleChoice(
        text=(
            "A bidirectional layer reads a sequence once, as a whole. Before "
            "the colon stands what it reads, after it which answers are "
            "wanted and when. Where may it be used?"
        ),
        right=right,
        mistakes={task: TOO_EARLY[task] for task in wrong},
        draw=draw,
        because=(
            "all that is read is there, in use as well, when the answer is "
            "due."
        ),
        hint="for each answer: has the whole sequence come by then, in use "
        "as well?",
    )
