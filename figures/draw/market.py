"""Windows of days, their split by date, and four ways to leak across it."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

PARTS = (
    ("training", "1999–2005", 7, 0.08),
    ("validation", "2006–2007", 2, 0.35),
    ("test", "2008–2018", 11, 0.75),
)
"""Name, years as written, how many they are, strength of the grey."""

SEEN = 22
"""Days that a window holds."""


def _bar(
    drawing: Drawing, left: float, y: float, width: float, height: float
) -> list[Box]:
    """Draw the years as one bar, a shade of grey for each part."""
    year = width / sum(years for _, _, years, _ in PARTS)
    boxes = []
    for _, _, years, strength in PARTS:
        across = year * years
        boxes.append(
            drawing.box(
                left + across / 2,
                y,
                across,
                height,
                "",
                "weight",
                radius=0,
                strength=strength,
            )
        )
        left += across
    return boxes


def windows() -> tuple[Figure, str]:
    """Draw two windows a day apart, and the years they are dealt by."""
    drawing = Drawing(WIDTH, 218)
    bar = _bar(drawing, 20, 170, 464, 26)
    for box, (name, years, _, _) in zip(bar, PARTS, strict=True):
        drawing.label(box.x, 202, name, size=10)
        drawing.note(box.x, 146, years)
    side, left = 13, 64
    for row, y in enumerate((96, 46)):
        days = [
            drawing.box(
                left + side * (day + row),
                y,
                side - 2,
                side,
                "",
                "input",
                radius=0,
                strength=0.4,
            )
            for day in range(SEEN)
        ]
        network = drawing.box(412, y, 62, 30, "network", size=10)
        drawing.arrow(days[-1].right, network.left, meaning="input")
        answer = drawing.box(472, y, 34, 26, "next", "output", size=9)
        drawing.arrow(network.right, answer.left, meaning="output")
        target = left + side * (SEEN + row)
        drawing.box(
            target,
            y - 20,
            side - 2,
            side,
            "",
            "output",
            radius=0,
            strength=0.6,
        )
    drawing.note(left - 6, 120, f"{SEEN} days that are seen", align="left")
    drawing.note(left - 6, 71, "the same a day later", align="left")
    drawing.note(
        left + side * SEEN - 12, 76, "the day asked for", align="right"
    )
    return drawing, (
        "Above, a bar of twenty years in three shades: training 1999 to 2005, "
        "validation 2006 and 2007, test 2008 to 2018. Below, a row of "
        f"{SEEN} days goes into the network, which answers for the next day, "
        "drawn under the row just after its end; a second row lies one day "
        "further to the right."
    )


def four_leaks() -> tuple[Figure, str]:
    """Draw four cards, each with the one thing that is done wrongly."""
    drawing = Drawing(WIDTH, 272)
    cards = {
        "1  scaler fitted on all days": (14, 146, _scaler),
        "2  windows shuffled before the split": (258, 146, _shuffled),
        "3  target among the inputs": (14, 14, _target),
        "4  stopped by the test years": (258, 14, _stopped),
    }
    for title, (left, low, draw) in cards.items():
        drawing.frame(left, low, left + 232, low + 116)
        drawing.label(left + 12, low + 100, title, size=10, align="left")
        draw(drawing, left + 16, low)
    return drawing, (
        "Four cards with the bar of years in three shades. 1: the smallest "
        "and the largest price are taken from the whole bar and not from its "
        "training part. 2: the bar is cut into slices, and the three shades "
        "lie mixed. 3: the window that goes into the network ends on the day "
        "that is asked for. 4: the loss of the test part says when training "
        "stops."
    )


def _span(
    drawing: Drawing, left: float, right: float, y: float, meaning: str
) -> None:
    """Draw a line with an end at either side, below a bar."""
    drawing.line((left, y), (right, y), meaning=meaning, layer=1)
    for x in (left, right):
        drawing.line((x, y - 4), (x, y + 4), meaning=meaning, layer=1)


def _scaler(drawing: Drawing, left: float, low: float) -> None:
    """Draw from which years the scaler takes its two prices."""
    bar = _bar(drawing, left, low + 68, 200, 20)
    _span(drawing, left, bar[0].right[0], low + 48, "line")
    _span(drawing, left, left + 200, low + 32, "text")
    drawing.note(bar[0].right[0] + 6, low + 47, "honest", align="left")
    drawing.note(left + 100, low + 17, "lowest and highest price of these")


def _shuffled(drawing: Drawing, left: float, low: float) -> None:
    """Draw a bar whose slices are dealt out at random."""
    _bar(drawing, left, low + 68, 200, 20)
    order = (2, 0, 2, 1, 2, 0, 2, 2, 0, 2, 0, 1, 2, 0, 2, 0, 2, 2, 0, 2)
    for place, part in enumerate(order):
        drawing.box(
            left + 10 * place + 5,
            low + 36,
            10,
            20,
            "",
            "weight",
            radius=0,
            strength=PARTS[part][3],
        )
    drawing.note(left + 100, low + 13, "neighbours on both sides of the split")


def _row(drawing: Drawing, left: float, y: float, kinds: Sequence[str]) -> Box:
    """Draw days, a square each, and return the last one."""
    return [
        drawing.box(
            left + 14 * place, y, 12, 14, "", kind, radius=0, strength=0.5
        )
        for place, kind in enumerate(kinds)
    ][-1]


def _target(drawing: Drawing, left: float, low: float) -> None:
    """Draw a window that ends a day before its target, and one on it."""
    for y, kinds, name in (
        (low + 70, ["input"] * 6, "honest"),
        (low + 40, ["input"] * 5 + ["output"], "leak"),
    ):
        last = _row(drawing, left + 8, y, kinds)
        network = drawing.box(left + 140, y, 58, 22, "network", size=9)
        drawing.arrow(last.right, network.left, meaning="input")
        drawing.note(left + 178, y, name, align="left")
    drawing.note(
        left + 2, low + 15, "the last day is the answer", align="left"
    )


def _stopped(drawing: Drawing, left: float, low: float) -> None:
    """Draw which part says when the training ends."""
    bar = _bar(drawing, left, low + 70, 200, 20)
    stop = drawing.box(left + 86, low + 24, 84, 22, "when to stop", size=9)
    edge = stop.top[1]
    drawing.arrow(bar[1].bottom, (bar[1].x, edge), meaning="line")
    drawing.arrow(
        bar[2].bottom, (bar[2].x, stop.y), stop.right, meaning="text"
    )
    drawing.note(bar[1].x - 6, low + 48, "honest", align="right")
