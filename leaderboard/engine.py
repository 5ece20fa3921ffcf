"""Runs, each in a process of its own, here or on a cluster.

Who runs what and when is left to joblib, or to Dask where a scheduler is
given. A run is on file, with its answers, as soon as it has ended, so an
interrupted command started again does only what is missing.
"""

from __future__ import annotations

import base64
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

from leaderboard import answers, splits
from leaderboard.ensemble import answers_of
from leaderboard.plan import RATE, Job, missing
from leaderboard.protocol import Chosen, Entry
from leaderboard.results import FOLDER, Run, add_run
from utils.classify.protocol import correct

ROOT = Path(__file__).resolve().parents[1]


class RunError(RuntimeError):
    """A run ended without a result; the message is its last line."""


@dataclass(frozen=True)
class Result:
    """What a job leaves.

    Attributes:
        job: Which one.
        run: What is counted.
        content: Its answers, as `answers.packed` returns them.
    """

    job: Job
    run: Run
    content: bytes


def run(entry: Entry, job: Job) -> Result:
    """Train an entry in this process and measure it.

    A trial does not look at the test reviews' labels.
    """
    data = splits.reviews(job.split)
    made = answers_of(entry, data, job.seed, job.chosen)
    said = made.value
    installed = " ".join(f"{k} {v}" for k, v in versions().items())
    right = {
        "validation_correct": correct(said.validation, data.y_validation)
        if len(data.y_validation)
        else None,
        "test_correct": correct(said.test, data.y_test)
        if len(data.y_test) and job.kind != RATE
        else None,
    }
    counted = Run(
        name=entry.name,
        seed=job.seed,
        **right,
        seconds=round(made.seconds, 1),
        peak_memory_mb=round(made.peak_memory_mb),
        parameters=said.parameters,
        versions=installed,
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        setting=job.chosen.setting,
        epochs=said.epochs,
    )
    stored = answers.Stored(
        answers.to_bytes(said.validation),
        answers.to_bytes(said.test),
        {name: round(cost, 1) for name, cost in made.costs.items()},
    )
    return Result(job, counted, answers.packed(stored))


def run_in_own_process(job: Job) -> Result:
    """Run one job in a fresh process, so that memory is its own.

    Raises:
        RunError: It ended without a result.
    """
    done = subprocess.run(
        [sys.executable, "-m", "leaderboard", "one", job_as_line(job)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (done.stdout if not done.returncode else done.stderr).strip()
    last = (lines.splitlines() or ["no message"])[-1]
    if done.returncode:
        raise RunError(f"{job}: {last}")
    said = json.loads(last)
    content = base64.b64decode(said["content"])
    return Result(job, Run(**said["run"]), content)


def as_line(result: Result) -> str:
    """Return a result as the line that `run_in_own_process` reads."""
    content = base64.b64encode(result.content).decode("ascii")
    return json.dumps({"run": asdict(result.run), "content": content})


def job_as_line(job: Job) -> str:
    """Return a job as a line that `job_from_line` reads."""
    return json.dumps(job._replace(chosen=asdict(job.chosen)))


def job_from_line(line: str) -> Job:
    """Return the job in a line."""
    kind, name, seed, chosen = json.loads(line)
    return Job(kind, name, seed, Chosen(**chosen))


def run_missing(
    entries: Iterable[Entry],
    *,
    wanted: Iterable[str] = ("random", "neighbours"),
    folder: Path = FOLDER,
    workers: int = 1,
    scheduler: str | None = None,
) -> Iterator[Result | RunError]:
    """Run what is missing; every result is on file when it is yielded.

    Args:
        entries: What to run, with all the seeds of each.
        wanted: The splits to run on.
        folder: Of the results.
        workers: Runs at a time on this machine. Runs side by side share
            the cores, so their seconds grow.
        scheduler: Address of a Dask scheduler, such as
            ``tcp://10.0.0.1:8786``, whose workers have the course
            installed; without one, this machine does the work.

    Yields:
        A result, or the error with which a job ended.
    """
    entries, wanted, tried = tuple(entries), tuple(wanted), set()
    while True:
        # What was chosen by these is known to those of the next round.
        jobs = [
            job
            for job in missing(entries, folder, wanted)
            if job.chosen is not None and job not in tried
        ]
        if not jobs:
            return
        tried |= {*jobs}
        results = (
            _with_joblib(jobs, workers)
            if scheduler is None
            else _with_dask(jobs, scheduler)
        )
        for result in results:
            if isinstance(result, Result):
                _store(result, folder)
            yield result


def _store(result: Result, folder: Path) -> None:
    """Put a run and its answers on file; those of a trial are not kept."""
    one, kind = replace(result.run, commit=commit()), result.job.kind
    add_run(one, folder, kind, None if kind == RATE else result.content)


@cache
def commit() -> str:
    """Return the commit that is run, with a plus if files have changed."""
    said = []
    for words in (
        ("rev-parse", "--short=8", "HEAD"),
        ("status", "--porcelain", "leaderboard/*.py", "utils/*.py"),
    ):
        try:
            done = subprocess.run(
                ["git", *words],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
        except (OSError, subprocess.CalledProcessError):
            return ""  # a copy without its history
        said.append(done.stdout.strip())
    return said[0] + ("+" if said[1] else "")


def _attempt(job: Job) -> Result | RunError:
    """Run a job; what went wrong is a result too."""
    try:
        return run_in_own_process(job)
    except RunError as error:
        return error


def _with_joblib(jobs: list[Job], workers: int) -> Iterator[Result | RunError]:
    """Run jobs on this machine; the threads only wait for processes."""
    from joblib import Parallel, delayed

    pool = Parallel(workers, prefer="threads", return_as="generator_unordered")
    yield from pool(delayed(_attempt)(job) for job in jobs)


def _with_dask(jobs: list[Job], scheduler: str) -> Iterator[Result | RunError]:
    """Run jobs on a cluster; those of a lost worker are done again."""
    from distributed import Client, as_completed

    with Client(scheduler) as client:
        futures = client.map(_attempt, jobs, pure=False)
        for future in as_completed(futures):
            yield future.result()


def versions() -> dict[str, str]:
    """Return the versions that results depend on, by package name."""
    names = ("tensorflow", "keras", "numpy", "scikit-learn")
    return {"python": platform.python_version()} | {
        name: metadata.version(name) for name in names
    }
