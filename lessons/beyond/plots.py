"""What networks reach and what they cost, and whether they mean it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.beyond.results import Entry
from utils import plots, theme
from utils.errors import check_integer
from utils.intervals import Interval, wilson_interval

CHANCE = 0.55
"""Entries below this would squeeze all others: they stand left of the axis."""

LOOKS = {
    True: ("recurrent", theme.COLORS["hidden_state"], "o"),
    False: ("counts of words", theme.COLORS["input"], "s"),
}
"""Whether an entry is recurrent -> its name, colour and mark."""

COLOURS = {
    "words": theme.COLORS["muted"],
    "words and pairs": theme.COLORS["input"],
    "GRU": theme.COLORS["hidden_state"],
    "BiGRU": theme.COLORS["cell_state"],
}
"""Model that the lesson trains or loads -> its colour."""

VALIDATIONS = {
    "random": ("drawn at random", theme.COLORS["output"], "^"),
    "neighbours": ("blocks of the archive", theme.COLORS["gate"], "D"),
}
"""Column of `results.validations` -> its label, colour and mark."""

FIVE = (
    "BiGRU(32), vectors and evidence",
    "naive-Bayes weights, 1-3 words",
    "bag of words",
    "GRU(8), 500 words",
    "SimpleRNN(8), the notes",
)
"""Entries to meet first, best on validation on top."""

COSTS = {
    "30 seconds": 30,
    "2 minutes": 120,
    "10 minutes": 600,
    "1 hour": 3600,
    "4 hours": np.inf,
}
"""Class of cost -> the most seconds of a run.

Runs shared the cores and the memory, so the same training takes up to half as
long again; finer classes would order noise.
"""


def ladder(entries: Sequence[Entry]) -> tuple[Figure, str]:
    """Draw a row per entry: validation and test beside each other.

    Args:
        entries: At least one; the first stands on top.
    """
    figure, axes = theme.subplots(height=1.2 + 0.29 * len(entries))
    marks: dict[str, Any] = {}
    for row, entry in enumerate(entries):
        name, colour, mark = LOOKS[entry.recurrent]
        if entry.validation.high < CHANCE:
            colour = theme.COLORS["muted"]
        for part, share, shift, filled in (
            ("validation", entry.validation, -0.15, True),
            ("test", entry.test, 0.15, False),
        ):
            if share.high < CHANCE:
                continue
            y = row + shift
            axes.plot([share.low, share.high], [y, y], color=colour, lw=1.5)
            (drawn,) = axes.plot(
                share.value,
                y,
                mark,
                color=colour,
                markersize=6,
                markerfacecolor=colour if filled else "white",
            )
            marks[f"{name}, {part}"] = drawn
        if entry.validation.high < CHANCE:
            axes.annotate(
                f"← {entry.validation.value:.2f}, {entry.test.value:.2f}",
                (0.01, row),
                xycoords=("axes fraction", "data"),
                va="center",
                fontsize=9,
                color=colour,
            )
    axes.set_yticks(range(len(entries)), [entry.name for entry in entries])
    axes.set_ylim(len(entries) - 0.5, -0.5)
    shown = [e.validation.low for e in entries if e.validation.high > CHANCE]
    axes.set_xlim(min(shown, default=0) - 0.02, None)
    axes.set_xlabel("accuracy")
    figure.legend(marks.values(), marks, loc="outside lower center", ncols=2)
    return figure, (
        f"A row for each of {', '.join(entry.name for entry in entries)}. In "
        "each row the accuracy on the validation reviews, a filled mark, and "
        "below it that on the test reviews, a hollow one, each on a bar that "
        "spans its 95% interval."
    )


def two_validations(table: pd.DataFrame) -> tuple[Figure, str]:
    """Draw what two validations promised above the test, a row an entry.

    Args:
        table: From `results.validations`, at least one row.
    """
    figure, axes = theme.subplots(height=1.2 + 0.26 * len(table))
    rows = range(len(table))
    for place, (split, look) in enumerate(VALIDATIONS.items()):
        label, colour, mark = look
        axes.errorbar(
            table[split],
            np.arange(len(table)) + (-0.15, 0.15)[place],
            xerr=table[f"{split}_margin"],
            fmt=mark,
            color=colour,
            markersize=6,
            linewidth=1.2,
            label=label,
        )
    axes.axvline(0, color=theme.COLORS["muted"], linestyle=":")
    axes.set_yticks(rows, table["name"])
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xlabel("validation less test, points")
    figure.legend(loc="outside lower center", ncols=2)
    return figure, (
        "A row for each of "
        f"{', '.join(table['name'])}, and in it by how many points it was "
        "better on validation than on the test, with its 95% interval: a "
        "triangle where the validation reviews were drawn at random, a "
        "diamond where they were whole blocks of the archive. A dotted line "
        "stands at zero."
    )


def five(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries to meet first."""
    return [entry for entry in entries if entry.name in FIVE]


