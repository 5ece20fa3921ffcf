"""The quiz as a live widget: radio buttons, and a reason below them."""

from __future__ import annotations

import html
from typing import Any

from utils.quiz.questions import QuizQuestion, questions_of


def show(lesson: int) -> Any:
    """Return a lesson's quiz as a widget.

    Every choice is answered at once; the arrow keys move it.

    Returns:
        An ``ipywidgets.VBox``.

    Raises:
        ValueError: The lesson has no quiz.
    """
    import ipywidgets

    box = ipywidgets.VBox(
        [
            _question(number, question)
            for number, question in enumerate(questions_of(lesson), start=1)
        ]
    )
    box.add_class("course-quiz")
    return box


def _question(number: int, question: QuizQuestion) -> Any:
    """Return the widget of one question."""
    import ipywidgets

    text = ipywidgets.HTML(
        f'<p style="margin:8px 0 0;line-height:1.5"><b>{number}.</b> '
        f"{html.escape(question.text)}</p>"
    )
    buttons = ipywidgets.RadioButtons(
        options=question.options(),
        value=None,
        tooltip=question.text,
        layout={"width": "auto"},
    )
    answer = ipywidgets.HTML(_status(question.verdict(None)))

    def answered(change: Any) -> None:
        answer.value = _status(question.verdict(change["new"]))

    buttons.observe(answered, names="value")
    return ipywidgets.VBox([text, buttons, answer], layout={"width": "660px"})


def _status(sentence: str) -> str:
    """Return the sentence so that a screen reader says when it changes."""
    return (
        '<p role="status" aria-live="polite" style="min-height:3em;'
        f'margin:0;line-height:1.5">{html.escape(sentence)}</p>'
    )
