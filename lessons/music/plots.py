"""Plots of melodies, and of how well the next note is foreseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator

from lessons.music.corpus import LOWEST
from utils import theme
from utils.errors import check_integer
from utils.intervals import Interval

NAMED = {0: "C", 4: "E", 7: "G"}
"""Pitch class -> name, of those that the axis names."""

QUARTER = 4
"""Sixteenths in a quarter note."""

LOOKS = {
    "Markov 4": ("input", "s--"),
    "chain": ("hidden_state", "^--"),
    "LSTM": ("cell_state", "o-"),
}
"""Model -> its colour and marker in every plot; "chain" is the factored one
or the mixture."""

GREENS = ("#00402F", "#007A5A", "#4FBF9F")
"""Shades of the LSTM's colour, for its seeds."""

GAP = 0.12
"""Quarters left white at the end of a note, so that repeats show."""


def piano_roll(
    melodies: Mapping[str, Any],
    *,
    theme_notes: int = 0,
    line_ends: Sequence[float] = (),
) -> tuple[Figure, str]:
    """Draw melodies as bars, time to the right and pitch upwards.

    Args:
        melodies: Title -> MIDI pitch and sixteenths, (notes, 2).
        theme_notes: How many notes at the start of each are a theme that
            was given; they get another colour.
        line_ends: Sixteenths from the start at which the lines of the hymn
            end; they are marked, as far as a melody goes, in one way where
            a note ends just there and in another where one runs across.

    Raises:
        TypeError, ValueError: A melody has another shape, or
            ``theme_notes`` is not an integer from 0.
    """
    check_integer("theme_notes", theme_notes, minimum=0)
    rows = {name: _notes(notes) for name, notes in melodies.items()}
    figure, panels = _panels(rows)
    for axes, (name, notes) in zip(panels, rows.items(), strict=True):
        _draw_melody(axes, notes, theme_notes, mark=not len(line_ends))
        _mark_ends(axes, notes, line_ends)
        axes.set_title(name)
    if theme_notes:
        _legend(figure, lines=len(line_ends) > 0)
    return figure, _words_on_rolls(rows, theme_notes, len(line_ends))


def same_tune(one: Any, other: Any, names: Sequence[str]) -> tuple[Any, str]:
    """Draw two melodies and colour the notes they share.

    Args:
        one: MIDI pitch and sixteenths, (notes, 2).
        other: The same of the other melody.
        names: Titles of both.
    """
    rows = dict(zip(names, (_notes(one), _notes(other)), strict=True))
    placed = []
    for notes in rows.values():
        starts = np.cumsum(notes[:, 1]) - notes[:, 1]
        pitches = notes[:, 0].tolist()
        placed.append([*zip(starts.tolist(), pitches, strict=True)])
    both_have = {*placed[0]} & {*placed[1]}
    shared = [np.array([n in both_have for n in some]) for some in placed]
    figure, panels = _panels(rows)
    both = zip(panels, rows.items(), shared, strict=True)
    for axes, (name, notes), known in both:
        _bars(axes, notes, known, "line")
        axes.set_title(name)
    _key(figure, "same pitch, same start", "different", colour="line")
    return figure, (
        f"Piano rolls of {names[0]} and {names[1]}, one below the other. In "
        f"one colour the {len(both_have)} notes that have the same pitch and "
        "begin at the same time in both; the rest in another."
    )


def _panels(rows: Mapping[str, np.ndarray]) -> tuple[Figure, list[Axes]]:
    """Return a figure with a panel for each melody, their axes alike."""
    every = np.concatenate(list(rows.values()))
    low, high = int(every[:, 0].min()), int(every[:, 0].max())
    base, per_pitch = (0.75, 0.055) if len(rows) < 4 else (0.6, 0.028)
    figure, panels = theme.subplots(
        len(rows),
        1,
        height=0.7 + len(rows) * (base + per_pitch * (high - low)),
        squeeze=False,
        sharex=True,
        sharey=True,
    )
    longest = max(notes[:, 1].sum() for notes in rows.values()) / QUARTER
    step = 4 if longest <= 64 else 16
    panels[-1, 0].xaxis.set_major_locator(MultipleLocator(step))
    panels[-1, 0].set_xlabel("quarter notes from the start")
    _name_pitches(panels[0, 0], low, high)
    return figure, [*panels[:, 0]]


def _mark_ends(
    axes: Axes, notes: np.ndarray, line_ends: Sequence[float]
) -> None:
    """Mark where a line of the hymn ends, and whether a note does."""
    ends = notes[:, 1].cumsum()
    for end in line_ends:
        if end <= ends[-1]:
            axes.axvline(end / QUARTER - GAP / 2, **_look(end in ends))


