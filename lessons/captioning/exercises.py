"""The exercises of lesson 14: a picture goes in, letters come out."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from utils.exercises import (
    Demand,
    Model,
    Number,
    Question,
    Sheet,
    SingleChoice,
    Words,
)

SHEET = Sheet(14)

NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight")


@SHEET.exercise
def wanted(draw: Random) -> Question:
    """Recall: what the network has to name at each step."""
    name = draw.choice([name for name in NAMES if len(set(name)) > 3])
    return Words(
        text=(
            f'The network is trained on the caption "{name}". Which symbols '
            "is it to name, step by step, up to the last one that is not "
            'padding? Give a list such as ["a", "b"].'
        ),
        answer=[*name, "end"],
        mistakes={
            "start": (
                "the start is given at the first step; nobody asks for it."
            ),
            "padding": "stop before the padding.",
            "<end>": 'the lesson calls this symbol "end".',
            "space": "a space stands between two words; here is one.",
        },
        because="the row without its first id: what comes after each symbol "
        "that is given.",
        hint="write down what is given at each step, and below it what comes "
        "next.",
    )


@SHEET.exercise
def length(draw: Random) -> Question:
    """Use: how long the rows of ids become."""
    digits = draw.randint(4, 12)  # with 3, two mistakes are both 17
    return Number(
        text=(
            f"Pictures with {digits} digits side by side get captions such as "
            '"seven three ...". How many ids has a row that holds the longest '
            "of these captions, with its start and its end?"
        ),
        answer=6 * digits + 1,
        mistakes={
            5 * digits + 2: "there is a space between two words.",
            6 * digits - 1: "the start and the end are missing.",
            6 * digits: "either the start or the end is missing.",
            6 * digits + 2: (
                "after the last word there is the end, and no space."
            ),
            7 * digits: (
                "you gave each word its own start and end; the whole caption "
                "has one of each."
            ),
            10**digits: "this is how many captions there are.",
        },
        because="five letters per word, a space between two, a start and an "
        "end.",
        hint="do it for one digit and for two first, and compare with LENGTH "
        "and PAIR_LENGTH.",
    )


PAIRS = (("two", "three"), ("four", "five"), ("six", "seven"))
"""Captions that begin with the same letter."""


@SHEET.exercise
def greedy(draw: Random) -> Question:
    """Use: what greedy decoding writes, given all the captions."""
    first, second = draw.sample(draw.choice(PAIRS), 2)
    alone, rest = draw.sample(["one", "eight", "nine", "zero"], 2)
    best = draw.randint(36, 42)
    middle = draw.randint(32, best - 3)  # always above the second
    small = draw.randint(2, 4)
    chances = {
        alone: best,
        first: middle,
        second: 100 - best - middle - small,
        rest: small,
    }
    listed = draw.sample(sorted(chances), 4)
    line = ", ".join(f"{name} 0.{chances[name]:02}" for name in listed)
    return SingleChoice(
        text=(
            "For one picture a network gives these captions the "
            f"probabilities {line}, and nothing else. What does greedy "
            "decoding write?"
        ),
        right=first,
        mistakes={
            alone: (
                "this is the most probable caption, but its first letter is "
                "not the most probable letter."
            ),
            second: (
                "the first letter is right; go on with the more probable of "
                "the captions that begin with it."
            ),
            rest: "no step of greedy decoding leads there.",
        },
        draw=draw,
        because="two captions share the most probable first letter, and it "
        "is the likelier of the two.",
        hint="add up the probabilities of the captions by their first "
        "letters.",
    )


@SHEET.exercise
def step(draw: Random) -> Question:
    """Turned round: from a caption's probability to one step's."""
    name = draw.choice(["one", "two", "six"])
    tenths = draw.sample(range(4, 10), 4)
    hidden = draw.randrange(3)
    known = [n / 10 for k, n in enumerate(tenths) if k != hidden]
    answer = tenths[hidden] / 10
    whole = answer * math.prod(known)
    shown = [f"{n / 10}" for n in tenths]
    shown[hidden] = "p"
    steps = zip([*name, "end"], shown, strict=True)
    line = ", ".join(f"{symbol} {value}" for symbol, value in steps)
    return Number(
        text=(
            f'A network gives the caption "{name}" the probability '
            f"{whole:.4f}, and its symbols, each after those before it, the "
            f"probabilities {line}. How much is p?"
        ),
        answer=answer,
        tolerance=1e-3,
        mistakes={
            whole / math.prod(known[:-1]): (
                "the end mark is a step as well: its probability belongs to "
                "the product."
            ),
            math.prod(known): (
                "this is the product of the other three; it is the whole that "
                "you were given."
            ),
            whole * math.prod(known): (
                "you multiplied the whole by the others, and p goes the "
                "other way."
            ),
            whole: "this is the probability of the whole caption.",
        },
        because="the whole, divided by the other factors of the product.",
        hint="write the formula of the lesson with these four factors.",
    )


BOUNDED = ("tanh", "softsign", "hard_tanh")
"""Activations whose values fill the range from -1 to 1."""


KEEPING = ("Dropout", "Flatten", "GlobalAveragePooling1D", "Reshape")
"""Layers after which numbers lie between the same bounds as before; Dropout
while nothing is trained, for in training it scales what it keeps up."""


@SHEET.exercise
def encoder(draw: Random) -> Question:
    """Design: repair an encoder that hands over no usable state."""
    rows, columns, units = draw.sample(range(6, 60, 2), 3)

    def dense(
        *,
        shape: tuple[int, int] = (rows, columns),
        first: bool = True,
        last: bool = False,
        activation: str = "tanh",
        is_deep: bool = True,
    ) -> Any:
        """Return an encoder: where it flattens, and how it ends."""
        import keras
        from keras import layers

        stack = [
            layers.Flatten() if first else None,
            layers.Dense(128, activation="relu") if is_deep else None,
            layers.Dense(units, activation=activation),
            layers.Flatten() if last else None,
        ]
        return keras.Sequential(
            [keras.Input(shape), *(layer for layer in stack if layer)]
        )

    return Model(
        text=(
            f"A picture of {rows} by {columns} pixels is to become the first "
            f"state of a GRU with {units} units. This encoder builds without "
            "an error, but in two ways what it gives out is no such state. "
            "Repair it:\n"
            "    keras.Sequential([\n"
            f"        keras.Input(({rows}, {columns})),\n"
            '        layers.Dense(128, activation="relu"),\n'
            f'        layers.Dense({units}, activation="relu"),\n'
            "    ])"
        ),
        build=dense,
        demands=[
            Demand(
                lambda model: model.input_shape == (None, rows, columns),
                "the input is no longer the picture: its shape was right.",
                lambda: dense(shape=(rows + 1, columns)),
            ),
            Demand(
                lambda model: len(model.output_shape) == 2,
                "your encoder gives one vector for each row of the picture, "
                "and a state is one vector for all of it.",
                lambda: dense(first=False),
            ),
            Demand(
                lambda model: model.output_shape[-1] == units,
                "what comes out has not as many numbers as the GRU has units.",
                lambda: dense(first=False, last=True),
            ),
            Demand(
                lambda model: _ends_in(model) != "relu",
                "relu gives any number from 0 on; between which two numbers "
                "does a state lie?",
                lambda: dense(activation="relu"),
            ),
            Demand(
                lambda model: _ends_in(model) != "linear",
                "without an activation at the end the numbers may leave the "
                "range from -1 to 1, in which a state lies.",
                lambda: dense(activation="linear"),
            ),
            Demand(
                lambda model: _ends_in(model) in BOUNDED,
                "what your last layer gives out leaves the range from -1 to "
                "1, in which a state lies, or does not fill it.",
                lambda: dense(activation="sigmoid"),
            ),
            Demand(
                lambda model: _count_dense(model) > 1,
                "the layer with 128 units is gone: it was not wrong.",
                lambda: dense(is_deep=False),
            ),
        ],
        because="one vector per picture, as long as the state, and within its "
        "bounds.",
        hint="ask for output_shape, and compare with the encoder of the "
        "lesson layer by layer.",
    )


def _ends_in(model: Any) -> str:
    """Return the name of what sets the bounds of the numbers at the end."""
    *_, last = (
        layer for layer in model.layers if type(layer).__name__ not in KEEPING
    )
    activation = getattr(last, "activation", None)
    return activation.__name__ if activation else type(last).__name__.lower()


def _count_dense(model: Any) -> int:
    """Return how many ``Dense`` layers a model has."""
    from keras import layers

    return sum(isinstance(layer, layers.Dense) for layer in model.layers)
