"""The widget of shapes says what Keras says."""

from __future__ import annotations

import diagram_checks as checks
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.widgets import layer_shapes
from utils.widgets.view import InputError

pytestmark = pytest.mark.slow  # takes seconds

SETTINGS = settings(max_examples=60, deadline=None)

SIZES = st.one_of(st.none(), st.integers(1, 12), st.just(10_000))
"""An axis; the large size is one of the lessons'."""

SHAPES = st.one_of(
    st.tuples(SIZES, SIZES, st.integers(1, 12)),
    st.lists(SIZES, min_size=1, max_size=4)
    .map(tuple)
    .filter(lambda shape: len(shape) != 3),
)
"""Three axes, or by mistake another number of them."""

ALL = {f"sequences_{number}": True for number in (1, 2, 3)}
STATES = st.fixed_dictionaries(
    {
        "units": st.integers(1, 128),
        "layers": st.integers(1, 3),
        "cell": st.sampled_from(layer_shapes.CELLS),
        **dict.fromkeys([*ALL, "return_state"], st.booleans()),
    }
)
FULL = {"units": 128, "layers": 3, "return_state": True, "cell": "LSTM"}
EXTREMES = [
    {},
    *layer_shapes.EXAMPLES.values(),
    {"shape": "1000000, 1000000, 1000000", **FULL, **ALL},
    {"shape": "1000000, None, None, 1000000", "units": 128, "layers": 3},
    {"shape": "1", "layers": 2, "cell": "LSTM", "return_state": True},
    {"shape": "7, 7, 7", "layers": 2, "sequences_1": True},
    {"units": 128, "return_state": True, "layers": 3},
]
"""States where the picture is fullest or emptiest."""


@pytest.mark.parametrize("state", EXTREMES)
def test_the_picture_can_be_read(state):
    measured = checks.measure(layer_shapes.view(**state).figure)
    assert checks.faults(measured) == {}


def built_by_keras(shape, units, layers, cell, return_state, **sequences):
    """Return the shape of every layer's output, or what Keras raised."""
    import keras

    flowing = keras.Input(batch_shape=shape)
    shapes = []
    for number in range(1, layers + 1):
        layer = getattr(keras.layers, cell)(
            units,
            return_sequences=sequences[f"sequences_{number}"],
            return_state=return_state and number == layers,
            name=f"layer_{number}",
        )
        try:
            flowing = layer(flowing)
        except ValueError as error:
            return shapes, str(error)
        left = flowing if isinstance(flowing, (list, tuple)) else [flowing]
        shapes.extend(tensor.shape for tensor in left)
    return shapes, None


@pytest.mark.slow
@SETTINGS
@given(shape=SHAPES, state=STATES)
def test_every_shape_and_every_message_is_that_of_keras(shape, state):
    shapes, raised = built_by_keras(shape, **state)
    view = layer_shapes.view(shape=str(shape), **state)
    if raised is None:
        # "each" is how one sentence gives the equal states of an LSTM.
        assert str(shapes[-1]) in view.sentence
        assert str(shapes[state["layers"] - 1]) in view.sentence
    else:
        assert f"“{raised}”" in view.sentence
    said = [f"{shape}." for shape in shapes]
    assert shapes_said(view.description) == [f"{shape}.", *said]
    assert view.figure.get_size_inches().tolist() == [7, 332 / 72]
    sizes = [[str(size) for size in row] for row in (shape, *shapes)]
    assert shapes_drawn(view.figure) == sizes


def shapes_said(description):
    """Return the shapes that leave something, as the description has them."""
    starts = ("the shape ", "hands on ", "the state h, ", "the state c, ")
    parts = description.replace("). ", ").\n").split("\n")
    pairs = [(part, start) for part in parts for start in starts]
    return [part.split(start, 1)[1] for part, start in pairs if start in part]