def _look(met: bool) -> dict[str, Any]:
    """Return the look of a line end that a note keeps, or does not."""
    if met:
        return {"color": theme.COLORS["text"], "lw": 0.9, "zorder": 0.5}
    # In front of the note that runs across.
    return {"color": theme.COLORS["text"], "lw": 2, "ls": ":", "zorder": 3}


def _notes(notes: Any) -> np.ndarray:
    """Return a melody as an array."""
    array = np.asarray(notes)
    if array.ndim != 2 or array.shape[1] != 2 or not len(array):
        raise ValueError(
            f"melodies takes arrays of shape (notes, 2), got {array.shape}"
        )
    return array


def _draw_melody(
    axes: Axes, notes: np.ndarray, theme_notes: int, mark: bool
) -> None:
    """Draw a bar a note, and perhaps mark where a theme ends."""
    given = np.arange(len(notes)) < theme_notes
    starts = _bars(axes, notes, given | (theme_notes == 0))
    if mark and 0 < theme_notes < len(notes):
        axes.axvline(
            starts[theme_notes] - GAP / 2,
            color=theme.COLORS["muted"],
            linestyle=":",
            linewidth=1.2,
        )
    axes.margins(x=0.01)


def _bars(
    axes: Axes, notes: np.ndarray, given: np.ndarray, other: str = "output"
) -> np.ndarray:
    """Draw a bar a note, in two colours, and return where they begin."""
    lengths = notes[:, 1] / QUARTER
    starts = np.cumsum(lengths) - lengths
    colours = np.where(given, theme.COLORS["input"], theme.COLORS[other])
    widths = np.maximum(lengths - GAP, lengths / 2)
    axes.barh(
        notes[:, 0], widths, 0.8, left=starts, align="center", color=colours
    )
    return starts


def _name_pitches(axes: Axes, low: int, high: int) -> None:
    """Write the names of all C, E and G beside the axis."""
    # Neighbours on the keyboard would write over one another.
    ticks = [p for p in range(low, high + 1) if p % 12 in NAMED]
    labels = [f"{NAMED[p % 12]}{p // 12 - 1}" for p in ticks]
    axes.set_yticks(ticks, labels)
    axes.set_ylim(low - 1, high + 1)


def _legend(figure: Figure, *, lines: bool) -> None:
    """Say which colour is the theme."""
    more = []
    if lines:
        labels = {True: "a note ends with the line", False: "no note does"}
        more = [
            Line2D([], [], label=label, **_look(met))
            for met, label in labels.items()
        ]
    _key(figure, "theme", "what follows", more)


def _key(
    figure: Figure,
    blue: str,
    other: str,
    more: Sequence[Any] = (),
    colour: str = "output",
) -> None:
    """Say what the two colours of the bars mean."""
    handles = [
        Patch(color=theme.COLORS["input"], label=blue),
        Patch(color=theme.COLORS[colour], label=other),
        *more,
    ]
    figure.legend(
        handles=handles, loc="outside lower center", ncols=len(handles)
    )


def _words_on_rolls(
    rows: Mapping[str, np.ndarray], theme_notes: int, line_ends: int
) -> str:
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
            f"and what follows{'' if line_ends else ' after a dotted line'} "
            "has another."
        )
    if line_ends:
        words += (
            " Upright lines mark where the lines of the hymn end: solid "
            "where a note ends with the line, thick and dotted where none "
            "does."
        )
    return words


def expectations(p: np.ndarray, notes: Any) -> tuple[Figure, str]:
    """Draw how probable each pitch was at every step, and what came.

    Args:
        p: Probabilities of the pitches from ``LOWEST`` upwards for each
            note, (notes, pitches).
        notes: The notes that came, MIDI pitch and sixteenths, (notes, 2).
    """
    notes = _notes(notes)
    ends = np.cumsum(notes[:, 1]) / QUARTER
    edges = np.concatenate([[0], ends])
    low, high = int(notes[:, 0].min()) - 2, int(notes[:, 0].max()) + 2
    low = max(low, LOWEST)
    shown = p[:, low - LOWEST : high + 1 - LOWEST].T
    figure, axes = theme.subplots(height=3.2)
    mesh = axes.pcolormesh(
        edges,
        np.arange(low, low + len(shown) + 1) - 0.5,
        shown,
        cmap="Greys",
        vmin=0,
        vmax=0.8,
    )
    axes.plot(
        (edges[:-1] + edges[1:]) / 2,
        notes[:, 0],
        "o",
        ms=3.5,
        color=theme.COLORS["output"],
        label="what Bach wrote",
    )
    axes.grid(visible=False)
    _name_pitches(axes, low, low + len(shown) - 1)
    axes.set_ylim(low - 0.5, low + len(shown) - 0.5)
    axes.set_xlabel("quarter notes from note 21 on")
    axes.xaxis.set_major_locator(MultipleLocator(4))
    figure.colorbar(mesh, ax=axes, label="probability", extend="max")
    figure.legend(loc="outside lower center")
    return figure, (
        "A roll of probabilities: time to the right, pitch upwards; the "
        "darker a field, the more probable the network held the pitch, given "
        "the 20 notes before. A dot marks the note that Bach wrote."
    )


