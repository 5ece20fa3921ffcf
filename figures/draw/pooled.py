"""A reader of long reviews: evidence, pieces, pooling; and its training."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from figures.draw.layers import READERS
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import minus

WORDS = ("a", "truly", "charming", "film")
PIECE = 2
"""Words that are read at a stretch; in the lesson 50."""

PARTS = 5
"""Into which the training reviews are dealt."""

STATES = ((1, -2), (3, -4), (9, 9))
"""Of two units, after two words and after one step of padding."""


def best_network() -> tuple[Figure, str]:
    """Draw evidence, readers in pieces, pooling, and the sum past them."""
    drawing = Drawing(WIDTH, 334)
    heights = {
        "words": 26,
        "vector, evidence": 84,
        "forwards": 138,
        "backwards": 182,
    }
    for text, y in heights.items():
        drawing.note(10, y, text, align="left")
    columns = (140, 210, 292, 362)
    beside = [
        _word(drawing, x, word, heights)
        for x, word in zip(columns, WORDS, strict=True)
    ]
    middle = (columns[0] + columns[-1]) / 2
    pool = drawing.box(middle, 230, 290, 28, "mean and maximum over all words")
    readers = {
        name: [
            drawing.box(x + shift, heights[name], 28, 26, sign)
            for x in columns
        ]
        for name, sign, shift in (
            ("forwards", "$→$", -16),
            ("backwards", "$←$", 16),
        )
    }
    top = heights["vector, evidence"] + 15
    for name, cells in readers.items():
        _pieces(drawing, cells, READERS[name], back=name == "backwards")
        for x, cell in zip(columns, cells, strict=True):
            # Both readers get all of the frame: one stem, two arrows.
            way = ((x, top), (x, top + 9), (cell.x, top + 9), cell.bottom)
            drawing.arrow(*way, meaning="input", layer=1)
            head = (cell.x, pool.bottom[1])
            drawing.arrow(cell.top, head, meaning=READERS[name], layer=1)
    total = drawing.box(456, 146, 72, 40, "sum of all\nevidence", size=10)
    _past_the_readers(drawing, beside, total)
    unit = drawing.box(middle, 273, 96, 28, "one sigmoid")
    drawing.arrow(pool.top, unit.bottom, meaning="hidden_state")
    drawing.arrow(
        total.top, (total.x, unit.y), unit.right, meaning="weight", width=2.5
    )
    answer = drawing.box(middle, 314, 48, 26, "0.9", "output")
    drawing.arrow(unit.top, answer.bottom, meaning="output")
    return drawing, (
        f"The network for the words “{' '.join(WORDS)}”, from bottom to top. "
        "Each word brings its vector and, beside it, its evidence. A forward "
        "and a backward reader get both; they read in pieces, here of "
        f"{PIECE} words, and no arrow leads from one piece into the next. The "
        "mean and the maximum of all states go to one sigmoid unit. A thick "
        "line leads from the evidence of all words to their sum and from "
        "there past the readers straight into the same unit."
    )


def _word(
    drawing: Drawing, x: float, text: str, heights: dict[str, float]
) -> Box:
    """Draw a word with its vector; return the box of its evidence."""
    word = drawing.box(x, heights["words"], 62, 24, text, "input", size=10)
    y = heights["vector, evidence"]
    drawing.frame(x - 34, y - 15, x + 35, y + 15)
    drawing.box(x - 12, y, 40, 22, "vector", "input", size=10, radius=0)
    # To the corner that both boxes share: a word brings vector and evidence.
    foot, head = (x + 8, word.top[1]), (x + 8, y - 11)
    drawing.arrow(foot, head, meaning="input", bridge=True)
    return drawing.box(x + 20, y, 22, 22, "3", "weight", size=10, radius=0)


def _pieces(
    drawing: Drawing, cells: list[Box], colour: str, *, back: bool
) -> None:
    """Join cells, but not those of two pieces."""
    for place, (one, other) in enumerate(pairwise(cells), start=1):
        if place % PIECE == 0:
            continue
        ends = (other.left, one.right) if back else (one.right, other.left)
        drawing.arrow(*ends, meaning=colour, bridge=True)


def _past_the_readers(drawing: Drawing, boxes: list[Box], total: Box) -> None:
    """Draw the line that gathers the evidence of all words."""
    low = 54
    for box in boxes:
        drawing.line(box.bottom, (box.x, low), meaning="weight", width=2.5)
    drawing.arrow(
        (boxes[0].x, low),
        (total.x, low),
        total.bottom,
        meaning="weight",
        width=2.5,
    )


def cross_fitting() -> tuple[Figure, str]:
    """Draw whose labels make the evidence of each part of the reviews."""
    drawing = Drawing(WIDTH, 266)
    columns = [112 + 54 * part for part in range(PARTS)]
    drawing.note(columns[2], 250, "labels and words of these are counted")
    drawing.note(444, 250, "for the evidence of")
    for row in range(PARTS + 1):
        y = 222 - 40 * row
        for part, x in enumerate(columns):
            left_out = part == row
            drawing.box(
                x,
                y,
                46,
                26,
                "" if left_out else f"part {part + 1}",
                "faded" if left_out else "input",
                dashed=left_out,
                size=9,
            )
        name = f"part {row + 1}" if row < PARTS else "new reviews"
        end = drawing.box(444, y, 92, 26, name, "weight", size=10)
        drawing.arrow((columns[-1] + 29, y), end.left, meaning="weight")
    return drawing, (
        f"Six rows. In each of the first five, {PARTS - 1} of the {PARTS} "
        "parts of the training reviews are counted, and the one that is left "
        "out, another one in each row, gets its evidence from them. In the "
        f"last row all {PARTS} parts are counted for the evidence of new "
        "reviews."
    )


def pooling_with_mask() -> tuple[Figure, str]:
    """Draw mean and maximum of two units, without and with the padding."""
    drawing = Drawing(WIDTH, 170)
    columns = [150, 214, 278]
    rows = {"unit 1": 104, "unit 2": 68}
    for x, name in zip(columns, ("word 1", "word 2", "padding"), strict=True):
        drawing.note(x, 142, name)
    for x, name in ((364, "mean"), (424, "maximum")):
        drawing.note(x, 142, name)
    for unit, (name, y) in enumerate(rows.items()):
        drawing.note(96, y, name, align="right")
        values = [state[unit] for state in STATES]
        real = values[:-1]
        for x, value in zip(columns, values, strict=True):
            hidden = x == columns[-1]
            drawing.box(
                x,
                y,
                54,
                28,
                minus(f"{value}"),
                "faded" if hidden else "hidden_state",
                dashed=hidden,
                radius=0,
            )
        for x, value in ((364, sum(real) / len(real)), (424, max(real))):
            text = minus(f"{value:g}")
            drawing.box(x, y, 46, 28, text, "hidden_state", strength=0.3)
    drawing.note(96, 28, "mask", align="right")
    for x, real in zip(columns, (True, True, False), strict=True):
        kind = "weight" if real else "faded"
        drawing.box(
            x, 28, 54, 26, str(real), kind, radius=0, size=10, face="code"
        )
    return drawing, (
        "The states of two units after two words and after one step of "
        "padding: 1, 3 and 9, and −2, −4 and 9. The mask is True, True, "
        "False. The means are 2 and −3 and the maxima 3 and −2: the 9 of the "
        "padding takes no part."
    )
