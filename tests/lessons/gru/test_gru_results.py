"""The stored trainings of lesson 08, and what was trained."""

import numpy as np
import pandas as pd
import pytest

from lessons.gru import experiments, results, reviews, variants
from utils import cells


def drawn_weights(layer, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=w.shape) for w in layer.get_weights()]


@pytest.mark.slow
def test_two_gates_that_mirror_each_other_are_a_gru():
    layer = variants.gated("GRU, two gates for z", 4)
    layer.build((None, 6, 2))
    weights = drawn_weights(layer)
    for array in weights:
        array[:, 12:] = -array[:, :4]
    layer.set_weights(weights)
    x = np.random.default_rng(1).normal(size=(3, 6, 2))
    gru = cells.gru(x, *(array[:, :12] for array in weights))
    np.testing.assert_allclose(layer(x), gru.h[:, -1], atol=1e-5)


@pytest.mark.slow
def test_one_gate_is_an_lstm_that_forgets_what_it_writes():
    layer = variants.gated("LSTM, one gate for f and i", 4)
    layer.build((None, 6, 2))
    weights = drawn_weights(layer)
    layer.set_weights(weights)
    x = np.random.default_rng(1).normal(size=(3, 6, 2))
    wide = [np.hstack([w[:, :4], -w[:, :4], w[:, 4:]]) for w in weights]
    lstm = cells.lstm(x, *wide[:2], wide[2][0])
    np.testing.assert_allclose(layer(x), lstm.h[:, -1], atol=1e-5)


def test_a_variant_has_a_name():
    with pytest.raises(ValueError, match="kind takes"):
        variants.gated("GRU", 4)


@pytest.mark.slow
def test_an_open_reset_gate_is_one_and_stays_so():
    import keras

    stack = [keras.Input((5, 2)), keras.layers.GRU(4), keras.layers.Dense(1)]
    model = keras.Sequential(stack)
    model.compile(keras.optimizers.Adam(0.1), "mse")
    variants.open_reset(stack[1])
    x = np.random.default_rng(0).normal(size=(8, 5, 2))
    before = [w[..., 4:8].copy() for w in stack[1].get_weights()]
    model.fit(x, x[:, 0, :1], epochs=2, verbose=0)
    for old, new in zip(before, stack[1].get_weights(), strict=True):
        np.testing.assert_array_equal(old, new[..., 4:8])


def test_a_sum_begins_anew_at_the_marker():
    x, y = experiments.since_mark(200, 50, seed=1)
    assert x.shape == (200, 50, 2)
    assert y.shape == (200, 1)
    assert (x[:, 0, 1] == 1).all()
    assert 0.08 < x[:, 1:, 1].mean() < 0.12
    for values, target in zip(x, y, strict=True):
        last = np.flatnonzero(values[:, 1])[-1]
        assert values[last:, 0].sum() == pytest.approx(target[0], abs=1e-5)


def test_the_file_holds_every_training_once():
    runs = pd.read_csv(experiments.RESULTS)
    assert tuple(runs.columns) == experiments.COLUMNS
    stored = {*runs[["task", "kind", "rate", "seed"]].itertuples(index=False)}
    wanted = {
        (task, kind, rate, seed)
        for task, kinds in experiments.KINDS.items()
        for kind in kinds
        for rate in experiments.RATES
        for seed in experiments.SEEDS
    }
    assert {tuple(row) for row in stored} == wanted
    assert len(runs) == len(wanted)


def test_trainings_of_lesson_07_stand_beside_ours():
    runs = results.memory("adding")
    kinds = {"GRU", "LSTM", "LSTM, both spread", "SimpleRNN"}
    assert {*runs.kind} == kinds | {*experiments.KINDS["adding"]}
    assert set(runs.groupby("kind").size()) == {6}
    shape = len(experiments.SEEDS), experiments.ROUNDS
    assert {e.shape for e in results.curves(runs, "GRU").values()} == {shape}
    table = results.learned(runs, ["GRU", "SimpleRNN"])
    assert [*table.loc["SimpleRNN"]] == ["no, no, no"] * 2


def test_long_lags_are_those_of_lesson_07():
    runs = results.memory("long lags")
    assert {*runs.kind} == {"GRU", "GRU, z spread", "LSTM, both spread"}
    assert set(runs.groupby("kind").size()) == {6}


def test_the_table_is_chosen_on_validation():
    table, right = results.table(), results.right()
    assert {*table.index} == {*right} == {*reviews.LINEAR, *reviews.CELLS}
    for name, answers in right.items():
        assert answers.shape[1] == reviews.TESTED
        assert table.test[name] == pytest.approx(answers.mean(), abs=1e-4)
    rates = table[[f"rate {rate}" for rate in reviews.RATES]]
    nets = [*reviews.CELLS]
    assert (table.best[nets] == rates.loc[nets].max(axis=1)).all()


def test_a_difference_that_never_varies_has_a_narrow_interval():
    first = np.ones((5, 200))
    assert results.difference(first, first * 0) == (1, 1, 1)
    mixed = first * (np.arange(200) < 100)
    value, low, high = results.difference(mixed, first * 0)
    assert value == 0.5
    assert 0.4 < low < 0.46 < 0.54 < high < 0.6
