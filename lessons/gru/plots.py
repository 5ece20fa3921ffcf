"""Plots of lesson 08: what is left of a state, and who learns to add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from lessons.gru.results import LEARNED
from utils import theme
from utils.errors import check_number

DASHES = (":", "--", "-")
"""Of the update gates in turn."""

COLORS = {
    "GRU": "gradient",
    "LSTM": "gate",
    "LSTM, both spread": "gate",
    "SimpleRNN": "output",
}
"""Network -> colour of its cell, as in the plots of lesson 17."""

STYLES = {
    "GRU": "-",
    "LSTM": "--",
    "LSTM, both spread": "-.",
    "SimpleRNN": ":",
}
"""Network -> its line, so that colour is not alone."""

CONTROLS = {
    "GRU": ("gradient", "-"),
    "GRU, two gates for z": ("gradient", "--"),
    "GRU, two gates for z, clipped": ("muted", "-."),
    "LSTM, one gate for f and i": ("gate", "-"),
    "LSTM, forget bias 0": ("gate", "--"),
}
"""Network -> its colour, and its line: solid if coupled. Those of one cell,
the first word, share a column of panels."""


def state_kept(states: Mapping[float, Any]) -> tuple[Figure, str]:
    """Draw what is left of a state of 1 for several update gates.

    Args:
        states: Update gate z -> the state at the start and after each
            step, (steps,), values above 0 and up to 1.

    Raises:
        TypeError: An update gate is not a number.
        ValueError: A gate is not from 0 to 1.
    """
    figure, axes = theme.subplots(height=3.2)
    axes.axhline(0.5, color=theme.COLORS["line"], linewidth=1)
    axes.text(50, 0.44, "half", fontsize=9, ha="right", va="top")
    for place, (gate, values) in enumerate(states.items()):
        check_number("gate", gate, minimum=0, maximum=1)
        axes.plot(
            np.arange(len(values)),
            values,
            DASHES[place % len(DASHES)],
            color=theme.COLORS["hidden_state"],
            label=f"z = {gate:g}",
        )
    axes.set_yscale("log")
    axes.set_ylim(1e-4, 1.3)
    axes.set(xlabel="steps since it was written", ylabel="what is left")
    axes.minorticks_off()
    figure.legend(loc="outside right upper", handlelength=3)
    return figure, (
        "What is left of a state of 1, on a logarithmic axis, against the "
        "steps since it was written, for an update gate of "
        f"{', '.join(f'{z:g}' for z in states)}: straight lines, the flatter "
        "the nearer z is to 1. A thin line marks one half."
    )


def adding_curves(
    curves: Mapping[str, Mapping[float, np.ndarray]],
    live: tuple[float, Sequence[float] | np.ndarray],
    *,
    baseline: float,
) -> tuple[Figure, str]:
    """Draw errors on the adding problem, a panel per learning rate.

    Args:
        curves: A key of ``COLORS`` -> learning rate -> errors, (seeds,
            rounds of 100 batches).
        live: Learning rate and errors of a GRU that was trained now, drawn
            as dots.
        baseline: The error of an answer that needs no network.
    """
    rates = [*next(iter(curves.values()))]
    figure, panels = theme.subplots(
        1, len(rates), height=3.2, sharey=True, squeeze=False
    )
    words = []
    for axes, rate in zip(panels[0], rates, strict=True):
        axes.axhline(baseline, color=theme.COLORS["text"], linestyle=":")
        for name, by_rate in curves.items():
            errors = by_rate[rate]
            color = theme.COLORS[COLORS[name]]
            batches = 100 * np.arange(1, errors.shape[1] + 1)
            style = {"color": color, "linestyle": STYLES[name]}
            lines = axes.plot(batches, errors.T, **style, linewidth=1.3)
            lines[0].set_label(name)
            low = int((errors.min(axis=1) < LEARNED).sum())
            words.append(f"{name}, rate {rate}: {low} of {len(errors)}")
        if rate == live[0]:
            batches = 100 * np.arange(1, len(live[1]) + 1)
            axes.plot(
                *(batches, live[1], "o"),
                color=theme.COLORS["text"],
                markersize=5,
                label="GRU, now",
            )
        axes.set(xlabel="batches", title=f"rate {rate}", ylim=(0, 0.25))
    panels[0][0].set_ylabel("mean squared error")
    handles, labels = panels[0][-1].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=5)
    return figure, (
        "The mean squared error on the adding problem against the batches, "
        "a panel per learning rate, a line per seed, beside the dotted level "
        f"of always answering 1. Below {LEARNED} within 1,000 batches: "
        f"{'; '.join(words)} seeds."
    )


def control_curves(
    curves: Mapping[str, Mapping[float, np.ndarray]], *, baseline: float
) -> tuple[Figure, str]:
    """Draw the errors of coupled and free gates, a column per cell.

    Args:
        curves: A key of ``CONTROLS`` -> learning rate -> errors, (seeds,
            rounds of 100 batches).
        baseline: The error of an answer that needs no network.
    """
    rates = [*next(iter(curves.values()))]
    cells = [*dict.fromkeys(name.split(",")[0] for name in curves)]
    figure, panels = theme.subplots(
        *(len(rates), len(cells)),
        height=5.2,
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    words = []
    for name, by_rate in curves.items():
        meaning, style = CONTROLS[name]
        column = cells.index(name.split(",")[0])
        for axes, (rate, errors) in zip(
            panels[:, column], by_rate.items(), strict=True
        ):
            batches = 100 * np.arange(1, errors.shape[1] + 1)
            lines = axes.plot(
                *(batches, errors.T, style),
                color=theme.COLORS[meaning],
                linewidth=1.3,
            )
            lines[0].set_label(name)
            low, high = errors[:, -1].min(), errors.max()
            words.append(
                f"{name}, rate {rate}: never above {high:.3g}, at the end "
                f"from {low:.2g} to {errors[:, -1].max():.2g}"
            )
    for row, rate in zip(panels, rates, strict=True):
        row[0].set_ylabel("mean squared error")
        for axes, cell in zip(row, cells, strict=True):
            axes.axhline(baseline, color=theme.COLORS["text"], linestyle=":")
            axes.set(title=f"{cell}, rate {rate}", yscale="log")
    for axes in panels[-1]:
        axes.set_xlabel("batches")
        axes.legend(
            *axes.get_legend_handles_labels(),
            loc="upper center",
            bbox_to_anchor=(0.5, -0.28),
            handlelength=3,
        )
    return figure, (
        "The mean squared error on the adding problem, on a logarithmic "
        "axis, against the batches, a row of panels per learning rate, a "
        "column per cell, a line per seed: solid with coupled gates, dashed "
        "with free ones, beside the dotted level of always answering 1. "
        f"{'; '.join(words)}."
    )


def differences(table: Mapping[str, Any]) -> tuple[Figure, str]:
    """Draw differences of accuracies with their intervals, around zero.

    Args:
        table: "first − second" -> an ``Interval`` of the difference.
    """
    figure, axes = theme.subplots(height=0.9 + 0.34 * len(table))
    color = theme.COLORS["text"]
    words = []
    for row, (name, (value, low, high)) in enumerate(table.items()):
        axes.plot([low, high], [row, row], color=color, linewidth=3)
        axes.plot(value, row, "o", color=color, markersize=8)
        reaches = "the bar reaches zero"
        if low > 0 or high < 0:
            reaches = f"the bar lies {'above' if low > 0 else 'below'} zero"
        words.append(f"{name}: {reaches}")
    axes.axvline(0, color=theme.COLORS["text"], linestyle="--", linewidth=1)
    axes.set_yticks(range(len(table)), list(table))
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("difference in accuracy")
    return figure, (
        "Differences in accuracy, each a dot on a bar that spans its 95% "
        f"interval, beside a dashed line at zero. {'; '.join(words)}."
    )
