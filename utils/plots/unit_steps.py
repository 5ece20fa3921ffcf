"""A plot of one unit of a gated cell: its gates and states, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from utils import theme
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.lettering import text_width
from utils.errors import check_length

CLOSED_TO_OPEN = LinearSegmentedColormap.from_list(
    "closed to open", [theme.COLORS["background"], theme.COLORS["gate"]]
)
"""White is 0, a closed gate; the colour of gates is 1, an open one."""

HEIGHT = 350
"""Points."""

LEFT, RIGHT = 66, 496
"""Points: where the steps begin and end."""

FIELDS = (252, 330)
"""Points above the lower edge: the gates."""

MIDDLES = (200, 112)
"""Points above the lower edge: zero of the two states."""

REACH = 26
"""Points from zero to the limit of a state."""

LABELS = 64
"""Points above the lower edge: what was read."""

SIZE = 9
"""Points: of numbers and of what was read."""

FEWEST = 6
"""Steps that there is room for at least, so that bars stay apart."""

LIMITS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""The axis of a state ends at one of these."""

DARK = 0.8
"""A gate more open than this has light numbers."""


def unit_steps(
    labels: Sequence[str],
    gates: Mapping[str, np.ndarray],
    states: Mapping[str, tuple[np.ndarray, str]],
) -> tuple[Figure, str]:
    """Draw gates as fields and two states as bars, a column a step.

    Args:
        labels: What was read at each step, at most 12; short.
        gates: Name -> 0 to 1, (timesteps,).
        states: Name -> values between -16 and 16, (timesteps,), and the
            meaning of their colour; two of them.

    Raises:
        ValueError: A gate or state has not one number a step.
    """
    values = {name: numbers for name, (numbers, _) in states.items()}
    for name, numbers in {**gates, **values}.items():
        check_length(name, numbers, "labels", labels)
    drawing = Drawing(WIDTH, HEIGHT)
    pitch = (RIGHT - LEFT) / max(FEWEST, len(labels))
    places = LEFT + pitch * (np.arange(len(labels)) + 0.5)
    _fields(drawing, gates, places, pitch)
    for (name, (numbers, meaning)), middle in zip(
        states.items(), MIDDLES, strict=True
    ):
        _bars(drawing, name, numbers, meaning, places, middle)
    _labels(drawing, labels, places, pitch)
    ends = " and ".join(f"{v[-1]:z.2f} ({name})" for name, v in values.items())
    return drawing, (
        f"Three rows over the steps {', '.join(labels)}. Above, the "
        f"{', '.join(gates)} gates as fields, dark is open; below, the "
        f"{' and the '.join(states)} as bars, which end at {ends}."
    )


def _fields(
    drawing: Drawing,
    gates: Mapping[str, np.ndarray],
    places: np.ndarray,
    pitch: float,
) -> None:
    """Draw a row a gate, dark where it is open, with the numbers."""
    bottom, top = FIELDS
    edges = np.linspace(top, bottom, len(gates) + 1)
    columns = np.append(places - pitch / 2, places[-1] + pitch / 2)
    table = np.array([*gates.values()])
    drawing.plane.pcolormesh(
        columns,
        edges,
        table,
        cmap=CLOSED_TO_OPEN,
        vmin=0,
        vmax=1,
        edgecolors=theme.COLORS["line"],
        linewidth=0.8,
    )
    rows = (edges[1:] + edges[:-1]) / 2
    for y, name in zip(rows, gates, strict=True):
        drawing.label(LEFT - 8, y, name, size=10, align="right")
    drawing.note(LEFT - 8, top + 10, "step", align="right")
    for step, x in enumerate(places, start=1):
        drawing.note(x, top + 10, f"{step}")
    for (row, step), gate in np.ndenumerate(table):
        ink = "background" if gate > DARK else "text"
        drawing.label(places[step], rows[row], f"{gate:.2f}", ink, size=SIZE)


def _bars(
    drawing: Drawing,
    name: str,
    values: np.ndarray,
    meaning: str,
    places: np.ndarray,
    middle: float,
) -> None:
    """Draw a bar a step, with the number at its end."""
    highest = np.abs(values).max()
    limit = next(limit for limit in LIMITS if highest <= limit)
    ends = middle + REACH / limit * values
    drawing.line((LEFT, middle), (RIGHT, middle), width=0.8)
    drawing.line((LEFT, middle - REACH), (LEFT, middle + REACH), width=0.8)
    drawing.plane.vlines(
        places, middle, ends, linewidth=14, color=theme.COLORS[meaning]
    )
    for way in (-1, 0, 1):
        y = middle + way * REACH
        drawing.note(LEFT - 6, y, f"{way * limit:g}", align="right")
    drawing.label(14, middle, name, size=10, rotation=90)
    for x, end, value in zip(places, ends, values, strict=True):
        y = end + (8 if value >= 0 else -8)
        drawing.label(x, y, f"{value:z.2f}", size=SIZE)


def _labels(
    drawing: Drawing,
    labels: Sequence[str],
    places: np.ndarray,
    pitch: float,
) -> None:
    """Write what was read, aslant where it would not fit side by side."""
    widest = max(text_width(label, SIZE) for label in labels)
    look = {"ha": "center", "va": "top"}
    if widest > pitch - 4:
        look = {"ha": "right", "va": "top", "rotation": 40}
        look["rotation_mode"] = "anchor"
    for x, label in zip(places, labels, strict=True):
        drawing.plane.text(
            x, LABELS, label, fontsize=SIZE, color=theme.COLORS["text"], **look
        )
