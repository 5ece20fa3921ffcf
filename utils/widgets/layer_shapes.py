"""Shapes: what goes into a stack of recurrent layers and out (04, 05)."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import signature
from typing import Any

from utils.drawing.stacks import Shape, stack_shapes
from utils.errors import check_choice, check_integer
from utils.exercises.question import typed
from utils.widgets import controls
from utils.widgets.parsing import parts_of, shortened
from utils.widgets.view import InputError, View, answers_mistakes

CELLS = ("SimpleRNN", "LSTM", "GRU")

MOST_LAYERS, MOST_UNITS = 3, 128

LARGEST = 1_000_000
"""Size of an axis that still fits into its box."""

AXES = ("batch", "time steps", "features")

EXAMPLES: dict[str, dict[str, Any]] = {
    "last state": {},
    "every state": {"sequences_1": True},
    "two layers": {"layers": 2, "sequences_1": True},
    "two layers, one forgotten": {"layers": 2},
    "three, the middle forgotten": {"layers": 3, "sequences_1": True},
    "an LSTM and its states": {"cell": "LSTM", "return_state": True},
    "no batch": {"shape": "2, 10"},
}
"""Label of a button -> what it sets; the rest as at first."""

QUESTION = (
    "Which shape does each layer hand on, or which layer does Keras refuse? "
    "Say it before you look."
)


@answers_mistakes
def view(
    shape: str = "None, 2, 10",
    units: int = 3,
    layers: int = 1,
    cell: str = "SimpleRNN",
    sequences_1: bool = False,
    sequences_2: bool = False,
    sequences_3: bool = False,
    return_state: bool = False,
    *,
    hidden: bool = False,
) -> View:
    """Show the shape of all that goes into a stack and out of its layers.

    Args:
        shape: Sizes of the axes of the input, separated by commas; None
            where any size will do.
        units: Of every layer, 1 to 128.
        layers: How many, 1 to 3.
        cell: SimpleRNN, LSTM or GRU.
        sequences_1: Layer 1, the lowest, returns its sequences.
        sequences_2: The same for layer 2, if there is one.
        sequences_3: The same for layer 3, if there is one.
        return_state: The top layer returns its last state as well.
        hidden: Ask for the shapes instead of showing them.
    """
    check_choice("cell", cell, CELLS)
    check_integer("units", units, minimum=1, maximum=MOST_UNITS)
    check_integer("layers", layers, minimum=1, maximum=MOST_LAYERS)
    given = read_shape(shape)
    sequences = (sequences_1, sequences_2, sequences_3)[:layers]
    codes = _codes(cell, units, sequences, return_state)
    if hidden:
        return View(QUESTION, *stack_shapes([given], codes, hidden=True))
    left = outputs(given, units, sequences)
    if len(left) < layers:
        states: list[Shape] = []
        sentence = _mistake([given, *left])
    else:
        # The states beside an output: h, or h and c.
        count = return_state * (2 if cell == "LSTM" else 1)
        states = [(left[-1][0], left[-1][-1])] * count
        sentence = _sentence(left, sequences, states)
    return View(sentence, *stack_shapes([given, *left], codes, states))


def read_shape(text: str) -> Shape:
    """Return the sizes that a reader typed, with or without brackets.

    Raises:
        InputError: A part is no size, or there are too many or none.
    """
    parts = parts_of(typed(text).strip("()[]"))
    if not parts:
        raise InputError(
            "Nothing to read yet: type the axes, such as None, 2, 10."
        )
    if len(parts) > len(AXES) + 1:
        raise InputError(
            f"That is {len(parts):,} axes; a recurrent layer takes three: "
            "batch, time steps, features."
        )
    shape = tuple(_size(part) for part in parts)
    if len(shape) == len(AXES) and shape[-1] is None:
        raise InputError(
            "The last axis, the features, needs a number: the kernel has one "
            "row for each feature."
        )
    return shape


def _size(part: str) -> int | None:
    """Return the size of one axis.

    Raises:
        InputError: It is none.
    """
    if part.lower() == "none":
        return None
    try:
        size = int(part)
    except ValueError:
        raise InputError(
            f"“{shortened(part)}” is no size of an axis: type whole numbers "
            "or None, such as None, 2, 10."
        ) from None
    if not 1 <= size <= LARGEST:
        raise InputError(
            f"“{shortened(part)}” is no size the picture can show: take 1 to "
            f"{LARGEST:,}, or None."
        )
    return size


def outputs(
    given: Shape, units: int, sequences: Sequence[bool]
) -> list[Shape]:
    """Return the shape that each layer hands on, the lowest layer first.

    The list ends before the first layer that Keras would not build.

    Args:
        given: Shape of the input.
        units: Of every layer.
        sequences: For each layer, whether it returns its sequences.
    """
    shapes: list[Shape] = []
    arriving = given
    for every_step in sequences:
        if len(arriving) != len(AXES):
            break
        batch, steps, _ = arriving
        arriving = (batch, steps, units) if every_step else (batch, units)
        shapes.append(arriving)
    return shapes


def message(layer: int, arriving: Shape) -> str:
    """Return what Keras raises if a layer is given that shape.

    ``assert_input_compatibility`` in ``keras/src/layers/input_spec.py``; the
    tests compare it with what Keras raises.

    Args:
        layer: Its number; it is named ``layer_1`` and so on.
        arriving: A shape that has not three axes.
    """
    return (
        f"Input 0 with name 'None' of layer 'layer_{layer}' is incompatible "
        f"with the layer: expected ndim=3, found ndim={len(arriving)}. Full "
        f"shape received: {arriving}"
    )


def _mistake(shapes: Sequence[Shape]) -> str:
    """Return Keras's message, and which layer has to change.

    Args:
        shapes: Of the input and of each layer that could be built.
    """
    layer, arriving = len(shapes), shapes[-1]
    raised = f"Keras: “{message(layer, arriving)}”."
    if layer > 1:
        below = layer - 1
        return (
            f"{raised} Layer {layer} complains, but layer {below} has to "
            f"change: it handed on its last state only, so the time axis is "
            f"gone; give layer {below} return_sequences=True."
        )
    if len(arriving) > len(AXES):
        return f"{raised} One axis too many: change the input, not a layer."
    lacking = "one is" if len(arriving) == 2 else "two are"
    return (
        f"{raised} Of batch, time steps and features {lacking} missing: "
        "change the input, not a layer (None is a batch of any size)."
    )


def _sentence(
    left: Sequence[Shape],
    sequences: Sequence[bool],
    states: Sequence[Shape],
) -> str:
    """Return what a stack that Keras builds hands on."""
    top, out = len(left), left[-1]
    why = "only its last state leaves the layer, so the time axis is gone"
    if sequences[-1]:
        why = "return_sequences=True keeps the time axis, so the state of "
        why += "every step leaves the layer"
    sentence = f"Layer {top} hands on {out}: {why}."
    if top > 1:
        sentence += f" Between the layers it stays: {left[0]}."
    if len(states) == 1:
        sentence += f" return_state=True adds that last state, {states[0]}."
    elif states:
        sentence += f" return_state=True adds h and c, each {states[0]}."
    return sentence


def _codes(
    cell: str, units: int, sequences: Sequence[bool], return_state: bool
) -> list[str]:
    """Return each layer as Keras code, the lowest first."""
    start = f"{cell}({units},\n  return_sequences="
    codes = [f"{start}{every_step})" for every_step in sequences]
    if return_state:
        codes[-1] = codes[-1][:-1] + ",\n  return_state=True)"
    return codes


DEFAULTS: dict[str, Any] = {
    name: argument.default
    for name, argument in signature(view).parameters.items()
    if name != "hidden"
}
"""Where the controls stand at first."""


def panel(**start: Any) -> Any:
    """Return the widget.

    Args:
        **start: Arguments of ``view`` that differ from its defaults.
    """
    state = {**DEFAULTS, **start}
    switches = {
        name: controls.switch(
            f"layer {name[-1]} returns sequences", state[name]
        )
        for name in DEFAULTS
        if name.startswith("sequences")
    }
    return controls.panel(
        view,
        {
            "shape": controls.line(
                "batch, time steps, features", state["shape"]
            ),
            "units": controls.slider("units", state["units"], 1, MOST_UNITS),
            "layers": controls.slider(
                "layers", state["layers"], 1, MOST_LAYERS
            ),
            "cell": controls.choice("cell", CELLS, state["cell"]),
            **switches,
            "return_state": controls.switch(
                "the top layer returns its state", state["return_state"]
            ),
        },
        examples={
            name: {**DEFAULTS, **values} for name, values in EXAMPLES.items()
        },
        predict=True,
    )
