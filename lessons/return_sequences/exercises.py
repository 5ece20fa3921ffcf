"""The exercises of lesson 04: what a recurrent layer hands on."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from utils import cells
from utils.exercises import (
    Demand,
    Function,
    Model,
    Number,
    Question,
    Shape,
    Sheet,
    SingleChoice,
)

SHEET = Sheet(4)


@SHEET.exercise
def shape(draw: Random) -> Question:
    """Recall: the shape that a layer hands on."""
    batch, steps, features, units = draw.sample(range(2, 40), 4)
    cell = draw.choice(["SimpleRNN", "GRU", "LSTM"])
    return Shape(
        text=(
            f"x has the shape ({batch}, {steps}, {features}). What is the "
            f"shape of {cell}({units}, return_sequences=True)(x)?"
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
    return SingleChoice(
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
            f"return_sequences=True and after it Dense({classes}), which has "
            f"{parameters} parameters. How many units does the recurrent "
            "layer have?"
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
        hint="write down the parameters of Dense(1) after 64 units, as in "
        "the lesson, and do the same sum backwards.",
    )


class ShortLSTM:
    """An LSTM with return_state=True that reads few steps at once.

    Its call is that of the Keras layer; the limit makes the student call it
    twice.

    Args:
        weights: Kernel, recurrent kernel and bias.
        longest: The most steps that one call takes.
    """

    def __init__(self, weights: list[np.ndarray], longest: int) -> None:
        """Keep the weights."""
        self.weights, self.longest = weights, longest

    def __call__(
        self, x: np.ndarray, initial_state: Any = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the output, the hidden state and the second state."""
        if x.shape[1] > self.longest:
            raise ValueError(
                f"this layer reads at most {self.longest} steps at once, "
                f"got {x.shape[1]}"
            )
        if initial_state is not None and (
            not isinstance(initial_state, list | tuple)
            or len(initial_state) != 2
        ):
            raise ValueError(
                "initial_state takes the two states of an LSTM, [h, c], got "
                f"{type(initial_state).__name__}"
            )
        trace = cells.lstm(x, *self.weights, initial_state=initial_state)
        h, c = trace.h[:, -1], trace.c[:, -1]
        return h, h, c


@SHEET.exercise
def resume(draw: Random) -> Question:
    """Use: a sequence read in two calls, the state carried on."""
    longest = draw.randint(5, 8)

    def inputs(
        generator: np.random.Generator,
    ) -> tuple[ShortLSTM, np.ndarray, int]:
        units, features = generator.permutation([2, 3, 4])[:2]
        shapes = (features, 4 * units), (units, 4 * units), (4 * units,)
        weights = [generator.normal(size=shape) for shape in shapes]
        cut = int(generator.integers(2, longest))
        x = generator.normal(size=(5, cut + longest, features))
        return ShortLSTM(weights, longest), x, cut

    def second_call(layer: Any, x: Any, cut: int, pick: Any) -> Any:
        """Return what the second call says, begun from picked states."""
        _, h, c = layer(x[:, :cut])
        return layer(x[:, cut:], initial_state=pick(h, c))[1]

    return Function(
        text=(
            "Write a function read_in_two(layer, x, cut). The layer is an "
            "LSTM with return_state=True (its call is that of Keras), but "
            f"it reads at most {longest} steps at once, and x has more. Let "
            "it read the first cut steps, then the rest, and return the last "
            "hidden state: the one that a single call would return."
        ),
        reference=lambda *given: second_call(*given, lambda h, c: [h, c]),
        inputs=inputs,
        mistakes=[
            (
                lambda layer, x, cut: layer(x[:, cut:])[1],
                "the second call has begun from zeros: pass the states on as "
                "initial_state.",
            ),
            (
                lambda *given: second_call(
                    *given, lambda h, c: [h, np.zeros_like(c)]
                ),
                "the hidden state came along, but the second state began "
                "from zeros.",
            ),
            (
                lambda *given: second_call(*given, lambda h, _: [h, h]),
                "you passed the hidden state on twice: output and hidden "
                "state are the same array here, and the second state is the "
                "third.",
            ),
            (
                lambda *given: second_call(*given, lambda h, c: [c, h]),
                "the two states have changed places: the hidden state comes "
                "first.",
            ),
            (
                lambda layer, x, cut: layer(x[:, :cut])[1],
                "this is the state after the first part.",
            ),
            (
                lambda layer, x, cut: layer(
                    x[:, cut:], initial_state=layer(x[:, :cut])[1:]
                )[2],
                "you returned the second state; the hidden state is asked "
                "for.",
            ),
        ],
        because="all that a layer hands to its next step are its states.",
        hint="count the arrays that the first call returns, and say for each "
        "one whether the second call needs it.",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Design: repair a model that builds and is wrong twice."""
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
            "to say after each hour how probable rain is. Two things in it "
            "are wrong. Repair them:\n"
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
                lambda model: getattr(model.layers[0], "units", 0) == units,
                "the recurrent layer is no longer a single one with the same "
                "number of units: that was not wrong.",
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
    """Return the name of the last layer's activation.

    ``TimeDistributed(Dense(...))`` is as good as ``Dense(...)``.
    """
    last = model.layers[-1]
    return getattr(last, "layer", last).activation.__name__
