"""Fading gradient: how much of it is left some steps before the end (06)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import cells, theme
from utils.cells.activations import ACTIVATIONS, sigmoid
from utils.cells.initializers import glorot_uniform, orthogonal
from utils.errors import check_choice, check_integer, check_number
from utils.plots.results import direction
from utils.widgets import controls
from utils.widgets.view import View, answers_mistakes

CELLS = {
    "simple_rnn": "SimpleRNN",
    "lstm_0": "LSTM, forget bias 0",
    "lstm_1": "LSTM, forget bias 1",
    "lstm_5": "LSTM, forget bias 5",
    "gru": "GRU",
}
"""Cell -> what the page calls it."""

BATCH, FEATURES, UNITS = 16, 2, 32

SHORTEST, LONGEST = 10, 200
"""Time steps."""

SMALLEST_SCALE, LARGEST_SCALE = 0.1, 3.0

SIZE = (7.0, 3.7)
"""Inches."""

REACHES = (2, 4, 8, 16)
"""Powers of ten that the upright axis may show above 1, and below it."""

FLOAT32 = np.finfo(np.float32)

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits of an exponent."""


@answers_mistakes
def view(
    scale: float = 1.0,
    activation: str = "tanh",
    cell: str = "simple_rnn",
    length: int = 100,
) -> View:
    """Show how the gradient of the last step fares on its way back.

    Args:
        scale: Largest singular value of the recurrent weights, 0.1 to 3.
        activation: tanh, relu or linear; of the SimpleRNN, the other cells
            keep tanh.
        cell: A key of ``CELLS``.
        length: Time steps, 10 to 200.
    """
    check_number("scale", scale, minimum=SMALLEST_SCALE, maximum=LARGEST_SCALE)
    check_choice("activation", activation, ACTIVATIONS)
    check_choice("cell", cell, CELLS)
    check_integer("length", length, minimum=SHORTEST, maximum=LONGEST)
    left = gradient_left(scale, activation, cell, length)
    name = CELLS[cell]
    if cell == "simple_rnn":
        name += f", {activation}"
    other, label, words = _beside(scale, cell, length)
    sentence = f"{_fate(left, scale, activation, cell)} "
    sentence += _reason(scale, activation, cell)
    description = (
        f"The norm of the gradient of {name}, 1 at the last step, on a "
        f"logarithmic axis against the lag, 0 to {length - 1}: it "
        f"{direction(left)}. Dashed beside it, {words} {direction(other)}."
    )
    return View(sentence, _figure({name: left, label: other}), description)


def _beside(
    scale: float, cell: str, length: int
) -> tuple[np.ndarray, str, str]:
    """Return a curve to compare with, its label and its name in words.

    A SimpleRNN stands beside what its weights alone would do, a cell with
    gates beside a SimpleRNN.
    """
    if cell == "simple_rnn":
        label = f"{scale:g}ˡᵃᵍ"
        words = f"{scale:g} to the power of the lag"
        return scale ** np.arange(length), label, words
    name = "SimpleRNN, tanh"
    return gradient_left(scale, "tanh", "simple_rnn", length), name, name


