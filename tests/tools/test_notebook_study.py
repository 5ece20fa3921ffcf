"""The lint on exercises, solutions and quiz, and on where they stand."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lessons.return_sequences.exercises import SHEET
from tools.notebooks.rules import RULES, Lesson, study

NAME = "04_return_sequences.ipynb"
START = "sheet = SHEET.start(student=0)"
EXERCISES = [
    f"sheet.ask_{name}()\nanswer = ...\nsheet.check_{name}(answer)"
    for name in SHEET.names
]
LESSON = ["## Exercises", START, *EXERCISES]
LESSON += [
    "## Quiz",
    "quiz.ask('return_sequences')",
    "quiz.show('return_sequences')",
    "## Where next",
]


def write(path: Path, sources: list[str], printed: str = "") -> Path:
    """Write a notebook whose code cells all print the same."""
    stream = nbformat.v4.new_output("stream", text=printed)
    cells = [
        new_markdown_cell(source)
        if source.startswith("#")
        else new_code_cell(source, outputs=[stream] if printed else [])
        for source in sources
    ]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


def broken(path: Path, rule: str) -> list[str]:
    """Return what a rule says about a notebook."""
    return [problem.sentence for problem in RULES[rule].check(Lesson(path))]


def without(text: str) -> list[str]:
    """Return the lesson without the lines that have a text."""
    cells = [
        "\n".join(line for line in cell.splitlines() if text not in line)
        for cell in LESSON
    ]
    return [cell for cell in cells if cell]


def test_whole_lesson_keeps_the_rules(tmp_path):
    lesson = write(tmp_path / NAME, LESSON)
    write(
        tmp_path / "solutions/04_solutions.ipynb",
        [START, *EXERCISES],
        "Right: it is.",
    )
    for rule in ("exercises_checked", "exercises_solved", "quiz_shown"):
        assert broken(lesson, rule) == []


@pytest.mark.parametrize(
    ("rule", "missing", "sentence"),
    [
        ("exercises_checked", "ask_units", "never calls sheet.ask_units"),
        ("exercises_checked", "check_units", "never calls sheet.check_units"),
        ("exercises_checked", "start", "does not open its sheet"),
        ("quiz_shown", "quiz.ask", "never calls quiz.ask("),
        ("quiz_shown", "quiz.show", "never calls quiz.show("),
        ("quiz_shown", "## Quiz", "has no section called Quiz"),
    ],
)
def test_what_is_missing_is_named(tmp_path, rule, missing, sentence):
    lesson = write(tmp_path / NAME, without(missing))
    (problem,) = broken(lesson, rule)
    assert problem.startswith(sentence)


def test_only_checks_of_this_sheet_in_the_section_count(tmp_path, monkeypatch):
    def found(*cells: str) -> list[str]:
        return broken(write(tmp_path / NAME, cells), "exercises_checked")

    for call in ("start()", "start(student=1)"):
        start = START.replace("start(student=0)", call)
        assert "does not open" in found("## Exercises", start, *LESSON[2:])[0]
    problems = found(START, *EXERCISES, "## Exercises", "## Quiz")
    assert len(problems) == 2 * len(EXERCISES) + 1
    monkeypatch.setattr(study, "EXERCISES", range(1, 3))
    (problem,) = found(*LESSON)
    assert problem.startswith("has 5 exercises")


def test_solutions_are_missing_or_refused(tmp_path):
    lesson = write(tmp_path / NAME, LESSON)
    (problem,) = broken(lesson, "exercises_solved")
    assert problem.startswith("has no solutions: write notebooks/solutions/")
    place = tmp_path / "solutions/04_solutions.ipynb"
    write(place, [START, *EXERCISES[1:]], "Right: it is.")
    (problem,) = broken(lesson, "exercises_solved")
    assert "has no solution with sheet.check_shape" in problem
    write(place, [START, *EXERCISES], "Not yet: no.")
    assert len(broken(lesson, "exercises_solved")) == len(EXERCISES)


def test_lesson_without_content_is_told_where_to_write_it(tmp_path):
    lesson = write(tmp_path / "98_new.ipynb", LESSON)
    (problem,) = broken(lesson, "exercises_checked")
    assert problem.endswith("write lessons/new/exercises.py")
    (problem,) = broken(lesson, "quiz_shown")
    assert problem.endswith("write lessons/new/quiz.md")


def test_an_answer_called_as_something_of_the_lesson_is_named(tmp_path):
    proper = ["# 04", "last = 1\nstates = 2"]
    answer = "def last(x):\n    return x\n\n\nanswer = last"
    lesson = write(tmp_path / NAME, [*proper, *LESSON])
    place = tmp_path / "solutions/04_solutions.ipynb"
    place.parent.mkdir(exist_ok=True)
    write(place, ["states = 3", answer], "Right: it is.")
    (problem,) = broken(lesson, "exercises_apart")
    assert "called last, as something" in problem
    write(place, ["sheet.check_units(states)"], "Right: it is.")
    assert "called states" in broken(lesson, "exercises_apart")[0]
    write(place, [answer.replace("last", "my_last")], "Right: it is.")
    assert broken(lesson, "exercises_apart") == []


def test_the_lesson_on_lessons_may_be_short(tmp_path):
    claims = ["assert 1 == 1", "assert 2 == 2"]
    prose = ["# 00 A", *["# " + "word " * 60] * 10]
    for name, complaints in (("00_a", 0), ("01_a", 1)):
        path = write(tmp_path / f"{name}.ipynb", prose + claims)
        for rule in ("number_of_cells", "number_of_words", "assertions"):
            assert len(broken(path, rule)) == complaints, (name, rule)


def test_exercises_and_quiz_do_not_count_to_the_lesson(tmp_path):
    words = "# 04 Lesson\n\n" + "word " * 1497
    proper = [words, *["x = 1"] * 58, "## Summary"]
    lesson = write(tmp_path / NAME, proper + LESSON)
    assert broken(lesson, "number_of_cells") == []
    assert broken(lesson, "number_of_words") == []
    lesson = write(tmp_path / NAME, ["x = 1", *proper, *LESSON])
    assert broken(lesson, "number_of_cells") == [
        "has 61 cells; 25 to 60 are asked for"
    ]
    lesson = write(tmp_path / NAME, proper + LESSON + ["x = 1"] * 20)
    (problem,) = broken(lesson, "number_of_cells")
    assert "cells from the exercises on; 0 to 24" in problem


def test_a_quiz_takes_its_questions_in_print_for_a_picture(tmp_path):
    notebook = nbformat.read(write(tmp_path / NAME, LESSON), as_version=4)
    live = notebook.cells[-2]
    live.metadata["tags"] = ["nbval-ignore-output"]
    note = {"text/plain": "(a live widget: run this cell to use it)"}
    live.outputs = [nbformat.v4.new_output("display_data", data=note)]
    nbformat.write(notebook, tmp_path / NAME)
    assert broken(tmp_path / NAME, "widgets_ignored") == []
    notebook.cells[-3].source = "print(4)"
    nbformat.write(notebook, tmp_path / NAME)
    (problem,) = broken(tmp_path / NAME, "widgets_ignored")
    assert "static picture" in problem
