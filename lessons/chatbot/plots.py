"""Plots of lesson 20: who picks the real answer, and what is dull."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from utils import theme

CHANCE = 0.1
"""Share of right picks among ten by chance."""


def picks(values: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how often each model picks the real answer, with its interval.

    Args:
        values: Columns model, picked, low and high.
    """
    values = values.sort_values("picked", ascending=False)
    rows = range(len(values))
    figure, axes = theme.subplots(height=0.9 + 0.32 * len(values))
    for row, (picked, low, high) in enumerate(
        values[["picked", "low", "high"]].to_numpy()
    ):
        axes.plot([low, high], [row, row], color=theme.COLORS["output"])
        axes.plot(picked, row, "o", color=theme.COLORS["output"])
    axes.axvline(CHANCE, color=theme.COLORS["line"], linestyle="--")
    axes.set_yticks(rows, values["model"])
    axes.set_ylim(len(values) - 0.5, -0.5)
    axes.set_xlim(0, None)
    axes.set_xlabel("share of real answers picked out of ten; dashes: chance")
    axes.grid(axis="y", visible=False)
    told = "; ".join(
        f"{row.model} {row.picked:.3f} [{row.low:.3f}, {row.high:.3f}]"
        for row in values.itertuples()
    )
    return figure, (
        "Share of test messages whose real answer is picked out of ten, with "
        f"95% intervals: {told}. A dashed line at chance, {CHANCE}."
    )


def dull(written: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how dull each way of writing is, and how well it fits.

    Args:
        written: A row per way of writing, with the columns ``ten most
            frequent`` and ``picked by the chooser``.
    """
    columns = {
        "ten most frequent": "ten most frequent answers: share",
        "picked by the chooser": "picked out of ten by the bot's encoders",
    }
    figure, panels = theme.subplots(
        1, 2, height=0.9 + 0.32 * len(written), sharey=True
    )
    rows = range(len(written))
    colours = ("hidden_state", "output")
    for axes, (column, title), colour in zip(
        panels, columns.items(), colours, strict=True
    ):
        axes.barh(rows, written[column], color=theme.COLORS[colour])
        axes.set(xlabel=title)
        axes.grid(axis="y", visible=False)
    panels[0].set_yticks(rows, written.index)
    panels[0].set_ylim(len(written) - 0.5, -0.5)
    panels[1].axvline(CHANCE, color=theme.COLORS["text"], linestyle="--")
    told = "; ".join(
        f"{way} {row.iloc[0]:.2f} and {row.iloc[1]:.2f}"
        for way, row in written[[*columns]].iterrows()
    )
    return figure, (
        "Two bar charts, a bar per way of writing. Left, the share of its ten "
        "most frequent answers; right, how often the bot's encoders pick the "
        f"answer written for a message out of ten, with chance dashed: {told}."
    )
