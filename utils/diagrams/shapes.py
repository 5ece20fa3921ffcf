"""The shapes of a layer's input and output."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from utils.arguments import check_integer
from utils.diagrams.arrays import block, matrix, sheet, vector
from utils.diagrams.geometry import Box
from utils.diagrams.lettering import numbered
from utils.diagrams.unrolled import Sizes, unroll
from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.diagrams.words import say


def input_output_shapes(
    words: Sequence[str] = (), features: int = 3, units: int = 5
) -> tuple[Figure, str]:
    """Draw the three axes that go into a layer and the two that come out.

    Args:
        words: One of the samples, a word for each time step, 2 to 5.
        features: Numbers for each word, 2 to 5.
        units: Neurons of the layer, 2 to 6.
    """
    words = list(words) or say("short_sentence").split()
    check_integer("number of words", len(words), minimum=2, maximum=5)
    check_integer("features", features, minimum=2, maximum=5)
    check_integer("units", units, minimum=2, maximum=6)
    steps = len(words)
    drawing = Drawing(WIDTH, 104 + 22 * steps)
    y, cell = 52 + 11 * steps, (28, 22)
    given = block(drawing, 120, y, 3, steps, features, "input", cell=cell)
    code = f"SimpleRNN({units})"
    layer = drawing.box(296, y, 100, 44, code, face="code", size=10)
    width = (22, 22)
    state = matrix(drawing, 426, y, 3, units, "hidden_state", cell=width)
    drawing.arrow((given.right[0] + 18, y), layer.left, meaning="input")
    drawing.arrow(layer.right, state.left, meaning="hidden_state")
    for place, word in enumerate(words):
        row = given.at(-1, 1)[1] - cell[1] * (place + 0.5)
        drawing.label(given.left[0] - 8, row, word, align="right")
    for box, shape in (
        (given, f"({say('batch')}, {steps}, {features})"),
        (state, f"({say('batch')}, {units})"),
    ):
        drawing.label(box.x, 20, shape, size=12)
    head = given.top[1] + 32
    for x, text_y, key, align in (
        (given.x + 18, head, "features", "center"),
        (given.right[0] + 26, given.top[1] + 12, "samples", "left"),
        (state.x, state.top[1] + 14, "units", "center"),
        (state.x, state.bottom[1] - 14, "row_a_sample", "center"),
    ):
        drawing.note(x, text_y, say(key), align=align)
    return drawing, (
        "On the left a batch of sequences, an array with three axes: "
        f"samples, time steps ({steps}: {' '.join(words)}) and features "
        f"({features} numbers for each word). It goes through a recurrent "
        f"layer of {units} units. On the right the output, an array with two "
        f"axes: samples and units ({units} numbers for each sample)."
    )


def return_sequences(steps: int = 3, units: int = 5) -> tuple[Figure, str]:
    """Draw which states leave a layer, off and on.

    Args:
        steps: Time steps, 2 to 3.
        units: Numbers in a state.
    """
    check_integer("steps", steps, minimum=2, maximum=3)
    drawing = Drawing(WIDTH, 250)
    sizes = Sizes(box=(40, 26), cell=(44, 32), gap=20)
    for left, on in ((12, False), (258, True)):
        middle = left + 117
        drawing.frame(left, 12, left + 234, 238)
        code = f"return_sequences={on}"
        drawing.label(middle, 219, code, face="code")
        columns = [
            middle + 74 * (step - (steps - 1) / 2) for step in range(steps)
        ]
        _states_out(drawing, columns, sizes, on)
        axes = [say("batch"), *([str(steps)] if on else []), str(units)]
        drawing.label(middle, 30, f"({', '.join(axes)})", size=12)
    return drawing, (
        f"Twice the same {steps} steps of one cell. Without "
        "return_sequences only the hidden state of the last step leaves the "
        f"layer: one vector of {units} numbers for each sample. With "
        "return_sequences=True the state of every step leaves it: "
        f"{steps} vectors of {units} numbers for each sample."
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
        cell_text=say("cell"),
        answers="hidden_state",
    )
    for x, state, output in zip(columns, h, outputs, strict=True):
        if output is None:
            y = 120 + sizes.rise
            drawing.box(x, y, *sizes.box, state, "faded", dashed=True)


def output_layers(
    steps: int = 20, features: int = 100, units: int = 10
) -> tuple[Figure, str]:
    """Draw a layer that ends in probabilities of classes, or in one.

    Args:
        steps: Time steps.
        features: Numbers at each step.
        units: Neurons of the recurrent layer.
    """
    drawing = Drawing(WIDTH, 346)
    for left, activation, probabilities in (
        (12, "softmax", ("0.1", "0.7", "0.2")),
        (258, "sigmoid", ("0.8",)),
    ):
        x = left + 117
        drawing.frame(left, 12, left + 234, 334)
        title = say(f"head_{activation}")
        drawing.label(left + 14, 316, title, face="bold", align="left")
        state = _reader(drawing, x, steps, features, units)
        _head(drawing, x, state, units, probabilities)
        code = f'Dense({len(probabilities)}, "{activation}")'
        drawing.label(x, 294, code, face="code", size=10)
    return drawing, (
        f"Two networks side by side. In each, a sample of {steps} time steps "
        f"and {features} features goes through a recurrent layer of {units} "
        f"units, which gives one vector of {units} numbers. On the left it "
        "leads to three output neurons with softmax, one probability for "
        "each of three classes, which add up to one. On the right it leads "
        "to one output neuron with sigmoid, the probability of one of two "
        "classes."
    )


def _reader(
    drawing: Drawing, x: float, steps: int, features: int, units: int
) -> Box:
    """Draw a sample and the layer that reads it; return its last state."""
    paper = drawing.box(x, 78, 160, 46, "", "input", radius=0)
    sheet(drawing, paper, steps, features, "input")
    shape = say("steps_features", steps=steps, features=features)
    drawing.note(x, 36, shape)
    code = f"SimpleRNN({units})"
    cell = drawing.box(x, 138, 116, 30, code, face="code", size=10)
    drawing.arrow(paper.top, cell.bottom, meaning="input")
    state = vector(
        drawing,
        x,
        190,
        [""] * units,
        "hidden_state",
        upright=False,
        cell=(18, 18),
    )
    drawing.arrow(cell.top, state.bottom, meaning="hidden_state")
    drawing.note(x + 9, 167, say("numbers", count=units), align="left")
    return state


def _head(
    drawing: Drawing,
    x: float,
    state: Box,
    units: int,
    probabilities: Sequence[str],
) -> None:
    """Draw output neurons, each connected to every number of a state."""
    last = len(probabilities) - 1
    neurons = [
        drawing.circle(
            x + 52 * (place - last / 2), 256, 16, text, "output", size=10
        )
        for place, text in enumerate(probabilities)
    ]
    for unit in range(units):
        start = state.at(-1 + (2 * unit + 1) / units, 1)
        for neuron in neurons:
            drawing.line(start, neuron.round_edge(start), width=0.8, layer=1)
