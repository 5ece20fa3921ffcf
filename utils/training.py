"""Training in the lessons: compiled by XLA, one rounded line an epoch."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from utils.arguments import check_integer
from utils.runtime import quiet_stderr

RESULTS_VARIABLE = "RECURRENT_COURSE_RESULTS"
"""Environment variable: the file to which a lesson may append results.

Set in the kernel by ``python -m utils.notebooks run``, absent otherwise.
Each line is one JSON object, ``{"name": "SimpleRNN(8)", "value": 0.795}``.
"""

STEPS_AT_ONCE = 16
"""Steps that TensorFlow takes before it comes back to Python.

For the small layers of the course, coming back costs half as much as the
step itself. The weights after an epoch are the same.
"""


@dataclass(frozen=True)
class History:
    """What a training leaves behind.

    Attributes:
        curves: Metric name -> one value an epoch.
        best_epoch: The epoch whose weights the model now has, from 1.
        seconds: Wall-clock time of the whole training.
        seconds_per_epoch: Median over the epochs, so without compiling.
    """

    curves: dict[str, list[float]]
    best_epoch: int
    seconds: float = field(compare=False)
    seconds_per_epoch: float = field(compare=False)

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return len(self.curves["loss"])

    def best(self, metric: str = "val_accuracy") -> float:
        """Return a metric at the best epoch.

        Raises:
            ValueError: There is no such metric; the message lists them.
        """
        if metric not in self.curves:
            known = ", ".join(sorted(self.curves))
            raise ValueError(f"metric takes one of {known}, got {metric!r}")
        return self.curves[metric][self.best_epoch - 1]


def fit(
    model: Any,
    x: Any,
    y: Any,
    *,
    epochs: int,
    batch_size: int = 64,
    validation_data: tuple[Any, Any] | None = None,
    patience: int | None = None,
    live: bool = False,
    quiet: bool = False,
    jit_compile: bool = True,
) -> History:
    """Train a compiled Keras model and return its history.

    The step is compiled by XLA, which Keras leaves off on a machine
    without a GPU. XLA compiles once for every shape it meets, so the
    validation runs in batches of one size.

    Args:
        model: A compiled ``keras.Model``.
        x: Inputs, samples first.
        y: Targets, samples first.
        epochs: Passes over the data, at most.
        batch_size: Samples a step.
        validation_data: ``(x, y)`` to measure after every epoch.
        patience: Epochs without a smaller ``val_loss`` before stopping;
            the weights of the best epoch are then restored. ``None`` runs
            all epochs and keeps the last weights.
        live: Draw a growing curve instead of printing lines.
        quiet: Print nothing.
        jit_compile: Compile the step with XLA.

    Raises:
        ValueError: The model is not compiled, a number is out of range, or
            ``patience`` is given without ``validation_data``.
    """
    epochs = check_integer("epochs", epochs, minimum=1)
    batch_size = check_integer("batch_size", batch_size, minimum=1)
    if getattr(model, "optimizer", None) is None:
        raise ValueError(
            "model takes a compiled model, got one without an optimizer: "
            "call model.compile(...) first"
        )
    if patience is not None and validation_data is None:
        raise ValueError("patience takes effect on validation_data: got none")
    model.jit_compile = jit_compile
    model.steps_per_execution = STEPS_AT_ONCE
    reporter = _reporter(epochs, live=live, quiet=quiet)
    callbacks, stopping = [reporter], None
    if patience is not None:
        stopping = _early_stopping(patience)
        callbacks.append(stopping)
    size = None
    if validation_data is not None:
        size = _even_batch_size(len(validation_data[1]))
    started = time.perf_counter()
    with quiet_stderr():
        curves = model.fit(
            x,
            y,
            epochs=epochs,
            batch_size=batch_size,
            validation_data=validation_data,
            validation_batch_size=size,
            callbacks=callbacks,
            verbose=0,
        ).history
    ran = len(curves["loss"])
    best = ran if stopping is None else stopping.best_epoch + 1
    return History(
        curves={name: list(values) for name, values in curves.items()},
        best_epoch=best,
        seconds=time.perf_counter() - started,
        seconds_per_epoch=float(np.median(reporter.seconds)),
    )


def _early_stopping(patience: int) -> Any:
    """Return Keras's callback, keeping the weights of the best epoch."""
    import keras

    return keras.callbacks.EarlyStopping(
        monitor="val_loss",
        patience=check_integer("patience", patience, minimum=1),
        restore_best_weights=True,
    )


