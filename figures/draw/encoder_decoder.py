"""An encoder and a decoder: trained with the teacher, and on their own."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

FRENCH = ("quatre", "vingt", "dix", "sept")
GIVEN = ("<start>", "ninety", "seven")
WANTED = ("ninety", "seven", "<end>")

READ = (44, 100, 156, 212)
WRITTEN = (322, 393, 464)
"""Points: the columns of the encoder and of the decoder."""

ABOVE, MIDDLE, BELOW = 172, 112, 52
"""Points: the heights of outputs, cells and inputs."""

BOX, CELL = (50, 26), (42, 34)

ENDS = (
    "the encoder reads quatre, vingt, dix and sept and answers nothing; its "
    "states h and c after the last word are those with which the decoder "
    "begins. "
)


def teacher_forcing() -> tuple[Figure, str]:
    """Draw the training: each right word is given at the next step."""
    drawing, _, _ = _halves("wanted")
    drawing.note(393, 18, "given: the right words, whatever it says")
    return drawing, (
        f"Training: {ENDS}The decoder is given <start>, ninety and seven, the "
        "right words, from outside; wanted are ninety, seven and <end>."
    )


def free_running() -> tuple[Figure, str]:
    """Draw the translation: each word said is read at the next step."""
    drawing, given, said = _halves("said")
    for before, after in zip(said, given[1:], strict=False):
        x = (before.right[0] + after.left[0]) / 2
        drawing.arrow(
            before.right,
            (x, ABOVE),
            (x, BELOW),
            after.left,
            meaning="output",
            bridge=True,
            layer=2.6,
        )
    drawing.note(393, 18, "given: the word it has just said")
    return drawing, (
        f"Translating: {ENDS}The decoder is given <start> and says ninety; "
        "an arrow leads from each word it says to its next input: it reads "
        "ninety and says seven, reads seven and says <end>."
    )


def attention() -> tuple[Figure, str]:
    """Draw what attention adds: every output of the encoder stays in reach."""
    drawing, _, _ = _halves("wanted")
    width = READ[-1] - READ[0] + CELL[0]
    middle = (READ[0] + READ[-1]) / 2
    total = drawing.box(middle, ABOVE - 4, width, 24, "weighted sum")
    for x in READ:
        drawing.arrow(
            (x, MIDDLE + CELL[1] / 2),
            (x, total.bottom[1]),
            meaning="hidden_state",
        )
    for column in WRITTEN:
        x, y = column - 36, MIDDLE + 12
        drawing.arrow(
            total.right,
            (265, total.y),
            (265, ABOVE + 18.5),
            (x, ABOVE + 18.5),
            (x, y),
            (column - CELL[0] / 2, y),
            meaning="hidden_state",
            bridge=True,
        )
    drawing.note(393, 18, "each step weighs the four outputs anew")
    return drawing, (
        "Attention: the encoder reads quatre, vingt, dix and sept, and its "
        "output at each word goes into a weighted sum, which leads to every "
        "step of the decoder. Each step weighs the four outputs anew."
    )


def _halves(answers: str) -> tuple[Drawing, list[Box], list[Box]]:
    """Draw both halves.

    Args:
        answers: What the upper row of words is.

    Returns:
        The card, what the decoder is given and what stands above it.
    """
    drawing = Drawing(WIDTH, 226)
    drawing.frame(10, 30, 246, 216)
    drawing.frame(284, 30, 497, 216)
    drawing.label(22, 202, "encoder", face="bold", align="left")
    drawing.label(296, 202, "decoder", face="bold", align="left")
    drawing.note(485, 202, answers, align="right")
    drawing.note(128, 18, "given: the French words")
    read = [drawing.box(x, MIDDLE, *CELL, "LSTM", size=9.5) for x in READ]
    written = [
        drawing.box(
            x, MIDDLE, *CELL, "LSTM", "weight", size=9.5, strength=0.25
        )
        for x in WRITTEN
    ]
    for before, after in pairwise(read + written):
        _states(drawing, before, after)
    for dy, text, meaning in (
        (15, "$h$", "hidden_state"),
        (-16, "$c$", "cell_state"),
    ):
        drawing.label(265, MIDDLE + dy, text, meaning)
    for x, text, cell in zip(READ, FRENCH, read, strict=True):
        word = drawing.box(x, BELOW, *BOX, text, "input")
        drawing.arrow(word.top, cell.bottom, meaning="input")
    given, said = [], []
    for cell, below, above in zip(written, GIVEN, WANTED, strict=True):
        given.append(drawing.box(cell.x, BELOW, *BOX, below, "input"))
        said.append(drawing.box(cell.x, ABOVE, *BOX, above, "output"))
        drawing.arrow(given[-1].top, cell.bottom, meaning="input")
        drawing.arrow(cell.top, said[-1].bottom, meaning="output")
    return drawing, given, said


def _states(drawing: Drawing, before: Box, after: Box) -> None:
    """Draw both states on their way from one step to the next."""
    for dy, meaning in ((5, "hidden_state"), (-5, "cell_state")):
        drawing.arrow(
            (before.right[0], MIDDLE + dy),
            (after.left[0], MIDDLE + dy),
            meaning=meaning,
        )
