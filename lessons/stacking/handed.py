"""What each layer of a stack is handed, drawn as numbers in shaded cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from utils import theme
from utils.drawing.lettering import minus
from utils.drawing.shades import tint

MEANINGS = ("input", "hidden_state")
"""What the first layer is handed, and what the second."""


def what_layers_read(
    reads: Mapping[str, tuple[Any, Any]], *, change: str
) -> tuple[Figure, str]:
    """Draw what two layers read, and how it changes with the input.

    Args:
        reads: Name of the layer -> what it reads before and after a change
            of the input, each (timesteps, features).
        change: What was done to the input.
    """
    figure, panels = theme.subplots(2, len(reads), height=4.2)
    steps = {}
    for place, (name, (given, after)) in enumerate(reads.items()):
        before = np.asarray(given, dtype=float)
        moved = np.asarray(after, dtype=float) - before
        color = theme.COLORS[MEANINGS[place]]
        _numbers(panels[0, place], before, color)
        _numbers(panels[1, place], moved, color)
        panels[0, place].set_title(f"{name} reads")
        panels[1, place].set_title(f"… and its change after {change}")
        panels[1, place].set_xlabel("time step")
        steps[name] = np.flatnonzero(np.abs(moved).max(axis=1) > 5e-3) + 1
    said = [
        f"What {name} reads changes at step{'s' * (len(where) > 1)} "
        f"{', '.join(map(str, where))}."
        for name, where in steps.items()
    ]
    return figure, (
        f"For {' and '.join(reads)} two tables of numbers, a column for each "
        "time step: above what the layer reads, below how that changes "
        f"after {change}. The larger a number, plus or minus, the darker its "
        f"cell. {' '.join(said)}"
    )


def _numbers(axes: Axes, table: np.ndarray, color: str) -> None:
    """Write a table into cells, a column for each step."""
    largest = np.abs(table).max() or 1.0
    timesteps, features = table.shape
    for (step, row), number in np.ndenumerate(table):
        shade = tint(color, 0.6 * abs(number) / largest)
        corner = step + 0.54, row + 0.54
        cell = Rectangle(corner, 0.92, 0.92, facecolor=shade)
        cell.set_edgecolor(theme.COLORS["line"])
        axes.add_patch(cell)
        text = minus(f"{number:.2f}")
        axes.text(step + 1, row + 1, text, ha="center", va="center")
    axes.set_xlim(0.5, timesteps + 0.5)
    axes.set_ylim(features + 0.5, 0.5)
    axes.set_xticks(range(1, timesteps + 1))
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
