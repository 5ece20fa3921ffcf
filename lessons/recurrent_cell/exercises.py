"""The exercises of lesson 02: one loop, and what it remembers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from utils.exercises import Function, MultipleChoice, Number, Question, Sheet

SHEET = Sheet(2)
THREE_DIGITS = 1e-3


@SHEET.exercise
def moves(draw: Random) -> Question:
    """Recall: what changes from step to step, and what stays."""
    steps = draw.randint(3, 300)
    return MultipleChoice(
        text=(
            f"A trained cell reads a sequence of {steps} time steps. Which "
            "of these usually differ between step 2 and step 3? There may be "
            "several."
        ),
        right=["the input x_t", "the hidden state h_t"],
        mistakes={
            "the weights W_x": (
                "one of your letters is a table of weights: the drawing has "
                "a box for each step, and all of them are one cell."
            ),
            "the weights W_h": (
                "the weights of the loop are among your letters; do they "
                "have an index t in the formula?"
            ),
            "the biases b": (
                "the biases are among your letters; they change in training, "
                "and here nothing is trained."
            ),
            "the number of units": (
                "a cell does not grow while it reads: its size is not among "
                "what changes."
            ),
        },
        draw=draw,
        because="what has an index t moves, and all the rest stays.",
        hint="write the formula down and underline every letter that has an "
        "index t.",
    )


@SHEET.exercise
def state(draw: Random) -> Question:
    """Use: two steps through one neuron by hand."""
    w_x, w_h = draw.choice([0.4, 0.6, 0.7]), draw.choice([-0.9, 0.5, 0.8])
    b = draw.choice([-0.3, 0.2, 0.3])
    first, second = draw.choice([1, 2]), draw.choice([-1, 0.5])
    h_1 = np.tanh(first * w_x + b)
    total = second * w_x + h_1 * w_h + b
    return Number(
        text=(
            f"A neuron has w_x = {w_x}, w_h = {w_h} and b = {b}, starts from "
            f"h_0 = 0 and reads x_1 = {first}, x_2 = {second}. What is h_2? "
            "Three decimals are enough."
        ),
        answer=float(np.tanh(total)),
        mistakes={
            float(h_1): "this is the state after the first step.",
            float(total): (
                "this is the sum; it has not gone through tanh yet."
            ),
            float(np.tanh(second * w_x + b)): (
                "you left out the loop: the state of the first step comes "
                "back."
            ),
            float(np.tanh(total - b)): (
                "the bias belongs to both steps, and in the second one it is "
                "missing."
            ),
            float(
                np.tanh(second * w_x + np.tanh(first * w_x) * w_h)
            ): "you left out the bias, and here it is not 0.",
            float(np.tanh(second * w_x + (first * w_x + b) * w_h + b)): (
                "the sum of the first step came back; what comes back is its "
                "tanh."
            ),
            float(np.tanh(second * w_x + first * w_h + b)): (
                "the first input came back; what comes back is the state "
                "that it left."
            ),
        },
        tolerance=THREE_DIGITS,
        because="the sum of what comes in, what comes back and the bias, "
        "squashed.",
        hint="compute h_1 first and write it down; then write the sum of "
        "step 2 with all its three terms.",
    )


@SHEET.exercise
def weight(draw: Random) -> Question:
    """Turned round: from two states back to the weight of the loop."""
    w_h = draw.choice([-1.5, -1.2, -0.8, 0.7, 0.9, 1.4])
    before = draw.choice([0.5, 0.6, 0.7, 0.8])
    after = round(float(np.tanh(before * w_h)), 4)
    answer = float(np.arctanh(after)) / before
    return Number(
        text=(
            "A neuron with b = 0 sits in silence, its inputs are 0. Its "
            f"state was {before} and is {after} one step later. What is its "
            "w_h? Two decimals are enough; np.arctanh undoes np.tanh."
        ),
        answer=answer,
        mistakes={
            after / before: (
                "you divided the states and left tanh out: the state is "
                "squashed after the weight."
            ),
            float(np.arctanh(after)): (
                "this is the whole sum of the step; the state before is "
                "still in it."
            ),
            float(np.tanh(after)) / before: (
                "you squashed once more where the squashing has to be undone."
            ),
            float(np.arctanh(after)) * before: (
                "you multiplied by the state before: turn the step of the "
                "formula round, not only its tanh."
            ),
            float(np.arctanh(after) / np.arctanh(before)): (
                "the state before stands in the sum as it is; only the new "
                "state was made with tanh."
            ),
        },
        tolerance=5e-3,
        because="tanh undone gives the sum, and the sum is the state before "
        "times the weight.",
        hint="write the formula of one step with x = 0 and b = 0, and undo "
        "what was done last.",
    )


def _one_step(
    x_t: np.ndarray,
    h: np.ndarray,
    kernel: np.ndarray,
    recurrent_kernel: np.ndarray,
    b: np.ndarray,
) -> np.ndarray:
    """Return the next state of a cell, for a batch of sequences."""
    return np.tanh(x_t @ kernel + h @ recurrent_kernel + b)


@SHEET.exercise
def step(_: Random) -> Question:
    """Use: one step of a whole cell, for a batch."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, ...]:
        batch, features, units = generator.permutation([2, 3, 4, 5])[:3]
        return tuple(
            generator.normal(size=size)
            for size in (
                (batch, features),
                (batch, units),
                (features, units),
                (units, units),
                (units,),
            )
        )

    return Function(
        text=(
            "Write a function step(x_t, h, W_x, W_h, b) which returns the "
            "next hidden state of a cell. x_t has the shape (batch, "
            "features), h has the shape (batch, units), and the weights are "
            "NumPy arrays of the shapes in the lesson's table."
        ),
        reference=_one_step,
        inputs=inputs,
        mistakes=[
            (
                lambda x, h, w, r, b: x @ w + h @ r + b,
                "your function returns the sum: its tanh is missing.",
            ),
            (
                lambda x, h, w, r, _: np.tanh(x @ w + h @ r),
                "your function leaves out the biases.",
            ),
            (
                lambda x, _, w, __, b: np.tanh(x @ w + b),
                "your function has no loop: the old state is not in it.",
            ),
            (
                lambda x, h, w, r, b: np.tanh(x @ w + h @ r.T + b),
                "W_h is the wrong way round: its rows belong to the old "
                "state, its columns to the new one.",
            ),
            (
                lambda x, h, w, r, b: np.tanh(x @ w + h * np.diag(r) + b),
                "each unit hears only itself: it reads the whole old state.",
            ),
            (
                lambda x, h, w, r, b: 1 / (1 + np.exp(-(x @ w + h @ r + b))),
                "your function squashes with the sigmoid, whose values are "
                "never negative.",
            ),
            (
                lambda x, h, w, r, b: np.tanh(x @ w) + np.tanh(h @ r) + b,
                "your function squashes each term; the sum of the three is "
                "squashed, once.",
            ),
        ],
        because="the formula of the cell, with @ for the products.",
        hint="the body of the loop in the lesson does this; write each "
        "product so that the inner sizes are equal.",
    )


