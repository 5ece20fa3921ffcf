"""Looking rows up equals multiplying one-hot words: outputs and learning."""

import subprocess
import sys

import numpy as np
import pytest

from utils.classify.lookup import learned_weights, lookup_layers, lookup_table

WORDS, STEPS, UNITS = 11, 5, 3


def recurrent(name):
    import keras

    if name == "Bidirectional":
        return keras.layers.Bidirectional(keras.layers.LSTM(UNITS))
    return getattr(keras.layers, name)(UNITS)


def with_head(*body):
    import keras

    return keras.Sequential(
        [
            keras.Input((STEPS,), dtype="int32"),
            *body,
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def one_hot_twin(name, lookup):
    """Return the one-hot model that has the weights of ``lookup``."""
    import keras

    encoding = keras.layers.CategoryEncoding(WORDS, output_mode="one_hot")
    twin = with_head(encoding, recurrent(name))
    body = lookup.layers[:-1]
    weights = []
    for table, reader in body[0].ways if len(body) == 1 else [body]:
        kernel = table.get_weights()[0]
        weights += [kernel, *reader.get_weights()[1:]]
    twin.layers[1].set_weights(weights)
    twin.layers[2].set_weights(lookup.layers[-1].get_weights())
    return twin


@pytest.mark.usefixtures("keras")
@pytest.mark.parametrize("name", ["SimpleRNN", "LSTM", "GRU", "Bidirectional"])
def test_a_look_up_is_and_learns_the_one_hot_model(name):
    import keras

    rng = np.random.default_rng(3)
    x = rng.integers(0, WORDS, (16, STEPS)).astype("int32")
    y = rng.integers(0, 2, 16)
    lookup = with_head(*lookup_layers(recurrent(name), WORDS))
    twin = one_hot_twin(name, lookup)
    np.testing.assert_allclose(lookup(x), twin(x), atol=1e-6)

    assert learned_weights(lookup) == twin.count_params()
    for model in (lookup, twin):
        model.compile(keras.optimizers.RMSprop(0.01), "binary_crossentropy")
        for _ in range(3):
            model.train_on_batch(x, y)
    # Repeated words: a plain Embedding fails here, not above.
    np.testing.assert_allclose(lookup(x), twin(x), atol=1e-5)


@pytest.mark.usefixtures("keras")
def test_mistakes_are_named():
    layer = recurrent("GRU")
    lookup_layers(layer, WORDS)
    with pytest.raises(ValueError, match="recurrent takes an unbuilt layer"):
        lookup_layers(layer, WORDS)
    import keras

    both = keras.layers.Bidirectional(recurrent("GRU"), merge_mode="sum")
    with pytest.raises(ValueError, match="joins its last states"):
        lookup_layers(both, WORDS)
    with pytest.raises(ValueError, match="vocabulary takes an integer >= 1"):
        lookup_table(0, 3)


LOADED = """
import sys
import subprocess
import sys

import numpy as np
from utils import runtime
runtime.start()
import keras
from utils.classify.lookup import learned_weights
model = keras.models.load_model(sys.argv[1])
print(learned_weights(model))
print(*model(np.load(sys.argv[2])).numpy().ravel().tolist())
"""


@pytest.mark.usefixtures("keras")
@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")  # Keras's
@pytest.mark.parametrize("name", ["SimpleRNN", "LSTM", "GRU", "Bidirectional"])
def test_a_model_survives_saving_and_another_process(name, tmp_path):
    lookup = with_head(*lookup_layers(recurrent(name), WORDS))
    # Of a trained model the optimizer remembers what is not frozen.
    lookup.compile("adam", "mse")
    lookup.optimizer.build(lookup.trainable_variables)
    x = np.random.default_rng(5).integers(0, WORDS, (4, STEPS))
    lookup.save(tmp_path / "kept.keras")
    np.save(tmp_path / "x.npy", x)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOADED, "kept.keras", "x.npy"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    learned, *numbers = done.stdout.split()
    assert int(learned) == learned_weights(lookup)
    said = np.array([float(number) for number in numbers])
    np.testing.assert_allclose(said, np.ravel(lookup(x)), atol=1e-6)
