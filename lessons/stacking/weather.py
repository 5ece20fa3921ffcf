"""The temperatures of lesson 05: what is read, and what is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from utils import theme
from utils.drawing.shades import tint


def next_hour(
    changes: Any, first: int, *, window: int = 12
) -> tuple[Figure, str]:
    """Draw hourly changes as bars, a window, and the hour to be guessed.

    Args:
        changes: The change of the temperature in each hour, in standard
            deviations.
        first: Where the window begins, from 0.
        window: Hours in it.
    """
    changes = np.asarray(changes, dtype=float)
    if not 0 <= first < len(changes) - window:
        raise ValueError(
            f"first takes 0 to {len(changes) - window - 1}, got {first}"
        )
    hours, asked = np.arange(len(changes)), first + window
    read = (hours >= first) & (hours < asked)
    colors = np.where(read, theme.COLORS["input"], theme.COLORS["line"])
    colors[asked] = theme.COLORS["output"]
    figure, axes = theme.subplots(height=2.6)
    band = tint(theme.COLORS["input"], 0.12)
    axes.axvspan(first - 0.5, asked - 0.5, color=band, zorder=0)
    axes.bar(hours, changes, color=colors, width=0.8)
    axes.axhline(0, color=theme.COLORS["text"], linewidth=0.8)
    top = float(np.abs(changes).max()) * 1.25
    for place, text, meaning in (
        ((first + asked - 1) / 2, f"{window} changes are read", "input"),
        (asked, "?", "output"),
    ):
        axes.text(place, top, text, ha="center", va="top", size=10)
        axes.texts[-1].set_color(theme.COLORS[meaning])
    axes.set(xlabel="hour", ylabel="change (std. dev.)", ylim=(-top, top))
    axes.set_xticks(range(0, len(changes) + 1, 6))
    axes.set_xlim(-0.7, len(changes) - 0.3)
    axes.grid(axis="x", visible=False)
    answer = "warmer" if changes[asked] > 0 else "not warmer"
    return figure, (
        f"A bar for the change of temperature in each of {len(changes)} "
        f"hours, up where it gets warmer. A band marks the {window} changes "
        f"that are read, from hour {first}; a question mark stands at hour "
        f"{asked}, where it gets {answer}."
    )
