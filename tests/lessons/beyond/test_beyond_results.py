"""Gains add seeds and reviews; stored answers are read as written."""

import numpy as np
import pytest

from lessons.beyond import experiments, results


@pytest.fixture
def stored(tmp_path):
    """Results of two entries; a third has never been run."""
    (tmp_path / "leaderboard.csv").write_text(
        "name,recurrent,seeds,test_accuracy,test_accuracy_low,"
        "test_accuracy_high,seconds\n"
        "majority class,false,1,0.5000,0.4900,0.5100,0.1\n"
        '"GRU(8), 500 words",true,3,0.8500,0.7500,0.9500,5.0\n'
    )
    (tmp_path / "runs.csv").write_text(
        "name,seed,validation_correct,test_correct\n"
        "majority class,1,2500,12500\n"
        '"GRU(8), 500 words",1,4200,21000\n'
        '"GRU(8), 500 words",2,4250,21250\n'
    )
    (tmp_path / "ablations.csv").write_text(
        "entry,without,changed\n"
        '"GRU(8), 500 words",majority class,it reads\n'
        "never,majority class,nobody knows\n"
    )
    return tmp_path


def test_entries_are_ordered_by_validation(stored):
    first, last = results.entries(stored)
    assert (first.name, last.name) == ("GRU(8), 500 words", "majority class")
    assert first.few_words and not last.few_words
    assert first.validation.value == pytest.approx(0.845)
    assert first.test == (0.85, 0.75, 0.95)
    committed = results.entries()
    assert committed[0].name == "six BiGRU(32)" and len(committed) == 22


def test_what_was_not_run_has_no_gain(stored):
    step, missing = results.ablations(stored)
    assert step[:3] == ("GRU(8), 500 words", "majority class", "it reads")
    assert step.validation.value == pytest.approx(34.5) and step.seeds == 2
    assert missing.validation is None and missing.test is None
    assert missing.seeds == 0


def test_a_gain_that_is_stored_is_shown(stored):
    path = stored / "ablations.csv"
    first, *others = path.read_text().splitlines()
    ends = "gain,low,high"
    heads = [
        f"{p}_{e}" for p in ("validation", "test") for e in ends.split(",")
    ]
    rows = [f"{others[0]},1.5,1.0,2.0,,,", f"{others[1]},,,,,,"]
    path.write_text("\n".join([",".join([first, *heads]), *rows]))
    step, missing = results.ablations(stored)
    assert step.validation == (1.5, 1.0, 2.0)
    assert step.test.value == pytest.approx(34.5)
    assert missing.validation is None


def test_a_gain_adds_seeds_and_reviews():
    alone = results.gain([4500], [4400], 5000)
    share = 1.96 * np.sqrt((0.9 * 0.1 + 0.88 * 0.12) / 5000)
    np.testing.assert_allclose(alone, [2, 2 - 100 * share, 2 + 100 * share])
    # Welch by hand: equal variances of three and three have 4 degrees.
    above, below = [4450, 4500, 4550], [4350, 4400, 4450]
    seeds = 2.7764 * np.sqrt(2 * 0.01**2 / 3)
    both = results.gain(above, below, 5000)
    half = 100 * np.hypot(share, seeds)
    np.testing.assert_allclose(both, [2, 2 - half, 2 + half], rtol=1e-4)


def test_a_paired_difference_is_one_review_at_a_time():
    one = np.array([1, 0, 0, -1] * 100)
    value, low, high = results.paired([one])
    assert value == 0
    assert high == -low == pytest.approx(196 * one.std(ddof=1) / 20)
    two = results.paired([one, np.ones(400)])
    assert two.value == 50 and two.high - two.value > 12.7 * 49


def test_answers_are_unpacked_as_packed():
    right = np.random.default_rng(0).random(5000) < 0.9
    read = experiments.unpacked(experiments.packed(right), 5000)
    np.testing.assert_array_equal(read, right)


def test_every_stored_training_is_there_and_plausible():
    orders = results.orders()
    keys = {*zip(orders.model, orders.seed, orders.learned, strict=True)}
    assert keys == {*experiments.order_runs()}
    assert orders.right.map(np.mean).between(0.8, 0.95).all()
    table = results.order_table()
    assert len(table) == 4
    bags = results.bags()
    assert len(bags) == len(experiments.bag_runs())
    assert bags["all"].between(0.75, 0.93).all()


@pytest.mark.slow
def test_the_shuffled_reviews_have_the_same_words():
    train, read = experiments.texts(experiments.SHUFFLED, 1)
    whole, _ = experiments.texts(experiments.IN_ORDER, 1)
    assert sorted(train[3]) == sorted(whole[3]) and train[3] != whole[3]
    assert {*read} == {experiments.IN_ORDER, experiments.SHUFFLED}
    rows = experiments.padded(whole[:4])
    assert rows.shape == (4, experiments.TOKENS)


def test_what_is_printed_names_its_parts(stored):
    said = results.ablations_as_text(results.ablations(stored))
    assert "GRU(8), 500 words, against majority class: it reads" in said
    assert "not run" in said and "+34.5 [" in said
    assert max(map(len, said.splitlines())) <= 79
    p, labels = np.array([0.75] * 4), np.array([1, 1, 1, 0])
    said = results.came_true(p, labels, 0.7, 0.8)
    assert said.startswith("of 4 given 0.7 to 0.8, positive 0.750 [0.3")
