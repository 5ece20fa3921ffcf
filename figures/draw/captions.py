"""Lesson 14: the captioner, and a search for the most probable caption."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from figures.draw.examples import SEVEN
from figures.draw.marks import pixel
from figures.draw.unrolled import Rows, Sizes, unroll
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

GIVEN = ("start", *"seven")

WANTED = (*"seven", "end")


def captioner() -> tuple[Figure, str]:
    """Draw the encoder, the state it hands over, and the decoder."""
    drawing = Drawing(WIDTH, 262)
    sizes, y = Sizes(box=(38, 26), cell=(42, 34)), 170
    columns = [170 + 61 * step for step in range(len(GIVEN))]
    last = _encoder(drawing, 56, y)
    rows = unroll(drawing, columns, y, GIVEN, WANTED, sizes=sizes)
    for cell in rows.cells:
        drawing.label(cell.x, cell.y, "GRU", size=10)
    drawing.arrow(last.right, rows.cells[0].left, meaning="hidden_state")
    drawing.label(123, y + 13, "$h_0$", "hidden_state", size=13)
    _written(drawing, rows)
    foot = y - sizes.rise
    left = columns[0] - 19
    drawing.note(
        left, foot - 34, "training: the true letters go in", align="left"
    )
    drawing.line(
        (left, foot - 54),
        (left + 22, foot - 54),
        dashed=True,
        meaning="output",
        width=1.1,
    )
    drawing.note(
        left + 28,
        foot - 54,
        "writing: the letter just written goes in",
        align="left",
    )
    return drawing, (
        "The captioner. A picture goes through two Dense layers, of 128 and "
        "64 units; what comes out is h_0, the first state of a GRU. At each "
        "of six steps the GRU is given a symbol, start, s, e, v, e, n, and "
        "names the next, s, e, v, e, n, end. Dashed arrows lead from each "
        "letter named to the next input: so it goes when nobody gives the "
        "true letters."
    )


def _encoder(drawing: Drawing, x: float, y: float) -> Box:
    """Draw picture and Dense layers, one above the other; return the last."""
    side, low = 66, 42
    paper = drawing.box(
        x, low, side, side, meaning="input", radius=2, strength=0
    )
    size = (side - 8) / 8
    for (row, column), value in np.ndenumerate(np.array(SEVEN) / 16):
        pixel(
            drawing,
            x + (column - 3.5) * size,
            low - (row - 3.5) * size,
            size,
            value,
        )
    first = drawing.box(x, 113, 84, 28, "Dense 128")
    last = drawing.box(x, y, 84, 28, "Dense 64")
    drawing.arrow(paper.top, first.bottom, meaning="input")
    drawing.arrow(first.top, last.bottom)
    drawing.note(x, y + 30, "encoder")
    return last


def _written(drawing: Drawing, rows: Rows) -> None:
    """Draw how each letter becomes the next input when nobody dictates."""
    for above, below in pairwise(zip(rows.outputs, rows.inputs, strict=True)):
        output, given = above[0], below[1]
        middle = (output.x + given.x) / 2
        drawing.arrow(
            output.right,
            (middle, output.y),
            (middle, given.y),
            given.left,
            meaning="output",
            width=1.1,
            dashed=True,
            bridge=True,
            layer=1,
        )


NODES: dict[str, tuple[float, float, str, bool]] = {
    "": (44, 92, "start", True),
    "t": (168, 132, "t  0.60", True),
    "o": (168, 40, "o  0.40", True),
    "tw": (300, 156, "tw  0.33", True),
    "th": (300, 108, "th  0.27", False),
    "on": (300, 40, "on  0.40", True),
    "two": (440, 156, "two  0.33", True),
    "three": (440, 108, "three  0.27", False),
    "one": (440, 40, "one  0.40", True),
}
"""Beginning -> x, y, what is written there, and whether the beam keeps it."""

EDGES = (
    *(("", "t"), ("", "o"), ("t", "tw"), ("t", "th"), ("o", "on")),
    *(("tw", "two"), ("th", "three"), ("on", "one")),
)


GREEDY = ("t", "tw", "two")
"""The way of greedy decoding."""


def _edge(after: str) -> str:
    """Return the meaning of the arrow that leads to a beginning."""
    if after in GREEDY:
        return "text"
    return "output" if NODES[after][3] else "faded"


def beam() -> tuple[Figure, str]:
    """Draw greedy decoding and a beam of two in one tree of beginnings."""
    drawing = Drawing(WIDTH, 220)
    boxes = {}
    for name, (x, y, text, kept) in NODES.items():
        look = {"strength": 0.13} if kept else {"dashed": True}
        meaning = "output" if kept else "faded"
        boxes[name] = drawing.box(
            x, y, 84 if name else 52, 30, text, meaning, **look
        )
    for before, after in EDGES:
        kept = NODES[after][3]
        drawing.arrow(
            boxes[before].right,
            boxes[after].left,
            meaning=_edge(after),
            dashed=not kept,
            width=2.6 if after in GREEDY else 1.6,
        )
    for x, text in (
        (168, "1st letter"),
        (300, "2nd letter"),
        (440, "whole caption"),
    ):
        drawing.note(x, 206, text)
    drawing.note(70, 138, "thick: greedy")
    drawing.note(440, 182, "greedy decoding")
    drawing.note(440, 66, "best of the beam")
    return drawing, (
        "A tree of beginnings with their probabilities. From start to t 0.60 "
        "and o 0.40; from t to tw 0.33 and th 0.27, from o to on 0.40; from "
        "these to the captions two 0.33, three 0.27 and one 0.40. Greedy "
        "decoding, thick, goes by t and tw and ends in two. A beam of two "
        "keeps t and o, then tw and on, drops th, and ends with one as its "
        "best."
    )
