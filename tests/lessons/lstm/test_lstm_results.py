"""The stored trainings of lesson 07, and what measured them."""

import numpy as np
import pandas as pd
import pytest

from lessons.lstm import coupled, experiments, readings, results
from utils import cells, imdb
from utils.cells.initializers import glorot_uniform, orthogonal
from utils.tasks import adding


def layer_weights(seed=0, units=8):
    rng = np.random.default_rng(seed)
    bias = np.zeros(4 * units)
    bias[units : 2 * units] = 1
    return [
        glorot_uniform(rng, 2, 4 * units),
        orthogonal(rng, units, 4 * units),
        bias,
    ]


def test_both_biases_are_spread_over_the_same_lags():
    start = experiments.Start(forget="spread", input="spread")
    kernel, recurrent, bias = layer_weights()
    new = experiments.set_start([kernel, recurrent, bias], start, seed=3)
    np.testing.assert_array_equal(new[0], kernel)
    np.testing.assert_array_equal(new[1], recurrent)
    write, keep = new[2][:8], new[2][8:16]
    np.testing.assert_allclose(keep, -write)
    assert ((np.exp(keep) > 1) & (np.exp(keep) < 99)).all()
    assert (new[2][16:] == 0).all()
    assert (bias[:8] == 0).all()


def test_a_start_as_keras_makes_it_changes_nothing():
    weights = layer_weights()
    new = experiments.set_start(weights, experiments.Start(), seed=0)
    for old, array in zip(weights, new, strict=True):
        np.testing.assert_array_equal(old, array)


def test_a_small_candidate_is_small_in_its_block_only():
    start = experiments.Start(forget="4.6", candidate=0.5)
    weights = layer_weights()
    kernel, recurrent, bias = experiments.set_start(weights, start, seed=0)
    ratio = np.repeat([1, 1, 0.5, 1], 8)
    np.testing.assert_allclose(kernel, weights[0] * ratio)
    np.testing.assert_allclose(recurrent, weights[1] * ratio)
    assert (bias[8:16] == 4.6).all()


def test_without_short_lags_both_markers_stand_in_the_first_fifth():
    x, y = adding.first_fifth(50, 100, seed=1)
    assert x.shape == (50, 100, 2)
    assert (x[:, :20, 1].sum(axis=1) == 2).all()
    assert (x[:, 20:, 1] == 0).all()
    sums = (x[..., 0] * x[..., 1]).sum(axis=1)
    np.testing.assert_allclose(sums, y[:, 0], rtol=1e-6)


def test_what_is_measured_of_an_lstm():
    weights = layer_weights(units=experiments.UNITS)
    weights[1][:] = 0
    head = [np.ones((experiments.UNITS, 1)), np.zeros(1)]
    found = experiments.measure("LSTM", [*weights, *head])
    x, _ = adding.load(64, timesteps=100, seed=2)
    trace = cells.lstm(x.astype(float), *weights)
    size = np.median(np.abs(trace.c[:, -1]))
    assert found["size"] == pytest.approx(size)
    assert 1e-16 < found["share"] < 1e-11


@pytest.mark.parametrize("cell", ["GRU", "SimpleRNN"])
def test_other_cells_are_measured_at_their_hidden_state(cell):
    rng, units = np.random.default_rng(0), experiments.UNITS
    sets = 3 if cell == "GRU" else 1
    bias = np.zeros((2, 3 * units)) if cell == "GRU" else np.zeros(units)
    weights = [
        glorot_uniform(rng, 2, sets * units),
        orthogonal(rng, units, sets * units),
        bias,
        np.ones((units, 1)),
        np.zeros(1),
    ]
    found = experiments.measure(cell, weights)
    assert 0 < found["share"] < 1
    assert 0 < found["size"] < 1


def test_the_file_holds_every_training_once():
    runs = pd.read_csv(experiments.RESULTS, dtype=str, keep_default_na=False)
    assert tuple(runs.columns) == experiments.COLUMNS
    stored = runs[list(experiments.COLUMNS[:7])].to_dict("records")
    wanted = [experiments.key(run) for run in experiments.runs()]
    by_name = sorted(map(str, stored)), sorted(map(str, wanted))
    assert by_name[0] == by_name[1]


def test_results_are_read_by_the_names_of_starts():
    runs = results.read()
    rates = results.curves(runs, "both spread")
    assert [*rates] == [*experiments.RATES]
    shape = len(experiments.SEEDS), experiments.ROUNDS
    assert {errors.shape for errors in rates.values()} == {shape}
    table = results.learned(runs)
    assert [*table.index][: len(results.NAMES)] == [*results.NAMES]
    rows = len(results.NAMES) + 1 + len(experiments.LONG_ONLY)
    assert len(table) == rows
    assert [*table.loc[results.FROM_IDENTITY]] == ["300, 300, 400", "-"]
    shares, ends = results.points(runs, 0.003)["GRU"]
    assert len(shares) == len(ends) == len(experiments.SEEDS)
    assert [*results.gradients(runs, 0.003).index] == [*results.NAMES]


def test_the_readings_of_five_seeds():
    found = pd.read_csv(readings.RESULTS)
    assert tuple(found.columns) == readings.COLUMNS
    assert [*found.seed] == [*readings.SEEDS]


def test_what_is_measured_of_a_reader():
    rng = np.random.default_rng(0)
    weights = [
        rng.normal(size=(readings.VOCABULARY, 3)),
        rng.normal(size=(3, 8)),
        np.zeros((2, 8)),
        np.zeros(8),
        np.zeros((2, 1)),
        np.ones(1),
    ]
    but, _ = (imdb.encode(w, num_words=2000)[1] for w in readings.WORDS)
    ids = np.array([[but, 5], [7, but]])
    weights[0][but] = 0
    found = readings.measure(weights, ids, np.array([1, 0]))
    assert found["accuracy"] == 0.5
    assert found["at_terrible"] == 0
    assert found["good_last"] == pytest.approx(1 / (1 + np.exp(-1)))
    assert found["forget_but"] == 0.5


def test_coupled_gates_are_an_lstm_whose_forget_gate_is_one_minus_i():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 6, 3))
    W, U = rng.normal(size=(3, 12)), rng.normal(size=(4, 12))
    b = rng.normal(size=12)

    def with_forget_gate(array):
        i, g, o = np.split(array, 3, axis=-1)
        return np.concatenate([i, -i, g, o], axis=-1)

    trace = cells.lstm(x, *(with_forget_gate(array) for array in (W, U, b)))
    np.testing.assert_allclose(coupled.coupled(x, W, U, b), trace.c)
    h = coupled.coupled(x, W, U, b, gives=0)
    np.testing.assert_allclose(h, trace.h)
