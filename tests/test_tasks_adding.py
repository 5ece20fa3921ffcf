"""The adding problem: its samples, its baseline, its training."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import adding

drawn = settings(deadline=None, derandomize=True, max_examples=30)


@drawn
@given(
    samples=st.integers(1, 20),
    timesteps=st.integers(2, 30),
    seed=st.integers(0, 9),
)
def test_every_sample_has_one_marker_in_each_half(samples, timesteps, seed):
    x, y = adding.load(samples, timesteps, seed=seed)
    assert x.shape == (samples, timesteps, 2)
    assert y.shape == (samples, 1)
    assert x.dtype == y.dtype == np.float32
    markers, half = x[..., 1], timesteps // 2
    assert set(np.unique(markers)) <= {0, 1}
    np.testing.assert_array_equal(markers[:, :half].sum(axis=1), 1)
    np.testing.assert_array_equal(markers[:, half:].sum(axis=1), 1)


@drawn
@given(timesteps=st.integers(2, 30), seed=st.integers(0, 9))
def test_the_target_is_the_sum_of_the_marked_values(timesteps, seed):
    x, y = adding.load(5, timesteps, seed=seed)
    for (values, markers), target in zip(
        x.transpose(0, 2, 1), y[:, 0], strict=True
    ):
        assert target == pytest.approx(values[markers == 1].sum())


def test_markers_reach_both_ends_of_each_half():
    x, _ = adding.load(2000, 6)
    assert (x[..., 1].sum(axis=0) > 500).all()


def test_values_fill_the_unit_interval():
    x, _ = adding.load(200, 50)
    values = x[..., 0]
    assert values.min() >= 0 and values.max() < 1
    assert values.mean() == pytest.approx(0.5, abs=0.02)


def test_the_same_seed_gives_the_same_samples():
    first, again = adding.load(3, 8, seed=5), adding.load(3, 8, seed=5)
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert not np.array_equal(first[0], adding.load(3, 8, seed=6)[0])


def test_the_baseline_is_the_error_of_always_answering_one():
    assert adding.baseline() == pytest.approx(1 / 6)
    _, y = adding.load(200_000, 4, seed=1)
    assert np.mean((y - 1) ** 2) == pytest.approx(adding.baseline(), abs=2e-3)
    assert np.mean((y - 0.95) ** 2) > np.mean((y - 1) ** 2)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((0, 10), "samples"),
        ((3, 1), "timesteps"),
    ],
)
def test_numbers_out_of_range_are_named(arguments, named):
    with pytest.raises(ValueError, match=f"{named} takes an integer"):
        adding.load(*arguments)


def test_a_negative_seed_is_named():
    with pytest.raises(ValueError, match="seed takes an integer >= 0"):
        adding.load(3, 10, seed=-1)


class Recorder:
    """Stands in for ``training.fit`` and keeps what it was given."""

    def __init__(self):
        self.batches = []

    def __call__(self, _model, x, y, **settings):
        assert settings["epochs"] == 1
        assert settings["batch_size"] == adding.BATCH_SIZE
        self.batches.append(x)

        class History:
            def __init__(self):
                self.curves = {"loss": [float(y.mean())]}

        return History()


def test_training_never_shows_a_sample_twice(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(adding.training, "fit", recorder)
    errors = adding.train("a model", 3, timesteps=4)
    assert errors.shape == (3,)
    assert [len(x) for x in recorder.batches] == [6400] * 3
    sums = {float(x.sum()) for x in recorder.batches}
    assert len(sums) == 3


def test_two_models_with_one_seed_see_the_same_samples(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(adding.training, "fit", recorder)
    for seed in (1, 1, 2):
        adding.train("a model", 1, timesteps=4, seed=seed)
    first, same, other = recorder.batches
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)


def test_no_rounds_are_refused():
    with pytest.raises(ValueError, match="rounds takes an integer >= 1"):
        adding.train("a model", 0)
