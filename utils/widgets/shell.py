"""The one shell of all widgets: controls, a picture, a sentence.

The picture and the sentence keep their places whatever they show, so the
page does not jump, and every typed character is escaped.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from utils import theme
from utils.widgets.view import View

DPI = 100
"""Stored dots an inch: sharp enough, and drawn in half the time of 144."""

SHOWN = 90
"""Pixels of the page for an inch of the picture."""


def slider(
    label: str, value: float, low: float, high: float, step: float = 1
) -> Any:
    """Return a slider over whole numbers, or over decimals.

    It is whole if all four numbers are whole.
    """
    import ipywidgets

    whole = all(isinstance(number, int) for number in (value, low, high, step))
    kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    return kind(
        value=value,
        min=low,
        max=high,
        step=step,
        description=label,
        **_wide(),
    )


def choice(label: str, options: Sequence[Any], value: Any = None) -> Any:
    """Return a list to choose one of ``options`` from, at first the first."""
    import ipywidgets

    first = options[0] if value is None else value
    return ipywidgets.Dropdown(
        options=options, value=first, description=label, **_wide()
    )


def switch(label: str, value: bool = False) -> Any:
    """Return a box to tick."""
    import ipywidgets

    return ipywidgets.Checkbox(
        value=value, description=label, indent=False, **_wide()
    )


def line(label: str, value: str) -> Any:
    """Return a line to type in; it answers at Enter or when left."""
    import ipywidgets

    return ipywidgets.Text(
        value=value,
        description=label,
        continuous_update=False,
        style={"description_width": "initial"},
        layout={"width": "620px"},
    )


def paragraph(label: str, value: str) -> Any:
    """Return a field for a longer text; it answers when left."""
    import ipywidgets

    return ipywidgets.Textarea(
        value=value,
        description=label,
        continuous_update=False,
        style={"description_width": "initial"},
        layout={"width": "620px", "height": "90px"},
    )


def button(label: str) -> Any:
    """Return a button; the view gets how often it was pressed."""
    import ipywidgets

    return ipywidgets.Button(description=label, layout={"width": "auto"})


def _wide() -> dict[str, Any]:
    """Return the look of a control whose label is not cut."""
    return {
        "style": {"description_width": "initial"},
        "layout": {"width": "300px"},
    }


def panel(
    view: Callable[..., View],
    controls: Mapping[str, Any],
    *,
    examples: Mapping[str, Mapping[str, Any]] | None = None,
    play: str | None = None,
    without_effect: Callable[[Mapping[str, Any]], Collection[str]]
    | None = None,
) -> Any:
    """Return the widget: controls above, picture and sentence below.

    Args:
        view: Called with the value of every control, by name.
        controls: Argument of ``view`` -> its control.
        examples: Label of a button -> the values it sets.
        play: Name of a slider that a play button moves.
        without_effect: From the values, the names of the controls that do
            nothing now; they are greyed.

    Returns:
        An ``ipywidgets.VBox``.
    """
    import ipywidgets

    places = ipywidgets.HTML(), ipywidgets.HTML(), ipywidgets.HTML()
    for place in places:
        place.layout.width = "660px"
    box = ipywidgets.VBox()
    screen = _Screen(view, controls, places, without_effect)
    shelf = []
    for label, values in (examples or {}).items():
        shelf.append(button(label))
        shelf[-1].on_click(lambda _, v=values: screen.set_all(v))
    row = ipywidgets.Box(
        [*controls.values(), *_player(controls, play)],
        layout={"flex_flow": "row wrap", "align_items": "center"},
    )
    examples_row = ipywidgets.Box(shelf, layout={"flex_flow": "row wrap"})
    picture, marked, sentence = places
    box.children = (row, examples_row, sentence, picture, marked)
    box.add_class("course-widget")
    screen.redraw()
    return box


def _player(controls: Mapping[str, Any], name: str | None) -> list[Any]:
    """Return a play button tied to a slider, if one is asked for."""
    import ipywidgets

    if name is None:
        return []
    moved = controls[name]
    play = ipywidgets.Play(
        value=moved.value, min=moved.min, max=moved.max, interval=700
    )
    ipywidgets.link((play, "value"), (moved, "value"))
    ipywidgets.link((moved, "max"), (play, "max"))
    return [play]


class _Screen:
    """Redraws picture and sentence when a control moves."""

    def __init__(
        self,
        view: Callable[..., View],
        controls: Mapping[str, Any],
        places: tuple[Any, Any, Any],
        without_effect: Callable[[Mapping[str, Any]], Collection[str]] | None,
    ) -> None:
        self.view, self.controls = view, controls
        self.without_effect = without_effect
        self.picture, self.marked, self.sentence = places
        self.presses: dict[str, int] = {}
        self.height = 0.0
        self.held = False
        for name, control in controls.items():
            if hasattr(control, "on_click"):
                self.presses[name] = 0
                control.on_click(lambda _, name=name: self.press(name))
            else:
                control.observe(self.redraw, names="value")

    def press(self, name: str) -> None:
        """Count a press of a button."""
        self.presses[name] += 1
        self.redraw()

    def set_all(self, values: Mapping[str, Any]) -> None:
        """Set several controls and draw once."""
        self.held = True
        try:
            for name, value in values.items():
                self.controls[name].value = value
        finally:
            self.held = False
        self.redraw()

    def redraw(self, _: Any = None) -> None:
        """Show what the controls say now."""
        if self.held:
            return
        state = {
            name: control.value
            for name, control in self.controls.items()
            if name not in self.presses
        }
        if self.without_effect is not None:
            idle = self.without_effect(state)
            for name, control in self.controls.items():
                control.disabled = name in idle
        answer = self.view(**state, **self.presses)
        self.picture.value = self._drawn(answer)
        self.marked.value = answer.html
        self.sentence.value = (
            '<p role="status" aria-live="polite" style="min-height:3em;'
            'margin:4px 0;line-height:1.5">'
            f"{html.escape(answer.sentence)}</p>"
        )

    def _drawn(self, answer: View) -> str:
        """Return the picture as HTML, or the space it would take."""
        if answer.figure is None:
            return f'<div style="height:{self.height:.0f}px"></div>'
        width, height = SHOWN * answer.figure.get_size_inches()
        self.height = max(self.height, height)
        return (
            f'<img width="{width:.0f}" height="{height:.0f}" '
            f'alt="{html.escape(answer.description)}" '
            f'src="data:image/png;base64,{_encoded(answer.figure)}">'
        )


def _encoded(figure: Figure) -> str:
    """Return the picture's PNG bytes as text."""
    return base64.b64encode(theme.png(figure, dpi=DPI, compression=1)).decode(
        "ascii"
    )