@cache
def _weights(gates: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a kernel, and recurrent weights with singular values 1."""
    rng = np.random.default_rng([42, gates])
    kernel = glorot_uniform(rng, FEATURES, gates * UNITS)
    return kernel, orthogonal(rng, UNITS, gates * UNITS)


def _inputs(length: int) -> np.ndarray:
    """Return the last steps of the one long random input of this widget."""
    rng = np.random.default_rng(42)
    return rng.normal(size=(BATCH, LONGEST, FEATURES))[:, -length:]


def gradient_left(
    scale: float, activation: str, cell: str, length: int
) -> np.ndarray:
    """Return ‖dL/dh_t‖ by the lag, 1 at lag 0: (length,).

    The loss reads the last state only. Weights are as Keras starts them, the
    recurrent ones times ``scale``; of the 16 sequences the median is taken.

    Args:
        scale: Largest singular value of the recurrent weights.
        activation: Of a SimpleRNN.
        cell: A key of ``CELLS``.
        length: Time steps.
    """
    x = _inputs(length)
    d_h = np.zeros((BATCH, length, UNITS))
    d_h[:, -1] = UNITS**-0.5
    kind, _, forget_bias = cell.partition("_")
    kernel, recurrent = _weights({"simple": 1, "lstm": 4, "gru": 3}[kind])
    weights = kernel, scale * recurrent
    if kind == "simple":
        back = cells.simple_rnn_backward(
            x, *weights, None, d_h, activation=activation
        )
    elif kind == "gru":
        back = cells.gru_backward(x, *weights, None, d_h)
    else:
        bias = np.repeat([0.0, float(forget_bias), 0.0, 0.0], UNITS)
        back = cells.lstm_backward(x, *weights, bias, d_h)
    return np.median(back.hidden_state_norm[:, ::-1], axis=0)


def largest_state(scale: float, activation: str, length: int) -> np.ndarray:
    """Return the largest size of a number in h after each step, (length,).

    Args:
        scale: Largest singular value of the recurrent weights.
        activation: Of the SimpleRNN.
        length: Time steps.
    """
    kernel, recurrent = _weights(1)
    h = cells.simple_rnn(
        _inputs(length), kernel, scale * recurrent, activation=activation
    )
    return np.abs(h).max(axis=(0, 2))


def _fate(left: np.ndarray, scale: float, activation: str, cell: str) -> str:
    """Return what happens to the gradient, in numbers."""
    last, end = len(left) - 1, in_powers(FLOAT32.max)
    if cell == "simple_rnn":
        states = largest_state(scale, activation, len(left))
        if states[-1] > FLOAT32.max:
            step = int(np.argmax(states > FLOAT32.max)) + 1
            return (
                f"At step {step} the hidden state passes {end}, the largest "
                "float32: in training it becomes inf, then nan, and the loss "
                "and every gradient with it."
            )
    if left[-1] > FLOAT32.max:
        lag = int(np.argmax(left > FLOAT32.max))
        return (
            f"At lag {lag} the gradient passes {end}, the largest float32: in "
            "training it becomes inf, and the weights that it changes inf or "
            "nan."
        )
    if left[-1] < FLOAT32.smallest_subnormal:
        lag = int(np.argmax(left < FLOAT32.smallest_subnormal))
        return (
            f"From lag {lag} on the gradient is smaller than any float32: in "
            "training it is exactly zero."
        )
    return (
        f"At lag {last} the gradient is {in_powers(left[-1])} times that of "
        f"the last step: a factor of {left[-1] ** (1 / last):.2f} per step."
    )


def _reason(scale: float, activation: str, cell: str) -> str:
    """Return why it happens."""
    if cell == "simple_rnn":
        return _reason_simple(scale, activation)
    if cell == "gru":
        gate = (
            "The update gate starts near σ(0) = 0.50, the share of the state"
        )
    else:
        bias = float(cell[-1])
        gate = f"The forget gate starts near σ({bias:g}) = "
        gate += f"{sigmoid(np.array(bias)):.2f}, the share of the cell state"
    reason = f"{gate} that a step keeps; the recurrent weights add to it."
    if activation != "tanh":
        reason += " (The activation is the SimpleRNN's; here tanh stays.)"
    return reason


def _reason_simple(scale: float, activation: str) -> str:
    """Return why it happens in a SimpleRNN."""
    if activation == "linear":
        return f"With no bend each step multiplies by {scale:g} exactly."
    if activation == "relu":
        return (
            f"Each step multiplies by {scale:g} at most: ReLU stops the "
            "gradient of the units that are off."
        )
    if scale <= 1:
        return (
            f"Each step multiplies by {scale:g} at most: the slopes of tanh "
            "take the rest."
        )
    return (
        f"The weights alone would multiply by up to {scale:g} per step; "
        "large states lie where tanh is flat, and that holds it back."
    )


def in_powers(value: float) -> str:
    """Return a number with two digits, very small or large as 3.4·10³⁸."""
    if 0.001 <= value < 10_000:
        return f"{value:.2g}" if value < 100 else f"{value:,.0f}"
    digits, power = f"{value:.1e}".split("e")
    raised = str(int(power)).translate(RAISED)
    return f"10{raised}" if digits == "1.0" else f"{digits}·10{raised}"


def _figure(curves: dict[str, np.ndarray]) -> Figure:
    """Draw the curve, and dashed the one to compare it with."""
    theme.apply()
    figure = Figure(figsize=SIZE, dpi=72)
    axes = figure.add_axes((0.105, 0.135, 0.875, 0.775))
    axes.axhline(1, color=theme.COLORS["line"], linewidth=1)
    for place, (name, left) in enumerate(curves.items()):
        axes.plot(
            np.where(left > 0, left, np.nan),
            linestyle="--" if place else "-",
            linewidth=1.4 if place else 2.4,
            color=_color(name),
            label=name,
            zorder=2 if place else 3,
        )
    length = len(left)
    low, high = axis_ends(next(iter(curves.values())))
    axes.set_yscale("log")
    axes.set(
        xlim=(0, length),
        ylim=(10.0**low, 10.0**high),
        xlabel="lag: steps before the end",
        ylabel="‖∂L/∂hₜ‖",
    )
    # Formulas as labels would take twice the time of all the rest.
    pace = next(n for n in (1, 2, 4) if (high - low) / n <= 8)
    ticks = 10.0 ** (np.arange(-(-low // pace), high // pace + 1) * pace)
    axes.set_yticks(ticks, [in_powers(tick) for tick in ticks])
    axes.minorticks_off()
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2
    )
    _mark_exit(axes, *next(iter(curves.items())))
    return figure


def _color(name: str) -> str:
    """Return the colour of a curve: of its cell, as in the lessons."""
    kind = name.split(",", maxsplit=1)[0]
    kinds = ("SimpleRNN", "LSTM", "GRU")
    if kind not in kinds:
        return theme.COLORS["muted"]
    return theme.SERIES[kinds.index(kind)]


def axis_ends(left: np.ndarray) -> tuple[int, int]:
    """Return the powers of ten at the two ends of the upright axis.

    Each is the smallest of ``REACHES`` that holds the curve, or the largest.

    Args:
        left: Norm of the gradient by the lag.
    """
    powers = np.log10(np.maximum(left, 1e-300))
    below, above = (
        next((n for n in REACHES if needed <= n), REACHES[-1])
        for needed in (-powers.min(), powers.max())
    )
    return -below, above


def _mark_exit(axes: Axes, name: str, left: np.ndarray) -> None:
    """Mark where the curve leaves the picture, if it does, and say so."""
    low, high = axes.get_ylim()
    gone = (left < low) | (left > high)
    if not gone.any():
        return
    lag = int(np.argmax(gone))
    y, marker, side = low, "v", "below"
    if left[lag] > high:
        y, marker, side = high, "^", "above"
    color = _color(name)
    axes.plot(lag, y, marker, color=color, clip_on=False, zorder=4)
    # Beside the names of the curves, where no curve can run through it.
    axes.text(
        1,
        1.04,
        f"{side} {in_powers(y)} from lag {lag} on",
        transform=axes.transAxes,
        ha="right",
        fontsize=9,
        color=color,
    )


def panel() -> Any:
    """Return the widget."""
    return controls.panel(
        view,
        {
            "scale": controls.slider(
                "recurrent weights times",
                1.0,
                SMALLEST_SCALE,
                LARGEST_SCALE,
                0.1,
            ),
            "activation": controls.choice("activation", [*ACTIVATIONS]),
            "cell": controls.choice(
                "cell",
                [(name, cell) for cell, name in CELLS.items()],
                "simple_rnn",
            ),
            "length": controls.slider("length", 100, SHORTEST, LONGEST, 10),
        },
    )
