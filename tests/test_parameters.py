"""Every parameter count of the course, and Keras's own for drawn sizes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import runtime
from utils.parameters import CELLS, ParameterCount, count_parameters


@pytest.fixture(scope="module", autouse=True)
def quiet_tensorflow():
    runtime.start(seed=0)


def keras_count(
    cell, input_dim, units, *, bidirectional, reset_after, use_bias
):
    from keras import layers

    if cell == "embedding":
        layer = layers.Embedding(input_dim, units)
        layer.build()
        return layer.count_params()
    if cell == "dense":
        layer = layers.Dense(units, use_bias=use_bias)
    elif cell == "simple_rnn":
        layer = layers.SimpleRNN(units, use_bias=use_bias)
    elif cell == "lstm":
        layer = layers.LSTM(units, use_bias=use_bias)
    else:
        layer = layers.GRU(units, use_bias=use_bias, reset_after=reset_after)
    if bidirectional:
        layer = layers.Bidirectional(layer)
    layer.build((None, 3, input_dim))
    return layer.count_params()


PROMISED = [
    ("simple_rnn", 4, 3, {}, (12, 9, 3, 24)),
    ("simple_rnn", 10, 3, {}, (30, 9, 3, 42)),
    ("simple_rnn", 10, 3, {"bidirectional": True}, (60, 18, 6, 84)),
    ("simple_rnn", 10_000, 32, {}, (320_000, 1_024, 32, 321_056)),
    ("dense", 32, 1, {}, (32, 0, 1, 33)),
    ("simple_rnn", 32, 32, {}, (1_024, 1_024, 32, 2_080)),
    ("lstm", 10_000, 32, {}, (1_280_000, 4_096, 128, 1_284_224)),
    (
        "gru",
        10_000,
        32,
        {"reset_after": False},
        (960_000, 3_072, 96, 963_168),
    ),
    ("gru", 10_000, 32, {}, (960_000, 3_072, 192, 963_264)),
    (
        "lstm",
        10_000,
        32,
        {"bidirectional": True},
        (2_560_000, 8_192, 256, 2_568_448),
    ),
    ("dense", 64, 1, {}, (64, 0, 1, 65)),
    ("simple_rnn", 500, 8, {}, (4_000, 64, 8, 4_072)),
    ("dense", 8, 1, {}, (8, 0, 1, 9)),
    ("embedding", 10_000, 32, {}, (320_000, 0, 0, 320_000)),
]


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


def test_whole_models_the_lessons_promise():
    def total(*layers):
        return sum(count_parameters(*layer).total for layer in layers)

    first, head = ("simple_rnn", 10_000, 32), ("dense", 32, 1)
    assert total(first, head) == 321_089
    assert total(first, ("simple_rnn", 32, 32), head) == 323_169
    assert total(("lstm", 10_000, 32), head) == 1_284_257
    assert total(("simple_rnn", 500, 8), ("dense", 8, 1)) == 4_081
    both = count_parameters("lstm", 10_000, 32, bidirectional=True)
    assert both.total + total(("dense", 64, 1)) == 2_568_513


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


@settings(deadline=None, derandomize=True, max_examples=100)
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


def test_arrays_are_those_of_keras():
    from keras import layers

    for name, layer in [
        ("simple_rnn", layers.SimpleRNN(4)),
        ("lstm", layers.LSTM(4)),
        ("gru", layers.GRU(4)),
        ("gru", layers.GRU(4, reset_after=False)),
    ]:
        layer.build((None, None, 6))
        sizes = tuple(weights.size for weights in layer.get_weights())
        reset_after = getattr(layer, "reset_after", True)
        count = count_parameters(name, 6, 4, reset_after=reset_after)
        assert count[:3] == sizes


@pytest.mark.parametrize(
    ("arguments", "switches", "error", "words"),
    [
        (("rnn", 3, 2), {}, ValueError, r"cell takes .*'lstm'.* got 'rnn'"),
        (("lstm", 0, 2), {}, ValueError, r"input_dim .*>= 1, got 0"),
        (("lstm", 3, -1), {}, ValueError, r"units .*>= 1, got -1"),
        (("lstm", 3.0, 2), {}, TypeError, r"input_dim .*integer.* got 3\.0"),
        (("lstm", 3, "2"), {}, TypeError, r"units .*integer.* got '2'"),
        (("lstm", 3, True), {}, TypeError, r"units .*got True"),
        (
            ("lstm", 3, 2),
            {"bidirectional": "yes"},
            ValueError,
            r"bidirectional takes .*got 'yes'",
        ),
        (("gru", 3, 2), {"reset_after": 2}, ValueError, r"reset_after .*2"),
        (("gru", 3, 2), {"use_bias": None}, ValueError, r"use_bias .*None"),
        (
            ("dense", 3, 2),
            {"bidirectional": True},
            ValueError,
            r"bidirectional takes False .*'dense'.*got True",
        ),
        (
            ("embedding", 3, 2),
            {"bidirectional": True},
            ValueError,
            r"bidirectional takes False .*'embedding'",
        ),
    ],
)
def test_mistakes_are_answered_by_name(arguments, switches, error, words):
    with pytest.raises(error, match=words):
        count_parameters(*arguments, **switches)
