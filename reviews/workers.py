"""Blocks of texts, labelled on all cores or on a cluster, in order."""

from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reviews.labels import Answer, Label, Spread

AHEAD = 4
"""Blocks for each worker that are read before they are written."""

LOOK = 5.0
"""Seconds between two looks whether the workers live."""

MOST_DEATHS = 3
"""Workers that may die, of hunger for memory say, before it is said."""


class Shipped:
    """A classifier that comes with the course, as a file wants it."""

    def __init__(self, model: str) -> None:
        """Load one of `utils.classify.MODELS`."""
        from utils import classify

        self._classifier = classify.load(model)

    def __call__(self, texts: Sequence[str]) -> list[Answer]:
        """Return label, probability of *positive*, and words known."""
        judged = self._classifier.judge(texts)
        return [
            Answer(
                ("positive" if p > 0.5 else "negative") if known else "",
                float(p),
                float(known),
            )
            for p, known in zip(*judged, strict=True)
        ]


@functools.cache
def labeller(model: str) -> Label:
    """Return what labels texts, loaded once in each process.

    Args:
        model: A name of `utils.classify.MODELS`, or the folder of a model
            that ``python -m reviews train`` has made.
    """
    from utils import classify

    if model in classify.MODELS:
        return Shipped(model)
    from reviews.own import OwnModel

    return OwnModel.load(model)


def identity(model: str) -> str:
    """Return what differs where a model does: its name, or its content."""
    facts = Path(model).expanduser() / "model.json"
    return facts.read_text(encoding="utf-8") if facts.is_file() else model


def label(model: str, texts: Sequence[str]) -> Sequence[Answer]:
    """Return what a model says of texts: the work of one worker."""
    return labeller(model)(texts)


def prepare_worker() -> None:
    """Leave Ctrl-C to the main process, and the other cores to others."""
    from threadpoolctl import threadpool_limits

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threadpool_limits(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the process is killed that started it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def on_this_machine(model: str, jobs: int | None = None) -> Iterator[Spread]:
    """Label on the cores of this machine.

    Args:
        model: As for `label`.
        jobs: Processes; None is one a core.
    """
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield lambda blocks: (label(model, block) for block in blocks)
        return
    yield lambda blocks: _restarted(model, blocks, jobs)


def _restarted(
    model: str, blocks: Iterable[list[str]], jobs: int
) -> Iterator[Sequence[Answer]]:
    """Yield answers in order; what a dead worker had is done again.

    Raises:
        MemoryError: Worker after worker has died.
    """
    waiting: deque[list[str]] = deque()
    more = iter(blocks)
    deaths = 0
    while True:
        # Spawned, not forked: BLAS does not survive a fork everywhere.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(jobs, context, prepare_worker)
        try:
            submit = functools.partial(pool.submit, label, model)
            result = functools.partial(_result, pool)
            yield from in_order(submit, result, waiting, more, AHEAD * jobs)
        except BrokenProcessPool:
            deaths += 1
            if deaths > MOST_DEATHS:
                raise MemoryError(
                    "worker after worker has died, of too little memory "
                    "perhaps: try --jobs 1"
                ) from None
            continue
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return


def _result(pool: Executor, future: Future[Any]) -> Any:
    """Return a result; a pool that a dead worker has stopped is broken.

    A worker that is killed while it sends an answer leaves half of it in
    the pipe, and the pool would wait for the other half for ever.
    """
    processes = getattr(pool, "_processes", None) or {}
    while True:
        try:
            return future.result(timeout=LOOK if processes else None)
        except TimeoutError:
            if future.done() or all(p.is_alive() for p in processes.values()):
                continue
        for process in processes.values():
            process.kill()
        # Without a writer the pool reads the end of the pipe.
        pool._result_queue._writer.close()  # type: ignore[attr-defined]
        return future.result()


@contextmanager
def on_a_cluster(model: str, scheduler: str) -> Iterator[Spread]:
    """Label on a Dask cluster, which does the part of a lost worker again.

    Args:
        model: As for `label`; the workers have the course installed.
        scheduler: Its address, such as ``tcp://10.0.0.1:8786``.
    """
    from distributed import Client, Future

    with Client(scheduler, timeout="10s") as client:
        # Not `client.get_executor`: its futures fail with a ValueError when
        # the worker that holds a result is lost while the result is fetched.
        submit = functools.partial(
            client.submit, label, model, pure=False, retries=MOST_DEATHS
        )
        ahead = AHEAD * max(len(client.scheduler_info()["workers"]), 1)
        yield lambda blocks: in_order(
            submit, Future.result, deque(), iter(blocks), ahead
        )


def in_order(
    submit: Callable[[list[str]], Any],
    result: Callable[[Any], Sequence[Answer]],
    waiting: deque[list[str]],
    more: Iterator[list[str]],
    ahead: int,
) -> Iterator[Sequence[Answer]]:
    """Yield the answers to blocks in order, with some always under way.

    Args:
        submit: Starts the work on a block and returns its future.
        result: Waits for a future and returns the answers.
        waiting: Blocks that have been read and not answered; they come
            first, and it holds such blocks whenever this ends.
        more: The blocks after those.
        ahead: How many are under way.
    """
    under_way = deque(submit(block) for block in waiting)
    while True:
        while len(under_way) < ahead and (block := next(more, None)):
            waiting.append(block)
            under_way.append(submit(block))
        if not under_way:
            return
        answers = result(under_way[0])
        under_way.popleft()
        waiting.popleft()
        yield answers
