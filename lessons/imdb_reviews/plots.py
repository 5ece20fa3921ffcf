"""Plots of the reviews: their lengths, and the words that most texts need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from utils import theme

CUT = "text"
"""The colour of what a lesson cuts at, in every plot."""


def length_histogram(
    lengths: Sequence[int], *, cut: int | None = None, longest: int = 1000
) -> tuple[Figure, str]:
    """Draw how long the reviews are, with mean, median and the cut.

    Args:
        lengths: Tokens in each review.
        cut: A length to mark, such as ``maxlen``; ``None`` marks none.
        longest: Where the last bar ends, which longer reviews share.
    """
    counts = np.asarray(lengths)
    mean, median = float(counts.mean()), float(np.median(counts))
    figure, axes = theme.subplots(height=3.0)
    edges = np.linspace(0, longest, 51)
    axes.hist(np.minimum(counts, longest), edges, color=theme.COLORS["line"])
    marks = [
        (median, "input", "-", f"median {median:g}"),
        (mean, "input", "--", f"mean {mean:.1f}"),
    ]
    if cut is not None:
        marks.append((cut, CUT, ":", f"cut at {cut}"))
    for value, colour, style, label in marks:
        axes.axvline(
            value, color=theme.COLORS[colour], linestyle=style, label=label
        )
    axes.set(xlabel="tokens in a review", ylabel="reviews", xlim=(0, longest))
    ticks = np.linspace(0, longest, 6)[:-1]
    names = [f"{tick:,.0f}" for tick in ticks]
    last = f"{edges[-2]:,.0f}\nand more"
    axes.set_xticks([*ticks, edges[-2:].mean()], [*names, last])
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", visible=False)
    axes.legend()
    kept = "" if cut is None else f" {cut} tokens cut most reviews short."
    shorter = float(np.mean(counts < mean))
    return figure, (
        f"Histogram of {len(counts):,} review lengths. Most lie between 100 "
        f"and 300 tokens and a long tail reaches {counts.max():,}; the mean, "
        f"{mean:.5f}, lies above the median, {median:g}: "
        f"{shorter:.0%} of the reviews are shorter than the mean.{kept}"
    )


def vocabulary_coverage(
    covered: Sequence[float], *, cut: int
) -> tuple[Figure, str]:
    """Draw which share of the text the most frequent words make up.

    Args:
        covered: ``covered[n - 1]`` is the share of all tokens that the
            ``n`` most frequent words cover, rising to 1.
        cut: A number of words to mark.
    """
    shares = np.asarray(covered)
    figure, axes = theme.subplots(height=2.8)
    axes.semilogx(np.arange(1, len(shares) + 1), shares)
    axes.plot(cut, shares[cut - 1], "o", color=theme.COLORS[CUT])
    axes.annotate(
        f"{cut:,} words: {shares[cut - 1]:.0%} of the tokens",
        (cut, shares[cut - 1]),
        xytext=(12, -6),
        textcoords="offset points",
    )
    axes.set(
        xlabel="most frequent words kept (logarithmic)",
        ylabel="share of the tokens known",
        ylim=(0, 1.02),
    )
    axes.xaxis.set_major_formatter("{x:,.0f}")
    return figure, (
        "The share of all tokens that the n most frequent words cover, "
        "against n on a logarithmic axis. The curve begins at "
        f"{shares[0]:.0%} with one word and climbs until it is nearly 1: "
        f"{cut:,} words cover {shares[cut - 1]:.0%}, and the remaining "
        f"{len(shares) - cut:,} words share the rest."
    )


def split_losses(
    losses: Mapping[str, Mapping[str, tuple[float, float]]],
) -> tuple[Figure, str]:
    """Draw what models lose under other splits than the random one.

    Args:
        losses: Model -> split -> the accuracy lost against the random split
            and half of its interval, both from 0 to 1.
    """
    figure, axes = theme.subplots(height=2.4)
    looks = (("o", "background"), ("D", "weight"))
    colour = theme.COLORS["weight"]
    said = []
    for row, (model, splits) in enumerate(losses.items()):
        for place, (split, (lost, margin)) in enumerate(splits.items()):
            marker, fill = looks[place]
            axes.errorbar(
                100 * lost,
                row + 0.3 * place - 0.15,
                xerr=100 * margin,
                color=colour,
                marker=marker,
                markerfacecolor=theme.COLORS[fill],
                capsize=3,
                linestyle="none",
                label=None if row else split,
            )
            said.append(f"{model}, {split}: {100 * lost:.1f}")
    axes.axvline(0, color=theme.COLORS["line"], linewidth=1)
    axes.set_yticks(range(len(losses)), list(losses))
    axes.set(
        xlabel="accuracy lost against the random split (points)",
        ylim=(len(losses) - 0.5, -0.5),
    )
    axes.grid(axis="y", visible=False)
    axes.legend(loc="lower right")
    return figure, (
        "Accuracy that a simple model loses where the split is not random, "
        f"in points, with 95% intervals. {'; '.join(said)}."
    )
