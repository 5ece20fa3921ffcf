"""Labels from many processes: in order, each row once, whoever dies."""

import csv
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest

from reviews import workers
from reviews.labels import label_file

pytestmark = pytest.mark.slow
ROWS = 40_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Return a file in which every second review is a bad one."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "review"])
        for number in range(ROWS):
            word = "terrible waste" if number % 2 else "wonderful film, a joy"
            writer.writerow([number, f"A {word}."])
    return path


def check(target):
    with target.open(newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [int(row["id"]) for row in rows] == [*range(ROWS)]
    expected = ["positive", "negative"] * (ROWS // 2)
    assert [row["label"] for row in rows] == expected


def killed_after(blocks, kill):
    """Yield what comes, and kill a worker after some of it."""
    for number, answers in enumerate(blocks):
        if number == 5:
            kill()
        yield answers


def test_a_dead_process_loses_nothing(large, tmp_path):
    target = tmp_path / "out.csv"

    def kill():
        import psutil

        children = psutil.Process().children()
        spawned = [
            c for c in children if "spawn_main" in " ".join(c.cmdline())
        ]
        spawned[0].send_signal(signal.SIGKILL)

    with workers.on_this_machine("gru", 2) as spread:
        label_file(
            large, target, lambda blocks: killed_after(spread(blocks), kill)
        )
    check(target)


def half_an_answer(marker, texts):
    """Answer, but the first time send half of it and die."""
    if texts == ["die"] and not Path(marker).exists():
        Path(marker).touch()
        queues = (o for o in gc.get_objects() if isinstance(o, SimpleQueue))
        queue = next(queues)
        queue._wlock.acquire()
        os.write(queue._writer.fileno(), b"\x00\x00\x10\x00half")
        os.kill(os.getpid(), signal.SIGKILL)
    return len(texts)


def test_a_process_that_dies_while_it_answers_stops_nothing(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(workers, "label", half_an_answer)
    monkeypatch.setattr(workers, "LOOK", 0.5)
    with workers.on_this_machine(str(tmp_path / "died"), 2) as spread:
        answers = spread(iter([["a"], ["b"], ["die"], ["c", "d"]]))
        assert list(answers) == [1, 1, 1, 2]
    assert (tmp_path / "died").exists()


def test_a_lost_worker_of_a_cluster_loses_nothing(large, tmp_path):
    target, file = tmp_path / "out.csv", tmp_path / "scheduler.json"
    processes = []

    def start(module, *words):
        process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, words)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        processes.append(process)
        return process

    quiet, place = "--no-dashboard", f"--scheduler-file={file}"
    start("distributed.cli.dask_scheduler", "--port=0", quiet, place)
    try:
        wait_for(file)
        lost, _ = (
            start(
                "distributed.cli.dask_worker", "--nthreads=1", "--no-nanny",
                quiet, place, f"--local-directory={tmp_path}",
            )
            for _ in range(2)
        )  # fmt: skip
        address = json.loads(file.read_text())["address"]
        given = ("label", large, "--out", target, "--model", "gru")
        run = start("reviews", *given, "--scheduler", address)
        wait_for(tmp_path / "out.csv.part")
        lost.kill()
        assert run.wait(120) == 0
    finally:
        for process in processes:
            process.kill()
            process.wait()
    check(target)


def wait_for(path):
    """Wait until a file has something in it."""
    for _ in range(600):
        if path.exists() and path.stat().st_size:
            return
        time.sleep(0.05)
    raise AssertionError(f"{path.name} never came")


def test_what_is_asked_in_order_comes_in_order():
    def submit(block):
        future = workers.Future()
        threading.Timer(
            0.01 * (5 - block[0] % 5),
            lambda: future.set_result(block),
        ).start()
        return future

    blocks = ([n] for n in range(23))
    result = workers.Future.result
    came = workers.in_order(submit, result, workers.deque(), blocks, 5)
    assert [n for (n,) in came] == [*range(23)]


def test_no_cluster_is_a_sentence(large, tmp_path):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "reviews", "label", large, "--out"),
            *(tmp_path / "out.csv", "--scheduler", "tcp://127.0.0.1:1"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "127.0.0.1:1" in done.stderr and "Traceback" not in done.stderr
