"""Plots of what the gates of an LSTM do while it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from utils import theme

CLOSED_TO_OPEN = LinearSegmentedColormap.from_list(
    "closed to open", [theme.COLORS["background"], theme.COLORS["gate"]]
)
"""White is 0, a closed gate; the colour of gates is 1, an open one."""


def gates_by_word(
    words: Sequence[str],
    gates: Mapping[str, np.ndarray],
    *,
    probability: Sequence[float] | np.ndarray,
) -> tuple[Figure, str]:
    """Draw every gate as a heat map over the words of one text.

    Args:
        words: The text, a word a time step.
        gates: Name of a gate -> its activations, (timesteps, units), from
            0 to 1.
        probability: What the network answers after each word, 0 to 1.

    Raises:
        ValueError: A gate or ``probability`` has not one row a word.
    """
    for name, values in {**gates, "probability": probability}.items():
        if len(values) != len(words):
            raise ValueError(
                f"{name} takes {len(words)} rows, one a word, got "
                f"{len(values)}"
            )
    count = len(gates) + 1
    figure, panels = theme.subplots(
        count, 1, height=1.0 + 1.25 * count, sharex=True
    )
    for axes, (name, values) in zip(panels[:-1], gates.items(), strict=True):
        picture = axes.imshow(
            np.asarray(values).T,
            cmap=CLOSED_TO_OPEN,
            vmin=0,
            vmax=1,
            aspect="auto",
        )
        axes.set(title=name, ylabel="unit")
        axes.grid(visible=False)
    figure.colorbar(picture, ax=list(panels[:-1]), label="0 shut, 1 open")
    _answers(panels[-1], words, probability)
    return figure, (
        f"Heat maps of the {', '.join(gates)}, a row a unit and a column a "
        f"word of the text: {' '.join(words)}. A dark field is an open gate, "
        "a white one a shut gate. Below them stands what the network "
        "answers after each word, from 0, negative, to 1, positive."
    )


def _answers(
    axes: Axes, words: Sequence[str], probability: Sequence[float]
) -> None:
    """Draw the network's answer after each word."""
    places = np.arange(len(words))
    axes.plot(places, probability, "o-", color=theme.COLORS["output"])
    axes.axhline(0.5, color=theme.COLORS["line"], linestyle=":")
    axes.set_ylim(-0.05, 1.05)
    axes.set(title="answer so far", ylabel="P(positive)")
    axes.set_xticks(
        places, words, rotation=45, ha="right", rotation_mode="anchor"
    )
