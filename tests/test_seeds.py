"""Tests of a model that starts again from another seed."""

import numpy as np
import pytest

from utils import runtime, seeds, training

X = np.random.default_rng(0).normal(size=(64, 5, 2)).astype("float32")
Y = X[:, -1, :1]


@pytest.fixture
def build(keras):
    """A function that builds one small model, compiled."""
    return lambda: _compiled(keras)


def _compiled(keras):
    model = keras.Sequential(
        [keras.Input((5, 2)), keras.layers.GRU(3), keras.layers.Dense(1)]
    )
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return model


def train(model):
    """Return the loss of two epochs, without XLA: it compiles faster."""
    history = training.fit(
        model, X, Y, epochs=2, batch_size=32, quiet=True, jit_compile=False
    )
    return history.curves["loss"]


def test_a_restart_is_a_new_model_of_that_seed(build):
    runtime.set_seed(3)
    fresh = build()
    used = build()
    train(used)
    seeds.restart(used, 3)
    for ours, expected in zip(
        used.get_weights(), fresh.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(ours, expected)


def test_the_optimizer_forgets_and_keeps_its_rate(build):
    model = build()
    seeds.restart(model, 5)
    first = train(model)
    seeds.restart(model, 6)
    other = train(model)
    seeds.restart(model, 5)
    assert train(model) == first != other
    assert float(model.optimizer.learning_rate) == pytest.approx(0.01)


def test_dropout_starts_again_too(keras):
    model = keras.Sequential(
        [
            keras.Input((5, 2)),
            keras.layers.GRU(3, dropout=0.5),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    seeds.restart(model, 5)
    assert len(seeds._random_states(model)) == 2
    first = train(model)
    seeds.restart(model, 5)
    assert train(model) == first


def test_the_compiled_step_stays(build):
    model = build()
    train(model)
    step = model.train_function
    seeds.restart(model, 2)
    train(model)
    assert model.train_function is step


def test_a_model_not_compiled_is_refused(keras):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    with pytest.raises(ValueError, match="model takes a compiled model"):
        seeds.restart(model, 1)


def test_a_seed_below_zero_is_refused(build):
    with pytest.raises(ValueError, match="seed"):
        seeds.restart(build(), -1)
