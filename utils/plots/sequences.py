"""Plots of sequences: what order shows, and what a hidden state keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from utils import theme
from utils.arguments import check_length

SIGNED = LinearSegmentedColormap.from_list(
    "signed",
    [
        theme.COLORS["input"],
        theme.COLORS["background"],
        theme.COLORS["hidden_state"],
    ],
)
"""Blue for -1, white for 0, vermilion for 1: the range of tanh."""

DARK_FROM = 0.85
"""Size of a value from which white letters read better on its colour."""


def temperatures_in_two_orders(
    dates: Any, in_order: Any, shuffled: Any
) -> tuple[Figure, str]:
    """Draw daily temperatures as they came and the same ones shuffled.

    Args:
        dates: The days, one a temperature, as matplotlib reads dates.
        in_order: °C, (days,).
        shuffled: The same values in another order, (days,).

    Raises:
        ValueError: The lengths differ, or the two orders do not hold the
            same values.
    """
    in_order, shuffled = np.asarray(in_order), np.asarray(shuffled)
    check_length("in_order", in_order, "dates", dates)
    if not np.array_equal(np.sort(in_order), np.sort(shuffled)):
        raise ValueError(
            "shuffled takes the values of in_order in another order, got "
            "other values"
        )
    figure, (above, below) = theme.subplots(2, 1, height=4.2, sharey=True)
    above.plot(dates, in_order, color=theme.COLORS["input"], linewidth=0.9)
    above.set_title("in the order of the calendar")
    places = np.arange(1, len(shuffled) + 1)
    colour = theme.COLORS["hidden_state"]
    below.plot(places, shuffled, color=colour, linewidth=0.9)
    below.set(title="the same days, shuffled", xlabel="place in the row")
    for axes in (above, below):
        axes.set_ylabel("°C")
        axes.margins(x=0.01)
    return figure, (
        f"Two panels with the same {len(in_order):,} daily maximum "
        "temperatures. Above, in the order of the calendar, they swing "
        "slowly: every summer a hill, every winter a valley. Below, "
        "shuffled, they jump up and down so fast that the line fills a band "
        "without any shape."
    )


def answer_after_each_word(
    reviews: Sequence[str], answers: Sequence[Any]
) -> tuple[Figure, str]:
    """Draw how a model's answer moves while it reads, a panel a review.

    Args:
        reviews: Each with blanks between its words.
        answers: For each review, the probability of "positive" after each
            of its words, between 0 and 1.

    Raises:
        ValueError: A review has not one answer a word.
    """
    check_length("answers", answers, "reviews", reviews)
    rows = len(reviews)
    figure, panels = theme.subplots(rows, 1, height=1.9 * rows, squeeze=False)
    for axes, review, answer in zip(
        panels[:, 0], reviews, answers, strict=True
    ):
        check_length("answers", answer, "words", review.split())
        _draw_answers(axes, review.split(), np.asarray(answer, dtype=float))
    ends = [
        f'"{review}" ends {"above" if answer[-1] > 0.5 else "below"}'
        for review, answer in zip(reviews, answers, strict=True)
    ]
    return figure, (
        "The answer after each word, on a scale from 0 (negative) to 1 "
        "(positive) with a dashed line at one half between the two: "
        f"{'; '.join(ends)} the line."
    )


def _draw_answers(axes: Axes, words: Sequence[str], answer: Any) -> None:
    """Draw one review's answers, its words along the axis."""
    places = np.arange(len(words))
    axes.axhline(0.5, color=theme.COLORS["line"], linestyle="--", linewidth=1)
    axes.plot(places, answer, color=theme.COLORS["hidden_state"], marker="o")
    axes.set_xticks(places, words)
    axes.set_yticks([0, 0.5, 1], ["negative", "½", "positive"])
    axes.set_ylim(-0.12, 1.12)
    axes.grid(visible=False)


def memory_of_the_first_input(
    gaps: Mapping[float, Any],
) -> tuple[Figure, str]:
    """Draw how far apart two states stay that saw different first inputs.

    Args:
        gaps: Recurrent weight w_h -> the distance between the two hidden
            states after the first step, the second, and so on, (steps,).

    Raises:
        ValueError: There is no curve.
    """
    if not gaps:
        raise ValueError("gaps takes at least one curve, got none")
    figure, axes = theme.subplots(height=3.4)
    for weight, gap in gaps.items():
        axes.plot(
            np.arange(len(gap)),
            gap,
            marker="o",
            markersize=4,
            label=f"$w_h$ = {weight:g}",
        )
    axes.set(xlabel="steps since the first input", ylabel="distance")
    axes.set_ylim(bottom=0)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], labels[::-1])
    fading = [f"{weight:g}" for weight, gap in gaps.items() if _fades(gap)]
    lasting = [f"{w:g}" for w, gap in gaps.items() if not _fades(gap)]
    sentences = ["The distance between the two states against the steps."]
    if fading:
        sentences.append(
            f"For w_h = {', '.join(fading)} it falls towards zero, the "
            "faster the smaller w_h is."
        )
    if lasting:
        sentences.append(f"For w_h = {', '.join(lasting)} it does not fade.")
    return figure, " ".join(sentences)


def _fades(gap: Any) -> bool:
    """Tell whether less than a quarter of the first distance is left."""
    return bool(gap[-1] < 0.25 * gap[0])


def hidden_states(sentences: Sequence[str], states: Any) -> tuple[Figure, str]:
    """Draw the hidden states of a layer as a grid, a panel a sentence.

    Args:
        sentences: Each with blanks between its words, equally many.
        states: In [-1, 1], (sentences, timesteps, units).

    Raises:
        ValueError: ``states`` has not one row a word.
    """
    states = np.asarray(states, dtype=float)
    check_length("states", states, "sentences", sentences)
    _, timesteps, units = states.shape
    figure, panels = theme.subplots(
        1, len(sentences), height=0.9 + 0.5 * units, squeeze=False
    )
    for axes, text, grid in zip(panels[0], sentences, states, strict=True):
        words = text.split()
        check_length("states", grid, "words", words)
        _draw_grid(axes, grid.T)
        axes.set_xticks(range(timesteps), words)
        axes.set_yticks(range(units), [f"unit {n + 1}" for n in range(units)])
        axes.set_xlabel("time step →")
    titles = " and ".join(f'"{sentence}"' for sentence in sentences)
    return figure, (
        f"The hidden state after each word of {titles}: a column a word, "
        f"{units} units below one another, blue for values towards -1 and "
        "vermilion for values towards 1."
    )


def _draw_grid(axes: Axes, grid: np.ndarray) -> None:
    """Colour a grid of values in [-1, 1] and write them in."""
    axes.imshow(grid, cmap=SIGNED, vmin=-1, vmax=1, aspect="auto")
    axes.grid(visible=False)
    for (row, column), value in np.ndenumerate(grid):
        dark = abs(value) >= DARK_FROM
        axes.text(
            column,
            row,
            f"{round(value, 2) + 0.0:.2f}",  # no "-0.00"
            ha="center",
            va="center",
            color=theme.COLORS["background" if dark else "text"],
        )
