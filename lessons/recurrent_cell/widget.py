"""Step through time: one recurrent neuron reads a short sequence (02)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from utils import cells
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.lettering import minus, numbered
from utils.errors import check_integer, check_number
from utils.widgets import controls
from utils.widgets.parsing import numbers_in
from utils.widgets.view import View, answers_mistakes

MOST = 8
"""Steps that stand side by side in the picture."""

HEIGHT = 292
"""Points."""

ROWS = {"h": 236, "cell": 172, "x": 108, "equation": 44}
"""Points above the lower edge."""


@answers_mistakes
def view(
    sequence: str = "1, -1, 0.5",
    step: int = 1,
    w_x: float = 0.5,
    w_h: float = 0.8,
    bias: float = 0.0,
    *,
    hidden: bool = False,
) -> View:
    """Show what one neuron computes at one step, and what came before.

    Args:
        sequence: Numbers, separated by commas or spaces, at most 8.
        step: The step to look at, from 1; a step behind the end shows the
            last one.
        w_x: Weight of the input.
        w_h: Weight of the state before.
        bias: The constant of the neuron.
        hidden: Ask for the new state instead of showing it.
    """
    values = numbers_in(sequence, most=MOST)
    now = min(check_integer("step", step, minimum=1), len(values))
    weights = [
        check_number(name, weight)
        for name, weight in (("w_x", w_x), ("w_h", w_h), ("bias", bias))
    ]
    h = hidden_states(values, *weights)
    x_t, before, after = values[now - 1], h[now - 1], h[now]
    total = x_t * w_x + before * w_h + bias
    sentence = (
        f"Step {now} of {len(values)}: {x_t:g} · {w_x:g} = {x_t * w_x:.3f} "
        f"comes in, {before:.3f} · {w_h:g} = {before * w_h:.3f} comes back; "
        f"tanh({total:.3f}) = {after:.3f} is the new hidden state."
    )
    if hidden:
        sentence = (
            f"Step {now} of {len(values)}: {x_t:g} comes in, {before:.3f} "
            "comes back. Which sign has the new hidden state, and how large "
            "is it about? Say it before you look."
        )
    if step > len(values):
        sentence = f"The sequence ends at step {now}. {sentence}"
    states = [minus(f"{state:.3f}") for state in h]
    if hidden:
        states[now] = "?"
    drawing = _drawn(values, states, now, weights)
    return View(minus(sentence), drawing, _words(states, now))


def _in_sum(text: str) -> str:
    """Return a number as it stands behind a plus: negative in brackets."""
    text = minus(text)
    return f"({text})" if text.startswith("−") else text


def hidden_states(
    values: Sequence[float], w_x: float, w_h: float, bias: float
) -> np.ndarray:
    """Return h_0 = 0 and the state after each value, (timesteps + 1,)."""
    x = np.array(values, dtype=float)[None, :, None]
    kernel, recurrent_kernel = np.array([[w_x]]), np.array([[w_h]])
    h = cells.simple_rnn(x, kernel, recurrent_kernel, np.array([bias]))
    return np.r_[0.0, h[0, :, 0]]


def _words(states: Sequence[str], now: int) -> str:
    """Return the picture in words."""
    return (
        f"One recurrent neuron unrolled over {len(states) - 1} steps. It has "
        f"read {now} of them; its hidden states so far are "
        f"{', '.join(states[1 : now + 1])}. Below stands the sum of step "
        f"{now} with its numbers."
    )


def _drawn(
    values: Sequence[float],
    states: Sequence[str],
    now: int,
    weights: Sequence[float],
) -> Drawing:
    """Draw the neuron at every step, those to come faded."""
    drawing = Drawing(WIDTH, HEIGHT)
    pitch = min(120, (WIDTH - 96) / len(values))
    left = WIDTH / 2 - pitch * (len(values) - 1) / 2 + 24
    width = min(58, pitch - 12)
    before = drawing.box(
        left - pitch, ROWS["cell"], 40, 26, "0", "hidden_state", size=9
    )
    drawing.note(before.x, ROWS["cell"] + 24, "$h_0$")
    for place, (value, x_name, h_name) in enumerate(
        zip(
            values,
            numbered("x", len(values)),
            numbered("h", len(values)),
            strict=True,
        )
    ):
        x, read, this = left + place * pitch, place < now, place == now - 1
        cell = drawing.box(
            x,
            ROWS["cell"],
            width,
            32,
            "tanh",
            "hidden_state" if this else "panel" if read else "faded",
            size=9,
        )
        given = drawing.box(
            x, ROWS["x"], width, 26, minus(f"{value:g}"), "input", size=9
        )
        drawing.note(x, ROWS["x"] - 24, x_name)
        drawing.arrow(
            given.top, cell.bottom, meaning="input" if this else "faded"
        )
        drawing.arrow(
            before.right,
            cell.left,
            meaning="hidden_state" if this else "faded",
        )
        before = cell
        if read:
            look = {"meaning": "hidden_state", "size": 9}
            made = drawing.box(
                x, ROWS["h"], width, 26, states[place + 1], **look
            )
            drawing.note(x, ROWS["h"] + 24, h_name)
            drawing.arrow(cell.top, made.bottom, meaning="hidden_state")
    _equation(drawing, values[now - 1], states, now, weights)
    return drawing


def _equation(
    drawing: Drawing,
    x_t: float,
    states: Sequence[str],
    now: int,
    weights: Sequence[float],
) -> None:
    """Write the sum of this step in letters, and below in numbers."""
    w_x, w_h, bias = weights
    middle = WIDTH / 2
    letters = [
        (f"$h_{{{now}}}$", "hidden_state"),
        ("= tanh(", "text"),
        (f"$x_{{{now}}}$", "input"),
        ("$w_x$", "weight"),
        ("+", "text"),
        (f"$h_{{{now - 1}}}$", "hidden_state"),
        ("$w_h$", "weight"),
        ("+ $b$ )", "text"),
    ]
    drawing.equation(middle, ROWS["equation"], letters, size=12)
    numbers = [
        (states[now], "hidden_state"),
        ("= tanh(", "text"),
        (_in_sum(f"{x_t:g}"), "input"),
        (f"· {_in_sum(f'{w_x:g}')}", "weight"),
        ("+", "text"),
        (_in_sum(states[now - 1]), "hidden_state"),
        (f"· {_in_sum(f'{w_h:g}')}", "weight"),
        (f"+ {_in_sum(f'{bias:g}')} )", "text"),
    ]
    drawing.equation(middle, ROWS["equation"] - 24, numbers, size=12)


def panel() -> Any:
    """Return the widget."""
    return controls.panel(
        view,
        {
            "sequence": controls.line("sequence", "1, -1, 0.5"),
            "step": controls.slider("step", 1, 1, MOST),
            "w_x": controls.slider("w_x", 0.5, -2.0, 2.0, 0.1),
            "w_h": controls.slider("w_h", 0.8, -2.0, 2.0, 0.1),
            "bias": controls.slider("b", 0.0, -1.0, 1.0, 0.1),
        },
        steps="step",
        predict=True,
    )
