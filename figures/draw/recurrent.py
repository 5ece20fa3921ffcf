"""The simple recurrent cell: one neuron, a layer, unrolled, its memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from figures.draw.arrays import vector
from figures.draw.cells import formula
from figures.draw.marks import addition, round_edge
from figures.draw.networks import neurons
from figures.draw.unrolled import Sizes, bracket, loop, unroll
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import minus, numbered

EQUATION = formula(r"h_t = \varphi( x_t w_x + h_{t{-}1} w_h + b )")
"""The simple recurrent neuron (Elman 1990), with any activation."""


def recurrent_neuron() -> tuple[Figure, str]:
    """Draw what a recurrent neuron computes at one time step."""
    drawing = Drawing(WIDTH, 268)
    y, middle = 140, 236
    drawing.box(middle, y, 252, 136, radius=8, layer=0.5)
    x_t = drawing.box(56, y, 48, 30, "$x_t$", "input", size=13)
    w_x = drawing.box(middle - 84, y, 46, 30, "$w_x$", "weight", size=13)
    w_h = drawing.box(middle, y + 46, 46, 30, "$w_h$", "weight", size=13)
    b = drawing.box(middle, y - 46, 46, 30, "$b$", "weight", size=13)
    total = addition(drawing, middle, y)
    phi = drawing.box(
        middle + 84, y, 46, 30, r"$\varphi$", "line", strength=0, size=13
    )
    h_t = drawing.box(448, y, 48, 30, "$h_t$", "hidden_state", size=13)
    w_y = drawing.box(448, y - 54, 62, 28, "$w_y, b_y$", "weight", size=12)
    y_t = drawing.box(448, y - 102, 48, 30, "$y_t$", "output", size=13)
    drawing.arrow(x_t.right, w_x.left, meaning="input")
    drawing.arrow(w_x.right, total.left, meaning="input")
    drawing.arrow(w_h.bottom, total.top, meaning="hidden_state")
    drawing.arrow(b.top, total.bottom, meaning="weight")
    drawing.arrow(total.right, phi.left, meaning="weight")
    drawing.arrow(phi.right, h_t.left, meaning="hidden_state")
    drawing.arrow(h_t.bottom, w_y.top, meaning="hidden_state")
    drawing.arrow(w_y.bottom, y_t.top, meaning="output")
    branch = (394, y)
    drawing.dot(*branch, "hidden_state")
    drawing.arrow(
        branch, (394, 234), (middle, 234), w_h.top, meaning="hidden_state"
    )
    drawing.label(middle - 18, 221, "$h_{t{-}1}$", "hidden_state", size=13)
    drawing.note(middle + 79, 248, "one time step later")
    drawing.note(56, y - 27, "input")
    drawing.note(448, y + 27, "hidden state")
    drawing.note(400, y - 102, "output")
    drawing.equation(middle - 20, 22, EQUATION)
    return drawing, (
        "A recurrent neuron. The input x_t is multiplied by w_x, the hidden "
        "state h_(t-1) of the step before by w_h; both products and the bias "
        "b are added, and the activation function φ of the sum is the new "
        "hidden state h_t. An arrow leads from h_t back to w_h: it is used "
        "one time step later. Another leads from h_t down through a further "
        "layer, with the weight w_y and the bias b_y, to y_t, the output. "
        "Below stands h_t = φ(x_t w_x + h_(t-1) w_h + b)."
    )


def recurrent_layer() -> tuple[Figure, str]:
    """Draw a layer of recurrent neurons, and the cell that stands for it."""
    drawing = Drawing(WIDTH, 260)
    cell = (24, 24)
    before = vector(drawing, 70, 168, [""] * 3, "hidden_state", cell=cell)
    given = vector(drawing, 70, 74, [""] * 2, "input", cell=cell)
    after = vector(drawing, 262, 121, [""] * 3, "hidden_state", cell=cell)
    layer = drawing.box(166, 121, 56, 170, radius=8, layer=0.8)
    _neurons_to(drawing, layer, after)
    drawing.arrow(before.right, (138, 168), meaning="hidden_state")
    drawing.arrow(given.right, (138, 74), meaning="input")
    drawing.arrow(
        after.top, (262, 232), (70, 232), before.top, meaning="hidden_state"
    )
    drawing.note(166, 244, "one time step later")
    drawing.label(110, 182, "$W_h$", "weight", size=12)
    drawing.note(110, 154, "3 × 3")
    drawing.label(110, 88, "$W_x$", "weight", size=12)
    drawing.note(110, 60, "2 × 3")
    b = drawing.box(98, 121, 26, 24, "$b$", "weight", size=12)
    drawing.arrow(b.right, layer.left, meaning="weight")
    drawing.note(124, 132, "3")
    drawing.label(34, 168, "$h_{t{-}1}$", "hidden_state", size=13)
    drawing.label(36, 74, "$x_t$", "input", size=13)
    drawing.label(290, 121, "$h_t$", "hidden_state", size=13)
    drawing.note(166, 20, "every neuron reads all of $x_t$ and $h_{t{-}1}$")
    _folded(drawing, 412, 121)
    return drawing, (
        "A layer of 3 recurrent neurons. Each of them reads the whole "
        "input x_t (2 numbers) and the whole hidden state h_(t-1) "
        "of the step before (3 numbers) and gives one number of the "
        "new hidden state h_t, which comes back one time step later. The "
        "arrows into the layer carry the weights, W_x of 2 × 3 numbers and "
        "W_h of 3 × 3; b, the 3 biases, goes in between them. On the right "
        "the same layer as a single box named cell, with x_t going in, h_t "
        "coming out and an arrow from the cell back to itself."
    )


def _neurons_to(drawing: Drawing, layer: Box, after: Box) -> None:
    """Draw the neurons of a layer, each giving one number of a vector."""
    inside = neurons(
        drawing,
        layer.x,
        layer.y,
        ["tanh"] * 3,
        "line",
        pitch=52,
        radius=19,
        strength=0,
        size=10,
    )
    for place, neuron in enumerate(inside):
        tip = after.at(-1, 1 - (2 * place + 1) / 3)
        drawing.arrow(
            round_edge(neuron, tip), tip, meaning="hidden_state", width=1
        )


def _folded(drawing: Drawing, x: float, y: float) -> None:
    """Draw the box that stands for a whole layer, after a sign of equality."""
    drawing.label(x - 96, y, "=", size=16)
    cell = drawing.box(x, y, 50, 36, "cell")
    loop(drawing, cell, 14, 24)
    given = drawing.box(x - 64, y, 34, 28, "$x_t$", "input", size=12)
    state = drawing.box(x + 64, y, 34, 28, "$h_t$", "hidden_state", size=12)
    drawing.arrow(given.right, cell.left, meaning="input")
    drawing.arrow(cell.right, state.left, meaning="hidden_state")


def unrolled() -> tuple[Figure, str]:
    """Draw a cell with its loop, and the same cell once for each step."""
    drawing = Drawing(WIDTH, 186)
    y, sizes = 110, Sizes(box=(42, 26), cell=(48, 36))
    looks = {"sizes": sizes, "cell_text": "cell"}
    folded = unroll(drawing, [56], y, ["$x_t$"], [None], **looks)
    loop(drawing, folded.cells[0], 14, 24)
    drawing.label(56, y + 54, "$h_t$", "hidden_state", size=12)
    drawing.label(112, y, "=", size=16)
    pitch = (WIDTH - 16 - 42 - 172) / 3
    columns = [172 + pitch * (step + 0.5) + 6 for step in range(3)]
    x, nothing = numbered("x", 3), [None] * 3
    cells = unroll(drawing, columns, y, x, nothing, **looks).cells
    _from_zero_to_last(drawing, cells)
    drawing.note(154, y - 25, "= 0")
    left, right = cells[0].left[0], cells[-1].right[0]
    foot = y - sizes.rise - 24
    remark = "the same $W_x$, $W_h$ and $b$ at every time step"
    bracket(drawing, left, right, foot, remark)
    return drawing, (
        "On the left a cell with input x_t whose hidden state h_t comes back "
        "to it. On the right the same cell drawn once for each of 3 "
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


def abc_memory() -> tuple[Figure, str]:
    """Draw inputs read one after the other, and what each state holds."""
    drawing = Drawing(WIDTH, 212)
    inputs, pitch = "ABC", 150
    columns = [142 + pitch * step for step in range(len(inputs))]
    y, sizes = 84, Sizes(box=(44, 28), cell=(58, 36))
    states = numbered("h", len(inputs))
    rows = unroll(
        drawing,
        columns,
        y,
        inputs,
        states,
        sizes=sizes,
        cell_text="neuron",
        answers="hidden_state",
    )
    top = y + sizes.rise + 42
    for height, name in (
        (y - sizes.rise, "input"),
        (y + sizes.rise, "hidden state"),
        (top, "holds"),
    ):
        drawing.note(12, height, name, align="left")
    for step, (cell, state) in enumerate(
        zip(rows.cells, states, strict=True), start=1
    ):
        _holdings(drawing, cell.x, top, inputs[:step])
        if step < len(inputs):
            middle = cell.x + pitch / 2
            drawing.label(middle, y + 13, state, "hidden_state")
    return drawing, (
        "Three inputs, A, B, C, are read by the same neuron at one step each. "
        "The hidden state of each step goes up and also on to the next step. "
        "h_1 holds A. h_2 holds A, B. h_3 holds A, B, C. The older an input, "
        "the smaller and fainter its share is drawn."
    )


def _holdings(
    drawing: Drawing, x: float, y: float, inputs: Sequence[str]
) -> None:
    """Draw the inputs a state still holds, the older the fainter."""
    widths = [26 - 4 * age for age in range(len(inputs))][::-1]
    left = x - sum(widths) / 2
    for width, name in zip(widths, inputs, strict=True):
        strength = 0.55 * 0.45 ** ((26 - width) / 4)
        drawing.box(
            left + width / 2,
            y,
            width,
            width,
            name,
            "input",
            radius=0,
            strength=strength,
            size=9.5 + (width - 18) / 6,
        )
        left += width


def tanh_and_sigmoid(limit: float = 5) -> tuple[Figure, str]:
    """Draw both S-shaped curves, and beside them their slopes.

    Args:
        limit: The curves run from minus this number to this number.
    """
    drawing = Drawing(WIDTH, 212)
    z = np.linspace(-limit, limit, 201)
    tanh, sigmoid = np.tanh(z), 1 / (1 + np.exp(-z))
    _curves(
        drawing,
        Box(140, 104, 190, 150),
        z,
        {"tanh": tanh, "sigmoid": sigmoid},
        {-1: "−1", 0: "0", 1: "1"},
        {"tanh": (0.2, -0.4), "sigmoid": (-0.62, 0.36)},
    )
    _curves(
        drawing,
        Box(386, 104, 190, 150),
        z,
        {"tanh": 1 - tanh**2, "sigmoid": sigmoid * (1 - sigmoid)},
        {0: "0", 0.25: "¼", 1: "1"},
        {"tanh": (0.46, 0.75), "sigmoid": (0.64, 0.36)},
    )
    drawing.label(140, 199, "the function", face="bold")
    drawing.label(386, 199, "its slope", face="bold")
    return drawing, (
        "Left, the curves of tanh and of the sigmoid, both shaped like an S: "
        "tanh runs from −1 to 1 and passes through 0 at z = 0, the sigmoid "
        "runs from 0 to 1 and passes through one half. Right, their slopes, "
        "two hills with their top at z = 0: tanh reaches 1, the sigmoid one "
        "quarter."
    )


def _curves(
    drawing: Drawing,
    plot: Box,
    z: np.ndarray,
    curves: Mapping[str, np.ndarray],
    heights: Mapping[float, str],
    names: Mapping[str, tuple[float, float]],
) -> None:
    """Draw functions of z into a box, each with its name beside it.

    Args:
        drawing: The card.
        plot: Where they lie.
        z: From the left edge to the right one, evenly.
        curves: Name -> values.
        heights: Value -> what the axis says at it.
        names: Name -> z as a share of its limit, and the height, where the
            name stands.
    """
    low, high = min(heights), max(heights)

    def point(across: float, value: float) -> tuple[float, float]:
        up = 2 * (value - low) / (high - low) - 1
        return plot.at(across, up * 0.94)

    for value, text in heights.items():
        ends = point(-1, value), point(1, value)
        drawing.line(*ends, meaning="faded", width=0.8, layer=0.6)
        drawing.label(ends[0][0] - 9, ends[0][1], text, "muted", align="right")
    drawing.line(plot.bottom, plot.top, meaning="faded", width=0.8, layer=0.6)
    limit = z[-1]
    for value in (-4, -2, 0, 2, 4):
        x, y = plot.at(value / limit, -1)
        drawing.note(x, y - 12, minus(f"{value}"))
    drawing.label(plot.right[0] + 8, plot.bottom[1] - 12, "$z$", "muted")
    for name, values in curves.items():
        meaning, dashed = (
            ("hidden_state", False) if name == "tanh" else ("gate", True)
        )
        points = [point(a / limit, v) for a, v in zip(z, values, strict=True)]
        drawing.line(
            *points, meaning=meaning, width=2.2, radius=0, dashed=dashed
        )
        drawing.label(*point(*names[name]), name, meaning, face="bold")
