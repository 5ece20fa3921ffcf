"""The pictures of lesson 17: every cell in its colour, the bag as a line."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from utils import plots, theme
from utils.classify import Reading
from utils.intervals import Interval

BAG, NOTES = "bag of words", "SimpleRNN, notes"

WHOLE = "bag of words, whole reviews"

COLOURS = {
    BAG: theme.COLORS["muted"],
    WHOLE: theme.COLORS["text"],
    NOTES: theme.COLORS["output"],
    "SimpleRNN": theme.COLORS["output"],
    "LSTM": theme.COLORS["gate"],
    "GRU": theme.COLORS["gradient"],
    "bidirectional LSTM": theme.COLORS["cell_state"],
}
"""Model -> its colour; blue and orange mean down and up in this lesson."""

SCALE_FROM = 0.7
"""Where the accuracies of several models begin."""

FAR = -10
"""Points; what is further below is an arrow at the edge."""


def states_map(name: str) -> LinearSegmentedColormap:
    """Return grey for -1, white for 0 and the colour of a cell for 1."""
    white = theme.COLORS["background"]
    parts = [theme.COLORS["text"], white, COLOURS[name]]
    return LinearSegmentedColormap.from_list(name, parts)


def learning_curves(
    runs: Mapping[str, plots.Curves], bag: float
) -> tuple[Figure, str]:
    """Draw loss and accuracy of trainings, with the bag of words as a line.

    Args:
        runs: Model -> its curves; "" is the notes' SimpleRNN alone.
        bag: Validation accuracy of the bag of words.
    """
    colours = {**COLOURS, "": COLOURS[NOTES]}
    figure, words = plots.learning_curves(runs, colours=colours)
    accuracy = figure.axes[1]
    line = accuracy.axhline(bag, color=COLOURS[BAG], linestyle=":", label=BAG)
    words = (
        f"{words} A dotted line in the right panel marks the validation "
        "accuracy of the bag of words."
    )
    if len(runs) == 1:
        accuracy.legend(handles=[line], loc="lower right")
        return figure, words
    accuracy.set_ylim(bottom=SCALE_FROM)
    accuracy.set_title(f"accuracy, from {SCALE_FROM}")
    models, _ = figure.axes[0].get_legend_handles_labels()
    look = {"color": theme.COLORS["text"]}
    kinds = [
        Line2D(
            [], [], linestyle="--", linewidth=1.4, label="training", **look
        ),
        Line2D([], [], label="validation", **look),
    ]
    for legend in figure.legends:
        legend.remove()
    figure.legend(
        handles=[*models, *kinds, line], loc="outside lower center", ncols=4
    )
    return figure, (
        f"{words} This panel begins at {SCALE_FROM}, so the first epochs of a "
        "slow learner lie below it."
    )


def accuracies(
    shares: Mapping[str, Interval], bag: float
) -> tuple[Figure, str]:
    """Draw the accuracy of each network, the bag of words as a line.

    Args:
        shares: Network -> its share right, with its interval.
        bag: Validation accuracy of the bag of words.
    """
    figure, _ = plots.interval_comparison(
        shares, colours=COLOURS, reference=(BAG, bag)
    )
    axes = figure.axes[0]
    axes.lines[-1].set_linestyle(":")
    axes.legend(loc="best")
    return figure, (
        f"The accuracy of {', '.join(shares)}, each a dot on a bar that spans "
        "its 95% interval. A dotted line marks the bag of words."
    )


OPEN = {"marker": "o", "markersize": 5, "markerfacecolor": "none"}
"""How a stored training is drawn."""


def against_the_bag(
    gaps: Mapping[str, Interval], stored: Mapping[str, Sequence[float]]
) -> tuple[Figure, str]:
    """Draw how many points each network is above or below the bag of words.

    Args:
        gaps: Network -> difference of the shares right, with its interval;
            "GRU, above the LSTM" for another opponent than the bag.
        stored: Network -> the same difference for each of other seeds.
    """
    figure, axes = theme.subplots(height=1.1 + 0.5 * len(gaps))
    axes.axvline(0, color=COLOURS[BAG], linestyle=":")
    for row, (name, gap) in enumerate(gaps.items()):
        value, low, high = (100 * number for number in gap)
        colour = COLOURS[name.split(", above")[0]]
        if ", above" in name:  # another zero than that of the rows before
            axes.axhline(row - 0.45, color=COLOURS[BAG], linewidth=0.8)
        axes.plot([low, high], [row, row], color=colour, linewidth=3)
        axes.plot(value, row, "o", color=colour, markersize=8)
        axes.annotate(
            f"{value:+.1f}".replace("-", "−"),
            (value, row),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            bbox={
                "facecolor": theme.COLORS["background"],
                "edgecolor": "none",
                "pad": 1,
            },
        )
        others = np.array([100 * other for other in stored.get(name, ())])
        for far in others[others < FAR]:
            axes.annotate(
                f"{far:+.0f}".replace("-", "−"),
                (0, row + 0.28),
                xytext=(0.07, row + 0.28),
                xycoords=("axes fraction", "data"),
                textcoords=("axes fraction", "data"),
                va="center",
                fontsize=9,
                color=colour,
                arrowprops={"arrowstyle": "->", "color": colour},
            )
        near = others[others >= FAR]
        axes.plot(near, [row + 0.28] * len(near), ls="", color=colour, **OPEN)
    axes.set_yticks(range(len(gaps)), list(gaps))
    axes.set_ylim(len(gaps) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("points above the bag of words, or the model named")
    grey = theme.COLORS["muted"]
    this = "this lesson, 95% interval over reviews"
    figure.legend(
        handles=[
            Line2D([], [], color=grey, marker="o", markersize=8, label=this),
            Line2D(
                [], [], color=grey, ls="", label="stored, other seeds", **OPEN
            ),
        ],
        loc="outside lower center",
        ncols=2,
    )
    return figure, (
        "How many points more reviews each network is right on than the bag "
        f"of words, or the model named, below zero where it is fewer: "
        f"{'; '.join(gaps)}. A dot on "
        "a bar is the run of this lesson with its 95% interval over the "
        "reviews, open circles below it are stored trainings with other "
        "seeds, and an arrow at the left edge is one far below. A dotted "
        "line at zero stands for the bag of words; a thin line sets off the "
        "row with another opponent."
    )


LETTERS = 84
"""Characters in a line of ``coloured_words``."""

MOOD_KEY = (
    "The unit after each word. Orange: on the side of positive reviews; "
    "blue: of negative ones."
)


def coloured_words(
    readings: Sequence[Reading], unit: int, sign: float
) -> tuple[Figure, str]:
    """Draw texts, each word in the colour of one unit after it.

    Args:
        readings: What a classifier did, one line of words each.
        unit: Which of its hidden states is shown.
        sign: 1, or -1 to turn the colours round.
    """
    values = [sign * reading.hidden_states[:, unit] for reading in readings]
    most = max(np.abs(line).max() for line in values)
    figure, axes = theme.subplots(height=0.62 + 0.32 * len(readings))
    axes.set(xlim=(0, LETTERS), ylim=(len(readings) + 0.5, -0.5))
    axes.axis("off")
    for row, (reading, line) in enumerate(zip(readings, values, strict=True)):
        place = 0
        for word, value in zip(reading.tokens, line, strict=True):
            axes.text(
                place,
                row,
                word,
                va="center",
                family="DejaVu Sans Mono",
                fontsize=9,
                bbox={
                    "facecolor": theme.MOOD(0.5 + 0.4 * value / most),
                    "edgecolor": "none",
                    "pad": 2.5,
                },
            )
            place += len(word) + 1.3
    axes.text(0, len(readings), MOOD_KEY, va="center", fontsize=9)
    texts = " / ".join(" ".join(reading.tokens) for reading in readings)
    return figure, (
        "Sentences, each word on the colour of one hidden state of the "
        f"network after it has read this word: {texts}. Orange is the side "
        "of positive reviews, blue the side of negative ones."
    )


def probabilities(answers: Mapping[str, float]) -> tuple[Figure, str]:
    """Draw what a classifier answers to a few sentences, a bar for each.

    Args:
        answers: Sentence -> probability of the positive class.
    """
    figure, axes = theme.subplots(height=0.8 + 0.4 * len(answers))
    colours = [
        theme.COLORS["hidden_state" if value >= 0.5 else "input"]
        for value in answers.values()
    ]
    places = range(len(answers))
    axes.barh(places, list(answers.values()), 0.5, color=colours)
    for place, value in zip(places, answers.values(), strict=True):
        axes.annotate(
            f"{value:.2f}",
            (value, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
        )
    axes.axvline(0.5, color=theme.COLORS["muted"], linestyle="--")
    axes.set_yticks(places, [textwrap.fill(text, 34) for text in answers])
    axes.set(xlim=(0, 1.08), xlabel="probability of a positive review")
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    return figure, (
        "The probability of a positive review, from 0 to 1, as one bar for "
        f"each of {len(answers)} sentences: {' / '.join(answers)} A dashed "
        "line marks one half."
    )
