"""A stack of recurrent layers, with the shape that leaves each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

Shape = tuple[int | None, ...]
"""Sizes of the axes; None where any size will do."""

HEIGHT = 332
"""Points; the same for every stack."""

LAYER = (176, 48)
"""Points: width and height of a layer."""

COLUMNS = (286.0, 368.0, 450.0)
"""Points: the middles of the boxes of batch, time steps, features."""

REACH = 184
"""Points: from the input to the third layer."""


def stack_shapes(
    shapes: Sequence[Shape],
    codes: Sequence[str],
    states: Sequence[Shape] = (),
    *,
    hidden: bool = False,
) -> tuple[Drawing, str]:
    """Draw one to three layers from below, and what each hands on.

    Args:
        shapes: Of the input, then of the output of each layer up to the
            first one that cannot be built.
        codes: Each layer in Python, the lowest first, at most three lines.
        states: Shapes of h, or of h and c, that the top layer returns
            beside its output.
        hidden: A question mark stands for all that the layers hand on.
    """
    drawing = Drawing(WIDTH, HEIGHT)
    # Above the third layer only the states of an LSTM need room.
    pitch = min(100, (REACH if states else HEIGHT - 76) / len(codes))
    bottom = 36 + max(0, REACH - pitch * len(codes)) / 2
    x, built = 16 + LAYER[0] / 2, len(codes) if hidden else len(shapes) - 1
    below = drawing.box(x, bottom, 84, 28, "input", "input")
    _input_shape(drawing, below, shapes[0])
    for number, code in enumerate(codes, start=1):
        flow = "hidden_state" if number > 1 else "input"
        y, is_built = bottom + pitch * number, number <= built
        layer = _layer(drawing, x, y, number, code, is_built)
        flow = flow if is_built else "faded"
        drawing.arrow(below.top, layer.bottom, meaning=flow)
        if hidden:
            drawing.label(layer.right[0] + 22, layer.y, "?", face="bold")
        elif is_built:
            missed = number == built < len(codes)
            _output_shape(drawing, layer, shapes[number], missed=missed)
        elif number == built + 1:
            _refusal(drawing, layer, shapes[-1])
        below = layer
    if states:
        drawing.label(below.right[0] + 36, below.y + 11, "output", size=9)
    for place, shape in enumerate(states, start=1):
        _state(drawing, below, place, shape)
    if hidden:
        shapes = [shapes[0], *["a shape still hidden"] * len(codes)]
    return drawing, _described(shapes, codes, states)


def _described(
    shapes: Sequence[Any], codes: Sequence[str], states: Sequence[Shape]
) -> str:
    """Return the picture in words."""
    parts = [f"The input has the shape {shapes[0]}."]
    for number, code in enumerate(codes, start=1):
        layer = f"Layer {number}, {' '.join(code.split())},"
        if number < len(shapes):
            parts.append(f"{layer} hands on {shapes[number]}.")
        elif number == len(shapes):
            parts.append(f"{layer} cannot read {shapes[-1]}.")
        else:
            parts.append(f"{layer} is not built.")
    parts += [
        f"Beside its output it returns the state {name}, {shape}."
        for name, shape in zip("hc", states, strict=False)
    ]
    return " ".join(parts)


def _layer(
    drawing: Drawing, x: float, y: float, number: int, code: str, built: bool
) -> Box:
    """Draw a layer: its code, and the name an error message calls it by."""
    meaning = "panel" if built else "faded"
    layer = drawing.box(x, y, *LAYER, meaning=meaning, dashed=not built)
    left, top = layer.at(-1, 1)
    lines = code.split("\n")
    for place, line in enumerate(lines):
        drawing.label(
            left + (19 if line.startswith(" ") else 8),
            y + 14 * ((len(lines) - 1) / 2 - place),
            line.strip(),
            size=10,
            face="code",
            align="left",
        )
    drawing.note(
        layer.right[0] - 6, top - 10, f"layer_{number}", align="right"
    )
    return layer


def _input_shape(drawing: Drawing, source: Box, shape: Shape) -> None:
    """Draw the axes of the input, unnamed if they are not three."""
    if len(shape) == len(COLUMNS):
        names = ["batch", "time steps", "features"]
        _axes(drawing, source, COLUMNS, names, shape, "input")
        return
    places = range(len(shape))
    columns = [COLUMNS[0] - 9 + 61 * place for place in places]
    names = [f"axis {place + 1}" for place in places]
    _axes(drawing, source, columns, names, shape, "input", width=56)


def _output_shape(
    drawing: Drawing,
    source: Box,
    shape: Shape,
    meaning: str = "hidden_state",
    *,
    missed: bool = False,
) -> None:
    """Draw the axes of an output, a gap where time is gone."""
    names = ["batch", "time steps", "units"]
    every = slice(None) if len(shape) == len(COLUMNS) else slice(None, None, 2)
    _axes(drawing, source, COLUMNS[every], names[every], shape, meaning)
    if missed:
        look = {"meaning": "faded", "dashed": True, "size": 10}
        drawing.box(COLUMNS[1], source.y, 74, 34, "missing", **look)


def _axes(
    drawing: Drawing,
    source: Box,
    columns: Sequence[float],
    names: Sequence[str],
    shape: Shape,
    meaning: str,
    *,
    width: float = 74,
) -> None:
    """Draw a box for each axis, its size over its name."""
    for x, name, size in zip(columns, names, shape, strict=True):
        drawing.box(x, source.y, width, 34, meaning=meaning, radius=2)
        drawing.label(x, source.y + 7, str(size), face="bold", size=10)
        drawing.label(x, source.y - 8, name, size=10)
    tip = (columns[0] - width / 2, source.y)
    drawing.arrow(source.right, tip, meaning=meaning)


def _refusal(drawing: Drawing, layer: Box, shape: Shape) -> None:
    """Write beside a layer what it wants and what it was given."""
    x, y = layer.right
    for up, text in ((8, "expected ndim=3"), (-8, f"found ndim={len(shape)}")):
        drawing.label(x + 10, y + up, text, face="code", align="left")


def _state(drawing: Drawing, layer: Box, place: int, shape: Shape) -> None:
    """Draw a state that leaves the top layer beside its output."""
    letter, meaning = (
        ("h", "hidden_state") if place == 1 else ("c", "cell_state")
    )
    x, y = layer.right
    # The line to the upper row leaves higher, so that the two do not cross.
    turn = (x + 24 - 9 * place, y + 8 * place)
    above = Box(turn[0], y + 42 * place, 0, 0)
    drawing.line((x, turn[1]), turn, above.right, meaning=meaning, radius=0)
    drawing.label(x + 36, above.y + 11, f"state {letter}", size=9)
    _output_shape(drawing, above, shape, meaning)
