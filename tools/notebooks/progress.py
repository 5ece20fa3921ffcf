"""What `make run` shows while lessons run side by side."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from tqdm import tqdm

from tools.notebooks.report import Row

EPOCH = re.compile(r"epoch +(\d+)/(\d+)(?:  \w+ \S+)+")
"""A line of `utils.training.epoch_line`, and nothing that resembles it."""


@dataclass
class Running:
    """How far a lesson is; its thread writes, the main thread reads.

    Attributes:
        lesson: Its name.
        expected: Seconds it took before.
        started: When it began, by `time.perf_counter`; None until then.
        cell: The cell that runs, from 1.
        cells: How many there are.
        epoch: The last epoch of that cell, as ``epoch 3/12``.
        ended: Whether it is over.
    """

    lesson: str
    expected: float
    started: float | None = None
    cell: int = 0
    cells: int = 0
    epoch: str = ""
    ended: bool = False

    def begin(self) -> None:
        """Note that the lesson runs from now on."""
        self.started = time.perf_counter()

    def on_cell(self, number: int, cells: int) -> None:
        """Note that a cell has started."""
        self.cell, self.cells, self.epoch = number, cells, ""

    def on_line(self, line: str) -> None:
        """Note a printed line, if it reports an epoch."""
        if found := EPOCH.fullmatch(line.strip()):
            self.epoch = f"epoch {found[1]}/{found[2]}"

    @property
    def is_live(self) -> bool:
        """Whether the lesson runs now."""
        return self.started is not None and not self.ended

    @property
    def seconds_done(self) -> float:
        """Of the expected seconds, those that have passed."""
        if self.ended:
            return self.expected
        if self.started is None:
            return 0
        return min(time.perf_counter() - self.started, self.expected)

    def __str__(self) -> str:
        place = f"cell {self.cell} of {self.cells}" if self.cell else "starts"
        return f"{self.lesson:32} {place}  {self.epoch}".rstrip()


class Display(Protocol):
    """Shows a run; all calls come from the main thread."""

    def refresh(self) -> None:
        """Show how far the lessons are now."""

    def done(self, row: Row) -> None:
        """Show what a lesson has cost, or why it failed."""

    def close(self) -> None:
        """Leave nothing behind but the lines of ``done``."""


def display(lessons: Sequence[Running], slots: int) -> Display:
    """Return bars for a terminal, plain lines for anything else."""
    return Bars(lessons, slots) if sys.stdout.isatty() else Lines(lessons)


class Lines:
    """One line when a lesson starts, one when it ends."""

    def __init__(self, lessons: Sequence[Running]) -> None:
        self._waiting = list(lessons)

    def refresh(self) -> None:
        """Name the lessons that have started since the last call."""
        for lesson in self._waiting[:]:
            if lesson.started is not None:
                self._waiting.remove(lesson)
                print(f"{lesson.lesson:32} starts", flush=True)

    def done(self, row: Row) -> None:
        """Print what a lesson has cost, or why it failed."""
        self.refresh()
        print(_outcome(row), flush=True)

    def close(self) -> None:
        """Nothing is left to take away."""


class Bars:
    """A live line for each running lesson and a bar for the whole."""

    def __init__(self, lessons: Sequence[Running], slots: int) -> None:
        self._lessons = lessons
        self._lines = [
            self._line(number, bar_format="{desc}") for number in range(slots)
        ]
        self._whole = self._line(
            slots,
            total=sum(lesson.expected for lesson in lessons),
            bar_format="{percentage:3.0f}% {bar} {elapsed}, {remaining} left",
        )

    @staticmethod
    def _line(position: int, **options: object) -> tqdm:
        return tqdm(
            position=position,
            leave=False,
            dynamic_ncols=True,
            file=sys.stdout,
            **options,
        )

    def refresh(self) -> None:
        """Draw every line anew."""
        live = [str(lesson) for lesson in self._lessons if lesson.is_live]
        for line, text in zip_longest(self._lines, live, fillvalue=""):
            line.set_description_str(text)
        self._whole.n = sum(lesson.seconds_done for lesson in self._lessons)
        self._whole.refresh()

    def done(self, row: Row) -> None:
        """Write what a lesson has cost above the bars."""
        tqdm.write(_outcome(row), file=sys.stdout)
        self.refresh()

    def close(self) -> None:
        """Take the bars away."""
        for line in (*self._lines, self._whole):
            line.close()


def _outcome(row: Row) -> str:
    """Return the line, or the two lines, that a lesson ends with."""
    if row.seconds is None:
        return f"{row.lesson:32} failed\n    {row.error}"
    cost = f"{row.seconds:8.1f} s {row.peak_megabytes:7.0f} MB  {row.mark}"
    return f"{row.lesson:32} {cost}".rstrip()
