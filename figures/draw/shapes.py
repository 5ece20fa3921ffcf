"""The shapes of a layer's input and output."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from figures.draw.arrays import block, matrix, sheet, vector
from figures.draw.marks import round_edge
from figures.draw.unrolled import Sizes, unroll
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import numbered


def input_output_shapes() -> tuple[Figure, str]:
    """Draw the three axes that go into a layer and the two that come out."""
    drawing = Drawing(WIDTH, 192)
    y, cell = 96, (28, 22)
    given = block(drawing, 120, y, 3, 4, 3, "input", cell=cell)
    code = "SimpleRNN(5)"
    layer = drawing.box(296, y, 100, 44, code, face="code", size=10)
    state = matrix(drawing, 426, y, 3, 5, "hidden_state", cell=(22, 22))
    drawing.arrow((given.right[0] + 18, y), layer.left, meaning="input")
    drawing.arrow(layer.right, state.left, meaning="hidden_state")
    for place, word in enumerate(("old", "songs", "stay", "young")):
        row = given.at(-1, 1)[1] - cell[1] * (place + 0.5)
        drawing.label(given.left[0] - 8, row, word, align="right")
    for box, shape in ((given, "(batch, 4, 3)"), (state, "(batch, 5)")):
        drawing.label(box.x, 20, shape, size=12)
    for x, text_y, text, align in (
        (given.x, given.bottom[1] - 12, "features", "center"),
        (given.right[0] + 26, given.top[1] + 12, "samples", "left"),
        (state.x, state.top[1] + 14, "units", "center"),
        (state.x, state.bottom[1] - 14, "a row for each sample", "center"),
    ):
        drawing.note(x, text_y, text, align=align)
    drawing.note(given.left[0] - 58, y, "time steps", rotation=90)
    return drawing, (
        "On the left a batch of sequences, an array with three axes: "
        "samples, time steps (4: old songs stay young) and features "
        "(3 numbers for each word). It goes through a recurrent "
        "layer of 5 units. On the right the output, an array with two "
        "axes: samples and units (5 numbers for each sample)."
    )


def return_sequences() -> tuple[Figure, str]:
    """Draw which states leave a layer, off and on."""
    drawing = Drawing(WIDTH, 250)
    sizes = Sizes(box=(40, 26), cell=(44, 32), gap=20)
    for left, on in ((12, False), (258, True)):
        middle = left + 117
        drawing.frame(left, 12, left + 234, 238)
        more = ", return_sequences=True" if on else ""
        code = f"SimpleRNN(5{more})"
        drawing.label(middle, 219, code, face="code", size=10)
        _states_out(drawing, [middle - 74, middle, middle + 74], sizes, on)
        shape = "(batch, 3, 5)" if on else "(batch, 5)"
        drawing.label(middle, 30, shape, size=12)
    return drawing, (
        "Twice the same 3 steps of one cell. Without "
        "return_sequences only the hidden state of the last step leaves the "
        "layer: one vector of 5 numbers for each sample. With "
        "return_sequences=True the state of every step leaves it: "
        "3 vectors of 5 numbers for each sample."
    )


def _states_out(
    drawing: Drawing, columns: Sequence[float], sizes: Sizes, on: bool
) -> None:
    """Draw a layer that hands on all its states, or the last one."""
    steps = len(columns)
    h = numbered("h", steps)
    outputs = h if on else [None] * (steps - 1) + h[-1:]
    unroll(
        drawing,
        columns,
        120,
        numbered("x", steps),
        outputs,
        sizes=sizes,
        cell_text="cell",
        answers="hidden_state",
    )
    for x, state, output in zip(columns, h, outputs, strict=True):
        if output is None:
            y = 120 + sizes.rise
            drawing.box(x, y, *sizes.box, state, "faded", dashed=True)


def output_layers() -> tuple[Figure, str]:
    """Draw a layer that ends in probabilities of classes, or in one."""
    drawing = Drawing(WIDTH, 328)
    for left, title, activation, probabilities in (
        (12, "three classes", "softmax", ("0.1", "0.7", "0.2")),
        (258, "two classes", "sigmoid", ("0.8",)),
    ):
        x = left + 117
        drawing.frame(left, 12, left + 234, 316)
        drawing.label(left + 14, 298, title, face="bold", align="left")
        _head(drawing, x, _reader(drawing, x), probabilities)
        code = f'Dense({len(probabilities)}, "{activation}")'
        drawing.label(x, 278, code, face="code", size=10)
    return drawing, (
        "Two networks side by side. In each, a sample of 20 time steps "
        "and 100 features goes through a recurrent layer of 10 "
        "units, which gives one vector of 10 numbers. On the left it "
        "leads to three output neurons with softmax, one probability for "
        "each of three classes, which add up to one. On the right it leads "
        "to one output neuron with sigmoid, the probability of one of two "
        "classes."
    )


def head_at_every_step() -> tuple[Figure, str]:
    """Draw a head after the last step, and the same one at every step."""
    drawing = Drawing(WIDTH, 304)
    for left, right, middle, pitch in (
        (12, 196, 112, 48),
        (206, 492, 304, 64),
    ):
        on = left > 12
        drawing.frame(left, 12, right, 292)
        columns = [middle - pitch, middle, middle + pitch]
        _same_head(drawing, columns, on)
        code = f"return_sequences={on}"
        drawing.label((left + right) / 2, 272, code, face="code", size=10)
        x, shape = (middle, "(None, 3, 1)") if on else (160, "(None, 1)")
        drawing.label(x, 248, shape, size=12)
    drawing.note(404, 166, "the same\n65 parameters", align="left")
    drawing.note(404, 118, "64 numbers", align="left")
    for y, text in ((166, "64 weights, 1 bias"), (118, "64 numbers")):
        drawing.note(74, y, text)
    return drawing, (
        "Twice a recurrent layer that reads 3 steps. On the left it hands on "
        "one state of 64 numbers, and one Dense(1) with 64 weights and a "
        "bias makes one answer of it: (None, 1). On the right it hands on "
        "64 numbers at each step; above each of the three stands the same "
        "Dense(1), with the same 65 parameters, and there are three "
        "answers: (None, 3, 1)."
    )


def _same_head(drawing: Drawing, columns: Sequence[float], on: bool) -> None:
    """Draw a layer from its inputs to the answers of its head."""
    first, middle, last = columns
    cell = drawing.box(
        middle, 72, last - first + 44, 28, "recurrent layer", size=10
    )
    for x, text in zip(columns, numbered("x", 3), strict=True):
        given = drawing.box(x, 30, 36, 24, text, "input")
        drawing.arrow(given.top, (x, cell.bottom[1]), meaning="input")
    heads = []
    states = zip(columns, numbered("h", 3), strict=True)
    for x, text in states if on else [(last, "$h$")]:
        state = drawing.box(x, 118, 36, 24, text, "hidden_state")
        drawing.arrow((x, cell.top[1]), state.bottom, meaning="hidden_state")
        head = drawing.box(
            x, 166, 56, 26, "Dense(1)", "output", size=10, face="code"
        )
        drawing.arrow(state.top, head.bottom, meaning="hidden_state")
        answer = drawing.circle(x, 214, 14, "", "output")
        drawing.arrow(head.top, answer.bottom, meaning="output")
        heads.append(head)
    for before, after in pairwise(heads):
        for rise in (-2, 2):
            ends = [
                (box[0], box[1] + rise) for box in (before.right, after.left)
            ]
            drawing.line(*ends, meaning="output", width=1)


def _reader(drawing: Drawing, x: float) -> Box:
    """Draw a sample and the layer that reads it; return its last state."""
    paper = drawing.box(x, 78, 160, 46, "", "input", radius=0)
    sheet(drawing, paper, 20, 100, "input")
    drawing.note(x, 36, "20 time steps × 100 features")
    cell = drawing.box(x, 138, 116, 30, "SimpleRNN(10)", face="code", size=10)
    drawing.arrow(paper.top, cell.bottom, meaning="input")
    state = vector(
        drawing,
        x,
        190,
        [""] * 10,
        "hidden_state",
        upright=False,
        cell=(18, 18),
    )
    drawing.arrow(cell.top, state.bottom, meaning="hidden_state")
    drawing.note(x + 9, 167, "10 numbers", align="left")
    return state


def _head(
    drawing: Drawing, x: float, state: Box, probabilities: Sequence[str]
) -> None:
    """Draw output neurons, each connected to every number of a state."""
    last = len(probabilities) - 1
    neurons = [
        drawing.circle(
            x + 52 * (place - last / 2), 242, 16, text, "output", size=10
        )
        for place, text in enumerate(probabilities)
    ]
    for unit in range(10):
        start = state.at(-1 + (2 * unit + 1) / 10, 1)
        for neuron in neurons:
            drawing.line(start, round_edge(neuron, start), width=0.8, layer=1)
