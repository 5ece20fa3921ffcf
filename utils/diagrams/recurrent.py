"""The simple recurrent cell: one neuron, a layer, unrolled, its memory."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from utils.arguments import check_integer
from utils.diagrams.arrays import vector
from utils.diagrams.geometry import Box
from utils.diagrams.lettering import numbered
from utils.diagrams.networks import neurons
from utils.diagrams.unrolled import (
    Sizes,
    bracket,
    loop,
    name_rows,
    unroll,
)
from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.diagrams.words import say

EQUATION = (
    ("$h_t$", "hidden_state"),
    ("$=$", "text"),
    (r"$\tanh($", "text"),
    ("$x_t$", "input"),
    ("$W_x$", "weight"),
    ("$+$", "text"),
    ("$h_{t{-}1}$", "hidden_state"),
    ("$W_h$", "weight"),
    ("$+$", "text"),
    ("$b$", "weight"),
    ("$)$", "text"),
)
"""The simple recurrent cell (Elman 1990), as utils.cells computes it."""


def recurrent_neuron() -> tuple[Figure, str]:
    """Draw what a recurrent neuron computes at one time step."""
    drawing = Drawing(WIDTH, 252)
    y, middle = 124, 236
    drawing.box(middle, y, 252, 136, radius=8, layer=0.5)
    x_t = drawing.box(56, y, 48, 30, "$x_t$", "input", size=13)
    W_x = drawing.box(middle - 84, y, 46, 30, "$W_x$", "weight", size=13)
    W_h = drawing.box(middle, y + 46, 46, 30, "$W_h$", "weight", size=13)
    b = drawing.box(middle, y - 46, 46, 30, "$b$", "weight", size=13)
    total = drawing.addition(middle, y)
    tanh = drawing.box(middle + 84, y, 50, 30, "tanh", "line", strength=0)
    h_t = drawing.box(448, y, 48, 30, "$h_t$", "hidden_state", size=13)
    drawing.arrow(x_t.right, W_x.left, meaning="input")
    drawing.arrow(W_x.right, total.left, meaning="input")
    drawing.arrow(W_h.bottom, total.top, meaning="hidden_state")
    drawing.arrow(b.top, total.bottom, meaning="weight")
    drawing.arrow(total.right, tanh.left, meaning="weight")
    drawing.arrow(tanh.right, h_t.left, meaning="hidden_state")
    branch = (394, y)
    drawing.dot(*branch, "hidden_state")
    drawing.arrow(
        branch, (394, 218), (middle, 218), W_h.top, meaning="hidden_state"
    )
    drawing.label(middle - 18, 205, "$h_{t{-}1}$", "hidden_state", size=13)
    drawing.note(middle + 79, 232, say("one_step_later"))
    drawing.note(56, y - 27, say("input"))
    drawing.note(448, y - 27, say("hidden_state"))
    drawing.equation(middle, 22, EQUATION)
    return drawing, (
        "A recurrent neuron. The input x_t is multiplied by W_x, the hidden "
        "state h_(t-1) of the step before by W_h; both products and the bias "
        "b are added, and tanh of the sum is the new hidden state h_t. An "
        "arrow leads from h_t back to W_h: it is used one time step later. "
        "Below stands h_t = tanh(x_t W_x + h_(t-1) W_h + b)."
    )


def recurrent_layer(features: int = 2, units: int = 3) -> tuple[Figure, str]:
    """Draw a layer of recurrent neurons, and the cell that stands for it.

    Args:
        features: Numbers in the input of one time step, 1 to 3.
        units: Neurons of the layer, 2 or 3.
    """
    check_integer("features", features, minimum=1, maximum=3)
    check_integer("units", units, minimum=2, maximum=3)
    drawing = Drawing(WIDTH, 260)
    cell = (24, 24)
    before = vector(drawing, 70, 168, [""] * units, "hidden_state", cell=cell)
    given = vector(drawing, 70, 74, [""] * features, "input", cell=cell)
    after = vector(drawing, 262, 121, [""] * units, "hidden_state", cell=cell)
    layer = drawing.box(166, 121, 56, 170, radius=8, layer=0.8)
    _neurons_to(drawing, layer, after)
    drawing.arrow(before.right, (138, 168), meaning="hidden_state")
    drawing.arrow(given.right, (138, 74), meaning="input")
    drawing.arrow(
        after.top, (262, 232), (70, 232), before.top, meaning="hidden_state"
    )
    drawing.note(166, 244, say("one_step_later"))
    drawing.label(34, 168, "$h_{t{-}1}$", "hidden_state", size=13)
    drawing.label(36, 74, "$x_t$", "input", size=13)
    drawing.label(290, 121, "$h_t$", "hidden_state", size=13)
    drawing.note(166, 20, say("every_neuron_reads"))
    _folded(drawing, 412, 121)
    return drawing, (
        f"A layer of {units} recurrent neurons. Each of them reads the whole "
        f"input x_t ({features} numbers) and the whole hidden state h_(t-1) "
        f"of the step before ({units} numbers) and gives one number of the "
        f"new hidden state h_t, which comes back one time step later. On the "
        "right the same layer as a single box named cell, with x_t going "
        "in, h_t coming out and an arrow from the cell back to itself."
    )


def _neurons_to(drawing: Drawing, layer: Box, after: Box) -> None:
    """Draw the neurons of a layer, each giving one number of a vector."""
    units = round(after.height / after.width)
    inside = neurons(
        drawing,
        layer.x,
        layer.y,
        ["tanh"] * units,
        "line",
        pitch=52,
        radius=19,
        strength=0,
        size=10,
    )
    for place, neuron in enumerate(inside):
        tip = after.at(-1, 1 - (2 * place + 1) / units)
        drawing.arrow(
            neuron.round_edge(tip), tip, meaning="hidden_state", width=1
        )


def _folded(drawing: Drawing, x: float, y: float) -> None:
    """Draw the box that stands for a whole layer, after a sign of equality."""
    drawing.label(x - 96, y, "=", size=16)
    cell = drawing.box(x, y, 50, 36, say("cell"))
    loop(drawing, cell, 14, 24)
    given = drawing.box(x - 64, y, 34, 28, "$x_t$", "input", size=12)
    state = drawing.box(x + 64, y, 34, 28, "$h_t$", "hidden_state", size=12)
    drawing.arrow(given.right, cell.left, meaning="input")
    drawing.arrow(cell.right, state.left, meaning="hidden_state")


def unrolled(steps: int = 3) -> tuple[Figure, str]:
    """Draw a cell with its loop, and the same cell once for each step.

    Args:
        steps: Time steps, 2 to 4.
    """
    check_integer("steps", steps, minimum=2, maximum=4)
    drawing = Drawing(WIDTH, 186)
    y, sizes = 110, Sizes(box=(42, 26), cell=(48, 36))
    looks = {"sizes": sizes, "cell_text": say("cell")}
    folded = unroll(drawing, [56], y, ["$x_t$"], [None], **looks)
    loop(drawing, folded.cells[0], 14, 24)
    drawing.label(56, y + 54, "$h_t$", "hidden_state", size=12)
    drawing.label(112, y, "=", size=16)
    pitch = (WIDTH - 16 - 42 - 172) / steps
    columns = [172 + pitch * (step + 0.5) + 6 for step in range(steps)]
    cells = unroll(
        drawing, columns, y, numbered("x", steps), [None] * steps, **looks
    ).cells
    _from_zero_to_last(drawing, cells)
    drawing.note(154, y - 25, "= 0")
    left, right = cells[0].left[0], cells[-1].right[0]
    foot = y - sizes.rise - 24
    bracket(drawing, left, right, foot, say("same_weights"))
    return drawing, (
        "On the left a cell with input x_t whose hidden state h_t comes back "
        f"to it. On the right the same cell drawn once for each of {steps} "
        "time steps: it starts from h_0, which is zero, reads one input at "
        "each step and hands its hidden state on to the next step. All "
        "steps use the same W_x, W_h and b."
    )


def _from_zero_to_last(drawing: Drawing, cells: Sequence[Box]) -> None:
    """Draw the states before, between and after cells in a row."""
    look = {"meaning": "hidden_state", "size": 12}
    y, names = cells[0].y, numbered("h", len(cells))
    start = drawing.box(154, y, 36, 26, "$h_0$", **look)
    end = drawing.box(WIDTH - 34, y, 36, 26, names[-1], **look)
    drawing.arrow(start.right, cells[0].left, meaning="hidden_state")
    drawing.arrow(cells[-1].right, end.left, meaning="hidden_state")
    for name, (left, right) in zip(names, pairwise(cells), strict=False):
        drawing.label((left.x + right.x) / 2, y + 14, name, **look)


def abc_memory(samples: Sequence[str] = "ABC") -> tuple[Figure, str]:
    """Draw samples read one after the other, and what each output holds.

    Args:
        samples: A letter for each time step, 2 to 4 of them.
    """
    check_integer("number of samples", len(samples), minimum=2, maximum=4)
    drawing = Drawing(WIDTH, 212)
    pitch = 150
    columns = [142 + pitch * step for step in range(len(samples))]
    y, sizes = 84, Sizes(box=(44, 28), cell=(52, 36))
    outputs = [f"$O_{{{sample}}}$" for sample in samples]
    unroll(
        drawing,
        columns,
        y,
        list(samples),
        outputs,
        sizes=sizes,
        cell_text=say("cell"),
    )
    name_rows(drawing, 16, y, sizes)
    top = y + sizes.rise + 42
    drawing.note(16, top, say("holds"), align="left")
    for step, (left, output) in enumerate(
        zip(columns, outputs, strict=True), start=1
    ):
        _holdings(drawing, left, top, samples[:step])
        if step < len(samples):
            drawing.label(left + pitch / 2, y + 13, output, "hidden_state")
    return drawing, (
        f"{len(samples)} samples, {', '.join(samples)}, are read by the same "
        "cell at one step each. The output of each step goes up and also on "
        "to the next step. "
        + " ".join(
            f"O_{sample} holds {', '.join(samples[: step + 1])}."
            for step, sample in enumerate(samples)
        )
        + " The older a sample, the smaller and fainter its share is drawn."
    )


def _holdings(
    drawing: Drawing, x: float, y: float, samples: Sequence[str]
) -> None:
    """Draw the samples an output still holds, the older the fainter."""
    widths = [26 - 4 * age for age in range(len(samples))][::-1]
    left = x - sum(widths) / 2
    for width, sample in zip(widths, samples, strict=True):
        strength = 0.55 * 0.45 ** ((26 - width) / 4)
        drawing.box(
            left + width / 2,
            y,
            width,
            width,
            sample,
            "input",
            radius=0,
            strength=strength,
            size=9.5 + (width - 18) / 6,
        )
        left += width


def tanh_and_sigmoid(limit: float = 5) -> tuple[Figure, str]:
    """Draw both S-shaped curves with their ranges.

    Args:
        limit: The curves run from minus this number to this number.
    """
    drawing = Drawing(WIDTH, 218)
    plot = Box(204, 116, 304, 172)
    a = np.linspace(-limit, limit, 201)
    for height in (-1, 0, 1):
        y = plot.at(0, height / 1.08)[1]
        drawing.line(
            (plot.left[0], y),
            (plot.right[0] + 118, y),
            meaning="faded",
            width=0.8,
            layer=0.6,
        )
        text = f"{height}".replace("-", "−")
        drawing.label(plot.left[0] - 9, y, text, "muted", align="right")
    drawing.line(plot.bottom, plot.top, meaning="faded", width=0.8, layer=0.6)
    for value in range(-4, 5, 2):
        text = f"{value}".replace("-", "−")
        x, y = plot.at(value / limit, -1)
        drawing.note(x, y - 14, text)
    for values, lowest, name, meaning, across in (
        (np.tanh(a), -1, "tanh", "hidden_state", 1.27),
        (1 / (1 + np.exp(-a)), 0, "sigmoid", "gate", 1.62),
    ):
        points = [
            plot.at(x / limit, y / 1.08)
            for x, y in zip(a, values, strict=True)
        ]
        drawing.line(*points, meaning=meaning, width=2.2, radius=0)
        ends = plot.at(across, lowest / 1.08), plot.at(across, 1 / 1.08)
        drawing.line(*ends, meaning=meaning, width=9, layer=1)
        drawing.label(ends[0][0], 18, say(name), meaning, face="bold")
    return drawing, (
        "The curves of tanh and of the sigmoid, both shaped like an S. tanh "
        "runs from −1 to 1 and passes through 0 at 0; the sigmoid runs from "
        "0 to 1 and passes through one half at 0. Two bars at the right "
        "show the ranges."
    )
