"""Plots of data, a file an idea.

Each function returns ``(figure, description)``, ready for ``theme.show``.
A description never holds a digit that another processor would round
differently; such digits stand in the picture.
"""

from utils.plots.results import (
    Curves,
    interval_comparison,
    learning_curves,
    shares_by_group,
)

__all__ = [
    "Curves",
    "interval_comparison",
    "learning_curves",
    "shares_by_group",
]
