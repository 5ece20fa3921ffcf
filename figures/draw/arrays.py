"""Numbers in boxes: vectors, matrices, and blocks of matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.patches import Rectangle

from utils.drawing.card import Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import TEXT


def matrix(
    drawing: Drawing,
    x: float,
    y: float,
    rows: int,
    columns: int,
    meaning: str,
    *,
    cell: tuple[float, float] = (20, 20),
    texts: Sequence[Sequence[str]] = (),
    strengths: Sequence[Sequence[float]] = (),
    size: float = TEXT,
    layer: float = 3,
) -> Box:
    """Draw a grid of numbers centred on a point.

    Args:
        drawing: The card.
        x: Centre.
        y: Centre.
        rows: How many.
        columns: How many.
        meaning: Of the colour.
        cell: Width and height of one number's cell, in points.
        texts: What the cells say, row by row.
        strengths: How much of the colour fills each cell.
        size: Of the text.
        layer: As in ``Drawing.inscribe``.
    """
    width, height = cell
    grid = Box(x, y, columns * width, rows * height)
    left, top = grid.at(-1, 1)
    for row in range(rows):
        for column in range(columns):
            strength = strengths[row][column] if strengths else 0.13
            place = (left + width * column, top - height * (row + 1))
            middle = (place[0] + width / 2, place[1] + height / 2)
            drawing.inscribe(
                Rectangle(place, width, height),
                Box(*middle, width, height),
                texts[row][column] if texts else "",
                meaning,
                strength=strength,
                layer=layer,
                size=size,
            )
    drawing.boxes.append(grid)
    return grid


def vector(
    drawing: Drawing,
    x: float,
    y: float,
    texts: Sequence[str],
    meaning: str,
    *,
    upright: bool = True,
    strengths: Sequence[float] = (),
    **look: Any,
) -> Box:
    """Draw a row of numbers, or a column, centred on a point.

    Args:
        drawing: The card.
        x: Centre.
        y: Centre.
        texts: What each cell says, the first on top or at the left.
        meaning: Of the colour.
        upright: A column rather than a row.
        strengths: How much of the colour fills each cell.
        **look: cell, size and layer as in ``matrix``.
    """
    as_rows = (lambda v: [[e] for e in v]) if upright else (lambda v: [v])
    shape = (len(texts), 1) if upright else (1, len(texts))
    return matrix(
        drawing,
        x,
        y,
        *shape,
        meaning,
        texts=as_rows(list(texts)),
        strengths=as_rows(list(strengths)) if len(strengths) else (),
        **look,
    )


def block(
    drawing: Drawing,
    x: float,
    y: float,
    sheets: int,
    rows: int,
    columns: int,
    meaning: str,
    *,
    cell: tuple[float, float],
) -> Box:
    """Draw matrices behind each other; return the front one, at x and y."""
    for depth in reversed(range(1, sheets)):
        drawing.box(
            x + 9 * depth,
            y + 9 * depth,
            columns * cell[0],
            rows * cell[1],
            meaning=meaning,
            radius=0,
            layer=3 - depth / 10,
        )
    return matrix(drawing, x, y, rows, columns, meaning, cell=cell)


def sheet(
    drawing: Drawing, box: Box, rows: int, columns: int, meaning: str
) -> None:
    """Rule a box into many rows and columns too small to write in."""
    left, bottom = box.at(-1, -1)
    look = {"meaning": meaning, "width": 0.25, "layer": 4}
    for row in range(1, rows):
        y = bottom + box.height * row / rows
        drawing.line((left, y), (left + box.width, y), **look)
    for column in range(1, columns):
        x = left + box.width * column / columns
        drawing.line((x, bottom), (x, bottom + box.height), **look)
