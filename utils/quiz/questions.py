"""A question of a quiz, and a lesson's quiz as text."""

from __future__ import annotations

import importlib
import random
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from utils.arguments import check_integer

LETTERS = "abcd"
WIDTH = 79


@dataclass(frozen=True, kw_only=True)
class QuizQuestion:
    """One question; exactly one of its 3 or 4 options is right.

    Attributes:
        text: The question.
        right: The right option.
        because: Why it is right, one or two sentences.
        wrong: Each wrong option -> why it is wrong.
    """

    text: str
    right: str
    because: str
    wrong: Mapping[str, str]

    def options(self) -> list[str]:
        """Return the options, in an order that the question's text fixes."""
        options = [self.right, *self.wrong]
        random.Random(self.text).shuffle(options)
        return options

    def verdict(self, option: str | None) -> str:
        """Return what a reader who chose an option gets to read.

        Raises:
            ValueError: There is no such option.
        """
        if option is None:
            return "Choose an answer."
        if option == self.right:
            return f"Right. {self.because}"
        if option not in self.wrong:
            raise ValueError(f"option takes one of the options, got {option}")
        return f"No. {self.wrong[option]}"


def questions_of(lesson: int) -> Sequence[QuizQuestion]:
    """Return the quiz in ``utils/quiz/lesson_NN.py``.

    Raises:
        ValueError: There is none.
    """
    lesson = check_integer("lesson", lesson, minimum=1, maximum=99)
    name = f"utils.quiz.lesson_{lesson:02}"
    try:
        return importlib.import_module(name).QUESTIONS
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ValueError(
            f"lesson takes one with a quiz, got {lesson}"
        ) from None


def ask(lesson: int) -> None:
    """Print a lesson's questions and their options."""
    _print(lesson, with_verdicts=False)


def explain(lesson: int) -> None:
    """Print a lesson's questions and the verdict on every option."""
    _print(lesson, with_verdicts=True)


def _print(lesson: int, *, with_verdicts: bool) -> None:
    """Print a lesson's quiz."""
    parts = []
    for number, question in enumerate(questions_of(lesson), start=1):
        lines = [_wrapped(f"{number}. {question.text}", "   ")]
        for letter, option in zip(LETTERS, question.options(), strict=False):
            lines.append(_wrapped(f"   {letter}) {option}", "      "))
            if with_verdicts:
                verdict = question.verdict(option)
                lines.append(_wrapped(f"      {verdict}", "      "))
        parts.append("\n".join(lines))
    print("\n\n".join(parts))


def _wrapped(line: str, indent: str) -> str:
    """Return a line, broken where it is over 79 characters."""
    return textwrap.fill(
        line, WIDTH, subsequent_indent=indent, break_on_hyphens=False
    )
