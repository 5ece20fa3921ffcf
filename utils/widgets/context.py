"""Context: what two readers know at a word, and what taggers say (09)."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils import cells, shipped
from utils.arguments import check_choice, check_integer
from utils.diagrams.lettering import text_width
from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.shipped.teddy import EITHER, OPENINGS, TIMESTEPS
from utils.widgets import shell
from utils.widgets.view import View, answers_mistakes

ENDINGS = ("bears are on sale today", "roosevelt was a great president")
"""What may follow: a thing, or a person."""

DECIDES = 4
"""The word, from 1, from which on the two sentences differ."""

HEIGHT = 236
"""Points."""

TOP = (194, 82)
"""Points above the lower edge: the first row of each sentence."""

PITCH = 28
"""Points from row to row."""

LEFT = 82
"""Points: where the words begin."""

BAR = (416, 44)
"""Points: where the bars begin, and how long a full one is."""

SIZE = 10
"""Points: of the words."""

GAP = 10
"""Points: between two parts of a sentence."""

FACES = ("plain", "bold", "plain")
"""The words before the one picked, that word, the words behind it."""


@dataclass(frozen=True)
class Row:
    """What one row of the picture shows.

    Attributes:
        label: Written before it.
        forwards: Whether the forward layer's words count.
        backwards: Whether the backward layer's words count.
        tagger: The tagger that reads so; empty if none was trained.
    """

    label: str
    forwards: bool
    backwards: bool
    tagger: str


ROWS = (
    Row("forward →", True, False, "forward"),
    Row("← backward", False, True, ""),
    Row("both", True, True, "both"),
)


@dataclass(frozen=True)
class Tagger:
    """A trained network of lesson 09, run in NumPy.

    Attributes:
        arrays: Its weights, as `utils.shipped.teddy` stores them.
        ids: Word -> row of the embedding.
    """

    arrays: dict[str, np.ndarray]
    ids: dict[str, int]

    def probabilities(self, words: Sequence[str]) -> np.ndarray:
        """Return that each word is part of a name, (timesteps,)."""
        x = self.arrays["embedding"][[self.ids[word] for word in words]][None]
        h = self._states(x)
        if "backward_kernel" in self.arrays:
            second = self._states(x[:, ::-1], "backward_")
            h = cells.bidirectional(h, second)
        kernel, bias = (
            self.arrays[f"output_{part}"] for part in ("kernel", "bias")
        )
        return 1 / (1 + np.exp(-(h[0] @ kernel + bias)[:, 0]))

    def _states(self, x: np.ndarray, reader: str = "") -> np.ndarray:
        """Return the hidden states of one reader."""
        parts = ("kernel", "recurrent_kernel", "bias")
        return cells.lstm(x, *(self.arrays[reader + part] for part in parts)).h


@functools.cache
def tagger(reads: str) -> Tagger:
    """Return a shipped tagger; it reads ``"forward"`` or ``"both"``."""
    arrays = shipped.load(f"teddy_{reads}")
    words = arrays["words"].tobytes().decode().split("\n")
    return Tagger(arrays, {word: row for row, word in enumerate(words)})


@answers_mistakes
def view(word: int = 3, opening: str = "he said", name: str = "teddy") -> View:
    """Show what has been read at one word of two sentences.

    Args:
        word: Its place, 1 to 8.
        opening: How both sentences begin.
        name: The word that may be a name, the third of both.
    """
    place = check_integer("word", word, minimum=1, maximum=TIMESTEPS)
    check_choice("opening", opening, OPENINGS)
    check_choice("name", name, EITHER)
    texts = [f"{opening} {name} {ending}".split() for ending in ENDINGS]
    answers = {
        reads: [tagger(reads).probabilities(text)[place - 1] for text in texts]
        for reads in ("forward", "both")
    }
    return View(
        _sentence(texts, place, answers),
        _drawn(texts, place, answers),
        _words(texts, place, answers),
    )


def _sentence(
    texts: Sequence[Sequence[str]],
    place: int,
    answers: Mapping[str, Sequence[float]],
) -> str:
    """Return what the picture says."""
    one, two = (f"“{text[place - 1]}”" for text in texts)
    forward, both = (
        f"{answers[reads][0]:.2f} and {answers[reads][1]:.2f}"
        for reads in ("forward", "both")
    )
    if place < DECIDES:
        return (
            f"Word {place}, {one}: read forwards, the two sentences are the "
            "same so far, so the forward-only tagger must give one answer to "
            f"both, {forward} that it is a name. The backward layer has read "
            f"what follows: the bidirectional tagger says {both}."
        )
    clue = "this word"
    if place > DECIDES:
        clue = " or ".join(f"“{text[DECIDES - 1]}”" for text in texts)
    return (
        f"Word {place}, {one} and {two}: the forward layer too has now read "
        f"{clue}, which decides. The forward-only tagger says {forward} that "
        f"it is a name, the bidirectional one {both}."
    )


def _words(
    texts: Sequence[Sequence[str]],
    place: int,
    answers: Mapping[str, Sequence[float]],
) -> str:
    """Return the picture in words."""
    parts = [
        f"At word {place} of “{' '.join(text)}” the forward layer has read "
        f"“{' '.join(text[:place])}”, the backward layer "
        f"“{' '.join(text[place - 1 :])}”, both together everything; the "
        f"forward-only tagger says {forward:.2f} that it is a name, the "
        f"bidirectional tagger {both:.2f}."
        for text, forward, both in zip(
            texts, answers["forward"], answers["both"], strict=True
        )
    ]
    return " ".join(parts)


def _drawn(
    texts: Sequence[Sequence[str]],
    place: int,
    answers: Mapping[str, Sequence[float]],
) -> Drawing:
    """Draw three rows of words for each sentence, and the answers."""
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.note(LEFT, HEIGHT - 16, "what has been read", align="left")
    drawing.note(BAR[0], HEIGHT - 16, "P(name)", align="left")
    for number, (text, top) in enumerate(zip(texts, TOP, strict=True)):
        for line, row in enumerate(ROWS):
            y = top - line * PITCH
            drawing.label(LEFT - 10, y, row.label, size=SIZE, align="right")
            _read(drawing, text, place, y, row)
            if row.tagger:
                _answer(drawing, y, answers[row.tagger][number])
    return drawing


def _read(
    drawing: Drawing, text: Sequence[str], place: int, y: float, row: Row
) -> None:
    """Write a sentence; a strip of colour lies behind the words read."""
    parts = [text[: place - 1], text[place - 1 : place], text[place:]]
    read = [row.forwards, True, row.backwards]
    edges = [LEFT]
    for words, is_read, face in zip(parts, read, FACES, strict=True):
        written = "  ".join(words)
        width = text_width(written, SIZE, face) + GAP if words else 0
        if words:
            drawing.label(
                edges[-1] + width / 2,
                y,
                written,
                "text" if is_read else "muted",
                size=SIZE,
                face=face,
            )
        edges.append(edges[-1] + width)
    if row.backwards:
        _strip(drawing, edges[1], edges[3], y, 22, "hidden_state")
    if row.forwards:
        # The thinner strip lies on the other where the word is read twice.
        _strip(drawing, edges[0], edges[2], y, 16, "input")


def _strip(
    drawing: Drawing,
    left: float,
    right: float,
    y: float,
    height: float,
    meaning: str,
) -> None:
    """Mark the words that a reader has read."""
    drawing.box((left + right) / 2, y, right - left, height, "", meaning)


def _answer(drawing: Drawing, y: float, probability: float) -> None:
    """Draw a bar, and the number behind it."""
    left, full = BAR
    drawing.box(left + full / 2, y, full, 14, radius=0)
    length = full * probability
    if length > 1:
        drawing.box(
            left + length / 2,
            y,
            length,
            14,
            "",
            "output",
            strength=1,
            radius=0,
        )
    drawing.label(
        left + full + 6, y, f"{probability:.2f}", size=SIZE, align="left"
    )


def panel() -> Any:
    """Return the widget."""
    return shell.panel(
        view,
        {
            "word": shell.slider("word", 3, 1, TIMESTEPS),
            "opening": shell.choice("opening", OPENINGS),
            "name": shell.choice("third word", EITHER),
        },
        play="word",
    )
