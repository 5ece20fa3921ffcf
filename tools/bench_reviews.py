"""`make bench`, its part on files of reviews: rows a second, and memory.

What is measured is the command a shop uses, from the start of its process to
the end, on real reviews (about 230 words each). Beside it, for one release,
stands the reader that the best classifier had before.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil

if TYPE_CHECKING:
    from utils.classify.bigru import BiGRUClassifier

ROWS = {"simple_rnn": 5_000, "lstm": 5_000, "gru": 25_000, "bigru": 10_000}
"""Model -> rows that it labels here."""

JOBS = (1, 2)
LABELLED_ROWS = 4_000
"""Rows that the baseline learns from; its speed hardly depends on them."""

A_MILLION = 1_000_000
SIDE_BY_SIDE = 512
EVERY = 0.1
"""Seconds between two looks at the memory."""


def measurements(*, full: bool) -> dict[str, Callable[[], dict[str, float]]]:
    """Return name -> what to run, in the order of the table.

    Args:
        full: With a file of a million rows, which takes minutes.
    """
    table: dict[str, Callable[[], dict[str, float]]] = {}
    for model, rows in ROWS.items():
        for jobs in JOBS:
            table[f"reviews by {model}, {jobs} core{'s'[: jobs - 1]}"] = (
                lambda model=model, rows=rows, jobs=jobs: measure_file(
                    model, rows, jobs
                )
            )
    table["reviews by bigru as it was before"] = measure_reader_before
    table["reviews by TF-IDF, 1 core"] = measure_baseline
    if full:
        table["reviews by gru, a million rows"] = lambda: measure_file(
            "gru", A_MILLION, 2
        )
        table["reviews by bigru, a million rows"] = lambda: measure_file(
            "bigru", A_MILLION, 2
        )
    return table


def write_reviews(target: Path, rows: int, *, labels: bool = False) -> None:
    """Write real reviews as a table, again from the first if need be."""
    from utils import imdb

    texts = imdb.texts("train")
    (_, y), _ = imdb.load_data()
    # A step that shares no factor with 25,000 visits each review once.
    step = 7_919
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["number", "review", *["label"] * labels])
        for number in range(rows):
            place = number * step % len(texts)
            label = ["positive" if y[place] else "negative"] * labels
            writer.writerow([number, texts[place], *label])


def measure_file(model: str, rows: int, jobs: int) -> dict[str, float]:
    """Label a file of reviews from the command line."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reviews.csv"
        write_reviews(source, rows)
        seconds, peak = _run(
            ["label", str(source), "--out", str(Path(folder) / "labelled.csv"),
             "--model", model, "--jobs", str(jobs)]
        )  # fmt: skip
    return _figures(seconds, peak, rows)


def measure_baseline() -> dict[str, float]:
    """Label a file with TF-IDF and logistic regression."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reviews(folder / "learn.csv", LABELLED_ROWS, labels=True)
        _run(["train", str(folder / "learn.csv"), "--column", "review",
              "--label", "label", "--out", str(folder / "model")])  # fmt: skip
        kind = (folder / "model" / "model.json").read_text(encoding="utf-8")
        if '"linear"' not in kind:
            raise RuntimeError("the baseline was not the better one here")
        rows = ROWS["gru"]
        write_reviews(folder / "reviews.csv", rows)
        seconds, peak = _run(
            ["label", str(folder / "reviews.csv"), "--jobs", "1", "--model",
             str(folder / "model"), "--out", str(folder / "labelled.csv")]
        )  # fmt: skip
    return _figures(seconds, peak, rows)


def measure_reader_before() -> dict[str, float]:
    """Let the best classifier read padded pieces with the readable cells."""
    from utils import imdb
    from utils.classify.bigru import BiGRUClassifier
    from utils.classify.text import words_of

    reader = BiGRUClassifier()
    rows = 2_000
    texts = imdb.texts("train")[:rows]
    began = time.perf_counter()
    ids = [reader.ids(words_of(text)[-400:]) for text in texts]
    ids.sort(key=len)
    for start in range(0, rows, SIDE_BY_SIDE):
        answers_before(reader, ids[start : start + SIDE_BY_SIDE])
    seconds = time.perf_counter() - began
    peak = psutil.Process().memory_info().rss / 1e6
    return _figures(seconds, peak, rows)


def answers_before(
    reader: BiGRUClassifier, texts: Sequence[list[int]]
) -> np.ndarray:
    """Return the best classifier's answers as it computed them before.

    Args:
        reader: With its weights.
        texts: Ids, at least one a text.

    Returns:
        The probability that each text is positive, (texts,).
    """
    inputs = reader._inputs(texts)
    piece, width = reader._piece, inputs[0].shape[1]
    lengths = np.array([len(text) for text in texts])
    steps = -(-int(lengths.max()) // piece) * piece
    x = np.zeros((len(texts), steps, width), np.float32)
    for row, numbers in zip(x, inputs, strict=True):
        row[: len(numbers)] = numbers
    mask = np.arange(steps) < lengths[:, None]
    states = reader._states(
        x.reshape(-1, piece, width), mask.reshape(-1, piece)
    ).reshape(len(texts), steps, -1)
    largest = np.where(mask[..., None], states, -np.inf).max(axis=1)
    mean = states.sum(axis=1) / lengths[:, None]
    evidence = x[..., reader._vectors.shape[1] :].sum(axis=1)
    return reader._probability(mean, largest, evidence)


def _run(arguments: Sequence[str]) -> tuple[float, float]:
    """Run ``python -m reviews``; return seconds and its peak memory, MB.

    Memory is that of all its processes together; what they share counts
    once (on Linux; elsewhere for each).

    Raises:
        RuntimeError: It failed.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "reviews", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(EVERY)
    seconds = time.perf_counter() - began
    if process.returncode:
        said = process.stderr.read() if process.stderr else ""
        raise RuntimeError((said.strip().splitlines() or ["it failed"])[-1])
    return seconds, peak


def _memory(number: int) -> float:
    """Return the MB of a process and those it has started."""
    total = 0
    try:
        parent = psutil.Process(number)
        for process in (parent, *parent.children(recursive=True)):
            used = process.memory_full_info()
            total += getattr(used, "pss", used.uss)
    except psutil.Error:
        pass  # it has just ended
    return total / 1e6


def _figures(seconds: float, peak: float, rows: int) -> dict[str, float]:
    """Return what each measurement reports."""
    return {
        "seconds": seconds,
        "peak_memory_mb": peak,
        "rows_a_second": rows / seconds,
    }
