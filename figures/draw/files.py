"""Write the figures: the same bytes on every run."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from utils import theme

Frames = Sequence[tuple[Figure, float]]
"""The pictures of a moving figure and how many seconds each stays."""

COLORS_IN_GIF = 256
"""Enough for flat colours and the soft edges of letters."""


def svg(figure: Figure, description: str) -> bytes:
    """Return the figure as SVG, letters as outlines, no date inside."""
    buffer = io.BytesIO()
    with matplotlib.rc_context(theme.STYLE):
        figure.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None}
        )
    label = html.escape(description)
    head = f'<svg role="img" aria-label="{label}" '.encode()
    lines = buffer.getvalue().replace(b"<svg ", head, 1).splitlines()
    return b"\n".join(line.rstrip() for line in lines) + b"\n"


def gif(frames: Frames) -> bytes:
    """Return a moving picture that starts again for ever.

    All frames share one palette, so that nothing flickers.
    """
    pictures = [_pixels(figure) for figure, _ in frames]
    palette = _palette(pictures)
    first, *others = [_indexed(picture, palette) for picture in pictures]
    buffer = io.BytesIO()
    first.save(
        buffer,
        format="GIF",
        save_all=True,
        append_images=others,
        duration=[round(1000 * seconds) for _, seconds in frames],
        loop=0,
        optimize=False,
    )
    return buffer.getvalue()


def _pixels(figure: Figure) -> np.ndarray:
    """Return the pixels that ``theme.png`` stores, as 0xRRGGBB."""
    figure.set_dpi(theme.SCREEN_DPI * theme.SHARPNESS)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    red, green, blue, _ = np.moveaxis(np.asarray(canvas.buffer_rgba()), -1, 0)
    return red.astype(int) << 16 | green.astype(int) << 8 | blue


def _channels(colors: np.ndarray) -> np.ndarray:
    """Return colours 0xRRGGBB as (colours, 3)."""
    return np.stack([colors >> 16, colors >> 8 & 255, colors & 255], axis=1)


def _palette(pictures: Sequence[np.ndarray]) -> np.ndarray:
    """Return the most frequent colours, (colours, 3), exactly as they are.

    A palette of averages would turn white paper grey.
    """
    some = [*pictures[:: max(1, len(pictures) // 6)], pictures[-1]]
    colors, counts = np.unique(np.concatenate(some), return_counts=True)
    kept = colors[np.argsort(-counts, kind="stable")][:COLORS_IN_GIF]
    return _channels(kept)


def _indexed(picture: np.ndarray, palette: np.ndarray) -> Image.Image:
    """Return a picture whose pixels are the nearest colours of a palette.

    Pillow's own search rounds colours first and misses exact ones.
    """
    colors, places = np.unique(picture, return_inverse=True)
    steps = _channels(colors)[:, np.newaxis] - palette
    nearest = np.square(steps).sum(axis=-1).argmin(axis=1)
    image = Image.fromarray(nearest[places].astype(np.uint8))
    image.putpalette(palette.astype(np.uint8).tobytes())
    return image


def write(
    folder: Path, stem: str, figure: Figure, description: str
) -> list[Path]:
    """Write a figure as SVG and PNG and return where."""
    made = {
        folder / f"{stem}.svg": svg(figure, description),
        folder / f"{stem}.png": theme.png(figure),
    }
    for path, content in made.items():
        path.write_bytes(content)
    return list(made)


def gallery(descriptions: dict[str, str], moving: Sequence[str]) -> str:
    """Return the page that shows every figure, by its stem, described."""
    parts = [
        "# Figures",
        "Drawn by `make figures` (`python -m figures.draw`) from the code "
        "in `figures/draw/`; do not edit them by hand. Each is here as "
        ".svg and .png; those that move as .gif too.",
    ]
    for stem, description in descriptions.items():
        ending = "gif" if stem in moving else "svg"
        parts += [
            f"## {stem}",
            f"![{description}]({stem}.{ending})",
            description,
        ]
    return "\n\n".join(parts) + "\n"
