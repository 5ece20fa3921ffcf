"""Marks that only drawings of networks need: a sum, a pixel, a round edge."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Rectangle

from utils.drawing.card import Drawing
from utils.drawing.geometry import Box, Point
from utils.drawing.shades import tint
from utils.theme import COLORS


def addition(
    drawing: Drawing,
    x: float,
    y: float,
    meaning: str = "text",
    radius: float = 9,
) -> Box:
    """Draw the sign of the sum, a plus in a circle."""
    shape = drawing.circle(x, y, radius, meaning=meaning, strength=0)
    arm = radius * 0.5
    drawing.line((x - arm, y), (x + arm, y), meaning=meaning, layer=4)
    drawing.line((x, y - arm), (x, y + arm), meaning=meaning, layer=4)
    return shape


def pixel(
    drawing: Drawing, x: float, y: float, side: float, ink: float
) -> None:
    """Draw a square of grey: ink 0 is paper, 1 black."""
    grey = tint(COLORS["text"], ink)
    drawing.plane.add_patch(
        Rectangle(
            (x - side / 2, y - side / 2),
            side,
            side,
            facecolor=grey,
            # Its own colour around it closes the seams between squares.
            edgecolor=grey,
            linewidth=0.3,
            zorder=4,
        )
    )


def round_edge(circle: Box, towards: Point) -> Point:
    """Return where a circle's edge faces another point."""
    way = np.subtract(towards, (circle.x, circle.y))
    way = way / np.linalg.norm(way) * circle.width / 2
    return (float(circle.x + way[0]), float(circle.y + way[1]))
