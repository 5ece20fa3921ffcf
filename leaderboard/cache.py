"""What one run has made and another one needs: word vectors, answers.

joblib keeps it under build/ with what it cost, so a run that finds it there
still counts its seconds and its memory as its own. Whoever changes how it is
made runs ``make clean`` first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joblib import Memory

from utils import runtime

FOLDER = Path(__file__).resolve().parents[1] / "build" / "leaderboard"


@dataclass(frozen=True)
class Cached:
    """A value, and what it cost.

    Attributes:
        value: What was made.
        costs: Name -> seconds, of the value and of all cached values that
            were used for it, each without the others.
        peak_memory_mb: Of the processes that made these.
    """

    value: Any
    costs: dict[str, float]
    peak_memory_mb: float

    @property
    def seconds(self) -> float:
        """What all of it took."""
        return sum(self.costs.values())


@dataclass
class _Making:
    """What a making that goes on has used so far."""

    costs: dict[str, float] = field(default_factory=dict)
    peak_memory_mb: float = 0.0
    seconds: float = 0.0


_open: list[_Making] = []
"""The makings that go on, each within the one before."""


def cached(name: str, make: Callable[[], Any]) -> Cached:
    """Return what ``make`` makes, from the file if it was made before.

    What ``make`` gets by `cached` itself is added to the cost.

    Args:
        name: Of what is made, with all that it depends on.
        make: Makes it.
    """
    began = time.perf_counter()
    memory = Memory(FOLDER, verbose=0)
    found = memory.cache(_made, ignore=["make"])(name, make)
    if _open:
        around = _open[-1]
        around.costs |= found.costs
        around.peak_memory_mb = max(
            around.peak_memory_mb, found.peak_memory_mb
        )
        around.seconds += time.perf_counter() - began
    return found


def spent(name: str, seconds: float) -> None:
    """Add to the making that goes on what an earlier, broken one has cost.

    Args:
        name: Of what that one had finished.
        seconds: It took.
    """
    if _open:
        _open[-1].costs[name] = seconds


def _made(name: str, make: Callable[[], Any]) -> Cached:
    """Make a value; joblib files it under the name."""
    within = _Making()
    _open.append(within)
    began = time.perf_counter()
    try:
        value = make()
    finally:
        _open.pop()
    own = time.perf_counter() - began - within.seconds
    peak = max(runtime.peak_memory_mb(), within.peak_memory_mb)
    return Cached(value, within.costs | {name: own}, peak)
