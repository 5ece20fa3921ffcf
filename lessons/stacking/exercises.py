"""The exercises of lesson 05: one recurrent layer on another."""

from __future__ import annotations

from random import Random
from typing import Any

from utils.exercises import (
    Demand,
    Model,
    Number,
    Question,
    Shape,
    Sheet,
    SingleChoice,
)
from utils.parameters import count_parameters

SHEET = Sheet(5)


@SHEET.exercise
def shape(draw: Random) -> Question:
    """Recall: what comes out at the top of a stack."""
    steps, features, low, high, heads = draw.sample(range(2, 40), 5)
    every = draw.choice([True, False])
    switch = ", return_sequences=True" if every else ""
    one, many = (None, heads), (None, steps, heads)
    mistakes = {
        (None, steps, high): (
            "you stopped below the Dense layer, whose neurons are the last "
            "axis."
        ),
        (None, high): (
            "you stopped below the Dense layer, whose neurons are the last "
            "axis."
        ),
        (None, features, heads): (
            "the features are gone after the first layer, and this is no "
            "axis of time."
        ),
    }
    if every:
        mistakes[one] = (
            "both recurrent layers hand on all their states: the time axis "
            "goes all the way through."
        )
        mistakes[(steps, heads)] = "the batch is missing, the first axis."
    else:
        mistakes[many] = (
            "the upper recurrent layer hands on its last state only, so the "
            "time axis ends there."
        )
        mistakes[(heads,)] = "the batch is missing, the first axis."
    return Shape(
        text=(
            "What is the output shape of this stack?\n"
            "    keras.Sequential([\n"
            f"        keras.Input(({steps}, {features})),\n"
            f"        layers.SimpleRNN({low}, return_sequences=True),\n"
            f"        layers.SimpleRNN({high}{switch}),\n"
            f"        layers.Dense({heads}),\n"
            "    ])"
        ),
        answer=many if every else one,
        mistakes=mistakes,
        because="the last axis is the head's, and the time axis goes as far "
        "as the sequences are returned.",
        hint="write the shape after each layer, one below the other, and "
        "look at each switch.",
    )


@SHEET.exercise
def upper(draw: Random) -> Question:
    """Use: the parameters of the second layer."""
    steps, features = draw.randint(4, 20), draw.randint(50, 90)
    low, high = draw.sample(range(6, 30), 2)
    answer = count_parameters("simple_rnn", low, high).total
    return Number(
        text=(
            f"Samples of {steps} steps with {features} numbers each go into "
            f"SimpleRNN({low}, return_sequences=True), and on into "
            f"SimpleRNN({high}). How many parameters does the second of the "
            "two layers have?"
        ),
        answer=answer,
        mistakes={
            count_parameters("simple_rnn", features, low).total: (
                "this is the first layer; what does the second one read?"
            ),
            count_parameters("simple_rnn", features, high).total: (
                "the second layer does not see the input: it reads the "
                "states of the layer below."
            ),
            count_parameters("simple_rnn", high, low).total: (
                "you have taken the layers the other way round."
            ),
            answer * steps: "all steps use the same weights, here as well.",
            answer - high: "the biases of the second layer are missing.",
            high * (low + 1): (
                "W_h is missing: the second layer has a loop of its own."
            ),
            high * (low * steps + high + 1): (
                "the second layer reads one state of the first at a step, "
                "not all of them at once."
            ),
            answer + count_parameters("simple_rnn", features, low).total: (
                "these are both layers together; only one of them is asked "
                "for."
            ),
        },
        because="for the second layer the units below are its inputs.",
        hint="the formula is that of lesson 03; which number is d for the "
        "second layer?",
    )


@SHEET.exercise
def culprit(draw: Random) -> Question:
    """Turned round: from the message back to the layer to change."""
    depth = draw.randint(4, 6)
    named = draw.randint(3, depth)
    units = draw.sample(range(5, 60), depth)
    right = f"layer_{named - 1}"
    others = [n for n in range(1, depth + 1) if n not in (named, named - 1)]
    far = draw.sample(others, 2)
    return SingleChoice(
        text=(
            f"In a stack of {depth} SimpleRNN, layer_1 (below) to "
            f"layer_{depth} (on top), you read: Input 0 with name 'None' of "
            f"layer 'layer_{named}' is incompatible with the layer: expected "
            f"ndim=3, found ndim=2. Full shape received: (None, "
            f"{units[named - 2]}). Which layer do you change?"
        ),
        right=right,
        mistakes={
            f"layer_{named}": (
                "this is the layer that complains: it was given the wrong "
                "thing."
            ),
            f"layer_{far[0]}": (
                "follow the arrows: this one does not hand anything to the "
                "layer that complains."
            ),
            f"layer_{far[1]}": (
                "the layer that complains reads the states of another one: "
                "follow the arrows."
            ),
        },
        draw=draw,
        because="it handed on its last state only; give it "
        "return_sequences=True.",
        hint="which axis is missing, and which layer handed its states to "
        "the one that is named?",
    )


