"""Plots of person names: what stands beside them, and which were found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.person_names.tagged_text import COLOURS
from utils import theme
from utils.intervals import Interval

SIDES = ("hidden_state", "text")
"""Of what stands before a name and after it: those of the two directions in
the drawing."""


def neighbours(
    before: Mapping[str, float],
    after: Mapping[str, float],
    rule_before: Collection[str] = (),
    rule_behind: Collection[str] = (),
) -> tuple[Figure, str]:
    """Draw which words announce a name, and which ones follow it.

    Args:
        before: Word -> how often the word after it is a name, 0 to 1.
        after: Word -> how often the word before it is a name, 0 to 1.
        rule_before: Words that the rule, or the making of its list, looks
            for before a name; their bars on the left are hatched.
        rule_behind: Likewise behind a name, on the right.
    """
    rows = max(len(before), len(after))
    figure, panels = theme.subplots(
        1, 2, height=0.9 + 0.27 * rows, sharex=True
    )
    titles = ("the next word is a name", "the word before is a name")
    sides = (before, after)
    hatched = [
        [word for word in side if word in looked_for]
        for side, looked_for in zip(
            sides, (rule_before, rule_behind), strict=True
        )
    ]
    for axes, shares, marked, title, colour in zip(
        panels, sides, hatched, titles, SIDES, strict=True
    ):
        look = theme.COLORS[colour]
        bars = axes.barh(range(len(shares)), list(shares.values()))
        for bar, word in zip(bars, shares, strict=True):
            pale = word in marked
            bar.set(edgecolor=look, hatch="///" if pale else None)
            bar.set_facecolor("none" if pale else look)
        axes.set_yticks(range(len(shares)), list(shares))
        axes.set_ylim(rows - 0.5, -0.5)
        axes.set(title=title, xlabel="share", xlim=(0, 1))
        axes.grid(axis="y", visible=False)
    told = [
        f"{side}: {', '.join(sorted(marked))}"
        for side, marked in zip(("left", "right"), hatched, strict=True)
        if marked
    ]
    rule = f" Hatched, for the rule or its list used them, {'; '.join(told)}."
    return figure, (
        "Two bar charts. Left, how often the next word is a name, after "
        f"{', '.join(before)}. Right, how often the word before is a name, "
        f"at {', '.join(after)}.{rule if told else ''}"
    )


def precision_recall(
    is_name: np.ndarray,
    answers: Mapping[str, Sequence[np.ndarray]],
    notes: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Figure, str]:
    """Draw precision against recall at every threshold, a line per training.

    A dot marks the threshold 0.5; grey lines join what has one F1.

    Args:
        is_name: Whether each word is part of a name, (words,).
        answers: Tagger -> probabilities of each of its trainings, (words,).
        notes: Tagger -> what stands beside the longest straight piece of
            its first line: words that all have one probability.
    """
    from sklearn.metrics import precision_recall_curve

    figure, axes = theme.subplots(height=4.2)
    recall = np.linspace(0.31, 1, 200)
    for f1 in (0.6, 0.7, 0.8):
        axes.plot(
            recall,
            f1 * recall / (2 * recall - f1 + 1e-9),
            color=theme.COLORS["line"],
            linewidth=0.8,
        )
        end = 0.996 if f1 > 0.6 else 0.75  # Further right, lines cross it.
        height = f1 * end / (2 * end - f1)
        axes.text(end, height, f"F1 {f1}", size=8, ha="right", va="top")
    for name in answers:
        label, look = name, theme.COLORS[COLOURS[name]]
        for each in answers[name]:
            precision, found, _ = precision_recall_curve(is_name, each)
            axes.plot(found, precision, color=look, linewidth=1, label=label)
            right = (is_name & (each > 0.5)).sum()
            dot = right / is_name.sum(), right / max((each > 0.5).sum(), 1)
            axes.plot(*dot, "o", color=look, markersize=6)
            label = "_nolegend_"
    for name, text in notes.items():
        _note(axes, is_name, answers[name][0], text, COLOURS[name])
    axes.set(xlabel="recall", ylabel="precision", xlim=(0.4, 1), ylim=(0.4, 1))
    axes.legend(loc="lower left")
    return figure, (
        f"Precision against recall for {', '.join(answers)}, a line for each "
        "training and a dot where its threshold is 0.5. All lines fall from "
        "the upper left to the lower right."
        + "".join(
            f" A straight piece of {name}: {' '.join(text.split())}."
            for name, text in notes.items()
        )
    )


def _note(
    axes: Axes,
    is_name: np.ndarray,
    probability: np.ndarray,
    text: str,
    colour: str,
) -> None:
    """Write what the longest straight piece of a curve is made of."""
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(is_name, probability)
    at = int(np.argmax(recall[:-2] - recall[1:-1]))
    middle = recall[at : at + 2].mean(), precision[at : at + 2].mean()
    axes.annotate(
        text,
        middle,
        (-14, -16),
        textcoords="offset points",
        ha="right",
        va="top",
        size=8,
        color=theme.COLORS[colour],
        bbox={"facecolor": theme.COLORS["background"], "lw": 0, "pad": 1},
        arrowprops={"arrowstyle": "->", "color": theme.COLORS[colour]},
    )


def differences(found: pd.DataFrame) -> tuple[Figure, str]:
    """Draw differences of scores in pairs, with their 95% intervals.

    Args:
        found: A row per pair and score: ``first``, ``second``, ``of``,
            ``difference``, ``low`` and ``high``; those of a pair together.
    """
    figure, axes = theme.subplots(height=0.7 + 0.22 * len(found))
    looks = dict(zip(found["of"].unique(), ("o", "s", "D"), strict=False))
    height, told, ticks = 0.0, [], {}
    for (first, second), rows in found.groupby(
        ["first", "second"], sort=False
    ):
        lines = []
        for row in rows.itertuples():
            value = Interval(row.difference, row.low, row.high)
            axes.plot(
                [row.low, row.high], [height] * 2, color=theme.COLORS["text"]
            )
            axes.plot(
                row.difference,
                height,
                looks[row.of],
                color=theme.COLORS["text"],
                markersize=5,
                label=row.of if not told else "_nolegend_",
            )
            axes.text(
                1.02,
                height,
                str(value),
                size=8,
                va="center",
                transform=axes.get_yaxis_transform(),
            )
            lines.append(f"{row.of} {value}")
            height += 1
        pair = f"{first} − {second}"
        ticks[height - (len(rows) + 1) / 2] = f"{first} −\n{second}"
        told.append(f"{pair}: {', '.join(lines)}")
        height += 0.8
    axes.axvline(0, color=theme.COLORS["line"], linewidth=1)
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set(ylim=(height - 0.6, -0.8), xlabel="difference")
    axes.grid(axis="y", visible=False)
    axes.locator_params(axis="x", nbins=6)
    figure.legend(loc="outside upper center", ncols=len(looks))
    return figure, (
        "Differences in pairs with their 95% intervals, around a line at "
        f"zero. {'; '.join(told)}."
    )


def falls(found: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how far the probability of a name falls without a neighbour.

    Args:
        found: A row per tagger, seed, replacement and neighbour, as
            `results.falls` returns it.
    """
    replacements = found["replacement"].unique()
    kinds = found.groupby("neighbour", sort=False).places.first()
    rows = {kind: row for row, kind in enumerate(kinds.index)}
    taggers = list(found["tagger"].unique())
    figure, panels = theme.subplots(
        1,
        len(replacements),
        height=1.3 + 0.36 * len(rows),
        sharex=True,
        sharey=True,
    )
    told = []
    for axes, replacement in zip(panels, replacements, strict=True):
        axes.axvline(0, color=theme.COLORS["line"], linewidth=1)
        here = found[found.replacement == replacement]
        for number, name in enumerate(taggers):
            each = here[here.tagger == name]
            height = each.neighbour.map(rows) + 0.24 * (number - 1)
            look = theme.COLORS[COLOURS[name]]
            axes.plot(
                each.fall, height, "o", color=look, markersize=3.5, label=name
            )
        axes.set(title=replacement, xlabel="fall")
        axes.set_yticks(
            list(rows.values()),
            [f"{kind} ({kinds[kind]})" for kind in kinds.index],
        )
        axes.set_ylim(len(rows) - 0.5, -0.5)
        means = here.pivot_table(
            index="neighbour", columns="tagger", values="fall"
        )[taggers]
        means = means.loc[list(rows)].round(2) + 0.0  # No "-0.00".
        lines = [
            f"{kind} {', '.join(f'{each:.2f}' for each in line)}"
            for kind, line in zip(rows, means.to_numpy(), strict=True)
        ]
        told.append(f"With {replacement}: {'; '.join(lines)}.")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside lower center", ncols=len(taggers)
    )
    return figure, (
        "How far the probability of a name falls when a neighbour is "
        f"replaced, a dot per seed; means for {', '.join(taggers)}. "
        + " ".join(told)
    )
