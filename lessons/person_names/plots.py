"""Plots of person names: what stands beside them, and which were found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.drawing.lettering import text_width
from utils.intervals import Interval

LINE = 19.0
"""Points from one line of words or numbers to the next."""

MARGIN = 8.0
"""Points that stay free at the left and the right."""

TEXT = 9.0
"""Size of the words: most sentences fit on a line."""

GAP = 7.0
"""Points between two words: room for the boxes around them."""

SMALL = 8.0
"""Size of the probabilities."""

SHOWN = 0.1
"""Probabilities from here on are written below a word that is no name."""

COLOURS = {
    "one reader": "hidden_state",
    "two readers": "gradient",
    "window of five words": "cell_state",
    "word alone": "weight",
}
"""Of the taggers; one reader has that of the forward LSTM in the drawing."""

SIDES = ("hidden_state", "text")
"""Of what stands before a name and after it: those of the two directions in
the drawing."""


class Sentence(NamedTuple):
    """A sentence with its names and with what taggers say of each word.

    Attributes:
        words: The sentence.
        is_name: For each word whether it is part of a name; what follows
            the last word is ignored.
        answers: Tagger -> probabilities (seeds, timesteps), likewise.
    """

    words: Sequence[str]
    is_name: Sequence[bool] | np.ndarray
    answers: Mapping[str, np.ndarray]


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


def tagged_sentences(sentences: Sequence[Sentence]) -> tuple[Figure, str]:
    """Draw sentences with the probability of a name below their words.

    A word that is a name is underlined. Below it, and below each word whose
    mean probability reaches `SHOWN`, stands the mean over the seeds of each
    tagger: in a filled box if the word is tagged with all seeds, in an
    empty one if with some.

    Raises:
        ValueError: A sentence has fewer tags than words.
    """
    for each in sentences:
        if len(each.is_name) < len(each.words):
            raise ValueError(
                f"is_name takes a tag for each of {len(each.words)} words, "
                f"got {len(each.is_name)}"
            )
    names = list(dict.fromkeys(n for each in sentences for n in each.answers))
    width = theme.WIDTH * 72
    left = MARGIN + 14 + max(text_width(name, TEXT) for name in names)
    layouts = [_lines(each, width - left - MARGIN) for each in sentences]
    heights = [
        [_height(each, numbers) for numbers in layout]
        for each, layout in zip(sentences, layouts, strict=True)
    ]
    lines = 2.2 + sum(map(sum, heights))
    figure, axes = theme.subplots(height=lines * LINE / 72)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(lines, 0))
    axes.set_axis_off()
    _legend(axes)
    top = 2.6
    for each, layout, rows in zip(sentences, layouts, heights, strict=True):
        for numbers, row in zip(layout, rows, strict=True):
            _draw(axes, each, numbers, left, top)
            top += row
    head = (
        "Mean probabilities of a name below the words of sentences; in "
        "brackets, the words at which they are above one half."
    )
    return figure, " ".join([head, *map(_told, sentences)])


def _told(sentence: Sentence) -> str:
    """Return a sentence, and which of its words the seeds tag on average."""
    told = []
    for name, answers in sentence.answers.items():
        means = answers.mean(axis=0)[: len(sentence.words)]
        found = [
            word
            for word, mean in zip(sentence.words, means, strict=True)
            if mean > 0.5
        ]
        told.append(f"{name}: {', '.join(found) or 'no word'}")
    return f"{' '.join(sentence.words)} ({'; '.join(told)})."


def _is_shown(sentence: Sentence, place: int) -> bool:
    """Tell whether numbers stand below a word."""
    means = [each[:, place].mean() for each in sentence.answers.values()]
    return bool(sentence.is_name[place]) or max(means) >= SHOWN


def _height(sentence: Sentence, numbers: Sequence[int]) -> float:
    """Return how many lines a line of words takes, with its numbers."""
    has_numbers = any(_is_shown(sentence, place) for place in numbers)
    return 1.6 + len(sentence.answers) * has_numbers


def _space(sentence: Sentence, place: int) -> float:
    """Return the points that a word and its numbers take."""
    least = text_width("0.00", SMALL) + 4 if _is_shown(sentence, place) else 0
    return max(text_width(sentence.words[place], TEXT), least) + GAP


def _lines(sentence: Sentence, width: float) -> list[list[int]]:
    """Return the numbers of the words on each line."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for number in range(len(sentence.words)):
        wide = _space(sentence, number)
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        lines[-1].append(number)
        used += wide
    return lines


def _draw(
    axes: Axes,
    sentence: Sentence,
    numbers: Sequence[int],
    left: float,
    top: float,
) -> None:
    """Write one line of a sentence, and below it a row per tagger."""
    muted = theme.COLORS["muted"]
    labels = sentence.answers if _height(sentence, numbers) > 2 else ()
    for row, name in enumerate(labels, start=1):
        axes.text(MARGIN, top + row, name, size=TEXT, color=muted, va="center")
    x = left
    for place in numbers:
        word, wide = sentence.words[place], _space(sentence, place) - GAP
        axes.text(x, top, word, size=TEXT, va="center")
        if sentence.is_name[place]:
            _underline(axes, x, top, word)
        if _is_shown(sentence, place):
            for row, name in enumerate(sentence.answers, start=1):
                seeds = sentence.answers[name][:, place]
                _number(axes, x, top + row, seeds, COLOURS[name])
        x += wide + GAP


def _underline(axes: Axes, x: float, y: float, word: str) -> None:
    """Mark a word as a name."""
    ends = [x, x + text_width(word, TEXT)]
    axes.plot(ends, [y + 0.42] * 2, color=theme.COLORS["text"], linewidth=1.6)


def _number(
    axes: Axes, x: float, y: float, seeds: np.ndarray, colour: str
) -> None:
    """Write a mean probability, in the box of how many seeds tag."""
    look = theme.COLORS[colour]
    tagged = (seeds > 0.5).mean()
    box = {"boxstyle": "round,pad=0.18", "linewidth": 1.2, "edgecolor": look}
    box["facecolor"] = look if tagged == 1 else theme.COLORS["background"]
    ink = "background" if tagged == 1 else "text" if tagged else "muted"
    axes.text(
        x + 2,
        y,
        f"{seeds.mean():.2f}",
        size=SMALL,
        va="center",
        color=theme.COLORS[ink],
        bbox=box if tagged else None,
    )


def _legend(axes: Axes) -> None:
    """Write what line and boxes mean into the first line."""
    x, y = MARGIN + 2, 0.9
    axes.text(x, y, "name by the rule", size=TEXT, va="center")
    ends = [x, x + text_width("name by the rule", TEXT)]
    axes.plot(ends, [y + 0.42] * 2, color=theme.COLORS["text"], linewidth=1.6)
    x = ends[1] + 3 * GAP
    for text, seeds in (
        ("tagged with all seeds", [1, 1]),
        ("with some seeds", [1, 0]),
        ("with none", [0, 0]),
    ):
        box = {"boxstyle": "round,pad=0.18", "linewidth": 1.2}
        box["edgecolor"] = theme.COLORS[
            "muted" if any(seeds) else "background"
        ]
        box["facecolor"] = theme.COLORS[
            "muted" if all(seeds) else "background"
        ]
        ink = theme.COLORS["background" if all(seeds) else "text"]
        axes.text(x, y, text, size=TEXT, va="center", color=ink, bbox=box)
        x += text_width(text, TEXT) + 3 * GAP
