"""Every notebook keeps every rule, and every rule can tell when not."""

from pathlib import Path

import nbformat
import pytest

from tools.__main__ import main
from tools.notebooks.heads import with_foot
from tools.notebooks.lessons import LESSONS, SOLUTIONS, lessons, solutions
from tools.notebooks.lint import lint, rules_for
from tools.notebooks.rules import RULES, Lesson
from tools.notebooks.stored_form import save

FIXTURES = Path(__file__).with_name("fixtures") / "notebooks"
GOOD = FIXTURES / "01_good_lesson.ipynb"
WHOLE = ("assertions", "head", "mostly_compared")
WHOLE += ("number_of_cells", "number_of_words", "stored_form")
WHOLE += ("title",)
WHERE: dict[str, list[str]] = {
    "executed_in_order": ["cell 3 (In [7])", "cell 4", "cell 5"],
    "formulas": ["cell 1", "cell 2", "cell 4"],
    "pictures_at_hand": ["cell 1", "cell 2", "cell 2", "cell 3"],
    "plain_words": ["cell 1", "cell 2"],
    "prose_between_code": ["cell 6 (In [4])"],
    "sections": ["notebook", "notebook"],
    "short_cells": ["cell 2 (In [1])", "notebook", "notebook"],
    "widgets_ignored": [*["cell 2 (In [1])"] * 2, "cell 10 (In [4])"],
} | {name: ["notebook"] for name in WHOLE}
WHERE |= {
    name: [f"cell {n} (In [{n - 1}])" for n in cells]
    for name, cells in {
        "no_addresses": (2, 3),
        "no_changing_outputs": (2, 3, 4),
        "no_errors": (2,),
        "no_keras_2": (3, 4),
        "no_machine_paths": (2, 3, 4, 6),
        "no_progress_bars": (2, 3),
        "no_stderr": (2,),
        "no_suppressed_output": (2, 3),
        "no_timings": (2, 3, 4, 5),
        "pictures_comparable": (2,),
        "pictures_described": (2, 3, 4),
        "plain_python": (2, 3, 4),
        "quiet_fit": (3, 4),
    }.items()
}
"""Where the notebook named after a rule breaks it; its other cells do not."""

TOGETHER = {
    "executed_in_order": {"stored_form"},
    "no_addresses": {"mostly_compared"},
    "no_machine_paths": {"mostly_compared"},
    "widgets_ignored": {"mostly_compared"},
}
"""Rules that such a notebook cannot but break as well."""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """The good lesson, with the head of today."""
    notebook = nbformat.read(GOOD, as_version=4)
    title = notebook.cells[0]
    title.source = with_foot(title.source, tmp_path / GOOD.name)
    save(notebook, tmp_path / GOOD.name)
    return tmp_path / GOOD.name


@pytest.mark.parametrize("path", lessons() + solutions(), ids=lambda p: p.stem)
def test_notebook_keeps_every_rule(path):
    assert lint(path) == {}


def test_good_lesson_keeps_every_rule(good):
    assert lint(good) == {}


def test_the_first_cell_is_as_short_as_any(tmp_path, good):
    notebook = nbformat.read(good, as_version=4)
    first = next(c for c in notebook.cells if c.cell_type == "code")
    written = "\n".join(f"x = {number}" for number in range(22))
    first.source += f"\n{written}"  # two lines stand there already
    save(notebook, tmp_path / "01_long.ipynb")
    problems = lint(tmp_path / "01_long.ipynb")
    assert "short_cells" not in problems
    first.source += "\nx = 1\nx = 2"
    save(notebook, tmp_path / "01_long.ipynb")
    (problem, *_) = lint(tmp_path / "01_long.ipynb")["short_cells"]
    assert "has 26 lines" in problem.sentence


@pytest.mark.parametrize("name", WHERE)
def test_bad_notebook_breaks_its_rule_and_no_other_technical_one(name):
    broken = lint(FIXTURES / f"{name}.ipynb")
    assert [problem.place for problem in broken.pop(name)] == WHERE[name]
    technical = {other for other in broken if RULES[other].technical}
    assert technical == TOGETHER.get(name, set())


def test_every_rule_has_its_bad_notebook():
    # The limit on a file's size has none: it would be large. The rules on
    # exercises are tested in test_notebook_study.py.
    others = {rule.name for rule in RULES.values() if rule.course}
    assert {*WHERE} | {"file_size"} | others == {*RULES}
    kept = {path.stem for path in FIXTURES.glob("*.ipynb")}
    assert kept == {*WHERE, GOOD.stem}


def test_large_file_breaks_the_rule(tmp_path):
    large = tmp_path / GOOD.name
    large.write_text(GOOD.read_text(encoding="utf-8"), encoding="utf-8")
    size = large.stat().st_size
    with large.open("a", encoding="utf-8") as file:
        file.write(" " * (400_000 - size - 1))
    assert RULES["file_size"].check(Lesson(large)) == []
    with large.open("a", encoding="utf-8") as file:
        file.write(" ")
    assert len(RULES["file_size"].check(Lesson(large))) == 1


def test_notebook_that_nobody_ran_is_one_problem(tmp_path):
    notebook = nbformat.read(GOOD, as_version=4)
    for cell in notebook.cells:
        cell.pop("execution_count", None)
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell.update(execution_count=None, outputs=[])
    nbformat.write(notebook, tmp_path / GOOD.name)
    problems = lint(tmp_path / GOOD.name)["executed_in_order"]
    assert [str(problem) for problem in problems] == [
        "notebook: was never executed: run make notebooks"
    ]


def test_solutions_need_no_anatomy():
    for_lessons = rules_for(LESSONS / "01_x.ipynb")
    for_solutions = rules_for(SOLUTIONS / "01_x.ipynb")
    assert for_lessons == [*RULES.values()]
    missing = {rule.name for rule in for_lessons if rule not in for_solutions}
    assert {"title", "sections", "number_of_words"} <= missing
    assert not {"stored_form", "no_stderr", "no_timings"} & missing


def test_command_names_file_cell_and_rule(capsys, good):
    assert main(["lint", str(good)]) == 0
    assert main(["lint", str(FIXTURES / "no_stderr.ipynb")]) == 1
    printed = capsys.readouterr().out
    assert "no_stderr.ipynb, cell 2 (In [1]): writes to stderr" in printed
    assert "[no_stderr]" in printed


def test_command_refuses_what_is_no_notebook(tmp_path, capsys):
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    assert main(["lint", str(broken)]) == 2
    assert "the file is no notebook" in capsys.readouterr().err
