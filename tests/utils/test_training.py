"""Training: curves, early stopping, printed lines, another seed, results."""

import json
import re

import numpy as np
import pytest

from utils import runtime, training


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(120, 4)).astype("float32")
    return x, (x[:, 0] > 0).astype("float32")


def small_model(learning_rate=0.05):
    import keras

    keras.utils.set_random_seed(1)
    dense = keras.layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input((4,)), dense])
    adam = keras.optimizers.Adam(learning_rate)
    model.compile(adam, "binary_crossentropy", metrics=["accuracy"])
    return model


@pytest.mark.usefixtures("keras")
class TestFit:
    def test_one_rounded_line_an_epoch(self, data, capsys):
        training.fit(small_model(), *data, epochs=3, validation_data=data)
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 3
        pattern = (
            r"epoch 1/3  accuracy 0\.\d{3}  loss \d\.\d{3}  "
            r"val_accuracy 0\.\d{3}  val_loss \d\.\d{3}"
        )
        assert re.fullmatch(pattern, lines[0])

    def test_early_stopping_restores_the_best_weights(self, data):
        # A learning rate this large overshoots after the first epochs.
        model = small_model(learning_rate=3.0)
        flipped = (data[0], 1 - data[1])
        stop = {"epochs": 50, "patience": 2, "validation_data": flipped}
        history = training.fit(model, *data, **stop, quiet=True)
        losses = history.curves["val_loss"]
        assert history.epochs < 50
        assert history.best_epoch == 1 + int(np.argmin(losses))
        assert history.epochs == history.best_epoch + 2
        loss = model.evaluate(*flipped, verbose=0)[0]
        assert loss == pytest.approx(min(losses), rel=1e-4)
        assert history.best("val_loss") == min(losses)

    def test_two_quiet_runs_agree_to_the_last_digit(self, data, capsys):
        runs = [
            training.fit(small_model(), *data, epochs=3, quiet=True)
            for _ in range(2)
        ]
        assert runs[0].curves == runs[1].curves
        assert capsys.readouterr().out == ""

    def test_xla_is_on_unless_it_is_switched_off(self, data):
        model = small_model()
        training.fit(model, *data, epochs=1, quiet=True)
        assert model.jit_compile is True
        training.fit(model, *data, epochs=1, quiet=True, jit_compile=False)
        assert model.jit_compile is False

    def test_mistakes_are_named(self, data):
        import keras

        bare = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
        with pytest.raises(ValueError, match="model takes a compiled model"):
            training.fit(bare, *data, epochs=1)
        with pytest.raises(ValueError, match="model takes a compiled model"):
            training.reinitialise(bare, 1)
        with pytest.raises(ValueError, match=r"patience .* validation_data"):
            training.fit(small_model(), *data, epochs=1, patience=2)
        with pytest.raises(ValueError, match="epochs takes an integer >= 1"):
            training.fit(small_model(), *data, epochs=0)

    def test_predict_equals_keras_in_any_batch_size(self, data):
        model = small_model()
        expected = model.predict(data[0], verbose=0)[:, 0]
        for size in (1, 7, 500):
            ours = training.predict(model, data[0], batch_size=size)
            np.testing.assert_allclose(ours, expected, rtol=1e-5)


@pytest.mark.parametrize(
    ("samples", "size"),
    [(5000, 1000), (1, 1), (1001, 143), (4523, 1000), (997, 997)],
)
def test_validation_batches_have_one_size(samples, size):
    assert training._even_batch_size(samples) == size


def test_an_unknown_metric_and_no_validation_are_refused():
    with pytest.raises(ValueError, match="validation_data takes >= 1"):
        training._even_batch_size(0)
    history = training.History({"loss": [1.0]}, 1, 0.0, 0.0)
    with pytest.raises(ValueError, match="one of loss, got 'accuracy'"):
        history.best("accuracy")


def test_results_are_written_only_while_lessons_run(tmp_path, monkeypatch):
    target = tmp_path / "results.jsonl"
    monkeypatch.delenv(training.RESULTS_VARIABLE, raising=False)
    training.record_result("nobody listens", 0.5)
    monkeypatch.setenv(training.RESULTS_VARIABLE, str(target))
    training.record_result("GRU, validation", (0.80712345, 0.79, 0.82))
    written = json.loads(target.read_text(encoding="utf-8"))
    values = [0.8071, 0.79, 0.82]
    assert written == {"name": "GRU, validation", "value": values}


X = np.random.default_rng(0).normal(size=(64, 5, 2)).astype("float32")
Y = X[:, -1, :1]


@pytest.fixture
def build(keras):
    """A function that builds one small recurrent model, compiled."""

    def compiled(*more, **dropout):
        gru, dense = keras.layers.GRU(3, **dropout), keras.layers.Dense(1)
        model = keras.Sequential([keras.Input((5, 2)), gru, *more, dense])
        model.compile(keras.optimizers.Adam(0.01), "mse")
        return model

    return compiled


def train(model):
    """Return the loss of two epochs, without XLA: it compiles faster."""
    history = training.fit(
        model, X, Y, epochs=2, batch_size=32, quiet=True, jit_compile=False
    )
    return history.curves["loss"]


def test_a_restart_is_a_new_model_of_that_seed(build):
    runtime.set_seed(3)
    fresh, used = build(), build()
    train(used)
    training.reinitialise(used, 3)
    pairs = zip(used.get_weights(), fresh.get_weights(), strict=True)
    assert all(np.array_equal(ours, expected) for ours, expected in pairs)


def test_the_optimizer_forgets_and_keeps_its_rate(build):
    model = build()
    training.reinitialise(model, 5)
    first, step = train(model), model.train_function
    training.reinitialise(model, 6)
    other = train(model)
    training.reinitialise(model, 5)
    assert train(model) == first != other
    assert model.train_function is step, "it is compiled once"
    assert float(model.optimizer.learning_rate) == pytest.approx(0.01)
    with pytest.raises(ValueError, match="seed"):
        training.reinitialise(model, -1)


def test_a_prediction_drops_nothing_out(keras, build):
    model = build(keras.layers.Dropout(0.5))
    once, again = (training.predict(model, X) for _ in range(2))
    np.testing.assert_array_equal(once, again)


def test_dropout_starts_again_too(keras, build):
    model = build(keras.layers.Dropout(0.5), dropout=0.5)
    training.reinitialise(model, 5)
    assert len(training._random_states(model)) == 2
    first = train(model)
    training.reinitialise(model, 5)
    assert train(model) == first
