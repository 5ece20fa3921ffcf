"""Gains add seeds and reviews; stored answers are read as written."""

import numpy as np
import pandas as pd
import pytest

from lessons.beyond import experiments, gains, results


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
        "entry,without,changed,seeds,validation_gain,validation_low,"
        "validation_high,test_gain,test_low,test_high\n"
        '"GRU(8), 500 words",majority class,it reads,1,'
        "34.5,33.0,36.0,35.0,34.0,36.0\n"
        "never,majority class,nobody knows,3,,,,,,\n"
    )
    return tmp_path


def test_entries_are_ordered_by_validation(stored):
    first, last = results.entries(stored)
    assert (first.name, last.name) == ("GRU(8), 500 words", "majority class")
    assert first.validation.value == pytest.approx(0.845)
    assert first.test == (0.85, 0.75, 0.95)
    committed = [entry.validation.value for entry in results.entries()]
    assert committed == sorted(committed, reverse=True)


def test_every_entry_of_the_table_is_shown():
    table = pd.read_csv(results.FOLDER / "leaderboard.csv")
    assert {entry.name for entry in results.entries()} == {*table["name"]}


def test_a_gain_is_as_stored_and_what_was_not_run_is_left_out(stored):
    (step,) = gains.ablations(stored)
    assert step[:3] == ("GRU(8), 500 words", "majority class", "it reads")
    assert step.validation == (34.5, 33.0, 36.0) and step.seeds == 1
    assert step.test == (35.0, 34.0, 36.0)


def test_a_refit_is_no_step_and_stands_at_its_entry(stored):
    assert {entry.refit for entry in results.entries(stored)} == {None}
    name = '"GRU(8), 500 words"'
    with (stored / "ablations.csv").open("a") as file:
        file.write(f"{name},{name},more reviews,1,,,,1.5,0.5,2.5\n")
    (stored / "refits.csv").write_text(
        f"name,test_correct\n{name},21000\n{name},22000\n"
    )
    assert len(gains.ablations(stored)) == 1
    first, last = results.entries(stored)
    assert last.refit is None
    assert first.refit.gain == (1.5, 0.5, 2.5)
    assert first.refit.test.value == pytest.approx(0.86)
    assert results.figures(last) == (
        "validation 0.500 [0.486, 0.514]  test 0.500 [0.490, 0.510]"
    )
    told = results.figures(first).splitlines()[1]
    assert told.startswith("all 25,000 reviews teach: test 0.860 [")
    assert told.endswith("points gained +1.5 [+0.5, +2.5]")
    assert first.refit.test.low < 0.84 < 0.88 < first.refit.test.high


def test_what_validations_promised_is_in_points(stored):
    (stored / "validations.csv").write_text(
        "name,random,random_test,neighbours,neighbours_test\n"
        "majority class,0.48,0.50,0.50,0.50\n"
        "worse,0.81,0.80,0.79,0.80\n"
        "better,0.93,0.92,0.91,0.915\n"
    )
    table = results.validations(stored)
    assert table["name"].tolist() == ["better", "worse"]
    np.testing.assert_allclose(table["random"], [1, 1])
    np.testing.assert_allclose(table["neighbours"], [-0.5, -1])
    margin = 196 * np.sqrt(0.93 * 0.07 / 5000 + 0.92 * 0.08 / 25_000)
    assert table["random_margin"][0] == pytest.approx(margin)


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


def test_what_came_true_is_counted():
    p, labels = np.array([0.75] * 4), np.array([1, 1, 1, 0])
    said = results.came_true(p, labels, 0.7, 0.8)
    assert said.startswith("of 4 given 0.7 to 0.8, positive 0.750 [0.3")
