"""A state that is carried on: from call to call, from batch to batch."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box
from utils.drawing.lettering import numbered

FIRST = tuple(f"{row}, first half" for row in (1, 2, 3, 4))
SECOND = tuple(f"{row}, second half" for row in (1, 2, 3, 4))
"""Four sequences, cut in two."""

SHUFFLED = (
    (FIRST[2], SECOND[0], FIRST[3], SECOND[1]),
    (FIRST[1], SECOND[3], FIRST[0], SECOND[2]),
)
"""Two batches of them in which no row goes on where it stopped."""


def state_carried_on() -> tuple[Figure, str]:
    """Draw a state handed over by the reader, and one kept by the layer."""
    drawing = Drawing(WIDTH, 396)
    _two_calls(drawing)
    for left, title, batches in (
        (12, "shuffle=False", (FIRST, SECOND)),
        (258, "shuffle=True", SHUFFLED),
    ):
        drawing.frame(left, 12, left + 234, 218)
        code = f"stateful=True, {title}"
        drawing.label(left + 117, 200, code, face="code", size=10)
        _two_batches(drawing, left + 117, batches)
        kept = batches[0] is FIRST
        whose = "its own" if kept else "another"
        text = f"each row gets {whose} sequence's state"
        drawing.note(left + 117, 30, text)
    return drawing, (
        "Above, six steps are read in two calls: two steps, then four. The "
        "state after the second step, halfway, leaves the first call and "
        "enters the second as initial_state. Below, a stateful layer reads "
        "two batches of four rows, and the state of each row in batch 1 "
        "goes to the same row of batch 2. With shuffle=False each row is the "
        "first half of one sequence and then its second half (the sign = "
        "above each arrow). With shuffle=True the halves are mixed: each row "
        "gets a state that belongs to another sequence (the sign ≠)."
    )


def _two_calls(drawing: Drawing) -> None:
    """Draw six steps of one layer, cut after the second."""
    columns = (46, 104, 268, 330, 392, 454)
    y = 306
    drawing.frame(12, 230, 138, 384)
    drawing.frame(236, 230, 492, 384)
    for middle, text in ((75, "first call"), (354, "second call")):
        drawing.note(middle, 370, text)
    cells = [drawing.box(x, y, 44, 30, "cell") for x in columns]
    for cell, text in zip(cells, numbered("x", 6), strict=True):
        given = drawing.box(cell.x, y - 52, 40, 26, text, "input")
        drawing.arrow(given.top, cell.bottom, meaning="input")
    for before, after in pairwise(cells):
        drawing.arrow(before.right, after.left, meaning="hidden_state")
    for rise, text in ((12, "halfway"), (-12, "initial_state")):
        drawing.label(187, y + rise, text, face="code", size=10)
    last = cells[-1]
    drawing.arrow(last.top, (last.x, y + 40), meaning="hidden_state")
    drawing.label(last.x, y + 48, "in_two", face="code", size=10)


def _two_batches(
    drawing: Drawing, x: float, batches: tuple[tuple[str, ...], ...]
) -> None:
    """Draw two batches, the state of each row going to the same row."""
    rows: list[list[Box]] = []
    for place, texts in enumerate(batches):
        middle = x + 63 * (2 * place - 1)
        drawing.note(middle, 178, f"batch {place + 1}")
        rows.append(
            [
                drawing.box(
                    middle, 154 - 32 * row, 88, 24, text, "input", size=10
                )
                for row, text in enumerate(texts)
            ]
        )
    for before, after in zip(*rows, strict=True):
        drawing.arrow(before.right, after.left, meaning="hidden_state")
        sign = "=" if batches[0] is FIRST else "≠"
        drawing.label(x - 6, before.y + 12, sign, size=12)
