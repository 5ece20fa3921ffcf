"""What is missing: trials choose, later jobs wait, and it is estimated."""

from dataclasses import replace

import numpy as np
import pytest

from leaderboard import answers, estimate, plan
from leaderboard.combine import add_ensembles
from leaderboard.entries import ENTRIES
from leaderboard.plan import RATE, Job, OnFile, missing, with_members
from leaderboard.protocol import RATES, Chosen, Entry
from leaderboard.results import Run, add_run, read_runs
from leaderboard.splits import labels

RUN = Run("a", 1, 4000, 20_000, 1.5, 300, 10, "keras 3", "x86_64")


def never(*_):
    """Stand for a training that no test gets to."""
    raise AssertionError


ONE = Entry("one", never, recurrent=True, settings=(0.3, 0.1), seeds=(1, 2))
COUNTS = Entry("counts", never, recurrent=False, settings=(), seeds=(1,))
OTHER = replace(ONE, name="other")
BOTH = Entry(
    "both",
    None,
    recurrent=True,
    seeds=(1, 2),
    settings=(),
    members=(OTHER, COUNTS),
)
ALL = (COUNTS, ONE, OTHER, BOTH)


def trial(name, setting, right, folder):
    """Put a trial on file."""
    run = replace(RUN, name=name, setting=setting, test_correct=None)
    add_run(replace(run, validation_correct=right), folder, RATE)


def content_of(split, wrong=0, costs=None):
    """Return a run's answers, the first ones wrong, and its counts."""
    parts = []
    for part in ("validation", "test"):
        right = labels(part, split) == 1
        right[:wrong] = ~right[:wrong]
        parts.append(np.where(right, 255, 0).astype(np.uint8))
    stored = answers.Stored(*parts, costs or {})
    counts = [len(part) - wrong if len(part) else None for part in parts]
    return answers.packed(stored), dict(
        zip(("validation_correct", "test_correct"), counts, strict=True)
    )


def ran(name, seed, folder, split="random", setting=None, **more):
    """Put a run and its answers on file."""
    content, counts = content_of(split, **more)
    run = replace(RUN, name=name, seed=seed, setting=setting, epochs=seed + 1)
    add_run(replace(run, **counts), folder, split, content)


def test_the_most_right_answers_choose_and_at_a_tie_the_smallest(tmp_path):
    trial("one", 0.3, 4001, tmp_path)
    assert OnFile(tmp_path).chosen(ONE) is None
    trial("one", 0.1, 4001, tmp_path)
    assert OnFile(tmp_path).chosen(ONE) == Chosen(0.1)
    trial("one", 0.3, 4002, tmp_path)
    assert OnFile(tmp_path).chosen(ONE) == Chosen(0.3)
    assert len(read_runs(tmp_path, RATE)) == 2
    more = replace(ONE, settings=(0.3, 0.1, 0.9))
    assert OnFile(tmp_path).chosen(more) is None


def test_runs_wait_for_what_trials_choose(tmp_path):
    jobs = missing([ONE], tmp_path)
    assert [(job.kind, job.chosen) for job in jobs] == [
        (RATE, Chosen(0.3)),
        (RATE, Chosen(0.1)),
        *[("random", None)] * 2,
        ("neighbours", None),
    ]


def test_a_run_with_another_setting_is_done_again(tmp_path):
    for setting in (0.1, 0.3):
        trial("one", setting, 4000 - int(10 * setting), tmp_path)
    ran("one", 1, tmp_path, setting=0.1)
    ran("one", 2, tmp_path, setting=0.3)
    assert [(job.kind, job.seed) for job in missing([ONE], tmp_path)] == [
        ("random", 2),
        ("neighbours", 1),
    ]


def test_a_refit_waits_for_its_run_and_takes_its_epochs(tmp_path):
    for setting in (0.1, 0.3):
        trial("one", setting, 4000 - int(10 * setting), tmp_path)
    jobs = missing([ONE], tmp_path, ["all"])
    assert len(jobs) == 2 and {job.chosen for job in jobs} == {None}
    ran("one", 2, tmp_path, setting=0.1)
    assert [
        job for job in missing([ONE], tmp_path, ["all"]) if job.chosen
    ] == [Job("all", "one", 2, Chosen(0.1, 3))]


