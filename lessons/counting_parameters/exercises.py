"""The exercises of lesson 03: where the parameters are."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from utils.exercises import (
    Demand,
    Expression,
    Model,
    Number,
    Question,
    Sheet,
    SingleChoice,
)
from utils.parameters import count_parameters

SHEET = Sheet(3)

FORMULAS = {
    "LSTM(u)": ("4*u*(d+u+1)", "it has four sets, each with its bias."),
    "GRU(u)": ("3*u*(d+u+2)", "it has three sets, and two rows of bias."),
    "GRU(u, reset_after=False)": (
        "3*u*(d+u+1)",
        "it has three sets, and one row of bias.",
    ),
    "Bidirectional(SimpleRNN(u))": (
        "2*u*(d+u+1)",
        "two layers that share nothing.",
    ),
    "Bidirectional(LSTM(u))": (
        "8*u*(d+u+1)",
        "two layers with four sets each.",
    ),
    "SimpleRNN(u, use_bias=False)": (
        "u*(d+u)",
        "the row of the bias falls away.",
    ),
}
KINDS = {"SimpleRNN": "simple_rnn", "GRU": "gru", "LSTM": "lstm"}
"""Name in Keras -> name in ``utils.parameters``."""

OTHERS = {
    "u*(d+u+1)": "this is one set, that of a SimpleRNN with its bias.",
    "u*(d+u)": "each neuron has a bias too, the last row of the rectangle.",
    "2*u*(d+u+1)": "these are two sets; count again what the layer has.",
    "3*u*(d+u+1)": "three sets with one bias each are not this layer.",
    "3*u*(d+u+2)": "this is three sets, with two rows of bias.",
    "4*u*(d+u+1)": "these are four sets; count again what the layer has.",
    "u*d": "these are the weights of the input; the layer has more than W_x.",
}


@SHEET.exercise
def formula(draw: Random) -> Question:
    """Recall: the formula of a layer."""
    layer = draw.choice(list(FORMULAS))
    answer, because = FORMULAS[layer]
    mistakes = dict(OTHERS)
    mistakes.pop(answer, None)
    return Expression(
        text=(
            f"A layer {layer} reads d numbers per step. How many parameters "
            "does it have? Write a formula with d and u."
        ),
        names=["d", "u"],
        answer=answer,
        mistakes=mistakes,
        because=because,
        hint="draw the rectangle of one set, as wide as there are units; "
        "then say how many of them the layer has.",
    )


@SHEET.exercise
def total(draw: Random) -> Question:
    """Use: a model for one-hot words, with its head."""
    steps, units = draw.randint(3, 9), draw.randint(5, 16)
    words, classes = draw.randint(3, 9) * 100, draw.randint(2, 4)
    layer = units * (words + units + 1)
    head = units * classes + classes
    return Number(
        text=(
            f"One-hot words from a vocabulary of {words} go in, {steps} steps "
            f"per sample, into SimpleRNN({units}) and then Dense({classes}). "
            "How many parameters does the model have?"
        ),
        answer=layer + head,
        mistakes={
            layer: "this is the recurrent layer alone: the head has some too.",
            head: "this is the head alone: look at the layer below it.",
            layer + units * classes: (
                "the biases of the head are missing: each of its neurons has "
                "one."
            ),
            units * (words + units) + head: (
                "the biases of the recurrent layer are missing."
            ),
            units * (words + units) + units * classes: (
                "you counted the weights and left all the biases out."
            ),
            units * (words + 1) + head: (
                "W_h is missing: every unit hears all the units of the step "
                "before."
            ),
            units * (words + 2) + head: (
                "you gave every unit one weight of the loop; it hears all the "
                "units, not only itself."
            ),
            layer * steps + head: (
                "you counted the recurrent layer once per step, and all steps "
                "use the same arrays."
            ),
            layer * steps + head * steps: (
                "you counted everything once per step, and all steps use the "
                "same arrays."
            ),
            units * (words * steps + units + 1) + head: (
                "you laid the steps side by side; the layer reads one of them "
                "at a time."
            ),
            layer + words * classes + classes: (
                "the head does not read the words: it reads what the layer "
                "below hands on."
            ),
        },
        because="a rectangle for the layer, a smaller one for the head.",
        hint="count for one neuron of each layer what it listens to, and add "
        "its bias.",
    )


@SHEET.exercise
def summary(draw: Random) -> Question:
    """Transfer: from the rows of a summary back to the layers."""
    below, above = draw.sample(list(KINDS), 2)
    steps, size = draw.randint(10, 30), draw.randint(4, 9)
    wide, narrow = 2 * draw.randint(6, 10), draw.randint(3, 5)
    counts = [
        _layer(below, size, wide),
        _layer(above, wide, narrow),
        narrow + 1,
    ]
    shapes = [f"(None, {steps}, {wide})", f"(None, {narrow})", "(None, 1)"]
    rows = "\n".join(
        f"    layer {number}    {shape:16}{count:8,}"
        for number, (shape, count) in enumerate(
            zip(shapes, counts, strict=True), start=1
        )
    )
    half = f"Bidirectional({below}({wide // 2}))"
    return SingleChoice(
        text=(
            f"Sequences of {steps} steps with {size} numbers per step go into "
            "a model whose summary has these output shapes and counts:\n"
            f"{rows}\nWhich layers are these? (All but the last recurrent "
            "layer return their sequences.)"
        ),
        right=_stack(f"{below}({wide})", f"{above}({narrow})"),
        mistakes={
            _stack(f"{above}({wide})", f"{below}({narrow})"): (
                "the shapes fit, but your first layer would have "
                f"{_layer(above, size, wide):,} parameters."
            ),
            _stack(f"{below}({wide})", f"{below}({narrow})"): (
                "the first layer fits, but your second one would have "
                f"{_layer(below, wide, narrow):,} parameters."
            ),
            _stack(half, f"{above}({narrow})"): (
                "the shapes fit, but your first layer would have "
                f"{2 * _layer(below, size, wide // 2):,} parameters: half as "
                "many columns twice, and fewer rows."
            ),
        },
        draw=draw,
        because="for each row the units are in the shape, and the count "
        "divided by units and height gives the sets.",
        hint="read the units from the shape, compute the area of one set, "
        "and divide the count by it (a GRU leaves a remainder: its second "
        "row of bias).",
    )


def _stack(below: str, above: str) -> str:
    """Return a stack with a head, as one writes it down."""
    return f"{below}, {above}, Dense(1)"


def _layer(name: str, inputs: int, units: int) -> int:
    """Return the parameters of one of ``KINDS``."""
    return count_parameters(KINDS[name], inputs, units).total


@SHEET.exercise
def inputs(draw: Random) -> Question:
    """Turned round: from two counts of a GRU to its inputs."""
    units, answer = draw.sample(range(6, 30), 2)
    book = count_parameters("gru", answer, units, reset_after=False).total
    keras = count_parameters("gru", answer, units).total
    return Number(
        text=(
            f"A book derives {book:,} parameters for a GRU, and the program "
            f"beside it, written with Keras, prints {keras:,}. Both are "
            "right. How many numbers does the GRU read per step?"
        ),
        answer=answer,
        mistakes={
            units: (
                "this is the number of its units; go on from there to what "
                "it reads."
            ),
            keras - book: (
                "this is the difference, the second row of bias of all three "
                "sets."
            ),
            answer + units: (
                "the units are still in this number: they are rows of the "
                "rectangle too."
            ),
            answer + units + 1: (
                "this is the height of the whole rectangle, with the rows of "
                "W_h and b."
            ),
            answer + 1: "you forgot the row of the bias in the height.",
            book // units - units - 1: (
                "you took all three sets for one: the rectangle is three "
                "times as wide as its units."
            ),
        },
        because="the difference gives the units, the units give the height, "
        "the height gives the inputs.",
        hint="begin with the difference of the two counts: which parameters "
        "does Keras have in addition?",
    )


@SHEET.exercise
def budget(draw: Random) -> Question:
    """Design: the widest layer that a budget allows."""
    name, cell = draw.choice(
        [("SimpleRNN", "simple_rnn"), ("LSTM", "lstm"), ("GRU", "gru")]
    )
    size, limit = draw.randint(5, 40), draw.randint(20, 60) * 100
    most = 1
    while _cost(cell, size, most + 1) <= limit:
        most += 1

    def model(
        kind: str = name,
        features: int = size,
        width: int = most,
        steps: int | None = None,
        heads: Sequence[int] = (1,),
        biased: bool = True,
    ) -> Any:
        """Return a model with one recurrent layer and its heads."""
        import keras
        from keras import layers

        return keras.Sequential(
            [
                keras.Input((steps, features)),
                getattr(layers, kind)(width, use_bias=biased),
                *map(layers.Dense, heads),
            ]
        )

    def is_default(it: Any) -> bool:
        """Tell whether both layers have the counts that Keras gives them."""
        layer, head = (part.count_params() for part in it.layers)
        units = it.layers[0].units
        return (layer, layer + head) == (
            count_parameters(cell, size, units).total,
            _cost(cell, size, units),
        )

    other = "LSTM" if name == "GRU" else "GRU"
    return Model(
        text=(
            f"Build a model that reads sequences of any length with {size} "
            f"numbers per step through one {name}, with Keras's defaults, and "
            "ends in Dense(1). Give the recurrent layer as many units as you "
            f"can, such that the whole model has at most {limit:,} "
            "parameters."
        ),
        build=model,
        demands=[
            Demand(
                lambda it: it.input_shape[1:] == (None, size),
                "the input is not what was asked for: any number of steps, "
                "and the numbers per step.",
                lambda: model(steps=3),
            ),
            Demand(
                lambda it: type(it.layers[0]).__name__ == name,
                "the first layer is of another kind than the one asked for.",
                lambda: model(kind=other),
            ),
            Demand(
                lambda it: it.output_shape == (None, 1),
                "your model does not end in one number per sample.",
                lambda: model(heads=[2]),
            ),
            Demand(
                lambda it: len(it.layers) == 2,
                "your model has other layers than the two that were asked "
                "for.",
                lambda: model(heads=[1, 1]),
            ),
            Demand(
                is_default,
                "one of your layers does not have the parameters that it has "
                "with Keras's defaults.",
                lambda: model(biased=False),
            ),
            Demand(
                lambda it: it.count_params() <= limit,
                "your model costs more than the budget; its head counts too.",
                lambda: model(width=most + 1),
            ),
            Demand(
                lambda it: it.layers[0].units == most,
                "your model keeps to the budget, and a wider layer would fit "
                "into it too.",
                lambda: model(width=most - 1),
            ),
        ],
        because="one unit more, and the budget would be passed.",
        hint="write the count of the whole model as a function of the units, "
        "and let a loop try them.",
    )


def _cost(cell: str, size: int, units: int) -> int:
    """Return the parameters of a recurrent layer and a head of one."""
    return count_parameters(cell, size, units).total + units + 1
