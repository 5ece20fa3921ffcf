"""Two comments of the same words: two tables, and one bag."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from figures.draw.arrays import matrix
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

COMMENT = "heavy but honestly rather soft quite honestly"
TWIN = "soft but honestly rather heavy quite honestly"

WORDS = ("soft", "heavy", "but", "honestly", "rather", "quite")
"""The rows of a small vocabulary, the opinions first."""

LOOKS = {
    "soft": ("input", 1.0),
    "heavy": ("input", 0.45),
    "but": ("weight", 1.0),
}
"""Word -> colour and strength; every other word is a filler."""

CELL = (24, 18)
"""Points: width and height of a number's cell."""


def comment_and_twin() -> tuple[Figure, str]:
    """Draw a comment and its twin as tables that add up to one bag."""
    drawing = Drawing(WIDTH, 372)
    tables = [
        _panel(drawing, 12, "a comment", "label 1: the praise", COMMENT),
        _panel(drawing, 258, "its twin", "label 0: the blame", TWIN),
    ]
    _bag(drawing, tables)
    return drawing, (
        f"A comment, “{COMMENT}”, label 1, and its twin, soft and heavy "
        "exchanged, label 0, each with its table of one-hot rows. The tables "
        "differ in the rows of soft and heavy; both add up to one bag."
    )


def _panel(
    drawing: Drawing, left: float, title: str, verdict: str, comment: str
) -> Box:
    """Draw a comment's words, its table and its verdict; return the table."""
    drawing.frame(left, 126, left + 234, 360)
    drawing.label(left + 12, 344, title, face="bold", align="left")
    drawing.box(left + 164, 343, 124, 22, verdict, "output", size=10)
    words = comment.split()
    rows = [[int(word == column) for column in WORDS] for word in words]
    height = CELL[1] * len(words)
    middle = left + 78 + CELL[0] * len(WORDS) / 2, 138 + height / 2
    table = matrix(
        drawing,
        *middle,
        len(words),
        len(WORDS),
        "input",
        cell=CELL,
        texts=[[str(number) for number in row] for row in rows],
        strengths=[[0.3 * number for number in row] for row in rows],
        size=9,
    )
    _heads(drawing, table, table.top[1] + 6)
    for step, word in enumerate(words):
        y = table.top[1] - CELL[1] * (step + 0.5)
        meaning, strength = LOOKS.get(word, ("panel", 0.13))
        drawing.box(
            left + 40,
            y,
            60,
            CELL[1] - 2,
            word,
            meaning,
            strength=strength,
            size=9,
            radius=2,
        )
    return table


def _heads(drawing: Drawing, table: Box, foot: float) -> None:
    """Write the words of the vocabulary upright above the columns."""
    for column, word in enumerate(WORDS):
        x = table.left[0] + CELL[0] * (column + 0.5)
        text = drawing.label(x, foot + 2, word, size=9, rotation=90)
        text.set_verticalalignment("bottom")


def _bag(drawing: Drawing, tables: Sequence[Box]) -> None:
    """Draw the counts that both tables add up to."""
    counts = [[str(COMMENT.split().count(word)) for word in WORDS]]
    y = 80
    bag = matrix(
        drawing,
        WIDTH / 2,
        y,
        1,
        len(WORDS),
        "input",
        cell=(58, 22),
        texts=counts,
        strengths=[[0.3 * int(count) for count in counts[0]]],
        size=10,
    )
    for column, word in enumerate(WORDS):
        x = bag.left[0] + 58 * (column + 0.5)
        drawing.label(x, bag.bottom[1] - 12, word, size=9)
    for height, text in (
        (28, "dark blue: praise, pale blue: blame, black: conjunction"),
        (13, "grey: fillers; the other 22 words of the vocabulary left out"),
    ):
        drawing.note(WIDTH / 2, height, text)
    drawing.label(16, y, "one bag", face="bold", align="left")
    for table, place in zip(tables, (-0.6, 0.6), strict=True):
        tip = bag.at(place, 1)
        drawing.arrow((tip[0], table.bottom[1] - 3), tip, meaning="input")
        drawing.note(tip[0] + 6, 113, "add up the rows", align="left")
