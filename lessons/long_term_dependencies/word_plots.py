"""Plots of lesson 06: how far back a network looks in reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.drawing.shades import tint
from utils.plots.results import direction

LETTERS_IN_A_LINE = 80
"""Letters of one width, 10 points high, in a picture's width."""

FAINTEST = -4
"""Power of ten of the gradient's norm that is drawn white."""


def shaded(
    words: Sequence[str], norms: Any, lags: Sequence[int] = ()
) -> tuple[Figure, str]:
    """Write a text, each word the darker the larger its gradient is.

    Args:
        words: The words, in order.
        norms: Norm of the gradient at each word, 1 at the last.
        lags: Words before the last that get their lag written above.
    """
    powers = np.log10(np.maximum(np.asarray(norms, dtype=float), 1e-300))
    strengths = np.clip(1 - powers / FAINTEST, 0, 1)
    marked = {len(words) - 1 - lag: f"lag {lag}" for lag in lags}
    lines = _lines(words)
    figure, axes = theme.subplots(height=0.6 + 0.36 * len(lines))
    place = iter(enumerate(zip(words, strengths, strict=True)))
    for row, count in enumerate(lines):
        x = 0.0
        for _ in range(count):
            at, (word, strength) = next(place)
            _word(axes, x, -row, word, strength)
            if at in marked:
                axes.text(x, 0.4 - row, marked[at], size=9, va="center")
            x += len(word) + 1
    axes.set(xlim=(-0.5, LETTERS_IN_A_LINE + 1), ylim=(-len(lines) - 0.5, 0.7))
    for step, power in enumerate(range(0, FAINTEST - 1, -1)):
        name = f"$10^{{{power}}}$" if power else "1"
        strength = 1 - power / FAINTEST
        _word(axes, 10 * step, -len(lines) - 0.1, name, strength, "line")
    axes.set_axis_off()
    return figure, (
        f"The last {len(words)} words of a review, each the darker the larger "
        "the gradient of the answer is at it. The last words are dark, the "
        f"first ones {'white' if strengths[0] < 0.1 else 'paler'}. A key "
        "shows powers of ten from 1 to 10^-4."
    )


def _word(
    axes: Axes,
    x: float,
    y: float,
    word: str,
    strength: float,
    edge: str = "",
) -> None:
    """Write a word on its colour, in black or white."""
    axes.text(
        x,
        y,
        word,
        color=theme.COLORS["background" if strength > 0.73 else "text"],
        family="DejaVu Sans Mono",
        fontsize=10,
        va="center",
        bbox={
            "facecolor": tint(theme.COLORS["gradient"], 0.9 * strength),
            "edgecolor": theme.COLORS[edge] if edge else "none",
            "pad": 2,
        },
    )


def reviews_by_lag(norms: np.ndarray) -> tuple[Figure, str]:
    """Draw the gradient against the lag: the middle of many reviews.

    Args:
        norms: Norm of the gradient at each word, 1 at the last, (samples,
            words).
    """
    low, middle, high = np.quantile(norms[:, ::-1], [0.1, 0.5, 0.9], axis=0)
    figure, axes = theme.subplots(height=2.6)
    lags, color = np.arange(norms.shape[1]), theme.SERIES[0]
    axes.fill_between(
        lags, low, high, color=tint(color, 0.25), label="8 of 10 reviews"
    )
    axes.plot(lags, middle, color=color, label="median")
    axes.set_yscale("log")
    axes.minorticks_off()
    axes.set(xlabel="lag: words before the end", ylabel="share left")
    axes.legend(loc="lower left")
    return figure, (
        "The share of the gradient that is left, 1 at the last word, in "
        f"{len(norms)} reviews on a logarithmic axis against the lag, the "
        f"number of words before the end. The median "
        f"{direction(middle)}; a band that widens holds eight "
        "reviews of ten."
    )


def _lines(words: Sequence[str]) -> list[int]:
    """Return how many words go into each line."""
    lines, used = [0], 0
    for word in words:
        if used + len(word) > LETTERS_IN_A_LINE:
            lines.append(0)
            used = 0
        lines[-1] += 1
        used += len(word) + 1
    return lines