@SHEET.exercise
def depth(draw: Random) -> Question:
    """Turned round: from the rounds back to the number of layers."""
    steps, answer = draw.randint(20, 90), draw.randint(4, 12)
    rounds = steps + answer - 1
    return Number(
        text=(
            "Hardware that can compute as many cells at once as it likes "
            f"needs {rounds} rounds for a stack on {steps} time steps, and "
            "not fewer. How many layers has the stack?"
        ),
        answer=answer,
        mistakes={
            rounds - steps: (
                "that is how many rounds the stack needs more than one layer "
                "alone, so one layer is not counted."
            ),
            rounds / steps: (
                "you divided, as if the layers ran one after the other; they "
                "lag only one round behind each other."
            ),
            rounds - steps + 2: (
                "you added one too many: what does a single layer need?"
            ),
            1: "a single layer needs as many rounds as there are steps.",
        },
        because="one layer needs a round a step, and every further layer adds "
        "a single round.",
        hint="draw a grid of two layers and three steps, and write the round "
        "into each cell.",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Repair: a stack that answers at every step, and one that fails."""
    steps, features = draw.sample(range(3, 30), 2)
    low, middle, high = draw.sample(range(4, 40), 3)

    def stack(
        widths: tuple[int, ...] = (low, middle, high),
        *,
        every: bool = False,
        head: str = "sigmoid",
        answers: int = 1,
        size: int = features,
    ) -> Any:
        """Return a stack of recurrent layers with a head."""
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((steps, size))])
        for width in widths[:-1]:
            model.add(layers.SimpleRNN(width, return_sequences=True))
        model.add(layers.SimpleRNN(widths[-1], return_sequences=every))
        model.add(layers.Dense(answers, activation=head))
        return model

    return Model(
        text=(
            "This stack is to give one probability for the whole sequence. "
            "Two of its switches are wrong: one raises an error when you "
            "build the stack, the other does not. Repair them:\n"
            "    keras.Sequential([\n"
            f"        keras.Input(({steps}, {features})),\n"
            f"        layers.SimpleRNN({low}, return_sequences=True),\n"
            f"        layers.SimpleRNN({middle}),\n"
            f"        layers.SimpleRNN({high}, return_sequences=True),\n"
            '        layers.Dense(1, activation="sigmoid"),\n'
            "    ])"
        ),
        build=stack,
        demands=[
            Demand(
                lambda model: model.input_shape == (None, steps, features),
                "the input was right: it has another shape now.",
                lambda: stack(size=features + 1),
            ),
            Demand(
                lambda model: len(_widths(model)) == 3,
                "the stack has three recurrent layers; yours has another "
                "number of them.",
                lambda: stack((low, high)),
            ),
            Demand(
                lambda model: _widths(model) == [low, middle, high],
                "the units of the layers were right: leave them as they were.",
                lambda: stack((low, high, middle)),
            ),
            Demand(
                lambda model: len(model.output_shape) == 2,
                "your stack answers at every step: a layer hands on all its "
                "states where the last is enough.",
                lambda: stack(every=True),
            ),
            Demand(
                lambda model: model.output_shape == (None, 1),
                "one probability for a sequence is asked for, your head has "
                "more neurons.",
                lambda: stack(answers=2),
            ),
            Demand(
                lambda model: (
                    model.layers[-1].activation.__name__ == "sigmoid"
                ),
                "the activation of the head was right: leave it as it was.",
                lambda: stack(head="tanh"),
            ),
        ],
        because="all but the last return their sequences.",
        hint="go from below to the top and say for every recurrent layer who "
        "reads it: a recurrent layer, or the head?",
    )


@SHEET.exercise
def fair(draw: Random) -> Question:
    """Design: two layers with as many parameters as one."""
    features, wide = draw.randint(1, 4), draw.randint(24, 60)
    budget = count_parameters("simple_rnn", features, wide).total
    answer = 1
    while _two_layers(features, answer + 1) <= budget:
        answer += 1
    return Number(
        text=(
            f"One SimpleRNN({wide}) on {features} "
            f"{'feature' if features == 1 else 'features'} is to be compared "
            "with two layers of equal width on top of each other, which must "
            "not have more parameters than it. How many units may each of "
            "the two have at most? (Leave the head out.)"
        ),
        answer=answer,
        mistakes={
            wide: (
                "two layers of the same width are a larger network, and the "
                "comparison would not be fair."
            ),
            wide // 2: (
                "half the width makes W_h a quarter, not a half: the budget "
                "is not used up."
            ),
            answer + 1: "with so many units the two pass the budget.",
            answer - 1: "one unit more in each would still be in the budget.",
            budget: "this is the budget, in parameters and not in units.",
        },
        because="with one unit more in each, the two would have more "
        "parameters than the one.",
        hint="write the count of both layers as a function of their width, "
        "and let a loop try widths.",
    )


def _two_layers(features: int, units: int) -> int:
    """Return the parameters of two layers of equal width."""
    lower = count_parameters("simple_rnn", features, units)
    return lower.total + count_parameters("simple_rnn", units, units).total


def _widths(model: Any) -> list[int]:
    """Return the units of a model's SimpleRNN layers, from below."""
    from keras import layers

    return [
        layer.units
        for layer in model.layers
        if isinstance(layer, layers.SimpleRNN)
    ]
