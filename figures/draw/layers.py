"""More than one layer: stacked, and reading from both ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from figures.draw.unrolled import Sizes, unroll
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import numbered


def stacked_layers() -> tuple[Figure, str]:
    """Draw two recurrent layers and an output layer, unrolled."""
    drawing = Drawing(WIDTH, 252)
    sizes, low, high = Sizes(box=(44, 26), cell=(48, 34)), 82, 160
    columns = [196, 298, 400]
    looks = {"sizes": sizes, "cell_text": "cell"}
    x, nothing = numbered("x", 3), [None] * 3
    first = unroll(drawing, columns, low, x, nothing, **looks).cells
    second = unroll(drawing, columns, high, nothing, nothing, **looks).cells
    for step, (below, above) in enumerate(zip(first, second, strict=True), 1):
        drawing.arrow(below.top, above.bottom, meaning="hidden_state")
        name, height = rf"$h^{{(1)}}_{step}$", (low + high) / 2
        drawing.label(below.x + 8, height, name, "hidden_state", align="left")
    last = second[-1]
    dense = drawing.box(last.x, 224, 52, 34, "Dense")
    answer = drawing.box(last.x + 68, dense.y, 34, 26, "$y$", "output")
    drawing.arrow(last.top, dense.bottom, meaning="hidden_state")
    name, height = r"$h^{(2)}_3$", (high + dense.y) / 2
    drawing.label(last.x + 8, height, name, "hidden_state", align="left")
    drawing.arrow(dense.right, answer.left, meaning="output")
    for y, name, remark in (
        (dense.y, "head", "reads the last state"),
        (high, "layer 2", "returns the last one"),
        (low, "layer 1", "returns every state"),
    ):
        drawing.label(16, y + 8, name, face="bold", align="left")
        drawing.note(16, y - 9, remark, align="left")
    switch = "return_sequences=True"
    drawing.label(16, low - 25, switch, face="code", size=9, align="left")
    drawing.note(16, low - sizes.rise, "input", align="left")
    return drawing, (
        "Two recurrent layers drawn over 3 time steps. The first "
        "layer reads the inputs and hands its hidden state of every step, "
        "h(1), to the cell of the second layer above it "
        "(return_sequences=True). Of the second layer only the last state, "
        "h(2) of step 3, goes on: into the head above it, a Dense layer that "
        "gives the output y."
    )


READERS = {"forwards": "hidden_state", "backwards": "text"}
"""Direction of reading -> meaning of its colour."""

TEDDY = ("we", "saw", "teddy", "bears")
"""The words that both readers read."""


def bidirectional() -> tuple[Figure, str]:
    """Draw two layers that read the same words from opposite ends."""
    words, (ahead_color, back_color) = TEDDY, READERS.values()
    drawing = Drawing(WIDTH, 272)
    bottom, low, high, top = 34, 100, 166, 238
    columns = [144 + 92 * step for step in range(len(words))]
    ahead = [drawing.box(x - 22, low, 36, 30, "$→$") for x in columns]
    back = [drawing.box(x + 22, high, 36, 30, "$←$") for x in columns]
    start = drawing.box(84, low, 22, 26, "0", ahead_color, radius=0)
    end = drawing.box(482, high, 22, 26, "0", back_color, radius=0)
    for before, after in pairwise([start, *ahead]):
        drawing.arrow(
            before.right, after.left, meaning=ahead_color, bridge=True
        )
    for before, after in pairwise([end, *reversed(back)]):
        drawing.arrow(
            before.left, after.right, meaning=back_color, bridge=True
        )
    steps = zip(columns, words, ahead, back, strict=True)
    for step, (x, word, left, right) in enumerate(steps, 1):
        given = drawing.box(x, bottom, 80, 26, word, "input")
        up = given.top[1]
        drawing.arrow((left.x, up), left.bottom, meaning="input", layer=1)
        drawing.arrow((right.x, up), right.bottom, meaning="input", layer=1)
        _both(drawing, top, step, left, right)
    for y, key in (
        (bottom, "input"),
        (low, "forwards"),
        (high, "backwards"),
        (top, "output"),
    ):
        drawing.note(16, y, key, align="left")
    return drawing, (
        f"The words “{' '.join(words)}” are read by two recurrent layers: "
        "one from left to right, one from right to left, each from a state "
        "of zeros. At every word the output is the forward state and the "
        "backward state side by side, so it depends on the words before and "
        "on the words after."
    )


def _both(
    drawing: Drawing, y: float, step: int, left: Box, right: Box
) -> None:
    """Draw the two states of one step side by side, and what gives them."""
    for cell, arrow, meaning in (
        (left, "right", READERS["forwards"]),
        (right, "left", READERS["backwards"]),
    ):
        text = rf"$\over{arrow}arrow{{h}}_{step}$"
        state = drawing.box(cell.x, y, 44, 28, text, meaning, radius=0)
        drawing.arrow(cell.top, state.bottom, meaning=meaning, layer=1)


def bidirectional_states() -> tuple[Figure, str]:
    """Draw which words each state of a bidirectional layer has read."""
    words, number = TEDDY, len(TEDDY)
    drawing = Drawing(WIDTH, 38 * number + 142)
    first = drawing.height - 102
    ends = {}
    for half, x in (("forwards", 208), ("backwards", 388)):
        drawing.label(x, drawing.height - 18, half, face="bold")
        for step in range(number):
            y = first - 38 * step
            ahead = half == "forwards"
            read = range(step + 1) if ahead else range(step, number)
            ends[half, step] = _words_read(drawing, x, y, half, read)
    for step, word in enumerate(words):
        y = first - 38 * step
        drawing.label(60, y, str(step), "muted", align="right")
        drawing.label(74, y, word, align="left")
    last = number - 1
    for key, code, remark, up in (
        (("forwards", last), "out[:, -1, :u]", "has read all words", -1),
        (("backwards", 0), "out[:, 0, u:]", "has read all words", 1),
        (("backwards", last), "out[:, -1, u:]", "has read one word", -1),
    ):
        x, y = ends[key].at(0, up)
        drawing.arrow((x, y + 22 * up), (x, y), meaning="text")
        drawing.label(x, y + 31 * up, code, face="code", size=10)
        drawing.note(x, y + 48 * up, remark)
    return drawing, (
        f"A table of the states of a bidirectional layer for the words "
        f"“{' '.join(words)}”, a row for each step from 0; squares show which "
        "words a state has read. The forward state of the last step, "
        "out[:, -1, :u], has read all words. Of the backward states the one "
        "of the first step, out[:, 0, u:], has read all; the one of the last "
        "step, out[:, -1, u:], has read one word only."
    )


def _words_read(
    drawing: Drawing, x: float, y: float, half: str, read: Sequence[int]
) -> Box:
    """Draw a square for each word, filled if a state has read it."""
    number = len(TEDDY)
    side = 112 / number
    whole = len(read) == number
    for place in range(number):
        drawing.box(
            x + side * (place - (number - 1) / 2),
            y,
            side,
            24,
            str(place) if place in read else "",
            READERS[half] if place in read else "faded",
            radius=0,
            strength=1 if whole else 0.3,
            size=10,
            layer=3.1 if place in read else 3,
        )
    return Box(x, y, 112, 24)


def backward_leak() -> tuple[Figure, str]:
    """Draw how the next toss gets into each answer of a backward reader."""
    number, back = 4, READERS["backwards"]
    drawing = Drawing(WIDTH, 222)
    low, middle, high = 34, 104, 180
    columns = [156 + 92 * step for step in range(number)]
    cells = [drawing.box(x, middle, 36, 30, "$←$") for x in columns]
    for step, (x, cell) in enumerate(zip(columns, cells, strict=True), 1):
        toss = drawing.box(x, low, 60, 26, f"toss {step}", "input")
        answer = drawing.box(x, high, 60, 26, f"toss {step + 1}?", "output")
        look = {"meaning": "input", "width": 2.5 if step > 1 else 1}
        drawing.arrow(toss.top, cell.bottom, **look)
        look = {"meaning": back, "width": 2.5} if step < number else {}
        drawing.arrow(cell.top, answer.bottom, **look)
    for before, after in pairwise(reversed(cells)):
        drawing.arrow(before.left, after.right, meaning=back, width=2.5)
    for y, key in ((low, "input"), (middle, "backwards"), (high, "asked for")):
        drawing.note(16, y, key, align="left")
    return drawing, (
        "The backward reader of four tosses, with the toss asked for above "
        "each step. Thick arrows lead from toss 2 into the answer at step 1, "
        "from toss 3 into that at step 2 and from toss 4 into that at step "
        "3: each goes in at the next step and is carried one step back. Into "
        "the answer at step 4 no thick arrow leads: toss 5 is not among the "
        "inputs."
    )
