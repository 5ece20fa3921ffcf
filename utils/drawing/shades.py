"""How strong a colour is: the shades of a meaning in lines, fills, text."""

from __future__ import annotations

import numpy as np
from matplotlib import colors

from utils.theme import COLORS


def tint(color: str, strength: float) -> str:
    """Mix a colour into white: 0 is white, 1 the colour itself."""
    mixed = 1 - strength * (1 - np.array(colors.to_rgb(color)))
    return colors.to_hex(mixed)


def line_color(meaning: str) -> str:
    """Return the colour of lines and outlines that mean something."""
    if meaning == "panel":
        return COLORS["line"]
    if meaning == "faded":
        return tint(COLORS["line"], 0.6)
    return COLORS[meaning]


def fill_color(meaning: str, strength: float) -> str:
    """Return the colour inside a shape."""
    if meaning == "panel":
        return COLORS["panel"]
    if meaning == "faded":
        return COLORS["background"]
    return tint(COLORS[meaning], strength)


def ink_color(meaning: str, strength: float) -> str:
    """Return the colour of text that reads on ``fill_color``."""
    if meaning == "faded":
        return COLORS["muted"]
    full = strength > 0.8 and meaning != "panel"
    return COLORS["background" if full else "text"]
