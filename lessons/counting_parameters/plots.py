"""Plots of weights: every array a rectangle, every number an equal area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from utils import theme
from utils.errors import check_integer
from utils.parameters import count_parameters

KINDS = {"W_x": "input", "W_h": "hidden_state", "b": "weight"}
"""Symbol of an array in the formulas -> meaning of its colour."""

GAP = 0.5
"""Room between the arrays of one cell, in weights."""

DIRECTIONS = ("→ forwards", "← backwards")
"""What is written above the two halves of a bidirectional layer."""

LABEL = 5.8
"""Room for what is written to the right of an array, in weights."""


class CellShape(NamedTuple):
    """The shapes of one cell's arrays.

    Attributes:
        rows: Rows of W_x, of W_h and of b: inputs, units, 1 or 2.
        columns: Units times sets of weights.
        sets: Sets of weights: 1, or 3 for a GRU, or 4 for an LSTM.
    """

    rows: tuple[int, int, int]
    columns: int
    sets: int

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers in W_x, in W_h and in b."""
        return tuple(rows * self.columns for rows in self.rows)


def read_cells(weights: Sequence[Any]) -> list[CellShape]:
    """Return the shapes of a layer's cells; a bidirectional one has two.

    Args:
        weights: What ``layer.get_weights()`` of a recurrent layer returns:
            kernel (inputs, columns), recurrent kernel (units, columns) and
            bias (columns,) or (2, columns), once a direction.

    Raises:
        ValueError: These are not the arrays of a recurrent layer.
    """
    shapes = [np.shape(array) for array in weights]
    triples = zip(shapes[::3], shapes[1::3], shapes[2::3], strict=False)
    cells = []
    for kernel, recurrent, bias in triples:
        fits = len(kernel) == len(recurrent) == 2 and len(bias) in (1, 2)
        columns = {kernel[-1], recurrent[-1], bias[-1]} if fits else set()
        if len(columns) != 1 or recurrent[1] % recurrent[0]:
            cells = []
            break
        rows = (kernel[0], recurrent[0], bias[0] if len(bias) == 2 else 1)
        cells.append(CellShape(rows, kernel[1], kernel[1] // recurrent[0]))
    if not cells or len(shapes) % 3:
        raise ValueError(
            "weights takes the kernel, recurrent kernel and bias of a "
            f"recurrent layer, got arrays of the shapes {shapes}"
        )
    return cells


def rectangles(
    layers: Mapping[str, Sequence[Any]], *, height: float = 3.2
) -> tuple[Figure, str]:
    """Draw small layers side by side, every weight a square of one size.

    The rows of an array belong to the numbers that come in (an input, a state
    of the step before, the constant 1 of the bias), its columns to the units.
    Frames separate the sets of weights.

    Args:
        layers: Name -> ``layer.get_weights()`` of a recurrent layer.
        height: Inches.

    Raises:
        ValueError: The arrays are not those of a recurrent layer.
    """
    figure, axes = theme.subplots(height=height)
    read = {name: read_cells(weights) for name, weights in layers.items()}
    both = any(len(cells) > 1 for cells in read.values())
    left, deepest = 0.0, 0.0
    for name, cells in read.items():
        axes.text(left, -1.8 if both else -0.6, name, weight="bold")
        start = left
        for place, cell in enumerate(cells):
            deepest = max(deepest, _draw_stack(axes, cell, left))
            if len(cells) > 1:
                axes.text(left, -0.5, DIRECTIONS[place], fontsize=9)
            left += cell.columns + LABEL
        if len(cells) > 1:
            deepest += 1.2
            said = _both(cells)
            axes.text(start, deepest - 0.5, said, weight="bold", va="center")
        left += 1.4
    top = -2.8 if both else -1.6
    axes.set(xlim=(-1.8, left - 1.4), ylim=(deepest + 0.3, top))
    axes.set_aspect("equal")
    axes.axis("off")
    return figure, (
        "Weights drawn as squares of one size, the rows of W_x above those "
        f"of W_h above b, frames around the sets. {_sentences(read)}"
    )


def _both(cells: Sequence[CellShape]) -> str:
    """Return the sum of two directions: "42 + 42 = 84"."""
    totals = [sum(cell.counts) for cell in cells]
    return f"{' + '.join(f'{n:,}' for n in totals)} = {sum(totals):,}"


def _draw_stack(axes: Axes, cell: CellShape, left: float) -> float:
    """Draw W_x above W_h above b; return where the stack ends."""
    top = 0.0
    for (symbol, meaning), rows, count in zip(
        KINDS.items(), cell.rows, cell.counts, strict=True
    ):
        color = theme.COLORS[meaning]
        _draw_array(axes, (left, top), rows, cell, color)
        look = {"va": "center", "color": color}
        middle = top + rows / 2
        axes.text(left - 0.25, middle, f"${symbol}$", ha="right", **look)
        label = f"{rows} × {cell.columns}\n= {count}"
        if rows < 2:
            label = f"{rows} × {cell.columns} = {count}"
        right = left + cell.columns + 0.3
        axes.text(right, middle, label, fontsize=9, **look)
        top += rows + GAP
    counts = " + ".join(f"{count:,}" for count in cell.counts)
    said = f"{counts} = {sum(cell.counts):,}"
    axes.text(left, top + 0.5, said, fontsize=9, va="center")
    return top + 1.0


def joined(weights: Sequence[Any]) -> tuple[Figure, str]:
    """Draw the three arrays of a SimpleRNN apart, and pushed together.

    Args:
        weights: ``layer.get_weights()`` of a small SimpleRNN.

    Raises:
        ValueError: The arrays are not those of one cell with one set.
    """
    (cell, *others) = read_cells(weights)
    if others or cell.sets > 1:
        raise ValueError("weights takes the arrays of a SimpleRNN, got more")
    figure, axes = theme.subplots(height=2.9)
    deepest = _draw_stack(axes, cell, 0.0)
    left = cell.columns + 11.0
    middle = sum(cell.rows) / 2 + GAP
    axes.annotate(
        "",
        (left - 4.0, middle),
        (left - 6.2, middle),
        arrowprops={"arrowstyle": "-|>", "color": theme.COLORS["text"]},
    )
    top = GAP
    sides = ("inputs, $d$", "units, $u$", "bias, 1")
    for meaning, rows, side in zip(
        KINDS.values(), cell.rows, sides, strict=True
    ):
        color = theme.COLORS[meaning]
        _draw_array(axes, (left, top), rows, cell, color)
        look = {"va": "center", "color": color, "fontsize": 9}
        axes.text(left - 0.3, top + rows / 2, side, ha="right", **look)
        top += rows
    outline = {"fill": False, "edgecolor": theme.COLORS["text"], "lw": 2.0}
    axes.add_patch(
        Rectangle((left, GAP), cell.columns, sum(cell.rows), **outline)
    )
    center = left + cell.columns / 2
    axes.text(center, GAP - 0.3, "units, $u$", ha="center", fontsize=9)
    inputs, units, _ = cell.rows
    area = f"area  $u(d + u + 1)$ = {units} · ({inputs} + {units} + 1)"
    axes.text(
        left + cell.columns + 0.8,
        middle,
        f"{area}\n= {sum(cell.counts)}",
        va="center",
    )
    axes.set(xlim=(-1.8, left + cell.columns + 12), ylim=(deepest + 0.3, -1.0))
    axes.set_aspect("equal")
    axes.axis("off")
    return figure, (
        "On the left the arrays of a SimpleRNN as squares, W_x above W_h "
        "above b. On the right the same squares pushed together into one "
        f"rectangle: {units} units wide, and {inputs} inputs, {units} units "
        f"and one row for the bias high, {sum(cell.counts)} squares."
    )


def _draw_array(
    axes: Axes,
    corner: tuple[float, float],
    rows: int,
    cell: CellShape,
    colour: str,
) -> None:
    """Draw one array as squares, its sets of weights framed."""
    left, top = corner
    square = {"facecolor": colour, "alpha": 0.55, "linewidth": 0}
    for row in range(rows):
        for column in range(cell.columns):
            place = (left + column + 0.06, top + row + 0.06)
            axes.add_patch(Rectangle(place, 0.88, 0.88, **square))
    width = cell.columns / cell.sets
    frame = {"fill": False, "edgecolor": colour, "linewidth": 1.4}
    for number in range(cell.sets):
        place = (left + number * width, top)
        axes.add_patch(Rectangle(place, width, rows, **frame))


def _in_words(cells: Sequence[CellShape]) -> str:
    """Return the counts of a layer's cells as a phrase."""
    phrases = []
    for cell in cells:
        kernel, recurrent, bias = (f"{count:,}" for count in cell.counts)
        phrases.append(
            f"W_x {cell.rows[0]:,} by {cell.columns} = {kernel}, "
            f"W_h {cell.rows[1]} by {cell.columns} = {recurrent}, "
            f"b {cell.rows[2]} by {cell.columns} = {bias}, "
            f"together {sum(cell.counts):,}"
        )
    if len(phrases) == 1:
        return phrases[0]
    ways = ("forwards, ", "backwards, ")
    halves = [way + half for way, half in zip(ways, phrases, strict=True)]
    return f"{'; '.join(halves)}; {_both(cells)}"


def _sentences(layers: Mapping[str, Sequence[CellShape]]) -> str:
    """Return a sentence of counts for each layer."""
    return " ".join(
        f"{name}: {_in_words(cells)}." for name, cells in layers.items()
    )


def proportions(layers: Mapping[str, Sequence[Any]]) -> tuple[Figure, str]:
    """Draw large layers side by side, areas comparable, one end magnified.

    A rectangle is as wide as there are columns and as high as there are rows
    (inputs, units, bias). Width and height have different scales, the same
    two for all layers: an area stands for a count. A second panel shows the
    lower end of the first layer, where W_h and b lie.

    Args:
        layers: Name -> ``layer.get_weights()`` of a recurrent layer.

    Raises:
        ValueError: The arrays are not those of a recurrent layer.
    """
    cells = {name: read_cells(weights) for name, weights in layers.items()}
    figure, (axes, zoom) = theme.subplots(
        1, 2, height=3.9, width_ratios=(5.4, 1.5)
    )
    tall = max(sum(c.rows) for each in cells.values() for c in each)
    left = 0.0
    for name, each in cells.items():
        total = sum(sum(cell.counts) for cell in each)
        start = left
        for cell in each:
            _draw_standing(axes, cell, left)
            left += cell.columns + 12
        label = name.replace("(", "\n(", 1)
        axes.text(
            start,
            -0.03 * tall,
            f"{label}\n{total:,}",
            fontsize=9,
            weight="bold",
            va="bottom",
        )
        left = max(left + 66, start + 196)  # a wide name on a narrow layer
    axes.set(xlim=(-4, left), ylim=(1.01 * tall, -0.22 * tall))
    axes.axis("off")
    first, shapes = next(iter(cells.items()))
    _magnify(zoom, shapes[0], first)
    return figure, (
        "Weights as upright rectangles whose areas stand for counts, W_x "
        "above, and below it W_h and b, hardly more than a line; at the "
        f"right the lower end of {first}, magnified. {_sentences(cells)}"
    )


def _draw_standing(axes: Axes, cell: CellShape, left: float) -> None:
    """Draw W_x, W_h and b of one cell from top to bottom."""
    top = 0.0
    for meaning, rows in zip(KINDS.values(), cell.rows, strict=True):
        axes.add_patch(
            Rectangle(
                (left, top),
                cell.columns,
                rows,
                facecolor=theme.COLORS[meaning],
                linewidth=0,
            )
        )
        top += rows
    edge = {"color": "white", "linewidth": 1}
    for number in range(1, cell.sets):
        x = left + number * cell.columns / cell.sets
        axes.plot([x, x], [0, top], **edge)


def _magnify(axes: Axes, cell: CellShape, name: str) -> None:
    """Draw the lowest rows of a cell's arrays, each named at its side."""
    inputs, units, _ = cell.rows
    _draw_standing(axes, cell, 0.0)
    axes.set(
        xlim=(0, 2.6 * cell.columns),
        ylim=(sum(cell.rows), inputs - 1.6 * units),
    )
    shown = round(1.6 * units)
    title = f"lower end of\n{name},\nmagnified"
    axes.set_title(title, fontsize=9, weight="normal")
    places = (inputs - 0.8 * units, inputs + units / 2, sum(cell.rows))
    for (symbol, meaning), place, rows, count in zip(
        KINDS.items(), places, cell.rows, cell.counts, strict=True
    ):
        axes.text(
            1.08 * cell.columns,
            place,
            {
                "W_x": f"$W_x$\nthe last {shown}\nof {rows:,} rows",
                "W_h": f"$W_h$\n{rows:,} × {cell.columns}\n= {count:,}",
                "b": f"$b$  {rows} × {cell.columns} = {count}",
            }[symbol],
            va="center" if symbol != "b" else "bottom",
            fontsize=9,
            color=theme.COLORS[meaning],
        )
    axes.axis("off")


def growth(input_dim: int, most_units: int) -> tuple[Figure, str]:
    """Draw how the counts of a SimpleRNN grow with its units.

    Args:
        input_dim: Numbers in one input.
        most_units: Where the axis of units ends; at least 2.

    Raises:
        TypeError: An argument is not an integer.
        ValueError: An argument is too small.
    """
    most_units = check_integer("most_units", most_units, minimum=2)
    units = np.arange(1, most_units + 1)
    counts = [count_parameters("simple_rnn", input_dim, int(u)) for u in units]
    figure, axes = theme.subplots(height=3.0)
    for symbol, field in (("W_h", "recurrent_kernel"), ("W_x", "kernel")):
        axes.plot(
            units,
            [getattr(count, field) for count in counts],
            color=theme.COLORS[KINDS[symbol]],
            label=f"${symbol}$",
        )
    totals = [count.total for count in counts]
    axes.plot(units, totals, "--", color=theme.COLORS["text"], label="total")
    if input_dim <= most_units:
        axes.axvline(input_dim, color=theme.COLORS["line"], linewidth=1)
        axes.annotate(
            "as many units as inputs",
            (input_dim, totals[-1] * 0.93),
            xytext=(-6, 0),
            textcoords="offset points",
            ha="right",
            color=theme.COLORS["muted"],
        )
    axes.set(xlabel="units", ylabel="parameters", xlim=(0, most_units))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.legend(loc="center left")
    meeting = (
        f"; they meet at {input_dim} units" if input_dim <= most_units else ""
    )
    return figure, (
        f"Parameters of a SimpleRNN on {input_dim} inputs against its units, "
        f"1 to {most_units}. W_x grows along a straight line, W_h along a "
        f"parabola{meeting}. The total reaches {totals[-1]:,}."
    )
