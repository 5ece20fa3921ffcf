"""Weights before training: orthonormal, and uniform within Keras's limit."""

import numpy as np
import pytest

from utils.cells.initializers import glorot_uniform, orthogonal


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
