"""The cells without Keras: equations, numerical gradients, arguments."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import cells

BATCH, TIMESTEPS, FEATURES, UNITS = 2, 4, 3, 2

RNN = (cells.simple_rnn, cells.simple_rnn_backward, 1)
GRU = (cells.gru, cells.gru_backward, 3)
CELLS = {
    "tanh": (*RNN, {}),
    "relu": (*RNN, {"activation": "relu"}),
    "linear": (*RNN, {"activation": "linear"}),
    "lstm": (cells.lstm, cells.lstm_backward, 4, {}),
    "gru": (*GRU, {}),
    "gru, reset before": (*GRU, {"reset_after": False}),
}
every_cell = pytest.mark.parametrize("name", CELLS)


def draw(name, seed=0):
    """Return a cell's two functions, its arguments and its keywords."""
    forward, backward, gates, options = CELLS[name]
    rng = np.random.default_rng(seed)
    width = gates * UNITS
    bias = (2, width) if name == "gru" else (width,)
    x_shape = (BATCH, TIMESTEPS, FEATURES)
    shapes = [x_shape, (FEATURES, width), (UNITS, width), bias]
    arrays = [rng.normal(0, 0.7, size=shape) for shape in shapes]
    state = rng.normal(size=(BATCH, UNITS))
    if name == "lstm":
        state = (state, rng.normal(size=(BATCH, UNITS)))
    return forward, backward, arrays, options | {"initial_state": state}


def hidden(result):
    return getattr(result, "h", result)


def previous(states, initial):
    return np.concatenate([initial[:, np.newaxis], states[:, :-1]], axis=1)


def sigmoid(sums):
    return 1 / (1 + np.exp(-sums))


seeds = st.integers(0, 2**32 - 1)
quick = settings(max_examples=25)


def test_one_neuron_by_hand():
    h = cells.simple_rnn([[[1], [0], [2]]], [[0.5]], [[0.8]], [0.1])
    first = np.tanh(0.5 * 1 + 0.8 * 0 + 0.1)
    second = np.tanh(0.5 * 0 + 0.8 * first + 0.1)
    third = np.tanh(0.5 * 2 + 0.8 * second + 0.1)
    np.testing.assert_allclose(h[0, :, 0], [first, second, third])


@quick
@given(seeds)
def test_lstm_equations(seed):
    forward, _, (x, W, U, b), keywords = draw("lstm", seed)
    h, c, i, f, g, o = forward(x, W, U, b, **keywords)
    h_0, c_0 = keywords["initial_state"]
    sums = x @ W + previous(h, h_0) @ U + b
    first, second, third, fourth = np.split(sums, 4, axis=-1)
    np.testing.assert_allclose(i, sigmoid(first))
    np.testing.assert_allclose(f, sigmoid(second))
    np.testing.assert_allclose(g, np.tanh(third))
    np.testing.assert_allclose(o, sigmoid(fourth))
    np.testing.assert_allclose(c, f * previous(c, c_0) + i * g)
    np.testing.assert_allclose(h, o * np.tanh(c))


@pytest.mark.parametrize("name", ["gru", "gru, reset before"])
@quick
@given(seed=seeds)
def test_gru_equations(name, seed):
    forward, _, (x, W, U, b), keywords = draw(name, seed)
    h, z, r, candidate = forward(x, W, U, b, **keywords)
    before = previous(h, keywords["initial_state"])
    b, b_recurrent = b if name == "gru" else (b, 0 * b)
    from_x, from_h = x @ W + b, before @ U + b_recurrent
    first, second, _ = np.split(from_x + from_h, 3, axis=-1)
    np.testing.assert_allclose(z, sigmoid(first))
    np.testing.assert_allclose(r, sigmoid(second))
    past = (r * before) @ U[:, 2 * UNITS :]
    if name == "gru":
        past = r * from_h[..., 2 * UNITS :]
    wanted = np.tanh(from_x[..., 2 * UNITS :] + past)
    np.testing.assert_allclose(candidate, wanted)
    np.testing.assert_allclose(h, z * before + (1 - z) * candidate)


