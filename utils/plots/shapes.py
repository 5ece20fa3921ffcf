"""Plots of outputs: states handed on, and what a wrong head does to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from utils import theme

SIGNED = LinearSegmentedColormap.from_list(
    "signed",
    [theme.COLORS["input"], "#FFFFFF", theme.COLORS["hidden_state"]],
)
"""Colours of a state between -1 and 1; zero is white."""


def last_or_all(states: Any, words: Sequence[str] = ()) -> tuple[Figure, str]:
    """Draw the states of one sequence, without and with return_sequences.

    Args:
        states: The hidden state after each step, (timesteps, units), from
            -1 to 1.
        words: What is read at each step; by default the number of the step.

    Raises:
        ValueError: ``states`` has not two dimensions, or there are not as
            many words as steps.
    """
    states = np.asarray(states)
    if states.ndim != 2:
        raise ValueError(
            "states takes an array (timesteps, units), got the shape "
            f"{states.shape}"
        )
    timesteps, units = states.shape
    words = list(words) or [f"step {t}" for t in range(1, timesteps + 1)]
    if len(words) != timesteps:
        raise ValueError(
            f"words takes one word for each of {timesteps} steps, got "
            f"{len(words)}"
        )
    figure, panels = theme.subplots(1, 2, height=0.9 + 0.36 * timesteps)
    for axes, every in zip(panels, (False, True), strict=True):
        _draw_states(axes, states, every=every)
        axes.set_yticks(range(timesteps), words)
        shape = f"({timesteps}, {units})" if every else f"({units},)"
        axes.set_title(f"return_sequences={every}: {shape}")
    return figure, (
        f"Twice the same {timesteps} steps ({', '.join(words)}) with "
        f"{units} numbers each. On the left only the last row is filled: "
        f"the output has the shape ({units},). On the right every row is "
        f"filled: ({timesteps}, {units}). The last rows are the same."
    )


def _draw_states(axes: Axes, states: np.ndarray, *, every: bool) -> None:
    """Draw a row a step; rows not handed on stay empty."""
    timesteps, units = states.shape
    for t in range(timesteps):
        handed_on = every or t == timesteps - 1
        for unit in range(units):
            value = states[t, unit]
            axes.add_patch(
                Rectangle(
                    (unit - 0.5, t - 0.44),
                    1,
                    0.88,
                    facecolor=SIGNED((value + 1) / 2) if handed_on else "none",
                    edgecolor=theme.COLORS["line"],
                    linestyle="-" if handed_on else ":",
                )
            )
            if handed_on:
                text = f"{value:+.2f}".replace("-", "−")
                colour = "white" if abs(value) > 0.75 else "black"
                axes.text(
                    unit,
                    t,
                    text,
                    ha="center",
                    va="center",
                    color=colour,
                    fontsize=8.5,
                )
    axes.set(xlim=(-0.5, units - 0.5), ylim=(timesteps - 0.5, -0.5))
    axes.set_xticks(range(units), [f"unit {u + 1}" for u in range(units)])
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def overlaid_curves(
    runs: Mapping[str, Mapping[str, Sequence[float]]], metrics: Sequence[str]
) -> tuple[Figure, str]:
    """Draw training curves that may hide one another, a panel a metric.

    Each run is drawn thinner than the one before it, so that curves which
    lie on one another both show.

    Args:
        runs: Name of the run -> metric -> one value an epoch.
        metrics: Which of them get a panel.
    """
    figure, panels = theme.subplots(1, len(metrics), squeeze=False, height=3)
    for axes, metric in zip(panels[0], metrics, strict=True):
        for index, (name, curves) in enumerate(runs.items()):
            values = curves[metric]
            axes.plot(
                range(1, len(values) + 1),
                values,
                color=theme.SERIES[index % len(theme.SERIES)],
                linewidth=7 / 3**index,
                alpha=0.45 if index == 0 else 1,
                label=name,
            )
        axes.set(xlabel="epoch", title=metric)
    handles, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(runs))
    return figure, (
        f"Training {' and '.join(metrics)} of {' and '.join(runs)} against "
        "the epoch, a panel each. Every run is drawn thinner than the one "
        "before it, so that equal curves both show."
    )
