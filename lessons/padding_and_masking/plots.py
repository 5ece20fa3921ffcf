"""Plots of padding: what it does to a state, and what a mask is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.arguments import check_integer
from utils.intervals import Interval
from utils.plots.results import interval_comparison

SIDES = ("post", "pre")
"""Where the zeros stand: after the words or before them."""

DASHES = ("-", (0, (4, 2)), (0, (1, 1.2)))
"""One line style per curve: a curve that lies on another shows through."""

MARKED = 40
"""Steps at most whose values are drawn as points too."""

Curves = Mapping[str, Sequence[float] | np.ndarray]
"""Name -> one value per time step, all of one length."""


def through_padding(
    curves: Curves, words: int, *, ylabel: str = "norm of the hidden state"
) -> tuple[Figure, str]:
    """Draw a quantity of the hidden state over words and padding.

    Args:
        curves: Three at most.
        words: How many steps at the beginning are words; the others are
            padding.
        ylabel: What is drawn.

    Raises:
        ValueError: The curves differ in length, or there are not at least
            ``words`` steps.
    """
    figure, axes = theme.subplots(height=3.2)
    steps, words = _lengths(curves, words)
    _draw(axes, curves, words, theme.COLORS["hidden_state"])
    axes.set(xlabel="time step", ylabel=ylabel)
    figure.legend(loc="outside lower center", ncols=3)
    return figure, (
        f"The {ylabel} against the time step, for {' and '.join(curves)}. "
        f"The first {words} of {steps} steps are words; the shaded rest is "
        "padding."
    )


def gate_and_spread(
    gates: Curves, spreads: Curves, words: int
) -> tuple[Figure, str]:
    """Draw the forget gate of an LSTM above the spread of its states.

    Args:
        gates: Name -> the gate of each unit, (timesteps, units), 0 to 1.
        spreads: Under the same names, the mean distance of the states from
            their mean, 1 at the last word.
        words: How many steps at the beginning are words.

    Raises:
        ValueError: As in ``through_padding``, or the names differ.
    """
    if list(gates) != list(spreads):
        raise ValueError(
            f"spreads takes the names {list(gates)}, got {list(spreads)}"
        )
    figure, (upper, lower) = theme.subplots(2, 1, height=4.4, sharex=True)
    steps, words = _lengths(gates, words)
    _lengths(spreads, words)
    means = {name: np.mean(units, axis=1) for name, units in gates.items()}
    _draw(upper, means, words, theme.COLORS["gate"])
    upper.plot(
        range(1, steps + 1),
        np.concatenate([*gates.values()], axis=1),
        color=theme.COLORS["gate"],
        linewidth=0.6,
        alpha=0.6,
        zorder=1,
    )
    _draw(lower, spreads, words, theme.COLORS["hidden_state"])
    upper.set(ylabel="forget gate", ylim=(0, 1.05))
    lower.set(xlabel="time step", ylabel="spread of the states")
    lower.axhline(0, color=theme.COLORS["line"], linewidth=0.8)
    handles, names = upper.get_legend_handles_labels()
    for handle in upper.legend(
        handles, names, loc="lower right", ncols=3
    ).legend_handles:
        handle.set_color(theme.COLORS["text"])
    return figure, (
        f"Two panels over {steps} time steps, for {' and '.join(gates)}; "
        f"the first {words} steps are words, the shaded rest is padding. "
        "Above, the forget gate: a thick line for the mean, a thin one for "
        "each unit. Below, the spread of the hidden states, 1 at the last "
        "word."
    )


def _lengths(curves: Curves, words: int) -> tuple[int, int]:
    """Return the steps of all curves and the checked number of words."""
    lengths = {name: len(values) for name, values in curves.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"curves takes one length for all, got {lengths}")
    (steps,) = set(lengths.values())
    return steps, check_integer("words", words, minimum=1, maximum=steps)


def _draw(axes: Axes, curves: Curves, words: int, colour: str) -> None:
    """Draw the curves, a line style each, with the padding shaded."""
    steps = len(next(iter(curves.values())))
    axes.axvspan(
        words + 0.5, steps + 0.5, color=theme.COLORS["panel"], zorder=0
    )
    axes.annotate(
        "padding",
        (words + 0.5, 1),
        xycoords=("data", "axes fraction"),
        xytext=(6, -14),
        textcoords="offset points",
        color=theme.COLORS["muted"],
    )
    for (name, values), dashes in zip(curves.items(), DASHES, strict=False):
        axes.plot(
            range(1, steps + 1),
            values,
            color=colour,
            linestyle=dashes,
            marker="o" if steps <= MARKED else "",
            markersize=3.5,
            label=name,
        )
    axes.set_xlim(0.5, steps + 0.5)
    # Room above the curves, so that none runs through the word.
    axes.set_ylim(0, 1.18 * max(np.max(v) for v in curves.values()))


def accuracies(results: Mapping[str, Interval]) -> tuple[Figure, str]:
    """Draw accuracies with their intervals, and chance as a line."""
    figure, _ = interval_comparison(results, reference=("chance", 0.5))
    return figure, (
        f"The accuracies of {', '.join(results)}, each a dot on a bar that "
        "spans its 95% interval; a dashed line stands at 0.5, which is "
        "chance."
    )
