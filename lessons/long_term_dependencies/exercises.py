"""The exercises of lesson 06: gradients are multiplied, step by step."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from utils.exercises import (
    Array,
    Demand,
    Function,
    Model,
    Number,
    Question,
    Sheet,
)

SHEET = Sheet(6)

GAIN = 1.2
"""Of the recurrent weights that explode: with 30 steps or more they do."""


@SHEET.exercise
def power(draw: Random) -> Question:
    """Recall: one factor per step."""
    weight = draw.choice([0.6, 0.7, 0.8, 0.9, 1.2, 1.3])
    steps = draw.randint(5, 9)
    return Number(
        text=(
            "A neuron without input and without tanh computes h_t = "
            f"{weight} * h_(t-1). What is the derivative of h_{steps} with "
            "respect to h_0?"
        ),
        answer=weight**steps,
        mistakes={
            weight * steps: (
                "you have added the factors of the steps: a chain of "
                "functions multiplies them."
            ),
            weight: "this is what one step does: there are more of them.",
            weight ** (steps - 1): (
                "one factor is missing: count the arrows between the states, "
                "from h_0 on."
            ),
            weight ** (steps + 1): (
                "this is one factor too many: count the arrows between the "
                "states, not the states."
            ),
            (1 - weight**2) ** steps: (
                "you have taken the slope of tanh, and this neuron has no "
                "tanh."
            ),
        },
        tolerance=2e-3,
        because="every step back multiplies by the same weight.",
        hint="write down h_1, then h_2, each with h_0 alone on the right.",
    )


FAR_TOO_SMALL = (
    "this is far too small, a step leaves more than a tenth. Divide the "
    "powers of ten by the number of steps, and take ten to the power of "
    "that, with its minus sign."
)


@SHEET.exercise
def factor(draw: Random) -> Question:
    """Turned round: from a line on a logarithmic axis to the factor."""
    lag = draw.choice([20, 25, 40, 50])
    powers = draw.randint(3, 12)
    return Number(
        text=(
            "On a picture with a logarithmic axis the norm of the gradient is "
            f"a straight line: 1 at lag 0 and 10^(-{powers}) at lag {lag}. By "
            "which factor does one step back multiply the norm?"
        ),
        answer=10 ** (-powers / lag),
        mistakes={
            -powers / lag: (
                "this is the slope of the line, the logarithm of the factor."
            ),
            powers / lag: (
                "this is the slope without its sign, and the slope is a "
                "logarithm."
            ),
            10 ** (powers / lag): (
                "with this factor the norm would grow on the way back."
            ),
            10**-powers / lag: FAR_TOO_SMALL,
            float(np.exp(-powers / lag)): (
                "you have used e, but the axis counts in powers of ten."
            ),
            10 ** (-lag / powers): FAR_TOO_SMALL,
        },
        tolerance=2e-3,
        because="the factor to the power of the lag is the whole fall.",
        hint="which number, multiplied by itself as often as the lag says, "
        "gives the norm at the right end?",
    )


@SHEET.exercise
def back(_: Random) -> Question:
    """Use: the gradient goes one step back."""

    def inputs(
        generator: np.random.Generator,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        units = int(generator.integers(3, 7))
        return (
            generator.normal(size=units),
            np.tanh(generator.normal(size=units)),
            generator.normal(size=(units, units)),
        )

    return Function(
        text=(
            "Write a function back(d_h, h, W_h) for a layer with tanh. It "
            "takes the gradient of the loss with respect to h_t, the state "
            "h_t itself and the recurrent weights, and returns the gradient "
            "with respect to h_(t-1)."
        ),
        reference=lambda d_h, h, W_h: (d_h * (1 - h**2)) @ W_h.T,
        inputs=inputs,
        mistakes=[
            (
                lambda d_h, h, W_h: (d_h * (1 - h**2)) @ W_h,
                "the slope is right, and the matrix is that of the way "
                "forward: it has to be turned over.",
            ),
            (
                lambda d_h, _h, W_h: d_h @ W_h.T,
                "your gradient has passed the weights and not tanh: its "
                "slope is missing.",
            ),
            (
                lambda d_h, h, W_h: (d_h @ W_h.T) * (1 - h**2),
                "both factors are there, in the wrong order: on the way back "
                "you meet tanh before the weights.",
            ),
            (
                lambda d_h, h, _W_h: d_h * (1 - h**2),
                "this is the gradient with respect to the sum a_t: the way "
                "through the weights is missing.",
            ),
            (
                lambda d_h, h, W_h: (d_h * (1 - np.tanh(h) ** 2)) @ W_h.T,
                "h_t has been through tanh already: your slope takes it "
                "twice.",
            ),
            (
                lambda d_h, h, W_h: (d_h * (1 - h)) @ W_h.T,
                "in the slope of tanh the state is squared.",
            ),
            (
                lambda d_h, h, W_h: W_h @ np.diag(h) @ d_h,
                "the slope of tanh is not the state: it is largest where the "
                "state is 0.",
            ),
        ],
        because="first through the slope of tanh, then through the weights.",
        hint="it is two of the five lines of the backward loop.",
    )


@SHEET.exercise
def stretch(draw: Random) -> Question:
    """Design: a large singular value whose gradient ends at once."""
    sigma = draw.randint(3, 60)
    return Array(
        text=(
            "A layer without tanh has two units. Give its recurrent matrix, 2 "
            f"by 2: its largest singular value is {sigma}, the gradient is "
            "exactly zero from lag 2 on, below the diagonal stands a zero, "
            "and no number in it is negative."
        ),
        answer=np.array([[0, sigma], [0, 0]], float),
        mistakes=[
            (
                np.array([[sigma, 0], [0, sigma]], float),
                "this matrix stretches every vector, at every step again.",
            ),
            (
                np.array([[sigma, 0], [0, 0]], float),
                "your matrix stretches the first direction at every step "
                "again: look at its square.",
            ),
            (
                np.array([[0, 0], [0, sigma]], float),
                "your matrix stretches the second direction at every step "
                "again: look at its square.",
            ),
            (
                np.array([[0, 0], [sigma, 0]], float),
                "its gradient ends where it should, but below the diagonal a "
                "zero was asked for.",
            ),
            (
                np.array([[0, sigma], [sigma, 0]], float),
                "your matrix swaps the two units and stretches both, at "
                "every step again.",
            ),
            (
                np.array([[0.5, sigma], [0, 0.5]], float),
                "with this diagonal the gradient becomes small and never "
                "exactly zero: the diagonal holds the eigenvalues.",
            ),
            (
                np.array([[0, sigma**2], [0, 0]], float),
                "you have squared: the singular value of such a matrix is "
                "the number in it.",
            ),
            (
                np.zeros((2, 2)),
                "the gradient is zero from lag 1 on, and nothing is "
                "stretched.",
            ),
        ],
        because=(
            "one vector is stretched once, into a direction which the matrix "
            "sends to zero."
        ),
        hint="after two steps the gradient has met the matrix twice: what "
        "must the matrix times itself be?",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Repair: a training whose loss turns nan."""
    steps, units = draw.sample(range(30, 60), 2)
    longest = draw.choice([0.5, 2.0, 3.0, 5.0])

    def network(
        activation: str = "linear",
        n: int = units,
        gain: float = GAIN,
        **clipping: float,
    ) -> Any:
        """Return a compiled model with its clipping."""
        import keras

        model = _layers(steps, n, activation, gain)
        optimizer = keras.optimizers.SGD(0.01, **clipping)
        model.compile(optimizer, loss="mse")
        return model

    return Model(
        text=(
            "The loss of this training turns nan. Leave the layers, SGD and "
            "its learning rate as they are, and add what cuts the gradient of "
            f"all variables together to a length of {longest} at most:\n"
            f"    too_large = keras.initializers.Orthogonal(gain={GAIN})\n"
            "    model = keras.Sequential([\n"
            f"        keras.Input(({steps}, 2)),\n"
            "        layers.SimpleRNN(\n"
            f'            {units}, "linear", recurrent_initializer=too_large\n'
            "        ),\n"
            "        layers.Dense(1),\n"
            "    ])\n"
            "    optimizer = keras.optimizers.SGD(0.01)\n"
            '    model.compile(optimizer, loss="mse")'
        ),
        build=lambda: network(global_clipnorm=longest),
        demands=[
            Demand(
                lambda model: model.layers[0].activation.__name__ == "linear",
                "another activation would help as well, but the layers were "
                "to stay as they are.",
                lambda: network("tanh", global_clipnorm=longest),
            ),
            Demand(
                lambda model: (
                    model.input_shape == (None, steps, 2)
                    and model.layers[0].units == units
                ),
                "the sizes of the network have changed: they were to stay "
                "as they are.",
                lambda: network(n=units + 1, global_clipnorm=longest),
            ),
            Demand(
                lambda model: (
                    model.layers[0].recurrent_initializer.gain == GAIN
                ),
                "smaller weights to begin with would help as well, but the "
                "layers were to stay as they are.",
                lambda: network(gain=1.0, global_clipnorm=longest),
            ),
            Demand(
                lambda model: model.optimizer is not None,
                "your model is not compiled: the remedy belongs to its "
                "optimiser.",
                lambda: _layers(steps, units, "linear"),
            ),
            Demand(
                lambda model: _rate(model) == 0.01,
                "SGD with its learning rate of 0.01 was to stay as it is.",
                lambda: _compiled(steps, units, longest),
            ),
            Demand(
                lambda model: model.optimizer.clipvalue is None,
                "clipvalue cuts every number on its own, and the direction "
                "of the gradient changes.",
                lambda: network(clipvalue=longest),
            ),
            Demand(
                lambda model: model.optimizer.clipnorm is None,
                "clipnorm measures each variable on its own: the joint step "
                "can be longer, and bends.",
                lambda: network(clipnorm=longest),
            ),
            Demand(
                lambda model: model.optimizer.global_clipnorm is not None,
                "nothing is clipped yet: which argument of the optimiser "
                "does it?",
                network,
            ),
            Demand(
                lambda model: model.optimizer.global_clipnorm == longest,
                "the right argument, with another length than the one asked "
                "for.",
                lambda: network(global_clipnorm=longest + 1),
            ),
        ],
        because="one length for all variables, and the direction is kept.",
        hint="the lesson names two arguments; only one of them keeps the "
        "direction of the whole step.",
    )


def _layers(
    steps: int, units: int, activation: str, gain: float = GAIN
) -> Any:
    """Return the network, not compiled."""
    import keras
    from keras import layers

    too_large = keras.initializers.Orthogonal(gain=gain)
    return keras.Sequential(
        [
            keras.Input((steps, 2)),
            layers.SimpleRNN(
                units, activation, recurrent_initializer=too_large
            ),
            layers.Dense(1),
        ]
    )


def _compiled(steps: int, units: int, longest: float) -> Any:
    """Return the network with a smaller learning rate."""
    import keras

    model = _layers(steps, units, "linear")
    optimizer = keras.optimizers.SGD(0.001, global_clipnorm=longest)
    model.compile(optimizer, loss="mse")
    return model


def _rate(model: Any) -> float | None:
    """Return the learning rate of SGD, None for another optimiser."""
    import keras

    if not isinstance(model.optimizer, keras.optimizers.SGD):
        return None
    return round(float(model.optimizer.learning_rate), 6)