def test_an_ensemble_is_made_of_answers_on_file(tmp_path):
    shared = {"vectors": 40.0}
    for setting in (0.1, 0.3):
        for name in ("one", "other"):
            trial(name, setting, 4000 - int(10 * setting), tmp_path)
    ran("other", 1, tmp_path, setting=0.1, costs=shared | {"p": 2.0}, wrong=9)
    assert add_ensembles(ALL, tmp_path) == 0
    ran("counts", 1, tmp_path, costs=shared | {"c": 1.0}, wrong=9)
    ran("counts", 1, tmp_path, "all", wrong=9)
    ran("other", 1, tmp_path, "all", setting=0.1, wrong=9)
    assert add_ensembles(ALL, tmp_path) == 2
    (run,) = read_runs(tmp_path).query("name == 'both'").itertuples()
    assert (run.validation_correct, run.test_correct) == (4991, 24_991)
    assert run.seconds == 43 and run.parameters == 20
    (refit,) = read_runs(tmp_path, "all").query("name == 'both'").itertuples()
    assert refit.test_correct == 24_991
    assert add_ensembles(ALL, tmp_path) == 2  # again: nothing is doubled
    assert len(read_runs(tmp_path)) == 3


def test_what_a_name_needs_comes_before_it():
    assert with_members([BOTH]) == [OTHER, COUNTS, BOTH]
    names = [entry.name for entry in with_members(ENTRIES.values())]
    assert sorted(names) == sorted(ENTRIES)


def test_the_estimate_counts_what_is_missing(tmp_path, monkeypatch):
    for entry in ALL:
        monkeypatch.setitem(ENTRIES, entry.name, entry)
    add_run(replace(RUN, name="one", seconds=100.0), tmp_path)
    add_run(replace(RUN, name="other", seconds=130.0), tmp_path)
    rows = {
        entry.name: (dict(counts), seconds)
        for entry, counts, seconds in estimate.table(
            ALL, ("random", "neighbours"), tmp_path
        )
    }
    once = {RATE: 2, estimate.SPARED: 1, "random": 1, "neighbours": 1}
    assert rows["one"] == (once, 100)
    assert rows["other"] == (once, 130)
    assert rows["counts"] == ({"random": 1, "neighbours": 1}, None)
    said = estimate.as_text(ALL, ("random", "neighbours"), tmp_path)
    assert "about 920 seconds, 0.3 hours" in said
    assert "2 trainings have no like" in said
    # A trial says it better than a run from before trials were stored.
    run = replace(RUN, name="one", setting=0.1, seconds=10.0)
    add_run(replace(run, test_correct=None), tmp_path, RATE)
    assert estimate.seconds_of(ONE, OnFile(tmp_path)) == 10


def test_language_models_that_come_with_the_course_take_no_time(tmp_path):
    costs = {"language_model_forward": 1.0, "answers": 0.5}
    ran("one", 1, tmp_path, setting=0.1, costs=costs)
    there = OnFile(tmp_path)
    assert estimate.seconds_of(ONE, there) == RUN.seconds == 1.5
    begun = replace(ONE, uses_unlabelled=True)
    assert estimate.seconds_of(begun, there) == 0.5


@pytest.mark.parametrize("split", ["random", "neighbours"])
def test_one_seed_is_judged_by_neighbourhood(split):
    seeds = plan.seeds_of(ONE, split)
    assert seeds == ((1,) if split == "neighbours" else (1, 2))


def test_what_has_read_before_is_not_judged_by_neighbourhood():
    begun = [e for e in ENTRIES.values() if e.uses_unlabelled]
    assert len(begun) == 8
    assert not any(plan.seeds_of(entry, "neighbours") for entry in begun)
    assert all(plan.seeds_of(entry, "all") for entry in begun)


def test_every_network_has_the_same_three_rates():
    networks = [e for e in ENTRIES.values() if e.recurrent and e.train]
    others = [entry for entry in networks if entry.settings != RATES]
    assert all(
        "256" in entry.name or "notes" in entry.name for entry in others
    )
    linear = [e for e in ENTRIES.values() if not e.recurrent]
    assert len({e.settings for e in linear if e.settings}) == 1
