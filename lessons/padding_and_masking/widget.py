"""Padding: what silent steps do to a state, and how a mask holds it (10)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.padding_and_masking.plots import SIDES
from utils import cells, theme
from utils.cells.initializers import glorot_uniform, orthogonal
from utils.classify import store
from utils.classify.text import without_tags, words_of
from utils.errors import check_choice, check_integer
from utils.widgets import controls
from utils.widgets.parsing import drawable, words_in
from utils.widgets.view import View, answers_mistakes

CELLS = {
    "lstm": "LSTM, fresh weights",
    "simple_rnn": "SimpleRNN, fresh weights",
    "trained": "LSTM trained on reviews",
}
"""Cell -> how the page calls it; all read the same word vectors."""

EXAMPLE = "This film was a good one."
"""What the widget reads at first."""

MOST_WORDS = 8
"""Words that stand side by side below the picture."""

MOST_PADDING = 30
"""Steps of padding at most."""

FEATURES, UNITS = 4, 8
"""Of the fresh cells, as in the lesson."""

PADDING_ID, UNKNOWN_ID, FIRST_ID = 0, 1, 2
"""Rows of the trained word vectors; known words begin at the third."""

SIZE = (7.0, 4.4)
"""Inches."""

HIGHEST = {"lstm": (1.5, 1.5), "simple_rnn": (3.4, 5.7), "trained": (4, 5)}
"""Upper ends of the axes of norm and distance, whatever the sentence."""

PRINTED = (7.0, 3.6)
"""Inches of the picture on a page, its axes fitted to the sentence."""

LONGEST_LABEL = 9
"""Characters of a word below the picture."""


@dataclass(frozen=True)
class Reading:
    """What a cell did with a padded sentence.

    Attributes:
        h: Hidden state after each step, (timesteps, units).
        is_word: Whether the step is a word, (timesteps,).
        alone: The state after the same sentence without padding, (units,).
    """

    h: np.ndarray
    is_word: np.ndarray
    alone: np.ndarray

    @property
    def norms(self) -> np.ndarray:
        """Length of the hidden state after each step, (timesteps,)."""
        return np.linalg.norm(self.h, axis=1)

    @property
    def distances(self) -> np.ndarray:
        """How far each state lies from ``alone``, (timesteps,)."""
        return np.linalg.norm(self.h - self.alone, axis=1)


def read(
    words: Sequence[str],
    side: str = "post",
    masked: bool = False,
    padding: int = 0,
    cell: str = "lstm",
    filling: str | None = None,
) -> Reading:
    """Run a cell over a sentence with padding on one side.

    Args:
        words: The sentence, in lower case.
        side: Where the padding stands, "post" or "pre".
        masked: Whether the cell is told which steps count.
        padding: How many steps of it.
        cell: A key of ``CELLS``.
        filling: A word that stands in the place of the padding.
    """
    vectors = _trained_vectors if cell == "trained" else _random_vectors
    spoken, silent = vectors(words)
    silent = vectors([filling])[0][0] if filling else silent
    ahead = padding if side == "pre" else 0
    x = np.tile(silent, (len(words) + padding, 1))
    x[ahead : ahead + len(words)] = spoken
    is_word = np.zeros(len(x), dtype=bool)
    is_word[ahead : ahead + len(words)] = True
    return Reading(
        _states(cell, x, is_word[None] if masked else None),
        is_word,
        _states(cell, spoken)[-1],
    )


def _random_vectors(words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return a vector for each word, always the same, and for padding."""
    vectors = [
        np.random.default_rng([*name.encode()]).normal(size=FEATURES)
        for name in (*words, "")
    ]
    return np.array(vectors[:-1]), vectors[-1]


@functools.cache
def _trained() -> tuple[dict[str, np.ndarray], dict[str, int]]:
    """Return the arrays of the trained LSTM, and the words with their ids."""
    arrays = store.load("lstm")
    words = store.unpacked(
        arrays["words"], len(arrays["embedding"]) - FIRST_ID
    )
    return arrays, {word: row for row, word in enumerate(words, FIRST_ID)}


