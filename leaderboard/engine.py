"""Runs, each in a process of its own, here or on a cluster.

Who runs what and when is left to joblib, or to Dask where a scheduler is
given. A run is on file as soon as it has ended, so an interrupted command
started again does only what is missing.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from leaderboard.ensemble import answers_of
from leaderboard.protocol import Entry
from leaderboard.results import FOLDER, Run, add_run, read_runs
from utils.classify.protocol import correct, reviews

ROOT = Path(__file__).resolve().parents[1]

Task = tuple[str, int]
"""Name of an entry, and a seed."""


class RunError(RuntimeError):
    """A run ended without a result; the message is its last line."""


def run(entry: Entry, seed: int) -> Run:
    """Train an entry in this process and measure it."""
    data = reviews()
    answers = answers_of(entry, data, seed)
    installed = " ".join(f"{k} {v}" for k, v in versions().items())
    return Run(
        name=entry.name,
        seed=seed,
        validation_correct=correct(answers.validation, data.y_validation),
        test_correct=correct(answers.test, data.y_test)
        if len(data.y_test)
        else None,
        seconds=round(answers.seconds, 1),
        peak_memory_mb=round(answers.peak_memory_mb),
        parameters=answers.parameters,
        versions=installed,
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
    )


def run_in_own_process(task: Task) -> Run:
    """Run one task in a fresh process, so that memory is its own.

    Raises:
        RunError: It ended without a result.
    """
    name, seed = task
    done = subprocess.run(
        [sys.executable, "-m", "leaderboard", "one", name, str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (done.stdout if not done.returncode else done.stderr).strip()
    last = (lines.splitlines() or ["no message"])[-1]
    if done.returncode:
        raise RunError(f"{name}, seed {seed}: {last}")
    return Run(**json.loads(last))


def as_line(one: Run) -> str:
    """Return a run as the line that `run_in_own_process` reads."""
    return json.dumps(asdict(one))


def missing(entries: Iterable[Entry], folder: Path = FOLDER) -> list[Task]:
    """Return the tasks that have no run on file."""
    runs = read_runs(folder)
    there = {*zip(runs["name"], runs["seed"], strict=True)}
    tasks = [(entry.name, seed) for entry in entries for seed in entry.seeds]
    return [task for task in tasks if task not in there]


def run_missing(
    entries: Iterable[Entry],
    *,
    folder: Path = FOLDER,
    workers: int = 1,
    scheduler: str | None = None,
) -> Iterator[Run | RunError]:
    """Run what is missing; every result is on file when it is yielded.

    Args:
        entries: What to run, with all the seeds of each.
        folder: Of the results.
        workers: Runs at a time on this machine. Runs side by side share
            the cores, so their seconds grow.
        scheduler: Address of a Dask scheduler, such as
            ``tcp://10.0.0.1:8786``, whose workers have the course
            installed; without one, this machine does the work.

    Yields:
        A run, or the error with which it ended.
    """
    tasks = missing(entries, folder)
    results = (
        _with_joblib(tasks, workers)
        if scheduler is None
        else _with_dask(tasks, scheduler)
    )
    for result in results:
        if isinstance(result, Run):
            add_run(result, folder)
        yield result


def _attempt(task: Task) -> Run | RunError:
    """Run a task; what went wrong is a result too."""
    try:
        return run_in_own_process(task)
    except RunError as error:
        return error


def _with_joblib(tasks: list[Task], workers: int) -> Iterator[Run | RunError]:
    """Run tasks on this machine; the threads only wait for processes."""
    from joblib import Parallel, delayed

    pool = Parallel(workers, prefer="threads", return_as="generator_unordered")
    yield from pool(delayed(_attempt)(task) for task in tasks)


def _with_dask(tasks: list[Task], scheduler: str) -> Iterator[Run | RunError]:
    """Run tasks on a cluster; those of a lost worker are done again."""
    from distributed import Client, as_completed

    with Client(scheduler) as client:
        futures = client.map(_attempt, tasks, pure=False)
        for future in as_completed(futures):
            yield future.result()


def versions() -> dict[str, str]:
    """Return the versions that results depend on, by package name."""
    names = ("tensorflow", "keras", "numpy", "scikit-learn")
    return {"python": platform.python_version()} | {
        name: metadata.version(name) for name in names
    }
