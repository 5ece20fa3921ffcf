"""The committed results: complete, derived, and repeatable."""

import csv

import pytest

from utils.leaderboard import protocol, results
from utils.leaderboard.entries import ENTRIES


def test_the_table_is_derived_from_the_runs(tmp_path):
    for run in results.read_runs():
        results.add_run(run, tmp_path)
    results.write_leaderboard(ENTRIES.values(), tmp_path)
    for name in ("runs.csv", "leaderboard.csv"):
        committed = (results.FOLDER / name).read_text(encoding="utf-8")
        assert (tmp_path / name).read_text(encoding="utf-8") == committed


def test_every_run_is_of_an_entry_and_its_seeds():
    for run in results.read_runs():
        assert run.seed in ENTRIES[run.name].seeds
        assert 0 < run.validation_correct <= results.VALIDATION_REVIEWS
        assert run.test_correct is not None
        assert "keras" in run.versions and run.machine


def test_intervals_hold_their_means():
    with (results.FOLDER / "leaderboard.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == results.COLUMNS
    for row in rows:
        low, mean, high = (
            float(row[f"test_accuracy{end}"]) for end in ("_low", "", "_high")
        )
        assert 0.48 < low < mean < high < 1


@pytest.mark.parametrize("name", ["majority class", "bag of words"])
def test_a_cheap_entry_comes_out_as_stored(name):
    (stored,) = (run for run in results.read_runs() if run.name == name)
    reviews = protocol.reviews()
    answers = ENTRIES[name].train(reviews, stored.seed)
    right = protocol.correct(answers.validation, reviews.y_validation)
    # Another processor may round one review to the other side.
    assert abs(right - stored.validation_correct) <= 2
    assert answers.parameters == stored.parameters
