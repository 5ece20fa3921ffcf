"""Every parameter count of the course, and Keras's own for drawn sizes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.parameters import CELLS, ParameterCount, count_parameters

with_keras = pytest.mark.usefixtures("keras")


def keras_count(
    cell, input_dim, units, *, bidirectional, reset_after, use_bias
):
    from keras import layers

    if cell == "embedding":
        layer = layers.Embedding(input_dim, units)
        layer.build()
        return layer.count_params()
    names = {"simple_rnn": "SimpleRNN", "dense": "Dense"}
    switches = {"reset_after": reset_after} if cell == "gru" else {}
    kind = getattr(layers, names.get(cell, cell.upper()))
    layer = kind(units, use_bias=use_bias, **switches)
    if bidirectional:
        layer = layers.Bidirectional(layer)
    layer.build((None, 3, input_dim))
    return layer.count_params()


BOTH = {"bidirectional": True}
BEFORE = {"reset_after": False}
PROMISED = [
    ("simple_rnn", 4, 3, {}, (12, 9, 3, 24)),
    ("simple_rnn", 10, 3, {}, (30, 9, 3, 42)),
    ("simple_rnn", 10, 3, BOTH, (60, 18, 6, 84)),
    ("simple_rnn", 10_000, 32, {}, (320_000, 1_024, 32, 321_056)),
    ("dense", 32, 1, {}, (32, 0, 1, 33)),
    ("simple_rnn", 32, 32, {}, (1_024, 1_024, 32, 2_080)),
    ("lstm", 10_000, 32, {}, (1_280_000, 4_096, 128, 1_284_224)),
    ("gru", 10_000, 32, BEFORE, (960_000, 3_072, 96, 963_168)),
    ("gru", 10_000, 32, {}, (960_000, 3_072, 192, 963_264)),
    ("lstm", 10_000, 32, BOTH, (2_560_000, 8_192, 256, 2_568_448)),
    ("dense", 64, 1, {}, (64, 0, 1, 65)),
    ("simple_rnn", 500, 8, {}, (4_000, 64, 8, 4_072)),
    ("dense", 8, 1, {}, (8, 0, 1, 9)),
    ("embedding", 10_000, 32, {}, (320_000, 0, 0, 320_000)),
]


@with_keras
@pytest.mark.parametrize(
    ("cell", "input_dim", "units", "switches", "promised"), PROMISED
)
def test_counts_the_lessons_promise(
    cell, input_dim, units, switches, promised
):
    count = count_parameters(cell, input_dim, units, **switches)
    assert count == ParameterCount(*promised)
    defaults = {"bidirectional": False, "reset_after": True, "use_bias": True}
    assert count.total == keras_count(
        cell, input_dim, units, **(defaults | switches)
    )


@with_keras
@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize("cell", CELLS)
def test_every_switch_counts_as_keras_does(cell, use_bias, reset_after):
    recurrent = cell in ("simple_rnn", "lstm", "gru")
    for bidirectional in [False, True] if recurrent else [False]:
        switches = {
            "bidirectional": bidirectional,
            "reset_after": reset_after,
            "use_bias": use_bias,
        }
        count = count_parameters(cell, 7, 5, **switches)
        assert count.total == keras_count(cell, 7, 5, **switches)


@settings(max_examples=100)
@given(
    cell=st.sampled_from(CELLS),
    input_dim=st.integers(1, 10**6),
    units=st.integers(1, 10**4),
    use_bias=st.booleans(),
)
def test_total_is_the_sum_of_its_parts(cell, input_dim, units, use_bias):
    *parts, total = count_parameters(cell, input_dim, units, use_bias=use_bias)
    assert total == sum(parts)
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("arguments", "switches", "error", "words"),
    [
        (("rnn", 3, 2), {}, ValueError, r"cell takes .*'lstm'.* got 'rnn'"),
        (("lstm", 0, 2), {}, ValueError, r"input_dim .*>= 1, got 0"),
        (("lstm", 3, -1), {}, ValueError, r"units .*>= 1, got -1"),
        (("lstm", 3.0, 2), {}, TypeError, r"input_dim .*integer.* got 3\.0"),
        (("lstm", 3, "2"), {}, TypeError, r"units .*integer.* got '2'"),
        (("lstm", 3, True), {}, TypeError, r"units .*got True"),
        (("lstm", 3, 2), {"bidirectional": "y"}, ValueError, r"bidir.*'y'"),
        (("gru", 3, 2), {"reset_after": 2}, ValueError, r"reset_after .*2"),
        (("gru", 3, 2), {"use_bias": None}, ValueError, r"use_bias .*None"),
        (("dense", 3, 2), BOTH, ValueError, r"bidirectional .*'dense'"),
        (("embedding", 3, 2), BOTH, ValueError, r"bidirectional .*'embed"),
    ],
)
def test_mistakes_are_answered_by_name(arguments, switches, error, words):
    with pytest.raises(error, match=words):
        count_parameters(*arguments, **switches)
