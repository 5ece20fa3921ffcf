"""Plots of what padding does to a state, and of what a mask is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from utils import theme
from utils.arguments import check_integer
from utils.intervals import Interval

SIDES = ("post", "pre")
"""Where the zeros stand: behind the words or before them."""

CHANCE_TO_RIGHT = LinearSegmentedColormap.from_list(
    "chance to right", [theme.COLORS["background"], theme.COLORS["input"]]
)
"""White is chance, 0.5; the full colour would be always right."""


def through_padding(
    curves: Mapping[str, Sequence[float] | np.ndarray],
    words: int,
    *,
    ylabel: str = "norm of the hidden state",
) -> tuple[Figure, str]:
    """Draw a quantity at every time step, the padding shaded.

    Args:
        curves: Name -> one value a time step, all of one length.
        words: How many steps at the beginning are words; the others are
            padding.
        ylabel: What is drawn.

    Raises:
        ValueError: The curves differ in length, or there are not at least
            ``words`` steps.
    """
    lengths = {name: len(values) for name, values in curves.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"curves takes one length for all, got {lengths}")
    (steps,) = set(lengths.values())
    words = check_integer("words", words, minimum=1, maximum=steps)
    figure, axes = theme.subplots(height=3.2)
    axes.axvspan(words + 0.5, steps + 0.5, color=theme.COLORS["panel"])
    axes.annotate(
        "padding",
        (words + 0.5, 1),
        xycoords=("data", "axes fraction"),
        xytext=(6, -14),
        textcoords="offset points",
        color=theme.COLORS["muted"],
    )
    for (name, values), colour in zip(
        curves.items(), theme.SERIES, strict=False
    ):
        axes.plot(range(1, steps + 1), values, color=colour, label=name)
    axes.set(xlabel="time step", ylabel=ylabel, xlim=(0.5, steps + 0.5))
    # Room above the curves, so that none runs through the word.
    axes.set_ylim(0, 1.18 * max(np.max(v) for v in curves.values()))
    figure.legend(loc="outside lower center", ncols=min(4, len(curves)))
    return figure, (
        f"The {ylabel} against the time step, for {' and '.join(curves)}. "
        f"The first {words} of {steps} steps are words; the shaded rest is "
        "padding."
    )


def two_by_two(
    results: Mapping[tuple[str, bool], Interval],
) -> tuple[Figure, str]:
    """Draw the accuracies of both padding sides, with a mask and without.

    Args:
        results: (side, mask) -> accuracy with its bounds; side is "post" or
            "pre", all four combinations.

    Raises:
        ValueError: A combination is missing, or one is unknown.
    """
    wanted = {(side, mask) for side in SIDES for mask in (False, True)}
    if set(results) != wanted:
        raise ValueError(
            f"results takes the keys {sorted(wanted)}, got {sorted(results)}"
        )
    figure, axes = theme.subplots(height=3.0, width=5.2)
    shares = [
        [results[side, m].value for m in (False, True)] for side in SIDES
    ]
    axes.imshow(shares, cmap=CHANCE_TO_RIGHT, vmin=0.5, vmax=1, aspect="auto")
    for (side, mask), (value, low, high) in results.items():
        dark = value > 0.9
        axes.text(
            int(mask),
            SIDES.index(side),
            f"{value:.2f}\n[{low:.2f}, {high:.2f}]",
            ha="center",
            va="center",
            fontsize=11,
            color=theme.COLORS["background" if dark else "text"],
        )
    axes.set_xticks([0, 1], ["without a mask", "with a mask"])
    axes.set_yticks([0, 1], ["zeros after (post)", "zeros before (pre)"])
    axes.grid(visible=False)
    return figure, (
        "A table of four accuracies, each with its 95% interval: rows are "
        "zeros after the words and zeros before them, columns without a "
        "mask and with one. A darker field is a higher accuracy; white is "
        "chance."
    )
