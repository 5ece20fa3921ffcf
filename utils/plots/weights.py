"""Plots of weights: every array a rectangle, every number an equal area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from utils import theme
from utils.arguments import check_integer
from utils.parameters import count_parameters

KINDS = {"W_x": "input", "W_h": "hidden_state", "b": "weight"}
"""Symbol of an array in the formulas -> meaning of its colour."""

GAP = 0.5
"""Room between the arrays of one cell, in weights."""


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

    The rows of an array are what a weight listens to (an input, a state of
    the step before, nothing for the bias), its columns the units. A heavier
    line separates sets of weights.

    Args:
        layers: Name -> ``layer.get_weights()`` of a recurrent layer.
        height: Inches.

    Raises:
        ValueError: The arrays are not those of a recurrent layer.
    """
    figure, axes = theme.subplots(height=height)
    left, deepest, sentences = 0.0, 0.0, []
    for name, weights in layers.items():
        cells = read_cells(weights)
        start = left
        for cell in cells:
            deepest = max(deepest, _draw_stack(axes, cell, left))
            left += cell.columns + 2.0
        middle = (start + left - 2.0) / 2
        axes.text(middle, -0.5, name, ha="center", weight="bold")
        sentences.append(f"{name}: {_in_words(cells)}.")
        left += 2.4
    axes.set(xlim=(-1.6, left - 4.0), ylim=(deepest + 0.3, -1.6))
    axes.set_aspect("equal")
    axes.axis("off")
    return figure, (
        "Weights drawn as squares of one size, the rows of W_x above those "
        "of W_h above b. " + " ".join(sentences)
    )


def _draw_stack(axes: Axes, cell: CellShape, left: float) -> float:
    """Draw W_x above W_h above b; return where the stack ends."""
    top = 0.0
    for (symbol, meaning), rows in zip(KINDS.items(), cell.rows, strict=True):
        colour = theme.COLORS[meaning]
        _draw_array(axes, (left, top), rows, cell, colour)
        middle = top + rows / 2
        label = f"{rows} × {cell.columns}"
        axes.text(
            left + cell.columns / 2,
            middle,
            label if rows > 1 or cell.columns > 4 else f"{cell.columns}",
            ha="center",
            va="center",
            fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
        )
        axes.text(
            left - 0.25,
            middle,
            f"${symbol}$",
            ha="right",
            va="center",
            color=colour,
        )
        top += rows + GAP
    counts = " + ".join(f"{count:,}" for count in cell.counts)
    axes.text(
        left + cell.columns / 2,
        top + 0.5,
        f"{counts}\n= {sum(cell.counts):,}",
        ha="center",
        va="center",
        fontsize=9,
    )
    return top + 1.3


def _draw_array(
    axes: Axes,
    corner: tuple[float, float],
    rows: int,
    cell: CellShape,
    colour: str,
) -> None:
    """Draw one array as squares, its sets of weights framed."""
    left, top = corner
    for row in range(rows):
        for column in range(cell.columns):
            axes.add_patch(
                Rectangle(
                    (left + column + 0.06, top + row + 0.06),
                    0.88,
                    0.88,
                    facecolor=colour,
                    alpha=0.55,
                    linewidth=0,
                )
            )
    width = cell.columns / cell.sets
    for number in range(cell.sets):
        axes.add_patch(
            Rectangle(
                (left + number * width, top),
                width,
                rows,
                fill=False,
                edgecolor=colour,
                linewidth=1.4,
            )
        )


def _in_words(cells: Sequence[CellShape]) -> str:
    """Return the counts of a layer's cells as a phrase."""
    phrases = []
    for cell in cells:
        kernel, recurrent, bias = (f"{count:,}" for count in cell.counts)
        phrases.append(
            f"W_x {cell.rows[0]:,} by {cell.columns} = {kernel}, "
            f"W_h {cell.rows[1]} by {cell.columns} = {recurrent}, "
            f"b {bias}, together {sum(cell.counts):,}"
        )
    return "; and ".join(phrases)


def proportions(layers: Mapping[str, Sequence[Any]]) -> tuple[Figure, str]:
    """Draw large layers lying down, one below another, areas comparable.

    A rectangle is as long as one column of weights (inputs, units, bias)
    and as high as there are columns. Height and length have different
    scales, the same two for all layers: an area stands for a count.

    Args:
        layers: Name -> ``layer.get_weights()`` of a recurrent layer.

    Raises:
        ValueError: The arrays are not those of a recurrent layer.
    """
    cells = {name: read_cells(weights) for name, weights in layers.items()}
    longest = max(sum(c.rows) for each in cells.values() for c in each)
    highest = max(sum(c.columns for c in each) for each in cells.values())
    room = 0.5 * highest
    figure, axes = theme.subplots(height=0.4 + 0.85 * len(layers))
    top = 0.0
    for name, each in cells.items():
        total = sum(sum(cell.counts) for cell in each)
        label = f"{name}: {total:,}"
        axes.text(0, top - room * 0.15, label, weight="bold")
        _label_kernel(axes, each, top - room * 0.15)
        for cell in each:
            _draw_lying(axes, cell, top, longest)
            top += cell.columns
        top += room
    axes.set(
        xlim=(-0.01 * longest, 1.3 * longest),
        ylim=(top - 0.7 * room, -0.6 * room),
    )
    axes.axis("off")
    sentences = [f"{name}: {_in_words(each)}." for name, each in cells.items()]
    return figure, (
        "Weights as rectangles whose areas stand for counts, W_x on the "
        "left, W_h to the right of it, b at the end. " + " ".join(sentences)
    )


def _label_kernel(
    axes: Axes, cells: Sequence[CellShape], bottom: float
) -> None:
    """Write the size of W_x above the right end of its rectangle."""
    cell = cells[0]
    times = "2 × " if len(cells) == 2 else ""
    shape = f"{cell.rows[0]:,} × {cell.columns} = {cell.counts[0]:,}"
    axes.text(
        cell.rows[0],
        bottom,
        f"{times}$W_x$: {shape}",
        ha="right",
        fontsize=9,
        color=theme.COLORS["input"],
    )


def _draw_lying(
    axes: Axes, cell: CellShape, top: float, longest: float
) -> None:
    """Draw W_x, W_h and b of one cell from left to right."""
    left = 0.0
    for meaning, rows in zip(KINDS.values(), cell.rows, strict=True):
        axes.add_patch(
            Rectangle(
                (left, top),
                rows,
                cell.columns,
                facecolor=theme.COLORS[meaning],
                edgecolor="white",
                linewidth=0.3,
            )
        )
        left += rows
    _, units, biases = cell.rows
    _, recurrent, bias = cell.counts
    twice = f"{biases} × {cell.columns} = " if biases > 1 else ""
    axes.text(
        left + 0.01 * longest,
        top + cell.columns / 2,
        f"$W_h$: {units} × {cell.columns} = {recurrent:,}\n$b$: {twice}{bias}",
        va="center",
        fontsize=9,
        color=theme.COLORS["hidden_state"],
    )


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
