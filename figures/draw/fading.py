"""A moving figure: a gradient flows back through time and fades, or not.

The numbers are those that the backward passes of ``utils.cells`` compute.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.figure import Figure

from utils import cells
from utils.cells.initializers import glorot_uniform, orthogonal
from utils.drawing.card import WIDTH, Drawing

STEPS, FEATURES, UNITS, BATCH = 25, 8, 16, 64

MARKED = (1, 5, 10, 15, 20, 25)
"""Time steps that get a number."""

CELLS = (
    ("SimpleRNN", "as it starts"),
    ("LSTM", "forget bias 1"),
    ("LSTM", "forget bias 5"),
)
"""The rows from top to bottom: a cell, and how it is started."""

PITCH, LEFT = 13, 118
"""Points: width of a time step, and where the first begins."""


@cache
def gradient_sizes() -> dict[str, np.ndarray]:
    """Return ‖dL/dstate_t‖ for each cell, 1 at the last step.

    The loss reads the last hidden state only; weights are as Keras starts
    them. The state is h for the SimpleRNN and c for the LSTM, the mean
    over 64 sequences of normally distributed inputs.

    Returns:
        Name of the row -> (timesteps,).
    """
    rng = np.random.default_rng(42)
    x = rng.normal(size=(BATCH, STEPS, FEATURES))
    d_h = np.zeros((BATCH, STEPS, UNITS))
    d_h[:, -1] = rng.normal(size=(BATCH, UNITS))
    W, U = glorot_uniform(rng, FEATURES, UNITS), orthogonal(rng, UNITS, UNITS)
    simple = cells.simple_rnn_backward(x, W, U, None, d_h)
    sizes = {"simple_rnn": simple.hidden_state_norm}
    W = glorot_uniform(rng, FEATURES, 4 * UNITS)
    U = orthogonal(rng, UNITS, 4 * UNITS)
    for forget_bias in (1, 5):
        bias = np.zeros(4 * UNITS)
        bias[UNITS : 2 * UNITS] = forget_bias
        lstm = cells.lstm_backward(x, W, U, bias, d_h)
        sizes[f"lstm_{forget_bias}"] = lstm.cell_state_norm
    means = {name: norm.mean(axis=0) for name, norm in sizes.items()}
    # Rounded, so that the last bits of another processor draw the same.
    return {name: np.round(m / m[-1], 8) for name, m in means.items()}


def gradient_fading(reach: int = STEPS) -> tuple[Figure, str]:
    """Draw how much of the gradient has arrived after ``reach`` steps back."""
    drawing = Drawing(WIDTH, 256)
    sizes = gradient_sizes()
    for place, (values, (name, start)) in enumerate(
        zip(sizes.values(), CELLS, strict=True)
    ):
        y = 222 - 70 * place
        drawing.label(16, y + 8, name, face="bold", align="left")
        drawing.note(16, y - 8, start, align="left")
        _strip(drawing, y, values, reach)
    for step in MARKED:
        drawing.note(_column(step), 22, str(step))
    drawing.note(16, 22, "time step", align="left")
    first = {name: _one_digit(values[0]) for name, values in sizes.items()}
    return drawing, (
        f"Three cells over {STEPS} time steps; the loss L stands behind the "
        "last step and its gradient flows back to the first. Each step is "
        "coloured as strongly as the gradient that arrives there, 1 at the "
        f"last step. SimpleRNN: {first['simple_rnn']} is left at step 1. "
        f"LSTM with the forget bias 1 it starts with: {first['lstm_1']}. "
        "LSTM with forget bias 5: the gradient is kept, and even grows to "
        f"{first['lstm_5']}."
    )


def _column(step: int) -> float:
    """Return x of a time step, counted from 1."""
    return LEFT + PITCH * (step - 0.5)


def _one_digit(value: float) -> str:
    """Return a number with one digit that is not zero."""
    return np.format_float_positional(float(f"{value:.0e}"), trim="-")


def _strip(drawing: Drawing, y: float, values: np.ndarray, reach: int) -> None:
    """Draw the time steps of one cell and the gradient that arrived."""
    for step, value in enumerate(values, start=1):
        arrived = step > STEPS - reach
        cell = drawing.box(
            _column(step),
            y,
            PITCH,
            28,
            "",
            "gradient" if arrived else "faded",
            radius=0,
            strength=min(1, value),
        )
        if arrived and step in MARKED:
            drawing.label(
                cell.x, y - 25, _one_digit(value), "gradient", size=9.5
            )
    loss = drawing.box(474, y, 28, 28, "$L$", "output", size=13)
    drawing.arrow(loss.left, cell.right, meaning="gradient")


def gradient_fading_frames() -> list[tuple[Figure, float]]:
    """Draw the gradient step by step, each with the seconds it stays."""
    return [
        (gradient_fading(reach)[0], {0: 1.0, STEPS: 4.0}.get(reach, 0.18))
        for reach in range(STEPS + 1)
    ]
