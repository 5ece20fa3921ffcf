"""The stored trainings of lesson 10: complete, and measured as is said."""

import csv

import numpy as np
import pytest

from lessons.padding_and_masking import costs, experiments, results
from lessons.padding_and_masking.experiments import Run


def test_every_training_is_stored_once():
    with experiments.RESULTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(experiments.RUNS)
    runs = results.read()
    stored = set(zip(runs.seed.tolist(), runs.run, strict=True))
    assert stored == {*experiments.RUNS}


@pytest.mark.slow
def test_zeros_stand_where_a_run_says():
    ids = [[5, 6, 7], [8]]
    rows = {
        side: experiments.padded(ids, Run(side=side, width=5)).tolist()
        for side in ("post", "pre", "post 2")
    }
    assert rows == {
        "post": [[5, 6, 7, 0, 0], [8, 0, 0, 0, 0]],
        "pre": [[0, 0, 5, 6, 7], [0, 0, 0, 0, 8]],
        "post 2": [[5, 6, 7, 0, 0], [0, 0, 8, 0, 0]],
    }
    with pytest.raises(ValueError, match="5 zeros do not fit into 5 steps"):
        experiments.padded(ids, Run(side="post 5", width=5))


def test_every_cost_is_stored_once():
    with costs.RESULTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(costs.SEEDS) * len(costs.KINDS)


def test_every_named_run_was_made():
    made = {run for _, run in experiments.RUNS}
    for kinds in (results.TWO_BY_TWO, results.ORDER_BLIND, results.CONTROLS):
        assert {*kinds.values()} <= made


def test_differences_are_of_pairs_with_the_same_seed():
    runs = results.read().set_index(["run", "seed"]).accuracy
    gains = [runs[Run(mask=True), k] - runs[Run(), k] for k in range(3)]
    found = results.difference(results.read(), Run(mask=True), Run())
    assert found.value == pytest.approx(np.mean(gains))


def test_tables_hold_the_stored_numbers():
    runs = results.read()
    stored = runs.set_index(["run", "seed"]).loc[Run(mask=True)]
    held = results.held(runs)
    for seed in range(3):
        column = held[f"start {seed}"]
        for name in ("unmasked", "fresh_gate", "no_loop", "gate"):
            value = stored.loc[seed, name]
            assert column[results.HELD[name]] == f"{value:.2f}"
        largest = stored.loc[seed, "gates"].split()[-1]
        assert column["largest gate of a unit"] == f"{float(largest):.2f}"
    gains = results.pairs(runs)
    assert len(gains) == 3
    assert gains.iloc[0].startswith("+0.03 ")


def test_late_trainings_have_a_loss_per_epoch_and_sorted_gates():
    losses, gates = results.late(results.read())
    assert [*losses] == [*results.LATE]
    for runs in losses.values():
        assert [len(values) for values in runs] == [30] * 3
    assert len(gates) == 3
    for values in gates:
        assert len(values) == 16
        assert (np.diff(values) >= 0).all()


def test_the_first_gradient_is_that_of_a_difference(small):
    labels = np.array([1.0, 0.0], dtype="float32")
    rows = np.array([[5, 0], [7, 0]])
    found = experiments.first_gradient(small, rows, labels)
    table = small.get_weights()[0]

    def loss(vectors):
        small.layers[0].set_weights([vectors])
        p = np.array(small(rows), dtype=float)[:, 0]
        return -np.log(np.where(labels == 1, p, 1 - p)).mean()

    slopes = np.zeros((2, 16))
    for place, column in np.ndindex(slopes.shape):
        step = np.zeros_like(table)
        step[rows[place, 0], column] = 1e-2
        slopes[place, column] = (
            loss(table + step) - loss(table - step)
        ) / 0.02
    norms = np.linalg.norm(slopes, axis=1)
    assert found == pytest.approx(norms.mean(), rel=1e-2)


def test_a_mask_reaches_the_first_gradient(keras):
    labels = np.array([1.0], dtype="float32")
    found = {}
    for mask in (False, True):
        keras.utils.set_random_seed(0)
        model = experiments.network(Run(mask=mask, width=None))
        rows = np.array([[5, 8, 9] + [0] * 40])
        found[mask] = experiments.first_gradient(model, rows, labels)
    assert found[True] > 100 * found[False]


@pytest.fixture
def small(keras):
    """Return a network like the lesson's, with all its weights drawn."""
    keras.utils.set_random_seed(0)
    model = experiments.network(Run(width=None))
    rng = np.random.default_rng(3)
    model.set_weights(
        [rng.normal(0, 0.4, w.shape) for w in model.get_weights()]
    )
    return model


ROWS = np.array([[5, 8, 9, 0, 0, 0], [7, 4, 0, 0, 0, 0]])


def test_states_over_zeros_are_those_of_keras(small):
    states, gates = experiments.over_zeros(small, ROWS)
    expected = small.layers[1](small.layers[0](ROWS))
    assert np.allclose(states, expected, atol=1e-5)
    assert gates.shape == (16,)
    assert (gates > 0).all() and (gates < 1).all()


@pytest.mark.parametrize(
    "change", [{"gate": lambda f: f / 9}, {"loop": False}]
)
def test_the_cell_is_changed_on_zeros_only(small, change):
    for ids, same in (([[0, 5, 8]], True), ([[5, 8, 0]], False)):
        rows = np.array(ids)
        plain, _ = experiments.over_zeros(small, rows)
        changed, _ = experiments.over_zeros(small, rows, **change)
        # At the first step there is no state yet to forget or to hand back.
        assert np.array_equal(plain, changed) == same


@pytest.mark.slow
def test_batches_are_padded_to_their_width():
    ids = np.array([[1] * length for length in range(1, 601)], dtype=object)
    rng = np.random.default_rng(0)
    even = costs.batches("150", ids, np.arange(600), rng)
    assert {x.shape[1] for x, _ in even} == {150}
    similar = costs.batches(costs.SIMILAR, ids, np.arange(600), rng)
    assert sorted(x.shape for x, _ in similar) == [
        (100, 600),
        (250, 250),
        (250, 500),
    ]
    labels = np.concatenate([y for _, y in similar])
    assert sorted(labels) == [*range(600)]
