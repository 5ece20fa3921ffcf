"""A lesson's sheet of exercises, and the sheet of one student."""

from __future__ import annotations

import numbers
import random
import textwrap
from collections.abc import Callable
from functools import partial
from typing import Any

from utils.errors import check_integer
from utils.exercises.question import Question, raised, typed

Author = Callable[[random.Random], Question]
"""Draws the numbers of a question and returns it."""

WIDTH = 79
NOT_ANSWERED = "Not answered yet: replace ... by your answer."


class Sheet:
    """The exercises of a lesson, in order; ``exercise`` adds one."""

    def __init__(self, lesson: int) -> None:
        self.lesson = check_integer("lesson", lesson, minimum=0, maximum=99)
        self._authors: dict[str, Author] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the exercises, ``units`` for ``check_units``."""
        return tuple(self._authors)

    def exercise(self, author: Author) -> Author:
        """Add an exercise (a decorator); its name is the function's.

        Raises:
            ValueError: There is one of that name already.
        """
        name = author.__name__
        if name in self._authors:
            raise ValueError(f"exercise takes a new name, got {name!r} twice")
        self._authors[name] = author
        return author

    def question(self, name: str, student: int | str = 0) -> Question:
        """Return an exercise with the numbers of a student.

        A text as seed draws the same numbers on every machine, however a
        keyboard writes the student's name.
        """
        seed = f"{self.lesson}/{name}/{typed(str(student)).casefold()}"
        drawn = random.Random(seed.encode("utf-8", "surrogatepass"))
        return self._authors[name](drawn)

    def start(self, *, student: int | str = 0) -> OpenSheet:
        """Open the sheet for a student.

        Args:
            student: A number or a name; another one draws other numbers.

        Raises:
            TypeError: ``student`` is neither.
        """
        taken = numbers.Integral | str
        if isinstance(student, bool) or not isinstance(student, taken):
            raise TypeError(
                f"student takes a number or a name, got {student!r}"
            )
        print(
            f"Lesson {self.lesson:02}: {len(self.names)} exercises, "
            "with the numbers of student "
            f"{str(student).encode('utf-8', 'replace').decode()}."
        )
        return OpenSheet(self, student)


class OpenSheet:
    """A sheet with the numbers of one student; counts the wrong tries.

    Each exercise has two functions here: ``ask_…()`` prints the question,
    ``check_…(answer)`` prints a sentence on an answer and never raises.
    """

    def __init__(self, sheet: Sheet, student: int | str = 0) -> None:
        self._questions = {
            name: sheet.question(name, student) for name in sheet.names
        }
        self._tries = dict.fromkeys(sheet.names, 0)
        for name in sheet.names:
            setattr(self, f"ask_{name}", partial(self._ask, name))
            setattr(self, f"check_{name}", partial(self._check, name))

    def __repr__(self) -> str:
        return f"a sheet with {', '.join(self._questions)}"

    def _ask(self, name: str) -> None:
        """Print a question."""
        print(wrapped(self._questions[name].prompt()))

    def _check(self, name: str, answer: Any) -> None:
        """Print a sentence on an answer, whatever it is."""
        if answer is ...:
            print(NOT_ANSWERED)
            return
        question = self._questions[name]
        feedback = _feedback(question, answer)
        if feedback is None:
            print("\n" + wrapped(f"✓ Right: {question.because}"))
            return
        self._tries[name] += 1
        print("\n" + wrapped(f"✗ Not yet: {feedback}"))
        if self._tries[name] > 1:
            print(wrapped(f"Hint: {question.hint}"))


def wrapped(text: str) -> str:
    """Return a text with no line over 79 characters.

    A line that begins with spaces is code and stays as it is.
    """
    lines = []
    # What an answer brings along may be no text that can be printed.
    text = text.encode("utf-8", "replace").decode()
    for line in text.splitlines():
        if line.startswith(" ") or len(line) <= WIDTH:
            lines.append(line)
            continue
        indent = "   " if line[1:3] == ") " else ""
        lines.append(filled(line, indent))
    return "\n".join(lines)


def filled(line: str, indent: str) -> str:
    """Return a line, broken where it is over 79 characters."""
    return textwrap.fill(
        line, WIDTH, subsequent_indent=indent, break_on_hyphens=False
    )


def _feedback(question: Question, answer: Any) -> str | None:
    """Return what is wrong with an answer, even one that raises."""
    try:
        return question.feedback(answer)
    except Exception as error:  # the student's code may raise anything
        return f"looking at your answer raises {raised(error)}"
