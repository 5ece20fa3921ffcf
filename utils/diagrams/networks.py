"""Networks of neurons: forward only, recurrent, stacked, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from utils.arguments import check_integer
from utils.diagrams.geometry import Box
from utils.diagrams.lettering import numbered
from utils.diagrams.unrolled import loop
from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.diagrams.words import say


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
                giver.round_edge((taker.x, taker.y)),
                taker.round_edge((giver.x, giver.y)),
                meaning=meaning,
                width=width,
                layer=1,
            )


def feedforward_and_recurrent(
    inputs: int = 3, units: int = 3
) -> tuple[Figure, str]:
    """Draw the same three layers without and with a loop.

    Args:
        inputs: Neurons of the first layer.
        units: Neurons of the layer that may loop.
    """
    drawing = Drawing(WIDTH, 254)
    middle_y = 128
    for left, title, remark, loops in (
        (12, "feed_forward", "only_onwards", False),
        (258, "recurrent", "comes_back", True),
    ):
        drawing.frame(left, 12, left + 234, 242)
        drawing.label(left + 14, 225, say(title), face="bold", align="left")
        drawing.note(left + 117, 36, say(remark))
        first = neurons(drawing, left + 42, middle_y, [""] * inputs, "input")
        layer = drawing.box(
            left + 117, middle_y, 44, 40 * units + 8, radius=8, layer=0.8
        )
        middle = neurons(
            drawing,
            left + 117,
            middle_y,
            [""] * units,
            "hidden_state" if loops else "panel",
        )
        last = neurons(drawing, left + 192, middle_y, [""], "output")
        connect(drawing, first, middle)
        connect(drawing, middle, last)
        if loops:
            loop(drawing, layer, 12)
    return drawing, (
        f"Two networks with {inputs} inputs, a layer of {units} neurons and "
        "one output. In the feed-forward one all lines lead onwards: each "
        "sample is forgotten before the next one comes. In the recurrent "
        "one an arrow leads from the layer back into it: its output of one "
        "step comes back at the next."
    )


def weights(inputs: int = 4, units: int = 3) -> tuple[Figure, str]:
    """Draw every weight of a recurrent layer as one line.

    Args:
        inputs: Numbers in the input, 2 to 5.
        units: Neurons of the layer, 2 to 4.
    """
    check_integer("inputs", inputs, minimum=2, maximum=5)
    check_integer("units", units, minimum=2, maximum=4)
    tall = max(56 * (inputs - 1), 78 * (units - 1)) + 28
    drawing = Drawing(WIDTH, tall + 142)
    y, left, middle, right = tall / 2 + 78, 76, 252, 428
    x = neurons(
        drawing, left, y, numbered("x", inputs), "input", pitch=56, radius=14
    )
    column = {"pitch": 78, "radius": 14}
    nameless = [""] * units
    layer = neurons(
        drawing, middle, y, nameless, "weight", strength=0, **column
    )
    h = neurons(
        drawing, right, y, numbered("h", units), "hidden_state", **column
    )
    connect(drawing, x, layer, "input", 1.2)
    connect(drawing, h, layer, "hidden_state", 1.2)
    _biases(drawing, layer)
    counts = inputs * units, units, units * units
    W_x = f"$W_x$:  {inputs} × {units} = {counts[0]}"
    W_h = f"$W_h$:  {units} × {units} = {counts[2]}"
    for at, text, meaning in (
        (left + 84, W_x, "input"),
        (middle, f"$b$:  {counts[1]}", "weight"),
        (right - 84, W_h, "hidden_state"),
    ):
        drawing.label(at, drawing.height - 20, text, meaning, size=12)
    drawing.note(left, 36, say("these_inputs", count=inputs))
    drawing.note(right, 36, say("states_before", count=units))
    total = " + ".join(str(counts[place]) for place in (0, 2, 1))
    drawing.label(middle, 20, f"{total} = {sum(counts)}", size=13, face="bold")
    return drawing, (
        f"On the left {inputs} inputs x, in the middle {units} neurons, on "
        f"the right the {units} hidden states h of the step before. A line "
        f"leads from every input to every neuron: {counts[0]} weights, W_x. "
        f"A line leads from every hidden state to every neuron: {counts[2]} "
        f"weights, W_h. Each neuron has one bias: {counts[1]}. Together "
        f"{sum(counts)} numbers."
    )


def _biases(drawing: Drawing, layer: Sequence[Box]) -> None:
    """Draw the bias of every neuron below it."""
    for neuron, text in zip(layer, numbered("b", len(layer)), strict=True):
        bias = drawing.box(
            neuron.x, neuron.y - 35, 26, 18, text, "weight", size=10, radius=3
        )
        drawing.line(bias.top, neuron.bottom, meaning="weight", width=1.2)
