"""Plots of captions: pictures above what was written about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from utils import theme

INK = LinearSegmentedColormap.from_list(
    "ink", [theme.COLORS["background"], theme.COLORS["text"]]
)
"""From paper, 0, to ink, 1."""

CHANCE = LinearSegmentedColormap.from_list(
    "chance", [theme.COLORS["background"], theme.COLORS["output"]]
)
"""From impossible, 0, to certain, 1."""


def _draw_picture(axes: Any, image: np.ndarray) -> None:
    """Draw one picture with a frame and without scales."""
    axes.imshow(image, cmap=INK, vmin=0, vmax=1)
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(True)


def _check_length(name: str, entries: Sequence[Any], count: int) -> None:
    """Raise a ValueError unless there is an entry for each picture."""
    if len(entries) != count:
        raise ValueError(f"{name} takes {count} entries, got {len(entries)}")


def captioned(
    images: np.ndarray,
    captions: Sequence[str],
    *,
    wanted: Sequence[str] | None = None,
    columns: int = 9,
) -> tuple[Figure, str]:
    """Draw pictures, each above its caption.

    Args:
        images: (n, rows, columns), from 0 (paper) to 1 (ink).
        captions: What stands below each.
        wanted: The true captions; where one differs, it is added and both
            are coloured. These come from a trained network, so the
            description does not repeat them.
        columns: Pictures in a row.

    Raises:
        ValueError: There are not as many captions as pictures.
    """
    count = len(images)
    _check_length("captions", captions, count)
    if wanted is not None:
        _check_length("wanted", wanted, count)
    rows = -(-count // columns)
    below = 0.42 if wanted is not None else 0.25
    shape = images.shape[1] / images.shape[2]
    height = rows * (theme.WIDTH / columns * 0.85 * shape + below)
    figure, panels = theme.subplots(
        rows, columns, height=height, squeeze=False
    )
    for panel in panels.flat[count:]:
        panel.set_axis_off()
    for place, panel in enumerate(panels.flat[:count]):
        _draw_picture(panel, images[place])
        true = captions[place] if wanted is None else wanted[place]
        wrong = true != captions[place]
        panel.set_xlabel(
            f"{captions[place]}\n({true})" if wrong else captions[place],
            color=theme.COLORS["hidden_state" if wrong else "text"],
            fontsize=9,
        )
    if wanted is None:
        return figure, (
            f"{count} pictures, each above its caption: {', '.join(captions)}."
        )
    return figure, (
        "Pictures, each above the caption that was written; where it is "
        "wrong, the true caption follows in brackets."
    )


def chances_by_step(
    image: np.ndarray, chances: np.ndarray, symbols: Sequence[str], word: str
) -> tuple[Figure, str]:
    """Draw a picture and how likely each symbol is at each step.

    Args:
        image: (rows, columns), from 0 (paper) to 1 (ink).
        chances: (steps, len(symbols)), each row with sum 1; steps after the
            end of the word are left out.
        symbols: Names of the symbols, in the order of their ids.
        word: What was written, a letter for each symbol.

    Raises:
        ValueError: A symbol has no name, or the word is longer than the
            steps.
    """
    _check_length("symbols", symbols, np.shape(chances)[1])
    if len(word) > len(chances):
        raise ValueError(
            f"word takes up to {len(chances)} letters, got {word!r}"
        )
    before = ["start", *word][: len(chances)]
    chances = np.asarray(chances)[: len(before)]
    figure, (left, right) = theme.subplots(
        1, 2, height=3.6, width_ratios=(1, 2.6)
    )
    _draw_picture(left, image)
    right.imshow(
        np.transpose(chances), cmap=CHANCE, vmin=0, vmax=1, aspect="auto"
    )
    for step, symbol in zip(*np.nonzero(chances >= 0.01), strict=True):
        chance = chances[step, symbol]
        right.text(
            step,
            symbol,
            f"{chance:.0%}",
            ha="center",
            va="center",
            fontsize=8,
            color=theme.COLORS["background" if chance > 0.8 else "text"],
        )
    right.set_yticks(range(len(symbols)), symbols)
    right.set_xticks(range(len(before)), before)
    right.set(xlabel="symbol written before", ylabel="next symbol")
    right.grid(visible=False)
    return figure, (
        "A picture, and beside it a table of probabilities: a column for "
        "each step of writing, named after the symbol before, and a row for "
        "each symbol. The darker a field, the more probable the symbol."
    )


def caption_chances(
    image: np.ndarray, chances: Mapping[str, float]
) -> tuple[Figure, str]:
    """Draw a picture and how likely some captions of it are.

    Args:
        image: (rows, columns), from 0 (paper) to 1 (ink).
        chances: Caption -> probability, in the order of the bars.
    """
    height = max(1.7, 0.8 + 0.24 * len(chances))
    figure, (left, right) = theme.subplots(
        1, 2, height=height, width_ratios=(1, 2.6)
    )
    _draw_picture(left, image)
    places = range(len(chances))
    bars = right.barh(
        places, list(chances.values()), 0.6, color=theme.COLORS["output"]
    )
    right.bar_label(bars, fmt="{:.2f}", padding=4, fontsize=9)
    right.set_yticks(places, list(chances))
    right.set(xlim=(0, 1.1), xlabel="probability of the caption")
    right.invert_yaxis()
    right.grid(axis="y", visible=False)
    return figure, (
        "A picture, and beside it a bar for each of some captions: the "
        "probability that the network gives it."
    )
