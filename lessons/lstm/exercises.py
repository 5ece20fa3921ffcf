"""The exercises of lesson 07: two states and three gates."""

from __future__ import annotations

from functools import partial
from math import exp, log, tanh
from random import Random
from typing import Any

import numpy as np

from lessons.lstm.coupled import coupled
from utils import cells
from utils.exercises import (
    Demand,
    Function,
    Model,
    Number,
    Question,
    Sheet,
    SingleChoice,
)

SHEET = Sheet(7)

KEPT = ("the old cell state is wiped", "the old cell state is kept")
WRITTEN = ("nothing new is written", "something new is written")
SHOWN = ("the state is hidden", "the state is shown")


@SHEET.exercise
def gates(draw: Random) -> Question:
    """Recall: what three gates do at a step."""
    is_open = [draw.random() < 0.5 for _ in range(3)]
    forget, write, show = (
        round(draw.uniform(0.94, 0.99) if wide else draw.uniform(0, 0.06), 2)
        for wide in is_open
    )

    def said(turned: int | None = None) -> str:
        """Return what happens, with one of the gates misread."""
        open_gates = [
            wide != (gate == turned) for gate, wide in enumerate(is_open)
        ]
        return ", ".join(
            words[wide]
            for words, wide in zip(
                (KEPT, WRITTEN, SHOWN), open_gates, strict=True
            )
        )

    return SingleChoice(
        text=(
            f"At one step of an LSTM the forget gate of a unit is {forget}, "
            f"its input gate {write} and its output gate {show}. What happens "
            "in this unit?"
        ),
        right=said(),
        mistakes={
            said(0): (
                "look at the forget gate again, and mind its name: it says "
                "which share stays."
            ),
            said(1): (
                "look at the input gate again: it multiplies the candidate "
                "before that is added."
            ),
            said(2): (
                "look at the output gate again: it multiplies tanh of the "
                "cell state."
            ),
        },
        draw=draw,
        because="each gate multiplies: near 0 it shuts off, near 1 it passes.",
        hint="take one gate at a time, and say what it multiplies.",
    )


@SHEET.exercise
def step(draw: Random) -> Question:
    """Use: one step of one unit, by hand."""
    before = draw.choice([0.6, 0.8, 1.5, 2.0])
    f, i, o = draw.sample([0.2, 0.3, 0.4, 0.6, 0.7, 0.9], 3)
    g = draw.choice([-0.8, -0.5, 0.5, 0.8])
    after = f * before + i * g
    return Number(
        text=(
            f"One unit of an LSTM has the cell state {before}. At the next "
            f"step its forget gate is {f}, its input gate {i}, its candidate "
            f"{g} and its output gate {o}. Which hidden state does the unit "
            "put out?"
        ),
        answer=o * tanh(after),
        mistakes={
            after: (
                "this is the new cell state: two things happen to it before "
                "it leaves the layer."
            ),
            o * after: (
                "the output gate multiplies what tanh has made of the cell "
                "state."
            ),
            tanh(after): "you have shown all of it: the output gate is left.",
            o * tanh((1 - f) * before + i * g): (
                "a forget gate says which share stays, not which share goes."
            ),
            o * tanh(f * before + g): (
                "the candidate was added whole: the input gate is missing."
            ),
            o * tanh(f * before + i * tanh(g)): (
                "the candidate has been through tanh already."
            ),
            o * tanh(f * before): "nothing has been written: add i times g.",
            o * tanh(i * g): "the old cell state is missing from the sum.",
        },
        tolerance=1e-3,
        because="keep a part, add a part, and show a part of its tanh.",
        hint="compute the new cell state first; it is a sum of two products.",
    )


