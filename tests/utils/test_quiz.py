"""The quiz of every lesson: its questions, its print and its widget."""

import pytest

from utils import quiz

LESSONS = sorted(path.parent.name for path in quiz.LESSONS.glob("*/quiz.md"))
EVERY_QUIZ = pytest.mark.parametrize("lesson", LESSONS)


def test_there_are_quizzes():
    assert "lstm" in LESSONS


@EVERY_QUIZ
def test_five_questions_differ_and_so_do_the_places_of_their_answers(lesson):
    questions = quiz.questions_of(lesson)
    due = 2 if lesson == "start_here" else 5
    assert len({question.text for question in questions}) == due
    assert len({q.options().index(q.right) for q in questions}) > 1


@EVERY_QUIZ
def test_three_or_four_options_each_with_its_own_reason(lesson):
    for question in quiz.questions_of(lesson):
        options = question.options()
        assert options == question.options(), "the order stays"
        assert len(options) in (3, 4)
        assert max(map(len, options)) <= 80, "an answer is short"
        assert {*options} == {question.right, *question.wrong}
        assert len({*options}) == 1 + len(question.wrong), "one stands twice"
        verdicts = {question.verdict(option) for option in options}
        assert len(verdicts) == len(options)
        assert sum(each.startswith("Right. ") for each in verdicts) == 1
        for verdict in verdicts:
            reason = verdict.split(". ", 1)[1]
            assert reason[0].isupper() or not reason[0].isalpha(), reason
        assert reason[-1] in ".?!" and len(reason.split()) >= 4, reason


@EVERY_QUIZ
def test_questions_and_reasons_can_be_read_without_a_kernel(lesson, capsys):
    quiz.ask(lesson)
    asked = capsys.readouterr().out
    quiz.explain(lesson)
    explained = capsys.readouterr().out
    assert max(map(len, (asked + explained).splitlines())) <= 79
    asked, explained = " ".join(asked.split()), " ".join(explained.split())
    for question in quiz.questions_of(lesson):
        for text in (question.text, *question.options()):
            assert " ".join(text.split()) in asked
        for reason in (question.because, *question.wrong.values()):
            assert " ".join(reason.split()) not in asked
        for option in question.options():
            assert " ".join(question.verdict(option).split()) in explained


@EVERY_QUIZ
def test_the_widget_answers_every_choice(lesson):
    box = quiz.show(lesson)
    questions = quiz.questions_of(lesson)
    for part, question in zip(box.children, questions, strict=True):
        buttons, answer = part.children
        assert buttons.description.endswith(question.text)
        assert buttons.value is None
        assert "Choose an answer." in answer.value
        for option in question.options():
            buttons.value = option
            assert answer.value.count("<p") == 1
            is_right = option == question.right
            assert ("✓ Right." in answer.value) is is_right
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
    monkeypatch.setattr("utils.quiz.questions_of", lambda _: [made()])
    (part,) = quiz.show("any").children
    buttons, answer = part.children
    buttons.value = "<yes>"
    assert "It &lt;is&gt; so &amp; so." in answer.value


def test_an_option_that_is_none_is_refused():
    with pytest.raises(ValueError, match="takes one of the options, got x"):
        made().verdict("x")


def test_a_lesson_without_a_quiz_is_named():
    with pytest.raises(ValueError, match=r"lesson takes .*got 'any'"):
        quiz.ask("any")


ASKED = "# Quiz\n\n## Why?\n\n"
YES, NO = "- [x] yes\\\n  It is so.\n", "- [ ] no\\\n  It is not.\n"


def test_markdown_becomes_questions():
    text = ASKED + YES + "- [ ] a long\n  option\\\n  Not\n  so.\n"
    (question,) = quiz.parse(text, "quiz.md")
    assert (question.text, question.right) == ("Why?", "yes")
    assert question.because == "It is so."
    assert question.wrong == {"a long option": "Not so."}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (NO, "one right option"),
        (YES + YES, "one right option"),
        (YES + NO + NO, "no option twice"),
        (YES + "- [ ] no\n", "line 7, takes an option like"),
        (YES + "- no\\\n  It is not.\n", "line 7, takes an option like"),
        (YES + "- [X] no\\\n  It is not.\n", "takes an option like"),
    ],
)
def test_mistakes_of_a_quiz_are_named(options, words):
    with pytest.raises(ValueError, match=r"^quiz\.md") as error:
        quiz.parse(ASKED + options, "quiz.md")
    assert words in str(error.value)
