"""One example of each kind of task: the inputs and outputs are real words."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures.draw.marks import pixel
from figures.draw.unrolled import Sizes, bracket, name_rows, time_axis, unroll
from utils.drawing.card import WIDTH, Drawing

LEFT = 16
"""Points: where the names of the rows begin."""


REVIEW = ("not", "great", "but", "I", "recommend", "it")
"""Its first words alone mislead, and so would its last."""


def _columns(number: int, first: float = 76) -> list[float]:
    """Return x of each time step, spread over the rest of the card."""
    pitch = (WIDTH - 10 - first) / number
    return [first + pitch * (step + 0.5) for step in range(number)]


def sentiment() -> tuple[Figure, str]:
    """Draw a review read word by word and judged after the last one."""
    drawing = Drawing(WIDTH, 214)
    sizes, y = Sizes(box=(66, 26), cell=(44, 34), text=10), 134
    columns = _columns(len(REVIEW))
    outputs = [None] * (len(REVIEW) - 1) + ["positive"]
    rows = unroll(drawing, columns, y, REVIEW, outputs, sizes=sizes)
    name_rows(drawing, LEFT, y, sizes)
    time_axis(drawing, LEFT, columns, 16)
    y = rows.inputs[0].bottom[1] - 11
    for first, last, text in (
        (0, 1, "sounds negative"),
        (-2, -1, "sounds positive"),
    ):
        left, right = rows.inputs[first].left, rows.inputs[last].right
        bracket(drawing, left[0], right[0], y, text)
    return drawing, (
        f"The review “{' '.join(REVIEW)}” goes into the network one word at "
        "a time. The network passes what it has read from step to step and "
        "answers once, after the last word: positive."
    )


def translation() -> tuple[Figure, str]:
    """Draw a French number read to its end, then said in English."""
    french = ["quatre", "vingt", "dix", "sept"]
    english = ["ninety", "seven"]
    steps = len(french) + len(english)
    drawing = Drawing(WIDTH, 214)
    sizes, y = Sizes(box=(58, 26), cell=(44, 34)), 134
    columns = _columns(steps)
    rows = unroll(
        drawing,
        columns,
        y,
        french + [None] * len(english),
        [None] * len(french) + english,
        sizes=sizes,
    )
    name_rows(drawing, LEFT, y, sizes)
    time_axis(drawing, LEFT, columns, 16)
    foot = y - sizes.rise - sizes.box[1] / 2 - 11
    for boxes, text in (
        (rows.inputs[: len(french)], "read to the end …"),
        (rows.cells[len(french) :], "… then answer"),
    ):
        left, right = boxes[0].left[0], boxes[-1].right[0]
        bracket(drawing, left, right, foot, text)
    return drawing, (
        f"The French number “{' '.join(french)}” (four, twenty, ten, seven: "
        "4 × 20 + 10 + 7) is read word by word to its end; only then do the "
        f"English words “{' '.join(english)}” come out, one at a time."
    )


SEVEN = (
    (0, 0, 7, 8, 13, 16, 15, 1),
    (0, 0, 7, 7, 4, 11, 12, 0),
    (0, 0, 0, 0, 8, 13, 1, 0),
    (0, 4, 8, 8, 15, 15, 6, 0),
    (0, 2, 11, 15, 15, 4, 0, 0),
    (0, 0, 0, 16, 5, 0, 0, 0),
    (0, 0, 9, 15, 1, 0, 0, 0),
    (0, 0, 13, 5, 0, 0, 0, 0),
)
"""A handwritten seven: number 7 of scikit-learn's digits, 0 to 16.

Alpaydin & Kaynak (1998), "Optical recognition of handwritten digits", UCI
machine learning repository, CC BY 4.0.
"""


def captioning() -> tuple[Figure, str]:
    """Draw an image that goes in once and a caption that comes out."""
    drawing = Drawing(WIDTH, 238)
    side, y = 76, 158
    sizes = Sizes(box=(40, 26), cell=(44, 34))
    columns = _columns(5)
    rows = unroll(drawing, columns, y, [None] * 5, "seven", sizes=sizes)
    centre = (columns[0], 34 + side / 2)
    for x_y, text in (
        ((LEFT, y + sizes.rise), "output"),
        ((LEFT, y), "network"),
        ((LEFT, centre[1]), "input"),
    ):
        drawing.note(*x_y, text, align="left")
    time_axis(drawing, LEFT, columns, 16)
    paper = drawing.box(
        *centre, side, side, meaning="input", radius=2, strength=0
    )
    size = (side - 8) / 8
    for (row, column), value in np.ndenumerate(np.array(SEVEN) / 16):
        x = centre[0] + (column - 3.5) * size
        pixel(drawing, x, centre[1] - (row - 3.5) * size, size, value)
    drawing.arrow(paper.top, rows.cells[0].bottom, meaning="input")
    return drawing, (
        "A small grey-scale image of a handwritten digit goes into the "
        "network at the first step; the letters of its caption, "
        "“seven”, come out one at a time."
    )


def names_in_sentence() -> tuple[Figure, str]:
    """Draw a tag for every word: is it a person's name?"""
    words = ("then", "rose", "gave", "may", "a", "rose")
    names = (False, True, False, True, False, False)
    drawing = Drawing(WIDTH, 186)
    sizes, y = Sizes(box=(56, 26), cell=(44, 34)), 106
    columns = _columns(len(words))
    tags = ["name" if name else "no" for name in names]
    unroll(drawing, columns, y, words, tags, sizes=sizes, full=names)
    name_rows(drawing, LEFT, y, sizes)
    time_axis(drawing, LEFT, columns, 16)
    return drawing, (
        f"The sentence “{' '.join(words)}” goes in word by word, and a tag "
        "comes out for every word: name for rose (word 2), may (word 4), no "
        "for all others."
    )
