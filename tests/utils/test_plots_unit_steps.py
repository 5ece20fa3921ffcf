"""One unit's gates and states: every number stands in its column."""

import numpy as np
import pytest
from diagram_checks import measure, outside, overlaps, small
from matplotlib.colors import same_color

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


@pytest.fixture(scope="module")
def plane():
    figure, description = unit_steps(LABELS, GATES, STATES)
    assert "a, b, c" in description
    assert "forget, input gates" in description
    assert "1.00 (cell state) and 0.76 (hidden state)" in description
    return figure.plane


def test_numbers_stand_over_their_labels_and_beside_their_gate(plane):
    columns, rows = {}, {}
    for text in plane.texts:
        x, y = text.get_position()
        columns.setdefault(x, []).append(text.get_text())
        rows.setdefault(round(y), []).append(text.get_text())
    named = {words[-1]: words[:-1] for words in columns.values()}
    assert {label: named[label] for label in LABELS} == {
        "a": ["1", "0.10", "0.00", "0.50", "0.25"],
        "b": ["2", "0.90", "1.00", "-3.20", "0.00"],
        "c": ["3", "0.50", "0.85", "1.00", "0.76"],
    }
    assert [rows[y] for y in sorted(rows, reverse=True)][:3] == [
        ["step", "1", "2", "3"],
        ["forget", "0.10", "0.90", "0.50"],
        ["input", "0.00", "1.00", "0.85"],
    ]


def test_fields_are_as_dark_as_the_gates_are_open(plane):
    kinds = plane.collections
    (fields,) = (c for c in kinds if hasattr(c, "get_coordinates"))
    assert np.array_equal(fields.get_array(), [*GATES.values()])
    assert fields.get_clim() == (0, 1)


def test_bars_are_as_long_as_the_states(plane):
    bars = [c for c in plane.collections if hasattr(c, "get_segments")]
    for collection, (values, meaning), limit in zip(
        bars, STATES.values(), (4, 1), strict=True
    ):
        lengths = [
            top - foot for (_, foot), (_, top) in collection.get_segments()
        ]
        assert np.allclose(lengths, plot.REACH / limit * values)
        assert same_color(theme.COLORS[meaning], collection.get_color()[0])


def test_light_numbers_only_on_dark_fields(plane):
    light = theme.COLORS["background"]
    found = [t.get_text() for t in plane.texts if t.get_color() == light]
    assert found == ["0.90", "1.00", "0.85"]


@pytest.mark.slow
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


@pytest.mark.parametrize("name", ["forget", "hidden state"])
def test_a_number_is_needed_for_every_step(name):
    gates = {k: v[:2] if k == name else v for k, v in GATES.items()}
    states = {
        k: (v[:2] if k == name else v, m) for k, (v, m) in STATES.items()
    }
    with pytest.raises(ValueError, match=f"{name} takes 3 entries"):
        unit_steps(LABELS, gates, states)
