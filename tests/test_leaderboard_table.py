"""The leaderboard in the README and in lesson 18 says what the runs say."""

import dataclasses

import pytest

from utils.files import between_marks
from utils.leaderboard import results, table
from utils.leaderboard.entries import ENTRIES, STEPS
from utils.leaderboard.results import Run


def run_of(name, seed, right):
    return Run(name, seed, 4000, right, 5.0, 900, 10, "keras 3", "x86_64")


@pytest.fixture
def folder(tmp_path):
    """Results in which each seed of one step gains a point."""
    above, below = STEPS[1]
    for seed, right in ((1, 20_000), (2, 21_000), (3, 22_000)):
        results.add_run(run_of(below, seed, right), tmp_path)
        results.add_run(run_of(above, seed, right + 250), tmp_path)
    results.add_run(run_of("majority class", 1, 12_500), tmp_path)
    results.write_leaderboard(ENTRIES.values(), tmp_path)
    return tmp_path


def test_a_gain_compares_runs_of_the_same_seed(folder):
    (gain,) = table.gains(folder)
    assert (gain.name, gain.before) == STEPS[1] and gain.seeds == 3
    assert gain.points == pytest.approx((1, 1, 1))


def test_an_entry_with_one_seed_is_held_against_the_mean(folder):
    above, below = STEPS[-2]
    results.add_run(run_of(above, 1, 22_500), folder)
    for seed, right in ((1, 22_000), (2, 22_000), (3, 22_750)):
        results.add_run(run_of(below, seed, right), folder)
    gain = table.gains(folder)[-1]
    assert gain.name == above and gain.seeds == 1
    assert gain.points == pytest.approx((1, 1, 1))


def test_entries_are_placed_by_their_test_accuracy(folder):
    placed = table.placed(folder)
    assert [entry.name for entry in placed[:2]] == list(STEPS[1])
    assert placed[0].accuracy.value == 0.85 and placed[-1].name[0] == "m"
    assert not placed[-1].recurrent and placed[0].recurrent


def test_what_has_no_test_accuracy_is_not_shown(folder):
    untested = dataclasses.replace(
        run_of(STEPS[0][1], 1, 0), test_correct=None
    )
    results.add_run(untested, folder)
    results.write_leaderboard(ENTRIES.values(), folder)
    assert STEPS[0][1] not in table.markdown(folder)
    assert len(table.placed(folder)) == 3


def test_every_step_is_between_entries_and_names_each_once():
    assert {name for step in STEPS for name in step} <= {*ENTRIES}
    assert len({name for name, _ in STEPS}) == len(STEPS)


def test_the_readme_shows_the_table_of_the_results(tmp_path):
    stored = table.README.read_text(encoding="utf-8")
    copy = tmp_path / "README.md"
    copy.write_text(stored.replace("| majority class |", "| nobody |"))
    table.write_readme(copy)
    assert copy.read_text(encoding="utf-8") == stored
    assert "| majority class | no | no | 1 | 0.5000 |" in stored


def test_what_stands_between_marks_is_replaced():
    text = "a\n<!-- x: note -->\nold\n<!-- end -->\nb"
    assert between_marks(text, "<!-- x:", "<!-- end -->", "new\n") == (
        "a\n<!-- x: note -->\nnew\n<!-- end -->\nb"
    )
    with pytest.raises(ValueError, match="between <!-- y: and <!-- end -->"):
        between_marks(text, "<!-- y:", "<!-- end -->", "")
