"""The arrays of stacked recurrent layers, drawn to one scale on one card."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from lessons.counting_parameters.plots import KINDS, CellShape
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Point
from utils.drawing.lettering import text_width
from utils.drawing.shades import fill_color, line_color

SYMBOLS = ("Wₓ", "Wₕ", "b")
"""As letters: a formula with numbers that change takes long to set."""

HEIGHT = 372
"""Points, however many layers there are."""

LEFT, LENGTH = 26, 456
"""Points: where the rectangles begin, and the room to their right."""

TOP, BOTTOM = 342, 74
"""Points above the lower edge: between them stand the layers."""

HEADING = 34
"""Points: the two lines of text above a layer."""

GAP = 4
"""Points between the rectangles of two directions."""

HIGHEST = 170
"""Points: no layer is higher, so that one alone does not fill all."""

LARGEST_SQUARE = 40
"""Points: the side of one weight, if there are few."""

SMALLEST = (150, 14)
"""Points: a picture shorter or flatter than that is stretched instead."""

THINNEST = 1.0
"""Points: what is shorter in proportion is drawn that long, and named."""

RULED = 5.0
"""Points: from this side on, squares have lines between them."""


def layer_arrays(
    layers: Sequence[CellShape], directions: int = 1
) -> tuple[Drawing, str]:
    """Draw every array as a rectangle whose area stands for its count.

    A rectangle is as long as one column of weights (inputs, units, bias) and
    as high as there are columns, as in ``weights.proportions``. All layers
    share one scale. A weight is a square where that can be seen; elsewhere
    the picture is stretched, and says so.

    Args:
        layers: The arrays of one direction of each layer, the lowest first,
            all with the same units.
        directions: 2 if every layer reads in both directions, else 1.

    Returns:
        A card of always the same size, and its description.
    """
    drawing = Drawing(WIDTH, HEIGHT)
    _write_formula(drawing, layers[0], directions)
    slot = (TOP - BOTTOM) / len(layers)
    room = min(HIGHEST, slot - HEADING - 10) - GAP * (directions - 1)
    across, up = _scale(layers, room / directions)
    for place, layer in enumerate(layers):
        top = TOP - place * slot
        _write_counts(drawing, place + 1, layer, directions, top)
        for direction in range(directions):
            height = layer.columns * up
            foot = top - HEADING - height - direction * (height + GAP)
            _draw_direction(drawing, layer, foot, across, up)
            if directions == 2:
                arrow = "→←"[direction]
                drawing.label(LEFT - 13, foot + height / 2, arrow)
    total = directions * sum(sum(layer.counts) for layer in layers)
    drawing.label(WIDTH / 2, 54, f"total {total:,}", face="bold", size=13)
    drawing.note(
        WIDTH / 2,
        33,
        "every weight is a square of the same size"
        if across == up
        else "stretched to fit: equal areas are still equal counts",
    )
    if thin := too_thin(layers, across):
        drawing.note(
            WIDTH / 2, 15, f"too thin in proportion, so just a line: {thin}"
        )
    return drawing, _description(layers, directions, total)


def asked(layers: Sequence[CellShape], directions: int) -> tuple[Drawing, str]:
    """Draw the question: what is given of each layer, and no count.

    Args:
        layers: As of ``layer_arrays``.
        directions: 2 if every layer reads in both directions, else 1.

    Returns:
        A card of the same size, and its description.
    """
    drawing, parts = Drawing(WIDTH, HEIGHT), []
    slot = (TOP - BOTTOM) / len(layers)
    for number, layer in enumerate(layers, start=1):
        y = TOP - 7 - (number - 1) * slot
        drawing.label(LEFT, y, f"layer {number}:", face="bold", align="left")
        read = f"{layer.rows[0]:,} inputs" if number == 1 else "? inputs"
        given = [read, f"{layer.rows[1]:,} units"]
        given += ["both directions"] * (directions - 1)
        parts.append(f"Layer {number}: {', '.join(given)}.")
        for place, text in enumerate(given):
            look = {"align": "left", "size": 10}
            drawing.label(LEFT + 76 + 110 * place, y, text, **look)
        for place, (symbol, meaning) in enumerate(
            zip(SYMBOLS, KINDS.values(), strict=True)
        ):
            x = LEFT + 126 + 110 * place
            drawing.box(x, y - 36, 96, 30, f"{symbol}:  ?", meaning)
    drawing.label(WIDTH / 2, 54, "total ?", face="bold", size=13)
    return (
        drawing,
        f"{' '.join(parts)} The counts of W_x, W_h and b are asked.",
    )


def filled_formula(layer: CellShape, directions: int = 1) -> str:
    """Return a layer's count as a formula with its numbers in place."""
    inputs, units, biases = layer.rows
    factors = [f"{n} · " for n in (directions, layer.sets) if n > 1]
    total = directions * sum(layer.counts)
    listened_to = f"({inputs:,} + {units:,} + {biases})"
    return f"{''.join(factors)}{units:,} · {listened_to} = {total:,}"