@SHEET.exercise
def loop(_: Random) -> Question:
    """Use: the loop of a cell, written anew for another cell."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, ...]:
        batch, steps, features, units = generator.integers(2, 6, 4)
        return (
            generator.normal(size=(batch, steps, features)),
            generator.normal(size=(features, 3 * units)),
            generator.normal(size=(units, 3 * units)),
            generator.normal(size=3 * units),
        )

    def last(*arrays: np.ndarray) -> np.ndarray:
        return coupled(*arrays)[:, -1]

    return Function(
        text=(
            "In a coupled LSTM the forget gate has no weights: f_t is 1 - "
            "i_t, so whatever is written takes the place of something old. "
            "Write a function coupled(x, W, U, b) that runs it. x has the "
            "shape (batch, timesteps, features); the columns of W, U and b "
            "come in three blocks, i, g, o; both states begin at 0. Return "
            "the cell state after every step, (batch, timesteps, units)."
        ),
        reference=coupled,
        inputs=inputs,
        mistakes=[
            (
                partial(coupled, gives=0),
                "these are the hidden states: the cell states were asked for.",
            ),
            (last, "this is the state after the last step: keep all of them."),
            (
                lambda *arrays: coupled(*arrays).swapaxes(0, 1),
                "the values are right, and the axes are not: the batch comes "
                "first.",
            ),
            (
                partial(coupled, kept=lambda i: i),
                "your forget gate equals the input gate: it should be one "
                "minus that.",
            ),
            (
                partial(coupled, kept=lambda _: 1),
                "your cell forgets nothing: the old state is to be "
                "multiplied by 1 - i.",
            ),
            (
                partial(coupled, blocks=(0, 2, 1)),
                "the blocks are taken in another order: they are i, g, o.",
            ),
            (
                partial(coupled, carried=False),
                "your hidden state stays 0: the next step has to read it.",
            ),
            (
                partial(coupled, gated=False),
                "your hidden state lacks the output gate, and the next step "
                "reads it.",
            ),
        ],
        because="the loop is the lesson's, with three blocks and one gate "
        "fewer.",
        hint="start from the lesson's loop: split into three, and collect c "
        "in the place of h.",
    )


@SHEET.exercise
def count(draw: Random) -> Question:
    """Turned round: from the bias of a fresh layer to its parameters."""
    units = 4 * draw.randint(3, 12)
    features = draw.randint(5, 30)

    def parameters(u: int, sets: int = 4, bias: int = 1) -> int:
        """Return a count of parameters."""
        return sets * u * (features + u + bias)

    return Number(
        text=(
            "The numbers in the bias of a fresh Keras LSTM add up to "
            f"{units}. The layer reads {features} numbers a step. How many "
            "parameters has it?"
        ),
        answer=parameters(units),
        mistakes={
            parameters(units // 4): (
                "you have taken a quarter of the sum for the units: look at "
                "which blocks of a fresh bias are 0."
            ),
            parameters(units, sets=1): (
                "this is a SimpleRNN with as many units: an LSTM has more "
                "sets of weights."
            ),
            parameters(units, sets=3): (
                "three gates, and the candidate has weights as well."
            ),
            parameters(units, bias=0): (
                "the bias itself is missing from your count."
            ),
            4 * units * (features + 1): (
                "the recurrent weights are missing from your count."
            ),
            units: "this is the number of units, and half of the way.",
        },
        because="a fresh bias is 1 for each forget gate and 0 elsewhere.",
        hint="print the bias of a fresh LSTM, as the lesson does, and add it "
        "up.",
    )


@SHEET.exercise
def bias(draw: Random) -> Question:
    """Turned round: from a memory to the forget bias."""
    steps = draw.choice([20, 30, 50, 80, 150, 200])
    share = draw.choice([0.2, 0.5, 0.8])
    gate = share ** (1 / steps)
    return Number(
        text=(
            f"After {steps} steps a share of {share} of the cell state is to "
            "be left, if nothing new is written and the forget gate is set "
            "by its bias alone. Which forget bias does it?"
        ),
        answer=log(gate / (1 - gate)),
        mistakes={
            gate: (
                "this is the forget gate: the bias is what the sigmoid turns "
                "into it."
            ),
            1 / (1 + exp(-gate)): (
                "you have put the gate into the sigmoid: it has to go the "
                "other way."
            ),
            log(gate): (
                "this is the logarithm of the gate: what undoes the sigmoid "
                "is the logarithm of a ratio."
            ),
            log((1 - gate) / gate): (
                "with this sign the gate would be nearly shut."
            ),
            log(share / (1 - share)): (
                "with this bias the share would be left after a single step."
            ),
            log(steps - 1): (
                "the rule of thumb leaves 1/e at the end, and here another "
                "share is asked for."
            ),
        },
        tolerance=5e-3,
        because="one step keeps the root of the share, and the sigmoid of "
        "this bias is that root.",
        hint="first: which f gives the share when it is multiplied by itself "
        "so many times? then solve f = 1 / (1 + exp(-b)) for b.",
    )


@SHEET.exercise
def counter(draw: Random) -> Question:
    """Design: weights that count, set by hand."""
    steps = draw.randint(20, 40)
    rng = np.random.default_rng(0)
    inputs = np.zeros((5, steps, 2), "float32")
    inputs[..., 0] = rng.uniform(size=(5, steps))
    inputs[1:, 1, 1] = 1
    inputs[2:, steps // 2, 1] = 1
    inputs[3:, -1, 1] = 1
    inputs[4, 2:4, 1] = 1
    other_values = inputs.copy()
    other_values[..., 0] = rng.uniform(size=(5, steps))
    late = np.zeros((1, steps, 2), "float32")
    late[0, -1, 1] = 1

    def last(layer: Any, x: np.ndarray) -> np.ndarray:
        """Return ten times what the layer gives at the end."""
        return 10 * cells.lstm(x, *layer.get_weights()).h[:, -1, 0]

    def cell(
        value: tuple[float, ...] = (0, 0, 0, 0),
        marker: tuple[float, ...] = (20, 0, 0, 0),
        bias: tuple[float, ...] = (-10, 10, 0.1, 10),
        units: int = 1,
    ) -> Any:
        """Return an LSTM with the weights of one unit set."""
        from keras import layers

        layer = layers.LSTM(units)
        layer.build((None, steps, 2))
        if units == 1:
            kernel = np.array([value, marker])
            layer.set_weights([kernel, np.zeros((1, 4)), np.array(bias)])
        return layer

    def simple() -> Any:
        """Return a layer that is no LSTM."""
        from keras import layers

        layer = layers.SimpleRNN(1)
        layer.build((None, steps, 2))
        return layer

    return Model(
        text=(
            "At each step an LSTM with one unit reads a value between 0 and "
            "1 and a marker, 0 or 1. Set its weights so that it counts the "
            f"markers and ignores the values: after {steps} steps ten times "
            "its output is about their number, for up to 5 of them (the two "
            "tanh take a little off)."
        ),
        build=cell,
        takes="layer",
        demands=[
            Demand(
                lambda layer: type(layer).__name__ == "LSTM",
                "an LSTM was asked for, and this layer is another one.",
                simple,
            ),
            Demand(
                lambda layer: layer.units == 1,
                "one unit is enough, and one was asked for.",
                lambda: cell(units=2),
            ),
            Demand(
                lambda layer: np.allclose(
                    last(layer, inputs), last(layer, other_values), atol=0.02
                ),
                "the values still have a say: the count changes when they do.",
                lambda: cell(value=(0, 0, 0.1, 0), bias=(-10, 10, 0, 10)),
            ),
            Demand(
                lambda layer: abs(last(layer, inputs)[0]) < 0.25,
                "without any marker your output is not near 0: something is "
                "written at every step.",
                lambda: cell(bias=(10, 10, 0.1, 10)),
            ),
            Demand(
                lambda layer: last(layer, late)[0] > 0.05,
                "a marker leaves no trace in your output: is anything "
                "written, and is it shown?",
                lambda: cell(bias=(-10, 10, 0, 10)),
            ),
            Demand(
                lambda layer: (
                    last(layer, inputs)[1] > 0.9 * last(layer, late)[0]
                ),
                "a marker at the beginning counts less than one at the end: "
                "the cell forgets.",
                lambda: cell(bias=(-10, 1, 0.1, 10)),
            ),
            Demand(
                lambda layer: np.allclose(
                    last(layer, inputs), [0, 1, 2, 3, 5], rtol=0.1, atol=0.25
                ),
                "your cell remembers its markers, and one of them does not "
                "count as a tenth.",
                lambda: cell(bias=(-10, 10, 0.1, 0)),
            ),
        ],
        because="a marker writes a tenth, the forget gate keeps it, and the "
        "output gate shows it.",
        hint="in the cell that adds, the candidate is a tenth of the value: "
        "what should it be here, and who opens the input gate?",
    )
