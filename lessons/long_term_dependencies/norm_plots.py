"""Plots of norms that grow or shrink by a factor a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.plots.results import direction

Norms = Mapping[str, Sequence[float] | np.ndarray]
"""Name of a curve -> one norm a step; the first belongs to step 0."""

MARKS = ("-", "--", "-.", ":")
"""Line styles in turn, so that curves differ without their colours."""


def gradient_by_lag(
    panels: Mapping[str, Norms], *, ylabel: str = "‖∂L/∂hₜ‖", fit: bool = False
) -> tuple[Figure, str]:
    """Draw the size of a gradient against the lag, on a logarithmic axis.

    Args:
        panels: Title of a panel -> its curves, in the order of the lag:
            0 is the last step of the sequence.
        ylabel: Which norm it is.
        fit: Lay the straight line of least squares under every curve.
    """
    figure, described = _panels(
        panels, xlabel="lag: steps before the end", ylabel=ylabel, fit=fit
    )
    return figure, (
        "The norm of the gradient on a logarithmic axis against the lag, "
        f"the number of steps before the end. {described}"
    )


def state_by_step(
    panels: Mapping[str, Norms], *, ylabel: str = "‖hₜ‖"
) -> tuple[Figure, str]:
    """Draw the size of a state after every step, on a logarithmic axis.

    Args:
        panels: Title of a panel -> its curves, the first step first.
        ylabel: Which norm it is.
    """
    figure, described = _panels(
        panels, xlabel="time step", ylabel=ylabel, fit=False
    )
    return figure, (
        "The norm of the state on a logarithmic axis against the time step. "
        f"{described}"
    )


def _panels(
    panels: Mapping[str, Norms], *, xlabel: str, ylabel: str, fit: bool
) -> tuple[Figure, str]:
    """Draw the panels side by side and say what each shows."""
    figure, grid = theme.subplots(
        1, len(panels), height=3.3, sharey=True, squeeze=False
    )
    sentences = []
    for axes, (title, curves) in zip(grid[0], panels.items(), strict=True):
        words = _curves(axes, curves, fit=fit)
        axes.set(xlabel=xlabel, title=title)
        axes.set_yscale("log")
        axes.legend(loc="best", handlelength=2.6)
        sentences.append(f"{title}: {words}." if title else f"{words}.")
    grid[0][0].set_ylabel(ylabel)
    return figure, " ".join(sentences)


def _curves(axes: Axes, curves: Norms, *, fit: bool) -> str:
    """Draw the curves of one panel; say which way each goes."""
    words = []
    for place, (name, norms) in enumerate(curves.items()):
        values = np.asarray(norms, dtype=float)
        steps = np.arange(len(values))
        axes.plot(
            steps,
            np.where(values > 0, values, np.nan),
            MARKS[place % len(MARKS)],
            color=theme.SERIES[place % len(theme.SERIES)],
            label=name,
        )
        if fit:
            slope, start = np.polyfit(steps, np.log10(values), 1)
            axes.plot(
                steps,
                10 ** (start + slope * steps),
                color=theme.COLORS["text"],
                linewidth=0.8,
                zorder=3,
            )
        words.append(f"{name} {direction(values)}")
    return "; ".join(words)