def _reader(
    *, keeps: bool = True, bias: bool = True
) -> Callable[[np.ndarray, float, float, float], np.ndarray]:
    """Return a function that reads a sequence with one neuron.

    Args:
        keeps: Whether the state survives the step.
        bias: Whether the bias is added.
    """

    def read(
        sequence: np.ndarray, w_x: float, w_h: float, b: float
    ) -> np.ndarray:
        h, states = 0.0, []
        for x_t in sequence:
            h = np.tanh(x_t * w_x + h * w_h * keeps + b * bias)
            states.append(h)
        return np.array(states)

    return read


@SHEET.exercise
def repair(_: Random) -> Question:
    """Repair: a loop that runs and does not remember."""

    def inputs(
        generator: np.random.Generator,
    ) -> tuple[np.ndarray, float, float, float]:
        w_x, w_h, b = generator.uniform(0.3, 0.9, size=3)
        return generator.normal(size=generator.integers(4, 8)), w_x, w_h, b

    right = _reader()
    return Function(
        text=(
            "This function is to return the states of a recurrent neuron at "
            "all steps. It runs, and two things in it are wrong. Repair "
            "them:\n"
            "    def states_of(sequence, w_x, w_h, b):\n"
            "        states = []\n"
            "        for x_t in sequence:\n"
            "            h = 0.0\n"
            "            h = np.tanh(x_t * w_x + h * w_h)\n"
            "            states.append(h)\n"
            "        return np.array(states)"
        ),
        reference=right,
        inputs=inputs,
        mistakes=[
            (
                _reader(keeps=False, bias=False),
                "your function does what the broken one did.",
            ),
            (
                _reader(keeps=False),
                "the bias is in, but the neuron begins from zero at every "
                "step.",
            ),
            (
                _reader(bias=False),
                "your neuron remembers now, but one argument of the function "
                "is never used.",
            ),
            (
                lambda sequence, *weights: right(sequence, *weights)[-1],
                "your function returns the last state alone.",
            ),
            (
                lambda sequence, w_x, w_h, b: (
                    _reader(bias=False)(sequence, w_x, w_h, b) + b
                ),
                "the bias comes too late: it belongs in the sum, before tanh.",
            ),
        ],
        because="the state outlives the step, and the bias is in every sum.",
        hint="for each name in the formula, ask where it gets its value, and "
        "how often.",
    )
