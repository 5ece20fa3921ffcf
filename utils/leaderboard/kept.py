"""What one run has made and another one needs: word vectors, answers.

It is kept under build/ with what it cost, so a run that finds it there
still counts its seconds and its memory as its own. Whoever changes how it is
made runs ``make clean`` first.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from utils import runtime
from utils.files import replaced

FOLDER = Path(__file__).resolve().parents[2] / "build" / "leaderboard"

_within: list[float] = []
"""For each making that goes on, the seconds that others within it took.

Their seconds come with what they have made, so they must not count twice.
"""


@dataclass(frozen=True)
class Kept:
    """Arrays, and what they cost.

    Attributes:
        arrays: Name -> array.
        seconds: That it took to make them.
        peak_memory_mb: Of the process that did.
    """

    arrays: dict[str, np.ndarray]
    seconds: float
    peak_memory_mb: float


def keep(name: str, make: Callable[[], dict[str, np.ndarray]]) -> Kept:
    """Return what ``make`` makes, from the file if it was made before.

    Args:
        name: Of what is made, with all that it depends on.
        make: Makes it; what others have made for it, it adds to the cost
            as the arrays ``seconds`` and ``peak_memory_mb``.
    """
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    path = FOLDER / f"{stem}.npz"
    if not path.exists():
        arrays, seconds = _timed(make)
        seconds += arrays.pop("seconds", 0)
        peak = runtime.peak_memory_mb()
        peak = max(peak, float(arrays.pop("peak_memory_mb", 0)))
        with replaced(path) as file:
            np.savez(file, **arrays, seconds=seconds, peak_memory_mb=peak)
    with np.load(path, allow_pickle=False) as archive:
        arrays = dict(archive)
    return Kept(
        seconds=float(arrays.pop("seconds")),
        peak_memory_mb=float(arrays.pop("peak_memory_mb")),
        arrays=arrays,
    )


def _timed(
    make: Callable[[], dict[str, np.ndarray]],
) -> tuple[dict[str, np.ndarray], float]:
    """Return what ``make`` makes and its own seconds."""
    began = time.perf_counter()
    _within.append(0.0)
    try:
        arrays = dict(make())
    finally:
        others = _within.pop()
        whole = time.perf_counter() - began
        if _within:
            _within[-1] += whole
    return arrays, whole - others
