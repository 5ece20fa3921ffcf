"""From words to numbers: vocabulary, one-hot columns, ids, padding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from figures.draw.arrays import vector
from figures.draw.unrolled import Sizes, unroll
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

VOCABULARY = {
    "a": 0,
    "and": 1,
    "book": 862,
    "reads": 6137,
    "rose": 6554,
    "zebra": 9999,
}
"""A part of 10,000 words, numbered from 0."""


def vocabulary_one_hot() -> tuple[Figure, str]:
    """Draw a part of a vocabulary and the one-hot columns of some words."""
    words, pitch = ("rose", "reads", "a", "book"), 21
    rows: list[tuple[str, int | None]] = []
    for word, number in VOCABULARY.items():
        if rows and number != rows[-1][1] + 1:
            rows.append(("", None))
        rows.append((word, number))
    drawing = Drawing(WIDTH, pitch * len(rows) + 84)
    top = drawing.height - 46
    columns = [244 + 68 * place for place in range(len(words))]
    for place, (word, number) in enumerate(rows):
        y = top - pitch * place
        _vocabulary_row(drawing, word, number, y, pitch)
        for x, wanted in zip(columns, words, strict=True):
            _one_hot_row(drawing, x, y, pitch, number, word == wanted)
    drawing.label(118, drawing.height - 20, "vocabulary", face="bold")
    drawing.note(66, drawing.height - 20, "row", align="right")
    for x, word in zip(columns, words, strict=True):
        drawing.label(x, drawing.height - 20, word, face="bold")
    remark = "one column of 10,000 numbers for each word"
    drawing.note((columns[0] + columns[-1]) / 2, 18, remark)
    return drawing, (
        f"Each word of “{' '.join(words)}” becomes a column of 10,000 "
        "numbers, one for each word of a vocabulary: all 0 but for a 1 in "
        "the word's own row, "
        + ", ".join(f"{word} in row {VOCABULARY[word]:,}" for word in words)
        + "."
    )


def _vocabulary_row(
    drawing: Drawing, word: str, number: int | None, y: float, height: float
) -> None:
    """Draw a word of the vocabulary and its number."""
    if number is None:
        for x in (50, 118):
            _dots(drawing, x, y)
        return
    drawing.note(66, y, f"{number:,}", align="right")
    drawing.box(118, y, 84, height - 2, word, radius=2)


def _one_hot_row(
    drawing: Drawing,
    x: float,
    y: float,
    height: float,
    number: int | None,
    hot: bool,
) -> None:
    """Draw one number of a one-hot column."""
    if number is None:
        _dots(drawing, x, y)
        return
    drawing.box(
        x,
        y,
        44,
        height - 2,
        "1" if hot else "0",
        "input",
        radius=2,
        strength=1 if hot else 0.13,
        face="bold" if hot else "plain",
    )


def _dots(drawing: Drawing, x: float, y: float) -> None:
    """Draw three dots below each other: rows left out."""
    for step in (-5, 0, 5):
        drawing.dot(x, y + step, "muted", radius=1)


REVIEW = "A truly charming film!"
WORDS = ("a", "truly", "charming", "film")

IDS = (6, 371, 2, 22)
"""What ``utils.imdb.encode`` makes of it with ``num_words=500``."""


LONGER = {
    "start": 1,
    "this": 14,
    "is": 9,
    "just": 43,
    "a": 6,
    "truly": 371,
    "charming": 2,
    "film": 22,
}
"""A longer review with its ids, of which the first two are cut off."""


def text_to_ids() -> tuple[Figure, str]:
    """Draw a review on its way to a row of six, and a longer one cut."""
    drawing = Drawing(WIDTH, 302)
    pitch, zeros, lost = (WIDTH - 70) / 8, 1, 2
    columns = [60 + pitch * (place + 0.5) for place in range(8)]
    rows = {"text": 278, "tokens": 235, "ids": 192, "padded": 149, "cut": 54}
    for text, y in rows.items():
        drawing.note(16, y, text, align="left")
    size = (pitch - 3, 26)
    words = columns[lost + zeros + 1 :]
    left, right = words[0] - size[0] / 2, words[-1] + size[0] / 2
    text = drawing.box(
        (left + right) / 2, rows["text"], right - left, 28, f"“{REVIEW}”"
    )
    for x, word in zip(words, WORDS, strict=True):
        token = drawing.box(x, rows["tokens"], *size, word, size=9)
        drawing.arrow((x, text.bottom[1]), token.top)
    drawing.note(columns[lost + zeros], rows["tokens"], "start")
    for place, number in enumerate([0] * zeros + [1, *IDS]):
        _id(drawing, columns[lost + place], rows, size, number, place - zeros)
    drawing.line((16, 124), (columns[-1] + size[0] / 2, 124), width=1)
    drawing.note(16, 106, "a longer review, cut to 6 numbers", align="left")
    for place, (x, word) in enumerate(zip(columns, LONGER, strict=True)):
        drawing.note(x, rows["cut"] + 26, word)
        kind = "faded" if place < lost else "input"
        drawing.box(x, rows["cut"], *size, str(LONGER[word]), kind)
    cut = (columns[lost - 1] + columns[lost]) / 2
    drawing.line((cut, rows["cut"] - 22), (cut, rows["cut"] + 38), width=2)
    drawing.note((columns[0] + columns[1]) / 2, rows["cut"] - 22, "cut off")
    remark = "0 (dashed) is padding, 1 the start, 2 an unknown word"
    drawing.note((columns[0] + columns[-1]) / 2, 16, remark)
    return drawing, (
        f"The review “{REVIEW}” on its way to the network, from top to "
        f"bottom: the text; its tokens {', '.join(WORDS)}; their ids "
        f"{', '.join(map(str, IDS))}, with a 1 for the start before them and "
        "a 2 for a word that is not among the most frequent ones; the row "
        "padded with a zero at the front to 6 numbers. Below a line, "
        f"a longer review, “{' '.join(list(LONGER)[1:])}”, of {len(LONGER)} "
        "ids is cut to 6: its first two, the start and “this”, are cut off."
    )


def _id(
    drawing: Drawing,
    x: float,
    rows: Mapping[str, float],
    size: tuple[float, float],
    number: int,
    place: int,
) -> None:
    """Draw an id in its two rows; ``place`` counts from the start mark."""
    padded = drawing.box(
        x,
        rows["padded"],
        *size,
        str(number),
        "input" if place >= 0 else "faded",
        dashed=place < 0,
    )
    if place < 0:
        return
    first = drawing.box(x, rows["ids"], *size, str(number), "input")
    drawing.arrow(first.bottom, padded.top)
    # The start has no box above it: it is no word.
    gap = size[1] / 2 if place else 8
    drawing.arrow((x, rows["tokens"] - gap), first.top)


REVIEWS = ((14, 20, 16, 2, 52), (6, 371, 22), (87, 20))
"""Three reviews as ids, each of another length."""


def padding_and_mask() -> tuple[Figure, str]:
    """Draw reviews padded at the end, their mask, and a state that waits."""
    drawing = Drawing(WIDTH, 252)
    rows = [[*row, *[0] * (5 - len(row))] for row in REVIEWS]
    for place, row in enumerate(rows):
        y = 206 - 28 * place
        name = f"review {place + 1}"
        drawing.note(16, y, name, align="left")
        for step, number in enumerate(row):
            real = step < len(REVIEWS[place])
            _table_cell(drawing, 92 + 36 * step, y, 36, number, real)
            _table_cell(drawing, 304 + 42 * step, y, 42, real, real)
    drawing.label(164, 236, "ids, padded with 0", face="bold")
    drawing.label(388, 236, "mask", face="bold")
    _masked_run(drawing, rows[1], len(REVIEWS[1]))
    return drawing, (
        "Three reviews of 5, 3, 2 ids "
        "in a table of 5 columns, padded with zeros at the end. "
        "Beside it the mask: True where an id stands, False at the zeros. "
        "Below, the second review goes through the cell: at the masked "
        "steps the state h_3 passes unchanged, so it is "
        "also the state at the end."
    )


def _table_cell(
    drawing: Drawing, x: float, y: float, width: float, what: int, real: bool
) -> None:
    """Draw an id or a truth value; that of a real word is in front."""
    mask = isinstance(what, bool)
    drawing.box(
        x,
        y,
        width,
        28,
        str(what),
        ("weight" if mask else "input") if real else "faded",
        radius=0,
        layer=3.1 if real else 3,
        size=10 if mask else 11,
        face="code" if mask else "plain",
    )


def _masked_run(drawing: Drawing, row: Sequence[int], length: int) -> None:
    """Draw a padded row read by a cell that stands still at the padding."""
    y, sizes = 78, Sizes(box=(40, 26), cell=(46, 32), gap=20)
    columns = [104 + 74 * step for step in range(len(row))]
    inputs = [str(number) for number in row]
    cells = unroll(
        drawing,
        columns[:length],
        y,
        inputs[:length],
        [None] * length,
        sizes=sizes,
        cell_text="cell",
    ).cells
    for x, text in zip(columns[length:], inputs[length:], strict=True):
        drawing.box(x, y - sizes.rise, *sizes.box, text, "faded", dashed=True)
        drawing.box(x, y, *sizes.cell, "", "faded", dashed=True)
    end = drawing.box(
        columns[-1] + 74, y, 40, 26, f"$h_{length}$", "hidden_state"
    )
    drawing.arrow(cells[-1].right, end.left, meaning="hidden_state", layer=4)
    drawing.note(16, y, "review 2", align="left")
    middle = (columns[length] + columns[-1]) / 2
    drawing.note(middle, y + 27, "unchanged")


def classifier() -> tuple[Figure, str]:
    """Draw a review on its way to the probability that it is positive."""
    drawing = Drawing(WIDTH, 308)
    columns = [124 + 76 * place for place in range(4)]
    heights = {"review": 28, "ids": 80, "vectors": 154, "network": 228}
    for text, y in heights.items():
        drawing.note(16, y, text, align="left")
    cells = unroll(
        drawing,
        columns,
        heights["network"],
        *[[None] * 4] * 2,
        sizes=Sizes(cell=(46, 34)),
        cell_text="cell",
    ).cells
    for x, word, number, cell in zip(columns, WORDS, IDS, cells, strict=True):
        token = drawing.box(x, heights["review"], 62, 26, word, size=10.5)
        _read_id(drawing, token, number, cell, heights)
    x = columns[-1] + 88
    sigmoid = drawing.box(x, heights["network"], 66, 34, "sigmoid")
    result = drawing.box(x, 282, 46, 26, "0.9", "output")
    drawing.arrow(cells[-1].right, sigmoid.left, meaning="hidden_state")
    drawing.arrow(sigmoid.top, result.bottom, meaning="output")
    drawing.note(x - 31, 282, "probability that it is positive", align="right")
    return drawing, (
        f"The review “{' '.join(WORDS)}” on its way through a classifier, "
        f"from bottom to top: its words, their ids {', '.join(map(str, IDS))}"
        ", one vector for each id, a recurrent cell that reads the vectors "
        "in order, and after the last one a sigmoid unit that gives the "
        f"probability that the review is positive, here 0.9."
    )


def _read_id(
    drawing: Drawing,
    token: Box,
    number: int,
    cell: Box,
    heights: Mapping[str, float],
) -> None:
    """Draw the way of a word into its cell: its id, then its vector."""
    given = drawing.box(token.x, heights["ids"], 46, 26, str(number), "input")
    # Any numbers will do: they stand for what the network learns.
    strengths = [0.08 + (3 * number + 5 * row) % 11 / 20 for row in range(4)]
    learned = vector(
        drawing,
        token.x,
        heights["vectors"],
        [""] * 4,
        "input",
        cell=(16, 14),
        strengths=strengths,
    )
    drawing.arrow(token.top, given.bottom)
    drawing.arrow(given.top, learned.bottom, meaning="input")
    drawing.arrow(learned.top, cell.bottom, meaning="input")
