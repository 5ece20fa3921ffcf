"""Choosing an answer: two encoders, and a batch with its wrong answers."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

MESSAGE = ("how", "are", "you", "?")
REPLY = ("good", "and", "you", "?")

CELL, WORD = (40, 26), (44, 24)

SCORES = ("6.1", "1.3")
"""Made up."""

OTHERS = ("i like pizza", "8 more")

BATCH = (
    ("how are you ?", "good and you ?"),
    ("what do you study ?", "math"),
    ("i love snow", "me too"),
    ("bye", "see you"),
)
"""Messages with the answers that people gave."""


def two_encoders() -> tuple[Figure, str]:
    """Draw how one of ten answers is chosen."""
    drawing = Drawing(WIDTH, 262)
    left = _reader(drawing, 18, 205, MESSAGE, "message encoder")
    right = _reader(drawing, 18, 75, REPLY, "answer encoder")
    for x, reader, name in ((254, left, "$m$"), (254, right, "$a$")):
        vector = drawing.box(x, reader.y, 34, 34, name, "hidden_state")
        drawing.arrow(reader.right, vector.left, meaning="hidden_state")
        if name == "$m$":
            above = vector
    score = drawing.circle(
        308, 140, 23, "$10 m·a$", "weight", strength=0.2, size=9.5
    )
    drawing.arrow(above.right, (308, 205), score.top, meaning="hidden_state")
    drawing.arrow((271, 75), (308, 75), score.bottom, meaning="hidden_state")
    for y, text, value, meaning in (
        (175, "good and you ?", SCORES[0], "output"),
        (140, OTHERS[0], SCORES[1], "panel"),
        (105, OTHERS[1], "…", "panel"),
    ):
        box = drawing.box(412, y, 96, 24, text, meaning, size=9.5)
        if y == score.y:
            drawing.arrow(score.right, box.left, meaning="output")
        drawing.label(468, y, value, align="left", size=9.5)
    drawing.note(119, 131, "both look words up in the same vectors")
    drawing.note(412, 198, "ten candidates, a score each")
    drawing.note(412, 82, "the highest score is picked")
    return drawing, (
        "Two encoders. The message encoder reads how, are, you and a question "
        "mark, one GRU step per word; its last state becomes a vector m of "
        "length 1. The answer encoder, with weights of its own, reads good, "
        "and, you and a question mark; its last state becomes a. Both "
        "look words up in the same vectors. Ten times the product of m and a "
        "is the score of this answer. Each of ten candidates gets such a "
        "score, and the highest is picked."
    )


def _reader(
    drawing: Drawing, x: float, y: float, words: tuple[str, ...], name: str
) -> Box:
    """Draw a row of GRU steps over words; return the last cell."""
    drawing.frame(x - 8, y - 62, x + 210, y + 44)
    drawing.label(x + 2, y + 32, name, face="bold", align="left")
    centres = [x + 24 + 50 * i for i in range(len(words))]
    cells = [drawing.box(c, y, *CELL, "GRU", size=9.5) for c in centres]
    for before, after in pairwise(cells):
        drawing.arrow(before.right, after.left, meaning="hidden_state")
    for cell, word in zip(cells, words, strict=True):
        below = drawing.box(cell.x, y - 44, *WORD, word, "input", size=9.5)
        drawing.arrow(below.top, cell.bottom, meaning="input")
    return cells[-1]


def in_batch() -> tuple[Figure, str]:
    """Draw the scores of a batch: right on the diagonal, wrong elsewhere."""
    drawing = Drawing(WIDTH, 208)
    left, top, width, height = 138, 150, 89, 30
    for column, (_, answer) in enumerate(BATCH):
        x = left + (column + 0.5) * width
        drawing.label(x, top + 18, answer, size=9)
    for row, (message, _) in enumerate(BATCH):
        y = top - (row + 0.5) * height
        drawing.label(left - 10, y, message, size=9, align="right")
        for column in range(len(BATCH)):
            x = left + (column + 0.5) * width
            mine = row == column
            drawing.box(
                x,
                y,
                width - 4,
                height - 4,
                "own" if mine else "wrong",
                "output" if mine else "panel",
                radius=2,
                size=9.5,
            )
    drawing.note(left - 10, top + 18, "message", align="right")
    drawing.note(left + 2 * width, top + 44, "answers of the same batch")
    drawing.note(left + 2 * width, 15, "softmax along each row")
    return drawing, (
        "A table of scores. Four messages of a batch are its rows: how are "
        "you, what do you study, i love snow, bye. Their four answers are its "
        "columns: good and you, math, me too, see you. On the diagonal stands "
        "the own answer of each message; everywhere else in its row stand the "
        "wrong answers, which are the answers to the other messages. A "
        "softmax runs along each row."
    )
