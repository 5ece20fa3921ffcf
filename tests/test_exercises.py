"""Every exercise of every lesson: what is said to right and wrong answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from utils import exercises
from utils.exercises.sheet import NOT_ANSWERED, wrapped

FILES = Path(exercises.__file__).parent.glob("lesson_*.py")
LESSONS = sorted(int(file.stem.split("_")[1]) for file in FILES)
SHEETS = {lesson: exercises.sheet_of(lesson) for lesson in LESSONS}
CASES = [
    pytest.param(lesson, name, id=f"{lesson:02}-{name}")
    for lesson, sheet in SHEETS.items()
    for name in sheet.names
]
EVERY = pytest.mark.parametrize(("lesson", "name"), CASES)
pytestmark = pytest.mark.usefixtures("keras")
VARIANTS = 20
MODEL_VARIANTS = 3
"""Fewer where each answer is a Keras model to be built."""


class Refuses:
    """An object that answers nothing."""

    def __getattr__(self, name: str) -> None:
        raise RuntimeError("no")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    __hash__ = None

    def __repr__(self) -> str:
        raise RuntimeError("no")


def fails(*_: object, **__: object) -> None:
    """Raise, as a student's function may."""
    raise ZeroDivisionError("no")


JUNK = [None, "text", "", -1, 3.5, float("nan"), float("inf"), True]
JUNK += [[], {}, set(), object(), Refuses(), fails, Refuses, [[1], [1, 2]]]
JUNK += [(1, 2), (None, "a"), ["a"], b"a", {"a": 1}, range(3), 10**400, 1j]


def variants(lesson: int, name: str) -> Iterator[exercises.Question]:
    """Yield an exercise with the numbers of several students."""
    first = SHEETS[lesson].question(name)
    is_model = isinstance(first, exercises.Model)
    for student in range(MODEL_VARIANTS if is_model else VARIANTS):
        yield SHEETS[lesson].question(name, student)


def opened(lesson: int, question: exercises.Question) -> exercises.OpenSheet:
    """Return an open sheet with this question alone, called ``it``."""
    sheet = exercises.Sheet(lesson)

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
    if isinstance(question, exercises.Choice):
        return [question.right]
    return []


def gives_away(question: exercises.Question, printed: str) -> bool:
    """Tell whether the right answer stands in what is printed."""
    flat = " ".join(printed.split())
    return any(
        re.search(rf"(?<![\w.,]){re.escape(text)}(?!\w|[.,]\d)", flat)
        for text in written(question)
    )


def test_there_are_exercises():
    assert 4 in LESSONS


@EVERY
def test_the_right_answer_is_right(lesson, name, capsys):
    for question in variants(lesson, name):
        sheet = opened(lesson, question)
        assert said(sheet, question.solution(), capsys) == (
            wrapped(f"Right: {question.because}") + "\n"
        )


@EVERY
def test_each_mistake_is_named_and_nothing_given_away(lesson, name, capsys):
    told_apart = {}
    for question in variants(lesson, name):
        for number, (answer, sentence) in enumerate(question.wrong()):
            told_apart.setdefault(number, False)
            if question.fault(answer) is None:
                continue  # with these numbers the mistake does not show
            printed = said(opened(lesson, question), answer, capsys)
            assert not gives_away(question, printed), printed
            if printed == wrapped(f"Not yet: {sentence}") + "\n":
                told_apart[number] = True
    assert told_apart, "no wrong answer is foreseen"
    assert all(told_apart.values()), "a mistake that never gets its sentence"


@EVERY
def test_a_mistake_gets_no_sentence_but_a_foreseen_one(lesson, name):
    for question in variants(lesson, name):
        wrong = list(question.wrong())
        sentences = {sentence for _, sentence in wrong}
        for answer, _ in wrong:
            assert question.fault(answer) in {None, *sentences}


@EVERY
def test_junk_gets_a_sentence_and_then_a_hint(lesson, name, capsys):
    question = SHEETS[lesson].question(name)
    for junk in JUNK:
        sheet = opened(lesson, question)
        first = said(sheet, junk, capsys)
        second = said(sheet, junk, capsys)
        if first.startswith("Right: "):
            continue  # it happens to be the answer
        assert first.startswith("Not yet: ")
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
