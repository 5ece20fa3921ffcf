"""Plots of lesson 09: what each reader answers, and a coin foreseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from utils import theme
from utils.drawing.shades import tint
from utils.intervals import Interval

FORWARD, BACKWARD = theme.COLORS["hidden_state"], theme.COLORS["text"]
"""Colours of the two readers, as in the lesson's drawings."""

LOOKS: dict[str, dict[str, Any]] = {
    "forward only": {"marker": ">", "color": FORWARD},
    "backward only": {"marker": "<", "color": BACKWARD},
    "two readers": {
        "marker": "o",
        "color": BACKWARD,
        "markerfacecolor": FORWARD,
        "markerfacecoloralt": BACKWARD,
        "fillstyle": "left",
    },
}
"""Network -> its marker; that of the two readers has both colours."""


def third_word(
    texts: Sequence[str], answers: Mapping[str, Any]
) -> tuple[Figure, str]:
    """Draw what each network answers at the third word of some sentences.

    Args:
        texts: The sentences; their first four words are shown.
        answers: A key of ``LOOKS`` -> probability that the third word is
            part of a name, one per sentence.
    """
    figure, axes = theme.subplots(height=0.9 + 0.55 * len(texts))
    rows = np.arange(len(texts))
    for lane, (name, probabilities) in enumerate(answers.items()):
        places = rows + 0.22 * (lane - (len(answers) - 1) / 2)
        look = {"linestyle": "", "markersize": 9, **LOOKS[name]}
        axes.plot(probabilities, places, label=name, **look)
    for row in rows[::2]:
        band = tint(theme.COLORS["line"], 0.12)
        axes.axhspan(row - 0.5, row + 0.5, color=band, zorder=0)
    axes.axvline(0.5, color=theme.COLORS["line"], linestyle="--", zorder=1)
    axes.set_yticks(rows, [" ".join(text.split()[:4]) for text in texts])
    axes.tick_params(axis="y", labelsize=10, labelcolor=theme.COLORS["text"])
    axes.set(xlim=(-0.04, 1.04), ylim=(len(texts) - 0.5, -0.5))
    axes.set_xlabel("answer at the third word, P(name)")
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside upper right", ncols=len(answers))
    said = [
        f"“{' '.join(text.split()[:4])}”: "
        + ", ".join(
            f"{name} {_in_words(values[row])}"
            for name, values in answers.items()
        )
        for row, text in enumerate(texts)
    ]
    return figure, (
        "Probability that the third word is part of a name, a mark per "
        f"network. {'; '.join(said)}."
    )


def _in_words(probability: float) -> str:
    """Return a probability without its digits."""
    if probability < 0.2:
        return "near 0"
    return "near 1" if probability > 0.8 else "undecided"


def foreseen(
    each_step: Any, once: Interval, control: Sequence[float]
) -> tuple[Figure, str]:
    """Draw how often a bidirectional network is right about the next toss.

    Args:
        each_step: Accuracy of its answer at each step, (steps,).
        once: Accuracy of one answer after the window, with its interval.
        control: The same of a forward network: at each step, then once.
    """
    figure, axes = theme.subplots(height=3.2)
    number = len(each_step)
    places = [*range(1, number + 1), number + 2]
    shares = [*each_step, once.value]
    look = {"facecolor": tint(FORWARD, 0.3), "edgecolor": BACKWARD}
    look["hatch"] = "//"  # both colours, as the mark of the two readers
    bars = axes.bar(places, shares, 0.7, label="two readers", **look)
    backed = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    labels = [f"{share:.2f}" for share in shares]
    ends = [[once.value - once.low], [once.high - once.value]]
    look = {"color": BACKWARD, "capsize": 5, "linewidth": 1.5}
    axes.errorbar(places[-1:], [once.value], ends, fmt="none", **look)
    axes.bar_label(bars, labels, fontsize=9, padding=7, bbox=backed)
    look = {"linestyle": "", "markersize": 8, **LOOKS["forward only"]}
    axes.plot(places, control, label="forward only", **look)
    line = {"color": theme.COLORS["line"], "linestyle": "--", "zorder": 1.5}
    axes.axhline(0.5, label="half right", **line)
    axes.set_xticks(places, [*map(str, places[:-1]), "once,\nat the end"])
    axes.set(ylim=(0, 1.18), ylabel="share of answers right")
    axes.set_xlabel("step of the answer", x=0.42)
    axes.grid(axis="x", visible=False)
    figure.legend(loc="outside upper right", ncols=3)
    return figure, (
        f"Bars: how often two readers are right about the next toss. They "
        f"are nearly always right at the steps 1 to {number - 1}, and about "
        f"half of the time at step {number} and in one answer after the "
        "window, which has its 95% interval drawn. Marks for a forward "
        "network stay near one half everywhere."
    )
