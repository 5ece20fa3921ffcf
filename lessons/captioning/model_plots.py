"""Plots of models: what their states hold, and what their seeds reach."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy.spatial.distance import pdist

from lessons.captioning.digits import WORDS
from utils import theme
from utils.intervals import Interval
from utils.plots import interval_comparison


def states_in_two_dimensions(
    states: Mapping[str, np.ndarray], captions: Sequence[str]
) -> tuple[Figure, str]:
    """Draw states along the two directions in which they vary most.

    The directions are the first two principal components, a panel's own.
    A title has the mean distances of states of one caption and of two.

    Args:
        states: Title of a panel -> (n, units).
        captions: The digit, of ``WORDS``, that each state is the state of.

    Raises:
        ValueError: There are not as many captions as states.
    """
    names = np.asarray(captions)
    kinds = sorted({*captions}, key=WORDS.index)
    figure, panels = theme.subplots(1, len(states), height=3.4, squeeze=False)
    for axes, (title, rows) in zip(panels[0], states.items(), strict=True):
        if len(names) != len(rows):
            raise ValueError(
                f"captions takes {len(rows)} entries, got {len(names)}"
            )
        middle = np.asarray(rows) - np.mean(rows, axis=0)
        _, _, directions = np.linalg.svd(middle, full_matrices=False)
        places = middle @ directions[:2].T
        for kind, name in enumerate(kinds):
            axes.scatter(
                *places[names == name].T,
                s=12,
                marker="o" if kind < len(theme.SERIES) else "x",
                color=theme.SERIES[kind % len(theme.SERIES)],
                alpha=0.7,
                linewidth=1 if kind >= len(theme.SERIES) else 0,
                label=name,
            )
        apart = _within_and_between(np.asarray(rows), names)
        axes.set(
            title=f"{title}: {apart}", xlabel="direction of most variance"
        )
    panels[0, 0].set_ylabel("of second most")
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=5)
    return figure, (
        f"A dot for each state, along the two directions in which the states "
        f"vary most, a panel each for {' and '.join(states)}; dots of one "
        "caption have one colour and one form."
    )


def _within_and_between(states: np.ndarray, names: np.ndarray) -> str:
    """Return mean distances of states of the same caption and of others."""
    distances = pdist(states)
    same = pdist(names[:, None] == np.unique(names), "hamming") == 0
    within, between = distances[same].mean(), distances[~same].mean()
    return f"same {within:.1f}, different {between:.1f}"


def spelling_gaps(
    here: Interval, stored: Mapping[str, Interval]
) -> tuple[Figure, str]:
    """Draw captions less ten outputs: as measured here, and as stored.

    Args:
        here: The difference over the seeds of a lesson.
        stored: What the interval is over -> the difference.
    """
    return interval_comparison(
        {"over these four seeds": here, **stored},
        xlabel="captions - ten outputs",
        reference=("equal", 0.0),
    )


def seeds_by_kind(table: pd.DataFrame, *, xlabel: str) -> tuple[Figure, str]:
    """Draw a dot per kind and seed, and a short line at the mean.

    Args:
        table: A row per kind, a column per seed.
        xlabel: What is measured.
    """
    figure, axes = theme.subplots(height=0.8 + 0.4 * len(table))
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
    names = [textwrap.fill(name, 28) for name in table.index]
    axes.set_yticks(range(len(table)), names)
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
