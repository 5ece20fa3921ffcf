"""Training in the lessons: compiled by XLA, one rounded line an epoch."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from utils import runtime
from utils.errors import check_integer
from utils.runtime import quiet_stderr

RESULTS_VARIABLE = "RECURRENT_COURSE_RESULTS"
"""Environment variable: the file to which a lesson may append results.

Set in the kernel by ``python -m tools run``, absent otherwise.
Each line is one JSON object, ``{"name": "SimpleRNN(8)", "value": 0.795}``.
"""

COMPILING = "compiling ..."
"""Shown in a notebook until the first epoch is over."""

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
    validation_data: tuple[Any, ...] | None = None,
    patience: int | None = None,
    quiet: bool = False,
    jit_compile: bool = True,
    sample_weight: Any = None,
    after_epoch: Callable[[int], Any] | None = None,
) -> History:
    """Train a compiled Keras model and return its history.

    In a notebook, a cell that trains and is run again trains from the same
    weights as the first time, and a training that the reader stops returns
    what its whole epochs have left.

    The step is compiled by XLA, which Keras leaves off on a machine
    without a GPU. XLA compiles once for every shape it meets, so the
    validation runs in batches of one size.

    Args:
        model: A compiled ``keras.Model``.
        x: Inputs, samples first.
        y: Targets, samples first.
        epochs: Passes over the data, at most.
        batch_size: Samples a step.
        validation_data: ``(x, y)`` or ``(x, y, weights)`` to measure after
            every epoch.
        patience: Epochs without a smaller ``val_loss`` before stopping;
            the weights of the best epoch are then restored. ``None`` runs
            all epochs and keeps the last weights.
        quiet: Print nothing.
        jit_compile: Compile the step with XLA.
        sample_weight: What each sample counts in the loss; ``None`` is 1.
        after_epoch: Is told how many epochs are done.

    Raises:
        ValueError: The model is not compiled, a number is out of range, or
            ``patience`` is given without ``validation_data``.
    """
    epochs = check_integer("epochs", epochs, minimum=1)
    batch_size = check_integer("batch_size", batch_size, minimum=1)
    _optimizer_of(model)
    if patience is not None and validation_data is None:
        raise ValueError("patience takes effect on validation_data: got none")
    _begin_again(model)
    model.jit_compile = jit_compile
    model.steps_per_execution = STEPS_AT_ONCE
    reporter = _reporter(epochs, quiet=quiet, told=after_epoch)
    callbacks, stopping = [reporter], None
    if patience is not None:
        stopping = _early_stopping(patience)
        callbacks.append(stopping)
    size = None
    if validation_data is not None:
        size = _even_batch_size(len(validation_data[1]))
    started = time.perf_counter()
    try:
        with quiet_stderr():
            model.fit(
                x,
                y,
                epochs=epochs,
                batch_size=batch_size,
                validation_data=validation_data,
                validation_batch_size=size,
                callbacks=callbacks,
                sample_weight=sample_weight,
                verbose=0,
            )
    except KeyboardInterrupt:
        if runtime.running_cell() is None or not reporter.seconds:
            raise
        if stopping is not None:
            # It may have been stopped just before it heard of the last one.
            last = {
                name: values[-1] for name, values in reporter.curves.items()
            }
            stopping.on_epoch_end(len(reporter.seconds) - 1, last)
            model.set_weights(stopping.best_weights)
        print(
            f"Stopped by you after {len(reporter.seconds)} of {epochs} epochs:"
            " what they taught is kept. Run this cell again to train from "
            "the beginning."
        )
    best = len(reporter.seconds)
    if stopping is not None:
        best = stopping.best_epoch + 1
    return History(
        curves=reporter.curves,
        best_epoch=best,
        seconds=time.perf_counter() - started,
        seconds_per_epoch=float(np.median(reporter.seconds)),
    )


def _optimizer_of(model: Any) -> Any:
    """Return a model's optimizer, or say that it is not compiled."""
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        raise ValueError(
            "model takes a compiled model, got one without an optimizer: "
            "call model.compile(...) first"
        )
    return optimizer


