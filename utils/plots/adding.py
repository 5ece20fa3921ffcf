"""Plots of the adding problem: one sample, and how fast it is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from utils import theme
from utils.plots.gradients import MARKS


def sample(x: np.ndarray, y: float) -> tuple[Figure, str]:
    """Draw the values of one sequence as bars, the marked two in colour.

    Args:
        x: One sequence, (timesteps, 2): a value and a marker at each step.
        y: The target.

    Raises:
        ValueError: ``x`` has not two columns.
    """
    x = np.asarray(x)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError(f"x takes shape (timesteps, 2), got {x.shape}")
    values, marked = x[:, 0], x[:, 1] > 0
    colours = np.where(
        marked, theme.COLORS["hidden_state"], theme.COLORS["line"]
    )
    figure, axes = theme.subplots(height=2.4)
    axes.bar(np.arange(len(x)), values, color=colours)
    for step in np.flatnonzero(marked):
        axes.annotate(
            f"{values[step]:.2f}",
            (step, values[step]),
            xytext=(step, 1.07),
            ha="center",
            va="bottom",
            color=theme.COLORS["hidden_state"],
            arrowprops={
                "arrowstyle": "-",
                "color": theme.COLORS["hidden_state"],
            },
        )
    axes.axvline(len(x) // 2 - 0.5, color=theme.COLORS["line"], linestyle=":")
    axes.set(xlabel="time step", ylabel="value", ylim=(0, 1.22))
    axes.set_title(f"target {float(y):.2f}")
    axes.grid(axis="x", visible=False)
    places = " and ".join(str(step) for step in np.flatnonzero(marked))
    return figure, (
        f"One sample of the adding problem: {len(x)} bars, the values. Two "
        f"are marked, at steps {places}, one in each half; the target is "
        f"their sum, {float(y):.2f}."
    )


def error_curves(
    errors: Mapping[str, Sequence[float] | np.ndarray],
    *,
    steps_a_round: int,
    baseline: float,
) -> tuple[Figure, str]:
    """Draw the mean squared error against the steps of training.

    Args:
        errors: Name of a network -> its error in each round.
        steps_a_round: Steps of training in a round.
        baseline: The error of an answer that needs no network.
    """
    figure, axes = theme.subplots(height=3.2)
    axes.axhline(
        baseline,
        color=theme.COLORS["text"],
        linestyle=":",
        label="always answering 1",
    )
    ends = []
    for place, (name, values) in enumerate(errors.items()):
        rounds = np.arange(1, len(values) + 1)
        axes.plot(
            rounds * steps_a_round,
            values,
            MARKS[place % len(MARKS)],
            marker="o",
            markersize=4,
            color=theme.SERIES[place % len(theme.SERIES)],
            label=name,
        )
        low = values[-1] < baseline / 2
        ends.append(f"{name} ends {'far below' if low else 'near'} it")
    axes.set(xlabel="training steps", ylabel="mean squared error")
    highest = max(max(values) for values in errors.values())
    axes.set_ylim(0, max(1.6 * baseline, 1.05 * highest))
    axes.legend(loc="best", handlelength=2.6)
    return figure, (
        "The mean squared error against the steps of training, beside the "
        f"level of always answering 1. {'; '.join(ends)}."
    )
