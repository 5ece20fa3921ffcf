"""Every exercise of every lesson: what is said to right and wrong answers."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import lessons
from utils import exercises
from utils.exercises.sheet import NOT_ANSWERED, wrapped

FOLDER = Path(lessons.__file__).parent
LESSONS = sorted(path.parent.name for path in FOLDER.glob("*/exercises.py"))
SHEETS = {
    lesson: importlib.import_module(f"lessons.{lesson}.exercises").SHEET
    for lesson in LESSONS
}
CASES = [
    pytest.param(lesson, name, id=f"{lesson}-{name}")
    for lesson, sheet in SHEETS.items()
    for name in sheet.names
]
EVERY = pytest.mark.parametrize(("lesson", "name"), CASES)
pytestmark = pytest.mark.usefixtures("keras")
VARIANTS = 20
MODEL_VARIANTS = 3
"""Fewer where each answer is a Keras model to be built."""


def fails(*_: object, **__: object) -> None:
    """Raise, as a student's function may."""
    raise ZeroDivisionError("no")


class Refuses:
    """An object that answers nothing."""

    __getattr__ = __eq__ = __repr__ = fails
    __hash__ = None


JUNK = [None, "text", "", -1, 3.5, float("nan"), float("inf"), True]
JUNK += [[], {}, set(), object(), Refuses(), fails, Refuses, [[1], [1, 2]]]
JUNK += [(1, 2), (None, "a"), ["a"], b"a", {"a": 1}, range(3), 10**400, 1j]


def variants(lesson: str, name: str) -> Iterator[exercises.Question]:
    """Yield an exercise with the numbers of several students."""
    first = SHEETS[lesson].question(name)
    is_model = isinstance(first, exercises.Model)
    for student in range(MODEL_VARIANTS if is_model else VARIANTS):
        yield SHEETS[lesson].question(name, student)


def opened(lesson: str, question: exercises.Question) -> exercises.OpenSheet:
    """Return an open sheet with this question alone, called ``it``."""
    sheet = exercises.Sheet(SHEETS[lesson].lesson)

    def it(_: object) -> exercises.Question:
        return question

    sheet.exercise(it)
    return exercises.OpenSheet(sheet)


def said(sheet: exercises.OpenSheet, answer: object, capsys) -> str:
    """Return what the check prints on an answer."""
    sheet.check_it(answer)
    return capsys.readouterr().out


def written(question: exercises.Question) -> list[str]:
    """Return how the right answer would stand in a sentence."""
    right = question.solution()
    if isinstance(question, exercises.Number):
        return [str(right), f"{right:,}"]
    if isinstance(question, exercises.Shape | exercises.Expression):
        return [str(right)]
    if isinstance(question, exercises.SingleChoice):
        return [question.right]
    return []


def gives_away(question: exercises.Question, printed: str) -> bool:
    """Tell whether the right answer stands in what is printed."""
    flat = " ".join(printed.split())
    return any(
        re.search(rf"(?<![\w.,]){re.escape(text)}(?!\w|[.,]\d)", flat)
        for text in written(question)
    )


@EVERY
def test_the_right_answer_is_right(lesson, name, capsys):
    for question in variants(lesson, name):
        sheet = opened(lesson, question)
        assert said(sheet, question.solution(), capsys) == (
            "\n" + wrapped(f"✓ Right: {question.because}") + "\n"
        )


@EVERY
def test_each_mistake_is_named_and_nothing_given_away(lesson, name, capsys):
    assert "lstm" in LESSONS
    told_apart = {}
    for question in variants(lesson, name):
        foreseen = {sentence for _, sentence in question.wrong()}
        for number, (answer, sentence) in enumerate(question.wrong()):
            told_apart.setdefault(number, False)
            told = question.feedback(answer)
            if told is None:
                continue  # with these numbers the mistake does not show
            assert told in foreseen
            printed = said(opened(lesson, question), answer, capsys)
            assert not gives_away(question, printed), printed
            if printed == "\n" + wrapped(f"✗ Not yet: {sentence}") + "\n":
                told_apart[number] = True
    assert told_apart, "no wrong answer is foreseen"
    assert all(told_apart.values()), "a mistake that never gets its sentence"


@EVERY
def test_junk_gets_a_sentence_and_then_a_hint(lesson, name, capsys):
    question = SHEETS[lesson].question(name)
    for junk in JUNK:
        sheet = opened(lesson, question)
        first = said(sheet, junk, capsys)
        second = said(sheet, junk, capsys)
        if first.startswith("\n✓ Right: "):
            continue  # it happens to be the answer
        assert first.startswith("\n✗ Not yet: ")
        assert second == first + wrapped(f"Hint: {question.hint}") + "\n"
        assert not gives_away(question, second), second
        assert max(map(len, second.splitlines())) <= 79


@EVERY
def test_unanswered_says_so_and_is_no_try(lesson, name, capsys):
    sheet = opened(lesson, SHEETS[lesson].question(name))
    for _ in range(3):
        assert said(sheet, ..., capsys) == f"{NOT_ANSWERED}\n"
    assert "Hint" not in said(sheet, None, capsys)


@EVERY
def test_students_get_other_questions(lesson, name):
    questions = [SHEETS[lesson].question(name, n) for n in range(VARIANTS)]
    if isinstance(questions[0], exercises.Function):
        return  # its answer is code, and the inputs vary
    assert len({question.prompt() for question in questions}) >= 3
    again = SHEETS[lesson].question(name, 7)
    assert again.prompt() == questions[7].prompt()


@EVERY
def test_the_question_can_be_read(lesson, name, capsys):
    question = SHEETS[lesson].question(name)
    opened(lesson, question).ask_it()
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 79
    assert question.text.split()[0] in printed


@EVERY
def test_sentences_are_sentences(lesson, name):
    question = SHEETS[lesson].question(name)
    told = [question.because, question.hint]
    told += [sentence for _, sentence in question.wrong()]
    for sentence in told:
        assert sentence[-1] in ".?", sentence
        assert len(sentence.split()) >= 4, sentence
