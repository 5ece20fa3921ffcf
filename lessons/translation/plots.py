"""Plots of translation: how long number words are, and right word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from utils import theme
from utils.intervals import Interval

Shares = Mapping[str, Sequence[float]]
"""Name of a way to answer -> share of right words, one value a place."""


def words_needed(counts: Mapping[str, Sequence[int]]) -> tuple[Figure, str]:
    """Draw how many words each number needs, a panel a language.

    Args:
        counts: Language -> words of the numbers 0, 1, 2, …
    """
    most = max(max(values) for values in counts.values())
    figure, panels = theme.subplots(
        len(counts),
        1,
        height=0.6 + 1.1 * len(counts),
        squeeze=False,
        sharex=True,
    )
    for axes, (language, values) in zip(
        panels[:, 0], counts.items(), strict=True
    ):
        meaning = "output" if language == "English" else "input"
        colour = theme.COLORS[meaning]
        axes.bar(np.arange(len(values)), values, width=1.0, color=colour)
        axes.set(ylim=(0, most + 0.5), yticks=range(1, most + 1))
        axes.margins(x=0.01)
        axes.set_title(language)
        axes.grid(axis="x", visible=False)
    panels[-1, 0].set_xlabel("number")
    panels[-1, 0].set_xticks(np.arange(0, len(values), 10))
    figure.supylabel("words", fontsize=10)
    longest = "; ".join(
        f"{language}, at most {max(values)}"
        for language, values in counts.items()
    )
    return figure, (
        f"How many words each number from 0 to {len(values) - 1} needs, as "
        f"bars, a panel a language: {longest}."
    )


def by_place(panels: Mapping[str, Shares]) -> tuple[Figure, str]:
    """Draw the share of right words against their place in the answer.

    Args:
        panels: Title -> the ways to answer that are compared.
    """
    figure, row = theme.subplots(
        1, len(panels), height=3.2, squeeze=False, sharey=True
    )
    for axes, (title, ways) in zip(row[0], panels.items(), strict=True):
        for line, (name, shares) in zip(
            ("o-", "s--", "^:"), ways.items(), strict=False
        ):
            places = np.arange(1, len(shares) + 1)
            colour = theme.COLORS["output"]
            axes.plot(places, shares, line, color=colour, ms=5, label=name)
            axes.set_xticks(places)
        axes.set(xlabel="place of the word", title=title, ylim=(0, 1.05))
    row[0][0].set_ylabel("share of right words")
    handles, labels = row[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    return figure, (
        "The share of right words against their place in the answer, "
        f"{' and '.join(labels)}, in {len(panels)} "
        f"panel{'s' if len(panels) > 1 else ''}: {'; '.join(panels)}."
    )


def wrong_answers(
    results: Mapping[str | int, Interval],
) -> tuple[Figure, str]:
    """Draw the share of wrong answers, in percent, on a logarithmic axis.

    Args:
        results: Translator -> share of right answers with its bounds. One
            named by a number is the lesson's network with that seed.
    """
    figure, axes = theme.subplots(height=0.9 + 0.38 * len(results))
    for row, (name, right) in enumerate(results.items()):
        wrong, high, low = (100 * (1 - bound) for bound in right)
        meaning = "weight" if isinstance(name, str) else "output"
        colour = theme.COLORS[meaning]
        axes.plot([low, high], [row, row], color=colour, linewidth=3)
        axes.plot(wrong, row, "o", color=colour, markersize=8)
        axes.annotate(
            f"{wrong:.1f}%",
            (wrong, row),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=9,
        )
    names = [
        n if isinstance(n, str) else f"network, seed {n}" for n in results
    ]
    axes.set_yticks(range(len(results)), names)
    axes.set_ylim(len(results) - 0.5, -0.7)
    axes.set_xscale("log")
    axes.set_xticks([0.1, 1, 10, 100], ["0.1%", "1%", "10%", "100%"])
    axes.set_xlim(0.08, 100)
    axes.minorticks_off()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("wrong answers")
    return figure, (
        f"The wrong answers of {', '.join(names)} in percent, on a "
        "logarithmic axis, each a dot on a bar that spans its 95% interval."
    )


MARKERS = ("s", "D", "^")
"""Of the translators that are no network of the lesson, in turn."""


def by_size(
    sizes: Sequence[str], results: Mapping[str | int, Sequence[Interval]]
) -> tuple[Figure, str]:
    """Draw the exact match for each size of numbers, a place a translator.

    Args:
        sizes: Names of the groups of numbers.
        results: Translator -> one interval a group, from the left; some may
            lack the last. A translator named by a number is the lesson's
            network with that seed: all of these share a colour.
    """
    figure, axes = theme.subplots(height=3.4)
    opponents = [name for name in results if isinstance(name, str)]
    looks = {
        name: (marker, theme.COLORS["weight"], name)
        for marker, name in zip(MARKERS, opponents, strict=False)
    }
    seeds = [name for name in results if name not in looks]
    for seed in seeds:
        label = f"network, {len(seeds)} seeds" if seed == seeds[0] else None
        looks[seed] = ("o", theme.COLORS["output"], label)
    for place in range(0, len(sizes), 2):
        axes.axvspan(
            place - 0.5, place + 0.5, color=theme.COLORS["weight"], alpha=0.07
        )
    shift = 0.7 / len(results)
    for place, (name, intervals) in enumerate(results.items()):
        values, low, high = np.array(
            [(i.value, i.low, i.high) for i in intervals]
        ).T
        marker, colour, label = looks[name]
        axes.errorbar(
            np.arange(len(values)) + (place - (len(results) - 1) / 2) * shift,
            values,
            yerr=[values - low, high - values],
            fmt=marker,
            markerfacecolor="none" if isinstance(name, str) else colour,
            color=colour,
            label=label,
        )
    axes.set_xlim(-0.5, len(sizes) - 0.5)
    axes.set_xticks(np.arange(len(sizes)), sizes)
    axes.set(xlabel="numbers", ylabel="exact match", ylim=(-0.03, 1.03))
    axes.grid(axis="x", visible=False)
    figure.legend(loc="outside lower center", ncols=4)
    return figure, (
        f"The exact match of {', '.join(opponents)} and the network with "
        f"{len(seeds)} seeds for each size of numbers ({', '.join(sizes)}), "
        "every value with its 95% interval."
    )
