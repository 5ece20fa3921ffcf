"""The quiet start of TensorFlow: no word on stderr, the same numbers."""

import os
import subprocess
import sys

import pytest

from utils import runtime

TRAIN = """
from utils import runtime, training
runtime.start(seed=7)
import keras, numpy as np
x = np.random.default_rng(0).integers(0, 9, (64, 6))
model = keras.Sequential([
    keras.Input((6,)), keras.layers.Embedding(9, 4), keras.layers.GRU(4),
    keras.layers.Dense(1)])
model.compile("adam", "mse")
history = training.fit(model, x, x[:, 0] * 1.0, epochs=2, quiet=True)
print(history.curves["loss"])
"""


@pytest.mark.slow
def test_a_compiled_training_is_silent_and_repeats_exactly():
    runs = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", TRAIN],
            capture_output=True,
            text=True,
            check=True,
        )
        for _ in range(2)
    ]
    assert [run.stderr for run in runs] == ["", ""]
    assert runs[0].stdout == runs[1].stdout


def test_what_was_held_back_is_shown_when_the_block_fails(capfd):
    with pytest.raises(RuntimeError), runtime.quiet_stderr():
        os.write(2, b"the reason\n")
        raise RuntimeError
    assert "the reason" in capfd.readouterr().err


def test_stderr_works_again_afterwards(capfd):
    with runtime.quiet_stderr():
        os.write(2, b"hidden\n")
    os.write(2, b"seen\n")
    assert capfd.readouterr().err == "seen\n"


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "42"])
def test_a_wrong_seed_is_named(seed):
    with pytest.raises((TypeError, ValueError), match="seed takes an integer"):
        runtime.start(seed=seed)


HOLD = """
from utils.runtime import peak_memory_mb
before = peak_memory_mb()
held = bytearray(200_000_000)
held[::4096] = b"x" * len(held[::4096])
print(peak_memory_mb() - before)
"""


@pytest.mark.slow
def test_peak_memory_grows_with_what_is_held():
    # A process of its own: this one may have had its peak already.
    done = subprocess.run(
        [sys.executable, "-c", HOLD],
        capture_output=True,
        text=True,
        check=True,
    )
    assert 150 < float(done.stdout) < 300