_before: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()
"""Model -> cell of a notebook -> what the model was before its training."""


def _begin_again(model: Any) -> None:
    """Undo the training of the same cell's last run, if there was one.

    Several trainings of one run go on from each other, and so do those of
    different cells.
    """
    cell = runtime.running_cell()
    if cell is None:
        return
    name, run = cell
    kept = _before.setdefault(model, {})
    if name not in kept:
        kept[name] = run, _values(model.variables), _state(model.optimizer)
        return
    last_run, weights, state = kept[name]
    if run != last_run:
        for variable, value in zip(model.variables, weights, strict=True):
            variable.assign(value)
        _set_state(model.optimizer, state)
        kept[name] = run, weights, state


def _values(variables: Sequence[Any]) -> list[np.ndarray]:
    """Return copies of what variables hold."""
    return [np.array(variable) for variable in variables]


def _state(optimizer: Any) -> dict[str, np.ndarray]:
    """Return what an optimizer remembers, by the path of the variable."""
    paths = [variable.path for variable in optimizer.variables]
    return dict(zip(paths, _values(optimizer.variables), strict=True))


def _set_state(optimizer: Any, state: dict[str, np.ndarray]) -> None:
    """Let an optimizer remember a state of `_state`, and zero beyond it.

    Its learning rate stays.
    """
    import keras

    for variable in optimizer.variables:
        if variable.name != "learning_rate":
            zero = keras.ops.zeros_like(variable)  # not 0 * nan
            variable.assign(state.get(variable.path, zero))


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


def _reporter(
    epochs: int, *, quiet: bool, told: Callable[[int], Any] | None
) -> Any:
    """Return the callback that times an epoch and reports it."""
    import keras

    class Reporter(keras.callbacks.Callback):
        """Times every epoch and reports it."""

        def __init__(self) -> None:
            super().__init__()
            self.seconds: list[float] = []
            self.curves: dict[str, list[float]] = {}

        def on_train_begin(self, *_: Any, **__: Any) -> None:
            if not quiet and runtime.running_cell() is not None:
                # The first epoch writes over it.
                print(COMPILING, end="\r", flush=True)

        def on_epoch_begin(self, *_: Any, **__: Any) -> None:
            self.began = time.perf_counter()

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.seconds.append(time.perf_counter() - self.began)
            for name, value in (logs or {}).items():
                self.curves.setdefault(name, []).append(value)
            if not quiet:
                print(epoch_line(epoch + 1, epochs, logs or {}), flush=True)
            if told is not None:
                told(epoch + 1)

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


def reinitialise(model: Any, seed: int) -> None:
    """Give a compiled model the initial weights of another seed.

    The weights are drawn anew, as building the model after
    ``runtime.set_seed(seed)`` would draw them, and so are the random states
    of its Dropout layers; what the optimizer remembers of earlier steps is
    set back to zero. The compiled training
    step stays, so a second seed costs no second compilation, which for a
    recurrent layer under XLA takes longer than a small training.

    Args:
        model: A built and compiled ``keras.Model``.
        seed: An integer from 0 to 2**32 - 1.

    Raises:
        ValueError: The model is not compiled, or ``seed`` out of range.
    """
    import keras

    optimizer = _optimizer_of(model)
    runtime.set_seed(seed)
    fresh = keras.models.clone_model(model)
    model.set_weights(fresh.get_weights())
    states = zip(_random_states(model), _random_states(fresh), strict=True)
    for state, drawn in states:
        state.assign(drawn)
    _set_state(optimizer, {})


def _random_states(model: Any) -> list[Any]:
    """Return the variables that Dropout layers draw their masks from.

    Keras keeps them out of ``weights``.
    """
    return [v for v in model.variables if v.name == "seed_generator_state"]


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
