"""Entries beside each other: intervals that hold, two validations."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from leaderboard import answers, comparison, results
from leaderboard.comparison import gain
from leaderboard.entries import ABLATIONS, ENTRIES, RUNGS
from leaderboard.protocol import Entry
from leaderboard.results import ResultsError, Run, add_run
from leaderboard.splits import labels

RUN = Run("a", 1, 4000, 20_000, 1.5, 300, 10, "keras 3", "x86_64")


def drawn(rng, hard, shift, spread, seeds):
    """Return which answers are right: seeds differ, reviews are as hard."""
    return {
        seed: rng.random(len(hard)) < hard + shift + rng.normal(0, spread)
        for seed in range(seeds)
    }


@pytest.mark.parametrize("spread", [0.0, 0.02])
def test_an_interval_holds_the_true_gain(spread):
    rng, held = np.random.default_rng(0), 0
    for _ in range(300):
        # A gain of 2 points, seeds that differ, other reviews each time.
        hard = rng.choice([0.15, 0.85], 1000, p=[0.1, 0.9])
        runs = [drawn(rng, hard, s, spread, 3) for s in (0.02, 0.0)]
        _, low, high = gain(*runs, same_seeds=False)
        held += low <= 2 <= high
    # More would hold it if reviews were unpaired, or seeds counted twice.
    assert 0.92 <= held / 300 <= 0.985


def test_reviews_are_paired():
    # Both are wrong on the same tenth; one is right on ten reviews more.
    below = np.arange(1000) >= 100
    above = np.arange(1000) >= 90
    value, low, high = gain({1: above}, {1: below}, same_seeds=False)
    assert value == pytest.approx(1)
    share = np.sqrt(0.01 * 0.99 / 999)
    assert high - value == pytest.approx(196 * share, rel=1e-3)
    assert value - low == pytest.approx(high - value)


def test_seeds_that_belong_together_are_paired():
    below = {seed: np.arange(1000) >= 100 * seed for seed in (1, 2, 3)}
    above = {seed: np.arange(1000) >= 100 * seed - 10 for seed in (1, 2, 3)}
    wide = gain(above, below, same_seeds=False)
    narrow = gain(above, below, same_seeds=True)
    assert wide.value == narrow.value == pytest.approx(1)
    assert narrow.high - narrow.low < 2 < 20 < wide.high - wide.low


def test_welch_by_hand_and_by_scipy():
    one, other = [0.9, 0.91, 0.95], [0.8, 0.83, 0.84, 0.88]
    found = stats.ttest_ind(one, other, equal_var=False)
    low, high = found.confidence_interval()
    assert comparison.welch(one, other) == pytest.approx((high - low) / 2)
    # One run has no part: what is left is Student's of the others.
    low, high = stats.ttest_1samp(one, 0).confidence_interval()
    assert comparison.welch(one, [0.7]) == pytest.approx((high - low) / 2)
    assert comparison.welch([0.9], [0.7]) == 0


def test_ensembles_share_the_seeds_of_their_members():
    ensemble, member = "BiGRU(32) and naive Bayes", [*RUNGS][-1]
    assert comparison.built_on(ENTRIES[ensemble], ENTRIES[member])
    assert not comparison.built_on(ENTRIES[member], ENTRIES[ensemble])
    assert not comparison.built_on(ENTRIES[ensemble], ENTRIES["GRU(32)"])


def stored(folder, name, seed, wrong, split="random"):
    """Put a run on file that is wrong on the first reviews of each part."""
    parts = []
    for part in ("validation", "test"):
        own = labels(part, split) == 1
        own[:wrong] = ~own[:wrong]
        parts.append(np.where(own, 255, 0).astype(np.uint8))
    content = answers.packed(answers.Stored(*parts, {}))
    run = replace(RUN, name=name, seed=seed, validation_correct=5000 - wrong)
    run = replace(run, test_correct=25_000 - wrong)
    add_run(run, folder, split, content)
    return run, content


def refitted(folder, name, seed, wrong):
    """Put a run on file that all reviews taught."""
    own = labels("test") == 1
    own[:wrong] = ~own[:wrong]
    said = np.where(own, 255, 0).astype(np.uint8)
    content = answers.packed(answers.Stored(np.empty(0, np.uint8), said, {}))
    run = replace(RUN, name=name, seed=seed, validation_correct=None)
    run = replace(run, test_correct=25_000 - wrong)
    add_run(run, folder, "all", content)


def test_a_refit_is_compared_with_its_own_run(tmp_path):
    name = ABLATIONS[1][0]
    for seed in (1, 2, 3):
        stored(tmp_path, name, seed, 300)
        refitted(tmp_path, name, seed, 50)
    *steps, last = comparison.write_ablations(tmp_path).itertuples()
    assert len(steps) == len(ABLATIONS)
    assert (last.entry, last.without) == (name, name)
    assert last.changed == comparison.REFIT
    assert float(last.test_gain) == pytest.approx(1.0)
    assert float(last.test_low) < 1 < float(last.test_high)
    assert last.validation_gain == last.validation_low == ""


def test_gains_are_written_where_answers_are(tmp_path):
    above, below, _ = ABLATIONS[1]
    for seed in (1, 2, 3):
        stored(tmp_path, above, seed, 200)
        stored(tmp_path, below, seed, 300)
    comparison.write_ablations(tmp_path)
    read = pd.read_csv(tmp_path / "ablations.csv")
    assert [tuple(row[:3]) for row in read.itertuples(index=False)] == [
        *ABLATIONS
    ]
    row = read.iloc[1]
    assert row["validation_gain"] == pytest.approx(2)
    assert row["test_gain"] == pytest.approx(0.4)
    assert row["validation_low"] < 2 < row["validation_high"]
    assert read.drop(index=1).loc[:, "validation_gain":].isna().all(axis=None)
    # A run from before answers were stored: no gain at all.
    answers.path_of(above, 2, "random", tmp_path).unlink()
    table = comparison.write_ablations(tmp_path)
    assert table.iloc[1]["validation_gain"] == ""


def test_answers_that_are_not_the_runs_are_refused(tmp_path):
    run, content = stored(tmp_path, "a", 1, 10)
    for wrong in (
        replace(run, validation_correct=4989),
        replace(run, test_correct=None),
    ):
        with pytest.raises(ResultsError, match=r"stored .* are right, not"):
            add_run(replace(wrong, seed=2), tmp_path, "random", content)
    assert results.read_runs(tmp_path)["seed"].tolist() == [1]
    assert not answers.path_of("a", 2, "random", tmp_path).exists()


def foretelling(folder, wrong):
    """Put runs on both splits on file: name -> wrong random, neighbours."""
    for name, (random, neighbours) in wrong.items():
        stored(folder, name, 1, random)
        stored(folder, name, 1, neighbours, "neighbours")
    entries = [Entry(name, None, recurrent=True) for name in wrong]
    return comparison.two_validations(
        [*entries, Entry("never run", None, recurrent=True)], folder
    )


def test_which_validation_foretells_is_said(tmp_path):
    # Wrong on 50 of both parts: 99% on validation and 99.8% on test.
    table = foretelling(
        tmp_path, {"a": (50, 10), "b": (100, 30), "c": (150, 20)}
    )
    assert table["name"].tolist() == ["a", "b", "c"]
    assert table["random"].tolist() == [0.99, 0.98, 0.97]
    assert table["neighbours_test"].iloc[1] == 1 - 30 / 25_000
    found = comparison.foretold(table)
    assert found["random"].gap.value == pytest.approx(1.6)
    assert found["random"].surplus.value == pytest.approx(-1.6)
    assert found["neighbours"].gap.value == pytest.approx(0.32)
    assert comparison.nearer(table).value == pytest.approx(1.28)
    assert found["random"].rank_correlation == pytest.approx(1)
    table.loc[0, "random"] = 0.5
    found = comparison.foretold(table)
    assert found["random"].rank_correlation == pytest.approx(-0.5)
    said = comparison.foretold_as_text(table)
    assert said.startswith("3 entries") and "neighbours is nearer by" in said
    few = comparison.foretold_as_text(table.head(2))
    assert "too few entries" in few


def test_the_table_has_both_validations_and_the_refit(tmp_path):
    foretelling(tmp_path, {"a": (50, 10), "b": (100, 30)})
    refitted(tmp_path, RUN.name, 1, 0)
    entries = [Entry(name, None, recurrent=True) for name in "ba"]
    first, second = results.write_leaderboard(entries, tmp_path).itertuples()
    assert (first.name, second.name) == ("a", "b")
    assert first.validation_accuracy == "0.9900"
    assert first.neighbour_accuracy == "0.9980"
    assert first.refit_test_accuracy == "1.0000"
    assert second.refit_test_accuracy == ""
    shown = results.markdown(tmp_path).splitlines()
    assert "| 0.9980 | 1.0000 |" in shown[2]
