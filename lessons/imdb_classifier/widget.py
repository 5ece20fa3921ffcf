"""The live demo: a typed review, read word by word by three cells (17)."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.imdb_classifier.plots import COLOURS, states_map
from utils import classify, theme
from utils.classify import Reading
from utils.classify.text import without_tags, words_of
from utils.errors import check_choice
from utils.widgets import controls
from utils.widgets.parsing import drawable
from utils.widgets.view import InputError, View, answers_mistakes

NAMES = {"simple_rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}
"""Network -> how the page calls it."""

MARKS = {"simple_rnn": "o", "lstm": "s", "gru": "^"}
"""Network -> mark of its curve; its colour is the lesson's for the cell."""

SHOWN = 36
"""Words that stand readably below the curves."""

SIZE, SIZE_WITHOUT_STATES = (7.0, 5.6), (7.0, 3.3)
"""Inches."""

CURVES_HEIGHT, MAP_HEIGHT, MAP_PITCH = 1.73, 0.72, 0.79
"""Inches: the curves, a heat map, and from one heat map to the next."""

STRONGEST = 0.95
"""Share of a heat map's states that its colours tell apart."""

LONGEST_LABEL = 12
"""Characters of a word below the curves."""

STATES_KEY = (
    "hidden states, one row per unit: grey negative, coloured positive; "
    "each map on its own scale"
)

KEY = (
    "Orange raised the probability, blue lowered it; dotted: a word it does "
    "not know."
)
"""Colours of the marked words: blue is down and orange up everywhere."""

EXAMPLES = (
    "Not great, but I recommend it.",
    "A wonderful cast wasted on a terrible script.",
    "I wanted to hate it, but I loved every minute.",
    "I expected a masterpiece and got a boring mess.",
    "The film is not bad at all.",
    "No surprises, no suspense, no laughs, and I could not stop watching.",
)
"""Reviews whose single words mislead."""


def answers(text: str) -> list[str]:
    """Return P(positive) of a text, with two decimals, for each network."""
    read = [classify.load(cell).read(text) for cell in NAMES]
    return [f"{reading.probabilities[-1]:.2f}" for reading in read]


