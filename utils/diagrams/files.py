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

COLORS_IN_GIF = 128
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
    pictures = [_picture(figure) for figure, _ in frames]
    palette = _palette(pictures)
    first, *others = [
        picture.quantize(palette=palette, dither=Image.Dither.NONE)
        for picture in pictures
    ]
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


def _picture(figure: Figure) -> Image.Image:
    """Return the pixels that ``theme.png`` stores."""
    figure.set_dpi(theme.SCREEN_DPI * theme.SHARPNESS)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return Image.fromarray(np.array(canvas.buffer_rgba())[..., :3])


def _palette(pictures: Sequence[Image.Image]) -> Image.Image:
    """Return the colours that stand for those of all the pictures."""
    some = pictures[:: max(1, len(pictures) // 6)]
    strip = Image.new("RGB", (some[0].width, sum(p.height for p in some)))
    top = 0
    for picture in some:
        strip.paste(picture, (0, top))
        top += picture.height
    return strip.quantize(COLORS_IN_GIF, method=Image.Quantize.MEDIANCUT)


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
    """Return the page that shows every figure with its description.

    Args:
        descriptions: Stem -> what its picture shows.
        moving: Stems that have a moving picture as well.
    """
    parts = [
        "# Figures",
        "Drawn by `make figures` (`python -m utils.diagrams`) from the code "
        "in `utils/diagrams/`; do not edit them by hand. Each is here as "
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
