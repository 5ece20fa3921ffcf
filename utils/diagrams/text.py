"""From words to numbers: vocabulary, one-hot columns, ids, padding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from utils.arguments import check_integer
from utils.diagrams.arrays import vector
from utils.diagrams.geometry import Box
from utils.diagrams.unrolled import Sizes, unroll
from utils.diagrams.vocabulary import WIDTH, Drawing
from utils.diagrams.words import say

NUMBERS = (0, 1, 862, 6137, 6554, 9999)
"""Where the words of the vocabulary's part stand, counted from 0."""


def vocabulary_one_hot(
    words: Sequence[str] = (), vocabulary: Mapping[str, int] | None = None
) -> tuple[Figure, str]:
    """Draw a part of a vocabulary and the one-hot columns of some words.

    Args:
        words: A sentence of words from the vocabulary.
        vocabulary: Word -> number, in rising order; the last number is the
            vocabulary's last. By default six words out of 10,000.
    """
    words = list(words) or say("one_hot_words").split()
    if vocabulary is None:
        known = say("vocabulary_words").split()
        vocabulary = dict(zip(known, NUMBERS, strict=True))
    size = max(vocabulary.values()) + 1
    rows = _rows(vocabulary)
    pitch = 21
    drawing = Drawing(WIDTH, pitch * len(rows) + 84)
    top = drawing.height - 46
    columns = [244 + 68 * place for place in range(len(words))]
    for place, (word, number) in enumerate(rows):
        y = top - pitch * place
        _vocabulary_row(drawing, word, number, y, pitch)
        for x, wanted in zip(columns, words, strict=True):
            _one_hot_row(drawing, x, y, pitch, number, word == wanted)
    drawing.label(118, drawing.height - 20, say("vocabulary"), face="bold")
    drawing.note(66, drawing.height - 20, say("row"), align="right")
    for x, word in zip(columns, words, strict=True):
        drawing.label(x, drawing.height - 20, word, face="bold")
    drawing.note(
        (columns[0] + columns[-1]) / 2,
        18,
        say("one_hot", count=f"{size:,}"),
    )
    return drawing, (
        f"A vocabulary of {size:,} numbered words. Each word of the sentence "
        f"“{' '.join(words)}” becomes a column of {size:,} numbers that are "
        "all 0 except for a single 1 in the row of that word: "
        + ", ".join(f"{word} in row {vocabulary[word]:,}" for word in words)
        + "."
    )


def _rows(vocabulary: Mapping[str, int]) -> list[tuple[str, int | None]]:
    """Return (word, number) pairs, and ("", None) where words are left out."""
    rows: list[tuple[str, int | None]] = []
    for word, number in vocabulary.items():
        if rows and number != rows[-1][1] + 1:
            rows.append(("", None))
        rows.append((word, number))
    return rows


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


IDS = (6, 371, 2, 22)
"""What ``utils.imdb.encode`` makes of the review with ``num_words=500``."""


