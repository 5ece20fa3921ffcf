"""The NumPy cells against Keras layers with the same random weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import cells, runtime

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
    return settings(deadline=None, derandomize=True, max_examples=examples)


@pytest.fixture(scope="module", autouse=True)
def quiet_tensorflow():
    runtime.start(seed=0)


def draw_mask(rng, kind, batch, timesteps):
    if kind == "none":
        return None
    if kind == "right":
        lengths = rng.integers(0, timesteps + 1, size=(batch, 1))
        return np.arange(timesteps) < lengths
    return rng.random((batch, timesteps)) < 0.5


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
        self.layer.set_weights(
            [
                rng.normal(0, 0.7, size=array.shape)
                for array in self.layer.get_weights()
            ]
        )
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


class BothDirections:
    """A Bidirectional layer and its two NumPy halves."""

    def __init__(self, name, options, merge_mode, shape, seed, mask):
        from keras import layers

        rng = np.random.default_rng(seed)
        batch, timesteps, features, units = shape
        inner = getattr(layers, name)(
            units, return_sequences=True, dtype="float64", **options
        )
        self.layer = layers.Bidirectional(
            inner, merge_mode=merge_mode, dtype="float64"
        )
        self.layer.build((batch, timesteps, features))
        self.layer.set_weights(
            [
                rng.normal(0, 0.7, size=array.shape)
                for array in self.layer.get_weights()
            ]
        )
        weights = self.layer.get_weights()
        self.run, self.run_backward = LAYERS[name]
        self.options = options
        self.merge_mode = merge_mode
        self.x = rng.normal(size=(batch, timesteps, features))
        self.mask = draw_mask(rng, mask, batch, timesteps)
        turned = None if self.mask is None else self.mask[:, ::-1]
        self.halves = [
            (self.x, weights[:3], self.mask),
            (self.x[:, ::-1], weights[3:], turned),
        ]
        self.d_output = rng.normal(
            size=(batch, timesteps, (1 + (merge_mode == "concat")) * units)
        )

    def states(self):
        """Return the hidden states of the halves, in reading order."""
        traces = [
            self.run(x, *weights, mask=mask, **self.options)
            for x, weights, mask in self.halves
        ]
        return [getattr(trace, "h", trace) for trace in traces]

    def gradients(self):
        """Return dL/dx and dL/dweights."""
        pair = cells.bidirectional_backward(
            *self.states(), self.d_output, self.merge_mode, mask=self.mask
        )
        first, second = (
            self.run_backward(x, *weights, d_h, mask=mask, **self.options)
            for (x, weights, mask), d_h in zip(self.halves, pair, strict=True)
        )
        d_weights = [
            part
            for half in (first, second)
            for part in (half.kernel, half.recurrent_kernel, half.bias)
        ]
        return first.x + second.x[:, ::-1], d_weights


@pytest.mark.parametrize("merge_mode", ["concat", "sum", "mul", "ave"])
@drawn(10)
@given(st.sampled_from(OPTIONS), shapes, seeds, st.sampled_from(MASKS))
def test_bidirectional(merge_mode, layer_options, shape, seed, mask):
    import tensorflow as tf

    both = BothDirections(*layer_options, merge_mode, shape, seed, mask)
    x = tf.constant(both.x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = both.layer(x, mask=both.mask)
        loss = tf.reduce_sum(output * both.d_output)
    ours = cells.bidirectional(*both.states(), merge_mode, mask=both.mask)
    assert_equal(ours, output.numpy(), 1e-6)
    variables = [variable.value for variable in both.layer.weights]
    keras_x, keras_weights = tape.gradient(
        loss, [x, variables], unconnected_gradients="zero"
    )
    our_x, our_weights = both.gradients()
    assert_equal(our_x, keras_x.numpy(), 1e-5)
    for our, theirs in zip(our_weights, keras_weights, strict=True):
        assert_equal(our, theirs.numpy(), 1e-5)


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
