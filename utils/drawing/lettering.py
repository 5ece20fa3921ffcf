"""Letters: the fonts that come with matplotlib, and how wide a text is."""

from __future__ import annotations

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

TEXT = 11
"""Points: the size of words in a drawing."""

NOTE = 10
"""Points: the size of side remarks."""

FACES = {
    "plain": {"family": "DejaVu Sans"},
    "bold": {"family": "DejaVu Sans", "weight": "bold"},
    "code": {"family": "DejaVu Sans Mono"},
}
"""The three faces of text: words, headings, Python."""


def font(size: float, face: str = "plain") -> FontProperties:
    """Return a font by its size in points and its face."""
    return FontProperties(
        size=size, math_fontfamily="dejavusans", **FACES[face]
    )


def text_width(text: str, size: float, face: str = "plain") -> float:
    """Return how many points a line of text takes."""
    width, _, _ = text_to_path.get_text_width_height_descent(
        text, font(size, face), ismath="$" in text
    )
    return float(width)


def middle(text: str, size: float) -> float:
    """Return how far a line's middle lies above its foot, in points.

    A fixed share of the size, whatever the letters: so the words of a row
    stand on one line. Formulas are mostly small letters and lie lower.
    """
    return (0.24 if text.startswith("$") else 0.345) * size


def minus(text: str) -> str:
    """Return a text with real minus signs in place of hyphens."""
    return text.replace("-", "−")


def numbered(letter: str, count: int) -> list[str]:
    """Return the formulas letter_1, letter_2 and so on."""
    return [f"${letter}_{{{number + 1}}}$" for number in range(count)]