def text_to_ids(
    review: str = "", ids: Sequence[int] = IDS, maxlen: int = 7
) -> tuple[Figure, str]:
    """Draw a review as text, tokens, ids and a padded row, from top to bottom.

    Args:
        review: A short text.
        ids: The id of each of its words.
        maxlen: Length of the padded row.
    """
    review = review or say("short_review")
    words = review.lower().strip("!.?").split()
    check_integer("maxlen", maxlen, minimum=len(ids) + 1, maximum=len(ids) + 4)
    drawing = Drawing(WIDTH, 238)
    pitch = (WIDTH - 84) / maxlen
    columns = [72 + pitch * (place + 0.5) for place in range(maxlen)]
    zeros = maxlen - len(ids) - 1
    rows = {"text": 210, "tokens": 158, "ids": 106, "padded": 54}
    for key, y in rows.items():
        drawing.note(16, y, say(key), align="left")
    size = (pitch - 5, 26)
    left, right = columns[zeros + 1] - size[0] / 2, columns[-1] + size[0] / 2
    text = drawing.box(
        (left + right) / 2, rows["text"], right - left, 28, f"“{review}”"
    )
    for x, word in zip(columns[zeros + 1 :], words, strict=True):
        token = drawing.box(x, rows["tokens"], *size, word, size=10)
        drawing.arrow((x, text.bottom[1]), token.top)
    for place, number in enumerate([0] * zeros + [1, *ids]):
        _id(drawing, columns[place], rows, size, number, place - zeros)
    drawing.note(
        (columns[0] + columns[-1]) / 2,
        16,
        say("special_ids"),
    )
    return drawing, (
        f"The review “{review}” on its way to the network, from top to "
        f"bottom: the text; its tokens {', '.join(words)}; their ids "
        f"{', '.join(map(str, ids))}, with a 1 for the start before them and "
        "a 2 for a word that is not among the most frequent ones; the row "
        f"padded with zeros at the front to {maxlen} numbers."
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
    if place > 0:
        drawing.arrow((x, rows["tokens"] - size[1] / 2), first.top)


REVIEWS = ((14, 20, 16, 2, 52), (6, 371, 22), (87, 20))
"""Three reviews as ids, each of another length."""


def padding_and_mask(
    reviews: Sequence[Sequence[int]] = REVIEWS,
) -> tuple[Figure, str]:
    """Draw reviews padded at the end, their mask, and a state that waits.

    Args:
        reviews: Three rows of ids, the first the longest; the second is
            the one that is run.
    """
    drawing = Drawing(WIDTH, 252)
    longest = len(reviews[0])
    rows = [[*row, *[0] * (longest - len(row))] for row in reviews]
    for place, row in enumerate(rows):
        y = 206 - 28 * place
        name = say("review_number", number=place + 1)
        drawing.note(16, y, name, align="left")
        for step, number in enumerate(row):
            real = step < len(reviews[place])
            _table_cell(drawing, 92 + 36 * step, y, 36, number, real)
            _table_cell(drawing, 304 + 42 * step, y, 42, real, real)
    drawing.label(164, 236, say("padded_ids"), face="bold")
    drawing.label(388, 236, say("mask"), face="bold")
    _masked_run(drawing, rows[1], len(reviews[1]))
    return drawing, (
        f"Three reviews of {', '.join(str(len(row)) for row in reviews)} ids "
        f"in a table of {longest} columns, filled up with zeros at the end. "
        "Beside it the mask: True where an id stands, False at the zeros. "
        "Below, the second review goes through the cell: at the masked "
        f"steps the state h_{len(reviews[1])} passes unchanged, so it is "
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
        cell_text=say("cell"),
    ).cells
    for x, text in zip(columns[length:], inputs[length:], strict=True):
        drawing.box(x, y - sizes.rise, *sizes.box, text, "faded", dashed=True)
        drawing.box(x, y, *sizes.cell, "", "faded", dashed=True)
    end = drawing.box(
        columns[-1] + 74, y, 40, 26, f"$h_{length}$", "hidden_state"
    )
    drawing.arrow(cells[-1].right, end.left, meaning="hidden_state", layer=4)
    drawing.note(16, y, say("review_number", number=2), align="left")
    if length < len(row):
        middle = (columns[length] + columns[-1]) / 2
        drawing.note(middle, y + 27, say("unchanged"))


def classifier(
    review: str = "", ids: Sequence[int] = IDS, answer: float = 0.9
) -> tuple[Figure, str]:
    """Draw a review on its way to the probability that it is positive.

    Args:
        review: A short text.
        ids: The id of each of its words.
        answer: The probability, made up.
    """
    words = (review or say("short_review")).lower().strip("!.?").split()
    drawing = Drawing(WIDTH, 308)
    columns = [124 + 76 * place for place in range(len(words))]
    heights = {"review": 28, "ids": 80, "vectors": 154, "network": 228}
    for key, y in heights.items():
        drawing.note(16, y, say(key), align="left")
    cells = unroll(
        drawing,
        columns,
        heights["network"],
        *[[None] * len(words)] * 2,
        sizes=Sizes(cell=(46, 34)),
        cell_text=say("cell"),
    ).cells
    for x, word, number, cell in zip(columns, words, ids, cells, strict=True):
        token = drawing.box(x, heights["review"], 62, 26, word, size=10.5)
        _read_id(drawing, token, number, cell, heights)
    x = columns[-1] + 88
    sigmoid = drawing.box(x, heights["network"], 66, 34, say("sigmoid"))
    result = drawing.box(x, 282, 46, 26, f"{answer}", "output")
    drawing.arrow(cells[-1].right, sigmoid.left, meaning="hidden_state")
    drawing.arrow(sigmoid.top, result.bottom, meaning="output")
    drawing.note(x - 31, 282, say("probability_positive"), align="right")
    return drawing, (
        f"The review “{' '.join(words)}” on its way through a classifier, "
        f"from bottom to top: its words, their ids {', '.join(map(str, ids))}"
        ", one vector for each id, a recurrent cell that reads the vectors "
        "in order, and after the last one a sigmoid unit that gives the "
        f"probability that the review is positive, here {answer}."
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
