r"""Five questions a lesson, with a reason for each option.

They stand in ``quiz.md`` in the lesson's folder, in Markdown that a teacher
can edit; the hard line break (a backslash at the end of the line) parts an
option from its reason:

    ## Which state carries the memory of an LSTM?

    - [x] the cell state\
      It is multiplied by the forget gate and added to.
    - [ ] the hidden state\
      It is what the cell shows of it.

A notebook prints them with ``quiz.ask("lstm")``, which a page without a
kernel shows as well, and makes them live with ``quiz.show("lstm")``.
"""

from __future__ import annotations

import html
import itertools
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from utils.errors import check_text
from utils.exercises.sheet import filled

LESSONS = Path(__file__).resolve().parents[1] / "lessons"
OPTION = re.compile(r"\[([ x])\] (.+?)\\\n(.+)", re.DOTALL)
LETTERS = "abcd"


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


def questions_of(lesson: str) -> tuple[QuizQuestion, ...]:
    """Return the quiz in ``lessons/<lesson>/quiz.md``.

    Args:
        lesson: Name of the lesson's folder, such as ``"lstm"``.

    Raises:
        ValueError: There is none, or it cannot be read.
    """
    path = LESSONS / check_text("lesson", lesson) / "quiz.md"
    if not path.is_file():
        raise ValueError(f"lesson takes one with a quiz, got {lesson!r}")
    return parse(path.read_text(encoding="utf-8"), f"{lesson}/quiz.md")


def parse(text: str, name: str) -> tuple[QuizQuestion, ...]:
    """Return the questions of a quiz in Markdown.

    Args:
        text: As the head of this module shows it.
        name: Of the file, for what is said of mistakes.

    Raises:
        ValueError: A question has no right option or more than one, or an
            option no reason; the message names the line.
    """
    questions: list[tuple[str, list[tuple[bool, str, str]]]] = []
    tokens = MarkdownIt().parse(text)
    for before, token in itertools.pairwise(tokens):
        if token.type != "inline":
            continue
        line = 1 + (token.map or [0])[0]
        if before.type == "heading_open" and before.tag == "h2":
            questions.append((_line(token.content), []))
        elif before.type == "paragraph_open" and before.level > 0:
            found = OPTION.fullmatch(token.content)
            if not (found and questions):
                raise ValueError(
                    f"{name}, line {line}, takes an option like `- [x] "
                    f"option\\` with its reason below, got {token.content!r}"
                )
            mark, option, reason = found.groups()
            entry = (mark == "x", _line(option), _line(reason))
            questions[-1][1].append(entry)
    return tuple(_question(name, *question) for question in questions)


def _line(text: str) -> str:
    """Return a paragraph as one line."""
    return " ".join(text.split())


def _question(
    name: str, text: str, options: list[tuple[bool, str, str]]
) -> QuizQuestion:
    """Return a question from its options: right or not, words, reason."""
    right = [option for option in options if option[0]]
    wrong = {words: why for is_right, words, why in options if not is_right}
    if len(right) != 1 or len(options) != 1 + len(wrong):
        raise ValueError(
            f"{name}: the question {text!r} takes one right option and no "
            f"option twice, got {len(right)} right of {len(options)}"
        )
    ((_, words, why),) = right
    return QuizQuestion(text=text, right=words, because=why, wrong=wrong)


def ask(lesson: str) -> None:
    """Print a lesson's questions and their options."""
    _print(lesson, with_verdicts=False)


def explain(lesson: str) -> None:
    """Print a lesson's questions and the verdict on every option."""
    _print(lesson, with_verdicts=True)


def show(lesson: str) -> Any:
    """Return a lesson's quiz as a widget.

    Every choice is answered at once; the arrow keys move it.

    Returns:
        A `utils.widgets.panel.Panel`.

    Raises:
        ValueError: The lesson has no quiz.
    """
    from utils.widgets.panel import Panel

    questions = enumerate(questions_of(lesson), start=1)
    return Panel([_widget(*each) for each in questions], "course-quiz")


def _widget(number: int, question: QuizQuestion) -> Any:
    """Return the widget of one question."""
    import ipywidgets

    from utils.widgets.panel import status

    head = f"{number}. {question.text}"
    buttons = ipywidgets.RadioButtons(
        options=question.options(), value=None, description=head, tooltip=head
    )
    answer = ipywidgets.HTML(status(question.verdict(None)))

    def answered(change: Any) -> None:
        is_right = change["new"] == question.right
        name, sign = ("right", "✓") if is_right else ("wrong", "✗")
        verdict, reason = question.verdict(change["new"]).split(" ", 1)
        answer.value = status(
            f'<b class="course-{name}">{sign} {verdict}</b> '
            f"{html.escape(reason)}"
        )

    buttons.observe(answered, names="value")
    return ipywidgets.VBox([buttons, answer])


def _print(lesson: str, *, with_verdicts: bool) -> None:
    """Print a lesson's quiz."""
    parts = []
    for number, question in enumerate(questions_of(lesson), start=1):
        lines = [filled(f"{number}. {question.text}", "   ")]
        for letter, option in zip(LETTERS, question.options(), strict=False):
            lines.append(filled(f"   {letter}) {option}", "      "))
            if with_verdicts:
                verdict = question.verdict(option)
                lines.append(filled(f"      {verdict}", "      "))
        parts.append("\n".join(lines))
    print("\n\n".join(parts))
