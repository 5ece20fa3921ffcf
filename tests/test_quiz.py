"""The quiz of every lesson: its questions, its print and its widget."""

from pathlib import Path

import pytest

from utils import quiz

FILES = Path(quiz.__file__).parent.glob("lesson_*.py")
LESSONS = sorted(int(file.stem.split("_")[1]) for file in FILES)
CASES = [
    pytest.param(question, id=f"{lesson:02}-{number}")
    for lesson in LESSONS
    for number, question in enumerate(quiz.questions_of(lesson), start=1)
]
EVERY_QUESTION = pytest.mark.parametrize("question", CASES)
EVERY_QUIZ = pytest.mark.parametrize(
    "lesson", LESSONS, ids=lambda n: f"lesson_{n:02}"
)


def test_there_are_quizzes():
    assert 4 in LESSONS


@EVERY_QUIZ
def test_five_different_questions(lesson):
    questions = quiz.questions_of(lesson)
    assert len({question.text for question in questions}) == 5


@EVERY_QUIZ
def test_the_right_option_has_no_place_of_its_own(lesson):
    questions = quiz.questions_of(lesson)
    places = {q.options().index(q.right) for q in questions}
    assert len(places) > 1


@EVERY_QUESTION
def test_three_or_four_options_each_with_its_own_reason(question):
    options = question.options()
    assert len(options) in (3, 4)
    assert max(map(len, options)) <= 80, "the widget does not wrap options"
    assert {*options} == {question.right, *question.wrong}
    assert len({*options}) == 1 + len(question.wrong), "an option stands twice"
    verdicts = {question.verdict(option) for option in options}
    assert len(verdicts) == len(options)


@EVERY_QUESTION
def test_one_option_is_right(question):
    verdicts = [question.verdict(option) for option in question.options()]
    assert sum(verdict.startswith("Right. ") for verdict in verdicts) == 1
    for verdict in verdicts:
        reason = verdict.split(". ", 1)[1]
        assert reason[0].isupper() or not reason[0].isalpha(), reason
        assert reason[-1] in ".?!" and len(reason.split()) >= 4, reason


@EVERY_QUESTION
def test_the_order_of_options_is_the_same_every_time(question):
    assert question.options() == question.options()


@EVERY_QUIZ
def test_questions_and_options_can_be_read_without_a_kernel(lesson, capsys):
    quiz.ask(lesson)
    printed = capsys.readouterr().out
    flat = " ".join(printed.split())
    assert max(map(len, printed.splitlines())) <= 79
    for question in quiz.questions_of(lesson):
        for text in (question.text, *question.options()):
            assert " ".join(text.split()) in flat
        reasons = (question.because, *question.wrong.values())
        assert not any(" ".join(r.split()) in flat for r in reasons)


@EVERY_QUIZ
def test_the_explanation_has_every_reason(lesson, capsys):
    quiz.explain(lesson)
    printed = capsys.readouterr().out
    flat = " ".join(printed.split())
    assert max(map(len, printed.splitlines())) <= 79
    for question in quiz.questions_of(lesson):
        for option in question.options():
            assert " ".join(question.verdict(option).split()) in flat


@EVERY_QUIZ
def test_the_widget_answers_every_choice(lesson):
    box = quiz.show(lesson)
    questions = quiz.questions_of(lesson)
    for part, question in zip(box.children, questions, strict=True):
        _, buttons, answer = part.children
        assert buttons.value is None
        assert "Choose an answer." in answer.value
        for option in question.options():
            buttons.value = option
            assert answer.value.count("<p") == 1
            is_right = option == question.right
            assert (">Right. " in answer.value) is is_right
            assert 'aria-live="polite"' in answer.value


def made() -> quiz.QuizQuestion:
    """Return a question full of signs that mean something in HTML."""
    return quiz.QuizQuestion(
        text="Is 1 < 2 & 3?",
        right="<yes>",
        because="It <is> so & so.",
        wrong={"no": "It is <b>.", "never": "It is &amp;."},
    )


def test_signs_of_html_are_escaped(monkeypatch):
    monkeypatch.setattr("utils.quiz.panel.questions_of", lambda _: [made()])
    (part,) = quiz.show(1).children
    text, buttons, answer = part.children
    assert "1 &lt; 2 &amp; 3?" in text.value
    buttons.value = "<yes>"
    assert "It &lt;is&gt; so &amp; so." in answer.value


def test_an_option_that_is_none_is_refused():
    with pytest.raises(ValueError, match="takes one of the options, got x"):
        made().verdict("x")


@pytest.mark.parametrize("lesson", [98, 0, 100])
def test_a_lesson_without_a_quiz_is_named(lesson):
    with pytest.raises(ValueError, match=f"lesson takes .*got {lesson}"):
        quiz.ask(lesson)