@every_cell
@pytest.mark.parametrize("masked", [False, True])
@quick
@given(seed=seeds)
def test_gradients_against_differences(name, masked, seed):
    """Move every argument a little; does the loss follow the gradient?"""
    forward, backward, arrays, keywords = draw(name, seed)
    rng = np.random.default_rng([seed, 1])
    if masked:
        keywords["mask"] = rng.random((BATCH, TIMESTEPS)) < 0.6
    d_h = rng.normal(size=(BATCH, TIMESTEPS, UNITS))
    gradients = backward(*arrays, d_h, **keywords)

    state = keywords.pop("initial_state")
    names = ["x", "kernel", "recurrent_kernel", "bias", "initial_state"]
    names += ["initial_cell_state"] if name == "lstm" else []
    start = state if name == "lstm" else (state,)
    everything = [*arrays, *start]

    def loss(place, step):
        moved = list(everything)
        moved[place] = everything[place] + step
        state = moved[4:] if name == "lstm" else moved[4]
        h = hidden(forward(*moved[:4], initial_state=state, **keywords))
        return (h * d_h).sum()

    for place, part in enumerate(names):
        gradient = getattr(gradients, part)
        assert gradient.shape == everything[place].shape
        step = 1e-6 * rng.normal(size=gradient.shape)
        difference = (loss(place, step) - loss(place, -step)) / 2
        predicted = (gradient * step).sum()
        assert difference == pytest.approx(predicted, rel=1e-4, abs=1e-12)


@every_cell
def test_masked_steps_copy_the_state(name):
    forward, _, (x, *weights), keywords = draw(name)
    mask = np.array([[True, False, True, False], [True, True, True, True]])
    h = hidden(forward(x, *weights, mask=mask, **keywords))
    np.testing.assert_array_equal(h[0, 1], h[0, 0])
    np.testing.assert_array_equal(h[0, 3], h[0, 2])
    short = hidden(forward(x[:, [0, 2]], *weights, **keywords))
    np.testing.assert_allclose(h[0, [0, 2]], short[0])
    whole = hidden(forward(x, *weights, **keywords))
    np.testing.assert_allclose(h[1], whole[1])


@every_cell
def test_dtype_follows_the_inputs(name):
    forward, backward, arrays, keywords = draw(name)
    del keywords["initial_state"]
    single = [array.astype("float32") for array in arrays]
    h = hidden(forward(*single, **keywords))
    assert h.dtype == np.float32
    gradients = backward(*single, np.ones(h.shape), **keywords)
    for part in vars(gradients).values():
        assert part.dtype == np.float32
    exact = hidden(forward(*arrays, **keywords))
    assert exact.dtype == np.float64
    np.testing.assert_allclose(h, exact, rtol=1e-3, atol=1e-5)
    whole = np.ones(arrays[0].shape, dtype=int)
    assert hidden(forward(whole, *single[1:], **keywords)).dtype == np.float32
    assert hidden(forward(single[0], *arrays[1:], **keywords)).dtype == float


@every_cell
def test_large_arguments_are_fine_and_all_are_left_as_they_were(name):
    forward, backward, (x, *weights), keywords = draw(name)
    for size in [1e4, -1e4]:
        h = hidden(forward(x * size, *weights, **keywords))
        assert np.isfinite(h).all()
    copies = [array.copy() for array in (x, *weights)]
    d_h = np.ones((BATCH, TIMESTEPS, UNITS))
    forward(x, *weights, **keywords)
    backward(x, *weights, d_h, **keywords)
    for array, copy in zip((x, *weights), copies, strict=True):
        np.testing.assert_array_equal(array, copy)
    assert (d_h == 1).all()


def test_bidirectional_turns_the_second_reading_around():
    forward = np.array([[[1.0], [2.0], [3.0]]])
    backward = np.array([[[30.0], [20.0], [10.0]]])
    expected = {"sum": [[11], [22], [33]], "mul": [[10], [40], [90]]}
    expected["ave"] = [[5.5], [11], [16.5]]
    expected["concat"] = [[1, 10], [2, 20], [3, 30]]
    for merge_mode, values in expected.items():
        merged = cells.bidirectional(forward, backward, merge_mode)
        np.testing.assert_array_equal(merged, [values])
    wider = np.zeros((1, 3, 4))
    assert cells.bidirectional(forward, wider).shape == (1, 3, 5)


