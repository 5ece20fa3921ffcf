"""Networks of equal size side by side: what each has, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box
from utils.parameters import count_parameters

NETWORKS: dict[str, tuple[tuple[str, int], ...]] = {
    "one layer": (("recurrent", 36),),
    "two layers": (("recurrent", 21), ("recurrent", 21)),
    "one + tanh Dense": (("recurrent", 28), ("tanh", 19)),
    "one + linear Dense": (("recurrent", 28), ("linear", 19)),
}
"""Name -> its layers from below, each with its units; a head comes on top.

``lessons.stacking.experiments`` trains them; a test compares the two.
"""

ROWS = {"input": 54, 0: 110, 1: 178, "head": 240, "output": 290}
"""Points: the height of each row; 0 and 1 are the layers from below."""

COLUMNS = (-29, 29)
"""Points: the two time steps, from the middle of a network."""


def four_networks() -> tuple[Figure, str]:
    """Draw the networks of lesson 05 over two steps."""
    drawing = Drawing(WIDTH, 336)
    width = WIDTH / len(NETWORKS)
    words = []
    for place, (name, stack) in enumerate(NETWORKS.items()):
        middle = width * (place + 0.5)
        drawing.label(middle, 321, name, face="bold", size=10)
        total = f"{_parameters(stack):,} parameters"
        drawing.note(middle, 18, total)
        _network(drawing, middle, stack)
        parts = " and ".join(_said(kind, units) for kind, units in stack)
        words.append(f"{name}, {parts}, {total}")
    return drawing, (
        "Four networks side by side over two time steps, each with a head "
        f"that answers at every step: {'; '.join(words)}. Only recurrent "
        "cells are joined from step to step."
    )


def _network(
    drawing: Drawing, middle: float, stack: Sequence[tuple[str, int]]
) -> None:
    """Draw one network, from its inputs to its answers."""
    below = [
        drawing.box(middle + x, ROWS["input"], 34, 24, f"$x_{t}$", "input")
        for t, x in enumerate(COLUMNS, 1)
    ]
    meaning = "input"
    for row, (kind, units) in enumerate(stack):
        layer = _layer(drawing, middle, row, kind, units)
        _climb(drawing, below, layer, meaning)
        # A state climbs; what a Dense makes of it is no state any more.
        meaning = "hidden_state" if kind == "recurrent" else "text"
        below = layer
    heads = [
        drawing.box(middle + x, ROWS["head"], 44, 26, "head", size=10)
        for x in COLUMNS
    ]
    _climb(drawing, below, heads, meaning)
    answers = [
        drawing.box(middle + x, ROWS["output"], 34, 24, f"$y_{t}$", "output")
        for t, x in enumerate(COLUMNS, 1)
    ]
    _climb(drawing, heads, answers, "output")


def _layer(
    drawing: Drawing, middle: float, row: int, kind: str, units: int
) -> list[Box]:
    """Draw a layer at both steps; a recurrent one is joined."""
    y = ROWS[row]
    recurrent = kind == "recurrent"
    width, name = (42, "RNN") if recurrent else (50, "Dense")
    boxes = [drawing.box(middle + x, y, width, 38) for x in COLUMNS]
    for box in boxes:
        size = str(units) if recurrent else f"{units} {kind}"
        drawing.label(box.x, y + 8, name, size=10)
        drawing.label(box.x, y - 8, size, size=10)
    if recurrent:
        first, second = boxes
        drawing.arrow(first.right, second.left, meaning="hidden_state")
    return boxes


def _climb(
    drawing: Drawing, below: list[Box], above: list[Box], meaning: str
) -> None:
    """Draw an arrow up at each step."""
    for low, high in zip(below, above, strict=True):
        drawing.arrow(low.top, high.bottom, meaning=meaning)


def _parameters(stack: Sequence[tuple[str, int]]) -> int:
    """Return the parameters of a network that reads one number a step."""
    total, arriving = 0, 1
    for kind, units in (*stack, ("head", 1)):
        if kind == "recurrent":
            total += count_parameters("simple_rnn", arriving, units).total
        else:
            total += (arriving + 1) * units
        arriving = units
    return total


def _said(kind: str, units: int) -> str:
    """Return a layer in words."""
    if kind == "recurrent":
        return f"{units} recurrent units"
    return f"a {kind} Dense of {units}"
