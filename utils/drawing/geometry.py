"""Where shapes lie: boxes with edges to hold, lines with round corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

import numpy as np
from matplotlib.path import Path

Point = tuple[float, float]
"""x to the right, y upwards, in points."""


@dataclass(frozen=True)
class Box:
    """Where a shape lies, so that arrows can start and end on its edge."""

    x: float
    y: float
    width: float
    height: float

    def at(self, across: float, up: float) -> Point:
        """Return a point: (0, 0) the centre, (1, 0) the right edge's middle.

        Args:
            across: -1 (left edge) to 1 (right edge).
            up: -1 (bottom edge) to 1 (top edge).
        """
        return (
            self.x + across * self.width / 2,
            self.y + up * self.height / 2,
        )

    @property
    def left(self) -> Point:
        """Middle of the left edge."""
        return self.at(-1, 0)

    @property
    def right(self) -> Point:
        """Middle of the right edge."""
        return self.at(1, 0)

    @property
    def top(self) -> Point:
        """Middle of the top edge."""
        return self.at(0, 1)

    @property
    def bottom(self) -> Point:
        """Middle of the bottom edge."""
        return self.at(0, -1)


def rounded(points: Sequence[Point], radius: float) -> Path:
    """Return the path through the points with its corners cut round."""
    if radius == 0:
        return Path(points)
    knots = [np.array(point, dtype=float) for point in points]
    different = [
        not np.array_equal(before, after) for before, after in pairwise(knots)
    ]
    knots = knots[:1] + list(compress(knots[1:], different))
    vertices, codes = [knots[0]], [Path.MOVETO]
    for before, corner, after in zip(
        knots[:-2], knots[1:-1], knots[2:], strict=True
    ):
        back, ahead = before - corner, after - corner
        lengths = np.linalg.norm(back), np.linalg.norm(ahead)
        cut = min(radius, lengths[0] / 2, lengths[1] / 2)
        vertices += [
            corner + back / lengths[0] * cut,
            corner,
            corner + ahead / lengths[1] * cut,
        ]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path([*vertices, knots[-1]], [*codes, Path.LINETO])
