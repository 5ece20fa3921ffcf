"""The stored trainings of lesson 13, and what measured them."""

import numpy as np
import pandas as pd
import pytest

from lessons.translation import experiments, results
from lessons.translation.experiments import Run, load

KINDS_STORED = {
    results.NETWORK: "LSTM",
    results.WITHOUT_MASK: experiments.NO_MASK,
}
"""What tables call a kind -> what the file calls it."""


@pytest.fixture(scope="module")
def runs():
    return results.read()


def test_the_file_has_every_training_of_the_command(runs):
    kinds = [*experiments.KINDS, "bottleneck", "practice"]
    wanted = {run for kind in kinds for run in experiments.runs(kind)}
    stored = {
        Run(*(row[name] for name in experiments.KEY))
        for _, row in runs.replace({"kind": KINDS_STORED}).iterrows()
    }
    assert stored == wanted
    assert len(runs) == len(wanted), "no training is counted twice"


@pytest.mark.slow
def test_the_stored_groups_are_those_of_the_splits(runs):
    for split in experiments.SPLITS:
        size = np.digitize(load(split).held_out.numbers, [100, 1000])
        stored = runs[runs.split == split]
        for place, name in enumerate(experiments.SIZES):
            assert (stored[f"of_{name}"] == (size == place).sum()).all()
            assert (stored[name] <= stored[f"of_{name}"]).all()


@pytest.mark.slow
@pytest.mark.parametrize("which", ["small", "others"])
def test_as_many_rows_are_practised_either_way(which):
    train = load(1).train
    places = experiments.practised(Run("LSTM", practised=which), train)
    counts = np.bincount(places)
    assert len(counts) == len(train.numbers)
    chosen = train.numbers[counts == 10]
    assert len(chosen) == (train.numbers < 100).sum()
    assert (chosen < 100).all() if which == "small" else (chosen > 99).all()
    assert (counts[counts != 10] == 1).all()


@pytest.mark.slow
def test_nothing_is_repeated_unless_asked_for():
    train = load(1).train
    places = experiments.practised(Run("LSTM"), train)
    np.testing.assert_array_equal(places, np.arange(len(train.numbers)))


def test_words_are_pushed_to_the_right_end():
    rows = np.array([[3, 4, 0, 0], [5, 6, 7, 8]])
    np.testing.assert_array_equal(
        experiments.right_aligned(rows),
        [[3, 4, 0, 0, 0, 0, 3, 4], [5, 6, 7, 8, 5, 6, 7, 8]],
    )


def test_the_rate_is_chosen_on_validation_alone():
    row = {"kind": "MLP", "units": 64, "practised": "", "small": 0}
    made = pd.DataFrame(
        [
            {**row, "rate": rate, "split": split, "validation": watched}
            for rate, watched in ((0.01, 0.5), (0.03, 0.6))
            for split in experiments.SPLITS
        ]
    )
    assert (results.tuned(made, "MLP").rate == 0.03).all()


def test_differences_are_taken_on_the_same_split(runs):
    table = results.compared(runs)
    assert list(table.index) == [*results.OPPONENTS]
    mlp = results.tuned(runs, "MLP")[results.ALL]
    network = results.tuned(runs, results.NETWORK)[results.ALL]
    gap = float(np.mean(mlp - network))
    shown = table.loc["MLP", f"{results.ALL}, difference"]
    assert shown.startswith(f"{gap:.4f}")
    assert table.loc[results.NETWORK, f"{results.ALL}, difference"] == ""


def test_counts_below_100_add_up(runs):
    table = results.below_100(runs)
    assert list(table.index) == [*results.OPPONENTS, "numbers"]
    for row in table.index:
        splits = [table.loc[row, f"split {n}"] for n in experiments.SPLITS]
        assert table.loc[row, "together"] == sum(splits)
    assert (table["together"] <= table.loc["numbers", "together"]).all()


def test_leads_by_size_add_up_to_the_difference(runs):
    table = results.lead(runs)
    network = results.tuned(runs, results.NETWORK)
    assert list(table.index) == [*results.LEADING]
    assert list(table.columns) == [*results.GROUPS]
    for kind in results.LEADING:
        found = results.tuned(runs, kind)
        gaps = [float(cell.split(" ")[0]) for cell in table.loc[kind]]
        wanted = (network[results.ALL] - found[results.ALL]).mean() * 5000
        assert sum(gaps) == pytest.approx(wanted, abs=1.1)


@pytest.mark.parametrize("kind", experiments.AT_ONCE)
def test_no_chosen_rate_lies_at_an_end_of_the_list(runs, kind):
    (rate,) = {*results.tuned(runs, kind).rate}
    assert min(experiments.RATES) < rate < max(experiments.RATES)
