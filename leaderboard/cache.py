"""What one run has made and another one needs: word vectors, answers.

joblib keeps it under build/ with what it cost, so a run that finds it there
still counts its seconds and its memory as its own. Whoever changes how it is
made runs ``make clean`` first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joblib import Memory

from utils import runtime

FOLDER = Path(__file__).resolve().parents[1] / "build" / "leaderboard"

_within: list[float] = []
"""For each making that goes on, the seconds that others within it took.

Their seconds come with what they have made, so they must not count twice.
"""


@dataclass(frozen=True)
class Cached:
    """A value, and what it cost.

    Attributes:
        value: What was made.
        seconds: That it took to make it.
        peak_memory_mb: Of the process that did.
    """

    value: Any
    seconds: float
    peak_memory_mb: float


def cached(name: str, make: Callable[[], Any]) -> Cached:
    """Return what ``make`` makes, from the file if it was made before.

    Args:
        name: Of what is made, with all that it depends on.
        make: Makes it. Where the value has ``seconds`` and
            ``peak_memory_mb``, they are what others have made for it, and
            are added to its cost.
    """
    memory = Memory(FOLDER, verbose=0)
    return memory.cache(_made, ignore=["make"])(name, make)


def _made(name: str, make: Callable[[], Any]) -> Cached:  # noqa: ARG001
    """Make a value; joblib files it under the name."""
    value, seconds = _timed(make)
    peak = runtime.peak_memory_mb()
    return Cached(
        value,
        seconds + getattr(value, "seconds", 0.0),
        max(peak, getattr(value, "peak_memory_mb", 0.0)),
    )


def _timed(make: Callable[[], Any]) -> tuple[Any, float]:
    """Return what ``make`` makes and its own seconds."""
    began = time.perf_counter()
    _within.append(0.0)
    try:
        value = make()
    finally:
        others = _within.pop()
        whole = time.perf_counter() - began
        if _within:
            _within[-1] += whole
    return value, whole - others
