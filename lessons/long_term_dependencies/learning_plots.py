"""Plots of lesson 06: how fast networks learn the adding problem."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.long_term_dependencies.norm_plots import MARKS
from utils import theme
from utils.tasks import adding

NAMES = {"tanh": "tanh", "relu": "ReLU"}
"""What the file calls an activation, and what the lesson does."""


def learning(errors: Mapping[str, np.ndarray]) -> tuple[Figure, str]:
    """Draw the error on the adding problem against the batches seen.

    Args:
        errors: Name of a SimpleRNN with tanh -> its error in each round.
    """
    figure, axes = theme.subplots(height=3.2)
    level = adding.baseline()
    axes.axhline(
        level,
        color=theme.COLORS["text"],
        linestyle=":",
        label="always answering 1",
    )
    ends = []
    for style, (name, values) in zip(MARKS, errors.items(), strict=False):
        rounds = np.arange(1, len(values) + 1)
        axes.plot(
            rounds * adding.STEPS_A_ROUND,
            values,
            style,
            marker="o",
            markersize=4,
            color=theme.SERIES[0],
            label=name,
        )
        ends.append(
            f"{name} ends {'far below' if values[-1] < level / 2 else 'near'}"
            " it"
        )
    half = axes.axhline(1 / 12, color=theme.COLORS["muted"], linestyle="--")
    half.set(linewidth=1.2, label="second number known, 1/12")
    axes.set(xlabel="batches", ylabel="mean squared error")
    highest = max(max(values) for values in errors.values())
    axes.set_ylim(0, max(1.6 * level, 1.05 * highest))
    axes.legend(loc="upper right", ncols=2, handlelength=2.6)
    return figure, (
        "The mean squared error against the batches, beside the "
        f"level of always answering 1. {'; '.join(ends)}. "
        "A dashed line marks 1/12."
    )


def every_seed(curves: pd.DataFrame) -> tuple[Figure, str]:
    """Draw all stored trainings of a hundred steps, a panel per network.

    Args:
        curves: The rows of ``experiments.CURVES``. The trainings of fifty
            steps stand dashed beside those that differ in nothing else.
    """
    figure, grid = theme.subplots(1, 4, height=2.5, sharey=True)
    said = []
    networks = product(("tanh", "relu"), ("orthogonal", "identity"))
    for axes, (activation, start) in zip(grid, networks, strict=True):
        of = curves.query("activation == @activation and start == @start")
        name = f"{NAMES[activation]}, {start}"
        said.append(f"{name}: {_panel(axes, of)}")
        axes.set_title(name, fontsize=10)
        axes.set(xlabel="batches", xticks=(0, 1000, 2000))
    grid[0].set_ylabel("error")
    axes.set_ylim(0, 0.29)
    return figure, (
        "Four panels, in each the error of four seeds against the batches "
        "across a hundred steps, and a dotted line at 1/6, the error of "
        f"always answering 1. {'; '.join(said)}."
    )


def _panel(axes: Axes, curves: pd.DataFrame) -> str:
    """Draw the seeds of one network; say how many end far below 1/6."""
    axes.axhline(adding.baseline(), color=theme.COLORS["text"], ls=":")
    words = []
    for timesteps, of in curves.groupby("timesteps"):
        seeds = of.pivot_table("error", "batches", "seed")
        long = timesteps == curves.timesteps.max()
        color = theme.SERIES[0] if long else theme.COLORS["line"]
        axes.plot(seeds, "-" if long else "--", color=color, linewidth=1.2)
        low = (seeds.iloc[-1] < adding.baseline() / 2).sum()
        short = "" if long else f" of {timesteps} steps, dashed,"
        words.append(f"{low} of {seeds.shape[1]} seeds{short} end below 1/12")
        if not long:
            axes.plot([], [], "--", color=color, label=f"T = {timesteps}")
            axes.plot([], [], color=theme.SERIES[0], label="T = 100")
            axes.legend(loc="lower left", handlelength=1.1)
    return ", ".join(words)