def accuracy_by_cost(entries: Sequence[Entry]) -> tuple[Figure, str]:
    """Draw validation errors by classes of cost, the best of each named.

    Args:
        entries: At least one; what does not read is left out.
    """
    entries = [e for e in entries if e.validation.high > CHANCE] or entries
    best, line = best_by_cost(entries), []
    figure, axes = theme.subplots(height=4.6)
    for place, members in enumerate(_by_cost(entries).values()):
        spread = np.linspace(-0.3, 0.3, len(members))
        for shift, entry in zip(spread, members, strict=True):
            _, colour, mark = LOOKS[entry.recurrent]
            wrong = _wrong(entry)
            ends = [100 * (1 - entry.validation.high)]
            ends += [100 * (1 - entry.validation.low)]
            x = place + shift
            axes.plot([x, x], ends, color=colour, linewidth=1.2)
            axes.plot(x, wrong, mark, color=colour, markersize=6)
        line += [(x, wrong, ends[0])] if members else []
    columns, errors, lows = zip(*line, strict=True)
    axes.plot(
        columns,
        errors,
        color=theme.COLORS["line"],
        linestyle=":",
        linewidth=1.2,
        zorder=0,
    )
    marked = zip(columns, lows, best.values(), strict=True)
    for number, (x, low, (_, entry)) in enumerate(marked, start=1):
        axes.annotate(
            str(number),
            (x, low),
            xytext=(0, -3),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=9,
        )
        axes.plot([], [], " ", label=f"{number}  {entry.name}")
    axes.set_yscale("log")
    ticks = [5, 7, 10, 15, 20, 30]
    axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    lowest = min(_wrong(entry) for entry in entries)
    highest = max(1 - entry.validation.low for entry in entries)
    axes.set_ylim(0.7 * max(lowest, 0.1), 110 * highest)
    axes.set_xticks(range(len(COSTS)), [*COSTS])
    axes.set(xlabel="a run takes at most", ylabel="wrong, validation, %")
    axes.grid(axis="x", visible=False)
    for recurrent in sorted({entry.recurrent for entry in entries}):
        name, colour, mark = LOOKS[recurrent]
        axes.plot([], [], mark, color=colour, label=name)
    figure.legend(loc="outside lower center", ncols=2, handlelength=1)
    named = [f"{cost}: {entry.name}" for cost, (_, entry) in best.items()]
    return figure, (
        "The share of validation reviews that are wrong, on a logarithmic "
        "axis, in columns for what a run costs; a mark with its 95% interval "
        "for each entry that reads. A dotted line joins the best of the "
        "columns: "
        f"{'; '.join(named)}."
    )


def best_by_cost(entries: Sequence[Entry]) -> dict[str, tuple[int, Entry]]:
    """Return class of cost -> its place, and its best on validation."""
    return {
        cost: (place, max(members, key=lambda entry: entry.validation.value))
        for place, (cost, members) in enumerate(_by_cost(entries).items())
        if members
    }


