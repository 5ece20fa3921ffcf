"""What each step of the ladder bought, and what all reviews add to it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.intervals import Interval, seeds_and_samples

FOLDER = Path(__file__).resolve().parents[2] / "leaderboard" / "results"
"""Written by ``python -m leaderboard``."""

TEST_REVIEWS = 25_000

LETTERS = 46
"""Of a line beside the picture."""

MARKS = {True: ("a network has one run", "D"), False: ("three runs", "o")}
"""Whether a network has one run -> name and mark."""


TOLD = (
    ("GRU(32)", "GRU(8), 500 words"),
    ("GRU(32), masked", "GRU(32)"),
    ("GRU(32), pooled", "GRU(32), masked"),
    ("GRU(32), dropout", "GRU(32), pooled"),
    ("GRU(32), 400 words", "GRU(32), dropout"),
    ("GRU(32), in pieces", "GRU(32), 400 words"),
    ("BiGRU(32), in pieces", "GRU(32), in pieces"),
    ("BiGRU(32), learned vectors", "BiGRU(32), in pieces"),
    ("BiGRU(32), evidence beside vectors", "BiGRU(32), learned vectors"),
    ("BiGRU(32), vectors and evidence", "BiGRU(32), evidence beside vectors"),
    ("GRU(256), pre-trained", "GRU(256), in pieces"),
    ("GRU(256), pre-trained, uncut", "GRU(256), pre-trained"),
    ("GRU(256), pre-trained, uncut", "GRU(256), in pieces"),
    (
        "BiGRU(256), pre-trained, evidence, uncut",
        "BiGRU(32), vectors and evidence",
    ),
    ("BiGRU(32), vectors and evidence", "naive-Bayes weights, 1-3 words"),
    ("BiGRU(32) and naive Bayes", "naive-Bayes weights, 1-3 words"),
)
"""Pairs of entries that the lesson speaks of."""


class Ablation(NamedTuple):
    """What a rung of the ladder bought.

    Attributes:
        name: Of the entry on the rung.
        before: Of the entry that it is compared with.
        changed: All that is different between the two.
        validation: Accuracy gained, in percentage points, with its 95%
            interval.
        test: The same on the official test reviews.
        seeds: Of the network in them that has fewest; with one, the interval
            lacks what other seeds would change.
    """

    name: str
    before: str
    changed: str
    validation: Interval
    test: Interval
    seeds: int


class Refit(NamedTuple):
    """An entry once more, taught by all 25,000 reviews.

    Attributes:
        test: Accuracy on the official test reviews, with its 95% interval.
        gain: Of that, in percentage points, review by review.
    """

    test: Interval
    gain: Interval


def ablations(folder: Path = FOLDER) -> list[Ablation]:
    """Return what each rung of the ladder bought, in its order.

    The answers of both entries are compared review by review; where one of
    them has never been run, there is nothing to return. What all reviews have
    taught has nothing to choose on, and is no rung.
    """
    table = pd.read_csv(folder / "ablations.csv").dropna()
    return [
        Ablation(
            row.entry,
            row.without,
            row.changed,
            _gain(row, "validation"),
            _gain(row, "test"),
            row.seeds,
        )
        for row in table.itertuples(index=False)
    ]


def told(steps: Sequence[Ablation]) -> list[Ablation]:
    """Return those of some steps that the lesson speaks of."""
    return [step for step in steps if (step.name, step.before) in TOLD]


def refits(folder: Path = FOLDER) -> dict[str, Refit]:
    """Return name -> the entry once more, for those that were refitted."""
    gains = pd.read_csv(folder / "ablations.csv")
    gains = gains[gains.entry == gains.without].set_index("entry")
    if gains.empty:
        return {}
    right = pd.read_csv(folder / "refits.csv").groupby("name").test_correct
    return {
        name: Refit(
            seeds_and_samples(right.get_group(name).to_list(), TEST_REVIEWS),
            _gain(row, "test"),
        )
        for name, row in gains.iterrows()
    }


def _gain(row: Any, part: str) -> Interval:
    """Return a gain of ``ablations.csv``."""
    ends = ("gain", "low", "high")
    return Interval(*(getattr(row, f"{part}_{end}") for end in ends))


def in_points(gain: Interval) -> str:
    """Show a gain with its interval, ``+0.5 [-0.1, +1.1]``."""
    return f"{gain.value:+.1f} [{gain.low:+.1f}, {gain.high:+.1f}]"


def picture(steps: Sequence[Ablation]) -> tuple[Figure, str]:
    """Draw gains with their intervals, a row a step.

    What holds zero on validation is grey: we cannot tell yet.

    Args:
        steps: At least one; the first stands on top.
    """
    labels = [textwrap.fill(step.changed, LETTERS) for step in steps]
    lines = np.array([label.count("\n") + 2.0 for label in labels])
    rows = np.cumsum(lines) - lines / 2
    figure, axes = theme.subplots(height=1.2 + 0.15 * lines.sum())
    for row, step in zip(rows, steps, strict=True):
        clear = step.validation.low > 0 or step.validation.high < 0
        colour = theme.COLORS["hidden_state" if clear else "muted"]
        mark = MARKS[step.seeds == 1][1]
        for part, shift, filled in (
            (step.validation, -0.4, True),
            (step.test, 0.4, False),
        ):
            y = row + shift
            axes.plot([part.low, part.high], [y, y], color=colour, lw=1.4)
            inside = colour if filled else theme.COLORS["background"]
            axes.plot(part.value, y, mark, c=colour, mfc=inside, ms=5)
    axes.axvline(0, color=theme.COLORS["muted"], linestyle=":")
    axes.set_yticks(rows, labels, fontsize=8, linespacing=1.1)
    axes.set_ylim(lines.sum(), 0)
    axes.set_xlabel("gain, points")
    _legend(figure, axes)
    said = [
        f"{step.changed} ({step.name}, against {step.before}): "
        f"{in_points(step.validation)}, on test {in_points(step.test)}"
        for step in steps
    ]
    return figure, (
        "A row for each step, and in it the points gained on the validation "
        "reviews, a filled mark, and below it those on the test reviews, a "
        "hollow one, each with its 95% interval; grey where the one on "
        "validation holds zero, a diamond where a network has one run. A "
        f"dotted line stands at zero. {'; '.join(said)}."
    )


def _legend(figure: Figure, axes: Axes) -> None:
    """Say what the marks and the colours are."""
    names = ("muted", "hidden_state", "text")
    grey, orange, dark = (theme.COLORS[name] for name in names)
    for mark, colour, inside, label in (
        ("o", orange, orange, "validation"),
        ("o", orange, theme.COLORS["background"], "test"),
        ("o", grey, grey, "zero is within"),
        *((mark, dark, "none", name) for name, mark in MARKS.values()),
    ):
        axes.plot([], [], mark, c=colour, mfc=inside, label=label)
    figure.legend(loc="outside lower center", ncols=5, columnspacing=1)
