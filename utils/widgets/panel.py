"""The frame of whatever is live: its look, its keys, its fallback."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets
from IPython.display import display

from utils.widgets import LOOK, NOTE


class Panel(ipywidgets.Box):
    """A widget that is kind to who opens it later, and elsewhere.

    JupyterLab prefers a widget to every other form of an output, even where
    its kernel is gone; then only a style sheet beside it can speak. So two
    outputs are displayed: the look of all panels, and the panel, which
    carries a sentence for pages that show no widgets.

    Args:
        children: What it shows.
        name: Its class in the page, such as ``"course-quiz"``.
    """

    def __init__(self, children: Sequence[Any], name: str) -> None:
        super().__init__(children)
        self.add_class("course-panel")
        self.add_class(name)

    def __repr__(self) -> str:
        return NOTE

    def _ipython_display_(self) -> None:
        """Show the look and the panel."""
        display({"text/html": look(), "text/plain": LOOK}, raw=True)
        kind = {"text/plain": NOTE, "text/html": f"<p>{NOTE}</p>"}
        display(self._repr_mimebundle_() | kind, raw=True)


@functools.cache
def look() -> str:
    """Return the style sheet and the script of all panels, as HTML."""
    style, script = (
        Path(__file__).with_name(f"panel.{kind}").read_text(encoding="utf-8")
        for kind in ("css", "js")
    )
    return (
        f'<div class="course-look" hidden><style>{style}</style>'
        f"<script>{script}</script></div>"
    )


def status(markup: str, *, busy: bool = False) -> str:
    """Return a sentence in HTML; a screen reader says when it changes.

    Args:
        markup: What a reader typed is escaped in it already.
        busy: It will be another one in a moment.
    """
    return (
        '<p role="status" aria-live="polite" '
        f'aria-busy="{str(busy).lower()}">{markup}</p>'
    )
