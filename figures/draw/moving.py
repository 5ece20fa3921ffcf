"""A moving figure: a sequence goes through a cell, state by state.

The numbers are those that ``utils.cells.simple_rnn`` computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from figures.draw.arrays import matrix, vector
from utils.cells import simple_rnn
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import TEXT, minus, text_width

X = ((1.0, 0.0), (0.0, 1.0), (0.5, -1.0), (-1.0, 0.5))
W_X = ((0.8, -0.4, 0.3), (0.1, 0.9, -0.7))
W_H = ((0.5, 0.2, -0.3), (-0.6, 0.4, 0.1), (0.3, -0.2, 0.7))
B = (0.1, 0.0, -0.1)

STAGES = ("read", "remember", "add", "hand on")
"""What happens at a time step, one after the other."""


class Run(NamedTuple):
    """A sequence and all a cell computes from it, h from h_0 on."""

    x: np.ndarray
    W_x: np.ndarray
    W_h: np.ndarray
    b: np.ndarray
    h: np.ndarray


def run_cell() -> Run:
    """Return the run of a simple recurrent cell over the sequence."""
    arrays = [np.array(each, dtype=float) for each in (X, W_X, W_H, B)]
    h = simple_rnn(arrays[0][np.newaxis], *arrays[1:])[0]
    return Run(*arrays, np.vstack([np.zeros_like(h[:1]), h]))


COLUMN, ROW = 38, 24
"""Points: width and height of a number."""

X_AT, SUM_AT, H_AT = 66, 257, 421
"""Points: the middles of the inputs, of the sum, of the hidden states."""


def sequence_through_cell(
    step: int = 4, stage: str = "hand on", slide: float = 1.0
) -> tuple[Figure, str]:
    """Draw one moment of a sequence's way through a cell.

    Args:
        step: The time step at work, from 1.
        stage: One of ``STAGES``.
        slide: How far the new state has appeared in the table, 0 to 1.
    """
    run = run_cell()
    drawing = Drawing(WIDTH, 186 + ROW * 4)
    heights = [drawing.height - 52 - ROW * row for row in range(5)]
    done = STAGES.index(stage)
    _inputs(drawing, run, heights, step)
    _states(drawing, run, heights, step, done, slide)
    _sum(drawing, run, heights, step, done)
    _weights(drawing, run)
    return drawing, (
        "A sequence of 4 inputs goes through a recurrent cell with "
        "three units. At each step the sum of x_t W_x, h_(t-1) W_h and b is "
        "taken and tanh of it becomes the new hidden state, a row of the "
        "table on the right; the next step reads that row again. The three "
        "weight tables below stay the same. After the last step the hidden "
        f"state is {', '.join(_number(value) for value in run.h[-1])}."
    )


def _number(value: float) -> str:
    """Return two decimals with a true minus sign."""
    return minus(f"{value:.2f}")


def _numbers(
    drawing: Drawing,
    x: float,
    y: float,
    values: np.ndarray,
    meaning: str,
    strength: float = 0.13,
    layer: float = 3,
) -> Box:
    """Draw a row of numbers; without numbers, places for three."""
    texts = [_number(value) for value in values]
    return vector(
        drawing,
        x,
        y,
        texts or [""] * 3,
        meaning if texts else "faded",
        upright=False,
        cell=(COLUMN, 22),
        size=10,
        layer=layer,
        strengths=[strength] * max(3, len(texts)),
    )


def _inputs(
    drawing: Drawing, run: Run, heights: Sequence[float], step: int
) -> None:
    """Draw the table of inputs and the way of the one being read."""
    drawing.label(X_AT, drawing.height - 20, "input", face="bold")
    for row, values in enumerate(run.x, start=1):
        y = heights[row]
        lit = row == step
        _numbers(
            drawing,
            X_AT,
            y,
            values,
            "input",
            0.45 if lit else 0.13,
            layer=3.2 if lit else 3,
        )
        drawing.label(20, y, f"$x_{row}$", "input", align="right")
    edge = X_AT + COLUMN
    tip = SUM_AT - 1.5 * COLUMN - 14 - text_width(f"$x_{step}\\,W_x$", TEXT)
    drawing.arrow(
        (edge, heights[step]),
        (edge + 13, heights[step]),
        (edge + 13, heights[0]),
        (tip, heights[0]),
        meaning="input",
    )


def _states(
    drawing: Drawing,
    run: Run,
    heights: Sequence[float],
    step: int,
    done: int,
    slide: float,
) -> None:
    """Draw the table of states, and the ways from and to it."""
    drawing.label(H_AT, drawing.height - 20, "hidden state", face="bold")
    known = step if done == 3 else step - 1
    for row, values in enumerate(run.h):
        lit = row in (step - 1, step) and row <= known
        _numbers(
            drawing,
            H_AT,
            heights[row],
            values if row <= known else values[:0],
            "hidden_state",
            0.45 * (slide if row == step else 1) if lit else 0.13,
            layer=3.2 if lit else 3.1 if row <= known else 3,
        )
        drawing.label(
            H_AT + 1.5 * COLUMN + 6,
            heights[row],
            f"$h_{row}$",
            "hidden_state",
            align="left",
        )
    _state_ways(drawing, heights, step, done)


def _state_ways(
    drawing: Drawing, heights: Sequence[float], step: int, done: int
) -> None:
    """Draw the way of the last state to the sum and of the new one back."""
    left, right = SUM_AT + 1.5 * COLUMN, H_AT - 1.5 * COLUMN
    if done >= 1:
        y = heights[step - 1]
        drawing.arrow(
            (right, y),
            (right - 34, y),
            (right - 34, heights[1]),
            (left, heights[1]),
            meaning="hidden_state",
        )
    if done == 3:
        drawing.arrow(
            (left, heights[4]),
            (right - 16, heights[4]),
            (right - 16, heights[step]),
            (right, heights[step]),
            meaning="hidden_state",
        )


def _sum(
    drawing: Drawing,
    run: Run,
    heights: Sequence[float],
    step: int,
    done: int,
) -> None:
    """Draw the sum of a time step as it is done on paper."""
    drawing.label(
        SUM_AT, drawing.height - 20, f"time step {step}", face="bold"
    )
    from_input = run.x[step - 1] @ run.W_x
    from_state = run.h[step - 1] @ run.W_h
    total = from_input + from_state + run.b
    for row, (label, values, meaning, stage) in enumerate(
        (
            (f"$x_{step}\\,W_x$", from_input, "input", 0),
            (f"$+\\;h_{step - 1}\\,W_h$", from_state, "hidden_state", 1),
            ("$+\\;b$", run.b, "weight", 1),
            ("$=$", total, "weight", 2),
            (r"$\tanh$", run.h[step], "hidden_state", 2),
        )
    ):
        there = done >= stage
        shown = values if there else values[:0]
        _numbers(
            drawing,
            SUM_AT,
            heights[row],
            shown,
            meaning,
            layer=3.1 if there else 3,
        )
        drawing.label(
            SUM_AT - 1.5 * COLUMN - 8, heights[row], label, align="right"
        )


def _weights(drawing: Drawing, run: Run) -> None:
    """Draw the three arrays of weights, with the note that they stay."""
    for name, x, values in (
        ("$W_x$", 109, run.W_x),
        ("$W_h$", 271, run.W_h),
        ("$b$", 429, run.b[np.newaxis]),
    ):
        rows, columns = values.shape
        grid = matrix(
            drawing,
            x,
            62,
            rows,
            columns,
            "weight",
            cell=(COLUMN, 20),
            texts=[[_number(value)[:-1] for value in row] for row in values],
            size=10,
        )
        drawing.label(grid.left[0] - 7, 62, name, "weight", align="right")
    drawing.note(271, 14, "the same weights at every time step")


def sequence_through_cell_frames() -> list[tuple[Figure, float]]:
    """Draw the whole way, each moment with the seconds it stays."""
    moments: list[tuple[dict[str, Any], float]] = []
    for step in range(1, len(X) + 1):
        for stage, seconds in (("read", 1.2), ("remember", 1.4), ("add", 1.6)):
            moments.append(({"step": step, "stage": stage}, seconds))
        for sixth in range(1, 6):
            moments.append(({"step": step, "slide": sixth / 6}, 0.08))
        moments.append(({"step": step}, 3.5 if step == len(X) else 1.2))
    return [
        (sequence_through_cell(**moment)[0], seconds)
        for moment, seconds in moments
    ]