Groups = Mapping[str, Mapping[str, Interval]]
"""Group -> name in it -> a value with its interval."""


def differences(panels: Mapping[str, Groups]) -> tuple[Figure, str]:
    """Draw differences, group by group, and where there would be none.

    Args:
        panels: What is drawn in a panel -> its groups; a group that is
            called as a model has its colour. The names are the same in all
            panels.
    """
    count = sum(map(len, next(iter(panels.values())).values()))
    figure, row = theme.subplots(
        1, len(panels), height=1.2 + 0.3 * count, squeeze=False, sharey=True
    )
    for axes, (xlabel, groups) in zip(row[0], panels.items(), strict=True):
        ticks = _draw_groups(axes, groups)
        axes.axvline(0, color=theme.COLORS["muted"], ls="--", zorder=1)
        axes.set_xlabel(xlabel)
    row[0, 0].set_yticks(*zip(*ticks, strict=True))
    row[0, 0].invert_yaxis()
    return figure, (
        f"{' and '.join(panels)}, {'; '.join(name for _, name in ticks)}: "
        "each a dot on a bar that spans its 95% interval. A dashed line marks "
        "no difference."
    )


def _draw_groups(axes: Axes, groups: Groups) -> list[tuple[float, str]]:
    """Draw dots on bars, and return where each stands and its name."""
    ticks: list[tuple[float, str]] = []
    for group, members in groups.items():
        look = {"Bach": "output"} | {k: v[0] for k, v in LOOKS.items()}
        colour = theme.COLORS[look.get(group, look["LSTM"])]
        height = ticks[-1][0] + 1.6 if ticks else 0.0
        for place, (name, (value, low, high)) in enumerate(members.items()):
            y = height + place
            axes.plot([low, high], [y, y], color=colour, linewidth=3)
            axes.plot(value, y, "o", color=colour, markersize=7)
            ticks.append((y, f"{group}: {name}" if name else group))
    axes.grid(axis="y", visible=False)
    return ticks


def by_notes_read(
    curves: Mapping[str, Mapping[int, float]],
) -> tuple[Figure, str]:
    """Draw the perplexity against how many notes an answer is based on.

    Args:
        curves: Name -> number of notes read -> perplexity.
    """
    figure, axes = theme.subplots(height=2.8)
    for name, values in curves.items():
        colour, look = LOOKS.get(name, LOOKS["chain"])
        axes.plot(
            list(values),
            list(values.values()),
            look,
            ms=4,
            color=theme.COLORS[colour],
            label=name,
        )
    axes.set_xticks(sorted({n for values in curves.values() for n in values}))
    axes.set(xlabel="notes read", ylabel="perplexity")
    axes.legend(loc="upper right")
    return figure, (
        f"The perplexity of the 21st note for {', '.join(curves)}, "
        "against the number of notes read before it."
    )


def by_input(scores: Mapping[str, Mapping[str, Any]]) -> tuple[Figure, str]:
    """Draw the perplexity of models by what they read.

    Args:
        scores: Model -> input -> one perplexity per seed. There are four
            inputs: the second adds to the first, the third and the fourth
            each to the second.
    """
    figure, axes = theme.subplots(height=2.6)
    for name, values in scores.items():
        colour, look = LOOKS[name]
        places = [p for p, seeds in enumerate(values.values()) for _ in seeds]
        heights = [value for seeds in values.values() for value in seeds]
        axes.plot(
            places,
            heights,
            look[0],
            ms=7,
            alpha=0.75,
            color=theme.COLORS[colour],
            label=name,
        )
        means = pd.Series([np.mean(seeds) for seeds in values.values()])
        for way in ([0, 1, 2], [1, 3]):  # of the line one thing or the other
            axes.plot(means[way], color=theme.COLORS[colour], linewidth=1)
    axes.set_xticks(range(len(values)), list(values))
    axes.margins(x=0.15)
    axes.set(ylabel="perplexity")
    axes.legend(loc="upper right")
    return figure, (
        f"The perplexity of the 21st note for {' and '.join(scores)}, by what "
        f"they read: {'; '.join(values)}. One dot per seed; lines join the "
        "means, where an input was added."
    )
