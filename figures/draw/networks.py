"""Networks of neurons: forward only, recurrent, stacked, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from figures.draw.marks import round_edge
from figures.draw.unrolled import loop
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box


def neurons(
    drawing: Drawing,
    x: float,
    y: float,
    texts: Sequence[str],
    meaning: str,
    *,
    pitch: float = 40,
    radius: float = 12,
    **look: Any,
) -> list[Box]:
    """Draw a column of neurons centred on a point, the first on top."""
    rise = (len(texts) - 1) / 2
    return [
        drawing.circle(
            x, y + pitch * (rise - place), radius, text, meaning, **look
        )
        for place, text in enumerate(texts)
    ]


def connect(
    drawing: Drawing,
    givers: Sequence[Box],
    takers: Sequence[Box],
    meaning: str = "line",
    width: float = 1,
) -> None:
    """Draw a line from every neuron of one column to every one of another."""
    for giver in givers:
        for taker in takers:
            drawing.line(
                round_edge(giver, (taker.x, taker.y)),
                round_edge(taker, (giver.x, giver.y)),
                meaning=meaning,
                width=width,
                layer=1,
            )


def feedforward_and_recurrent() -> tuple[Figure, str]:
    """Draw the same three layers without and with a loop."""
    drawing = Drawing(WIDTH, 254)
    middle_y = 128
    forgets = "a sample goes in as a whole,\nnothing comes back"
    returns = (
        "a sample goes in step by step,\nthe output of each step comes back"
    )
    for left, title, remark, loops in (
        (12, "Feed-forward", forgets, False),
        (258, "Recurrent", returns, True),
    ):
        drawing.frame(left, 12, left + 234, 242)
        drawing.label(left + 14, 225, title, face="bold", align="left")
        drawing.note(left + 117, 36, remark)
        first = neurons(drawing, left + 42, middle_y, [""] * 3, "input")
        layer = drawing.box(left + 117, middle_y, 44, 128, radius=8, layer=0.8)
        meaning = "hidden_state" if loops else "panel"
        middle = neurons(drawing, left + 117, middle_y, [""] * 3, meaning)
        last = neurons(drawing, left + 192, middle_y, [""], "output")
        connect(drawing, first, middle)
        connect(drawing, middle, last)
        if loops:
            loop(drawing, layer, 12)
    return drawing, (
        "Two networks with 3 inputs, a layer of 3 neurons and "
        "one output. Feed-forward: a sample goes in as a whole, and all "
        "lines lead onwards. Recurrent: it goes in step by step, and an arrow "
        "leads the layer's output of each step back into it."
    )


def weights() -> tuple[Figure, str]:
    """Draw every weight of a recurrent layer as one arrow."""
    drawing = Drawing(WIDTH, 334)
    left, right = 92, 376
    radius = 15
    given = neurons(
        drawing,
        left,
        236,
        [f"$x^{{({n})}}$" for n in range(1, 5)],
        "input",
        pitch=36,
        radius=radius,
    )
    before = neurons(
        drawing,
        left,
        98,
        [f"$h^{{({n})}}$" for n in range(1, 4)],
        "hidden_state",
        pitch=36,
        radius=radius,
    )
    layer, givers = [], [*given, *before]
    for place in range(3):
        y = 268 - 85 * place
        neuron = drawing.box(right, y, 34, 50, meaning="weight", strength=0)
        layer.append(neuron)
        for row, giver in enumerate(givers):
            tip = neuron.at(-1, 1 - (2 * row + 1) / len(givers))
            drawing.arrow(
                round_edge(giver, tip),
                tip,
                meaning="input" if giver in given else "hidden_state",
                width=1.1,
                layer=1,
            )
        state = drawing.box(452, y, 38, 26, "", "hidden_state")
        drawing.arrow(neuron.right, state.left, meaning="hidden_state")
    _biases(drawing, layer)
    drawing.label(452, 300, "$h_t$", "hidden_state", size=13)
    drawing.label(20, 236, "$x_t$", "input", size=13, align="left")
    drawing.label(20, 98, "$h_{t{-}1}$", "hidden_state", size=13, align="left")
    for at, text, meaning in (
        (110, "$W_x$:  4 × 3 = 12", "input"),
        (252, "$W_h$:  3 × 3 = 9", "hidden_state"),
        (376, "$b$:  3", "weight"),
    ):
        drawing.label(at, 320, text, meaning, size=12)
    drawing.note(
        20,
        24,
        "above, the 4 inputs of this step\n"
        "below, the 3 numbers of the state before",
        align="left",
    )
    drawing.label(right, 18, "12 + 9 + 3 = 24", size=13, face="bold")
    return drawing, (
        "On the left the 4 inputs x_t of this time step and, below them, the "
        "3 numbers of h_(t-1), the state of the step before; on the right 3 "
        "neurons, from which arrows lead out to h_t. An arrow leads from "
        "every input to every neuron: 12 weights, W_x. An arrow leads from "
        "every number of the state to every neuron: 9 weights, W_h. Each "
        "neuron has one bias, b^(1) to b^(3). Together 24 numbers."
    )


def _biases(drawing: Drawing, layer: Sequence[Box]) -> None:
    """Draw the bias of every neuron below it."""
    for number, neuron in enumerate(layer, start=1):
        text = f"$b^{{({number})}}$"
        bias = drawing.box(
            neuron.x, neuron.y - 41, 34, 20, text, "weight", size=10, radius=3
        )
        drawing.line(bias.top, neuron.bottom, meaning="weight", width=1.2)