def too_thin(layers: Sequence[CellShape], across: float) -> str:
    """Return which arrays are drawn longer than their share, or nothing.

    Args:
        layers: The lowest first.
        across: Points for one row of an array.
    """
    named = []
    for symbol, *rows in zip(
        SYMBOLS, *(layer.rows for layer in layers), strict=True
    ):
        thin = [count * across < THINNEST for count in rows]
        if all(thin):
            named.append(symbol)
        elif any(thin):
            where = "in layer 1" if thin[0] else "above layer 1"
            named.append(f"{symbol} {where}")
    return ", ".join(named)


def _scale(layers: Sequence[CellShape], room: float) -> tuple[float, float]:
    """Return the points for a row, to the right, and a column, upwards."""
    longest = max(sum(layer.rows) for layer in layers)
    columns = layers[0].columns
    across, up = LENGTH / longest, room / columns
    square = min(across, up, LARGEST_SQUARE)
    length, height = square * longest, square * columns
    if square == LARGEST_SQUARE or (
        length >= SMALLEST[0] and height >= SMALLEST[1]
    ):
        return square, square
    return across, up


def _write_formula(
    drawing: Drawing, layer: CellShape, directions: int
) -> None:
    """Write the formula in words at the head of the card."""
    factors = [f"{n} · " for n in (directions, layer.sets) if n > 1]
    parts = [
        ("parameters of a layer  =", "text"),
        (f"{''.join(factors)}units · (", "text"),
        ("inputs", "input"),
        ("+", "text"),
        ("units", "hidden_state"),
        ("+", "text"),
        (str(layer.rows[-1]), "weight"),
        (")", "text"),
    ]
    drawing.equation(WIDTH / 2, HEIGHT - 14, parts, size=11)


def _write_counts(
    drawing: Drawing,
    number: int,
    layer: CellShape,
    directions: int,
    top: float,
) -> None:
    """Write a layer's formula in numbers, and below it its arrays."""
    formula = f"layer {number}:  {filled_formula(layer, directions)}"
    drawing.label(LEFT, top - 7, formula, size=10, align="left")
    left = float(LEFT)
    for symbol, meaning, rows, count in zip(
        SYMBOLS, KINDS.values(), layer.rows, layer.counts, strict=True
    ):
        text = f"{symbol} {rows:,} × {layer.columns:,} = {count:,}"
        drawing.label(left, top - 22, text, meaning, size=9, align="left")
        left += text_width(text, 9) + 11
    if directions == 2:
        drawing.label(left, top - 22, "twice", size=9, align="left")


def _draw_direction(
    drawing: Drawing, layer: CellShape, foot: float, across: float, up: float
) -> None:
    """Draw W_x, W_h and b from left to right, as high as there are columns."""
    left, height = float(LEFT), layer.columns * up
    for meaning, rows in zip(KINDS.values(), layer.rows, strict=True):
        length = max(rows * across, THINNEST)
        drawing.plane.add_patch(
            Rectangle(
                (left, foot),
                length,
                height,
                facecolor=fill_color(meaning, 0.6),
                edgecolor=line_color(meaning),
                # Around a sliver, an outline would be most of it.
                linewidth=0.8 if length > 4 else 0,
            )
        )
        if across == up >= RULED:
            _rule(drawing, (left, foot), rows, layer.columns, up)
        left += length
    for number in range(1, layer.sets):
        y = foot + number * height / layer.sets
        drawing.line(
            (LEFT, y), (left, y), meaning="background", width=1, radius=0
        )


def _rule(
    drawing: Drawing, corner: Point, rows: int, columns: int, side: float
) -> None:
    """Part an array into the squares of its weights."""
    (left, foot), (right, top) = corner, (rows * side, columns * side)
    right, top = left + right, foot + top
    upright = [
        ((x, foot), (x, top)) for x in (left + n * side for n in range(rows))
    ]
    level = [
        ((left, y), (right, y))
        for y in (foot + n * side for n in range(columns))
    ]
    drawing.plane.add_collection(
        LineCollection(
            upright[1:] + level[1:], colors="white", linewidths=0.6
        ),
        autolim=False,
    )


def _description(
    layers: Sequence[CellShape], directions: int, total: int
) -> str:
    """Return the picture in words."""
    twice = ", in each of two directions" if directions == 2 else ""
    each = "; ".join(
        f"layer {number}: W_x {layer.rows[0]:,} by {layer.columns:,}, W_h "
        f"{layer.rows[1]:,} by {layer.columns:,}, b {layer.rows[2]} by "
        f"{layer.columns:,}{twice}"
        for number, layer in enumerate(layers, start=1)
    )
    return (
        "The arrays of recurrent layers as rectangles side by side, all to "
        f"one scale, areas standing for counts. From the top, {each}. "
        f"Together {total:,} parameters."
    )
