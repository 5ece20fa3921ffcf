"""Execute the lessons, publish them under build/, say what they cost."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import joblib
import nbformat
import psutil

from tools.notebooks.course_map import seconds_before
from tools.notebooks.execute import Execution, LessonError, execute
from tools.notebooks.lessons import ROOT, solution_of
from tools.notebooks.page import write_page
from tools.notebooks.progress import Running, display
from tools.notebooks.report import (
    RESULTS_VARIABLE,
    Row,
    budget,
    read_results,
    table,
    write_json,
)
from tools.notebooks.stored_form import normalise, save

BUILD = ROOT / "build"
FIGURES = ROOT / "figures"

LESSON_BYTES = 2_500_000_000
"""Memory that must be there for each lesson that runs at a time."""

REDRAW_EVERY = 0.2
"""Seconds between two looks at how far the lessons are."""

Outcome = tuple[Execution, dict] | str
"""A lesson that ran and what it recorded, or the sentence why it did not."""


class Kernels:
    """The processes of the kernels that run, to be ended all at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: list[psutil.Process] = []
        self._closed = False

    def add(self, pid: int) -> None:
        """Take a kernel in; after ``end`` it is ended at once."""
        with self._lock, contextlib.suppress(psutil.NoSuchProcess):
            self._processes.append(psutil.Process(pid))
        if self._closed:
            self.end()

    def end(self) -> None:
        """End every kernel and its children, and those still to come."""
        with self._lock:
            self._closed = True
            # psutil sends no signal to a process that has got the number
            # of one that is gone.
            for kernel in self._processes:
                with contextlib.suppress(psutil.NoSuchProcess):
                    for process in kernel.children(recursive=True):
                        with contextlib.suppress(psutil.NoSuchProcess):
                            process.kill()
                    kernel.kill()


def run(paths: list[Path]) -> list[Row]:
    """Execute notebooks; leave copies, pages and figures under ``build/``.

    They run side by side, the longest first. A lesson that fails is
    reported, and the others still run. Ctrl-C ends the run; what was
    measured until then is still written down.

    Args:
        paths: The lessons' files.

    Returns:
        One row a lesson, in the order of ``paths``.
    """
    for folder in ("notebooks", "html"):
        (BUILD / folder).mkdir(parents=True, exist_ok=True)
    # The copies refer to pictures as the originals do: ../figures/….
    if FIGURES.exists():
        shutil.copytree(FIGURES, BUILD / "figures", dirs_exist_ok=True)
    slots = side_by_side(len(paths))
    rows: dict[Path, Row] = {}
    started = time.perf_counter()
    try:
        for path, row in _rows(longest_first(paths), slots):
            rows[path] = row
    finally:
        in_order = [rows[path] for path in paths if path in rows]
        seconds = time.perf_counter() - started
        write_json(in_order, BUILD / "run.json", slots, seconds)
        print(f"\n{table(in_order, slots, seconds)}", flush=True)
    return in_order


def side_by_side(lessons: int) -> int:
    """Return how many of the lessons to run at a time, at least one.

    One a core, where each has the memory it may need.
    """
    memory = min(psutil.virtual_memory().available, _container_memory())
    fitting = int(memory // LESSON_BYTES)
    return max(1, min(lessons, joblib.cpu_count(), fitting))


def _container_memory(folder: Path = Path("/sys/fs/cgroup")) -> float:
    """Return the bytes a container still allows, infinite without limit."""
    try:
        limit, used = (
            int((folder / f"memory.{name}").read_text(encoding="ascii"))
            for name in ("max", "current")
        )
    except (OSError, ValueError):  # no container, or the word "max"
        return float("inf")
    return limit - used


def longest_first(paths: list[Path]) -> dict[Path, float]:
    """Return the seconds to expect of each lesson, most first.

    A lesson that was never measured is expected to use its whole budget.
    """
    before = seconds_before()
    seconds = {p: before.get(p.stem, budget(p.stem)) for p in paths}
    return dict(sorted(seconds.items(), key=lambda item: -item[1]))


def _rows(
    expected: Mapping[Path, float], slots: int
) -> Iterator[tuple[Path, Row]]:
    """Run the lessons in threads; yield each with its row when it ends."""
    lessons = {p: Running(p.stem, seconds) for p, seconds in expected.items()}
    shown = display([*lessons.values()], slots)
    kernels = Kernels()
    pool = ThreadPoolExecutor(slots)
    try:
        waiting = {
            pool.submit(_execute, path, running, kernels): path
            for path, running in lessons.items()
        }
        while waiting:
            # Without a limit Windows would not see Ctrl-C meanwhile.
            ended, _ = wait(waiting, REDRAW_EVERY, FIRST_COMPLETED)
            shown.refresh()
            for future in ended:
                path = waiting.pop(future)
                row = _publish(path, future.result())
                shown.done(row)
                yield path, row
    finally:
        # Where all went well, no kernel is left.
        kernels.end()
        pool.shutdown(cancel_futures=True)
        shown.close()


def _execute(path: Path, running: Running, kernels: Kernels) -> Outcome:
    """Execute one notebook, in a thread of the pool."""
    running.begin()
    with tempfile.TemporaryDirectory() as folder:
        recorded = Path(folder, "results.jsonl")
        try:
            execution = execute(
                path,
                on_kernel=kernels.add,
                on_cell=running.on_cell,
                on_line=running.on_line,
                environment={RESULTS_VARIABLE: str(recorded)},
            )
            return execution, read_results(recorded)
        except (LessonError, ValueError) as error:
            return str(error)
        finally:
            running.ended = True


def _publish(path: Path, outcome: Outcome) -> Row:
    """Write the copy and the pages of one lesson; return its row."""
    copy = BUILD / "notebooks" / path.name
    page = BUILD / "html" / f"{path.stem}.html"
    if isinstance(outcome, str):
        for stale in (copy, page):
            stale.unlink(missing_ok=True)
        return Row(path.stem, error=outcome)
    execution, results = outcome
    save(execution.notebook, copy)
    write_page(normalise(execution.notebook), path, page)
    _publish_solutions(path)
    return Row(
        path.stem,
        seconds=round(execution.seconds, 1),
        peak_megabytes=round(execution.peak_megabytes),
        results=results,
    )


def _publish_solutions(path: Path) -> None:
    """Write the page of a lesson's solutions, as they are stored."""
    stored = solution_of(path)
    if not stored.exists():
        return
    page = BUILD / "html" / "solutions" / f"{stored.stem}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    write_page(nbformat.read(stored, as_version=4), stored, page)
