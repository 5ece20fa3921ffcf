"""The cells without Keras: equations, numerical gradients, arguments."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import cells

BATCH, TIMESTEPS, FEATURES, UNITS = 2, 4, 3, 2

CELLS = {
    "tanh": (cells.simple_rnn, cells.simple_rnn_backward, 1, {}),
    "relu": (
        cells.simple_rnn,
        cells.simple_rnn_backward,
        1,
        {"activation": "relu"},
    ),
    "linear": (
        cells.simple_rnn,
        cells.simple_rnn_backward,
        1,
        {"activation": "linear"},
    ),
    "lstm": (cells.lstm, cells.lstm_backward, 4, {}),
    "gru": (cells.gru, cells.gru_backward, 3, {}),
    "gru, reset before": (
        cells.gru,
        cells.gru_backward,
        3,
        {"reset_after": False},
    ),
}
every_cell = pytest.mark.parametrize("name", CELLS)


def draw(name, seed=0, shape=(BATCH, TIMESTEPS, FEATURES, UNITS)):
    """Return a cell's two functions, its arguments and its keywords."""
    forward, backward, gates, options = CELLS[name]
    batch, timesteps, features, units = shape
    rng = np.random.default_rng(seed)
    width = gates * units
    bias_shape = (2, width) if name == "gru" else (width,)
    arrays = [
        rng.normal(0, 0.7, size=shape)
        for shape in [
            (batch, timesteps, features),
            (features, width),
            (units, width),
            bias_shape,
        ]
    ]
    state = rng.normal(size=(batch, units))
    if name == "lstm":
        state = (state, rng.normal(size=(batch, units)))
    return forward, backward, arrays, options | {"initial_state": state}


def hidden(result):
    return getattr(result, "h", result)


def previous(states, initial):
    return np.concatenate([initial[:, np.newaxis], states[:, :-1]], axis=1)


def sigmoid(sums):
    return 1 / (1 + np.exp(-sums))


seeds = st.integers(0, 2**32 - 1)
quick = settings(deadline=None, derandomize=True, max_examples=25)


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
    first, second, third, fourth = (
        sums[..., k * UNITS : (k + 1) * UNITS] for k in range(4)
    )
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
    sums = from_x + from_h
    np.testing.assert_allclose(z, sigmoid(sums[..., :UNITS]))
    np.testing.assert_allclose(r, sigmoid(sums[..., UNITS : 2 * UNITS]))
    past = (r * before) @ U[:, 2 * UNITS :]
    if name == "gru":
        past = r * from_h[..., 2 * UNITS :]
    np.testing.assert_allclose(
        candidate, np.tanh(from_x[..., 2 * UNITS :] + past)
    )
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

    def loss(place, step):
        moved = list(arrays)
        moved[place] = arrays[place] + step
        return (hidden(forward(*moved, **keywords)) * d_h).sum()

    parts = [
        gradients.x,
        gradients.kernel,
        gradients.recurrent_kernel,
        gradients.bias,
    ]
    for place, gradient in enumerate(parts):
        assert gradient.shape == arrays[place].shape
        step = 1e-6 * rng.normal(size=gradient.shape)
        difference = (loss(place, step) - loss(place, -step)) / 2
        predicted = (gradient * step).sum()
        assert difference == pytest.approx(predicted, rel=1e-4, abs=1e-12)


def test_last_step_loss_of_a_linear_cell_shrinks_by_its_weight():
    """Units 1, weight 0.5: dL/dh_t is 0.5 to the power of the lag."""
    gradients = cells.simple_rnn_backward(
        np.ones((1, 6, 1)),
        [[1.0]],
        [[0.5]],
        None,
        np.eye(6)[5].reshape(1, 6, 1),
        activation="linear",
    )
    np.testing.assert_allclose(
        gradients.hidden_state_norm[0], 0.5 ** np.arange(5, -1, -1)
    )
    assert gradients.initial_state == pytest.approx(0.5**6)


