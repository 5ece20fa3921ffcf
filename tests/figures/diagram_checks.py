"""Measures of a drawing, taken where it is rendered."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import NamedTuple

import numpy as np
from matplotlib import colors
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from utils.drawing.card import Drawing
from utils.drawing.geometry import Box

SHARPNESS = 2
"""Pixels for each point, as in the stored PNG."""


class Label(NamedTuple):
    """A text as it stands on the card.

    Attributes:
        text: What it says.
        artist: Matplotlib's text.
        bounds: Where it lies, in points.
        ground: The colours under it, (colours, 3) from 0 to 1.
    """

    text: str
    artist: Text
    bounds: Bbox
    ground: np.ndarray


class Measured(NamedTuple):
    """A drawing and all its labels."""

    drawing: Drawing
    labels: list[Label]


def measure(drawing: Drawing) -> Measured:
    """Render a drawing twice, with and without its texts."""
    drawing.canvas.draw()
    renderer = drawing.canvas.get_renderer()
    texts = [text for text in drawing.findobj(Text) if text.get_visible()]
    artists = [text for text in texts if text.get_text().strip()]
    places = [text.get_window_extent(renderer) for text in artists]
    picture = _without(artists, drawing)
    labels = []
    for artist, bounds in zip(artists, places, strict=True):
        x0, y0, x1, y1 = np.round(bounds.extents * SHARPNESS).astype(int)
        pixels = picture[max(0, y0) : y1, max(0, x0) : x1].reshape(-1, 3)
        ground = np.unique(pixels, axis=0)
        labels.append(Label(artist.get_text(), artist, bounds, ground))
    return Measured(drawing, labels)


def _without(artists: list[Text], drawing: Drawing) -> np.ndarray:
    """Return the pixels below the texts, the bottom row first."""
    for text in artists:
        text.set_visible(False)
    drawing.set_dpi(72 * SHARPNESS)
    drawing.canvas.draw()
    picture = np.array(drawing.canvas.buffer_rgba())[::-1, :, :3] / 255
    drawing.set_dpi(72)
    for text in artists:
        text.set_visible(True)
    return picture


def faults(measured: Measured) -> dict[str, list]:
    """Return all that is wrong, by the check that found it."""
    found = {
        "outside": outside(measured, margin=3),
        "wide": too_wide(measured, padding=1.5),
        "overlap": overlaps(measured),
        "small": small(measured, size=9),
        "crossed": crossed(measured),
        "faint": faint(measured, ratio=4.5),
        "loose": loose_tips(measured, reach=9),
    }
    return {check: wrong for check, wrong in found.items() if wrong}


def _texts(measured: Measured, is_wrong: Callable[[Label], bool]) -> list[str]:
    return [label.text for label in measured.labels if is_wrong(label)]


def outside(measured: Measured, margin: float) -> list[str]:
    """Return texts nearer to the card's edge than ``margin`` points."""
    width, height = measured.drawing.width, measured.drawing.height
    card = Bbox([[0, 0], [width, height]]).padded(-margin)
    return _texts(measured, lambda label: not _contains(card, label.bounds))


def too_wide(measured: Measured, padding: float) -> list[str]:
    """Return texts that come nearer than that to the sides of their box."""
    bounds = {label.artist: label.bounds for label in measured.labels}
    return [
        text.get_text()
        for text, box in measured.drawing.inscribed
        if not _contains(
            Bbox([box.at(-1, -1), box.at(1, 1)]).padded(-padding, 0),
            bounds[text],
        )
    ]


def _contains(outer: Bbox, inner: Bbox) -> bool:
    """Whether one rectangle lies in another."""
    return bool((inner.p0 >= outer.p0).all() and (inner.p1 <= outer.p1).all())


def overlaps(measured: Measured) -> list[tuple[str, str]]:
    """Return pairs of texts that cover each other."""
    return [
        (one.text, other.text)
        for one, other in combinations(measured.labels, 2)
        if Bbox.intersection(one.bounds, other.bounds.padded(-0.4))
    ]


def small(measured: Measured, size: float) -> list[str]:
    """Return texts smaller than ``size`` points on a column 504 wide."""
    shrink = min(1, 504 / measured.drawing.width)
    return _texts(
        measured, lambda it: it.artist.get_fontsize() * shrink < size
    )


def crossed(measured: Measured) -> list[str]:
    """Return texts that stand on more than one colour: a line runs through."""
    return _texts(measured, lambda it: np.ptp(it.ground, axis=0).max() > 0.05)


def faint(measured: Measured, ratio: float) -> list[str]:
    """Return texts with less contrast to their ground than ``ratio``."""

    def is_faint(label: Label) -> bool:
        color = label.artist.get_color()
        return any(contrast(color, under) < ratio for under in label.ground)

    return _texts(measured, is_faint)


def loose_tips(measured: Measured, reach: float) -> list[tuple[float, float]]:
    """Return arrowheads that end on no shape and at no text.

    A tip must lie on the outline of a shape or within ``reach`` points of
    a text that stands free.
    """
    drawing = measured.drawing
    inscribed = {text for text, _ in drawing.inscribed}
    free = [
        label.bounds.padded(reach)
        for label in measured.labels
        if label.artist not in inscribed
    ]
    return [
        tip
        for tip in drawing.tips
        if not any(_on_edge(box, tip) for box in drawing.boxes)
        and not any(bounds.contains(*tip) for bounds in free)
    ]


def _on_edge(box: Box, tip: tuple[float, float]) -> bool:
    """Whether a point lies on the outline of a box."""
    across = abs(tip[0] - box.x) - box.width / 2
    up = abs(tip[1] - box.y) - box.height / 2
    return abs(max(across, up)) < 0.01


def linear(color: object) -> np.ndarray:
    """Return a colour as linear light, red, green, blue."""
    values = np.array(colors.to_rgb(color))
    return np.where(
        values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4
    )


def contrast(one: object, other: object) -> float:
    """Return the contrast ratio of two colours (WCAG 2.1)."""
    dark, light = sorted(
        float(linear(color) @ (0.2126, 0.7152, 0.0722))
        for color in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


# fmt: off
DEUTERANOPIA = np.array([[0.367322, 0.860646, -0.227968],
                         [0.280085, 0.672501, 0.047413],
                         [-0.011820, 0.042940, 0.968881]])
"""Machado, Oliveira & Fernandes (2009), severity 1, on linear light."""

XYZ = np.array([[0.4124564, 0.3575761, 0.1804375],
                [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041]])
"""Linear sRGB to CIE XYZ, white D65."""
# fmt: on


def lab(light: np.ndarray) -> np.ndarray:
    """Return linear light as CIE L*a*b*."""
    xyz = XYZ @ light / (0.95047, 1, 1.08883)
    f = np.where(
        xyz > 0.008856, np.cbrt(np.maximum(xyz, 1e-9)), 7.787 * xyz + 16 / 116
    )
    return np.array(
        [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
    )


def seen_distance(one: object, other: object) -> float:
    """Return how far apart two colours look without green cones (CIE 1976)."""
    first, second = (
        lab(np.clip(DEUTERANOPIA @ linear(color), 0, 1))
        for color in (one, other)
    )
    return float(np.linalg.norm(first - second))
