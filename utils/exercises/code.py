"""Questions whose answer is code: a function, a Keras model or a layer."""

from __future__ import annotations

import _thread
import contextlib
import copy
import inspect
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from utils.exercises.question import Question, is_equal, raised, shown

TRIALS = 5
"""Inputs on which a function is compared."""

LONGEST = 20.0
"""Seconds for all of them together: what takes longer is stopped."""

NO_FUNCTIONS = {
    lambda given: not callable(given): "a function is asked for, you gave {}.",
    inspect.iscoroutinefunction: "your function begins with async: leave this "
    "word out, since nobody waits for what it returns.",
    inspect.isgeneratorfunction: "your function has a yield in it: let it "
    "return all at once.",
}
"""Tells what cannot be called, or gives no result -> what is said of it."""


@dataclass(kw_only=True)
class Function(Question):
    """A function is asked for; it is compared with one on drawn inputs.

    Attributes:
        reference: A right function.
        inputs: Draws the arguments of one call, a tuple.
        mistakes: Pairs of a wrong function and the mistake behind it.
        tolerance: Allowed difference, absolute and relative.
    """

    reference: Callable[..., Any]
    inputs: Callable[[np.random.Generator], tuple[Any, ...]]
    mistakes: Sequence[tuple[Callable[..., Any], str]] = ()
    tolerance: float = 1e-5

    def solution(self) -> Callable[..., Any]:
        """Return a right function."""
        return self.reference

    def wrong(self) -> Iterator[tuple[Callable[..., Any], str]]:
        """Yield the wrong functions foreseen."""
        yield from self.mistakes

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with a function, None if nothing is."""
        for is_such, sentence in NO_FUNCTIONS.items():
            if is_such(given):
                return sentence.format(shown(given))
        generator = np.random.default_rng(0)
        trials = [self.inputs(generator) for _ in range(TRIALS)]
        try:
            with (
                _interrupted_after(LONGEST),
                contextlib.redirect_stdout(sys.stdout),  # back again
                np.errstate(),
            ):
                results = [given(*copy.deepcopy(trial)) for trial in trials]
        except KeyboardInterrupt:
            return (
                "your function did not come to an end before it was stopped "
                f"(by you, or after {LONGEST:.0f} seconds): which loop goes "
                "on for ever, or what takes so long?"
            )
        except SystemExit:
            return "your function ends the program (sys.exit): let it return."
        except BaseException as error:  # the student's code may raise anything
            return f"your function raises {raised(error)}"
        if all(result is None for result in results):
            return "your function returns None: is there a return in it?"
        if self._agrees(self.reference, trials, results):
            return None
        for mistake, sentence in self.mistakes:
            if self._agrees(mistake, trials, results):
                return sentence
        return self._difference(trials, results)

    def _agrees(
        self,
        function: Callable[..., Any],
        trials: list[tuple[Any, ...]],
        results: list[Any],
    ) -> bool:
        """Tell whether a function gives these results."""
        for trial, result in zip(trials, results, strict=True):
            try:
                wanted = function(*copy.deepcopy(trial))
            except Exception:  # a wrong function may fail on some inputs
                return False
            if not is_equal(result, wanted, self.tolerance):
                return False
        return True

    def _difference(
        self, trials: list[tuple[Any, ...]], results: list[Any]
    ) -> str:
        """Return in a sentence where the results differ first."""
        for trial, result in zip(trials, results, strict=True):
            wanted = self.reference(*copy.deepcopy(trial))
            if is_equal(result, wanted, self.tolerance):
                continue
            kind = _kind_fault(result)
            if kind is not None and np.asarray(wanted).dtype.kind in "biuf":
                return kind
            if np.shape(result) != np.shape(wanted):
                return (
                    f"your function returns the shape {np.shape(result)} "
                    f"where {np.shape(wanted)} is due."
                )
            break
        return "your function returns other values than it should."


def _kind_fault(result: Any) -> str | None:
    """Return in a sentence what a result is, if it is no array of numbers."""
    try:
        kind = np.asarray(result).dtype.kind
    except Exception:  # an object may refuse in any way
        if not isinstance(result, list | tuple):
            return f"numbers are due, your function returns {shown(result)}."
        return "your function returns rows of unequal lengths."
    if kind in "US":
        return "your function returns text where numbers are due."
    if kind not in "biuf":
        return f"numbers are due, your function returns {shown(result)}."
    return None


@contextlib.contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    """Interrupt what runs in the main thread after that time, like Ctrl-C."""
    timer = threading.Timer(seconds, _thread.interrupt_main)
    timer.daemon = True
    if threading.current_thread() is threading.main_thread():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


@dataclass(frozen=True)
class Demand:
    """One thing that a model has to fulfil.

    Attributes:
        holds: Tells whether a model fulfils it; may raise if not.
        otherwise: Said if not: the mistake in a sentence.
        broken_by: Builds a model that fulfils every demand before this one
            and not this one; for the tests.
    """

    holds: Callable[[Any], bool]
    otherwise: str
    broken_by: Callable[[], Any]


@dataclass(kw_only=True)
class Model(Question):
    """A Keras model, or a layer, is asked for; it is inspected.

    Attributes:
        build: Builds a right one; Keras is imported within.
        demands: What it has to fulfil, looked at in order.
        takes: ``"model"`` or ``"layer"``.
    """

    build: Callable[[], Any]
    demands: Sequence[Demand] = field(default_factory=tuple)
    takes: str = "model"

    def solution(self) -> Any:
        """Return a right model."""
        return self.build()

    def wrong(self) -> Iterator[tuple[Any, str]]:
        """Yield a model for each demand that breaks it."""
        for demand in self.demands:
            yield demand.broken_by(), demand.otherwise

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with a model, None if nothing is."""
        import keras

        kind = keras.Model if self.takes == "model" else keras.layers.Layer
        if isinstance(given, type):
            return (
                f"you gave the class {given.__name__}: make one of it, with "
                "brackets behind its name."
            )
        if not isinstance(given, kind):
            return (
                f"a Keras {self.takes} is asked for, you gave {shown(given)}."
            )
        if self.takes == "model" and not given.built:
            return (
                "your model has no shapes yet: begin it with keras.Input, "
                "which says what goes in."
            )
        for demand in self.demands:
            if not _holds(demand, given):
                return demand.otherwise
        return None


def _holds(demand: Demand, given: Any) -> bool:
    """Tell whether a demand is fulfilled; one that raises is not."""
    try:
        return bool(demand.holds(given))
    except Exception:  # for instance a layer that is not where one is due
        return False


def padding_mask(generator: np.random.Generator) -> tuple[np.ndarray, int]:
    """Draw a mask for a small batch, and a number of features.

    Returns:
        bool, (batch, timesteps), False behind the words of each row, of
        which the last is full; batch, timesteps and features all differ.
    """
    batch, steps, features = generator.permutation([3, 4, 5])
    lengths = np.append(generator.integers(1, steps, batch - 1), steps)
    return np.arange(steps) < lengths[:, None], features
