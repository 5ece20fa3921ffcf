"""The one shell of all widgets: controls, a sentence, a picture.

The picture and the sentence keep their places whatever they show, so the
page does not jump, and every typed character is escaped.
"""

from __future__ import annotations

import asyncio
import base64
import html
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import ipywidgets

from utils import theme
from utils.widgets.panel import Panel, status
from utils.widgets.view import View

DPI = 100
"""Stored dots an inch: sharp enough, and drawn in half the time of 144."""

SHOWN = 90
"""Pixels of the page for an inch of the picture, where there is room."""

SHOW, HIDE = "Show the answer", "Hide the answer"

PAUSE = 0.3
"""Seconds without a key until what is typed is answered."""


def slider(
    label: str, value: float, low: float, high: float, step: float = 1
) -> Any:
    """Return a slider over whole numbers, or over decimals.

    It is whole if all four numbers are whole.
    """
    whole = all(isinstance(number, int) for number in (value, low, high, step))
    kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    return kind(value, min=low, max=high, step=step, **_named(label))


def choice(label: str, options: Sequence[Any], value: Any = None) -> Any:
    """Return a list to choose one of ``options`` from, at first the first."""
    first = options[0] if value is None else value
    return ipywidgets.Dropdown(options=options, value=first, **_named(label))


def switch(label: str, value: bool = False) -> Any:
    """Return a box to tick."""
    return ipywidgets.Checkbox(value, indent=False, **_named(label))


def line(label: str, value: str) -> Any:
    """Return a line to type in; it answers while one types."""
    return ipywidgets.Text(value, placeholder=label, **_named(label))


def button(label: str) -> Any:
    """Return a button; the view gets how often it was pressed."""
    return ipywidgets.Button(description=label)


def _named(label: str) -> dict[str, str]:
    """Return the name of a control; without a tooltip it would be null."""
    return {"description": label, "tooltip": label}


def panel(
    view: Callable[..., View],
    controls: Mapping[str, Any],
    *,
    examples: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    steps: str | None = None,
    without_effect: Callable[[Any], Collection[str]] = lambda _: (),
    predict: bool = False,
) -> Panel:
    """Return the widget: controls and sentence, the picture beside them.

    Args:
        view: Called with the value of every control, by name.
        controls: Argument of ``view`` -> its control.
        examples: Label of a button -> the values it sets.
        steps: Name of a slider that two buttons move by one.
        without_effect: From the values, the names of the controls that do
            nothing now; they are greyed.
        predict: The reader predicts first: ``view`` is called with ``hidden``
            true until the answer is asked for, and after each change.

    Returns:
        What one uses, and the picture; the former holds controls, buttons,
        sentence and marked words.
    """
    places = {}
    for name in ("said", "words", "picture"):
        places[name] = ipywidgets.HTML(layout={"width": "100%"})
        places[name].add_class(f"course-{name}")
    first = switch("predict first", predict)
    screen = _Screen(view, controls, places, without_effect, first)
    shelf = [button(label) for label in examples]
    for each in shelf:
        each.on_click(lambda it: screen.set_all(examples[it.description]))
    stepper = _stepper(controls[steps]) if steps is not None else []
    asked = [screen.answer, first] if predict else []
    rows = [ipywidgets.Box(row) for row in ([*stepper, *asked], shelf)]
    for row in rows:
        row.add_class("course-row")
    column = ipywidgets.VBox([*controls.values()])
    column.add_class("course-controls")
    said = [places["said"], places["words"]]
    # The answer stands under what is typed, the examples below it.
    used = ipywidgets.VBox([column, rows[0], *said, rows[1]])
    screen.redraw()
    return Panel([used, places["picture"]], "course-widget")


def _stepper(moved: Any) -> list[Any]:
    """Return two buttons that move a slider by one."""
    back, on = (
        button(f"{way} {moved.description}") for way in ("previous", "next")
    )

    def move(pressed: Any) -> None:
        aim = moved.value + (1 if pressed is on else -1)
        moved.value = min(max(aim, moved.min), moved.max)

    back.on_click(move)
    on.on_click(move)
    return [back, on]


@dataclass
class _Screen:
    """Redraws picture and sentence when a control moves."""

    view: Callable[..., View]
    controls: Mapping[str, Any]
    places: Mapping[str, Any]
    without_effect: Callable[[Any], Collection[str]]
    predict: Any

    def __post_init__(self) -> None:
        self.presses: dict[str, int] = {}
        self.space, self.held = "", False
        self.later: asyncio.TimerHandle | None = None
        self.answer = button(SHOW)
        self.answer.on_click(self.reveal)
        self.predict.observe(self.redraw, names="value")
        for name, control in self.controls.items():
            if hasattr(control, "on_click"):
                self.presses[name] = 0
                control.on_click(lambda _, name=name: self.press(name))
            elif hasattr(control, "placeholder"):
                control.observe(self.wait, names="value")
            else:
                control.observe(self.redraw, names="value")

    def press(self, name: str) -> None:
        """Count a press of a button."""
        self.presses[name] += 1
        self.redraw()

    def set_all(self, values: Mapping[str, Any]) -> None:
        """Set several controls and draw once."""
        self.held = True
        for name, value in values.items():
            self.controls[name].value = value
        self.held = False
        self.redraw()

    def wait(self, _: Any = None) -> None:
        """Redraw when nobody has typed for a moment."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel: nobody is typing
            self.redraw()
            return
        if self.held:
            return
        if self.later is not None:
            self.later.cancel()
        self.places["said"].value = status("Reading …", busy=True)
        self.later = loop.call_later(PAUSE, self.redraw)

    def reveal(self, _: Any) -> None:
        """Show the answer, or hide it again."""
        self.redraw(answered=self.answer.description == SHOW)

    def redraw(self, _: Any = None, *, answered: bool = False) -> None:
        """Show what the controls say now, or first what they ask."""
        if self.held:
            return
        if self.later is not None:
            self.later.cancel()
        state = {
            name: control.value
            for name, control in self.controls.items()
            if name not in self.presses
        }
        idle = self.without_effect(state)
        for name, control in self.controls.items():
            control.disabled = name in idle
        # It stays alive when pressed, or the keys would leave the panel.
        self.answer.description = HIDE if answered else SHOW
        self.answer.disabled = not self.predict.value
        asked = {"hidden": True} if self.predict.value > answered else {}
        answer = self.view(**state, **self.presses, **asked)
        self.places["picture"].value = self._drawn(answer)
        self.places["words"].value = answer.html
        self.places["said"].value = status(html.escape(answer.sentence))

    def _drawn(self, answer: View) -> str:
        """Return the picture as HTML, or the space it would take."""
        if answer.figure is None:
            return f'<div style="{self.space}"></div>'
        width, height = SHOWN * answer.figure.get_size_inches()
        self.space = f"max-width:{width:.0f}px;aspect-ratio:{width / height}"
        data = theme.png(answer.figure, dpi=DPI, compression=1)
        return (
            f'<img width="{width:.0f}" height="{height:.0f}" '
            f'alt="{html.escape(answer.description)}" src="data:image/png;'
            f'base64,{base64.b64encode(data).decode("ascii")}">'
        )
