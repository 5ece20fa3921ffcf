"""A number that is multiplied at every step: the widget to begin with (00)."""

from __future__ import annotations

from typing import Any

from utils import theme
from utils.errors import check_integer, check_number
from utils.widgets import controls
from utils.widgets.view import View, answers_mistakes

MOST_STEPS = 10


@answers_mistakes
def view(start: int = 8, factor: float = 0.5, steps: int = 3) -> View:
    """Show a number and what it becomes, step by step.

    Args:
        start: The number before the first step.
        factor: What each step multiplies by.
        steps: How many there are, 0 to 10.
    """
    first = check_integer("start", start)
    by = check_number("factor", factor)
    last = check_integer("steps", steps, minimum=0, maximum=MOST_STEPS)
    values = [first * by**step for step in range(last + 1)]
    written = ", ".join(f"{value:.4g}" for value in values)
    figure, axes = theme.subplots(height=2.4)
    axes.bar(range(last + 1), values, color=theme.COLORS["hidden_state"])
    axes.axhline(0, color=theme.COLORS["line"], linewidth=0.8)
    axes.set(xlabel="step", ylabel="number", xlim=(-0.6, MOST_STEPS + 0.6))
    axes.set_xticks(range(MOST_STEPS + 1))
    sentence = f"{first}, multiplied by {by:g} at each step: {written}."
    words = f"A bar for the number at each step from 0 to {last}: {written}."
    return View(sentence, figure, words)


def panel() -> Any:
    """Return the widget."""
    return controls.panel(
        view,
        {
            "factor": controls.slider("factor", 0.5, 0.0, 1.2, 0.1),
            "steps": controls.slider("steps", 3, 0, MOST_STEPS),
        },
    )
