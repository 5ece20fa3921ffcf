"""The exercises of lesson 04: what a recurrent layer hands on."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from utils.exercises import (
    Choice,
    Demand,
    Function,
    Model,
    Number,
    Question,
    Shape,
    Sheet,
)

SHEET = Sheet(4)


@SHEET.exercise
def shape(draw: Random) -> Question:
    """Recall: the shape that a layer hands on."""
    batch, steps, features, units = draw.sample(range(2, 40), 4)
    cell = draw.choice(["SimpleRNN", "GRU", "LSTM"])
    return Shape(
        text=(
            f"x has the shape ({batch}, {steps}, {features}). Which shape has "
            f"the output of {cell}({units}, return_sequences=True)(x)?"
        ),
        answer=(batch, steps, units),
        mistakes={
            (batch, units): (
                "you gave (batch, units), the last state alone: here "
                "return_sequences is on."
            ),
            (batch, steps, features): (
                "the last axis still has the features of the input: what "
                "leaves the layer are states."
            ),
            (steps, units): (
                "this is the output for one sample: the batch is missing."
            ),
            (batch, units, steps): (
                "time steps and units have changed places: the time axis "
                "stays where it was."
            ),
            (batch, steps, features, units): (
                "features and units are not both there: the cell turns the "
                "one into the other at every step."
            ),
        },
        because="one state for each sample and each time step.",
        hint="which axis of the input does the cell read along, and which "
        "one does it replace?",
    )


@SHEET.exercise
def switches(draw: Random) -> Question:
    """Turned round: from the output back to the switches."""
    batch, steps, features, units = draw.sample(range(2, 40), 4)
    state = f"({batch}, {units})"
    states = f"({batch}, {steps}, {units})"
    return Choice(
        text=(
            f"Somebody has called LSTM({units}, ...) on an input of the shape "
            f"({batch}, {steps}, {features}) and got back three arrays: "
            f"{states}, {state} and {state}. How were the switches set?"
        ),
        right="return_sequences=True, return_state=True",
        mistakes={
            "return_sequences=True": (
                "that hands on all the states and nothing else: one array, "
                "not three."
            ),
            "return_state=True": (
                "that gives three arrays too, but in the first one the time "
                "axis would be missing."
            ),
            "both left at False": (
                "by default one array comes back, the last state."
            ),
        },
        draw=draw,
        because=(
            "the time axis in the first array comes from return_sequences, "
            "the two states beside it from return_state."
        ),
        hint="look at the number of arrays first, and then at the number of "
        "axes of the first array.",
    )


@SHEET.exercise
def units(draw: Random) -> Question:
    """Turned round: from a parameter count to the units."""
    steps, share, classes = (
        draw.randint(5, 9),
        draw.randint(3, 6),
        draw.randint(3, 6),
    )
    answer = steps * share - 1
    parameters = (answer + 1) * classes
    return Number(
        text=(
            f"A model reads {steps} steps. It has one recurrent layer with "
            f"return_sequences=True and behind it Dense({classes}), which has "
            f"{parameters} parameters. How many units has the recurrent "
            "layer?"
        ),
        answer=answer,
        mistakes={
            answer + 1: (
                "you divided the parameters by the classes, and one of each "
                "neuron's parameters is its bias."
            ),
            parameters - classes: (
                "you took the biases away; now every neuron has one weight "
                "for each unit."
            ),
            share - 1: (
                "you shared the parameters among the steps, but one head "
                "serves all of them."
            ),
            share: (
                "you shared the parameters among the steps, and the bias is "
                "in there as well."
            ),
            parameters: "this is the count of parameters of the Dense layer.",
        },
        because=(
            "each neuron of the Dense layer has one weight for each unit and "
            "one bias, and the steps share them."
        ),
        hint="write down the parameters of Dense(1) behind 64 units, as in "
        "the lesson, and do the same sum backwards.",
    )


@SHEET.exercise
def last(_: Random) -> Question:
    """Use: all states, cut to what the default hands on."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray]:
        sizes = generator.permutation([3, 4, 5, 6])[:3]
        return (generator.normal(size=tuple(sizes)),)

    return Function(
        text=(
            "Write a function last(states). It takes what a layer with "
            "return_sequences=True hands on, as a NumPy array, and returns "
            "what the same layer would hand on without it."
        ),
        reference=lambda states: states[:, -1],
        inputs=inputs,
        mistakes=[
            (
                lambda states: states[-1],
                "your function returns all the states of the last sample: "
                "the first axis is the batch.",
            ),
            (
                lambda states: states[..., -1],
                "your function returns one unit at all steps: the last axis "
                "is the units.",
            ),
            (
                lambda states: states[:, 0],
                "your function returns the state after the first step.",
            ),
            (
                lambda states: states[:, -1:],
                "the values are right, but the time axis is still there, "
                "with one step: an index takes it away, a slice does not.",
            ),
            (
                lambda states: states,
                "your function returns all the states as they came.",
            ),
            (
                lambda states: states.mean(axis=1),
                "your function returns the mean over the steps.",
            ),
        ],
        because="every sample, its last step, every unit.",
        hint="write the three axes above one another, and say for each one "
        "whether you keep it.",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Design: repair a model that runs and is wrong twice."""
    steps, features, units = draw.sample(range(3, 30), 3)

    def stack(
        *, states: bool = True, head: str = "sigmoid", n: int = 1
    ) -> Any:
        """Return a model with one recurrent layer and a head."""
        import keras
        from keras import layers

        return keras.Sequential(
            [
                keras.Input((steps, features)),
                layers.SimpleRNN(units, return_sequences=states),
                layers.Dense(n, activation=head),
            ]
        )

    return Model(
        text=(
            f"A model is to read {steps} hours of {features} measurements and "
            "to say after each hour how probable rain is. It runs, and two "
            "things in it are wrong. Mend them:\n"
            "    keras.Sequential([\n"
            f"        keras.Input(({steps}, {features})),\n"
            f"        layers.SimpleRNN({units}),\n"
            '        layers.Dense(1, activation="softmax"),\n'
            "    ])"
        ),
        build=stack,
        demands=[
            Demand(
                lambda model: model.input_shape == (None, steps, features),
                "the input is no longer what the task says: its shape was "
                "right.",
                lambda: _model((steps + 1, features), units),
            ),
            Demand(
                lambda model: len(model.output_shape) == 3,
                "your model gives one answer for the whole sequence: "
                "return_sequences is off.",
                lambda: stack(states=False, n=steps),
            ),
            Demand(
                lambda model: model.output_shape[-1] == 1,
                "one probability after each hour is asked for, your head has "
                "more neurons than that.",
                lambda: stack(n=2),
            ),
            Demand(
                lambda model: "softmax" not in _activation(model),
                "softmax on one neuron divides a number by itself and always "
                "says 1.",
                lambda: stack(head="softmax"),
            ),
            Demand(
                lambda model: _activation(model) == "sigmoid",
                "what your head gives is no probability between 0 and 1: "
                "look at its activation.",
                lambda: stack(head="tanh"),
            ),
            Demand(
                lambda model: model.layers[0].units == units,
                "the number of units has changed: it was not wrong.",
                lambda: _model((steps, features), units + 1),
            ),
        ],
        because="a state after every hour, and a sigmoid on each of them.",
        hint="say the shape of the output aloud, and then what the last "
        "activation does with a single number.",
    )


def _model(shape_in: tuple[int, int], units: int) -> Any:
    """Return the repaired model for other sizes."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape_in),
            layers.SimpleRNN(units, return_sequences=True),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def _activation(model: Any) -> str:
    """Return the name of the last layer's activation."""
    return model.layers[-1].activation.__name__
