"""Networks of neurons: forward only, recurrent, stacked, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from utils.diagrams.geometry import Box
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
        drawing.label(left + 117, 36, say(remark), "muted", size=10)
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
