"""Tasks with numbers that follow each other: a tune, a temperature."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from figures.draw.unrolled import bracket, loop
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

TUNE = (2, 2, 3, 4, 4, 3, 2, 1, 0, 0, 1, 2, 2, 1, 1, 2, 2, 3, 4, 4, 3)
"""Beethoven's Ode to Joy: 0 is C, 1 is D, and so on to 4, G."""

LEFT = 82
"""Points: where the first note begins."""

STAFF, NETWORK, ANSWERS = 44, 146, 200
"""Points: heights of the lowest note, the cells, the notes that come out."""


def music() -> tuple[Figure, str]:
    """Draw a tune whose next note is the output at every step."""
    names = "CDEFG"
    drawing = Drawing(WIDTH, 240)
    steps = len(TUNE) - 1
    pitch = (WIDTH - LEFT - 12) / steps
    columns = [LEFT + pitch * (step + 0.5) for step in range(steps)]
    _staff(drawing, names)
    cells = _play(drawing, columns, pitch - 3.5)
    played = [names[note] for note in TUNE]
    _answers(drawing, columns, cells, played, pitch - 3.5)
    right = cells[-1].right[0]
    new = f"note {len(TUNE)}"
    drawing.label(right, ANSWERS + 24, new, "output", size=10, align="right")
    given = f"{steps} notes in"
    left, right = columns[0] - pitch / 2, columns[-1] + pitch / 2
    bracket(drawing, left + 2, right - 2, STAFF - 18, given)
    return drawing, (
        f"{steps} notes of a tune go into the network one after "
        "the other, drawn as blocks on lines from C to G. At every step the "
        "network answers with the next note; the last answer, "
        f"{played[-1]}, is note {len(TUNE)}, which it has not seen."
    )


def _staff(drawing: Drawing, names: Sequence[str]) -> None:
    """Draw a line for each pitch and its name, and name the rows."""
    for note, name in enumerate(names):
        y = STAFF + 15 * note
        drawing.label(LEFT - 6, y, name, "muted", size=9.5, align="right")
        drawing.line(
            (LEFT, y), (WIDTH - 12, y), meaning="faded", width=0.7, layer=0.6
        )
    rows = (STAFF + 30, "input"), (NETWORK, "network"), (ANSWERS, "output")
    for y, text in rows:
        drawing.note(16, y, text, align="left")


def _play(
    drawing: Drawing, columns: Sequence[float], width: float
) -> list[Box]:
    """Draw the notes that go in and the cells that read them."""
    cells = []
    for x, note in zip(columns, TUNE[:-1], strict=True):
        # Narrower than a note, so that an arrow fits between two of them.
        cells.append(drawing.box(x, NETWORK, width - 7, 18, radius=3))
        y = STAFF + 15 * note
        block = drawing.box(
            x, y, width, 12, meaning="input", radius=2, strength=0.55
        )
        drawing.arrow(
            block.top, cells[-1].bottom, meaning="input", width=1, layer=1
        )
    for before, after in pairwise(cells):
        drawing.arrow(
            before.right, after.left, meaning="hidden_state", width=1
        )
    return cells


def _answers(
    drawing: Drawing,
    columns: Sequence[float],
    cells: Sequence[Box],
    names: Sequence[str],
    width: float,
) -> None:
    """Draw the next note above every cell, the last of them full."""
    for x, cell, name in zip(columns, cells, names[1:], strict=True):
        new = cell is cells[-1]
        box = drawing.box(
            x,
            ANSWERS,
            width,
            20,
            name,
            "output",
            radius=3,
            size=10,
            strength=1 if new else 0.13,
        )
        drawing.arrow(cell.top, box.bottom, meaning="output", width=1)


def _morning(minute: np.ndarray, jump: float) -> np.ndarray:
    """Return made-up degrees Celsius, rising by ``jump`` from 09:36."""
    calm = 18 + minute / 60 + 0.25 * np.sin(minute / 2.3)
    return calm + jump / (1 + np.exp((36 - minute) / 2))


def temperature() -> tuple[Figure, str]:
    """Draw two hours of readings, a minute a step, and the answer to each."""
    drawing = Drawing(WIDTH, 258)
    for jump, answer, y in ((0, "normal", 194), (5, "not normal", 82)):
        plot = Box(146, y, 264, 100)
        drawing.frame(*plot.at(-1, -1), *plot.at(1, 1))
        _readings(drawing, _morning(np.arange(60), jump), plot)
        network = drawing.box(350, y, 66, 36, "network")
        reply = drawing.box(
            450,
            y,
            80,
            30,
            answer,
            "output",
            strength=1 if answer == "not normal" else 0.13,
        )
        drawing.arrow(plot.right, network.left, meaning="input")
        loop(drawing, network, 16)
        drawing.arrow(network.right, reply.left, meaning="output")
    drawing.note(146, 17, "60 readings, one a minute")
    return drawing, (
        "Two made-up hours from 09:00 to 09:59, 60 temperature readings "
        "each, go through a network that answers once, after the last "
        "reading. The first hour rises gently: normal. The second climbs "
        "by five degrees more around 09:36: not normal."
    )


def _readings(drawing: Drawing, values: np.ndarray, plot: Box) -> None:
    """Plot readings between 17 and 25 degrees as dots, a minute apart."""
    left, bottom = plot.at(-1, -1)
    left, right, foot = left + 46, left + plot.width - 22, bottom + 24
    scale = (plot.height - 34) / 8
    for degrees in (18, 21, 24):
        y = foot + scale * (degrees - 17)
        drawing.line(
            (left, y), (right, y), meaning="faded", width=0.7, layer=0.6
        )
        drawing.label(
            left - 6, y, f"{degrees} °C", "muted", size=9.5, align="right"
        )
    across = left + 4 + (right - left - 8) * np.arange(60) / 59
    for minute in (0, 20, 40, 59):
        drawing.label(
            across[minute], foot - 12, f"09:{minute:02d}", "muted", size=9.5
        )
    for x, degrees in zip(across, values, strict=True):
        drawing.dot(x, foot + scale * (degrees - 17), "input", radius=1.5)
