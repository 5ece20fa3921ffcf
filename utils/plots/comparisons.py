"""Plots that compare networks seed by seed, and what a state still holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from utils import theme
from utils.arguments import check_number

Runs = Mapping[str, Sequence[Sequence[float]]]
"""Name of a network -> one curve a seed, one value an epoch."""


def curves_by_seed(
    runs: Runs, *, ylabel: str, reference: tuple[str, float] | None = None
) -> tuple[Figure, str]:
    """Draw every seed's curve as a line, a panel a network.

    A mean would hide it when some seeds learn and others do not.

    Args:
        runs: Name of the network -> its curves.
        ylabel: What the curves show.
        reference: Name and value of a horizontal line to compare with.

    Raises:
        ValueError: There is no network.
    """
    if not runs:
        raise ValueError("runs takes at least one network, got none")
    figure, panels = theme.subplots(
        1, len(runs), height=3.0, squeeze=False, sharey=True
    )
    for axes, colour, (name, curves) in zip(
        panels[0], theme.SERIES, runs.items(), strict=False
    ):
        for values in curves:
            epochs = np.arange(1, len(values) + 1)
            axes.plot(epochs, values, "o-", color=colour, alpha=0.6, ms=4)
            axes.set_xticks(epochs)
        if reference is not None:
            axes.axhline(
                reference[1], color=theme.COLORS["muted"], linestyle="--"
            )
        axes.set(xlabel="epoch", title=name)
    panels[0][0].set(ylabel=ylabel, ylim=(0, None))
    sentence = ""
    if reference is not None:
        panels[0][0].annotate(
            reference[0],
            (1, reference[1]),
            xycoords=("axes fraction", "data"),
            xytext=(-2, 6),
            textcoords="offset points",
            ha="right",
            color=theme.COLORS["muted"],
            fontsize=9,
        )
        sentence = f" A dashed line marks {reference[0]}."
    counts = [str(len(curves)) for curves in runs.values()]
    seeds = (
        f"{counts[0]} in each"
        if len({*counts}) == 1
        else (" and ".join(counts))
    )
    return figure, (
        f"The {ylabel} of {' and '.join(runs)} against the epoch, a panel "
        f"each, one line a seed, {seeds}.{sentence}"
    )


def state_kept(states: Mapping[float, Any]) -> tuple[Figure, str]:
    """Draw what is left of a state of 1 for several update gates.

    Args:
        states: Update gate z -> the state at the start and after each
            step, (steps,), values from 0 to 1.

    Raises:
        TypeError: An update gate is not a number.
        ValueError: There is no curve, or a gate is not from 0 to 1.
    """
    if not states:
        raise ValueError("states takes at least one curve, got none")
    figure, axes = theme.subplots(height=3.2)
    for gate, values in states.items():
        check_number("gate", gate, minimum=0, maximum=1)
        steps = np.arange(len(values))
        axes.plot(steps, values, label=f"z = {gate:g}")
    axes.set(xlabel="steps since it was written", ylabel="what is left")
    axes.set_ylim(-0.03, 1.05)
    figure.legend(loc="outside right upper")
    return figure, (
        "What is left of a state of 1 against the steps since it was "
        f"written, for an update gate of {', '.join(f'{z:g}' for z in states)}"
        ": the nearer z is to 1, the longer the state lasts."
    )
