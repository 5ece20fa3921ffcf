"""Shapes to draw ideas with, on a card measured in points.

A card 504 points wide fills a lesson's column, and text of size 11 shows as
11-point text. x runs to the right, y upwards; a shape is placed by its
centre. A ``meaning`` is a key of ``theme.COLORS``, or ``faded`` for what
steps back.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import (
    Circle,
    FancyBboxPatch,
    Patch,
    PathPatch,
    Polygon,
)
from matplotlib.text import Text

from utils.drawing.geometry import Box, Point, rounded
from utils.drawing.lettering import NOTE, TEXT, font, middle, text_width
from utils.drawing.shades import fill_color, ink_color, line_color
from utils.theme import COLORS, forget_matplotlibrc

WIDTH = 504
"""Points: a full column, 7 inches."""

OUTLINE = 1.2
"""Points: the outline of a shape."""

FLOW = 1.6
"""Points: the line of an arrow."""

HEAD = (7.5, 6.5)
"""Points: length and width of an arrow's head."""

DASHES = (0, (3, 2))
"""Multiples of the line's width: drawn, left out."""


class Drawing(Figure):
    """A white card to draw on.

    Attributes:
        boxes: Every shape an arrow may end on.
        tips: Where the arrowheads point to.
        inscribed: Each text that stands in a shape, with that shape.
    """

    def __init__(self, width: float = WIDTH, height: float = 200) -> None:
        """Make an empty card of that many points."""
        forget_matplotlibrc()
        super().__init__(
            figsize=(width / 72, height / 72),
            dpi=72,
            facecolor=COLORS["background"],
        )
        FigureCanvasAgg(self)
        self.width, self.height = width, height
        self.boxes: list[Box] = []
        self.tips: list[Point] = []
        self.inscribed: list[tuple[Text, Box]] = []
        self.plane = self.add_axes(
            (0, 0, 1, 1), frameon=False, axisbelow="line"
        )
        self.plane.set(xlim=(0, width), ylim=(0, height), xticks=[], yticks=[])

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str = "",
        meaning: str = "panel",
        *,
        radius: float = 4,
        **look: Any,
    ) -> Box:
        """Draw a box with a text in its middle and return where it lies.

        Args:
            x: Centre.
            y: Centre.
            width: Points.
            height: Points.
            text: What it says; a formula between dollar signs.
            meaning: Of its colour.
            radius: Of the corners, in points.
            **look: As in ``inscribe``.
        """
        patch = FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={radius}",
        )
        shape = Box(x, y, width, height)
        return self.inscribe(patch, shape, text, meaning, **look)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        text: str = "",
        meaning: str = "panel",
        **look: Any,
    ) -> Box:
        """Draw a circle, and return the square around it; as ``box``."""
        shape = Box(x, y, 2 * radius, 2 * radius)
        patch = Circle((x, y), radius)
        return self.inscribe(patch, shape, text, meaning, **look)

    def inscribe(
        self,
        patch: Patch,
        shape: Box,
        text: str,
        meaning: str,
        *,
        strength: float = 0.13,
        dashed: bool = False,
        layer: float = 3,
        size: float = TEXT,
        face: str = "plain",
    ) -> Box:
        """Add a shape, colour it, and write a text into it.

        Args:
            patch: The shape.
            shape: Where it lies.
            text: What it says.
            meaning: Of its colour.
            strength: How much of the colour fills it, 0 to 1.
            dashed: Dash the outline.
            layer: Higher layers cover lower ones; text is on 6.
            size: Of the text, in points.
            face: A key of ``lettering.FACES``.
        """
        patch.set(
            facecolor=fill_color(meaning, strength),
            edgecolor=line_color(meaning),
            linewidth=OUTLINE,
            linestyle=DASHES if dashed else "solid",
            zorder=layer,
        )
        self.plane.add_patch(patch)
        self.boxes.append(shape)
        if text:
            ink = ink_color(meaning, strength)
            label = self._write(
                shape.x, shape.y, text, ink, size=size, face=face
            )
            self.inscribed.append((label, shape))
        return shape

    def frame(
        self, left: float, bottom: float, right: float, top: float
    ) -> None:
        """Draw a thin frame around what belongs together."""
        self.plane.add_patch(
            FancyBboxPatch(
                (left, bottom),
                right - left,
                top - bottom,
                boxstyle="round,pad=0,rounding_size=7",
                facecolor="none",
                edgecolor=line_color("faded"),
                linewidth=1,
                zorder=0.5,
            )
        )

    def product(
        self, x: float, y: float, meaning: str = "text", radius: float = 9
    ) -> Box:
        """Draw the sign of the element-wise product, a dot in a circle."""
        shape = self.circle(x, y, radius, meaning=meaning, strength=0)
        self.dot(x, y, meaning)
        return shape

    def dot(
        self, x: float, y: float, meaning: str = "text", radius: float = 2.4
    ) -> None:
        """Draw a point: where a line branches, say."""
        color = line_color(meaning)
        self.plane.add_patch(
            Circle((x, y), radius, color=color, linewidth=0, zorder=4)
        )

    def line(
        self,
        *points: Point,
        meaning: str = "line",
        width: float = FLOW,
        radius: float = 6,
        dashed: bool = False,
        bridge: bool = False,
        layer: float = 2,
    ) -> None:
        """Draw a line through the points, its corners rounded.

        A bridge has a white edge, so that it passes over what it crosses.
        """
        if bridge:
            self.line(
                *points,
                meaning="background",
                width=width + 4,
                radius=radius,
                layer=layer - 0.5,
            )
        self.plane.add_patch(
            PathPatch(
                rounded(points, radius),
                facecolor="none",
                edgecolor=line_color(meaning),
                linewidth=width,
                linestyle=DASHES if dashed else "solid",
                capstyle="butt",
                joinstyle="round",
                zorder=layer,
            )
        )

    def arrow(
        self,
        *points: Point,
        meaning: str = "line",
        layer: float = 2,
        **look: Any,
    ) -> None:
        """Draw a line that ends in a head, whose tip is the last point.

        Args:
            *points: From the start to the tip.
            meaning: Of its colour.
            layer: As in ``inscribe``.
            **look: width, radius, dashed and bridge, as in ``line``.
        """
        tip = np.array(points[-1], dtype=float)
        back = np.array(points[-2], dtype=float) - tip
        back /= np.linalg.norm(back)
        length, breadth = HEAD
        side = np.array([-back[1], back[0]]) * breadth / 2
        foot = tip + back * length
        self.plane.add_patch(
            Polygon(
                [tip, foot + side, foot - side],
                color=line_color(meaning),
                linewidth=0,
                zorder=layer + 0.5,
            )
        )
        self.tips.append(points[-1])
        # The line stops inside the head, so that the tip stays pointed.
        points = (*points[:-1], tuple(tip + back * length * 0.8))
        self.line(*points, meaning=meaning, layer=layer, **look)
        # Moved to whole pixels, it would miss the middle of its head.
        self.plane.patches[-1].set_snap(False)

    def label(
        self, x: float, y: float, text: str, meaning: str = "text", **look: Any
    ) -> Text:
        """Write a text on the card.

        Args:
            x: Left edge, centre or right edge, as ``align`` says.
            y: The middle of the letters.
            text: What it says.
            meaning: Of its colour.
            **look: size, face, align and rotation (degrees).
        """
        return self._write(x, y, text, COLORS[meaning], **look)

    def note(self, x: float, y: float, text: str, **look: Any) -> Text:
        """Write a side remark, smaller and paler; as ``label``."""
        return self.label(x, y, text, "muted", size=NOTE, **look)

    def _write(
        self,
        x: float,
        y: float,
        text: str,
        ink: str,
        *,
        size: float = TEXT,
        face: str = "plain",
        align: str = "center",
        rotation: float = 0,
    ) -> Text:
        """Put a text on the card with the middle of its letters at y."""
        one_line = "\n" not in text and not rotation
        return self.plane.text(
            x,
            y - middle(text, size) if one_line else y,
            text,
            color=ink,
            fontproperties=font(size, face),
            ha=align,
            va="baseline" if one_line else "center",
            rotation=rotation,
            linespacing=1.35,
            zorder=6,
        )

    def equation(
        self,
        x: float,
        y: float,
        parts: Sequence[tuple[str, str]],
        *,
        size: float = 13,
        gap: float = 4.5,
    ) -> None:
        """Write a formula whose parts have the colours of the drawing.

        Args:
            x: Centre.
            y: The middle of the letters.
            parts: (text, meaning) pairs from left to right.
            size: Points.
            gap: Points between two parts.
        """
        widths = [text_width(text, size) for text, _ in parts]
        gaps = [
            1.0
            if before.endswith(("($", "-}$")) or after.startswith("$)")
            else gap
            for (before, _), (after, _) in pairwise(parts)
        ]
        left = x - (sum(widths) + sum(gaps)) / 2
        for (text, meaning), width, space in zip(
            parts, widths, [*gaps, 0], strict=True
        ):
            self.label(left, y, text, meaning, size=size, align="left")
            left += width + space