def test_cell_state_gradient_is_the_product_of_the_forget_gates():
    """No recurrent weights, so only the cell state carries the past."""
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(1, 5, 2)), rng.normal(size=(2, 4))
    recurrent_kernel, d_h = np.zeros((1, 4)), np.zeros((1, 5, 1))
    d_h[0, -1] = 1
    trace = cells.lstm(x, kernel, recurrent_kernel)
    gradients = cells.lstm_backward(x, kernel, recurrent_kernel, None, d_h)
    forgets = np.cumprod(trace.f[0, :0:-1, 0])[::-1]
    norms = gradients.cell_state_norm[0]
    np.testing.assert_allclose(norms[:-1], norms[-1] * forgets)


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
def test_no_state_is_a_state_of_zeros_and_no_bias_a_bias_of_zeros(name):
    forward, _, (x, kernel, recurrent_kernel, bias), keywords = draw(name)
    state = keywords.pop("initial_state")
    zeros = np.zeros((BATCH, UNITS))
    zeros = (zeros, zeros) if isinstance(state, tuple) else zeros
    left_out = forward(x, kernel, recurrent_kernel, **keywords)
    written = forward(
        x,
        kernel,
        recurrent_kernel,
        0 * bias,
        initial_state=zeros,
        **keywords,
    )
    np.testing.assert_array_equal(hidden(left_out), hidden(written))


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
def test_saturated_gates_do_not_overflow(name):
    forward, _, arrays, keywords = draw(name)
    for size in [1e4, -1e4]:
        h = hidden(forward(arrays[0] * size, *arrays[1:], **keywords))
        assert np.isfinite(h).all()


def test_arguments_are_left_as_they_were():
    for name in CELLS:
        forward, backward, arrays, keywords = draw(name)
        copies = [array.copy() for array in arrays]
        d_h = np.ones((BATCH, TIMESTEPS, UNITS))
        forward(*arrays, **keywords)
        backward(*arrays, d_h, **keywords)
        for array, copy in zip(arrays, copies, strict=True):
            np.testing.assert_array_equal(array, copy)
        assert (d_h == 1).all()


def test_bidirectional_turns_the_second_reading_around():
    forward = np.array([[[1.0], [2.0], [3.0]]])
    backward = np.array([[[30.0], [20.0], [10.0]]])
    expected = {
        "concat": [[1, 10], [2, 20], [3, 30]],
        "sum": [[11], [22], [33]],
        "mul": [[10], [40], [90]],
        "ave": [[5.5], [11], [16.5]],
    }
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
    (
        "recurrent_kernel",
        (8,),
        r"recurrent_kernel takes shape \(units, 4\*units\), got \(8,\)",
    ),
    (
        "recurrent_kernel",
        (2, 6),
        r"recurrent_kernel takes shape \(2, 8\), got \(2, 6\)",
    ),
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
    ("name", "bias", "words"),
    [
        ("gru", (6,), r"bias takes shape \(2, 6\), got \(6,\)"),
        ("gru, reset before", (2, 6), r"bias takes shape \(6,\), got \(2, 6"),
        ("tanh", (3,), r"bias takes shape \(2,\), got \(3,\)"),
    ],
)
def test_wrong_bias_is_named(name, bias, words):
    forward, _, arrays, keywords = draw(name)
    with pytest.raises(ValueError, match=words):
        forward(*arrays[:3], np.ones(bias), **keywords)


@pytest.mark.parametrize(
    ("name", "place", "value", "error", "words"),
    [
        ("tanh", "activation", "gelu", ValueError, "activation .*'gelu'"),
        ("tanh", "mask", np.ones((2, 4)), TypeError, "mask .*booleans.*float"),
        (
            "tanh",
            "initial_state",
            "zero",
            TypeError,
            "initial_state .*numbers",
        ),
        ("gru", "reset_after", "yes", ValueError, "reset_after .*'yes'"),
        (
            "lstm",
            "initial_state",
            np.ones((2, 2)),
            ValueError,
            "pair.*ndarray",
        ),
        ("lstm", "initial_state", [1, 2, 3], ValueError, "pair .*list"),
        ("tanh", 0, [[["a"]]], TypeError, "x takes an array of numbers"),
        ("tanh", 0, [[[1]], [[1], [2]]], ValueError, "x .*equally long"),
        ("tanh", 1, None, TypeError, "kernel takes an array of numbers"),
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
    with pytest.raises(ValueError, match=r"merge_mode .*'max'"):
        cells.bidirectional(states, states, "max")
    with pytest.raises(ValueError, match=r"forward takes .* got \(3, 4\)"):
        cells.bidirectional(states[0], states)
    with pytest.raises(ValueError, match=r"backward .*\(2, 3, 4\), got"):
        cells.bidirectional(states, states[..., :2], "sum")
    with pytest.raises(ValueError, match=r"backward .*\(2, 3, units\), got"):
        cells.bidirectional(states, states[:, :2])
    with pytest.raises(ValueError, match=r"d_output .*\(2, 3, 8\), got"):
        cells.bidirectional_backward(states, states, states)
    with pytest.raises(ValueError, match=r"mask takes shape \(2, 3\), got"):
        cells.bidirectional(states, states, mask=np.ones((3, 2), dtype=bool))


def test_importing_the_cells_imports_no_tensorflow():
    code = "import sys, utils.cells; sys.exit('tensorflow' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
