"""One look for every plot and drawing: colours with a meaning, sizes, fonts.

The colours start from those of Okabe and Ito (2008), darkened until they
read as text on white; they stay apart for colour-blind readers, and each
stands for one thing throughout the course.
"""

from __future__ import annotations

import functools
import html
import io
import logging
import warnings
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from PIL import Image

from utils.errors import check_text

COLORS: dict[str, str] = {
    "input": "#0072B2",
    "hidden_state": "#C44E00",
    "cell_state": "#007A5A",
    "output": "#A84C80",
    "gate": "#7D5600",
    "weight": "#3F4850",
    "gradient": "#4527A0",
    "text": "#1B1F24",
    "muted": "#57606A",
    "line": "#8C959F",
    "panel": "#F3F5F7",
    "background": "#FFFFFF",
}
"""Meaning -> colour; all read on white at 4.5:1 but ``line`` and ``panel``."""

SERIES: tuple[str, ...] = (
    COLORS["input"],
    COLORS["hidden_state"],
    COLORS["cell_state"],
    COLORS["output"],
    COLORS["gate"],
    COLORS["weight"],
)
"""The order in which a plot of several curves takes its colours."""

MOOD = LinearSegmentedColormap.from_list(
    "mood", [COLORS["input"], COLORS["background"], COLORS["hidden_state"]]
)
"""Blue is the side of negative reviews, orange that of positive ones."""

WIDTH = 7.0
"""Inches: the width of a picture in a lesson (504 points)."""

SCREEN_DPI = 72
"""Dots an inch at which 10-point text shows as 10 points in a browser."""

SHARPNESS = 2
"""Stored pixels for each pixel shown, so that pictures stay crisp."""

KOREAN = ("Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic")
KOREAN += ("Noto Sans CJK KR", "Noto Sans KR")
"""Fonts with Korean letters, as systems bring them."""

COLORS_STORED = 192
"""Colours of a picture in a lesson's file."""

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": COLORS["line"],
    "axes.labelcolor": COLORS["text"],
    "axes.grid": True,
    "grid.color": "#E3E7EB",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "text.color": COLORS["text"],
    "xtick.color": COLORS["muted"],
    "ytick.color": COLORS["muted"],
    "lines.linewidth": 2.0,
    "figure.facecolor": COLORS["background"],
    "axes.facecolor": COLORS["background"],
    "axes.prop_cycle": matplotlib.cycler(color=SERIES),
    "svg.hashsalt": "recurrent-networks-course",
    "svg.fonttype": "path",
}
"""Matplotlib settings shared by plots and drawings."""


def apply() -> None:
    """Make the course's look the default of matplotlib."""
    forget_matplotlibrc()
    matplotlib.rcParams.update(STYLE)
    matplotlib.rcParams["font.family"] = _families()


@functools.cache
def forget_matplotlibrc() -> None:
    """Begin, once, from matplotlib's own settings and not the reader's."""
    matplotlib.rcdefaults()
    logging.getLogger(font_manager.__name__).addFilter(_of_use)


def _of_use(record: logging.LogRecord) -> bool:
    """Say whether a reader can do anything about a remark on fonts.

    That a Korean font brings no face as bold as our titles, or that the
    list of fonts is being made, is nothing to do anything about.
    """
    return not str(record.msg).startswith(
        ("findfont: Failed to find font weight", "Matplotlib is building")
    )


@functools.cache
def _families() -> list[str]:
    """Return the fonts to look letters up in, of those there are."""
    there = font_manager.fontManager.get_font_names()
    return [STYLE["font.family"], *(name for name in KOREAN if name in there)]


def subplots(
    rows: int = 1,
    columns: int = 1,
    *,
    height: float = 3.2,
    width: float = WIDTH,
    **keywords: Any,
) -> tuple[Figure, Any]:
    """Return a figure in the course's look and its axes.

    Like ``matplotlib.pyplot.subplots``, but the figure is shown only by
    ``show``, never a second time by the notebook.

    Args:
        rows: Rows of axes.
        columns: Columns of axes.
        height: Inches.
        width: Inches; the default fills a lesson's column.
        **keywords: Passed on to ``Figure.subplots``.
    """
    apply()
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **keywords)


def png(
    figure: Figure,
    *,
    dpi: float = SCREEN_DPI * SHARPNESS,
    compression: int = 6,
) -> bytes:
    """Return the figure as PNG bytes, the same bytes on every run.

    Args:
        figure: What to draw.
        dpi: Stored dots an inch.
        compression: 0 to 9; 1 is a little faster and larger than 6.
    """
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # No font here may have the letters of a reader's own title.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font")
        figure.savefig(
            buffer,
            format="png",
            dpi=dpi,
            metadata={"Software": None},
            pil_kwargs={"compress_level": compression},
        )
    return buffer.getvalue()


def stored_png(figure: Figure) -> bytes:
    """Return the figure as PNG bytes with at most 192 colours.

    The letters and lines of a plot need no more, and a lesson with eight
    pictures stays small enough to be opened over a slow line.
    """
    with Image.open(io.BytesIO(png(figure))) as picture:
        few = picture.convert("RGB").quantize(
            COLORS_STORED,
            # A median cut leaves a bar of colours in bands.
            Image.Quantize.MAXCOVERAGE,
            dither=Image.Dither.NONE,
        )
    buffer = io.BytesIO()
    few.save(buffer, format="png", optimize=True)
    return buffer.getvalue()


def show(figure: Figure, description: str) -> None:
    """Display a figure in a notebook together with its description.

    The description is kept four times, because each reader looks in
    another place: as the picture's ``text/plain`` (nbval compares it), as
    ``alt`` in the output's metadata (nbconvert writes it into the page),
    and below the picture as a line that unfolds (JupyterLab and GitHub
    drop the other two; a screen reader finds this one).

    Args:
        figure: What to show.
        description: What a reader who cannot see the picture must know.

    Raises:
        TypeError: ``description`` is not text.
        ValueError: ``description`` says nothing.
    """
    from IPython.display import display

    words = " ".join(check_text("description", description).split())
    if not words:
        raise ValueError("description takes a sentence, got an empty text")
    width = round(figure.get_figwidth() * SCREEN_DPI * 1.25)
    display(
        {"image/png": stored_png(figure), "text/plain": words},
        metadata={"image/png": {"alt": words, "width": width}},
        raw=True,
    )
    folded = (
        "<details><summary>The picture in words</summary>"
        f"<p>{html.escape(words)}</p></details>"
    )
    display(
        {"text/html": folded, "text/plain": "(the picture in words, above)"},
        raw=True,
    )