def shapes_drawn(drawing):
    """Return the bold sizes on the card, row by row from below."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for text in drawing.plane.texts:
        if text.get_fontweight() == "bold":
            x, y = text.get_position()
            rows.setdefault(round(y, 3), []).append((x, text.get_text()))
    return [[size for _, size in sorted(rows[y])] for y in sorted(rows)]


@pytest.mark.parametrize("layer", [2, 3])
def test_a_wrong_stack_names_the_layer_that_has_to_change(layer):
    said = layer_shapes.view(layers=3, sequences_1=layer == 3).sentence
    assert f"layer {layer - 1} has to change" in said
    assert said.endswith(f"give layer {layer - 1} return_sequences=True.")


def test_a_wrong_input_blames_no_layer():
    wrong = {"2, 10": "one is missing", "10": "two are missing"}
    wrong["1, 2, 3, 4"] = "One axis too many"
    for shape, words in wrong.items():
        sentence = layer_shapes.view(shape).sentence
        assert words in sentence
        assert "change the input, not a layer" in sentence


def test_a_shape_is_read_as_it_is_written_in_python():
    read = layer_shapes.read_shape
    assert read("(8, None, 10_000)") == (8, None, 10_000)
    assert read("[none 3 4]") == (None, 3, 4)
    assert read(" 5 ") == (5,)
    for typed in (
        "（８，２，１０）",
        "8;2；10",
        "[8、2、10\u200b]",
        "8 2 10,",
    ):
        assert read(typed) == (8, 2, 10)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Nothing to read yet"),
        (" (, ) ", "Nothing to read yet"),
        ("8, 2.5, 10", "“2.5” is no size"),
        ("8, 0, 10", "“0” is no size"),
        ("8, 1000001, 10", "take 1 to 1,000,000"),
        ("8, 2, None", "features, needs a number"),
        ("1, 2, 3, 4, 5", "That is 5 axes"),
        ("word " * 10_000, "That is 10,000 axes"),
        ("9" * 5_000, "…” is no size"),
        ("<b>은닉</b>, 3, 4", "“<b>은닉</b>” is no size"),
    ],
)
def test_what_is_no_shape_is_answered_with_a_sentence(typed, words):
    view = layer_shapes.view(typed)
    assert view.figure is None and words in view.sentence
    assert len(view.sentence) < 200


@SETTINGS
@given(st.text(max_size=40))
def test_nothing_typed_raises(typed):
    view = layer_shapes.view(typed)
    assert view.sentence.endswith(".")
    try:
        shape = layer_shapes.read_shape(typed)
    except InputError:
        assert view.figure is None
    else:
        assert f"shape {shape}." in view.description


def test_the_program_is_told_of_its_own_mistakes():
    with pytest.raises(ValueError, match=r"cell takes one of .* got 'rnn'"):
        layer_shapes.view(cell="rnn")
    with pytest.raises(ValueError, match=r"layers takes .* got 4"):
        layer_shapes.view(layers=4)


def answers_at_once(used) -> None:
    """Take the tick from "predict first"."""
    used.children[1].children[-1].value = False


@SETTINGS
@given(shape=SHAPES, state=STATES)
def test_a_question_tells_no_shape_and_no_mistake(shape, state):
    asked = layer_shapes.view(str(shape), **state, hidden=True)
    assert asked.sentence == layer_shapes.QUESTION
    drawn = [[str(size) for size in shape], *[["?"]] * state["layers"]]
    assert shapes_drawn(asked.figure) == drawn
    answer = layer_shapes.view(str(shape), **state).figure
    assert asked.figure.get_size_inches().tolist() == [
        *answer.get_size_inches()
    ]


def test_every_control_has_a_label_and_moves_the_picture():
    panel = layer_shapes.panel(layers=2)
    used, picture = panel.children
    column, _, sentence, _, _ = used.children
    controls = {control.description: control for control in column.children}
    assert sentence.value.endswith("Say it before you look.</p>")
    assert "has to change" not in sentence.value + picture.value
    answers_at_once(used)
    assert "layer 1 has to change" in sentence.value
    moves = {
        "layer 1 returns sequences": True,
        "the top layer returns its state": True,
        "layer 2 returns sequences": True,
        "layers": 3,
        "layer 3 returns sequences": True,
        "cell": "LSTM",
        "units": 7,
        "batch, time steps, features": "4, None, 9",
    }
    assert {*moves} == {*controls}
    seen = {picture.value}
    for label, value in moves.items():
        controls[label].value = value
        seen.add(picture.value)
    assert len(seen) == len(moves) + 1
    assert "(4, None, 7)" in sentence.value


def test_a_button_sets_everything():
    used, picture = layer_shapes.panel(cell="GRU", units=9).children
    answers_at_once(used)
    for button in used.children[4].children:
        button.click()
        example = layer_shapes.EXAMPLES[button.description]
        expected = layer_shapes.view(**(layer_shapes.DEFAULTS | example))
        assert expected.description in picture.value