def _trained_vectors(words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the trained vectors of the words and of the id 0."""
    arrays, ids = _trained()
    table = arrays["embedding"].astype(np.float32)
    rows = [ids.get(word, UNKNOWN_ID) for word in words]
    return table[rows], table[PADDING_ID]


@functools.cache
def _weights(cell: str) -> tuple[np.ndarray, ...]:
    """Return kernel, recurrent kernel and bias."""
    if cell == "trained":
        arrays, _ = _trained()
        return tuple(
            arrays[name] for name in ("kernel", "recurrent_kernel", "bias")
        )
    rng = np.random.default_rng(42)
    columns = UNITS if cell == "simple_rnn" else 4 * UNITS
    bias = np.zeros(columns)
    if cell == "lstm":
        bias[UNITS : 2 * UNITS] = 1
    return (
        glorot_uniform(rng, FEATURES, columns),
        orthogonal(rng, UNITS, columns),
        bias,
    )


def _states(
    cell: str, x: np.ndarray, mask: np.ndarray | None = None
) -> np.ndarray:
    """Return the hidden states after each step, (timesteps, units)."""
    if cell == "simple_rnn":
        return cells.simple_rnn(x[None], *_weights(cell), mask=mask)[0]
    return cells.lstm(x[None], *_weights(cell), mask=mask).h[0]


@answers_mistakes
def view(
    sentence: str = EXAMPLE,
    side: str = "post",
    masked: bool = False,
    padding: int = 24,
    cell: str = "lstm",
) -> View:
    """Show the hidden state through a padded sentence.

    Args:
        sentence: At most 8 words.
        side: Where the padding stands, "post" or "pre".
        masked: Whether the cell is told which steps count.
        padding: How many steps of it, at most 30.
        cell: A key of ``CELLS``.
    """
    check_choice("side", side, SIDES)
    check_choice("cell", cell, CELLS)
    check_choice("masked", masked, (False, True))
    check_integer("padding", padding, minimum=0, maximum=MOST_PADDING)
    spoken = " ".join(words_of(without_tags(sentence)))
    words = words_in(spoken, most=MOST_WORDS)
    reading = read(words, side, masked, padding, cell)
    return View(
        _sentence(reading, words, side, masked, cell),
        _figure(reading, words, cell),
        _description(reading, side, masked, cell),
    )


def printed() -> View:
    """Return the first view of the widget as a page shows it."""
    shown, words = view(), words_of(EXAMPLE)
    reading = read(words, padding=24)
    return View(
        shown.sentence,
        _figure(reading, words, "lstm", fitted=True),
        shown.description,
    )


def distances(padding: int = 24) -> pd.DataFrame:
    """Return how far the final states lie from those without padding.

    Returns:
        A row per side and mask, and one with a word instead of padding; a
        column per cell. All for the first sentence.
    """
    words = words_of(EXAMPLE)
    short = ("fresh LSTM", "fresh SimpleRNN", "trained LSTM")
    rows = {
        f"padding {place}, {'a' if masked else 'no'} mask": [
            read(words, side, masked, padding, cell).distances[-1]
            for cell in CELLS
        ]
        for masked in (False, True)
        for side, place in (("post", "after"), ("pre", "before"))
    }
    rows[f'{padding} times "was" before'] = [
        read(words, "pre", False, padding, cell, "was").distances[-1]
        for cell in CELLS
    ]
    return pd.DataFrame(rows, short).T.round(2)


def _sentence(
    reading: Reading, words: Sequence[str], side: str, masked: bool, cell: str
) -> str:
    """Return what the picture says."""
    padding = len(reading.is_word) - len(words)
    norm, end = np.linalg.norm(reading.alone), reading.norms[-1]
    if not padding:
        said = "Nothing is padded, so there is nothing to mask."
    elif masked and side == "post":
        said = (
            f"Masked, the {padding} steps of padding copy the state: its norm "
            f"stays {norm:.2f}."
        )
    elif masked:
        said = (
            f"Masked, the {padding} steps of padding copy the start state, "
            "zero, and the first word finds it untouched."
        )
    elif side == "post":
        said = (
            f"No mask: the cell reads {padding} more steps, and the norm of "
            f"its state goes from {norm:.2f} to {end:.2f}."
        )
    else:
        said = (
            f"No mask: when the first word comes, {padding} steps of padding "
            f"have already written a state of norm "
            f"{reading.norms[padding - 1]:.2f}."
        )
    if reading.distances[-1] == 0:
        said += (
            " The final state is that of the sentence without padding, to "
            "the last bit."
        )
    else:
        said += (
            f" The final state lies {reading.distances[-1]:.2f} from that of "
            "the sentence without padding."
        )
    unknown = len({*words} - {*_trained()[1]}) if cell == "trained" else 0
    return said + (
        f" It does not know all the words: {unknown} share one vector."
        if unknown
        else ""
    )


def _description(reading: Reading, side: str, masked: bool, cell: str) -> str:
    """Return the picture in words."""
    words = int(reading.is_word.sum())
    padding = len(reading.is_word) - words
    place = {"post": "after", "pre": "before"}[side]
    return (
        f"Two curves over the time steps of a cell ({CELLS[cell]}), "
        f"{words} words with {padding} steps of padding {place} them, "
        f"{'with' if masked else 'without'} a mask; the padding is shaded. "
        f"Above, the norm of the hidden state, at the end "
        f"{reading.norms[-1]:.2f}; a dotted line stands at the norm without "
        f"padding, {np.linalg.norm(reading.alone):.2f}. Below, how far the "
        "state lies from the final state without padding, at the end "
        f"{reading.distances[-1]:.2f}."
    )


def _figure(
    reading: Reading, words: Sequence[str], cell: str, *, fitted: bool = False
) -> Figure:
    """Draw norm and distance over the steps, the padding shaded.

    The axes do not move with the sentence, unless they are ``fitted`` to it.
    """
    theme.apply()
    figure = Figure(figsize=PRINTED if fitted else SIZE, dpi=72)
    low, high, height = (0.19, 0.62, 0.28) if fitted else (0.31, 0.675, 0.255)
    upper = figure.add_axes((0.06, high, 0.87, height))
    lower = figure.add_axes((0.06, low, 0.87, height))
    limits = HIGHEST[cell]
    last = MOST_WORDS + MOST_PADDING
    if fitted:
        last = len(reading.h)
        limits = (1.3 * reading.norms.max(), 1.3 * reading.distances.max())
    _curve(upper, reading.norms, limits[0], "hidden_state")
    _curve(lower, reading.distances, limits[1], "hidden_state")
    norm = np.linalg.norm(reading.alone)
    upper.axhline(norm, color=theme.COLORS["line"], linestyle=":", zorder=1)
    upper.set_title("Norm of the hidden state; dotted: without padding")
    lower.set_title("Distance from the final state without padding")
    _shade(upper, lower, np.flatnonzero(~reading.is_word))
    for axes in (upper, lower):
        axes.set_xlim(0.5, last + 0.5)
    places = np.flatnonzero(reading.is_word) + 1
    lower.set_xticks(
        places,
        [drawable(word, LONGEST_LABEL) for word in words],
        rotation=90,
        fontsize=10,
    )
    upper.set_xticks([])
    return figure


def _shade(upper: Axes, lower: Axes, silent: np.ndarray) -> None:
    """Shade the padding and say how many time steps it has."""
    if not len(silent):
        return
    for axes in (upper, lower):
        axes.axvspan(
            silent[0] + 0.5,
            silent[-1] + 1.5,
            color=theme.COLORS["panel"],
            zorder=0,
        )
    steps = f"{len(silent)} time steps of padding" if len(silent) > 12 else ""
    lower.annotate(
        steps,
        ((silent[0] + silent[-1]) / 2 + 1, 0),
        xycoords=("data", "axes fraction"),
        xytext=(0, -6),
        textcoords="offset points",
        ha="center",
        va="top",
        color=theme.COLORS["muted"],
    )


def _curve(
    axes: Axes, values: np.ndarray, highest: float, meaning: str
) -> None:
    """Draw one value a step, with the number of the last one."""
    color = theme.COLORS[meaning]
    axes.plot(range(1, len(values) + 1), values, "o-", color=color, ms=3)
    axes.grid(visible=False, axis="x")
    axes.set_ylim(-0.03 * highest, highest)
    axes.annotate(
        f"{values[-1]:.2f}",
        (len(values), values[-1]),
        xytext=(5, 7),
        textcoords="offset points",
        va="center",
        color=color,
        annotation_clip=False,
    )


def panel() -> Any:
    """Return the widget."""
    names = [(name, cell) for cell, name in CELLS.items()]
    sides = [("after them (post)", "post"), ("before them (pre)", "pre")]
    return controls.panel(
        view,
        {
            "sentence": controls.line("sentence", EXAMPLE),
            "side": controls.choice("padding", sides, "post"),
            "masked": controls.switch("mask"),
            "padding": controls.slider(
                "steps of padding", 24, 0, MOST_PADDING
            ),
            "cell": controls.choice("cell", names, "lstm"),
        },
    )
