"""The gradient on its way back through an LSTM, by two paths a step."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from figures.draw.cells import formula
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

STEPS = 4

LEFT, PITCH = 50, 116
"""Points: middle of the first step, and from one step to the next."""

STATES, HIDDEN = 180, 78
"""Points above the lower edge: the rows of the two states."""


def cell_state_way_back() -> tuple[Figure, str]:
    """Draw the direct path along c, with its factors, and the side path."""
    drawing = Drawing(WIDTH, 262)
    columns = [LEFT + PITCH * step for step in range(STEPS)]
    c, h = (
        [
            drawing.box(x, y, 42, 30, f"${name}_{step}$", meaning, size=13)
            for step, x in enumerate(columns, start=1)
        ]
        for name, y, meaning in (
            ("c", STATES, "cell_state"),
            ("h", HIDDEN, "hidden_state"),
        )
    )
    loss = drawing.box(466, HIDDEN, 42, 30, "$L$", "output", size=13)
    for step, (before, after) in enumerate(pairwise(c), start=2):
        drawing.arrow(before.right, after.left, meaning="cell_state")
        _straight(drawing, before, after, f"$f_{step}$")
        _side(drawing, before, after, h[step - 2], step)
    drawing.arrow(loss.left, h[-1].right, meaning="gradient")
    drawing.arrow(h[-1].top, c[-1].bottom, meaning="gradient")
    drawing.note(408, 220, "direct path", align="left")
    drawing.note(408, 136, "side path,", align="left")
    drawing.note(408, 120, "dashed", align="left")
    drawing.equation(
        WIDTH / 2,
        20,
        [
            (r"$\dfrac{\partial c_4}{\partial c_1}$", "gradient"),
            *formula(r"= f_4 \odot f_3 \odot f_2 +"),
            ("side paths", "gradient"),
        ],
    )
    return drawing, (
        f"Cell states c_1 to c_{STEPS} in a row, below them the hidden "
        f"states h_1 to h_{STEPS} and the loss L. The gradient comes from L "
        f"through h_{STEPS} to c_{STEPS}. From each cell state to the one "
        "before lead two paths back: a direct one with a single factor, the "
        "forget gate of that step, and a dashed one through candidate and "
        "gates to the hidden state before and from there to the cell state. "
        "Below: the derivative of c_4 with respect to c_1 is f_4 ⊙ f_3 ⊙ f_2 "
        "plus what comes along the side paths."
    )


def _straight(drawing: Drawing, before: Box, after: Box, factor: str) -> None:
    """Draw the gradient's way over one arrow, and its factor."""
    start, tip = after.at(-0.4, 1), before.at(0.4, 1)
    high = STATES + 38
    drawing.arrow(
        start, (start[0], high), (tip[0], high), tip, meaning="gradient"
    )
    drawing.label((start[0] + tip[0]) / 2, high + 14, factor, "gate", size=14)


def _side(
    drawing: Drawing, before: Box, after: Box, hidden: Box, step: int
) -> None:
    """Draw the path through candidate and gates, h and tanh."""
    look = {"meaning": "gradient", "dashed": True, "width": 1.1}
    middle = (before.x + after.x) / 2
    part = drawing.box(
        middle, 128, 60, 28, f"$g_{step}$, gates", "line", strength=0, size=10
    )
    start = after.at(-0.5, -1)
    drawing.arrow(start, (start[0], part.y), part.right, **look)
    drawing.arrow(part.at(0, -1), (middle, HIDDEN), hidden.right, **look)
    drawing.arrow(hidden.at(0, 1), before.at(0, -1), **look)
