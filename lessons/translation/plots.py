"""Plots of translation: how long number words are, and right word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from utils import theme

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
    for axes, colour, (language, values) in zip(
        panels[:, 0], theme.SERIES, counts.items(), strict=False
    ):
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
        for colour, line, (name, shares) in zip(
            theme.SERIES, ("o-", "s--", "^:"), ways.items(), strict=False
        ):
            places = np.arange(1, len(shares) + 1)
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
