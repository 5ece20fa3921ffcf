"""Plots of padding: what it does to a state, and what a mask is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.errors import check_integer
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
    """Draw the forget gates of an LSTM above the spread of its states.

    Args:
        gates: Name -> the gate of each unit, (timesteps, units), 0 to 1.
            The gates of the last name are drawn, those of the others as
            their mean at the end, a dotted line each.
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
    _lengths(gates, words)
    steps, words = _lengths(spreads, words)
    *before, shown = gates
    _shade(upper, steps, words)
    upper.plot(
        range(1, steps + 1),
        gates[shown],
        color=theme.COLORS["gate"],
        linewidth=0.9,
    )
    for name in before:
        _level(upper, float(np.mean(gates[name][-1])), f"mean, {name}")
    # Every unit has its place below a gate that keeps all, whatever is drawn.
    lowest = min(0.6, float(np.min(gates[shown])))
    upper.set(
        ylabel="forget gate",
        ylim=(lowest - 0.02, 1.02),
        title=f"forget gates, {shown}",
    )
    upper.legend(loc="lower right")
    # As in the other pictures, the line of what lasts is solid.
    latest_first = dict(reversed(spreads.items()))
    _draw(lower, latest_first, words, theme.COLORS["hidden_state"])
    lower.set(xlabel="time step", ylabel="spread of the states")
    lower.axhline(0, color=theme.COLORS["line"], linewidth=0.8)
    lower.legend(loc="center right")
    return figure, (
        f"Two panels over {steps} time steps; the first {words} steps are "
        "words, the shaded rest is padding. Above, the forget gates of "
        f"{shown}, a line for each unit, and a dotted line at the mean of "
        f"{' and '.join(before) or 'nothing'}. Below, the spread of the "
        f"hidden states of {' and '.join(gates)}, 1 at the last word."
    )


def learned_late(
    losses: Mapping[str, Sequence[np.ndarray]],
    gates: Sequence[np.ndarray],
    fresh: float,
) -> tuple[Figure, str]:
    """Draw losses against the epoch beside forget gates after training.

    Args:
        losses: Name of a kind -> the losses of each of its trainings, one
            number per epoch.
        gates: Of each training of the last kind, the units' forget gates,
            from the smallest to the largest.
        fresh: The gate before training, a dotted line.
    """
    figure, (left, right) = theme.subplots(1, 2, height=3.2)
    dashes_of = DASHES[: len(losses)][::-1]
    for (name, runs), dashes in zip(losses.items(), dashes_of, strict=True):
        for values in runs:
            left.plot(
                range(1, len(values) + 1),
                values,
                color=theme.COLORS["hidden_state"],
                linestyle=dashes,
                linewidth=1.4,
                label=name if values is runs[0] else None,
            )
    left.set(xlabel="epoch", title="loss")
    left.legend(loc="lower left")
    for values in gates:
        right.plot(
            range(1, len(values) + 1),
            values,
            "o-",
            color=theme.COLORS["gate"],
            markersize=3.5,
            linewidth=0.8,
        )
    _level(right, fresh, "before training")
    *_, last = losses
    right.set(
        xlabel="units, from small to large",
        xticks=[1, len(gates[0])],
        ylim=(-0.03, 1.03),
        title=f"forget gate on zeros, {last}",
    )
    right.legend(loc="lower right")
    return figure, (
        "Two panels. Left, the training loss against the epoch, for "
        f"{' and '.join(losses)}, a line for each start. Right, the mean "
        f"forget gate on zeros of each unit after training, {last}, from "
        "small to large, a line for each start; a dotted line stands at its "
        "value before training."
    )


def _level(axes: Axes, height: float, name: str) -> None:
    """Draw a dotted line to compare with."""
    axes.axhline(
        height,
        color=theme.COLORS["muted"],
        linestyle=":",
        label=name,
        zorder=3,
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
    _shade(axes, steps, words)
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
    # Room above the curves, so that none runs through the word.
    axes.set_ylim(0, 1.18 * max(np.max(v) for v in curves.values()))


def _shade(axes: Axes, steps: int, words: int) -> None:
    """Shade the padding after the words, and name it."""
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
    axes.set_xlim(0.5, steps + 0.5)


def accuracies(results: Mapping[str, Interval]) -> tuple[Figure, str]:
    """Draw accuracies with their intervals, and chance as a line."""
    figure, _ = interval_comparison(
        results,
        reference=("chance", 0.5),
        colours={"chance": theme.COLORS["muted"]},
    )
    (axes,) = figure.axes
    (chance,) = (n for n in axes.lines if n.get_label() == "chance")
    # The line ends at the first row, below its number.
    bottom, top = axes.get_ylim()
    chance.set_ydata([0, bottom / (bottom - top)])
    return figure, (
        f"The accuracies of {', '.join(results)}, each a dot on a bar that "
        "spans its 95% interval; a dashed line stands at 0.5, which is "
        "chance."
    )
