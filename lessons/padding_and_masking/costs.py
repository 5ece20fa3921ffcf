"""What wide rows and masks cost: seconds per epoch, as lesson 10 shows them.

``python -m lessons.padding_and_masking.costs`` trains the lesson's network
on rows of several widths and writes ``costs.csv`` beside this file, some
three minutes; rows that are in the file are kept. The seconds are processor
time of one thread: other programs on the machine do not count, and another
machine needs other seconds.
"""

from __future__ import annotations

import csv
import os
import time
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

RESULTS = Path(__file__).with_name("costs.csv")

COLUMNS = ("rows", "mask", "seed", "steps", "seconds", "accuracy")

SEEDS, EPOCHS, BATCH_SIZE = range(2), 6, 250

SIMILAR = "similar lengths"
"""Batches of reviews of similar length, each padded to its longest."""

KINDS = (
    ("150", False),
    *((width, True) for width in ("150", "300", "100", SIMILAR)),
)
"""Width of all rows, or the batches' own, and whether there is a mask."""

Batch = tuple[np.ndarray, np.ndarray]


def batches(
    rows: str, ids: Any, labels: np.ndarray, rng: np.random.Generator
) -> list[Batch]:
    """Return the padded batches of an epoch, in random order.

    Args:
        rows: A width in steps, or ``SIMILAR``.
        ids: Reviews as lists of ids.
        labels: One label per review.
        rng: Draws the order.
    """
    from keras.utils import pad_sequences

    order = rng.permutation(len(ids))
    if rows == SIMILAR:
        lengths = np.array([len(ids[place]) for place in order])
        order = order[np.argsort(lengths, kind="stable")]
    parts = np.split(order, range(BATCH_SIZE, len(order), BATCH_SIZE))
    width = None if rows == SIMILAR else int(rows)
    return [
        (pad_sequences(ids[p], maxlen=width, padding="post"), labels[p])
        for p in (parts[place] for place in rng.permutation(len(parts)))
    ]


def measure(rows: str, mask: bool, seed: int) -> dict[str, Any]:
    """Train one network; return steps and seconds per epoch, and accuracy."""
    from keras.utils import pad_sequences

    from lessons.padding_and_masking import experiments
    from utils import runtime

    train, held, y_train, y_held = experiments.split(seed)
    runtime.set_seed(seed)
    model = experiments.network(experiments.Run(mask=mask, width=None))
    rng = np.random.default_rng(seed)
    seconds = []
    for _ in range(EPOCHS):
        epoch = batches(rows, train, y_train, rng)
        started = time.process_time()
        for x, y in epoch:
            model.train_on_batch(x, y)
        seconds.append(time.process_time() - started)
    wide = None if rows == SIMILAR else int(rows)
    x_held = pad_sequences(held, maxlen=wide, padding="post")
    return {
        "steps": sum(x.size for x, _ in epoch),
        "seconds": round(float(np.median(seconds[1:])), 2),
        "accuracy": experiments.share_right(model, x_held, y_held),
    }


def main() -> None:
    """Measure all kinds of rows with all seeds."""
    for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
        os.environ[name] = "1"
    from utils import runtime

    runtime.start(42)
    done = []
    if RESULTS.exists():
        with RESULTS.open(newline="", encoding="utf-8") as file:
            found = csv.DictReader(file)
            done = [tuple(row[name] for name in COLUMNS[:3]) for row in found]
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if not done:
            writer.writeheader()
        for seed, (rows, mask) in product(SEEDS, KINDS):
            if (rows, str(mask), str(seed)) in done:
                continue
            row = {"rows": rows, "mask": mask, "seed": seed}
            writer.writerow(row | measure(rows, mask, seed))
            file.flush()


if __name__ == "__main__":
    main()
