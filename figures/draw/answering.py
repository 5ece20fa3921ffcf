"""Choosing an answer and writing one: encoders, decoders, the whole bot."""

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

WRITTEN = ("i", "am", "good", "end")

NATS = ("4.060", "4.118")
"""Per word, of the decoder that hears and of the one that does not.

``lessons.chatbot`` has measured them; a test compares the two, and those of
the bot below.
"""

ANSWERS, THRESHOLD = 349, 0.095

ASKED = ("what do you like", "to do for fun?")

SAID, BEST = "i do", 0.159

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
        (175, OTHERS[0], SCORES[1], "panel"),
        (140, "good and you ?", SCORES[0], "output"),
        (105, OTHERS[1], "…", "panel"),
    ):
        box = drawing.box(412, y, 96, 24, text, meaning, size=9.5)
        if y == score.y:
            drawing.arrow(score.right, box.left, meaning="output")
        drawing.label(468, y, value, align="left", size=9.5)
    drawing.note(119, 131, "both look words up in the same vectors")
    drawing.note(412, 198, "ten candidates, made-up scores")
    drawing.note(412, 82, "the highest score is picked")
    return drawing, (
        "Two encoders, a GRU step per word. One reads how, are, you and a "
        "question mark; its last state becomes a vector m of length 1. The "
        "other, with weights of its own but the same word vectors, reads "
        "good, and, you and a question mark; its last state becomes a. Ten "
        "times their product is the score of this answer. Of ten candidates "
        "the highest score is picked."
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
        "A table of scores. Its rows are four messages: how are you, what do "
        "you study, i love snow, bye. Its columns are their answers: good "
        "and you, math, me too, see you. On the diagonal stands each "
        "message's own answer, elsewhere in its row the wrong ones. A softmax "
        "runs along each row."
    )


def two_decoders() -> tuple[Figure, str]:
    """Draw a decoder that hears the message above one that does not."""
    drawing = Drawing(WIDTH, 314)
    high, low, width = 222, 66, 52
    encoder = [
        drawing.box(34 + width * i, high, *CELL, "GRU", size=9.5)
        for i in range(len(MESSAGE))
    ]
    for cell, word in zip(encoder, MESSAGE, strict=True):
        below = drawing.box(cell.x, high - 44, *WORD, word, "input", size=9.5)
        drawing.arrow(below.top, cell.bottom, meaning="input")
    for before, after in pairwise(encoder):
        drawing.arrow(before.right, after.left, meaning="hidden_state")
    hears = _decoder(drawing, 288, high)
    drawing.arrow(encoder[-1].right, hears.left, meaning="hidden_state")
    deaf = _decoder(drawing, 288, low)
    zeros = drawing.box(216, low, 50, 26, "zeros", "hidden_state", size=9.5)
    drawing.arrow(zeros.right, deaf.left, meaning="hidden_state")
    for y, name, nats in zip(
        (high, low), ("hears the message", "hears none"), NATS, strict=True
    ):
        drawing.label(12, y + 70, name, face="bold", align="left")
        told = f"test part: {nats} nats per word"
        drawing.note(12, y + 52, told, align="left")
    drawing.note(238, high + 14, "last state")
    drawing.note(12, low + 30, "trained anew: every", align="left")
    drawing.note(12, low + 14, "weight is its own", align="left")
    heard, alone = NATS
    return drawing, (
        "Two decoders write i, am, good and the end mark. One begins with the "
        "last state of an encoder that has read how, are, you and a question "
        f"mark: {heard} nats per word. The other, trained anew, begins with "
        f"zeros: {alone}."
    )


def _decoder(drawing: Drawing, x: float, y: float) -> Box:
    """Draw a decoder from its first cell on, and return that cell."""
    cells = [
        drawing.box(x + 58 * i, y, *CELL, "GRU", size=9.5)
        for i in range(len(WRITTEN))
    ]
    for before, after in pairwise(cells):
        drawing.arrow(before.right, after.left, meaning="hidden_state")
    for cell, given, said in zip(
        cells, ("start", *WRITTEN), WRITTEN, strict=False
    ):
        below = drawing.box(cell.x, y - 44, *WORD, given, "input", size=9.5)
        above = drawing.box(cell.x, y + 44, *WORD, said, "output", size=9.5)
        drawing.arrow(below.top, cell.bottom, meaning="input")
        drawing.arrow(cell.top, above.bottom, meaning="output")
    return cells[0]


def whole_bot() -> tuple[Figure, str]:
    """Draw what the bot does from a message to what it says."""
    drawing = Drawing(WIDTH, 236)
    middle, top, bottom = 104, 200, 26
    message = drawing.box(
        56, middle, 92, 38, "\n".join(ASKED), "input", size=9.5
    )
    finder = drawing.box(
        170, top, 96, 36, "name finder\n(lesson 15)", size=9.5
    )
    drawing.arrow(message.top, (56, top), finder.left, meaning="input")
    greeting = drawing.box(
        420, top, 148, 28, "Nice to meet you, …!", "output", size=9.5
    )
    drawing.arrow(finder.right, greeting.left, meaning="output")
    drawing.note(282, top + 10, "a name after")
    drawing.note(282, top - 12, "“my name is”")
    encoder = drawing.box(162, middle, 72, 38, "message\nencoder", size=9.5)
    drawing.arrow(message.right, encoder.left, meaning="input")
    vector = drawing.box(222, middle, 26, 30, "$m$", "hidden_state")
    drawing.arrow(encoder.right, vector.left, meaning="hidden_state")
    score = drawing.circle(
        276, middle, 23, "$10 m·a$", "weight", strength=0.2, size=9.5
    )
    drawing.arrow(vector.right, score.left, meaning="hidden_state")
    answers = drawing.box(
        222, bottom, 190, 28, f"{ANSWERS} answers, a vector $a$ each",
        "hidden_state", size=9.5,
    )  # fmt: skip
    drawing.arrow((276, answers.top[1]), score.bottom, meaning="hidden_state")
    softmax = drawing.box(348, middle, 60, 30, "softmax", size=9.5)
    drawing.arrow(score.right, softmax.left, meaning="output")
    level = drawing.box(
        440, middle, 84, 38, f"best at least\n{THRESHOLD} ?", size=9.5
    )
    drawing.arrow(softmax.right, level.left, meaning="output")
    unsure = drawing.box(
        440, 156, 100, 26, "I do not know.", "output", size=9.5
    )
    said = drawing.box(440, bottom, 100, 28, SAID, "output", size=9.5)
    drawing.arrow(level.top, unsure.bottom, meaning="output")
    drawing.arrow(level.bottom, said.top, meaning="output")
    drawing.note(434, 133, "no", align="right")
    drawing.note(434, 64, f"yes: {BEST}", align="right")
    drawing.note(170, top - 30, "else: the way below")
    return drawing, (
        f"A message, {' '.join(ASKED)} goes to the name finder: a name after "
        "my name is, is greeted. If there is none, the message encoder makes "
        "m; ten times its product with the vectors "
        f"of {ANSWERS} answers goes through a softmax. The best is said if it "
        f"has at least {THRESHOLD}, here {SAID} with {BEST}; else the bot "
        "says I do not know."
    )
