"""Ways from the words of a padded row to the answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

TOKENS = ("word", "word", "word", "0", "0", "0")
"""A short row, padded after its words."""

COLUMNS = tuple(118 + 56 * step for step in range(len(TOKENS)))


def ways_to_the_answer() -> tuple[Figure, str]:
    """Draw the last step, the last step with a mask, and pooling."""
    drawing = Drawing(WIDTH, 226)
    heights = {"last step": 196, "with a mask": 130, "pooled": 28}
    for name, y in heights.items():
        drawing.note(12, y, name, align="left")
    _last_step(drawing, heights["last step"])
    _masked(drawing, heights["with a mask"])
    _pooled(drawing, heights["pooled"])
    return drawing, (
        "Three rows of steps, each of three words and three zeros after "
        "them, and the ways from the words to the answer. Last step: the "
        "way goes through every zero. With a mask: the state of the third "
        "word passes the zeros unchanged. Pooled: each step also has a way "
        "of its own, up into the mean or maximum of all steps and from "
        "there to the answer."
    )


def _steps(drawing: Drawing, y: float, count: int) -> list[Box]:
    """Draw the first steps of the row, each handing on its state."""
    boxes = [
        drawing.box(
            x, y, 40, 28, text, "panel" if text == "word" else "faded", size=10
        )
        for x, text in zip(COLUMNS[:count], TOKENS, strict=False)
    ]
    _chain(drawing, boxes)
    return boxes


def _chain(drawing: Drawing, boxes: Sequence[Box]) -> None:
    """Join boxes from left to right."""
    for one, other in pairwise(boxes):
        drawing.arrow(one.right, other.left, meaning="hidden_state")


def _answer(drawing: Drawing, y: float) -> Box:
    """Draw the answer behind the row."""
    return drawing.box(COLUMNS[-1] + 68, y, 54, 28, "answer", "output")


def _last_step(drawing: Drawing, y: float) -> None:
    """Draw a way through all zeros."""
    _chain(drawing, [*_steps(drawing, y, len(TOKENS)), _answer(drawing, y)])


def _masked(drawing: Drawing, y: float) -> None:
    """Draw a way that passes the zeros."""
    words = TOKENS.index("0")
    last = _steps(drawing, y, words)[-1]
    for x in COLUMNS[words:]:
        drawing.box(x, y, 40, 28, "", "faded", dashed=True)
    end = _answer(drawing, y)
    drawing.arrow(last.right, end.left, meaning="hidden_state", layer=4)
    drawing.note((COLUMNS[words] + COLUMNS[-1]) / 2, y + 24, "unchanged")


def _pooled(drawing: Drawing, y: float) -> None:
    """Draw a way from each step."""
    boxes = _steps(drawing, y, len(TOKENS))
    middle = (COLUMNS[0] + COLUMNS[-1]) / 2
    width = COLUMNS[-1] - COLUMNS[0] + 40
    pool = drawing.box(middle, y + 50, width, 26, "mean or maximum")
    for box in boxes:
        drawing.arrow(box.top, (box.x, pool.bottom[1]), meaning="hidden_state")
    end = _answer(drawing, y + 50)
    drawing.arrow(pool.right, end.left, meaning="hidden_state")
