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
        drawing.label(x - 16, middle, name, meaning, size=10, align="right")
        height += rows
        y -= SQUARE * rows + 3
    said = f"{height} · {UNITS} = {height * UNITS}"
    drawing.label(x, y - 12, said, face="bold")


CHOSEN, VECTOR = 3, ["0.4", "−0.7", "0.1"]
"""The row that is picked of ``ROWS``, and what it holds."""

ROWS, WIDE, NARROW = 5, (34, 22), (32, 22)
"""Rows of the table, and the size of a cell, in points."""


def one_hot_picks_a_row() -> tuple[Figure, str]:
    """Draw a one-hot row times a matrix, and the look-up that replaces it."""
    drawing = Drawing(WIDTH, 248)
    y, out = 150, 62
    product = _product_of_one_hot(drawing, 58, 122, 188, y, out, "$W_x$")
    looked_up = _look_up(drawing, 300, 412, y, out, "table of word vectors")
    for result, remark in (
        (product, "multiply by 0 and 1, and add"),
        (looked_up, "read one row, nothing to multiply"),
    ):
        drawing.note(result.x - 36, 22, remark)
    drawing.line((264, 14), (264, 234), meaning="faded", width=1)
    return drawing, (
        "Two ways to the same row, for a vocabulary of five words and three "
        "numbers for each. On the left a one-hot row, 0 0 0 1 0, times a "
        "matrix W_x whose rows are numbered from 0 to 4: the result is row "
        "3, at the 1. On the right the id 3 points at row 3 of a table of "
        "word vectors, which is read; nothing is multiplied."
    )


def look_up_and_identity() -> tuple[Figure, str]:
    """Draw the notes' model and its twin that looks the kernel's rows up."""
    drawing = Drawing(WIDTH, 292)
    y, out = 192, 104
    result = _product_of_one_hot(
        drawing, 58, 117, 174, y, out, "kernel", NARROW
    )
    looked_up = _look_up(drawing, 268, 360, y, out, "table", NARROW)
    one = [[float(row == column) for column in range(3)] for row in range(3)]
    identity = matrix(
        drawing,
        462,
        out,
        3,
        3,
        "weight",
        texts=[[f"{number:.0f}" for number in row] for row in one],
        strengths=[[0.08 + 0.3 * number for number in row] for row in one],
        cell=(20, 20),
    )
    passed = vector(
        drawing,
        452,
        30,
        VECTOR,
        "input",
        upright=False,
        strengths=[0.5] * 3,
        cell=NARROW,
    )
    drawing.label(identity.x, out + 54, "identity,\nfrozen", "weight", size=9)
    drawing.label(
        (looked_up.right[0] + identity.left[0]) / 2, out, "×", size=14
    )
    drawing.arrow(identity.bottom, (identity.x, 41), meaning="input")
    drawing.arrow(result.bottom, (result.x, 42), meaning="input")
    drawing.note(result.x, 30, "to the cell")
    drawing.note(passed.left[0] - 10, 30, "to the cell", align="right")
    drawing.line((245, 14), (245, 278), meaning="faded", width=1)
    return drawing, (
        "The same step of two models, for five ids and three units. On the "
        "left, the model of the notes: the one-hot row 0 0 0 1 0 times the "
        "kernel gives row 3 of the kernel. On the right, its twin: the id 3 "
        "points at row 3 of a table that holds the kernel; that row times the "
        "identity, which is frozen, is the same row again. Both hand the same "
        "three numbers to the recurrent cell."
    )


def _table(
    drawing: Drawing,
    x: float,
    y: float,
    out: float,
    name: str,
    cell: tuple[float, float],
) -> tuple[Box, Box]:
    """Draw a matrix with one strong row, and below it that row alone."""
    chosen = [n == CHOSEN for n in range(ROWS)]
    tall = matrix(
        drawing,
        x,
        y,
        ROWS,
        3,
        "input",
        texts=[VECTOR if hot else [""] * 3 for hot in chosen],
        strengths=[[0.5 if hot else 0.13] * 3 for hot in chosen],
        cell=cell,
    )
    drawing.label(x, y + 72, name, "input")
    result = vector(
        drawing,
        x,
        out,
        VECTOR,
        "input",
        upright=False,
        strengths=[0.5] * 3,
        cell=cell,
    )
    for place in range(ROWS):
        up = 1 - (2 * place + 1) / ROWS
        drawing.note(tall.right[0] + 10, tall.at(0, up)[1], str(place))
    return tall, result


def _product_of_one_hot(
    drawing: Drawing,
    x: float,
    times: float,
    across: float,
    y: float,
    out: float,
    name: str,
    cell: tuple[float, float] = WIDE,
) -> Box:
    """Draw a one-hot row, × at ``times``, a matrix at ``across``, the row."""
    vector(
        drawing,
        x,
        y,
        ["1" if n == CHOSEN else "0" for n in range(ROWS)],
        "input",
        upright=False,
        strengths=[1.0 if n == CHOSEN else 0.13 for n in range(ROWS)],
    )
    drawing.label(x, y + 26, "one-hot row")
    drawing.label(times, y, "×", size=14)
    drawing.label(times, out, "=", size=14)
    return _table(drawing, across, y, out, name, cell)[1]


def _look_up(
    drawing: Drawing,
    x: float,
    across: float,
    y: float,
    out: float,
    name: str,
    cell: tuple[float, float] = WIDE,
) -> Box:
    """Draw an id that points at its row of a table, and that row alone."""
    word = drawing.box(x, y, 34, 26, str(CHOSEN), "input")
    drawing.label(x, y + 26, "id")
    tall, result = _table(drawing, across, y, out, name, cell)
    picked = tall.at(-1, 1 - (2 * CHOSEN + 1) / ROWS)
    turn = word.right[0] + 20
    drawing.arrow(
        word.right, (turn, y), (turn, picked[1]), picked, meaning="input"
    )
    drawing.arrow(tall.bottom, result.top, meaning="input")
    return result


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
