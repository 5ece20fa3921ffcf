"""Plots of captions: pictures above what was written about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
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
    framed: Sequence[bool] = (),
    columns: int = 9,
) -> tuple[Figure, str]:
    """Draw pictures, each above its caption.

    Args:
        images: (n, rows, columns), from 0 (paper) to 1 (ink).
        captions: What stands below each.
        wanted: The true captions; where one differs, it is added and both
            are bold. These come from a trained network, so the
            description does not repeat them.
        framed: Whether each picture gets a thick frame; none by default.
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
            fontweight="bold" if wrong else "normal",
            fontsize=9,
        )
        if len(framed) and framed[place]:
            panel.spines[:].set(linewidth=3, color=theme.COLORS["text"])
    if wanted is None:
        return figure, (
            f"{count} pictures, each above its caption: {', '.join(captions)}."
        )
    return figure, (
        "Pictures, each above the caption that was written; where it is "
        "wrong, the true caption follows in brackets."
        + (" Some pictures have a thick frame." if len(framed) else "")
    )


def chances_by_step(
    image: np.ndarray,
    chances: np.ndarray,
    symbols: Sequence[str],
    word: str,
    *,
    wanted: str | None = None,
) -> tuple[Figure, str]:
    """Draw a picture and how likely each symbol is at each step.

    Args:
        image: (rows, columns), from 0 (paper) to 1 (ink).
        chances: (steps, len(symbols)), each row with sum 1; steps after the
            end of the word are left out, and so are symbols below 1% at
            every step.
        symbols: Names of the symbols, in the order of their ids.
        word: What was written, a letter for each symbol.
        wanted: The true caption, to stand below the picture.

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
    used = np.flatnonzero(chances.max(axis=0) >= 0.01)
    chances = chances[:, used]
    figure, (left, right) = theme.subplots(
        1, 2, height=max(2, 0.8 + 0.24 * len(used)), width_ratios=(1, 2.6)
    )
    _draw_picture(left, image)
    if wanted is not None:
        left.set_xlabel(f"true caption: {wanted}", fontsize=9)
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
    right.set_yticks(range(len(used)), [symbols[i] for i in used])
    right.set_xticks(range(len(before)), before)
    right.set(xlabel="symbol written before", ylabel="next symbol")
    right.grid(visible=False)
    return figure, (
        "A picture, and beside it a table of probabilities: a column for "
        "each step of writing, named after the symbol before, and a row for "
        "each symbol that has 1% at least once. The darker a field, the more "
        "probable the symbol."
    )


def caption_chances(
    image: np.ndarray, chances: Mapping[str, float], *, greedy: str
) -> tuple[Figure, str]:
    """Draw a picture and how likely some captions of it are.

    Args:
        image: (rows, columns), from 0 (paper) to 1 (ink).
        chances: Caption -> probability, in the order of the bars.
        greedy: The caption that greedy decoding writes, drawn in full.
    """
    height = max(1.7, 0.8 + 0.24 * len(chances))
    figure, (left, right) = theme.subplots(
        1, 2, height=height, width_ratios=(1, 2.6)
    )
    _draw_picture(left, image)
    full = f"{greedy} (greedy)"
    named = {full if n == greedy else n: p for n, p in chances.items()}
    _draw_chances(right, named, full)
    right.set_xlabel("probability of the caption")
    return figure, (
        "A picture, and beside it a bar for each of some captions: the "
        "probability that the network gives it. The bar of what greedy "
        "decoding writes is filled."
    )


def words_and_letters(
    words: Mapping[str, float], letters: Mapping[str, float], *, even: float
) -> tuple[Figure, str]:
    """Draw how likely captions are, and how likely their first letters.

    Args:
        words: Caption -> probability.
        letters: First letter -> probability.
        even: The probability of a caption if all were equally likely; a
            dashed line stands there.
    """
    height = 0.9 + 0.24 * len(words)
    figure, panels = theme.subplots(1, 2, height=height)
    captions, first = panels
    _draw_chances(captions, words, max(words, key=words.__getitem__))
    _draw_chances(first, letters, max(letters, key=letters.__getitem__))
    captions.set_xlabel("probability of the caption")
    first.set_xlabel("probability as first letter")
    longest = max(*words.values(), *letters.values())
    for panel in panels:
        panel.set_xlim(0, 1.25 * longest)
    line = captions.axvline(
        even, color=theme.COLORS["text"], ls="--", lw=1, zorder=3
    )
    line.set_label(f"all equally likely, {even:g}")
    figure.legend(handles=[line], loc="outside lower center")
    return figure, (
        "Bars for the probability of each caption, with a dashed line where "
        "all would be equally likely, and bars for that of each first "
        "letter. The longest bar of each panel is filled."
    )


def _draw_chances(
    axes: Any, chances: Mapping[str, float], filled: str
) -> None:
    """Draw a bar for each name, that of ``filled`` in full."""
    color = theme.COLORS["output"]
    axes.barh(
        range(len(chances)),
        [*chances.values()],
        0.6,
        color=[color if name == filled else "white" for name in chances],
        edgecolor=color,
    )
    for row, chance in enumerate(chances.values()):
        axes.annotate(  # at the edge, where no dashed line runs through it
            f"{chance:.2f}",
            (0.99, row),
            xycoords=("axes fraction", "data"),
            ha="right",
            va="center",
            fontsize=9,
        )
    limit = min(1.2, 1.25 * max(chances.values()))
    axes.set_yticks(range(len(chances)), [*chances])
    axes.set_xlim(0, limit)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= 1])
    axes.set_xlim(0, limit)
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)


def shares_by_size(table: pd.DataFrame) -> tuple[Figure, str]:
    """Draw the share right against the number of digits, a line a model.

    Args:
        table: A row per model, named "decoder, any order": the model and,
            after the last comma, the order of the words, which has a panel
            of its own. A column per number of digits. A model whose name
            has the word "uncut" is dashed, in the colour of the same model
            without it.
    """
    parts = [name.rsplit(", ", 1) for name in table.index]
    orders = [*dict.fromkeys(order for _, order in parts)]
    plain = [kind.removesuffix(", uncut") for kind, _ in parts]
    kinds = [*dict.fromkeys(plain)]
    figure, panels = theme.subplots(1, len(orders), height=3.4, sharey=True)
    for (kind, order), base, shares in zip(
        parts, plain, table.to_numpy(), strict=True
    ):
        panels[orders.index(order)].plot(
            [*table.columns],
            shares,
            "o-" if kind == base else "o--",
            color=theme.SERIES[kinds.index(base)],
            markersize=5,
            label=kind,
        )
    for panel, order in zip(panels, orders, strict=True):
        lines = sorted(panel.lines, key=lambda line: line.get_ydata()[-1])
        heights = [line.get_ydata()[-1] for line in lines]
        at = -1.0
        for line, height in zip(lines, heights, strict=True):
            at = max(at + 0.055, height)  # numbers do not overlap
            panel.annotate(
                f"{height:.2f}",
                (len(table.columns) - 1, at),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
                color=line.get_color(),
            )
        panel.set(title=order, xlabel="digits in the picture", ylim=(0, 1.03))
        panel.set_xlim(-0.15, len(table.columns) - 0.65)
    panels[0].set_ylabel("right digits, in any order")
    handles = {
        label: handle
        for panel in panels
        for handle, label in zip(
            *panel.get_legend_handles_labels(), strict=True
        )
    }
    figure.legend(
        handles.values(),
        handles,
        loc="outside lower center",
        ncols=2,
        handlelength=4,
    )
    told = "; ".join(
        f"{name}: {', '.join(f'{share:.2f}' for share in row)}"
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    )
    return figure, (
        "The share of pictures whose digits are all named, against their "
        f"number ({', '.join(table.columns)}), a line for each model. {told}."
    )
