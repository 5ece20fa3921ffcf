"""What a widget shows for one state of its controls."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from utils import theme

LINE = 78
"""Characters of a printed line."""


class InputError(ValueError):
    """What a reader typed cannot be used; the message says so to them."""


@dataclass(frozen=True)
class View:
    """A picture with the sentence beside it.

    Attributes:
        sentence: What the picture shows, or what was wrong with the input.
        figure: The picture; None where there is nothing to draw.
        description: The picture in words, for who cannot see it.
        html: Marked-up text between the picture and the sentence; what a
            reader typed is escaped in it already.
    """

    sentence: str
    figure: Figure | None = None
    description: str = ""
    html: str = ""

    def show(self) -> None:
        """Show picture and sentence in a page that has no kernel."""
        if self.figure is not None:
            theme.show(self.figure, self.description)
        print(textwrap.fill(self.sentence, LINE))


def answers_mistakes(view: Callable[..., View]) -> Callable[..., View]:
    """Let a widget's function answer a `InputError` with its sentence."""

    @functools.wraps(view)
    def answer(*arguments: Any, **keywords: Any) -> View:
        try:
            return view(*arguments, **keywords)
        except InputError as mistake:
            return View(str(mistake))

    return answer