@answers_mistakes
def view(
    text: str = EXAMPLES[0], cell: str = "gru", states: bool = True
) -> View:
    """Show how three classifiers read a text.

    Args:
        text: A review; of a long one the end is read.
        cell: Whose words are marked: simple_rnn, lstm or gru.
        states: Draw the hidden states, too.
    """
    check_choice("cell", cell, NAMES)
    check_choice("states", states, (True, False))
    text = without_tags(text)
    words = words_of(text)
    if not words:
        raise InputError(
            "There is no word to read yet: type a review, or click one."
        )
    readings = {name: classify.load(name).read(text) for name in NAMES}
    return View(
        _sentence(readings, cell, len(words)),
        _figure(readings, states),
        _description(readings, states),
        _marked(readings[cell]),
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


def _verdict(readings: Mapping[str, Reading]) -> str:
    """Return what the three say, the word for it first."""
    ends = {
        NAMES[name]: reading.probabilities[-1]
        for name, reading in readings.items()
    }
    said = ", ".join(f"{name} {end:.0%}" for name, end in ends.items())
    positive = [name for name, end in ends.items() if end >= 0.5]
    negative = [name for name in ends if name not in positive]
    if positive and negative:
        says = "says" if len(negative) == 1 else "say"
        word = f"They disagree: {_listed(negative)} {says} negative, "
        word += f"{_listed(positive)} positive"
    else:
        word = f"{'Positive' if positive else 'Negative'}, say all three"
    return f"{word}. P(positive): {said}."


def _listed(names: Sequence[str]) -> str:
    """Return names as one writes them: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _sentence(readings: Mapping[str, Reading], cell: str, words: int) -> str:
    """Return what the picture says."""
    reading = readings[cell]
    unknown = reading.known.count(False)
    if not any(any(read.known) for read in readings.values()):
        return (
            "No word of it is known, so no answer means anything: the three "
            "have learned from English film reviews."
        )
    moved = ", ".join(
        f"“{word[:LONGEST_LABEL]}” ({change:+.2f})"
        for word, change in strongest(reading)
    )
    parts = [
        _verdict(readings),
        f"The {NAMES[cell]} was moved most by {moved}.",
    ]
    if words > len(reading.tokens):
        parts.append(
            f"Of the {words:,} words the last {len(reading.tokens)} are read."
        )
    if len(reading.tokens) > SHOWN:
        parts.append(f"The picture shows the last {SHOWN}.")
    if unknown:
        parts.append(f"Words it does not know: {unknown}.")
    return " ".join(parts)


def _description(readings: Mapping[str, Reading], states: bool) -> str:
    """Return the picture in words."""
    reading = next(iter(readings.values()))
    words = (
        "The probability that the text is positive after each of its "
        f"{min(SHOWN, len(reading.tokens))} last words, a curve for each of "
        f"{', '.join(NAMES.values())}."
    )
    if states:
        words += (
            " Below, the hidden states of the three as heat maps, one row "
            "per unit and one column per word: grey is negative, the colour "
            "of the cell positive, and each map has a scale of its own."
        )
    return words


def _figure(readings: Mapping[str, Reading], states: bool) -> Figure:
    """Draw the three curves and, below, the three heat maps."""
    theme.apply()
    size = SIZE if states else SIZE_WITHOUT_STATES
    figure = Figure(figsize=size, dpi=72)

    def part(bottom: float, height: float) -> Axes:
        """Return axes that keep their inches in a figure of either size."""
        return figure.add_axes(
            (0.09, bottom / size[1], 0.89, height / size[1])
        )

    curves = part(size[1] - 0.45 - CURVES_HEIGHT, CURVES_HEIGHT)
    words = next(iter(readings.values()))
    places = np.arange(min(SHOWN, len(words.tokens)))
    curves.axhline(0.5, color=theme.COLORS["line"], linestyle=":")
    for name, reading in readings.items():
        curves.plot(
            places,
            reading.probabilities[-SHOWN:],
            f"{MARKS[name]}-",
            markersize=4,
            clip_on=False,
            color=COLOURS[NAMES[name]],
            label=NAMES[name],
        )
    curves.set(ylim=(0, 1), ylabel="P(positive)", xticks=[])
    curves.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3)
    if states:
        look = {"ha": "right", "va": "bottom", "color": theme.COLORS["muted"]}
        figure.text(0.98, 3.28 / size[1], STATES_KEY, fontsize=9, **look)
    for row, (name, reading) in enumerate(readings.items() if states else ()):
        bottom = 0.96 + MAP_PITCH * (len(readings) - 1 - row)
        _heat_map(part(bottom, MAP_HEIGHT), reading, NAMES[name])
    _label_words(figure.axes[-1], words)
    for axes in figure.axes:
        axes.set_xlim(-0.5, len(places) - 0.5)
    return figure


def _heat_map(axes: Axes, reading: Reading, name: str) -> None:
    """Draw the hidden states of one cell."""
    states = reading.hidden_states[-SHOWN:].T
    most = max(float(np.quantile(np.abs(states), STRONGEST)), 1e-6)
    axes.imshow(
        states,
        cmap=states_map(name),
        vmin=-most,
        vmax=most,
        aspect="auto",
        interpolation="nearest",
    )
    axes.grid(visible=False)
    axes.set(xticks=[], yticks=[])
    axes.set_ylabel(f"{name}\n±{most:.1f}", size=8)


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


def _marked(reading: Reading) -> str:
    """Return the words, tinted by how they moved the answer."""
    spans = [
        _marked_word(word, known, change)
        for word, known, change in zip(
            reading.tokens, reading.known, movements(reading), strict=True
        )
    ]
    return (
        '<p style="line-height:1.9;max-height:120px;overflow-y:auto" '
        f'tabindex="0">{" ".join(spans)}</p><p><small>{KEY}</small></p>'
    )


def _marked_word(word: str, known: bool, change: float) -> str:
    """Return one word: orange was up, blue down, dotted unknown."""
    color = theme.COLORS["hidden_state" if change > 0 else "input"]
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
    review = ipywidgets.Textarea(
        EXAMPLES[0],
        rows=3,
        description="review",
        tooltip="review",
        placeholder="Type a review: it is read while you type.",
    )
    return controls.panel(
        view,
        {
            "text": review,
            "cell": controls.choice("mark the words of", cells, "gru"),
            "states": controls.switch("show the hidden states"),
        },
        examples={text: {"text": text} for text in EXAMPLES},
    )
