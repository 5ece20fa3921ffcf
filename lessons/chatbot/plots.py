"""Plots of lesson 20: who picks the real answer, and what is dull."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme

CHANCE = 0.1
"""Share of right picks among ten by chance."""


KINDS = {
    "a network": ("output", "o"),
    "a network, with less to read": ("muted", "s"),
    "no network": ("text", "D"),
}
"""Kind of model -> colour and marker."""


def kind(model: str) -> str:
    """Return which of `KINDS` a model is."""
    if "shuffled" in model or "last word" in model:
        return "a network, with less to read"
    is_network = model.startswith(("GRU", "bag"))
    return "a network" if is_network else "no network"


def picks(values: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how often each model picks the real answer, with its interval.

    Args:
        values: Columns model, picked, low and high.
    """
    values = values.sort_values("picked", ascending=False)
    figure, axes = theme.subplots(height=1.1 + 0.32 * len(values))
    kinds = [kind(model) for model in values["model"]]
    numbers = values[["picked", "low", "high"]].to_numpy()
    _intervals(axes, numbers, [KINDS[each] for each in kinds])
    for each in dict.fromkeys(kinds):
        colour, marker = KINDS[each]
        axes.plot([], [], marker, color=theme.COLORS[colour], label=each)
    axes.axvline(CHANCE, color=theme.COLORS["line"], linestyle="--")
    axes.set_yticks(range(len(values)), values["model"])
    axes.set_xlim(0, None)
    axes.set_xlabel("share of real answers picked out of ten; dashes: chance")
    axes.legend(loc="lower right")
    told = "; ".join(
        f"{row.model} {row.picked:.3f} [{row.low:.3f}, {row.high:.3f}]"
        for row in values.itertuples()
    )
    return figure, (
        "Share of test messages whose real answer is picked out of ten, with "
        f"95% intervals: {told}. A dashed line at chance, {CHANCE}."
    )


def differences(gaps: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how much more one model picks than another, with intervals.

    Args:
        gaps: Columns first, second, difference, low and high.
    """
    figure, axes = theme.subplots(height=0.9 + 0.46 * len(gaps))
    numbers = gaps[["difference", "low", "high"]].to_numpy()
    _intervals(axes, numbers, [("output", "o")] * len(gaps))
    axes.axvline(0, color=theme.COLORS["text"], linestyle="--")
    names = [f"{row.first}\nminus {row.second}" for row in gaps.itertuples()]
    axes.set_yticks(range(len(gaps)), names)
    axes.set_xlabel("difference of the shares picked; dashes: none")
    told = "; ".join(
        f"{row.first} minus {row.second} {row.difference:.3f} "
        f"[{row.low:.3f}, {row.high:.3f}]"
        for row in gaps.itertuples()
    )
    return figure, (
        "Differences of the shares picked on the same tens, with 95% "
        f"intervals and a dashed line at zero: {told}."
    )


def _intervals(
    axes: Axes, numbers: np.ndarray, looks: Sequence[tuple[str, str]]
) -> None:
    """Draw a value with its bounds in each row, the first one on top.

    Args:
        axes: Where.
        numbers: Value, low and high, (rows, 3).
        looks: Colour and marker of each row.
    """
    for row, (value, low, high) in enumerate(numbers):
        colour, marker = theme.COLORS[looks[row][0]], looks[row][1]
        axes.plot([low, high], [row, row], color=colour)
        axes.plot(value, row, marker, color=colour)
    axes.set_ylim(len(numbers) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)


def thresholds(table: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how often the encoders are right among the messages answered.

    Args:
        table: Columns part, threshold, answered and picked.
    """
    figure, axes = theme.subplots(height=3.0)
    told = []
    for (part, rows), look in zip(
        table.groupby("part", sort=False), ("s--", "o-"), strict=True
    ):
        colour = theme.COLORS["muted" if look == "s--" else "output"]
        axes.plot(rows["answered"], rows["picked"], look, color=colour,
                  label=part)  # fmt: skip
        points = "; ".join(
            f"{row.answered:.2f} answered, {row.picked:.2f} picked"
            for row in rows.itertuples()
        )
        told.append(f"{part}: {points}")
    axes.set(
        xlim=(0, 1.03),
        ylim=(0, 1.1 * table["picked"].max()),
        xlabel="share answered",
    )
    axes.set_ylabel("share picked of these")
    axes.legend()
    return figure, (
        "Share of real answers picked out of ten against the share of "
        f"messages above the threshold. {'. '.join(told)}."
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
    colours = ("muted", "output")
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
