"""Count parameters: the arrays of a layer in proportion (03)."""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from lessons.counting_parameters.layer_arrays import asked, layer_arrays
from lessons.counting_parameters.plots import CellShape
from utils import runtime
from utils.errors import check_choice, check_integer
from utils.parameters import GATES, ParameterCount, count_parameters
from utils.widgets import controls
from utils.widgets.view import View, answers_mistakes


class Kind(NamedTuple):
    """A cell to choose.

    Attributes:
        layer: Its class in ``keras.layers``.
        cell: What ``utils.parameters`` calls it.
        options: What the class is told besides its units.
    """

    layer: str
    cell: str
    options: dict[str, bool]

    @property
    def biases(self) -> int:
        """The rows of b."""
        return 2 if self.options.get("reset_after") else 1


CELLS = {
    "SimpleRNN": Kind("SimpleRNN", "simple_rnn", {}),
    "LSTM": Kind("LSTM", "lstm", {}),
    "GRU": Kind("GRU", "gru", {"reset_after": True}),
    "GRU, reset_after=False": Kind("GRU", "gru", {"reset_after": False}),
}

MOST_INPUTS, MOST_UNITS, MOST_LAYERS = 10_000, 512, 3

EXAMPLES: dict[str, dict[str, Any]] = {
    "4 inputs, 3 units": {},
    "10,000 words": {"inputs": 10_000, "units": 32},
    "an LSTM on them": {"cell": "LSTM", "inputs": 10_000, "units": 32},
    "two layers": {"inputs": 10_000, "units": 32, "layers": 2},
    "more units than inputs": {"inputs": 10, "units": 512},
    "the GRU of 600 or 624": {"cell": "GRU", "inputs": 16, "units": 8},
}
"""Label of a button -> what it sets; the rest as at first."""

QUESTION = (
    "How many parameters are there in all, and which array holds most of "
    "them? Count before you look."
)


@answers_mistakes
def view(
    cell: str = "SimpleRNN",
    inputs: int = 4,
    units: int = 3,
    bidirectional: bool = False,
    layers: int = 1,
    ask_keras: bool = False,
    *,
    hidden: bool = False,
) -> View:
    """Show where the parameters of a stack of recurrent layers are.

    Args:
        cell: A key of ``CELLS``.
        inputs: Numbers a step that the lowest layer reads, 1 to 10,000.
        units: Of every layer, 1 to 512.
        bidirectional: Wrap every layer in ``Bidirectional``.
        layers: How many, 1 to 3.
        ask_keras: Build the layers in Keras and compare.
        hidden: Ask for the counts instead of showing them.
    """
    check_choice("cell", cell, CELLS)
    check_integer("inputs", inputs, minimum=1, maximum=MOST_INPUTS)
    check_integer("units", units, minimum=1, maximum=MOST_UNITS)
    check_integer("layers", layers, minimum=1, maximum=MOST_LAYERS)
    check_choice("bidirectional", bidirectional, (True, False))
    check_choice("ask_keras", ask_keras, (True, False))
    state = (cell, inputs, units, bidirectional, layers)
    directions = 2 if bidirectional else 1
    if hidden:
        return View(QUESTION, *asked(shapes(*state), directions))
    counted = counts(*state)
    more = (
        _answer(counted, keras_counts(*state))
        if ask_keras
        else "The number of time steps does not enter."
    )
    return View(
        f"{_sentence(counted)} {more}",
        *layer_arrays(shapes(*state), directions),
    )


def widths(
    inputs: int, units: int, bidirectional: bool, layers: int
) -> list[int]:
    """Return how many numbers a step each layer reads, the lowest first."""
    below = units * (2 if bidirectional else 1)
    return [inputs] + [below] * (layers - 1)


def counts(
    cell: str, inputs: int, units: int, bidirectional: bool, layers: int
) -> list[ParameterCount]:
    """Return the parameters of each layer, the lowest first; as ``view``."""
    kind = CELLS[cell]
    return [
        count_parameters(
            kind.cell,
            width,
            units,
            bidirectional=bidirectional,
            **kind.options,
        )
        for width in widths(inputs, units, bidirectional, layers)
    ]


def shapes(
    cell: str, inputs: int, units: int, bidirectional: bool, layers: int
) -> list[CellShape]:
    """Return the arrays of one direction of each layer; as ``view``."""
    kind = CELLS[cell]
    sets = GATES[kind.cell]
    return [
        CellShape((width, units, kind.biases), sets * units, sets)
        for width in widths(inputs, units, bidirectional, layers)
    ]


@functools.lru_cache(maxsize=64)
def keras_counts(
    cell: str, inputs: int, units: int, bidirectional: bool, layers: int
) -> tuple[int, ...]:
    """Build the layers and return what ``count_params`` says of each.

    Names, zeros and a seed are given, so that neither the numbering of a
    lesson's layers nor its random numbers notice.
    """
    if "keras" not in sys.modules:
        runtime.start()
    with runtime.quiet_stderr():
        import keras

        kind = CELLS[cell]
        answers = []
        for width in widths(inputs, units, bidirectional, layers):
            layer = getattr(keras.layers, kind.layer)(
                units,
                kernel_initializer="zeros",
                recurrent_initializer="zeros",
                seed=0,
                name="asked",
                **kind.options,
            )
            if bidirectional:
                layer = keras.layers.Bidirectional(layer, name="asked_twice")
            layer.build((None, None, width))
            answers.append(layer.count_params())
    return tuple(answers)


def _sentence(counted: Sequence[ParameterCount]) -> str:
    """Return where the parameters are."""
    total = sum(count.total for count in counted)
    arrays = {
        "W_x": sum(count.kernel for count in counted),
        "W_h": sum(count.recurrent_kernel for count in counted),
        "b": sum(count.bias for count in counted),
    }
    parts = [f"{count:,} in {name}" for name, count in arrays.items()]
    largest = max(arrays, key=lambda name: arrays[name])
    return (
        f"{total:,} parameters: {parts[0]}, {parts[1]} and {parts[2]}; "
        f"{largest} holds {arrays[largest] / total:.1%} of them."
    )


def _answer(counted: Sequence[ParameterCount], answers: Sequence[int]) -> str:
    """Return what Keras says, beside what was counted here."""
    said = " + ".join(f"{answer:,}" for answer in answers)
    if len(answers) > 1:
        said += f" = {sum(answers):,}"
    agrees = [count.total for count in counted] == list(answers)
    verdict = "it agrees" if agrees else "it does not agree"
    return f"Keras has built it: count_params() says {said}, {verdict}."


def panel() -> Any:
    """Return the widget."""
    start = {
        "cell": "SimpleRNN",
        "inputs": 4,
        "units": 3,
        "bidirectional": False,
        "layers": 1,
        "ask_keras": False,
    }
    return controls.panel(
        view,
        {
            "cell": controls.choice("cell", list(CELLS)),
            "inputs": controls.slider("inputs", 4, 1, MOST_INPUTS),
            "units": controls.slider("units", 3, 1, MOST_UNITS),
            "layers": controls.slider("layers", 1, 1, MOST_LAYERS),
            "bidirectional": controls.switch("bidirectional"),
            "ask_keras": controls.switch("ask Keras"),
        },
        examples={
            name: {**start, **values} for name, values in EXAMPLES.items()
        },
        predict=True,
    )
