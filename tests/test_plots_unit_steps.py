"""One unit's gates and states: every number stands in its column."""

import numpy as np
import pytest
from diagram_checks import measure, outside, overlaps, small

from utils import theme
from utils.plots import unit_steps as plot
from utils.plots.unit_steps import unit_steps

GATES = {
    "forget": np.array([0.1, 0.9, 0.5]),
    "input": np.array([0.0, 1.0, 0.85]),
}
STATES = {
    "cell state": (np.array([0.5, -3.2, 1.0]), "cell_state"),
    "hidden state": (np.array([0.25, -0.001, 0.76]), "hidden_state"),
}
LABELS = ["a", "b", "c"]


def drawn():
    figure, _ = unit_steps(LABELS, GATES, STATES)
    return figure


def test_numbers_stand_over_their_labels():
    texts = drawn().plane.texts
    places = {
        text.get_text(): text.get_position()[0]
        for text in texts
        if text.get_text() in LABELS
    }
    columns = {
        label: [
            text.get_text()
            for text in texts
            if text.get_position()[0] == x and text.get_text() != label
        ]
        for label, x in places.items()
    }
    assert columns == {
        "a": ["0.10", "0.00", "0.50", "0.25"],
        "b": ["0.90", "1.00", "-3.20", "0.00"],
        "c": ["0.50", "0.85", "1.00", "0.76"],
    }


def test_a_gate_is_named_beside_its_numbers_the_first_on_top():
    rows = {}
    for text in drawn().plane.texts[:8]:
        y = round(text.get_position()[1])
        rows.setdefault(y, []).append(text.get_text())
    assert [rows[y] for y in sorted(rows, reverse=True)] == [
        ["forget", "0.10", "0.90", "0.50"],
        ["input", "0.00", "1.00", "0.85"],
    ]


def test_fields_are_as_dark_as_the_gates_are_open():
    (fields,) = (
        c for c in drawn().plane.collections if hasattr(c, "get_coordinates")
    )
    assert np.array_equal(fields.get_array(), [*GATES.values()])
    assert fields.get_clim() == (0, 1)


def test_bars_are_as_long_as_the_states():
    bars = [c for c in drawn().plane.collections if hasattr(c, "get_segments")]
    for collection, (values, meaning), limit in zip(
        bars, STATES.values(), (4, 1), strict=True
    ):
        lengths = [
            segment[1, 1] - segment[0, 1]
            for segment in collection.get_segments()
        ]
        assert np.allclose(lengths, plot.REACH / limit * values)
        assert theme.COLORS[meaning].lower() == _hex(collection)


def _hex(collection):
    from matplotlib.colors import to_hex

    return to_hex(collection.get_color()[0])


def test_light_numbers_only_on_dark_fields():
    light = [
        text.get_text()
        for text in drawn().plane.texts
        if text.get_color() == theme.COLORS["background"]
    ]
    assert light == ["0.90", "1.00", "0.85"]


@pytest.mark.parametrize("label", ["-99.1", "wwwwwwww…", "mmmmmmmm…"])
@pytest.mark.parametrize("steps", [1, 12])
@pytest.mark.parametrize("state", [-16.0, 1.0])
def test_texts_keep_clear_of_each_other(label, steps, state):
    gates = dict.fromkeys(["forget", "input", "output"], np.full(steps, 0.5))
    states = {
        name: (np.full(steps, state), "cell_state")
        for name in ("cell state", "hidden state")
    }
    figure, _ = unit_steps([label] * steps, gates, states)
    measured = measure(figure)
    assert outside(measured, 2) == []
    assert small(measured, 9) == []
    pairs = overlaps(measured)
    # Slanting labels have bounds that cross; their letters do not.
    assert [pair for pair in pairs if {*pair} != {label}] == []


def test_description_names_what_is_drawn():
    _, description = unit_steps(LABELS, GATES, STATES)
    assert "a, b, c" in description
    assert "forget, input gates" in description
    assert "1.00 (cell state) and 0.76 (hidden state)" in description


@pytest.mark.parametrize("name", ["forget", "hidden state"])
def test_a_number_is_needed_for_every_step(name):
    gates = {k: v[:2] if k == name else v for k, v in GATES.items()}
    states = {
        k: (v[:2] if k == name else v, m) for k, (v, m) in STATES.items()
    }
    with pytest.raises(ValueError, match=f"{name} takes 3 numbers"):
        unit_steps(LABELS, gates, states)
