"""Training: curves, early stopping, printed lines, results handed on."""

import json

import numpy as np
import pytest

from utils import training


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(120, 4)).astype("float32")
    return x, (x[:, 0] > 0).astype("float32")


def small_model(learning_rate=0.05):
    import keras

    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")]
    )
    model.compile(
        keras.optimizers.Adam(learning_rate),
        "binary_crossentropy",
        metrics=["accuracy"],
    )
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
        import re

        assert re.fullmatch(pattern, lines[0])

    def test_quiet_prints_nothing(self, data, capsys):
        training.fit(small_model(), *data, epochs=2, quiet=True)
        assert capsys.readouterr().out == ""

    def test_early_stopping_restores_the_best_weights(self, data):
        # A learning rate this large overshoots after the first epochs.
        model = small_model(learning_rate=3.0)
        x, y = data
        flipped = (x, 1 - y)
        history = training.fit(
            model,
            x,
            y,
            epochs=50,
            patience=2,
            validation_data=flipped,
            quiet=True,
        )
        losses = history.curves["val_loss"]
        assert history.epochs < 50
        assert history.best_epoch == 1 + int(np.argmin(losses))
        assert history.epochs == history.best_epoch + 2
        loss = model.evaluate(*flipped, verbose=0)[0]
        assert loss == pytest.approx(min(losses), rel=1e-4)
        assert history.best("val_loss") == min(losses)

    def test_two_runs_agree_to_the_last_digit(self, data):
        runs = [
            training.fit(small_model(), *data, epochs=3, quiet=True)
            for _ in range(2)
        ]
        assert runs[0].curves == runs[1].curves

    def test_xla_is_on_unless_it_is_switched_off(self, data):
        model = small_model()
        training.fit(model, *data, epochs=1, quiet=True)
        assert model.jit_compile is True
        training.fit(model, *data, epochs=1, quiet=True, jit_compile=False)
        assert model.jit_compile is False

    def test_live_draws_into_a_widget(self, data, capsys):
        from unittest import mock

        with mock.patch("IPython.display.display") as display:
            training.fit(small_model(), *data, epochs=2, live=True)
        (picture,) = display.call_args.args
        assert bytes(picture.value).startswith(b"\x89PNG")
        assert capsys.readouterr().out == ""

    def test_mistakes_are_named(self, data):
        import keras

        bare = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
        with pytest.raises(ValueError, match="model takes a compiled model"):
            training.fit(bare, *data, epochs=1)
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


def test_validation_without_a_sample_is_refused():
    with pytest.raises(ValueError, match="validation_data takes >= 1"):
        training._even_batch_size(0)


def test_an_unknown_metric_lists_the_known_ones():
    history = training.History({"loss": [1.0]}, 1, 0.0, 0.0)
    with pytest.raises(ValueError, match="one of loss, got 'accuracy'"):
        history.best("accuracy")


def test_results_are_written_only_while_lessons_run(tmp_path, monkeypatch):
    target = tmp_path / "results.jsonl"
    monkeypatch.delenv(training.RESULTS_VARIABLE, raising=False)
    training.record_result("nobody listens", 0.5)
    monkeypatch.setenv(training.RESULTS_VARIABLE, str(target))
    training.record_result("GRU, validation", (0.80712345, 0.79, 0.82))
    assert json.loads(target.read_text(encoding="utf-8")) == {
        "name": "GRU, validation",
        "value": [0.8071, 0.79, 0.82],
    }
