"""The NumPy cells against Keras layers with the same random weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import cells
from utils.cells.initializers import glorot_uniform, orthogonal

pytestmark = pytest.mark.usefixtures("keras")

LAYERS = {
    "SimpleRNN": (cells.simple_rnn, cells.simple_rnn_backward),
    "LSTM": (cells.lstm, cells.lstm_backward),
    "GRU": (cells.gru, cells.gru_backward),
}
OPTIONS = [
    ("SimpleRNN", {"activation": "tanh"}),
    ("SimpleRNN", {"activation": "relu"}),
    ("SimpleRNN", {"activation": "linear"}),
    ("LSTM", {}),
    ("GRU", {"reset_after": True}),
    ("GRU", {"reset_after": False}),
]
MASKS = ["none", "right", "any"]

every_layer = pytest.mark.parametrize(("name", "options"), OPTIONS)
shapes = st.tuples(
    st.integers(1, 3), st.integers(1, 5), st.integers(1, 4), st.integers(1, 4)
)
seeds = st.integers(0, 2**32 - 1)


def drawn(examples):
    return settings(max_examples=examples)


def draw_mask(rng, kind, batch, timesteps):
    if kind == "none":
        return None
    if kind == "right":
        lengths = rng.integers(0, timesteps + 1, size=(batch, 1))
        return np.arange(timesteps) < lengths
    return rng.random((batch, timesteps)) < 0.5


def randomise(layer, rng):
    """Give a layer weights that leave no gate near its start."""
    old = layer.get_weights()
    layer.set_weights([rng.normal(0, 0.7, size=each.shape) for each in old])


class Case:
    """One layer with random weights, its input, states and mask."""

    def __init__(self, name, options, shape, seed, *, use_bias, state, mask):
        from keras import layers

        batch, timesteps, features, units = shape
        rng = np.random.default_rng(seed)
        self.forward, self.backward = LAYERS[name]
        self.options = options
        self.layer = getattr(layers, name)(
            units,
            use_bias=use_bias,
            return_sequences=True,
            return_state=True,
            dtype="float64",
            **options,
        )
        self.layer.build((batch, timesteps, features))
        randomise(self.layer, rng)
        self.weights = self.layer.get_weights()
        self.x = rng.normal(size=(batch, timesteps, features))
        self.d_h = rng.normal(size=(batch, timesteps, units))
        self.mask = draw_mask(rng, mask, batch, timesteps)
        self.states = None
        if state:
            count = 2 if name == "LSTM" else 1
            self.states = list(rng.normal(size=(count, batch, units)))

    @property
    def keywords(self):
        state = self.states
        if state is not None and len(state) == 1:
            state = state[0]
        return self.options | {"initial_state": state, "mask": self.mask}

    def run(self):
        return self.forward(self.x, *self.weights, **self.keywords)

    def gradients(self):
        bias = self.weights[2] if len(self.weights) == 3 else None
        return self.backward(
            self.x, *self.weights[:2], bias, self.d_h, **self.keywords
        )

    def keras_run(self):
        output, *final = self.layer(
            self.x, initial_state=self.states, mask=self.mask
        )
        return np.asarray(output), [np.asarray(state) for state in final]

    def keras_gradients(self):
        """Return dL/dx, dL/dstates and dL/dweights."""
        import tensorflow as tf

        x = tf.constant(self.x)
        states = [tf.constant(state) for state in self.states or []]
        with tf.GradientTape() as tape:
            tape.watch([x, *states])
            output, *_ = self.layer(
                x, initial_state=states or None, mask=self.mask
            )
            loss = tf.reduce_sum(output * self.d_h)
        variables = [variable.value for variable in self.layer.weights]
        d_x, d_states, d_weights = tape.gradient(
            loss, [x, states, variables], unconnected_gradients="zero"
        )
        return d_x.numpy(), d_states, d_weights


def assert_equal(ours, theirs, relative):
    assert ours.dtype == np.float64
    np.testing.assert_allclose(ours, theirs, rtol=relative, atol=1e-12)


@every_layer
@drawn(12)
@given(shapes, seeds, st.booleans(), st.booleans(), st.sampled_from(MASKS))
def test_outputs_and_final_states(
    name, options, shape, seed, use_bias, state, mask
):
    case = Case(
        name, options, shape, seed, use_bias=use_bias, state=state, mask=mask
    )
    ours = case.run()
    h = ours if name == "SimpleRNN" else ours.h
    output, final = case.keras_run()
    assert_equal(h, output, 1e-6)
    last = [h[:, -1]] + ([ours.c[:, -1]] if name == "LSTM" else [])
    if state and case.mask is not None:
        # A row that is all padding has outputs of zero, but keeps its state.
        begun = case.mask.any(axis=1, keepdims=True)
        last[0] = np.where(begun, last[0], case.states[0])
    for our_state, keras_state in zip(last, final, strict=True):
        assert_equal(our_state, keras_state, 1e-6)


@every_layer
@drawn(12)
@given(shapes, seeds, st.booleans(), st.booleans(), st.sampled_from(MASKS))
def test_gradients(name, options, shape, seed, use_bias, state, mask):
    case = Case(
        name, options, shape, seed, use_bias=use_bias, state=state, mask=mask
    )
    ours = case.gradients()
    d_x, d_states, d_weights = case.keras_gradients()
    assert_equal(ours.x, d_x, 1e-5)
    our_weights = [ours.kernel, ours.recurrent_kernel]
    our_weights += [ours.bias] if use_bias else []
    for our_weight, keras_weight in zip(our_weights, d_weights, strict=True):
        assert_equal(our_weight, keras_weight.numpy(), 1e-5)
    assert use_bias or ours.bias is None
    our_states = [ours.initial_state]
    our_states += [ours.initial_cell_state] if name == "LSTM" else []
    for our_state, keras_state in zip(our_states, d_states, strict=False):
        assert_equal(our_state, keras_state.numpy(), 1e-5)


@every_layer
@drawn(5)
@given(seeds)
def test_total_gradient_of_every_state(name, options, seed):
    """Cut the sequence after step t: h_t is the rest's initial state."""
    case = Case(
        name,
        options,
        (2, 4, 3, 3),
        seed,
        use_bias=True,
        state=True,
        mask="none",
    )
    ours, trace, x, d_h = case.gradients(), case.run(), case.x, case.d_h
    assert_equal(ours.hidden_state[:, -1], d_h[:, -1], 1e-5)
    for t in range(3):
        h = trace if name == "SimpleRNN" else trace.h
        case.states = [h[:, t]] + ([trace.c[:, t]] if name == "LSTM" else [])
        case.x, case.d_h = x[:, t + 1 :], d_h[:, t + 1 :]
        _, (from_h, *from_c), _ = case.keras_gradients()
        total = d_h[:, t] + from_h.numpy()
        assert_equal(ours.hidden_state[:, t], total, 1e-5)
        norms = np.sqrt((total**2).sum(axis=1))
        assert_equal(ours.hidden_state_norm[:, t], norms, 1e-5)
        if from_c:
            slope = trace.o[:, t] * (1 - np.tanh(trace.c[:, t]) ** 2)
            total = from_c[0].numpy() + total * slope
            assert_equal(ours.cell_state[:, t], total, 1e-5)
            norms = np.sqrt((total**2).sum(axis=1))
            assert_equal(ours.cell_state_norm[:, t], norms, 1e-5)


