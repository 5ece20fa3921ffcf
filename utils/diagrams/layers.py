"""More than one layer: stacked, and reading from both ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from utils.arguments import check_integer
from utils.diagrams.geometry import Box
from utils.diagrams.lettering import numbered
from utils.diagrams.unrolled import Sizes, unroll
from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.diagrams.words import say


def stacked_layers(steps: int = 3) -> tuple[Figure, str]:
    """Draw two recurrent layers and an output layer, unrolled.

    Args:
        steps: Time steps, 2 or 3.
    """
    check_integer("steps", steps, minimum=2, maximum=3)
    drawing = Drawing(WIDTH, 192)
    sizes, low, high = Sizes(box=(44, 26), cell=(48, 34)), 82, 160
    columns = [172 + 78 * step for step in range(steps)]
    looks = {"sizes": sizes, "cell_text": say("cell")}
    nothing = [None] * steps
    first = unroll(
        drawing, columns, low, numbered("x", steps), nothing, **looks
    ).cells
    second = unroll(drawing, columns, high, nothing, nothing, **looks).cells
    for below, above in zip(first, second, strict=True):
        drawing.arrow(below.top, above.bottom, meaning="hidden_state")
    dense = drawing.box(columns[-1] + 84, high, 52, 34, "Dense")
    answer = drawing.box(columns[-1] + 145, high, 34, 26, "$y$", "output")
    drawing.arrow(second[-1].right, dense.left, meaning="hidden_state")
    drawing.arrow(dense.right, answer.left, meaning="output")
    for y, name, remark in (
        (high, "layer_2", "returns_last"),
        (low, "layer_1", "returns_all"),
    ):
        drawing.label(16, y + 8, say(name), face="bold", align="left")
        drawing.note(16, y - 9, say(remark), align="left")
    drawing.note(16, low - sizes.rise, say("input"), align="left")
    return drawing, (
        f"Two recurrent layers drawn over {steps} time steps. The first "
        "layer reads the inputs and hands its hidden state of every step to "
        "the cell of the second layer above it (return_sequences=True). Of "
        "the second layer only the last state goes on, into a Dense layer "
        "that gives the output y."
    )


def bidirectional(words: Sequence[str] = ()) -> tuple[Figure, str]:
    """Draw two layers that read the same words from opposite ends.

    Args:
        words: The sentence, 2 to 4 words.
    """
    words = list(words) or say("both_ways_sentence").split()
    check_integer("number of words", len(words), minimum=2, maximum=4)
    drawing = Drawing(WIDTH, 272)
    bottom, low, high, top = 34, 100, 166, 238
    pitch = 404 / len(words)
    columns = [100 + pitch * (step + 0.5) for step in range(len(words))]
    ahead = [drawing.box(x - 22, low, 36, 30, "$→$") for x in columns]
    back = [drawing.box(x + 22, high, 36, 30, "$←$") for x in columns]
    for before, after in pairwise(ahead):
        drawing.arrow(
            before.right, after.left, meaning="hidden_state", bridge=True
        )
    for before, after in pairwise(reversed(back)):
        drawing.arrow(
            before.left, after.right, meaning="hidden_state", bridge=True
        )
    for x, word, left, right in zip(columns, words, ahead, back, strict=True):
        given = drawing.box(x, bottom, 88, 26, word, "input")
        up = given.top[1]
        drawing.arrow((left.x, up), left.bottom, meaning="input", layer=1)
        drawing.arrow((right.x, up), right.bottom, meaning="input", layer=1)
        _both(drawing, top, left, right)
    for y, key in (
        (bottom, "input"),
        (low, "forwards"),
        (high, "backwards"),
        (top, "output"),
    ):
        drawing.note(16, y, say(key), align="left")
    return drawing, (
        f"The words “{' '.join(words)}” are read by two recurrent layers: "
        "one from left to right, one from right to left. At every word the "
        "output is the forward state and the backward state side by side, "
        "so it knows the words before and the words after."
    )


def _both(drawing: Drawing, y: float, left: Box, right: Box) -> None:
    """Draw the two states of one step side by side, and what gives them."""
    for cell, text in (
        (left, r"$\overrightarrow{h}$"),
        (right, r"$\overleftarrow{h}$"),
    ):
        state = drawing.box(cell.x, y, 44, 28, text, "hidden_state", radius=0)
        drawing.arrow(cell.top, state.bottom, meaning="hidden_state", layer=1)


def bidirectional_states(words: Sequence[str] = ()) -> tuple[Figure, str]:
    """Draw which words each state of a bidirectional layer has read.

    Args:
        words: The sentence, 3 to 5 words.
    """
    words = list(words) or say("states_sentence").split()
    check_integer("number of words", len(words), minimum=3, maximum=5)
    number = len(words)
    drawing = Drawing(WIDTH, 38 * number + 142)
    first = drawing.height - 102
    ends = {}
    for half, x in (("forwards", 208), ("backwards", 388)):
        drawing.label(x, drawing.height - 18, say(half), face="bold")
        for step in range(number):
            y = first - 38 * step
            ahead = half == "forwards"
            read = range(step + 1) if ahead else range(step, number)
            ends[half, step] = _words_read(drawing, x, y, number, read)
    for step, word in enumerate(words):
        y = first - 38 * step
        drawing.label(60, y, str(step + 1), "muted", align="right")
        drawing.label(74, y, word, align="left")
    last = number - 1
    for key, code, remark, up in (
        (("forwards", last), "out[:, -1, :u]", "read_all", -1),
        (("backwards", 0), "out[:, 0, u:]", "read_all", 1),
        (("backwards", last), "out[:, -1, u:]", "read_one", -1),
    ):
        x, y = ends[key].at(0, up)
        drawing.arrow((x, y + 22 * up), (x, y), meaning="text")
        drawing.label(x, y + 31 * up, code, face="code", size=10)
        drawing.note(x, y + 48 * up, say(remark))
    return drawing, (
        f"A table of the states of a bidirectional layer for the words "
        f"“{' '.join(words)}”, a row for each step; squares show which words "
        "a state has read. The forward state of the last step, "
        "out[:, -1, :u], has read all words. Of the backward states the one "
        "of the first step, out[:, 0, u:], has read all; the one of the last "
        "step, out[:, -1, u:], has read one word only."
    )


def _words_read(
    drawing: Drawing, x: float, y: float, number: int, read: Sequence[int]
) -> Box:
    """Draw a square for each word, filled if a state has read it."""
    side = 112 / number
    whole = len(read) == number
    for place in range(number):
        drawing.box(
            x + side * (place - (number - 1) / 2),
            y,
            side,
            24,
            str(place + 1) if place in read else "",
            "hidden_state" if place in read else "faded",
            radius=0,
            strength=1 if whole else 0.3,
            size=10,
            layer=3.1 if place in read else 3,
        )
    return Box(x, y, 112, 24)
