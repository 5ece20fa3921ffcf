"""The adding problem: its samples, its baseline, its training."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import adding


@settings(max_examples=30)
@given(st.integers(1, 20), st.integers(2, 30), st.integers(0, 9))
def test_one_marker_in_each_half_and_their_sum(samples, timesteps, seed):
    x, y = adding.load(samples, timesteps, seed=seed)
    assert x.shape == (samples, timesteps, 2)
    assert y.shape == (samples, 1)
    assert x.dtype == y.dtype == np.float32
    markers, half = x[..., 1], timesteps // 2
    assert set(np.unique(markers)) <= {0, 1}
    np.testing.assert_array_equal(markers[:, :half].sum(axis=1), 1)
    np.testing.assert_array_equal(markers[:, half:].sum(axis=1), 1)
    for values, marked, target in zip(
        x[..., 0], markers, y[:, 0], strict=True
    ):
        assert target == pytest.approx(values[marked == 1].sum())


def test_markers_and_values_fill_their_range():
    x, _ = adding.load(2000, 6)
    assert (x[..., 1].sum(axis=0) > 500).all()
    values = x[..., 0]
    assert values.min() >= 0 and values.max() < 1
    assert values.mean() == pytest.approx(0.5, abs=0.02)


def test_the_same_seed_gives_the_same_samples():
    first = adding.load(3, 8, seed=5)
    np.testing.assert_equal(adding.load(3, 8, seed=5), first)
    assert not np.array_equal(first[0], adding.load(3, 8, seed=6)[0])


def test_the_baseline_is_the_error_of_always_answering_one():
    assert adding.baseline() == pytest.approx(1 / 6)
    _, y = adding.load(200_000, 4, seed=1)
    assert np.mean((y - 1) ** 2) == pytest.approx(adding.baseline(), abs=2e-3)
    assert np.mean((y - 0.95) ** 2) > np.mean((y - 1) ** 2)


def test_numbers_out_of_range_are_named():
    for (samples, timesteps, seed), said in {
        (0, 10, 0): "samples takes an integer",
        (3, 1, 0): "timesteps takes an integer",
        (3, 10, -1): "seed takes an integer >= 0",
    }.items():
        with pytest.raises(ValueError, match=said):
            adding.load(samples, timesteps, seed=seed)
    with pytest.raises(ValueError, match="rounds takes an integer >= 1"):
        adding.train("a model", 0)


@pytest.fixture
def batches(monkeypatch):
    """Stands in for ``training.fit``; the samples it was given."""
    given = []

    def fit(_model, x, y, **settings):
        assert settings["epochs"] == 1
        assert settings["batch_size"] == adding.BATCH_SIZE
        given.append(x)
        return SimpleNamespace(curves={"loss": [float(y.mean())]})

    monkeypatch.setattr(adding.training, "fit", fit)
    return given


def test_training_never_shows_a_sample_twice(batches):
    errors = adding.train("a model", 3, timesteps=4)
    assert errors.shape == (3,)
    assert [len(x) for x in batches] == [6400] * 3
    assert len({float(x.sum()) for x in batches}) == 3


def test_two_models_with_one_seed_see_the_same_samples(batches):
    for seed in (1, 1, 2):
        adding.train("a model", 1, timesteps=4, seed=seed)
    first, same, other = batches
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)
