"""Gates: by hand on a few numbers, or by a trained cell on words (07, 08)."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils import cells, classify
from utils.cells import GRUTrace, LSTMTrace
from utils.classify.text import without_tags, words_of
from utils.errors import (
    check_choice,
    check_integer,
    check_number,
    check_text,
)
from utils.plots.unit_steps import LABELS, LEFT, unit_steps
from utils.widgets import controls
from utils.widgets.parsing import drawable, numbers_in, shortened, words_in
from utils.widgets.view import View, answers_mistakes

SEQUENCE = "1, -0.5, 0.8, 0, 0, 0"
"""What is read at first by hand."""

REVIEW = "This movie is terrible but it has some good effects."
"""What the trained cell reads at first, as in lesson 07."""

MOST = 12
"""Steps that stand side by side in the picture."""

LONGEST_LABEL = 9
"""Characters of a word below the picture."""

UNITS = 16
"""Of the trained cells."""

NEARLY = 1e-15
"""How near a gate set to 0 or 1 comes to it."""

GATES = {
    "lstm": {"forget": "f", "input": "i", "output": "o"},
    "gru": {"update": "z", "reset": "r"},
}
"""Cell -> name of each gate and of its field in the trace."""

STATES = {
    "lstm": {
        "cell state": ("c", "cell_state"),
        "hidden state": ("h", "hidden_state"),
    },
    "gru": {
        "candidate": ("candidate", "muted"),
        "hidden state": ("h", "hidden_state"),
    },
}
"""Cell -> what is drawn as bars: name, field of the trace, colour."""

OPEN = {"forget": 1, "input": 1, "output": 1, "update": 0, "reset": 1}
"""Gates before the sliders act: an LSTM that adds, a GRU that is simple."""


@dataclass(frozen=True)
class Steps:
    """What one unit did, step by step; every array is (timesteps,).

    Attributes:
        gates: Name -> 0 to 1.
        states: Name -> values, the hidden state last.
    """

    gates: dict[str, np.ndarray]
    states: dict[str, np.ndarray]


def by_hand(
    cell: str, values: Sequence[float], gates: Mapping[str, np.ndarray]
) -> LSTMTrace | GRUTrace:
    """Run one unit whose gates are given.

    The unit gets the gates' sums as further inputs. Its candidate is
    tanh(x) in the LSTM, and tanh(x + r h) in the GRU.

    Args:
        cell: "lstm" or "gru".
        values: The inputs.
        gates: Name -> the gate at each step, 0 to 1, (timesteps,).
    """
    sums = [_sum_for(gate) for gate in gates.values()]
    x = np.stack([np.array(values, dtype=float), *sums], axis=1)[None]
    if cell == "lstm":
        # Columns i, f, g, o; rows value, forget, input, output.
        kernel = np.eye(4)[[2, 1, 0, 3]]
        return cells.lstm(x, kernel, np.zeros((1, 4)))
    # Columns z, r, h; rows value, update, reset.
    kernel = np.eye(3)[[2, 0, 1]]
    return cells.gru(x, kernel, np.array([[0.0, 0.0, 1.0]]))


def _sum_for(gate: np.ndarray) -> np.ndarray:
    """Return the sum whose sigmoid is the gate (its logit)."""
    inside = np.clip(gate, NEARLY, 1 - NEARLY)
    return np.log(inside / (1 - inside))


@answers_mistakes
def view(
    cell: str = "lstm",
    driver: str = "hand",
    sequence: str = SEQUENCE,
    forget: float = 0.8,
    input_gate: float = 1.0,
    output: float = 1.0,
    update: float = 0.8,
    reset: float = 0.0,
    start: int = 1,
    review: str = REVIEW,
    unit: int = 13,
) -> View:
    """Show gates and states of one unit over the steps.

    Args:
        cell: "lstm" (forget, input and output gate) or "gru" (update and
            reset gate).
        driver: Who sets the gates, "hand" or "trained".
        sequence: By hand: at most 12 numbers.
        forget: By hand: forget gate, 0 to 1.
        input_gate: By hand: input gate.
        output: By hand: output gate.
        update: By hand: update gate; 1 keeps the past.
        reset: By hand: reset gate.
        start: By hand: the step from which on the gates are these; before
            it they are those of ``OPEN``.
        review: Trained: at most 12 words.
        unit: Trained: which of the 16 units is looked at.
    """
    check_choice("cell", cell, GATES)
    if check_choice("driver", driver, ("hand", "trained")) == "trained":
        check_integer("unit", unit, minimum=1, maximum=UNITS)
        return _trained(cell, without_tags(review), unit)
    given = {"lstm": (forget, input_gate, output), "gru": (update, reset)}
    chosen = {
        name: check_number(name, gate, minimum=0, maximum=1)
        for name, gate in zip(GATES[cell], given[cell], strict=True)
    }
    check_integer("start", start, minimum=1, maximum=MOST)
    values = numbers_in(check_text("sequence", sequence), most=MOST)
    return _hand(cell, values, chosen, start)


def _hand(
    cell: str, values: Sequence[float], chosen: Mapping[str, float], start: int
) -> View:
    """Show a unit whose gates the reader sets."""
    number = np.arange(1, len(values) + 1)
    gates = {
        name: np.where(number < start, float(OPEN[name]), gate)
        for name, gate in chosen.items()
    }
    trace = by_hand(cell, values, gates)
    labels = [f"{value:.3g}" for value in values]
    steps = _steps(cell, trace, 0)
    tell = _lstm_sentence if cell == "lstm" else _gru_sentence
    parts = [tell(values[-1], steps)]
    if start > len(values):
        parts.append(f"The sliders act from step {start} on, behind the end.")
    elif start > 1:
        before = "all gates are open"
        if cell == "gru":
            before = "the update gate is 0 and the reset gate 1"
        parts.append(f"Before step {start}, {before}.")
    return _shown(cell, labels, steps, parts)


def _lstm_sentence(x: float, steps: Steps) -> str:
    """Return the last step of an LSTM in numbers, and what it kept."""
    f, i, o = (gate[-1] for gate in steps.gates.values())
    c, h = (state[-1] for state in steps.states.values())
    before = [0.0, *steps.states["cell state"]][-2]
    said = (
        f"Last step: c = {f:.2f} · {before:z.2f} + {i:.2f} · tanh({x:.3g}) = "
        f"{c:z.2f}, and h = {o:.2f} · tanh({c:z.2f}) = {h:z.2f}."
    )
    return said + _kept("what step 1 wrote", steps.gates["forget"])


def _gru_sentence(x: float, steps: Steps) -> str:
    """Return the last step of a GRU in numbers, and what it kept."""
    z, r = (gate[-1] for gate in steps.gates.values())
    h = steps.states["hidden state"]
    before = [0.0, *h][-2]
    said = (
        f"Last step: h = {z:.2f} · {before:z.2f} + {1 - z:.2f} · tanh({x:.3g} "
        f"+ {r:.2f} · {before:z.2f}) = {h[-1]:z.2f}."
    )
    return said + _kept("the state of step 1", steps.gates["update"])


def _kept(what: str, gate: np.ndarray) -> str:
    """Return how much of the first step the gates kept directly."""
    kept = f" Of {what}, {np.prod(gate[1:]):.2f} is kept to the end."
    return kept if len(gate) > 1 else ""


def _trained(cell: str, review: str, unit: int) -> View:
    """Show a unit of a trained classifier."""
    words = words_in(" ".join(words_of(review)), most=MOST)
    reading = classify.load(cell).read(review)
    labels = [drawable(word, LONGEST_LABEL) for word in words]
    steps = _steps(cell, reading.trace, unit - 1)
    if cell == "lstm":
        writes, keeps = steps.gates["input"], steps.gates["forget"]
        parts = [
            f"Unit {unit} of {UNITS}: its input gate opens widest at "
            f"{_named(words, writes.argmax())} ({writes.max():.2f}), its "
            f"forget gate is lowest at {_named(words, keeps.argmin())} "
            f"({keeps.min():.2f})."
        ]
    else:
        keeps, sees = steps.gates.values()
        taken = (1 - keeps) * steps.states["candidate"]
        most = int(np.abs(taken).argmax())
        left = taken[most] * np.prod(keeps[most + 1 :])
        parts = [
            f"Unit {unit} of {UNITS}: its update gate is lowest at "
            f"{_named(words, keeps.argmin())} ({keeps.min():.2f}), its reset "
            f"gate at {_named(words, sees.argmin())} ({sees.min():.2f}). It "
            f"takes in most at {_named(words, most)}: {taken[most]:z.2f}, of "
            f"which {left:z.2f} is left at the end."
        ]
    ends = steps.states["hidden state"][-1]
    parts.append(
        f"At the end h = {ends:z.2f}, and all units together give "
        f"{reading.probabilities[-1]:.2f} that the text is positive."
    )
    if not all(reading.known):
        parts.append(f"Words it does not know: {reading.known.count(False)}.")
    return _shown(cell, labels, steps, parts)


def _named(words: Sequence[str], place: int) -> str:
    """Return a word between quotation marks."""
    return f"“{shortened(words[place])}”"


def _steps(cell: str, trace: LSTMTrace | GRUTrace, unit: int) -> Steps:
    """Take one unit out of what a cell computed."""

    def series(field: str) -> np.ndarray:
        return getattr(trace, field)[0, :, unit]

    return Steps(
        {name: series(field) for name, field in GATES[cell].items()},
        {name: series(field) for name, (field, _) in STATES[cell].items()},
    )


def _shown(
    cell: str, labels: Sequence[str], steps: Steps, parts: Sequence[str]
) -> View:
    """Put picture and words together."""
    states = {
        name: (values, STATES[cell][name][1])
        for name, values in steps.states.items()
    }
    figure, description = unit_steps(labels, steps.gates, states)
    figure.note(LEFT - 6, LABELS - 5, "input", align="right")
    return View(" ".join(parts), figure, f"{cell.upper()}. {description}")


def panel(cell: str = "lstm") -> Any:
    """Return the widget for one cell, "lstm" or "gru"."""
    gates = {}
    for name in GATES[check_choice("cell", cell, GATES)]:
        argument = "input_gate" if name == "input" else name
        start = inspect.signature(view).parameters[argument].default
        look = (f"{name} gate", start, 0.0, 1.0, 0.05)
        gates[argument] = controls.slider(*look)
    drivers = [("by hand", "hand"), ("by a trained cell", "trained")]
    idle = {
        "trained": {"sequence", "start", *gates},
        "hand": {"review", "unit"},
    }
    return controls.panel(
        functools.partial(view, cell),
        {
            "driver": controls.choice("gates", drivers, "hand"),
            "sequence": controls.line("by hand: numbers", SEQUENCE),
            **gates,
            "start": controls.slider("from step", 1, 1, MOST),
            "review": controls.line("trained: words", REVIEW),
            "unit": controls.slider("trained: unit", 13, 1, UNITS),
        },
        without_effect=lambda state: idle[state["driver"]],
    )
