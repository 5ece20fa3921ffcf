"""One example of each kind of task: the inputs and outputs are real words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from utils.diagrams.unrolled import (
    Sizes,
    bracket,
    name_rows,
    time_axis,
    unroll,
)
from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.diagrams.words import say

LEFT = 16
"""Points: where the names of the rows begin."""


def _columns(number: int, first: float = 76) -> list[float]:
    """Return x of each time step, spread over the rest of the card."""
    pitch = (WIDTH - 10 - first) / number
    return [first + pitch * (step + 0.5) for step in range(number)]


def sentiment(
    words: Sequence[str] = (), answer: str = ""
) -> tuple[Figure, str]:
    """Draw a review read word by word and judged after the last one.

    Args:
        words: The review; by default one whose last words alone mislead.
        answer: What the network says at the end.
    """
    default = not words
    words = list(words) or say("review_words").split()
    answer = answer or say("review_answer")
    drawing = Drawing(WIDTH, 214)
    sizes, y = Sizes(box=(66, 26), cell=(44, 34), text=10), 134
    columns = _columns(len(words))
    outputs = [None] * (len(words) - 1) + [answer]
    rows = unroll(drawing, columns, y, words, outputs, sizes=sizes)
    name_rows(drawing, LEFT, y, sizes)
    time_axis(drawing, LEFT, columns, 16)
    if default:
        first, last = rows.inputs[0], rows.inputs[-1]
        y = first.bottom[1] - 11
        bracket(
            drawing,
            first.left[0],
            rows.inputs[1].right[0],
            y,
            say("review_first"),
        )
        bracket(
            drawing,
            rows.inputs[-2].left[0],
            last.right[0],
            y,
            say("review_last"),
        )
    return drawing, (
        f"The review “{' '.join(words)}” goes into the network one word at "
        "a time. The network passes what it has read from step to step and "
        f"answers once, after the last word: {answer}."
    )


def translation() -> tuple[Figure, str]:
    """Draw a French number read to its end, then said in English."""
    french = say("french_words").split()
    english = say("english_words").split()
    steps = len(french) + len(english)
    drawing = Drawing(WIDTH, 214)
    sizes, y = Sizes(box=(58, 26), cell=(44, 34)), 134
    columns = _columns(steps)
    rows = unroll(
        drawing,
        columns,
        y,
        french + [None] * len(english),
        [None] * len(french) + english,
        sizes=sizes,
    )
    name_rows(drawing, LEFT, y, sizes)
    time_axis(drawing, LEFT, columns, 16)
    foot = y - sizes.rise - sizes.box[1] / 2 - 11
    for boxes, key in (
        (rows.inputs[: len(french)], "read_first"),
        (rows.cells[len(french) :], "then_answer"),
    ):
        left, right = boxes[0].left[0], boxes[-1].right[0]
        bracket(drawing, left, right, foot, say(key))
    return drawing, (
        f"The French number “{' '.join(french)}” (four, twenty, ten, seven: "
        "4 × 20 + 10 + 7) is read word by word to its end; only then do the "
        f"English words “{' '.join(english)}” come out, one at a time."
    )


SEVEN = (
    (0, 0, 7, 8, 13, 16, 15, 1),
    (0, 0, 7, 7, 4, 11, 12, 0),
    (0, 0, 0, 0, 8, 13, 1, 0),
    (0, 4, 8, 8, 15, 15, 6, 0),
    (0, 2, 11, 15, 15, 4, 0, 0),
    (0, 0, 0, 16, 5, 0, 0, 0),
    (0, 0, 9, 15, 1, 0, 0, 0),
    (0, 0, 13, 5, 0, 0, 0, 0),
)
"""A handwritten seven: number 7 of scikit-learn's digits, 0 to 16.

Alpaydin & Kaynak (1998), "Optical recognition of handwritten digits", UCI
machine learning repository, CC BY 4.0.
"""


def captioning(
    image: Sequence[Sequence[float]] = SEVEN, caption: str = ""
) -> tuple[Figure, str]:
    """Draw an image that goes in once and a caption that comes out.

    Args:
        image: Grey values, 0 is paper and the largest is ink.
        caption: Its letters come out one at a time.
    """
    caption = caption or say("caption")
    drawing = Drawing(WIDTH, 238)
    side, y = 76, 158
    sizes = Sizes(box=(40, 26), cell=(44, 34))
    columns = _columns(len(caption))
    rows = unroll(
        drawing, columns, y, [None] * len(caption), list(caption), sizes=sizes
    )
    centre = (columns[0], 34 + side / 2)
    for x_y, key in (
        ((LEFT, y + sizes.rise), "output"),
        ((LEFT, y), "network"),
        ((LEFT, centre[1]), "input"),
    ):
        drawing.note(*x_y, say(key), align="left")
    time_axis(drawing, LEFT, columns, 16)
    paper = drawing.box(
        *centre, side, side, meaning="input", radius=2, strength=0
    )
    _pixels(drawing, np.array(image, dtype=float), *centre, side - 8)
    drawing.arrow(paper.top, rows.cells[0].bottom, meaning="input")
    return drawing, (
        "A small grey-scale image of a handwritten digit goes into the "
        "network at the first step; the letters of its caption, "
        f"“{caption}”, come out one at a time."
    )


def _pixels(
    drawing: Drawing, image: np.ndarray, x: float, y: float, side: float
) -> None:
    """Draw grey values as squares, centred on a point."""
    rows, columns = image.shape
    size = side / max(rows, columns)
    for (row, column), value in np.ndenumerate(image / image.max()):
        drawing.pixel(
            x + (column - columns / 2 + 0.5) * size,
            y - (row - rows / 2 + 0.5) * size,
            size,
            value,
        )


def names_in_sentence(
    words: Sequence[str] = (), names: Sequence[bool] = ()
) -> tuple[Figure, str]:
    """Draw a tag for every word: is it a person's name?

    Args:
        words: The sentence, in small letters as the network sees it.
        names: For each word, whether it names a person.
    """
    words = list(words) or say("sentence_with_names").split()
    names = list(names) or [False, True, False, True, False, False]
    drawing = Drawing(WIDTH, 186)
    sizes, y = Sizes(box=(56, 26), cell=(44, 34)), 106
    columns = _columns(len(words))
    tags = [say("name") if name else say("no_name") for name in names]
    unroll(drawing, columns, y, words, tags, sizes=sizes, full=names)
    name_rows(drawing, LEFT, y, sizes)
    time_axis(drawing, LEFT, columns, 16)
    found = ", ".join(
        f"{word} (word {step})"
        for step, (word, name) in enumerate(
            zip(words, names, strict=True), start=1
        )
        if name
    )
    return drawing, (
        f"The sentence “{' '.join(words)}” goes in word by word, and a tag "
        f"comes out for every word: name for {found}, no for all others."
    )