@pytest.mark.parametrize("merge_mode", ["concat", "sum", "mul", "ave"])
@drawn(10)
@given(st.sampled_from(OPTIONS), shapes, seeds, st.sampled_from(MASKS))
def test_bidirectional(merge_mode, layer_options, shape, seed, kind):
    from keras import layers

    rng = np.random.default_rng(seed)
    (name, options), (batch, timesteps, features, units) = layer_options, shape
    inner = getattr(layers, name)(
        units, return_sequences=True, dtype="float64", **options
    )
    layer = layers.Bidirectional(inner, merge_mode=merge_mode, dtype="float64")
    layer.build((batch, timesteps, features))
    randomise(layer, rng)
    x = rng.normal(size=(batch, timesteps, features))
    mask = draw_mask(rng, kind, batch, timesteps)
    weights, run = layer.get_weights(), LAYERS[name][0]
    turned = None if mask is None else mask[:, ::-1]
    traces = [
        run(x, *weights[:3], mask=mask, **options),
        run(x[:, ::-1], *weights[3:], mask=turned, **options),
    ]
    states = [getattr(trace, "h", trace) for trace in traces]
    ours = cells.bidirectional(*states, merge_mode, mask=mask)
    assert_equal(ours, layer(x, mask=mask).numpy(), 1e-6)


@every_layer
def test_float32_is_keras_default_precision(name, options):
    from keras import layers

    layer = getattr(layers, name)(8, return_sequences=True, **options)
    x = np.random.default_rng(1).normal(size=(3, 6, 5)).astype("float32")
    output = layer(x).numpy()
    ours = LAYERS[name][0](x, *layer.get_weights(), **options)
    h = getattr(ours, "h", ours)
    assert h.dtype == np.float32
    np.testing.assert_allclose(h, output, rtol=1e-4, atol=1e-6)


def test_keras_tensors_are_taken():
    from keras import layers, ops

    embedding = layers.Embedding(10, 4, mask_zero=True)
    ids = np.array([[3, 1, 0, 0], [5, 6, 7, 0]])
    vectors, mask = embedding(ids), embedding.compute_mask(ids)
    layer = layers.LSTM(3, return_sequences=True)
    output = layer(vectors, mask=mask)
    h = cells.lstm(vectors, *layer.get_weights(), mask=mask).h
    np.testing.assert_allclose(h, ops.convert_to_numpy(output), atol=1e-6)
    np.testing.assert_array_equal(h[0, 1], h[0, 3])


@pytest.mark.parametrize("columns", [8, 32])
def test_rows_are_orthonormal(columns):
    rows = orthogonal(np.random.default_rng(0), 8, columns)
    assert rows.shape == (8, columns)
    assert np.allclose(rows @ rows.T, np.eye(8))


def test_kernel_has_the_spread_of_a_keras_kernel(keras):
    layer = keras.layers.LSTM(64)
    layer.build((1, 5, 16))
    theirs = np.array(layer.get_weights()[0])
    ours = glorot_uniform(np.random.default_rng(0), *theirs.shape)
    assert ours.shape == (16, 256)
    assert abs(ours).max() == pytest.approx(abs(theirs).max(), rel=0.01)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.05)
