"""Plots of models: what their states hold, and what their seeds reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from utils import theme


def states_in_two_dimensions(
    states: np.ndarray, captions: Sequence[str]
) -> tuple[Figure, str]:
    """Draw states along the two directions in which they vary most.

    The directions are the first two principal components.

    Args:
        states: (n, units).
        captions: What each state is the state of, a kind of dots for each.

    Raises:
        ValueError: There are not as many captions as states.
    """
    states, names = np.asarray(states), np.asarray(captions)
    if len(names) != len(states):
        raise ValueError(
            f"captions takes {len(states)} entries, got {len(names)}"
        )
    middle = states - states.mean(axis=0)
    _, _, directions = np.linalg.svd(middle, full_matrices=False)
    places = middle @ directions[:2].T
    figure, axes = theme.subplots(height=3.6)
    kinds = sorted({*captions}, key=[*captions].index)
    for kind, name in enumerate(kinds):
        own = places[names == name]
        axes.scatter(
            *own.T,
            s=14,
            marker="os"[kind // len(theme.SERIES)],
            color=theme.SERIES[kind % len(theme.SERIES)],
            alpha=0.6,
            linewidth=0,
        )
        axes.annotate(
            name,
            np.median(own, axis=0),
            ha="center",
            va="center",
            fontweight="bold",
            color=theme.SERIES[kind % len(theme.SERIES)],
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8},
        )
    axes.set(xlabel="direction of most variance", ylabel="of second most")
    return figure, (
        "A dot for each state, along the two directions in which the states "
        "vary most; each caption has its own colour and stands in the middle "
        "of its dots."
    )


def seeds_by_kind(table: pd.DataFrame, *, xlabel: str) -> tuple[Figure, str]:
    """Draw a dot per kind and seed, and a short line at the mean.

    Args:
        table: A row per kind, a column per seed.
        xlabel: What is measured.
    """
    height = 0.8 + 0.36 * len(table)
    figure, axes = theme.subplots(height=height)
    for row, shares in enumerate(table.to_numpy()):
        mean = shares.mean()
        axes.plot(
            shares,
            np.full(len(shares), row),
            "o",
            alpha=0.6,
            markersize=6,
            color=theme.COLORS["input"],
        )
        axes.plot(
            [mean, mean], [row - 0.25, row + 0.25], color=theme.COLORS["text"]
        )
        axes.annotate(
            f"{mean:.3f}",
            (1, row),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=9,
        )
    axes.set_yticks(range(len(table)), [*table.index])
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(xlabel)
    told = "; ".join(
        f"{name}: {', '.join(f'{share:.3f}' for share in shares)}"
        for name, shares in zip(table.index, table.to_numpy(), strict=True)
    )
    return figure, (
        f"The {xlabel}, a dot for each seed and a line at their mean. {told}."
    )
