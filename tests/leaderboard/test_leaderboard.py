"""The leaderboard: one protocol, and no run is lost."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from leaderboard import __main__ as command
from leaderboard import answers, cache, engine, linear, results
from leaderboard.entries import ENTRIES
from leaderboard.plan import RATE, Job
from leaderboard.protocol import Answers, Chosen, Entry
from leaderboard.results import Run, read_runs
from utils.classify.protocol import Reviews, correct

RUN = Run("a", 1, None, None, 1.5, 300, 10, "keras 3", "x86_64")

NOTHING = answers.packed(
    answers.Stored(np.empty(0, np.uint8), np.empty(0, np.uint8), {})
)
"""Answers of a run that answered nothing, as its counts say."""


def never(_reviews: Reviews, _seed: int, _chosen: Chosen) -> Answers:
    """Stand for a training that no test gets to."""
    raise AssertionError


A = Entry("a", never, recurrent=True, settings=(0.1, 0.2))
B = Entry("b", never, recurrent=False, seeds=(1,), settings=())


@pytest.fixture
def small():
    """Reviews in which word 5 is good, 6 bad, and 7 means nothing."""
    rng = np.random.default_rng(0)

    def some(count):
        labels = rng.integers(0, 2, count)
        texts = [
            [1, *rng.permutation([5 if y else 6, 7, 7]).tolist()]
            for y in labels
        ]
        x = np.empty(count, dtype=object)
        x[:] = texts
        return x, labels

    return Reviews(*some(60), *some(20), *some(30))


@pytest.mark.parametrize(
    "train",
    [linear.bag_of_words, linear.tfidf_bigrams, linear.naive_bayes_trigrams],
)
def test_linear_entries_find_the_word_that_decides(small, train):
    answers = train(small, 1, Chosen(1.0))
    assert correct(answers.validation, small.y_validation) == 20
    assert correct(answers.test, small.y_test) == 30
    without = replace(small, x_test=small.x_test[:0], y_test=small.y_test[:0])
    assert len(train(without, 1, Chosen(1.0)).test) == 0
    refit = replace(without, x_validation=small.x_test[:0])
    assert len(train(refit, 1, Chosen(1.0)).validation) == 0
    shy = train(small, 1, Chosen(1e-4)).test
    assert abs(shy - 0.5).max() < abs(answers.test - 0.5).min()


def test_majority_is_as_good_as_its_class(small):
    answers = linear.majority(small, 1, Chosen())
    more = int(small.y_train.mean() > 0.5)
    right = correct(answers.validation, small.y_validation)
    assert right == (small.y_validation == more).sum()


@given(st.lists(st.integers(4, 12), min_size=1), st.integers(1, 3))
def test_n_grams_are_the_runs_of_words(words, longest):
    counter = CountVectorizer(**linear.n_grams(longest))
    # Twice, for a run that only one review has is left out.
    counts = counter.fit_transform([[1, *words], [1, *words], [1, 13]])
    names = counter.get_feature_names_out()
    text = [*map(str, words)]
    assert dict(zip(names, counts.toarray()[0], strict=True)) == Counter(
        " ".join(text[start : start + length])
        for length in range(1, longest + 1)
        for start in range(len(text) - length + 1)
    )


def test_log_ratio_by_hand():
    counts = np.array([[1, 0], [1, 1], [0, 1]])
    ratio = linear.log_ratio(counts, np.array([1, 1, 0]))
    # Positive 3 and 2 of 5, negative 1 and 2 of 3.
    expected = [np.log(3 / 5) - np.log(1 / 3), np.log(2 / 5) - np.log(2 / 3)]
    np.testing.assert_allclose(ratio, expected, rtol=1e-6)


@pytest.mark.parametrize("wrong", [[0.2], [0.2, 1.2], [0.2, np.nan]])
def test_what_is_no_probability_is_refused(wrong):
    with pytest.raises(ValueError, match="probabilities takes"):
        correct(np.array(wrong), np.array([0, 1]))


@pytest.fixture
def asked(monkeypatch):
    """Jobs that were asked for; every job ends with no answers at all.

    Of the trials, the setting 0.2 is best.
    """
    jobs = []

    def attempt(job):
        jobs.append(job)
        setting = job.chosen.setting
        run = replace(RUN, name=job.name, seed=job.seed, setting=setting)
        if job.kind == RATE:
            run = replace(run, validation_correct=4000 + int(10 * setting))
        return engine.Result(job, run, NOTHING)

    monkeypatch.setattr(engine, "_attempt", attempt)
    # So that a run which counted nothing can be read again.
    optional = ("validation_correct", "test_correct", "setting", "epochs")
    monkeypatch.setitem(results._MAY_LACK, "random", optional)
    monkeypatch.setitem(results._MAY_LACK, "neighbours", optional)
    return jobs


def test_trials_come_first_and_choose(tmp_path, asked):
    done = list(engine.run_missing([A, B], folder=tmp_path, workers=2))
    assert {(j.kind, j.chosen.setting) for j in asked[:4]} == {
        (RATE, 0.1),
        (RATE, 0.2),
        ("random", None),
        ("neighbours", None),
    }
    runs = [("random", 1), ("random", 2), ("random", 3), ("neighbours", 1)]
    assert sorted(asked[4:]) == sorted(
        Job(kind, "a", seed, Chosen(0.2)) for kind, seed in runs
    )
    assert len(done) == len(asked) == 8
    assert not [*engine.run_missing([A, B], folder=tmp_path)]
    assert len([*(tmp_path / "answers").iterdir()]) == 6
    stored = read_runs(tmp_path)
    assert stored["setting"].tolist()[:3] == [0.2] * 3
    assert set(stored["commit"]) == {engine.commit()}


def test_a_run_without_its_answers_is_done_again(tmp_path, asked):
    [*engine.run_missing([A], folder=tmp_path)]
    asked.clear()
    answers.path_of("a", 2, "random", tmp_path).unlink()
    [*engine.run_missing([A], folder=tmp_path)]
    assert asked == [Job("random", "a", 2, Chosen(0.2))]


@pytest.mark.usefixtures("asked")
def test_a_ladder_stopped_between_answers_and_row_goes_on(
    tmp_path, monkeypatch
):
    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(results, "write_table", stopped)
        with pytest.raises(KeyboardInterrupt):
            [*engine.run_missing([B], folder=tmp_path)]
    assert len([*(tmp_path / "answers").iterdir()]) == 1
    assert read_runs(tmp_path).empty
    assert len([*engine.run_missing([B], folder=tmp_path)]) == 2


def test_an_error_is_a_result_and_is_tried_again(tmp_path, monkeypatch):
    error = engine.RunError("broke")
    monkeypatch.setattr(engine, "_attempt", lambda _: error)
    for _ in range(2):
        found = [*engine.run_missing([B], folder=tmp_path)]
        assert found == [error, error]


def test_a_job_is_read_from_its_line():
    chosen = Chosen(0.1, 3)
    for job in (Job("all", "a", 2, chosen), Job(RATE, "ä b", 1, Chosen())):
        assert engine.job_from_line(engine.job_as_line(job)) == job


def test_a_trial_leaves_the_test_closed(small, monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "FOLDER", tmp_path)
    asked = []

    def reviews(split):
        asked.append(split)
        return small

    monkeypatch.setattr(engine.splits, "reviews", reviews)
    entry = Entry("bag", linear.bag_of_words, recurrent=False)
    for kind, right in ((RATE, None), ("neighbours", 30)):
        result = engine.run(entry, Job(kind, "bag", 1, Chosen(1.0)))
        assert result.run.test_correct == right
        assert result.run.validation_correct == 20
        assert result.run.setting == 1.0
        stored = answers.unpacked(result.content)
        named = stored.validation >= 128
        np.testing.assert_array_equal(named, small.y_validation == 1)
        (name,) = stored.costs
        assert "bag 1 1.0" in name
        assert result.run.seconds == pytest.approx(stored.costs[name], abs=0.1)
    assert asked == ["random", "neighbours"]


@pytest.mark.slow
def test_a_run_in_its_own_process_or_one_sentence():
    job = Job("neighbours", "majority class", 1, Chosen())
    result = engine.run_in_own_process(job)
    run, stored = result.run, answers.unpacked(result.content)
    assert run.name == "majority class" and run.peak_memory_mb > 50
    assert run.validation_correct == 2500
    right = answers.right(stored.validation, "validation", "neighbours")
    assert right.sum() == 2500
    match = r"no such entry, seed 1, random, None: .*no such entry"
    with pytest.raises(engine.RunError, match=match):
        engine.run_in_own_process(
            job._replace(kind="random", name="no such entry")
        )


def test_the_command_names_what_there_is(capsys):
    with pytest.raises(SystemExit):
        command.main(["run", "bag of word"])
    said = capsys.readouterr().err
    assert all(name in said for name in ENTRIES)


def test_what_has_run_is_in_the_tables(monkeypatch):
    asked, tables = [], []

    def missing(_, *, workers, **_others):
        asked.append(workers)
        return iter(())

    monkeypatch.setattr(engine, "run_missing", missing)
    monkeypatch.setattr(command, "_write_tables", lambda: tables.append(1))
    words = ["run", "bag of words", "--workers", "2"]
    assert command.main([*words, "--dry"]) == 0
    assert not asked and not tables
    assert command.main(words) == 0
    assert asked == [2] and tables == [1]


def test_a_damaged_file_is_one_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "runs.csv").write_text("name,seed\na,1\n")
    monkeypatch.setattr(command, "add_ensembles", lambda _: 0)
    monkeypatch.setattr(results, "read_runs", lambda *_: read_runs(tmp_path))
    assert command.main(["table"]) == 1
    said = capsys.readouterr().err
    assert "runs.csv, line 2, is not a run" in said and said.count("\n") == 1


SLOW = """
import sys, time
from pathlib import Path
from leaderboard import engine
from leaderboard.protocol import Entry
from leaderboard.results import Run

