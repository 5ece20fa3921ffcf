"""What networks reach and what they cost, and whether they mean it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.beyond.results import Entry
from utils import theme
from utils.arguments import check_integer
from utils.intervals import wilson_interval

CHANCE = 0.55
"""Entries below this would squeeze all others: they stand left of the axis."""

NEAR = 2
"""Numbers of entries with less than so many times the seconds would meet."""

LOOKS = {
    True: ("recurrent", theme.COLORS["hidden_state"], "o"),
    False: ("counts of words", theme.COLORS["input"], "s"),
}
"""Whether an entry is recurrent -> its name, colour and mark."""


def ladder(entries: Sequence[Entry]) -> tuple[Figure, str]:
    """Draw a row an entry: its accuracy on the left, its seconds right.

    Args:
        entries: At least one; the first stands on top.
    """
    figure, (left, right) = theme.subplots(
        1,
        2,
        height=0.9 + 0.27 * len(entries),
        sharey=True,
        width_ratios=(2, 1),
    )
    for row, entry in enumerate(entries):
        _, colour, mark = LOOKS[entry.recurrent]
        _, low, high = entry.accuracy
        left.plot([low, high], [row, row], color=colour, linewidth=3)
        left.plot(entry.accuracy.value, row, mark, color=colour, markersize=6)
        right.plot(_seconds(entry), row, mark, color=colour)
    left.set_yticks(range(len(entries)), [entry.name for entry in entries])
    left.set_ylim(len(entries) - 0.5, -0.5)
    shown = [e.accuracy.low for e in entries if e.accuracy.high > CHANCE]
    left.set_xlim(min(shown, default=0) - 0.02, None)
    left.set_xlabel("accuracy on the test reviews")
    right.set(xscale="log", xlabel="seconds of a run")
    _name_marks(left, entries)
    figure.legend(loc="outside lower center", ncols=2)
    return figure, (
        "Two panels with a row each for "
        f"{', '.join(entry.name for entry in entries)}. On the left the "
        "accuracy on the test reviews, a mark on a bar that spans its 95% "
        "interval; on the right the seconds of a run, on a logarithmic axis."
    )


def accuracy_against_seconds(entries: Sequence[Entry]) -> tuple[Figure, str]:
    """Draw errors against seconds, named where nothing is better.

    An entry is named if every faster one is less accurate.

    Args:
        entries: At least one.
    """
    best = worth_their_time(entries)
    figure, axes = theme.subplots(height=3.8)
    for entry in entries:
        _, colour, mark = LOOKS[entry.recurrent]
        axes.plot(_seconds(entry), _wrong(entry), mark, color=colour)
    crowded = False
    for number, entry in enumerate(best, start=1):
        before = best[max(number - 2, 0)]
        near = _seconds(entry) < NEAR * _seconds(before)
        # The second of two neighbours has its number on the other side.
        crowded = number > 1 and near and not crowded
        axes.annotate(
            str(number),
            (_seconds(entry), _wrong(entry)),
            xytext=(0, 7 if crowded else -15),
            textcoords="offset points",
            ha="center",
            fontsize=9,
        )
        axes.plot([], [], " ", label=f"{number}  {entry.name}")
    seconds = [_seconds(entry) for entry in best]
    axes.plot(
        seconds,
        [_wrong(entry) for entry in best],
        color=theme.COLORS["line"],
        linestyle=":",
        linewidth=1.2,
        zorder=0,
    )
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="seconds of a run",
        ylabel="wrong test reviews, %",
    )
    ticks = [5, 7, 10, 15, 20, 30, 50]
    axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    lowest = min(_wrong(entry) for entry in entries)
    axes.set_ylim(bottom=0.8 * max(lowest, 0.1))
    _name_marks(axes, entries)
    figure.legend(loc="outside right upper", handlelength=1)
    return figure, (
        "The share of test reviews that are wrong against the seconds of a "
        "run, both on logarithmic axes, a mark for each entry. A dotted line "
        "joins those that no faster one beats: "
        f"{', '.join(entry.name for entry in best)}."
    )


def _name_marks(axes: Axes, entries: Sequence[Entry]) -> None:
    """Give the legend what the marks of these entries mean."""
    for recurrent in {entry.recurrent for entry in entries}:
        name, colour, mark = LOOKS[recurrent]
        axes.plot([], [], mark, color=colour, label=name)


def _seconds(entry: Entry) -> float:
    """Return the seconds as a logarithmic axis can show them."""
    return max(entry.seconds, 1)


def _wrong(entry: Entry) -> float:
    """Return how many percent of the reviews an entry gets wrong."""
    return 100 * (1 - entry.accuracy.value)


def worth_their_time(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that are better than every faster one, in order."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda e: (e.seconds, -e.accuracy.value)):
        if not kept or entry.accuracy.value > kept[-1].accuracy.value:
            kept.append(entry)
    return kept


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
        1, len(answers), height=3.0, squeeze=False, sharey=True
    )
    for axes, (name, p) in zip(panels[0], answers.items(), strict=True):
        if len(p) != len(labels):
            raise ValueError(
                f"answers takes {len(labels)} probabilities, one a label, "
                f"got {len(p)} for {name!r}"
            )
        _calibrated(axes, np.asarray(p), labels, bins)
        axes.set(title=name, xlabel="probability given")
    panels[0][0].set_ylabel("share that is positive")
    return figure, (
        "The share of positive reviews in groups of equal probability, a "
        f"panel each for {', '.join(answers)}, with 95% intervals. On the "
        "dashed diagonal a probability comes true as often as it says."
    )


def _calibrated(
    axes: Axes, p: np.ndarray, labels: np.ndarray, bins: int
) -> None:
    """Draw the shares of one classifier."""
    group = np.minimum((p * bins).astype(int), bins - 1)
    axes.plot([0, 1], [0, 1], color=theme.COLORS["muted"], linestyle="--")
    for number in np.unique(group):
        inside = group == number
        share = wilson_interval(int(labels[inside].sum()), int(inside.sum()))
        middle = p[inside].mean()
        axes.plot(
            [middle, middle],
            [share.low, share.high],
            color=theme.COLORS["line"],
        )
        axes.plot(middle, share.value, "o", color=theme.COLORS["input"])
    # Labels at the ends of neighbouring panels would meet.
    axes.set(xlim=(0, 1), ylim=(0, 1), xticks=(0.2, 0.5, 0.8))
