"""Plots of melodies, and of how well the next note is foreseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator

from utils import theme
from utils.arguments import check_integer

NAMED = {0: "C", 4: "E", 7: "G"}
"""Pitch class -> name, of those that the axis names."""

QUARTER = 4
"""Sixteenths in a quarter note."""

GAP = 0.12
"""Quarters left white at the end of a note, so that repeats show."""


def piano_roll(
    melodies: Mapping[str, Any], *, theme_notes: int = 0
) -> tuple[Figure, str]:
    """Draw melodies as bars, time to the right and pitch upwards.

    Args:
        melodies: Title -> MIDI pitch and sixteenths, (notes, 2).
        theme_notes: How many notes at the start of each are a theme that
            was given; they get another colour.

    Raises:
        TypeError, ValueError: A melody has another shape, or
            ``theme_notes`` is not an integer from 0.
    """
    check_integer("theme_notes", theme_notes, minimum=0)
    rows = {name: _notes(notes) for name, notes in melodies.items()}
    every = np.concatenate(list(rows.values()))
    low, high = int(every[:, 0].min()), int(every[:, 0].max())
    figure, panels = theme.subplots(
        len(rows),
        1,
        height=0.7 + len(rows) * (0.75 + 0.055 * (high - low)),
        squeeze=False,
        sharex=True,
        sharey=True,
    )
    for axes, (name, notes) in zip(panels[:, 0], rows.items(), strict=True):
        _draw_melody(axes, notes, theme_notes)
        axes.set_title(name)
    longest = max(notes[:, 1].sum() for notes in rows.values()) / QUARTER
    step = 4 if longest <= 64 else 16
    panels[-1, 0].xaxis.set_major_locator(MultipleLocator(step))
    panels[-1, 0].set_xlabel("quarter notes from the start")
    _name_pitches(panels[0, 0], low, high)
    if theme_notes:
        _legend(figure)
    return figure, _words_on_rolls(rows, theme_notes)


def _notes(notes: Any) -> np.ndarray:
    """Return a melody as an array."""
    array = np.asarray(notes)
    if array.ndim != 2 or array.shape[1] != 2 or not len(array):
        raise ValueError(
            f"melodies takes arrays of shape (notes, 2), got {array.shape}"
        )
    return array


def _draw_melody(axes: Axes, notes: np.ndarray, theme_notes: int) -> None:
    """Draw a bar a note and mark where a theme ends."""
    lengths = notes[:, 1] / QUARTER
    starts = np.cumsum(lengths) - lengths
    given = np.arange(len(notes)) < theme_notes
    colours = np.where(
        given | (theme_notes == 0),
        theme.COLORS["input"],
        theme.COLORS["output"],
    )
    widths = np.maximum(lengths - GAP, lengths / 2)
    axes.barh(
        notes[:, 0], widths, 0.8, left=starts, align="center", color=colours
    )
    if 0 < theme_notes < len(notes):
        axes.axvline(
            starts[theme_notes] - GAP / 2,
            color=theme.COLORS["muted"],
            linestyle=":",
            linewidth=1.2,
        )
    axes.margins(x=0.01)


def _name_pitches(axes: Axes, low: int, high: int) -> None:
    """Write the names of all C, E and G beside the axis."""
    # Neighbours on the keyboard would write over one another.
    ticks = [p for p in range(low, high + 1) if p % 12 in NAMED]
    labels = [f"{NAMED[p % 12]}{p // 12 - 1}" for p in ticks]
    axes.set_yticks(ticks, labels)
    axes.set_ylim(low - 1, high + 1)


def _legend(figure: Figure) -> None:
    """Say which colour is the theme."""
    given = Patch(color=theme.COLORS["input"], label="theme")
    new = Patch(color=theme.COLORS["output"], label="what follows")
    figure.legend(handles=[given, new], loc="outside lower center", ncols=2)


def _words_on_rolls(rows: Mapping[str, np.ndarray], theme_notes: int) -> str:
    """Describe piano rolls without a digit that a processor could change."""
    one = len(rows) == 1
    words = (
        f"{'A piano roll' if one else f'{len(rows)} piano rolls'}, time to "
        "the right and pitch upwards, each note a bar as long as it lasts"
        f"{'' if one else ', one below the other'}: {'; '.join(rows)}."
    )
    if theme_notes:
        words += (
            f" The first {theme_notes} notes, the theme, have one colour, "
            "and what follows behind a dotted line has another."
        )
    return words


def by_notes_read(
    curves: Mapping[str, Mapping[int, float]],
) -> tuple[Figure, str]:
    """Draw the perplexity against how many notes an answer is based on.

    Args:
        curves: Name -> number of notes read -> perplexity.
    """
    figure, axes = theme.subplots(height=2.8)
    for name, values in curves.items():
        axes.plot(list(values), list(values.values()), "o-", ms=4, label=name)
    axes.set_xticks(sorted({n for values in curves.values() for n in values}))
    axes.set(xlabel="notes read", ylabel="perplexity")
    axes.set_ylim(bottom=0)
    axes.legend(loc="lower right")
    return figure, (
        f"The perplexity of the 21st note for {' and '.join(curves)}, "
        "against the number of notes read before it."
    )
