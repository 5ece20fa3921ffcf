"""Plots of what order shows, and of what networks make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from utils import theme
from utils.errors import check_length

LOOKS = {
    "bag of words": (theme.COLORS["weight"], "D", "-"),
    "bag of bigrams": (theme.COLORS["gate"], "^", ":"),
    "side by side": (theme.COLORS["gradient"], "s", "--"),
    "recurrent": (theme.COLORS["cell_state"], "o", "-."),
    "table of cases": (theme.COLORS["muted"], "v", ":"),
}
"""Network or rule -> its colour, marker and line in all plots."""


def temperatures_in_orders(
    dates: Any, orders: Mapping[str, Any]
) -> tuple[Figure, str]:
    """Draw the same daily temperatures in several orders, a panel each.

    Args:
        dates: The days, one per temperature, as matplotlib reads dates.
        orders: Name of an order -> °C, (days,); the first is that of the
            calendar.

    Raises:
        ValueError: The lengths differ, or an order does not hold the
            values of the first.
    """
    values = [np.asarray(order) for order in orders.values()]
    for order in values:
        check_length("orders", order, "dates", dates)
        if not np.array_equal(np.sort(order), np.sort(values[0])):
            raise ValueError(
                "orders takes the same values in several orders, got other "
                "values"
            )
    figure, panels = theme.subplots(
        len(values), 1, height=1.55 * len(values), sharex=True, sharey=True
    )
    for axes, name, order in zip(panels, orders, values, strict=True):
        color = theme.COLORS["input" if order is values[0] else "muted"]
        axes.plot(dates, order, color=color, linewidth=0.8)
        axes.set(title=name, ylabel="°C")
        axes.margins(x=0.01)
    panels[-1].set_xlabel("place in the row, as a date")
    return figure, (
        f"{len(values)} panels with the same {len(values[0]):,} daily "
        f"maximum temperatures: {'; '.join(orders)}. In the order of the "
        "calendar a thin line swings slowly, every summer a hill, every "
        "winter a valley. Shuffled inside the months the hills and valleys "
        "stay, and the line is rougher. Shuffled altogether it jumps so fast "
        "that it fills a band without any shape."
    )


def losses(
    curves: Mapping[str, Sequence[float]], reference: tuple[str, float]
) -> tuple[Figure, str]:
    """Draw the loss of several networks against the epoch, named at its end.

    Args:
        curves: A key of ``LOOKS`` -> its loss after each epoch.
        reference: Name and value of a horizontal line.
    """
    figure, axes = theme.subplots(height=3.0)
    name, value = reference
    axes.axhline(value, color=theme.COLORS["muted"], linestyle="--", lw=1.2)
    axes.annotate(
        name,
        (max(len(curve) for curve in curves.values()), value),
        xytext=(0, 6),
        textcoords="offset points",
        ha="right",
        color=theme.COLORS["muted"],
        fontsize=9,
    )
    for label, curve in curves.items():
        color, _, style = LOOKS[label]
        epochs = np.arange(1, len(curve) + 1)
        axes.plot(epochs, curve, style, color=color, label=label)
    axes.set(xlabel="epoch", ylabel="loss (cross-entropy)", ylim=(0, 0.85))
    axes.legend(loc="lower left")
    return figure, (
        f"The loss of {', '.join(curves)} against the epoch, with a dashed "
        f"line at {name}. The bag of words begins a little above that line, "
        "lies close to it from the second epoch on, never below it; the "
        "curves of the networks that get the words in order fall far below "
        "it, the recurrent one first."
    )


def accuracy_by_seed(
    results: pd.DataFrame, exact: Sequence[str] = ()
) -> tuple[Figure, str]:
    """Draw the accuracy of each method, one dot per seed, a row each.

    Args:
        results: A row per method, a key of ``LOOKS``; a column per seed.
        exact: Which of them follow from how the data is made; they get one
            upright mark and no dots.
    """
    figure, axes = theme.subplots(height=0.8 + 0.36 * len(results))
    for row, (name, values) in enumerate(results.iterrows()):
        if name in exact:
            color = LOOKS[name][0]
            axes.plot(values.iloc[0], row, "|", color=color, ms=18, mew=3)
        else:
            _draw_seeds(axes, row, name, values)
    _finish_rows(axes, list(results.index), "upright mark: exact; else ")
    return figure, (
        f"The accuracy of {', '.join(results.index)}, a row each: an upright "
        "mark where it follows from how the data is made, elsewhere one dot "
        "per seed. A dashed line marks one half."
    )


def accuracy_when_masked(
    results: Mapping[str, pd.DataFrame],
) -> tuple[Figure, str]:
    """Draw the accuracy after each change, one mark per network and seed.

    Args:
        results: What was masked -> accuracy, a row per network, a key of
            ``LOOKS``, and a column per seed.
    """
    figure, axes = theme.subplots(height=0.9 + 0.55 * len(results))
    for row, table in enumerate(results.values()):
        for lane, name in enumerate(table.index.sort_values()):
            y = row + 0.36 * (lane - (len(table) - 1) / 2)
            label = name if row == 0 else None
            _draw_seeds(axes, y, name, table.loc[name], label=label)
    _finish_rows(axes, list(results), "")
    figure.legend(loc="outside upper left", ncols=2)
    return figure, (
        f"The accuracy: {', '.join(results)}, a row each, with "
        "one mark per network and seed and a dashed line at one half. "
        "Without the first opinion the network with the words side by side "
        "is near 0.9 and the recurrent one, but for one seed, near one half. "
        "Without the conjunction both are at one half. Without the last "
        "opinion the first is again near 0.9, the recurrent one near 1."
    )


def _draw_seeds(
    axes: Axes,
    y: float,
    name: str,
    values: pd.Series,
    label: str | None = None,
) -> None:
    """Draw one mark per seed around a height, a little spread."""
    spread = np.linspace(-0.12, 0.12, len(values))
    color, marker, _ = LOOKS[name]
    look = {"color": color, "ms": 5, "alpha": 0.8, "label": label}
    axes.plot(values, y + spread, marker, **look)


def _finish_rows(axes: Axes, names: Sequence[str], also: str) -> None:
    """Name the rows of marks from above and mark one half."""
    axes.axvline(0.5, color=theme.COLORS["line"], linestyle="--", lw=1)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.set_xlim(0.4, 1.02)
    axes.set_xlabel(f"accuracy, from 0.4 on ({also}one mark per seed)")


def conjunctions_met(
    kept_from: Mapping[str, tuple[Sequence[str], Sequence[str]]],
    words: Sequence[str],
) -> tuple[Figure, str]:
    """Draw which opinions meet which conjunction in the training.

    Args:
        kept_from: Conjunction -> the praises and the blames that are kept
            from it.
        words: All opinions.
    """
    kept = [[*praise, *blame] for praise, blame in kept_from.values()]
    held = [word for group in kept for word in group]
    columns = [*held, *(word for word in words if word not in held)]
    figure, axes = theme.subplots(height=1.9)
    for row, group in enumerate(kept):
        for place, word in enumerate(columns):
            if word not in group:
                _draw_square(axes, place, row, 1, "line", "-")
        first = columns.index(group[0])
        _draw_square(axes, first, row, len(group), "background", "--")
        middle = first + (len(group) - 1) / 2
        look = {"ha": "center", "va": "center", "size": 10}
        axes.text(middle, row, "only in the test", **look)
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(kept) - 0.5, -0.5))
    axes.set_yticks(range(len(kept)), [f"with {word}" for word in kept_from])
    axes.set_xticks(range(len(columns)), columns, rotation=60, ha="right")
    axes.tick_params(length=0)
    axes.set_title("grey: together in the training", weight="normal", size=10)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    said = "; ".join(
        f"not with {conjunction}: {', '.join(group)}"
        for conjunction, group in zip(kept_from, kept, strict=True)
    )
    return figure, (
        f"A grid of {len(columns)} opinions and {len(kept)} conjunctions. A "
        "square is full where the opinion meets the conjunction in the "
        f"training, empty where only the test brings them together: {said}. "
        "The other opinions meet both."
    )


def _draw_square(
    axes: Axes, column: int, row: int, wide: int, meaning: str, style: str
) -> None:
    """Draw so many squares of a grid, as one box."""
    axes.add_patch(
        Rectangle(
            (column - 0.45, row - 0.42),
            wide - 0.1,
            0.84,
            facecolor=theme.COLORS[meaning],
            edgecolor=theme.COLORS["muted"],
            linestyle=style,
        )
    )


READS = 0.9
"""Accuracy: what is above it counts as reading a length."""

LINES = {
    True: {"linewidth": 1.6, "linestyle": "-", "alpha": 0.9},
    False: {"linewidth": 1, "linestyle": "--", "alpha": 0.5},
}
"""Whether a network reads the lengths near those of its training -> look."""


def accuracy_by_length(
    results: Mapping[str, Mapping[int, Sequence[float]]],
    trained_on: Mapping[str, tuple[int, int]],
) -> tuple[Figure, str]:
    """Draw the accuracy against the length of a comment, one line per seed.

    A line is full if it stays above ``READS`` up to two words below and
    above the lengths of the training, else dashed and pale.

    Args:
        results: Name of a training -> length in words -> an accuracy for
            each seed.
        trained_on: Name of the training -> the shortest and the longest
            comment in it.
    """
    figure, panels = theme.subplots(1, len(results), height=3.0, sharey=True)
    for axes, (name, by_length) in zip(panels, results.items(), strict=True):
        _draw_lengths(axes, by_length, *trained_on[name])
        axes.set(title=name, xlabel="words in the comment (log scale)")
    panels[0].set(ylabel="accuracy", ylim=(0, 1.04))
    color = LOOKS["recurrent"][0]
    for reads, label in (
        (True, f"above {READS} up to 2 words\nbeside the shade"),
        (False, "other seeds"),
    ):
        panels[-1].plot([], [], color=color, label=label, **LINES[reads])
    panels[-1].legend(loc="lower left")
    spans = ", ".join(results)
    return figure, (
        "Accuracy on new comments against the number of their words, a panel "
        f"each: {spans}. One line per seed, the lengths of the training "
        "shaded, a dashed line at one half. Left, the lines meet near 1 at "
        "seven words; two, drawn full, stay near 1 from five to nine words, "
        "three, pale and dashed, fall steeply on both sides. Right, all lines "
        "but one are near 1 in the shade, and fall beyond it."
    )


def _draw_lengths(
    axes: Axes,
    by_length: Mapping[int, Sequence[float]],
    shortest: int,
    longest: int,
) -> None:
    """Draw a line per seed over the lengths that were trained, shaded."""
    color = theme.COLORS["panel"]
    axes.axvspan(shortest - 0.4, longest + 0.4, color=color, zorder=0)
    axes.axhline(0.5, color=theme.COLORS["line"], linestyle="--", lw=1)
    lengths = list(by_length)
    near = [n for n in lengths if shortest - 2 <= n <= longest + 2]
    color, marker, _ = LOOKS["recurrent"]
    for line in zip(*by_length.values(), strict=True):
        at = dict(zip(lengths, line, strict=True))
        reads = bool(min(at[n] for n in near) > READS)
        axes.plot(
            lengths,
            line,
            marker,
            color=color,
            ms=3,
            **LINES[reads],
        )
    axes.set_xscale("log")
    ticks = [n for n in (3, 5, 7, 11, 20, 40) if n in lengths]
    axes.set_xticks(ticks, [str(n) for n in ticks])
    axes.minorticks_off()
