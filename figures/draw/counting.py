"""Where parameters are: arrays as rectangles whose areas are counts."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from figures.draw.arrays import matrix, vector
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

SQUARE = 7
"""Points: the side of one weight in ``side_by_side_or_recurrent``."""

FEATURES, UNITS = 10, 3
"""Numbers in a step, and units, of the two networks side by side."""

WORDS = 10_000
"""The vocabulary of the lesson: the rows of the tall arrays."""

TALL = 70
"""Points for ``WORDS`` rows; one point for one column."""

THINNEST = 1.6
"""Points: what is flatter in proportion is drawn that high."""

PRODUCTS = (
    ("SimpleRNN(32)", 32, 32),
    ("SimpleRNN(32)", 32, 8),
    ("LSTM(32)", 128, 32),
)
"""Layer, columns of its W_x, numbers in a word vector."""


def side_by_side_or_recurrent() -> tuple[Figure, str]:
    """Draw how one array grows with the steps, and the other does not."""
    drawing = Drawing(WIDTH, 322)
    top = 272
    for x, steps in ((84, 2), (186, 3)):
        rows = [(f"step {n + 1}", FEATURES, "input") for n in range(steps)]
        _standing(drawing, x, top, steps, [*rows, ("$b$", 1, "weight")])
    recurrent = [
        ("$W_x$", FEATURES, "input"),
        ("$W_h$", UNITS, "hidden_state"),
        ("$b$", 1, "weight"),
    ]
    for x, steps in ((346, 2), (448, 3)):
        _standing(drawing, x, top, steps, recurrent)
    for x, title in ((135, "Flatten, Dense(3)"), (397, "SimpleRNN(3)")):
        drawing.label(x, 306, title, face="bold")
    for x, said in ((84, "3,001 · 3 = 9,003"), (397, "14 · 3 = 42")):
        drawing.note(x, 70, "T = 300")
        drawing.label(x, 52, said, face="bold", size=10)
    drawing.line((252, 20), (252, 306), meaning="faded", width=1)
    drawing.note(397, 120, "every step uses the same rows")
    return drawing, (
        "The arrays of two networks of three units as upright rectangles, a "
        "square for each weight. Flatten and Dense(3): for two steps 10 rows "
        "for step 1, 10 for step 2 and one for the bias, 21 times 3 = 63; for "
        "three steps 10 rows more, 31 times 3 = 93. SimpleRNN(3): for two "
        "steps and for three the same 10 rows of W_x, 3 of W_h and one of b, "
        "14 times 3 = 42. For 300 steps it is 9,003 against 42."
    )


def _standing(
    drawing: Drawing,
    x: float,
    top: float,
    steps: int,
    parts: Sequence[tuple[str, int, str]],
) -> None:
    """Draw named arrays above each other, and the count below them.

    Args:
        drawing: The card.
        x: Centre.
        top: Where the highest array begins.
        steps: Written above.
        parts: Name, rows and meaning of each array.
    """
    drawing.note(x, top + 12, f"T = {steps}")
    height, y = 0, top
    for name, rows, meaning in parts:
        middle = y - SQUARE * rows / 2
        matrix(
            drawing,
            x,
            middle,
            rows,
            UNITS,
            meaning,
            cell=(SQUARE, SQUARE),
            strengths=[[0.5] * UNITS] * rows,
        )
        drawing.label(x - 16, middle, name, meaning, size=9, align="right")
        height += rows
        y -= SQUARE * rows + 3
    said = f"{height} · {UNITS} = {height * UNITS}"
    drawing.label(x, y - 12, said, face="bold")


def one_hot_picks_a_row() -> tuple[Figure, str]:
    """Draw a one-hot row times a matrix, and the look-up that replaces it."""
    drawing = Drawing(WIDTH, 248)
    words, row, pitch = 5, 3, 22
    numbers = ["0.4", "−0.7", "0.1"]
    chosen = [n == row for n in range(words)]
    cell = (34, pitch)
    look = {
        "texts": [numbers if hot else [""] * 3 for hot in chosen],
        "strengths": [[0.5 if hot else 0.13] * 3 for hot in chosen],
        "cell": cell,
    }
    y, out = 150, 62
    one_hot = vector(
        drawing,
        58,
        y,
        ["1" if hot else "0" for hot in chosen],
        "input",
        upright=False,
        strengths=[1.0 if hot else 0.13 for hot in chosen],
    )
    word = drawing.box(300, y, 34, 26, str(row), "input")
    for given, name in ((one_hot, "one-hot row"), (word, "id")):
        drawing.label(given.x, y + 26, name)
    drawing.label(122, y, "×", size=14)
    drawing.label(122, out, "=", size=14)
    for x, name, remark in (
        (188, "$W_x$", "multiply by 0 and 1, and add"),
        (412, "table of word vectors", "read one row, nothing to multiply"),
    ):
        tall = matrix(drawing, x, y, words, 3, "input", **look)
        drawing.label(x, y + 72, name, "input")
        result = vector(
            drawing,
            x,
            out,
            numbers,
            "input",
            upright=False,
            strengths=[0.5] * 3,
            cell=cell,
        )
        drawing.note(x - 36, 22, remark)
        for place in range(words):
            up = 1 - (2 * place + 1) / words
            drawing.note(tall.right[0] + 10, tall.at(0, up)[1], str(place))
    picked = tall.at(-1, 1 - (2 * row + 1) / words)
    turn = word.right[0] + 20
    drawing.arrow(
        word.right, (turn, y), (turn, picked[1]), picked, meaning="input"
    )
    drawing.arrow(tall.bottom, result.top, meaning="input")
    drawing.line((264, 14), (264, 234), meaning="faded", width=1)
    return drawing, (
        "Two ways to the same row, for a vocabulary of five words and three "
        "numbers for each. On the left a one-hot row, 0 0 0 1 0, times a "
        "matrix W_x whose rows are numbered from 0 to 4: the result is row "
        "3, at the 1. On the right the id 3 points at row 3 of a table of "
        "word vectors, which is read; nothing is multiplied."
    )


def embedding_product() -> tuple[Figure, str]:
    """Draw the W_x of one-hot words as the product that an embedding is."""
    pitch = 124
    drawing = Drawing(WIDTH, pitch * len(PRODUCTS) + 80)
    top = drawing.height - 50
    for x, heading in (
        (190, "one-hot: $W_x$"),
        (300, "table"),
        (410, "small $W_x$"),
    ):
        drawing.label(x, drawing.height - 20, heading, face="bold")
    sentences = []
    for place, (layer, columns, size) in enumerate(PRODUCTS):
        sentences.append(
            _product(drawing, top - pitch * place, layer, columns, size)
        )
    drawing.note(
        WIDTH / 2,
        24,
        "more and fewer: parameters, compared with one-hot\n"
        "all to one scale; only the lines on the right are too thick",
    )
    return drawing, (
        "Arrays of 10,000 rows as upright rectangles, all to one scale: the "
        "W_x of one-hot words equals a table of word vectors times a small "
        "W_x, which is hardly more than a line. " + " ".join(sentences)
    )


def _product(
    drawing: Drawing, top: float, layer: str, columns: int, size: int
) -> str:
    """Draw one W_x and the two arrays whose product it is; say it in words."""
    y = top - TALL / 2
    arrays = ((190, WORDS, columns), (300, WORDS, size), (410, size, columns))
    for x, rows, across in arrays:
        _array(drawing, x, y, rows, across)
        drawing.label(
            x,
            top - TALL - 19,
            f"{rows:,} × {across}\n= {rows * across:,}",
            "input",
            size=9,
        )
    drawing.label(266, y, "=", size=14)
    drawing.label(333, y, "×", size=14)
    product, whole = size * (WORDS + columns), WORDS * columns
    saved = whole - product
    verdict = f"{abs(saved):,} {'fewer' if saved > 0 else 'more'}"
    drawing.label(12, y + 27, layer, face="bold", align="left")
    for down, said in enumerate(
        (f"vectors of {size}", f"rank at most {size}", verdict)
    ):
        drawing.label(12, y + 7 - 18 * down, said, size=10, align="left")
    return (
        f"{layer}, word vectors of {size}: {WORDS:,} by {columns} = "
        f"{whole:,} against {WORDS:,} by {size} and {size} by {columns}, "
        f"together {product:,}, {verdict}; the rank is {size} at most."
    )


def _array(
    drawing: Drawing, x: float, y: float, rows: int, columns: int
) -> Box:
    """Draw an array to the scale of ``embedding_product``."""
    height = max(TALL * rows / WORDS, THINNEST)
    strength = 0.5 if height > THINNEST else 1.0
    box = drawing.box(
        x, y, columns, height, meaning="input", radius=0, strength=strength
    )
    for across in range(32, columns, 32):
        left, bottom = box.at(-1, -1)
        ends = (left + across, bottom), (left + across, bottom + height)
        drawing.line(*ends, meaning="background", width=1, layer=4)
    return box
