"""A network drawn once for each time step: inputs below, outputs above."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from utils.drawing.card import Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import TEXT


class Rows(NamedTuple):
    """The boxes of an unrolled network, a column for each time step.

    Attributes:
        inputs: None where a step reads nothing.
        cells: One for each step.
        outputs: None where a step answers nothing.
    """

    inputs: list[Box | None]
    cells: list[Box]
    outputs: list[Box | None]


class Sizes(NamedTuple):
    """Points: how large the parts of an unrolled network are.

    Attributes:
        box: Width and height of an input or output.
        cell: Width and height of a cell.
        gap: From box to cell, the length of an upright arrow.
        text: Size of the words.
    """

    box: tuple[float, float] = (46, 26)
    cell: tuple[float, float] = (46, 34)
    gap: float = 24
    text: float = TEXT

    @property
    def rise(self) -> float:
        """From the middle of a cell to the middle of a box."""
        return self.cell[1] / 2 + self.gap + self.box[1] / 2


def unroll(
    drawing: Drawing,
    columns: Sequence[float],
    y: float,
    inputs: Sequence[str | None],
    outputs: Sequence[str | None],
    *,
    sizes: Sizes | None = None,
    cell_text: str = "",
    answers: str = "output",
    full: Sequence[bool] = (),
) -> Rows:
    """Draw cells in a row, what each reads and what each answers.

    Args:
        drawing: The card.
        columns: x of each time step.
        y: Middle of the cells.
        inputs: Text of each step's input, None where there is none.
        outputs: Text of each step's output, None where there is none.
        sizes: Of the parts.
        cell_text: What stands in every cell.
        answers: The meaning of the outputs, for their colour.
        full: For each step, whether the output is filled with its colour.
    """
    sizes = sizes or Sizes()
    cells = [
        drawing.box(x, y, *sizes.cell, cell_text, size=sizes.text)
        for x in columns
    ]
    rows = Rows([], cells, [])
    for before, after in pairwise(cells):
        drawing.arrow(before.right, after.left, meaning="hidden_state")
    for step, cell in enumerate(cells):
        below = _attach(drawing, cell, inputs[step], sizes, "input", up=-1)
        strength = 1 if full and full[step] else 0.13
        above = _attach(
            drawing, cell, outputs[step], sizes, answers, strength, up=1
        )
        rows.inputs.append(below)
        rows.outputs.append(above)
    return rows


def _attach(
    drawing: Drawing,
    cell: Box,
    text: str | None,
    sizes: Sizes,
    meaning: str,
    strength: float = 0.13,
    *,
    up: int,
) -> Box | None:
    """Draw what a cell reads (up = -1) or answers (up = 1)."""
    if text is None:
        return None
    y = cell.y + up * sizes.rise
    box = drawing.box(
        cell.x,
        y,
        *sizes.box,
        text,
        meaning,
        size=sizes.text,
        strength=strength,
    )
    way = (cell.top, box.bottom) if up > 0 else (box.top, cell.bottom)
    drawing.arrow(*way, meaning=meaning)
    return box


def name_rows(drawing: Drawing, x: float, y: float, sizes: Sizes) -> None:
    """Write input, network and output at the left of the rows."""
    for text, up in (("input", -1), ("network", 0), ("output", 1)):
        drawing.note(x, y + up * sizes.rise, text, align="left")


def time_axis(
    drawing: Drawing, x: float, columns: Sequence[float], y: float
) -> None:
    """Number the time steps, with their name at x, left of them."""
    drawing.note(x, y, "time step", align="left")
    for step, column in enumerate(columns, start=1):
        drawing.note(column, y, str(step))


def bracket(
    drawing: Drawing, left: float, right: float, y: float, text: str
) -> None:
    """Draw a bracket that opens upwards, with a text below it."""
    drawing.line(
        (left, y + 5),
        (left, y),
        (right, y),
        (right, y + 5),
        width=1.2,
        radius=3,
    )
    drawing.note((left + right) / 2, y - 10, text)


def loop(drawing: Drawing, shape: Box, reach: float, rise: float = 18) -> None:
    """Draw the arrow of a state that comes back, ``rise`` above a shape."""
    x, top = shape.top
    drawing.arrow(
        (x + reach, top),
        (x + reach, top + rise),
        (x - reach, top + rise),
        (x - reach, top),
        meaning="hidden_state",
    )
