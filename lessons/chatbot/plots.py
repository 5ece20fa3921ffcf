"""Plots of lesson 20: who picks the real answer, and what is dull."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.chatbot import controls
from utils import theme

CHANCE = 0.1
"""Share of right picks among ten by chance."""


Look = dict[str, str]
"""What matplotlib is told of a marker."""

KINDS: dict[str, Look] = {
    "a network": {"color": theme.COLORS["output"], "marker": "o"},
    "a network, with less to read": {
        "color": theme.COLORS["muted"],
        "marker": "s",
    },
    "no network": {"color": theme.COLORS["text"], "marker": "D"},
}
"""Kind of model -> how it looks."""

TRAININGS: dict[str, Look] = {
    "two seeds": KINDS["a network"],
    "one seed": KINDS["a network"]
    | {"markerfacecolor": theme.COLORS["background"]},
    "no network": KINDS["no network"],
}
"""What stands behind a difference -> how it looks."""

DASHES: dict[str, str] = {"color": theme.COLORS["text"], "linestyle": "--"}
"""Chance, or no difference."""

LINE = 0.17
"""Inches: a line of a label."""


def kind(model: str) -> str:
    """Return which of `KINDS` a model is."""
    if "shuffled" in model or "last word" in model:
        return "a network, with less to read"
    is_network = "GRU" in model or model.startswith("bag")
    return "a network" if is_network else "no network"


def trained(first: str, second: str) -> str:
    """Return which of `TRAININGS` stands behind a difference."""
    if any(controls.BOT in name for name in (first, second)):
        return "one seed"
    kinds = {kind(name) for name in (first, second)}
    return "no network" if kinds == {"no network"} else "two seeds"


def picks(values: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how often each model picks the real answer, with its interval.

    Args:
        values: Columns model, picked, low and high.
    """
    values = values.sort_values("picked", ascending=False)
    figure, axes = theme.subplots(height=1.1 + 0.27 * len(values))
    kinds = [kind(model) for model in values["model"]]
    numbers = values[["picked", "low", "high"]].to_numpy()
    _intervals(axes, numbers, range(len(values)), kinds, KINDS)
    axes.axvline(CHANCE, **DASHES)
    axes.set_yticks(range(len(values)), values["model"])
    axes.set_ylim(len(values) - 0.5, -0.5)
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
        gaps: Columns group, first, second, difference, low and high; the
            rows of a group stand together.
    """
    labels, heights, heads = _labels(gaps)
    figure, axes = theme.subplots(height=0.7 + LINE * (heights[-1] + 2))
    numbers = gaps[["difference", "low", "high"]].to_numpy()
    behind = [trained(row.first, row.second) for row in gaps.itertuples()]
    rows = [y for y, head in zip(heights, heads, strict=True) if not head]
    _intervals(axes, numbers, rows, behind, TRAININGS)
    axes.axvline(0, **DASHES)
    axes.set_yticks(heights, labels)
    axes.set_ylim(heights[-1] + 1.5, -1)
    for label, is_head in zip(axes.get_yticklabels(), heads, strict=True):
        if is_head:
            label.set(weight="bold", color=theme.COLORS["text"])
    axes.tick_params(axis="y", length=0)
    axes.legend(loc="lower right")
    axes.set_xlabel("difference of the shares picked; dashes: no difference")
    told = ". ".join(
        f"{group[0].upper()}{group[1:]}: "
        + "; ".join(
            f"{row.first} minus {row.second} {row.difference:.3f} "
            f"[{row.low:.3f}, {row.high:.3f}]"
            for row in found.itertuples()
        )
        for group, found in gaps.groupby("group", sort=False)
    )
    return figure, (
        "Differences of the shares picked on the same tens, with 95% "
        "intervals and a dashed line at zero; hollow where the bot's GRU, "
        f"one seed, is compared. {told}."
    )


def _labels(gaps: pd.DataFrame) -> tuple[list[str], list[float], list[bool]]:
    """Return the labels of differences, under a head for each group.

    What a whole group shares, its head says: ``linear minus`` or
    ``minus TF-IDF``.

    Returns:
        The labels; the line in whose middle each stands; whether it is a
        head.
    """
    labels, heights, heads, line = [], [], [], 0.0
    for group, found in gaps.groupby("group", sort=False):
        labels.append(group)
        heights.append(line)
        heads.append(True)
        line += 1.4
        for row in found.itertuples():
            label = f"{row.first}\nminus {row.second}"
            if group.endswith(f"minus {row.second}"):
                label = row.first
            elif group.startswith(f"{row.first} minus"):
                label = row.second
            lines = 1 + label.count("\n")
            labels.append(label)
            heights.append(line + (lines - 1) / 2)
            heads.append(False)
            line += lines + 0.6
        line += 0.4
    return labels, heights, heads


def _intervals(
    axes: Axes,
    numbers: np.ndarray,
    places: Sequence[float],
    kinds: Sequence[str],
    looks: Mapping[str, Look],
) -> None:
    """Draw a value with its bounds in each row, and a legend of the kinds.

    Args:
        axes: Where.
        numbers: Value, low and high, (rows, 3).
        places: Height of each row.
        kinds: What each row is, a key of ``looks``.
        looks: How a kind looks.
    """
    for (value, low, high), y, name in zip(
        numbers, places, kinds, strict=True
    ):
        axes.plot([low, high], [y, y], color=looks[name]["color"])
        axes.plot(value, y, **looks[name])
    for name in dict.fromkeys(kinds):
        axes.plot([], [], linestyle="", label=name, **looks[name])
    axes.grid(axis="y", visible=False)


def thresholds(table: pd.DataFrame, chosen: float) -> tuple[Figure, str]:
    """Draw how often the encoders are right among the messages answered.

    Args:
        table: Columns part, threshold, answered, picked, low and high.
        chosen: The threshold of the bot, whose points get a ring.
    """
    figure, axes = theme.subplots(height=3.0)
    told = []
    for (part, rows), look in zip(
        table.groupby("part", sort=False), ("s--", "o-"), strict=True
    ):
        colour = theme.COLORS["muted" if look == "s--" else "output"]
        axes.plot(rows["answered"], rows["picked"], look, color=colour,
                  label=part)  # fmt: skip
        axes.vlines(rows["answered"], rows["low"], rows["high"],
                    color=colour, linewidth=1)  # fmt: skip
        points = "; ".join(
            f"{row.answered:.2f} answered, {row.picked:.2f} "
            f"[{row.low:.2f}, {row.high:.2f}] picked"
            for row in rows.itertuples()
        )
        told.append(f"{part}: {points}")
    axes.set(
        xlim=(0, 1.03),
        ylim=(0, 1.05 * table["high"].max()),
        xlabel="share answered",
    )
    ringed = table[np.isclose(table["threshold"], chosen, atol=5e-5)]
    axes.scatter(ringed["answered"], ringed["picked"], s=170, zorder=3,
                 facecolors="none", edgecolors=theme.COLORS["text"],
                 label=f"threshold {chosen:.3f}")  # fmt: skip
    axes.set_ylabel("share picked of these")
    axes.legend(loc="lower right")
    return figure, (
        "Share of real answers picked out of ten against the share of "
        f"messages above the threshold, with 95% intervals. "
        f"{'. '.join(told)}. Rings at the threshold {chosen:.3f}."
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
    panels[1].axvline(CHANCE, **DASHES)
    told = "; ".join(
        f"{way} {row.iloc[0]:.2f} and {row.iloc[1]:.2f}"
        for way, row in written[[*columns]].iterrows()
    )
    return figure, (
        "Two bar charts, a bar per way of writing. Left, the share of its ten "
        "most frequent answers; right, how often the bot's encoders pick the "
        f"answer written for a message out of ten, with chance dashed: {told}."
    )
