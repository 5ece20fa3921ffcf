"""The gradient on its way back through the time steps."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box


def gradient_through_time() -> tuple[Figure, str]:
    """Draw the states forwards and the gradient backwards, by factors."""
    drawing = Drawing(WIDTH, 260)
    y, boxes = 154, []
    for step in range(1, 5):
        x = 44 + 103 * (step - 1)
        state = drawing.box(
            x, y, 42, 32, f"$h_{step}$", "hidden_state", size=13
        )
        given = drawing.box(x, y - 60, 42, 26, f"$x_{step}$", "input")
        drawing.arrow(given.top, state.bottom, meaning="input")
        boxes.append(state)
    boxes.append(drawing.box(460, y, 42, 32, "$L$", "output", size=13))
    names = ["h_1", "h_2", "h_3", "h_4", "L"]
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
        "Hidden states h_1 to h_4 in a row, an arrow from each to the "
        "next and from the last to the loss L. Above them arrows lead back "
        "from the loss to the first state, and each carries one factor. The "
        "gradient of L with respect to h_1 is the product of all "
        "4 factors, as many as there are steps to go back."
    )


def truncated_gradient() -> tuple[Figure, str]:
    """Draw the gradient going three steps back and not further."""
    drawing = Drawing(WIDTH, 176)
    y, steps, kept = 64, 6, 3
    states = [
        drawing.box(
            40 + 70 * step, y, 40, 30, f"$h_{step + 1}$", "hidden_state"
        )
        for step in range(steps)
    ]
    loss = drawing.box(40 + 70 * steps, y, 40, 30, "$L$", "output")
    for before, after in pairwise([*states, loss]):
        meaning = "output" if after is loss else "hidden_state"
        drawing.arrow(before.right, after.left, meaning=meaning)
    for before, after in pairwise([*states[-kept:], loss]):
        start, tip = after.at(-0.4, 1), before.at(0.4, 1)
        corners = (start[0], y + 40), (tip[0], y + 40)
        drawing.arrow(start, *corners, tip, meaning="gradient")
    cut = (states[-kept - 1].x + states[-kept].x) / 2
    drawing.line(
        (cut, y + 24), (cut, y + 76), meaning="text", dashed=True, layer=5
    )
    drawing.label(cut, y + 90, "cut", "text")
    middle = (states[-kept].x + loss.x) / 2
    drawing.note(middle, y + 58, f"the gradient goes {kept} steps back")
    drawing.note(cut - 90, y + 58, "no gradient")
    drawing.note(middle - 105, y - 36, "the states are handed on")
    return drawing, (
        f"Hidden states h_1 to h_{steps} in a row, an arrow from each to the "
        "next and from the last to the loss L. Arrows lead back from the "
        f"loss over {kept} states; there a dashed line cuts them off. The "
        "states before the cut get no gradient, but the arrows forwards pass "
        "through it."
    )


def _step_back(drawing: Drawing, before: Box, after: Box, factor: str) -> None:
    """Draw the gradient's way over one arrow, and its factor."""
    start, tip = after.at(-0.4, 1), before.at(0.4, 1)
    high = before.y + 44
    corners = (start[0], high), (tip[0], high)
    drawing.arrow(start, *corners, tip, meaning="gradient")
    middle = (start[0] + tip[0]) / 2
    drawing.label(middle, high + 28, factor, "gradient", size=13)
