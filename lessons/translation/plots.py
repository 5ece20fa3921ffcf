"""Plots of translation: how long number words are, and right word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

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


def by_place(
    panels: Mapping[str, Shares], answers: Sequence[int] = ()
) -> tuple[Figure, str]:
    """Draw the share of right words against their place in the answer.

    Args:
        panels: Title -> the ways to answer that are compared.
        answers: How many answers reach each place, written below it.
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
            texts = [
                f"{place}\n{answers[place - 1]:,}" if len(answers) else place
                for place in places
            ]
            axes.set_xticks(places, texts)
        label = "place of the word"
        label += ", and how many answers reach it" if len(answers) else ""
        axes.set(xlabel=label, title=title, ylim=(0, 1.05))
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
        meaning = "muted" if isinstance(name, str) else "output"
        colour = theme.COLORS[meaning]
        axes.plot([low, high], [row, row], color=colour, linewidth=3)
        axes.plot(wrong, row, "o", color=colour, markersize=8)
        axes.annotate(
            f"{wrong:.1f}%" if wrong >= 1 else f"{wrong:.2f}%",
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
            network with that seed: all of these share a colour, and the
            number is their marker.
    """
    figure, axes = theme.subplots(height=3.6)
    opponents = [name for name in results if isinstance(name, str)]
    looks = {
        name: (
            marker,
            theme.COLORS["muted"],
            name + f", up to {sizes[-2]}" * (len(results[name]) < len(sizes)),
        )
        for marker, name in zip(MARKERS, opponents, strict=False)
    }
    seeds = [name for name in results if name not in looks]
    for seed in seeds:
        colour = theme.COLORS["output"]
        looks[seed] = (f"${seed}$", colour, f"network, seed {seed}")
    for place in range(0, len(sizes), 2):
        axes.axvspan(
            place - 0.5, place + 0.5, color=theme.COLORS["muted"], alpha=0.07
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
            marker=marker,
            linestyle="none",
            markersize=6 if isinstance(name, str) else 9,
            markerfacecolor="none" if isinstance(name, str) else colour,
            color=colour,
            linewidth=1.2,
            label=label,
        )
    axes.set_xlim(-0.5, len(sizes) - 0.5)
    axes.set_xticks(np.arange(len(sizes)), sizes)
    axes.set(xlabel="numbers", ylabel="exact match", ylim=(-0.06, 1.06))
    axes.grid(axis="x", visible=False)
    figure.legend(loc="outside lower center", ncols=3)
    return figure, (
        f"The exact match of {', '.join(opponents)} and the network with "
        f"{len(seeds)} seeds for each size of numbers ({', '.join(sizes)}), "
        "every value with its 95% interval."
    )


def state_map(
    states: np.ndarray, path: Sequence[tuple[str, np.ndarray]]
) -> tuple[Figure, str]:
    """Draw the states after whole numbers in the plane that shows most.

    Args:
        states: The state after each of the numbers 0, 1, 2, …, a row each.
        path: Words heard -> the state after them; arrows join these.
    """
    centre = states.mean(axis=0)
    *_, directions = np.linalg.svd(states - centre, full_matrices=False)
    points = (states - centre) @ directions[:2].T
    part = points.var(axis=0).sum() / states.var(axis=0).sum()
    way = np.array([(s - centre) @ directions[:2].T for _, s in path])
    figure, axes = theme.subplots(height=4.6)
    colour = theme.COLORS["hidden_state"]
    axes.plot(*points.T, ".", color="none")
    for number, (x, y) in enumerate(points):
        axes.text(
            *(x, y, f"{number}"),
            color=colour,
            fontsize=7.5,
            ha="center",
            va="center",
        )
    for before, after in pairwise(way):
        axes.annotate(
            "",
            after,
            before,
            arrowprops={
                "arrowstyle": "-|>",
                "color": theme.COLORS["text"],
                "lw": 1.2,
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )
    axes.set(xticks=[], yticks=[])
    axes.set_xlabel(
        f"two directions that hold {part:.0%} of the states' variance"
    )
    heard = ", ".join(text for text, _ in path)
    return figure, (
        f"The state after each of the numbers from 0 to {len(states) - 1} "
        "as a point that is named by its number, in the plane that shows "
        f"most of their differences; arrows lead from {heard}, word by word."
    )
