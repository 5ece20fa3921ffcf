"""The gradient on its way back through the time steps."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from utils.arguments import check_integer
from utils.diagrams.vocabulary import WIDTH, Drawing


def gradient_through_time(steps: int = 4) -> tuple[Figure, str]:
    """Draw the states forwards and the gradient backwards, factor by factor.

    Args:
        steps: Time steps, 2 to 4.
    """
    check_integer("steps", steps, minimum=2, maximum=4)
    drawing = Drawing(WIDTH, 268)
    y, pitch = 156, 412 / steps
    columns = [44 + pitch * step for step in range(steps)]
    states = []
    for step, x in enumerate(columns, start=1):
        state = drawing.box(
            x, y, 42, 32, f"$h_{step}$", "hidden_state", size=13
        )
        given = drawing.box(x, y - 60, 42, 26, f"$x_{step}$", "input")
        drawing.arrow(given.top, state.bottom, meaning="input")
        states.append(state)
    loss = drawing.box(460, y, 42, 32, "$L$", "output", size=13)
    factors = []
    for place, (before, after) in enumerate(
        pairwise([*states, loss]), start=1
    ):
        last = after is loss
        drawing.arrow(
            before.right,
            after.left,
            meaning="output" if last else "hidden_state",
        )
        above = "L" if last else f"h_{place + 1}"
        factors.insert(
            0,
            rf"$\dfrac{{\partial {above}}}"
            rf"{{\partial h_{place}}}$",
        )
        start, tip = after.at(-0.4, 1), before.at(0.4, 1)
        drawing.arrow(
            start,
            (start[0], y + 44),
            (tip[0], y + 44),
            tip,
            meaning="gradient",
        )
        drawing.label(
            (start[0] + tip[0]) / 2, y + 72, factors[0], "gradient", size=13
        )
    whole = r"$\dfrac{\partial L}{\partial h_1}$"
    drawing.equation(
        WIDTH / 2,
        32,
        [
            (whole, "gradient"),
            ("$=$", "text"),
            *((factor, "gradient") for factor in factors),
        ],
        gap=9,
    )
    return drawing, (
        f"Hidden states h_1 to h_{steps} in a row, an arrow from each to the "
        "next and from the last to the loss L. Above them arrows lead back "
        "from the loss to the first state, and each carries one factor. The "
        "gradient of L with respect to h_1 is the product of all "
        f"{steps} factors, as many as there are steps to go back."
    )
