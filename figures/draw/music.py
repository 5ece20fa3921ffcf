"""Pictures of lesson 12: the keys of a piano, the network with two heads."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.draw.unrolled import loop
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

WHITE = "CDEFGABC"
NUMBERS = (60, 62, 64, 65, 67, 69, 71, 72)
"""MIDI pitches of the white keys from C4 to C5."""

BLACK = {0: (61, "C♯"), 1: (63, "D♯"), 3: (66, "F♯"), 4: (68, "G♯")}
BLACK |= {5: (70, "A♯")}
"""White key to the left -> MIDI pitch and name of a black one."""

KEY, HIGH = 54, 138
"""Points: width and height of a white key."""


def keyboard() -> tuple[Figure, str]:
    """Draw the keys from C4 to C5 with their MIDI pitches."""
    drawing = Drawing(WIDTH, 182)
    left = (WIDTH - KEY * len(WHITE)) / 2
    low = 34
    for place, (name, number) in enumerate(zip(WHITE, NUMBERS, strict=True)):
        x = left + KEY * (place + 0.5)
        drawing.box(x, low + HIGH / 2, KEY - 3, HIGH, strength=0, layer=1)
        octave = 5 if place == 7 else 4
        drawing.label(x, low + 32, f"{name}{octave}", face="bold")
        drawing.label(x, low + 14, str(number), "input")
    for place, (number, name) in BLACK.items():
        x = left + KEY * (place + 1)
        drawing.box(
            x,
            low + HIGH - 38,
            35,
            76,
            f"{name}\n{number}",
            meaning="text",
            strength=1,
        )
    drawing.note(left + 2, 16, "C4 is middle C", align="left")
    drawing.note(
        left + KEY * len(WHITE) - 2, 16, "numbers: MIDI pitches", align="right"
    )
    return drawing, (
        "The keys of a piano from C4, which is middle C, to C5, one octave "
        "higher. The white ones are C, D, E, F, G, A, B and C with the MIDI "
        "pitches 60, 62, 64, 65, 67, 69, 71 and 72. The black ones between "
        "them are C♯, D♯, F♯, G♯ and A♯ with 61, 63, 66, 68 and 70; there is "
        "none between E and F."
    )


def two_heads() -> tuple[Figure, str]:
    """Draw the lesson's network: two embeddings, an LSTM, two answers."""
    drawing = Drawing(WIDTH, 176)
    up, down, middle = 118, 34, 76
    joined = drawing.box(238, middle, 62, 40, "join\n48", layer=3)
    lstm = drawing.box(340, middle, 76, 52, "LSTM\n96", "hidden_state")
    loop(drawing, lstm, 12)
    drawing.arrow(joined.right, lstm.left, meaning="input")
    for y, name, ids, width in (
        (up, "pitch", 30, 32),
        (down, "length", 8, 16),
    ):
        given = drawing.box(54, y, 74, 40, f"{name}\none of {ids}", "input")
        table = drawing.box(150, y, 84, 40, f"Embedding\n{width}", "weight")
        drawing.arrow(given.right, table.left, meaning="input")
        side = 0.5 if y > middle else -0.5
        drawing.arrow(table.right, joined.at(-1, side), meaning="input")
        _head(drawing, lstm.at(1, side), y, name, ids)
    drawing.note(54, 154, "a note goes in")
    drawing.note(448, 154, "the next note")
    return drawing, (
        "The network of this lesson. A note goes in as two ids: its pitch, "
        "one of 30, to an embedding of 32 numbers, and its length, one of 8, "
        "to an embedding of 16. Both are joined to 48 numbers and read by an "
        "LSTM with 96 units, whose state comes back at every step. Two "
        "softmax layers answer for the next note: 30 probabilities for its "
        "pitch and 8 for its length."
    )


def _head(
    drawing: Drawing, start: tuple[float, float], y: float, name: str, ids: int
) -> Box:
    """Draw one softmax layer and the arrow that leads to it."""
    head = drawing.box(448, y, 84, 40, f"{name}\nsoftmax {ids}", "output")
    drawing.arrow(start, head.left, meaning="hidden_state")
    return head
