"""`make bench`: what the course's ways of doing things save, measured.

Every measurement runs in a process of its own, one after another, so that
neither time nor memory of one leaks into the next. By default training is
measured on a fifth of the reviews, because the notes' recipe as written
needs about 23 GB on all of them; ``--full`` takes all where memory allows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools import bench_reviews
from utils.runtime import peak_memory_mb

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT.parent / "shared" / "imdb" / "imdb.npz"
"""The Keras arrays, for comparing loaders; absent in a fresh clone."""

FULL_NEEDS_GB = 23.0
"""Memory that the notes' recipe takes on all the reviews."""

CELLS = ("SimpleRNN", "LSTM", "GRU")
EPOCHS = 8
"""The first epoch compiles; the median of the others is reported."""

REDRAWS = 20
"""How often a widget is drawn; the median is reported."""


def _reviews(fraction: float) -> tuple[Any, Any, Any, Any]:
    """Return padded ids and labels, ``fraction`` of each part."""
    import keras
    import numpy as np
    from sklearn.model_selection import train_test_split

    from utils import imdb

    (x, y), _ = imdb.load_data(num_words=500)
    numbers = np.arange(len(x))
    parts = train_test_split(numbers, test_size=0.2, random_state=42)
    rows = keras.utils.pad_sequences(x, maxlen=100)
    train, val = (part[: int(len(part) * fraction)] for part in parts)
    return rows[train], y[train], rows[val], y[val]


def measure_notes(fraction: float) -> dict[str, float]:
    """Train the recipe as the notes write it: one-hot up front."""
    from utils.runtime import quiet_stderr

    with quiet_stderr():
        import keras
        import numpy as np

        x_train, y_train, x_val, y_val = _reviews(fraction)
        before = peak_memory_mb()
        train_one_hot = keras.utils.to_categorical(x_train)
        val_one_hot = keras.utils.to_categorical(x_val)
        model = keras.Sequential(
            [
                keras.Input((100, 500)),
                keras.layers.SimpleRNN(8),
                keras.layers.Dense(1, activation="sigmoid"),
            ]
        )
        model.compile(
            keras.optimizers.RMSprop(1e-4),
            "binary_crossentropy",
            metrics=["accuracy"],
        )
        ends: list[float] = []
        clock = keras.callbacks.LambdaCallback(
            on_epoch_end=lambda *_: ends.append(time.perf_counter())
        )
        model.fit(
            train_one_hot,
            y_train,
            epochs=EPOCHS,
            batch_size=64,
            validation_data=(val_one_hot, y_val),
            callbacks=[clock],
            verbose=0,
        )
    return _figures(float(np.median(np.diff(ends))), before)


def measure_ours(fraction: float) -> dict[str, float]:
    """Train the same model as a look-up, compiled by XLA."""
    return measure_cell("SimpleRNN", fraction, jit_compile=True)


def measure_cell(
    name: str, fraction: float, *, jit_compile: bool
) -> dict[str, float]:
    """Train one cell with 8 units on 500 one-hot words, as look-ups."""
    from utils import runtime, training
    from utils.classify.lookup import lookup_layers

    runtime.start(seed=42)
    import keras

    x_train, y_train, x_val, y_val = _reviews(fraction)
    before = peak_memory_mb()
    model = keras.Sequential(
        [
            keras.Input((100,), dtype="int32"),
            *lookup_layers(getattr(keras.layers, name)(8), 500),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        keras.optimizers.RMSprop(1e-4),
        "binary_crossentropy",
        metrics=["accuracy"],
    )
    history = training.fit(
        model,
        x_train,
        y_train,
        epochs=EPOCHS,
        batch_size=64,
        validation_data=(x_val, y_val),
        quiet=True,
        jit_compile=jit_compile,
    )
    first = history.seconds - (EPOCHS - 1) * history.seconds_per_epoch
    return _figures(history.seconds_per_epoch, before) | {
        "first_epoch_with_compiling": first
    }


def _figures(seconds: float, before: float) -> dict[str, float]:
    """Return what every training reports."""
    peak = peak_memory_mb()
    return {
        "seconds_per_epoch": seconds,
        "peak_memory_mb": peak,
        "memory_for_training_mb": peak - before,
    }


def measure_load(*, warm: bool) -> dict[str, float]:
    """Load all training reviews, from a warm cache or from nothing."""
    from utils import imdb

    with tempfile.TemporaryDirectory() as empty:
        folder = None if warm else empty
        source = "auto" if warm else "package"
        began = time.perf_counter()
        imdb.load_data(cache_dir=folder, source=source)
        seconds = time.perf_counter() - began
    return {"seconds": seconds, "peak_memory_mb": peak_memory_mb()}


def measure_keras_load() -> dict[str, float]:
    """Load the reference file with the code of Keras's own loader."""
    from unittest import mock

    from utils.runtime import quiet_stderr

    with quiet_stderr():
        from keras.src.datasets import imdb as keras_imdb

    before = peak_memory_mb()
    began = time.perf_counter()
    with mock.patch.object(
        keras_imdb, "get_file", lambda *_, **__: str(REFERENCE)
    ):
        keras_imdb.load_data()
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "peak_memory_mb": peak_memory_mb(),
        "memory_for_loading_mb": peak_memory_mb() - before,
    }


def widget_names() -> list[str]:
    """Return the modules of the widgets: those with a view and a panel."""
    files = sorted((ROOT / "utils" / "widgets").glob("*.py"))
    files += sorted((ROOT / "lessons").glob("*/widget.py"))
    with_view = [f for f in files if "\ndef view(" in f.read_text("utf-8")]
    return [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in with_view
    ]


