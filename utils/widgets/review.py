"""The live demo: a typed review, read word by word by four networks (17)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from utils import classify, theme
from utils.arguments import check_choice, check_text
from utils.classify import Reading
from utils.imdb import tokens
from utils.widgets import shell
from utils.widgets.typed import drawable
from utils.widgets.view import InputError, View, answers_mistakes

NAMES = {
    "simple_rnn": "SimpleRNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "bigru": "BiGRU",
}
"""Network -> how the page calls it; the last is the best of lesson 18."""

COLORS = dict(
    zip(
        NAMES,
        (
            theme.COLORS[key]
            for key in ("output", "input", "hidden_state", "cell_state")
        ),
        strict=True,
    )
)
"""Cell -> the colour of its curve."""

SHOWN = 36
"""Words that stand readably below the curves."""

SIZE = (7.0, 6.4)
"""Inches."""

LONGEST_LABEL = 12
"""Characters of a word below the curves."""

STATES = LinearSegmentedColormap.from_list(
    "states",
    [
        theme.COLORS["input"],
        theme.COLORS["background"],
        theme.COLORS["hidden_state"],
    ],
)
"""Blue is -1, white 0, orange 1."""

EXAMPLES = (
    "Not great, but I recommend it.",
    "A wonderful cast wasted on a terrible script.",
    "I wanted to hate it, but I loved every minute.",
    "I expected a masterpiece and got a boring mess.",
    "The film is not bad at all.",
    "No surprises, no suspense, no laughs, and I could not stop watching.",
)
"""Reviews whose single words mislead."""


@answers_mistakes
def view(text: str = EXAMPLES[0], cell: str = "gru") -> View:
    """Show how four classifiers read a text.

    Args:
        text: A review; of a long one the end is read.
        cell: Whose words are marked: simple_rnn, lstm, gru or bigru.
    """
    check_choice("cell", cell, NAMES)
    if not tokens(check_text("text", text)):
        raise InputError(
            "There is no word to read yet: type a review, or click one."
        )
    readings = {name: classify.load(name).read(text) for name in NAMES}
    return View(
        _sentence(readings, cell, len(tokens(text))),
        _figure(readings),
        _description(readings),
        _table(readings) + _marked(readings[cell]),
    )


def movements(reading: Reading) -> np.ndarray:
    """Return by how much each word moved the probability, (timesteps,).

    The first word moves it from one half, where nothing has been read.
    """
    return np.diff(reading.probabilities, prepend=0.5)


def strongest(reading: Reading, count: int = 3) -> list[tuple[str, float]]:
    """Return the words that moved the answer most, with by how much."""
    moved = movements(reading)
    order = np.argsort(-np.abs(moved), kind="stable")[:count]
    return [(reading.tokens[i], float(moved[i])) for i in order]


def _sentence(readings: Mapping[str, Reading], cell: str, words: int) -> str:
    """Return what the picture says."""
    answers = ", ".join(
        f"{NAMES[name]} {reading.probabilities[-1]:.0%}"
        for name, reading in readings.items()
    )
    reading = readings[cell]
    moved = ", ".join(
        f"“{word[:LONGEST_LABEL]}” ({change:+.2f})"
        for word, change in strongest(reading)
    )
    parts = [
        f"Positive, say {answers}.",
        f"The {NAMES[cell]} was moved most by {moved}.",
    ]
    if words > len(reading.tokens):
        parts.append(
            f"Of the {words:,} words the last {len(reading.tokens)} are read."
        )
    unknown = reading.known.count(False)
    if unknown == len(reading.known):
        parts.append("No word is known: the answer is a guess.")
    elif unknown:
        parts.append(f"Words it does not know: {unknown}, in grey.")
    return " ".join(parts)


def _description(readings: Mapping[str, Reading]) -> str:
    """Return the picture in words."""
    reading = next(iter(readings.values()))
    return (
        "The probability that the text is positive after each of its "
        f"{min(SHOWN, len(reading.tokens))} last words, a curve for each of "
        f"{', '.join(NAMES.values())}. Below, the hidden states of the four "
        "as heat maps, a row a unit and a column a word: blue is negative, "
        "orange positive."
    )


def _figure(readings: Mapping[str, Reading]) -> Figure:
    """Draw the four curves and the four heat maps."""
    theme.apply()
    figure = Figure(figsize=SIZE, dpi=72)
    curves = figure.add_axes((0.09, 0.66, 0.89, 0.27))
    words = next(iter(readings.values()))
    places = np.arange(min(SHOWN, len(words.tokens)))
    curves.axhline(0.5, color=theme.COLORS["line"], linestyle=":")
    for name, reading in readings.items():
        values = reading.probabilities[-SHOWN:]
        curves.plot(
            places,
            values,
            "o-",
            markersize=3,
            clip_on=False,
            color=COLORS[name],
            label=NAMES[name],
        )
    curves.set(ylim=(0, 1), ylabel="P(positive)", xticks=[])
    curves.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=4)
    for row, (name, reading) in enumerate(readings.items()):
        axes = figure.add_axes((0.09, 0.52 - 0.123 * row, 0.89, 0.113))
        _heat_map(axes, reading, NAMES[name])
    _label_words(axes, words)
    for axes in figure.axes:
        axes.set_xlim(-0.5, len(places) - 0.5)
    return figure


def _heat_map(axes: Axes, reading: Reading, name: str) -> None:
    """Draw the hidden states of one cell."""
    states = reading.hidden_states[-SHOWN:].T
    axes.imshow(
        states,
        cmap=STATES,
        vmin=-1,
        vmax=1,
        aspect="auto",
        interpolation="nearest",
    )
    axes.grid(visible=False)
    axes.set(xticks=[], yticks=[])
    axes.set_ylabel(name, size=9)


def _label_words(axes: Axes, reading: Reading) -> None:
    """Write the words below the columns, unknown ones in grey."""
    words = [drawable(word, LONGEST_LABEL) for word in reading.tokens[-SHOWN:]]
    axes.set_xticks(
        range(len(words)),
        words,
        rotation=60,
        ha="right",
        rotation_mode="anchor",
    )
    for label, known in zip(
        axes.get_xticklabels(), reading.known[-SHOWN:], strict=True
    ):
        label.set_color(theme.COLORS["text" if known else "line"])


def _table(readings: Mapping[str, Reading]) -> str:
    """Return a row a cell: its answer and the words that moved it most."""
    rows = "".join(
        f"<tr><th scope='row'>{NAMES[name]}</th>"
        f"<td>{reading.probabilities[-1]:.2f}</td><td>"
        + html.escape(
            ", ".join(
                f"{word[:LONGEST_LABEL]} {change:+.2f}"
                for word, change in strongest(reading)
            )
        )
        + "</td></tr>"
        for name, reading in readings.items()
    )
    return (
        "<table><tr><th>cell</th><th>P(positive)</th>"
        f"<th>moved most by</th></tr>{rows}</table>"
    )


def _marked(reading: Reading) -> str:
    """Return the words, tinted by how they moved the answer."""
    spans = [
        _marked_word(word, known, change)
        for word, known, change in zip(
            reading.tokens, reading.known, movements(reading), strict=True
        )
    ]
    return (
        '<p style="line-height:1.9;max-height:120px;overflow-y:auto">'
        f"{' '.join(spans)}</p>"
    )


def _marked_word(word: str, known: bool, change: float) -> str:
    """Return one word: blue was up, orange down, grey unknown."""
    color = theme.COLORS["input" if change > 0 else "hidden_state"]
    strength = min(99, round(200 * abs(change)))
    ink = theme.COLORS["text" if known else "muted"]
    line = "none" if known else "underline dotted"
    return (
        f'<span title="{change:+.2f}" style="padding:1px 3px;'
        f"background:{color}{strength:02d};color:{ink};"
        f'text-decoration:{line}">{html.escape(word)}</span>'
    )


def panel() -> Any:
    """Return the widget."""
    cells = [(name, cell) for cell, name in NAMES.items()]
    return shell.panel(
        view,
        {
            "text": shell.paragraph("review", EXAMPLES[0]),
            "cell": shell.choice("mark the words of", cells, "gru"),
        },
        examples={text: {"text": text} for text in EXAMPLES},
    )
