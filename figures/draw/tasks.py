"""The four shapes a task with sequences can have."""

from __future__ import annotations

from functools import partial

from matplotlib.figure import Figure

from figures.draw.unrolled import Sizes, name_rows, time_axis, unroll
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.lettering import numbered

Row = list[str | None]

KINDS = (
    "sequence_to_vector",
    "vector_to_sequence",
    "sequence_to_sequence",
    "delayed_sequence_to_sequence",
)
"""The four shapes, in the order they are drawn together."""

SENTENCES = {
    "sequence_to_vector": (
        "Sequence to vector: {count} inputs go into the network one after "
        "the other, and a single output leaves it after the last one."
    ),
    "vector_to_sequence": (
        "Vector to sequence: a single input goes into the network at the "
        "first time step, and an output leaves it at each of {count} steps."
    ),
    "sequence_to_sequence": (
        "Sequence to sequence: at each of {count} time steps one input goes "
        "into the network and one output leaves it."
    ),
    "delayed_sequence_to_sequence": (
        "Delayed sequence to sequence: the network first reads {count} "
        "inputs without answering; only after the last one do {count} "
        "outputs leave it, one at each further step."
    ),
}
"""Kind -> what a picture of it shows."""


EXAMPLES = {
    "sequence_to_vector": "a review → its sentiment",
    "vector_to_sequence": "an image → a caption",
    "sequence_to_sequence": "the words → a tag for each",
    "delayed_sequence_to_sequence": "French → English",
}


def _rows(kind: str, steps: int, answers: int) -> tuple[Row, Row]:
    """Return the inputs and outputs of every time step.

    Args:
        kind: One of ``KINDS``.
        steps: How many inputs there are, or outputs.
        answers: How many outputs there are if they come late.
    """
    x: Row = [*numbered("x", steps)]
    y: Row = [*numbered("y", steps)]
    nothing: Row = [None] * steps
    if kind == "sequence_to_vector":
        return x, [*nothing[:-1], "$y$"]
    if kind == "vector_to_sequence":
        return ["$x$", *nothing[:-1]], y
    if kind == "sequence_to_sequence":
        return x, y
    return x + [None] * answers, nothing + numbered("y", answers)


def task_shape(kind: str, steps: int = 4) -> tuple[Figure, str]:
    """Draw one of ``KINDS`` for sequences of so many inputs or outputs."""
    inputs, outputs = _rows(kind, steps, steps)
    sizes, left = Sizes(), 116
    pitch = min(72, (WIDTH - left - 40) / (len(inputs) - 1))
    columns = [left + pitch * step for step in range(len(inputs))]
    drawing = Drawing(columns[-1] + 40, 186)
    y = 106
    unroll(drawing, columns, y, inputs, outputs, sizes=sizes)
    name_rows(drawing, 16, y, sizes)
    time_axis(drawing, 16, columns, 16)
    return drawing, SENTENCES[kind].format(count=steps)


vector_to_sequence = partial(task_shape, "vector_to_sequence")
delayed_sequence_to_sequence = partial(
    task_shape, "delayed_sequence_to_sequence", steps=3
)


def task_shapes() -> tuple[Figure, str]:
    """Draw the four shapes side by side, each with an example."""
    drawing = Drawing(WIDTH, 322)
    wide = Sizes(box=(26, 20), cell=(26, 24), gap=13)
    narrow = Sizes(box=(21, 20), cell=(21, 24), gap=13)
    for place, kind in enumerate(KINDS):
        inputs, outputs = _rows(kind, 4, 2)
        left = 14 + 245 * (place % 2)
        top = 310 - 154 * (place // 2)
        drawing.frame(left, top - 144, left + 231, top)
        _panel(drawing, kind, left, top)
        pitch = 35 if len(inputs) > 4 else 48
        sizes = narrow if len(inputs) > 4 else wide
        first = left + 115.5 - pitch * (len(inputs) - 1) / 2
        columns = [first + pitch * step for step in range(len(inputs))]
        unroll(drawing, columns, top - 91, inputs, outputs, sizes=sizes)
    return drawing, (
        "Four shapes of tasks. Sequence to vector: 4 inputs go in one after "
        "the other, one output comes out after the last. Vector to sequence: "
        "one input at the first step, an output at each of 4. Sequence to "
        "sequence: an input and an output at each of 4 steps. Delayed "
        "sequence to sequence: 4 inputs first, then 2 outputs."
    )


def _panel(drawing: Drawing, kind: str, left: float, top: float) -> None:
    """Write the name of a shape and an example of it."""
    name = kind.replace("_", " ").capitalize()
    drawing.label(left + 12, top - 16, name, face="bold", align="left")
    example = EXAMPLES[kind]
    drawing.label(left + 12, top - 33, example, "muted", align="left")
