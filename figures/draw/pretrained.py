"""A language model, and the classifier that begins as one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

READ = ("start", "this", "film")
FORETOLD = ("this", "film", "is")

WORDS, ROWS, CELLS = 30, 86, 142
"""How high the words, their rows of the table and the GRU are."""


def language_model() -> tuple[Figure, str]:
    """Draw a language model beside the classifier that goes on from it."""
    drawing = Drawing(WIDTH, 318)
    for text, y in (
        ("words", WORDS),
        ("row of\nthe table", ROWS),
        ("GRU", CELLS),
    ):
        drawing.note(8, y, text, align="left")
    first, then = (96, 162, 228), (312, 378, 444)
    for columns, title in (
        (first, "pre-training: no label"),
        (then, "fine-tuning: with labels"),
    ):
        drawing.note(columns[1], 302, title)
    states = _reader(drawing, first, READ)
    for x, state, word in zip(first, states, FORETOLD, strict=True):
        compared = drawing.box(x, 206, 58, 38, "× every\nrow", size=9)
        drawing.arrow(state.top, compared.bottom, meaning="hidden_state")
        guess = drawing.box(x, 262, 58, 26, f"{word}?", "output", size=10)
        drawing.arrow(compared.top, guess.bottom, meaning="output")
    states = _reader(drawing, then, FORETOLD)
    pool = drawing.box(then[1], 206, 194, 38, "mean, maximum, last", size=10)
    for state in states:
        head = (state.x, pool.bottom[1])
        drawing.arrow(state.top, head, meaning="hidden_state")
    answer = drawing.box(then[1], 262, 96, 26, "sigmoid: 0.9", "output")
    drawing.arrow(pool.top, answer.bottom, meaning="output")
    drawing.arrow((258, 105), (284, 105), meaning="weight", width=2.5)
    drawing.note(270, 118, "weights")
    return drawing, (
        "On the left a language model. It reads start, this, film; each word "
        "is a row of the table, the GRU goes on from step to step, and each "
        "state, multiplied with every row of the same table, foretells the "
        "word that comes next: this, film, is. On the right the classifier. "
        "A thick arrow takes the weights of table and GRU over to it; mean, "
        "maximum and last of its states go to one sigmoid."
    )


def _reader(
    drawing: Drawing, columns: Sequence[float], words: Sequence[str]
) -> list[Box]:
    """Draw words, their rows and the GRU over them; return its boxes."""
    cells = []
    for x, text in zip(columns, words, strict=True):
        word = drawing.box(x, WORDS, 58, 24, text, "input", size=10)
        row = drawing.box(
            x,
            ROWS,
            44,
            22,
            "row",
            "weight",
            size=10,
            radius=0,
        )
        cell = drawing.box(x, CELLS, 44, 28, "GRU", "panel")
        drawing.arrow(word.top, row.bottom, meaning="input")
        drawing.arrow(row.top, cell.bottom, meaning="input")
        cells.append(cell)
    for one, other in pairwise(cells):
        drawing.arrow(one.right, other.left, meaning="hidden_state")
    return cells
