"""Plots of the reviews: how long they are."""

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
