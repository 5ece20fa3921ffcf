"""JupyterLab's window, with a name at each thing that a lesson needs."""

from __future__ import annotations

from matplotlib.figure import Figure

from utils.drawing.card import WIDTH, Drawing

BUTTONS = (
    (188, "▶", "run the\ncell"),
    (252, "■", "interrupt\nthe cell"),
    (316, "↻", "restart\nthe kernel"),
    (380, "▶▶", "restart and\nrun all"),
)
"""Place, sign and meaning of four buttons of the bar."""

FILES = (
    "solutions",
    "00_start_here",
    "01_sequential_data",
    "02_recurrent_cell",
)
"""What the list of files shows first; lesson 00 is open."""

PAPER = {"radius": 2, "size": 9}
"""Boxes that stand for parts of the page."""


def jupyterlab_window() -> tuple[Figure, str]:
    """Draw the window: files, buttons, kernel, and a cell that was run."""
    drawing = Drawing(WIDTH, 248)
    drawing.frame(8, 8, WIDTH - 8, 196)
    _files(drawing)
    _bar(drawing)
    _cell(drawing)
    signs = ", ".join(
        f"{sign} {' '.join(said.split())}" for _, sign, said in BUTTONS
    )
    return drawing, (
        "JupyterLab's window, drawn. At the left the list of files, in it "
        f"00_start_here, which is open. Above the page buttons: {signs}; at "
        "the right the circle of the kernel, empty while it is idle and full "
        "while it works. On the page a cell, [1]: number = 8, print(number), "
        "and under it its result, 8."
    )


def _files(drawing: Drawing) -> None:
    """Draw the list of files."""
    for row, name in enumerate(FILES):
        chosen = name.startswith("00")
        drawing.box(
            76,
            148 - 26 * row,
            124,
            20,
            name,
            "input" if chosen else "panel",
            **PAPER,
        )
    drawing.note(76, 177, "the list of files")
    drawing.line((146, 8), (146, 196), width=1)


def _bar(drawing: Drawing) -> None:
    """Draw the buttons, and the kernel's circle at their right."""
    for x, sign, meaning in BUTTONS:
        button = drawing.box(x, 172, 34, 22, sign, **PAPER)
        drawing.note(x, 228, meaning)
        drawing.arrow((x, 210), button.top)
    kernel = drawing.circle(464, 172, 7, meaning="panel")
    drawing.note(452, 228, "kernel: ○ idle,\n● at work")
    drawing.arrow((464, 210), kernel.top)
    drawing.line((146, 152), (WIDTH - 8, 152), width=1)


def _cell(drawing: Drawing) -> None:
    """Draw a cell with its number and its result."""
    drawing.label(176, 122, "[1]:", "muted", face="code", size=10)
    drawing.box(302, 113, 204, 42, **PAPER)
    for y, line in ((122, "number = 8"), (105, "print(number)")):
        drawing.label(208, y, line, face="code", size=10, align="left")
    drawing.label(208, 74, "8", face="code", size=10, align="left")
    for y, said in (
        (113, "a cell"),
        (74, "its result"),
    ):
        drawing.note(488, y, said, align="right")
    drawing.note(158, 30, "[1]: its number, the first to run", align="left")
    drawing.arrow((176, 40), (176, 113))
