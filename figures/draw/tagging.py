"""A tagger that reads a sentence from both ends and answers at every word."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from figures.draw.layers import READERS
from utils.drawing.card import WIDTH, Drawing

WORDS = ("by", "?", "in", "?")
"""As the network reads them: it knows neither the name nor the year."""

TAGS = (False, True, False, False)
"""Whether each word is part of a name."""


def two_reader_tagger() -> tuple[Figure, str]:
    """Draw embedding, two readers, a sigmoid and a tag for each word."""
    ahead_color, back_color = READERS.values()
    drawing = Drawing(WIDTH, 328)
    bottom, vectors, low, high, sigmoid, top = 26, 76, 134, 192, 250, 300
    columns = [150 + 92 * step for step in range(len(WORDS))]
    ahead = [drawing.box(x - 22, low, 36, 30, "$→$") for x in columns]
    back = [drawing.box(x + 22, high, 36, 30, "$←$") for x in columns]
    for before, after in pairwise(ahead):
        drawing.arrow(
            before.right, after.left, meaning=ahead_color, bridge=True
        )
    for before, after in pairwise(back[::-1]):
        drawing.arrow(
            before.left, after.right, meaning=back_color, bridge=True
        )
    for step, x in enumerate(columns):
        word = drawing.box(x, bottom, 64, 26, WORDS[step], "input")
        vector = drawing.box(
            x, vectors, 80, 24, "21 numbers", "input", size=10, radius=0
        )
        drawing.arrow(word.top, vector.bottom, meaning="input")
        for reader in (ahead[step], back[step]):
            foot = (reader.x, vector.top[1])
            drawing.arrow(foot, reader.bottom, meaning="input", layer=1)
        dense = drawing.box(x, sigmoid, 80, 28, "sigmoid", size=10)
        for reader, colour in (
            (ahead[step], ahead_color),
            (back[step], back_color),
        ):
            head = (reader.x, dense.bottom[1])
            drawing.arrow(reader.top, head, meaning=colour, layer=1)
        tag = drawing.box(
            x,
            top,
            64,
            26,
            "name" if TAGS[step] else "no",
            "output",
            strength=1 if TAGS[step] else 0.13,
        )
        drawing.arrow(dense.top, tag.bottom, meaning="output")
    for y, key in (
        (bottom, "words"),
        (vectors, "Embedding"),
        (low, "forward LSTM"),
        (high, "backward LSTM"),
        (sigmoid, "Dense(1)"),
        (top, "tag"),
    ):
        drawing.note(12, y, key, align="left")
    return drawing, (
        f"The words “{' '.join(WORDS)}” go up through a network, a column "
        "per word: an embedding of 21 numbers, then an LSTM that reads from "
        "left to right and another that reads from right to left, then one "
        "Dense unit with a sigmoid that gets both states, then a tag: name "
        "for the first unknown word, no for the other three."
    )