def _by_cost(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Return class of cost -> its entries, worst first."""
    found: dict[str, list[Entry]] = {cost: [] for cost in COSTS}
    for entry in sorted(entries, key=lambda entry: entry.validation.value):
        fits = [cost for cost, most in COSTS.items() if entry.seconds <= most]
        found[fits[0]].append(entry)
    return found


def _wrong(entry: Entry) -> float:
    """Return how many percent of the validation reviews are wrong."""
    return 100 * (1 - entry.validation.value)


def by_group(
    groups: Sequence[str],
    answers: Mapping[str, Sequence[Interval]],
    xlabel: str,
) -> tuple[Figure, str]:
    """Draw accuracies by groups, each model in its colour."""
    return plots.shares_by_group(
        groups, answers, xlabel=xlabel, colours=COLOURS
    )


def calibration(
    answers: Mapping[str, np.ndarray], labels: Any, *, bins: int = 10
) -> tuple[Figure, str]:
    """Draw how often a probability comes true, against the probability.

    Args:
        answers: Name of a classifier -> probabilities of the positive
            class, (samples,).
        labels: 1 is positive, (samples,).
        bins: Groups of probabilities, of equal width.

    Raises:
        TypeError, ValueError: ``bins`` is not an integer from 2 to 50, or
            there is not one answer a label.
    """
    bins = check_integer("bins", bins, minimum=2, maximum=50)
    labels = np.asarray(labels)
    figure, panels = theme.subplots(
        2,
        len(answers),
        height=3.9,
        squeeze=False,
        sharex=True,
        sharey="row",
        height_ratios=(3, 1),
    )
    for column, (name, p) in enumerate(answers.items()):
        if len(p) != len(labels):
            raise ValueError(
                f"answers takes {len(labels)} probabilities, one a label, "
                f"got {len(p)} for {name!r}"
            )
        upper, lower = panels[:, column]
        colour = COLOURS.get(name, theme.COLORS["input"])
        _calibrated(upper, lower, np.asarray(p), labels, bins, colour)
        upper.set_title(name)
        lower.set_xlabel("probability given")
    panels[0][0].set_ylabel("share positive")
    panels[1][0].set_ylabel("reviews")
    return figure, (
        "The share of positive reviews in groups of equal probability, a "
        f"panel each for {', '.join(answers)}, with 95% intervals. On the "
        "dashed diagonal a probability comes true as often as it says. Below "
        "each panel bars show how many reviews each group has: most stand at "
        "the two ends."
    )


def _calibrated(
    upper: Axes,
    lower: Axes,
    p: np.ndarray,
    labels: np.ndarray,
    bins: int,
    colour: str,
) -> None:
    """Draw the shares of one classifier, and the sizes of its groups."""
    group = np.minimum((p * bins).astype(int), bins - 1)
    upper.plot([0, 1], [0, 1], color=theme.COLORS["muted"], linestyle="--")
    for number in np.unique(group):
        inside = group == number
        share = wilson_interval(int(labels[inside].sum()), int(inside.sum()))
        middle = p[inside].mean()
        upper.plot([middle, middle], [share.low, share.high], color=colour)
        upper.plot(middle, share.value, "o", color=colour, markersize=5)
    sizes = np.bincount(group, minlength=bins)
    lower.bar((np.arange(bins) + 0.5) / bins, sizes, 0.8 / bins, color=colour)
    # Labels at the ends of neighbouring panels would meet.
    upper.set(xlim=(0, 1), ylim=(0, 1), xticks=(0.2, 0.4, 0.6, 0.8))


COLUMNS = 8
"""Words in a row of `word_grid`."""

FULL_LENGTH = 11
"""Letters that fit a field of `word_grid`; a longer word is smaller."""


def word_grid(words: Sequence[str], values: np.ndarray) -> tuple[Figure, str]:
    """Draw a text, each word on the colour of a value after it.

    Args:
        words: Of the text, in reading order.
        values: One for each, 0 is white; positive ones are orange. The
            largest, with or without its sign, has nearly the full colour.
    """
    rows = -(-len(words) // COLUMNS)
    most = np.abs(values).max() or 1
    fields = np.zeros(rows * COLUMNS)
    fields[: len(words)] = values
    figure, axes = theme.subplots(height=0.8 + 0.24 * rows)
    image = axes.imshow(
        fields.reshape(rows, COLUMNS),
        cmap=theme.MOOD,
        vmin=-1.25 * most,
        vmax=1.25 * most,
        aspect="auto",
    )
    for place, word in enumerate(words):
        row, column = divmod(place, COLUMNS)
        size = 9 * min(1, FULL_LENGTH / len(word))
        axes.text(column, row, word, ha="center", va="center", size=size)
    axes.axis("off")
    figure.colorbar(
        image,
        ax=axes,
        orientation="horizontal",
        label="state of the unit, less what is usual; a scale of its own",
        aspect=60,
        pad=0.02,
    )
    side = {1: "orange", -1: "blue"}
    ends = [int(np.argmax(values)), int(np.argmin(values))]
    highest, lowest = (
        f"{side.get(int(np.sign(values[place])), 'white')} after "
        f"{words[place]!r}"
        for place in ends
    )
    return figure, (
        f"A review of {len(words)} words, each on the colour of the unit's "
        "state after it: orange is the side of positive reviews, blue that "
        f"of negative ones. Its highest state is {highest}, its lowest "
        f"{lowest}. The text: {' '.join(words)}."
    )
