"""Context: what each reader knows at a word, and what taggers say (09)."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lessons.bidirectional.teddy import EITHER, NEUTRAL, TIMESTEPS, WEIGHTS
from utils import cells
from utils.classify import store
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.lettering import text_width
from utils.errors import check_choice, check_integer
from utils.widgets import controls
from utils.widgets.view import View, answers_mistakes

CLUE_BEFORE = "we bought, or we met"
"""The opening that decides about the words after it."""

OPENINGS = (*NEUTRAL, CLUE_BEFORE)
"""How the two sentences begin: alike, or one each way."""

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
"""The words before the one picked, that word, the words after it."""


Texts = Sequence[Sequence[str]]
Answers = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Row:
    """What one row of the picture shows.

    Attributes:
        label: Written before it.
        forwards: Whether the forward layer's words count.
        backwards: Whether the backward layer's words count.
        reads: The tagger that reads so.
    """

    label: str
    forwards: bool
    backwards: bool
    reads: str


ROWS = (
    Row("forward →", True, False, "forward"),
    Row("← backward", False, True, "backward"),
    Row("both", True, True, "both"),
)


@dataclass(frozen=True)
class Tagger:
    """A trained network of lesson 09, run in NumPy.

    Attributes:
        arrays: Its weights, as `lessons.bidirectional.teddy` stores them.
        ids: Word -> row of the embedding.
    """

    arrays: dict[str, np.ndarray]
    ids: dict[str, int]

    def probabilities(self, words: Sequence[str]) -> np.ndarray:
        """Return that each word is part of a name, (timesteps,)."""
        x = self.arrays["embedding"][[self.ids[word] for word in words]][None]
        if "kernel" not in self.arrays:
            h = self._states(x[:, ::-1], "backward_")[:, ::-1]
        elif "backward_kernel" not in self.arrays:
            h = self._states(x)
        else:
            second = self._states(x[:, ::-1], "backward_")
            h = cells.bidirectional(self._states(x), second)
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
    """Return a shipped tagger: ``"forward"``, ``"backward"``, ``"both"``."""
    arrays = store.load(f"teddy_{reads}", WEIGHTS)
    words = store.unpacked(arrays["words"], len(arrays["embedding"]))
    return Tagger(arrays, {word: row for row, word in enumerate(words)})


@answers_mistakes
def view(word: int = 3, opening: str = "we saw", name: str = "teddy") -> View:
    """Show what has been read at one word of two sentences.

    Args:
        word: Its place, 1 to 8.
        opening: How both sentences begin, or `CLUE_BEFORE`.
        name: The word that may be a name, the third of both.
    """
    place = check_integer("word", word, minimum=1, maximum=TIMESTEPS)
    check_choice("opening", opening, OPENINGS)
    check_choice("name", name, EITHER)
    texts = _texts(opening, name)
    answers = {
        row.reads: [
            tagger(row.reads).probabilities(text)[place - 1] for text in texts
        ]
        for row in ROWS
    }
    return View(
        _sentence(texts, place, answers),
        _drawn(texts, place, answers),
        _words(texts, place, answers),
    )


def _texts(opening: str, name: str) -> Texts:
    """Return two sentences that differ in one word, which decides."""
    parts = [(opening, "bears"), (opening, "roosevelt")]
    if opening == CLUE_BEFORE:
        parts = [("we bought", "bush"), ("we met", "bush")]
    return [
        f"{start} {name} {follower} on the way home".split()
        for start, follower in parts
    ]


def _sentence(texts: Texts, place: int, answers: Answers) -> str:
    """Return what the picture says."""
    first, second = texts
    words = " or ".join(
        f"“{word}”"
        for word in dict.fromkeys([first[place - 1], second[place - 1]])
    )
    clue = " or ".join(
        f"“{one}”"
        for pair in zip(first, second, strict=True)
        for one in pair
        if pair[0] != pair[1]
    )
    said = {
        reads: f"{pair[0]:.2f} and {pair[1]:.2f}"
        for reads, pair in answers.items()
    }
    parts = []
    for label, reads, part in (
        ("Forwards", "forward", slice(place)),
        ("Backwards", "backward", slice(place - 1, None)),
    ):
        seen = f"{clue} has been read, and the answers are {said[reads]}."
        if first[part] == second[part]:
            seen = (
                "the same words have been read in both sentences, so the "
                f"tagger must give one answer to both: {said[reads]}."
            )
        parts.append(f"{label}, {seen}")
    return (
        f"Word {place}, {words}: is it a name? {' '.join(parts)} Both "
        f"readers together say {said['both']}."
    )


def _words(texts: Texts, place: int, answers: Answers) -> str:
    """Return the picture in words."""
    parts = [
        f"At word {place} of “{' '.join(text)}” the forward layer has read "
        f"“{' '.join(text[:place])}”, the backward layer "
        f"“{' '.join(text[place - 1 :])}”, both together everything. That "
        f"it is a name has the probability {forward:.2f} for the forward "
        f"tagger, {backward:.2f} for the backward one, {both:.2f} for both."
        for text, forward, backward, both in zip(
            texts, *(answers[row.reads] for row in ROWS), strict=True
        )
    ]
    return " ".join(parts)


def _drawn(texts: Texts, place: int, answers: Answers) -> Drawing:
    """Draw three rows of words for each sentence, and the answers."""
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.note(LEFT, HEIGHT - 16, "what has been read", align="left")
    drawing.note(BAR[0], HEIGHT - 16, "P(name)", align="left")
    for number, (text, top) in enumerate(zip(texts, TOP, strict=True)):
        for line, row in enumerate(ROWS):
            y = top - line * PITCH
            drawing.label(LEFT - 10, y, row.label, size=SIZE, align="right")
            _read(drawing, text, place, y, row)
            _answer(drawing, y, answers[row.reads][number])
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
            x, look = edges[-1] + width / 2, {"size": SIZE, "face": face}
            ink = "text" if is_read else "muted"
            drawing.label(x, y, written, ink, **look)
        edges.append(edges[-1] + width)
    # The thinner strip lies on the other where the word is read twice.
    for counts, left, right, height, meaning in (
        (row.backwards, edges[1], edges[3], 22, "text"),
        (row.forwards, edges[0], edges[2], 16, "hidden_state"),
    ):
        if counts:
            middle, width = (left + right) / 2, right - left
            drawing.box(middle, y, width, height, "", meaning)


def _answer(drawing: Drawing, y: float, probability: float) -> None:
    """Draw a bar, and the number after it."""
    left, full = BAR
    drawing.box(left + full / 2, y, full, 14, radius=0)
    length = full * probability
    if length > 1:
        look = {"meaning": "output", "strength": 1, "radius": 0}
        drawing.box(left + length / 2, y, length, 14, **look)
    said = f"{probability:.2f}"
    drawing.label(left + full + 6, y, said, size=SIZE, align="left")


def panel() -> Any:
    """Return the widget."""
    return controls.panel(
        view,
        {
            "word": controls.slider("word", 3, 1, TIMESTEPS),
            "opening": controls.choice("opening", OPENINGS),
            "name": controls.choice("third word", EITHER),
        },
        steps="word",
    )
