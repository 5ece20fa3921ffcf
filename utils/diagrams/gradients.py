"""The gradient on its way back through the time steps."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from utils.arguments import check_integer
from utils.diagrams.geometry import Box
from utils.diagrams.vocabulary import WIDTH, Drawing


def gradient_through_time(steps: int = 4) -> tuple[Figure, str]:
    """Draw the states forwards and the gradient backwards, factor by factor.

    Args:
        steps: Time steps, 2 to 4.
    """
    check_integer("steps", steps, minimum=2, maximum=4)
    drawing = Drawing(WIDTH, 260)
    y, pitch = 154, 412 / steps
    boxes = []
    for step in range(1, steps + 1):
        x = 44 + pitch * (step - 1)
        state = drawing.box(
            x, y, 42, 32, f"$h_{step}$", "hidden_state", size=13
        )
        given = drawing.box(x, y - 60, 42, 26, f"$x_{step}$", "input")
        drawing.arrow(given.top, state.bottom, meaning="input")
        boxes.append(state)
    boxes.append(drawing.box(460, y, 42, 32, "$L$", "output", size=13))
    names = [*(f"h_{step}" for step in range(1, steps + 1)), "L"]
    factors = [
        rf"$\dfrac{{\partial {above}}}{{\partial {below}}}$"
        for below, above in pairwise(names)
    ]
    for (before, after), factor in zip(pairwise(boxes), factors, strict=True):
        forwards = "output" if after is boxes[-1] else "hidden_state"
        drawing.arrow(before.right, after.left, meaning=forwards)
        _step_back(drawing, before, after, factor)
    whole = (r"$\dfrac{\partial L}{\partial h_1}$", "gradient")
    product = [(factor, "gradient") for factor in reversed(factors)]
    drawing.equation(WIDTH / 2, 32, [whole, ("$=$", "text"), *product], gap=9)
    return drawing, (
        f"Hidden states h_1 to h_{steps} in a row, an arrow from each to the "
        "next and from the last to the loss L. Above them arrows lead back "
        "from the loss to the first state, and each carries one factor. The "
        "gradient of L with respect to h_1 is the product of all "
        f"{steps} factors, as many as there are steps to go back."
    )


def _step_back(drawing: Drawing, before: Box, after: Box, factor: str) -> None:
    """Draw the gradient's way over one arrow, and its factor."""
    start, tip = after.at(-0.4, 1), before.at(0.4, 1)
    high = before.y + 44
    corners = (start[0], high), (tip[0], high)
    drawing.arrow(start, *corners, tip, meaning="gradient")
    middle = (start[0] + tip[0]) / 2
    drawing.label(middle, high + 28, factor, "gradient", size=13)