WRONG_SHAPES = [
    ("x", (4, 3), r"x takes shape \(batch, timesteps, features\), got \(4, 3"),
    ("x", (2, 0, 3), r"x takes shape .* got \(2, 0, 3\)"),
    ("kernel", (5, 8), r"kernel takes shape \(3, 8\), got \(5, 8\)"),
    ("kernel", (3, 6), r"kernel takes shape \(3, 8\), got \(3, 6\)"),
    ("recurrent_kernel", (8,), r"recurrent_kernel .*\(units, 4\*units\), got"),
    ("recurrent_kernel", (2, 6), r"recurrent_kernel .*\(2, 8\), got \(2, 6"),
    ("bias", (2, 8), r"bias takes shape \(8,\), got \(2, 8\)"),
    ("d_h", (2, 2), r"d_h takes shape \(2, 4, 2\), got \(2, 2\)"),
    ("mask", (2, 5), r"mask takes shape \(2, 4\), got \(2, 5\)"),
    ("h_0", (1, 2), r"initial_state\[0\] takes shape \(2, 2\), got \(1, 2\)"),
    ("c_0", (2, 3), r"initial_state\[1\] takes shape \(2, 2\), got \(2, 3\)"),
]


@pytest.mark.parametrize(("argument", "shape", "words"), WRONG_SHAPES)
def test_wrong_shapes_are_named(argument, shape, words):
    _, backward, arrays, keywords = draw("lstm")
    names = ["x", "kernel", "recurrent_kernel", "bias"]
    given = dict(zip(names, arrays, strict=True))
    h_0, c_0 = keywords["initial_state"]
    d_h = np.ones((BATCH, TIMESTEPS, UNITS))
    given |= {"d_h": d_h, "h_0": h_0, "c_0": c_0, "mask": None}
    given[argument] = np.ones(shape, dtype=bool)
    state = (given.pop("h_0"), given.pop("c_0"))
    with pytest.raises(ValueError, match=words):
        backward(**given, initial_state=state)


@pytest.mark.parametrize(
    ("name", "place", "value", "error", "words"),
    [
        ("tanh", "activation", "gelu", ValueError, "activation .*'gelu'"),
        ("tanh", "mask", np.ones((2, 4)), TypeError, "mask .*booleans.*float"),
        ("tanh", "initial_state", "zero", TypeError, "initial_.*numbers"),
        ("gru", "reset_after", "yes", ValueError, "reset_after .*'yes'"),
        ("lstm", "initial_state", np.ones((2, 2)), ValueError, "pair.*nda"),
        ("lstm", "initial_state", [1, 2, 3], ValueError, "pair .*list"),
        ("tanh", 0, [[["a"]]], TypeError, "x takes an array of numbers"),
        ("tanh", 0, [[[1]], [[1], [2]]], ValueError, "x .*equally long"),
        ("tanh", 1, None, TypeError, "kernel takes an array of numbers"),
        ("gru", 3, np.ones(6), ValueError, r"bias .*\(2, 6\), got \(6,\)"),
        ("gru, reset before", 3, np.ones((2, 6)), ValueError, r"bias .*\(6,"),
        ("tanh", 3, np.ones(3), ValueError, r"bias .*\(2,\), got \(3,\)"),
    ],
)
def test_other_mistakes_are_named(name, place, value, error, words):
    forward, _, arrays, keywords = draw(name)
    if isinstance(place, int):
        arrays[place] = value
    else:
        keywords[place] = value
    with pytest.raises(error, match=words):
        forward(*arrays, **keywords)


def test_bidirectional_mistakes_are_named():
    states = np.ones((2, 3, 4))
    for arguments, words in (
        ((states, states, "max"), r"merge_mode .*'max'"),
        ((states[0], states), r"forward takes .* got \(3, 4\)"),
        ((states, states[..., :2], "sum"), r"backward .*\(2, 3, 4\), got"),
        ((states, states[:, :2]), r"backward .*\(2, 3, units\), got"),
    ):
        with pytest.raises(ValueError, match=words):
            cells.bidirectional(*arguments)
    with pytest.raises(ValueError, match=r"mask takes shape \(2, 3\), got"):
        cells.bidirectional(states, states, mask=np.ones((3, 2), dtype=bool))