def measure_widget(name: str) -> dict[str, float]:
    """Draw a widget's first state again and again, as a control would."""
    import importlib

    import numpy as np

    from utils import theme
    from utils.widgets.controls import DPI

    widget = importlib.import_module(name)
    seconds = []
    for _ in range(REDRAWS):
        began = time.perf_counter()
        theme.png(widget.view().figure, dpi=DPI)
        seconds.append(time.perf_counter() - began)
    return {
        "seconds": float(np.median(seconds)),
        "peak_memory_mb": peak_memory_mb(),
    }


def measurements(
    fraction: float, part: str = "all"
) -> dict[str, Callable[[], dict]]:
    """Return name -> what to run, in the order of the table.

    Args:
        fraction: Of the reviews that trainings see; 1 takes the long
            measurements in as well.
        part: "all", "lessons" or "reviews".
    """
    reviews = bench_reviews.measurements(full=fraction == 1)
    if part == "reviews":
        return reviews
    lessons = lesson_measurements(fraction)
    return lessons if part == "lessons" else lessons | reviews


def lesson_measurements(fraction: float) -> dict[str, Callable[[], dict]]:
    """Return what is measured of the lessons: name -> what to run."""
    table: dict[str, Callable[[], dict]] = {
        "recipe as the notes write it": lambda: measure_notes(fraction),
        "recipe as a look-up, with XLA": lambda: measure_ours(fraction),
    }
    for cell in CELLS:
        for jit in (False, True):
            label = f"{cell}(8) {'with' if jit else 'without'} XLA"
            table[label] = lambda cell=cell, jit=jit: measure_cell(
                cell, fraction, jit_compile=jit
            )
    table["load_data, warm"] = lambda: measure_load(warm=True)
    table["load_data, cold"] = lambda: measure_load(warm=False)
    for widget in widget_names():
        short = widget.removesuffix(".widget").rpartition(".")[2]
        table[f"widget {short}, a redraw"] = lambda widget=widget: (
            measure_widget(widget)
        )
    if REFERENCE.exists():
        table["Keras's load_data"] = measure_keras_load
    return table


def _in_own_process(name: str, fraction: float) -> dict[str, float]:
    """Run one measurement in a fresh process and return its figures."""
    command = [sys.executable, "-m", "tools", "bench", "--only", name]
    done = subprocess.run(
        [*command, "--fraction", str(fraction)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return {"failed": last}  # type: ignore[dict-item]
    return json.loads(done.stdout.splitlines()[-1])


def _row(name: str, figures: dict[str, Any]) -> str:
    """Return one line of the table."""
    if "failed" in figures:
        return f"{name:<32} failed: {figures['failed']}"
    seconds = figures.get("seconds_per_epoch", figures.get("seconds"))
    columns = ("peak_memory_mb", "memory_for_training_mb", "rows_a_second")
    cells = [
        f"{figures[key]:>12,.0f}" if key in figures else " " * 12
        for key in columns
    ]
    return f"{name:<34}{seconds:>8.2f}{''.join(cells)}".rstrip()


def _ratios(results: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return how many times less ours takes than the notes' recipe."""
    if "recipe as the notes write it" not in results:
        return {}
    notes, ours = list(results.values())[:2]
    if "failed" in notes or "failed" in ours:
        return {}
    return {key: notes[key] / ours[key] for key in notes}


def _enough_memory() -> bool:
    """Say whether the whole recipe fits; print a sentence if it does not."""
    import psutil

    free = psutil.virtual_memory().available / 1e9
    if free >= FULL_NEEDS_GB:
        return True
    print(
        f"The notes' recipe on all reviews needs about {FULL_NEEDS_GB:.0f} "
        f"GB of memory and {free:.1f} GB are free here, so it is not run. "
        "`make bench` without FULL=1 measures it on a fifth."
    )
    return False


def main(arguments: list[str] | None = None) -> int:
    """Measure everything, print the table, write ``build/bench.json``."""
    parser = argparse.ArgumentParser(prog="python -m tools bench")
    parser.add_argument("--full", action="store_true", help="all reviews")
    parser.add_argument("--fraction", type=float, default=0.2)
    parser.add_argument(
        "--part", choices=("all", "lessons", "reviews"), default="all"
    )
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.only:
        figures = measurements(options.fraction)[options.only]()
        print(json.dumps(figures))
        return 0
    if options.full and options.part != "reviews" and not _enough_memory():
        return 1
    fraction = 1.0 if options.full else options.fraction
    part = "all" if fraction == 1 else f"{fraction:.0%} of"
    print(f"Training on {part} the reviews; batches of 64, 100 tokens.")
    print(
        f"{'':<34}{'seconds':>8}{'peak MB':>12}{'for it MB':>12}"
        f"{'rows/second':>12}"
    )
    results: dict[str, dict[str, Any]] = {}
    _in_own_process("load_data, warm", fraction)  # fills the cache
    for name in measurements(fraction, options.part):
        results[name] = _in_own_process(name, fraction)
        print(_row(name, results[name]), flush=True)
    ratios = _ratios(results)
    for key, ratio in ratios.items():
        print(f"{key.replace('_', ' ')}: the notes' takes {ratio:.1f} x ours")
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    record = {"fraction": fraction, "results": results, "ratios": ratios}
    target.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return int(any("failed" in figures for figures in results.values()))


if __name__ == "__main__":
    sys.exit(main())