def _even_batch_size(samples: int, largest: int = 1000) -> int:
    """Return the largest divisor of ``samples`` up to ``largest``.

    Even batches have one shape, so XLA compiles the validation once. Where
    all divisors are small, a rest of another shape costs less than many
    small batches.

    Raises:
        ValueError: There is no sample.
    """
    if samples < 1:
        raise ValueError(f"validation_data takes >= 1 sample, got {samples}")
    if samples <= largest:
        return samples
    sizes = range(largest, largest // 10, -1)
    return next((size for size in sizes if samples % size == 0), largest)


def _reporter(epochs: int, *, live: bool, quiet: bool) -> Any:
    """Return the callback that reports an epoch, as a line or a curve."""
    import keras

    class Reporter(keras.callbacks.Callback):
        """Times every epoch and reports it."""

        def __init__(self) -> None:
            super().__init__()
            self.seconds: list[float] = []
            self.curves: dict[str, list[float]] = {}
            self.picture = _live_picture() if live else None

        def on_epoch_begin(self, *_: Any, **__: Any) -> None:
            self.began = time.perf_counter()

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.seconds.append(time.perf_counter() - self.began)
            for name, value in (logs or {}).items():
                self.curves.setdefault(name, []).append(float(value))
            if self.picture is not None:
                _redraw(self.picture, self.curves)
            elif not quiet:
                print(epoch_line(epoch + 1, epochs, logs or {}), flush=True)

    return Reporter()


def epoch_line(epoch: int, epochs: int, values: dict[str, float]) -> str:
    """Return the line printed after an epoch, rounded to three decimals.

    Args:
        epoch: From 1.
        epochs: How many there will be at most.
        values: Metric name -> value, in the order they are shown.
    """
    width = len(str(epochs))
    order = sorted(values, key=lambda name: name.startswith("val_"))
    shown = "  ".join(f"{name} {values[name]:.3f}" for name in order)
    return f"epoch {epoch:>{width}}/{epochs}  {shown}"


def _live_picture() -> Any:
    """Return a widget that can show one picture after another."""
    import ipywidgets
    from IPython.display import display

    picture = ipywidgets.Image(format="png", layout={"width": "630px"})
    display(picture)
    return picture


def _redraw(picture: Any, curves: dict[str, list[float]]) -> None:
    """Draw the curves so far into the widget."""
    from utils import plots, theme

    picture.value = theme.png(plots.learning_curves({"": curves})[0])


def predict(model: Any, x: Any, *, batch_size: int = 2500) -> np.ndarray:
    """Return the model's outputs for ``x``, in batches.

    The model is called as it is: compiling it for one pass over the data
    would take longer than the pass.

    Args:
        model: A Keras model.
        x: Inputs, samples first.
        batch_size: Samples a call.

    Returns:
        Array with the samples first; a last axis of one is dropped.
    """
    batch_size = check_integer("batch_size", batch_size, minimum=1)
    starts = range(0, len(x), batch_size)
    parts = [model(x[s : s + batch_size], training=False) for s in starts]
    outputs = np.concatenate([np.asarray(part) for part in parts])
    return outputs[..., 0] if outputs.shape[-1] == 1 else outputs


def record_result(name: str, value: float | Sequence[float]) -> None:
    """Hand a result to `make run`, which shows it in its closing table.

    Outside `make run` nothing is written.

    Args:
        name: What was measured, such as ``"SimpleRNN, validation"``.
        value: A number, or a value with its two bounds.
    """
    path = os.environ.get(RESULTS_VARIABLE)
    if not path:
        return
    numbers = np.asarray(value, dtype=float).round(4).tolist()
    with Path(path).open("a", encoding="utf-8") as results:
        results.write(json.dumps({"name": name, "value": numbers}) + "\n")
