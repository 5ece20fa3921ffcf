"""Plots of the reviews: their lengths, and the words that most texts need."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from utils import theme


def length_histogram(
    lengths: Sequence[int], *, cut: int | None = None, longest: int = 1000
) -> tuple[Figure, str]:
    """Draw how long the reviews are, with mean, median and the cut.

    Args:
        lengths: Tokens in each review.
        cut: A length to mark, such as ``maxlen``; ``None`` marks none.
        longest: Reviews longer than this share the last bar.
    """
    counts = np.asarray(lengths)
    mean, median = float(counts.mean()), float(np.median(counts))
    figure, axes = theme.subplots(height=3.0)
    edges = np.linspace(0, longest, 51)
    axes.hist(np.minimum(counts, longest), edges, color=theme.COLORS["line"])
    marks = [
        (median, "hidden_state", "-", f"median {median:g}"),
        (mean, "input", "--", f"mean {mean:.1f}"),
    ]
    if cut is not None:
        marks.append((cut, "cell_state", ":", f"cut at {cut}"))
    for value, colour, style, label in marks:
        axes.axvline(
            value, color=theme.COLORS[colour], linestyle=style, label=label
        )
    axes.set(xlabel="tokens in a review", ylabel="reviews", xlim=(0, longest))
    ticks = np.linspace(0, longest, 6)
    names = [f"{tick:,.0f}" for tick in ticks[:-1]]
    axes.set_xticks(ticks, [*names, f"{longest:,}\nand more"])
    axes.grid(axis="x", visible=False)
    axes.legend()
    kept = "" if cut is None else f" {cut} tokens cut most reviews short."
    shorter = float(np.mean(counts < mean))
    return figure, (
        f"Histogram of {len(counts):,} review lengths. Most lie between 100 "
        f"and 300 tokens and a long tail reaches {counts.max():,}; the mean, "
        f"{mean:.5f}, is pulled above the median, {median:g}, so "
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
    axes.plot(cut, shares[cut - 1], "o", color=theme.COLORS["hidden_state"])
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
    return figure, (
        f"The share of all tokens that the n most frequent words cover, "
        f"against n on a logarithmic axis. The curve rises steeply at first: "
        f"{cut:,} words cover {shares[cut - 1]:.0%}, and the remaining "
        f"{len(shares) - cut:,} words share the rest."
    )