folder, scheduler = Path(sys.argv[1]), sys.argv[2]
nothing = bytes.fromhex(sys.argv[3])

def attempt(job):
    import os, time
    from pathlib import Path
    (folder / f"{job.seed}-{os.getpid()}").touch()
    time.sleep(1.0)
    run = Run(job.name, job.seed, None, None, 1.0, 1.0, 1, "", "")
    return engine.Result(job, run, nothing)

engine._attempt = attempt
engine.missing = lambda entries, folder, wanted: [
    engine.Job("all", "slow", seed, engine.Chosen()) for seed in range(8)
]
found = engine.run_missing([], folder=folder, scheduler=scheduler)
for result in found:
    print(result.run.seed, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_worker_loses_nothing(tmp_path):
    scheduler_file = tmp_path / "scheduler.json"
    processes = []

    def start(name: str, *words: str) -> None:
        processes.append(
            subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{name}", *words],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    quiet, file = "--no-dashboard", f"--scheduler-file={scheduler_file}"
    start("scheduler", "--host=127.0.0.1", "--port=0", quiet, file)
    try:
        address = _address(scheduler_file)
        place = f"--local-directory={tmp_path}"
        for _ in range(2):
            start(
                "worker", address, "--nthreads=1", "--no-nanny", quiet, place
            )
        program = tmp_path / "slow.py"
        program.write_text(SLOW)
        with subprocess.Popen(
            [sys.executable, program, tmp_path, address, NOTHING.hex()],
            stdout=subprocess.PIPE,
            text=True,
        ) as run:
            first = run.stdout.readline()
            assert first.strip().isdigit()
            processes[1].kill()
            rest, _ = run.communicate(timeout=120)
        assert run.returncode == 0
        assert sorted(map(int, (first + rest).split())) == [*range(8)]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    workers = {path.name.split("-")[1] for path in tmp_path.glob("[0-9]-*")}
    assert str(processes[1].pid) in workers
    assert len(read_runs(tmp_path, "all")) == 8
    assert len([*(tmp_path / "answers").iterdir()]) == 8


def _address(scheduler_file) -> str:
    """Return the scheduler's address once it is there."""
    for _ in range(600):
        if scheduler_file.exists():
            with suppress(ValueError):  # still being written
                return json.loads(scheduler_file.read_text())["address"]
        time.sleep(0.1)
    raise AssertionError("the scheduler does not start")
