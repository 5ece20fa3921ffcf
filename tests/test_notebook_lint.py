"""Every notebook keeps every rule, and every rule can tell when not."""

from pathlib import Path

import nbformat
import pytest

from utils.notebooks.__main__ import main
from utils.notebooks.doors import open_doors
from utils.notebooks.lessons import LESSONS, SOLUTIONS, lessons, solutions
from utils.notebooks.lint import lint, rules_for
from utils.notebooks.normalise import save
from utils.notebooks.rules import RULES, Lesson

FIXTURES = Path(__file__).with_name("fixtures") / "notebooks"
GOOD = FIXTURES / "01_good_lesson.ipynb"
EVERY_CASE = [
    pytest.param(path, rule, id=f"{path.stem}-{rule.name}")
    for path in lessons() + solutions()
    for rule in rules_for(path)
]

WHERE: dict[str, list[str]] = {
    "assertions": ["notebook"],
    "doors": ["notebook"],
    "executed_in_order": ["cell 3 (In [7])", "cell 4", "cell 5"],
    "formulas": ["cell 1", "cell 2"],
    "guarded": ["notebook"],
    "mostly_compared": ["notebook"],
    "no_addresses": ["cell 2 (In [1])", "cell 3 (In [2])"],
    "no_changing_outputs": [f"cell {n} (In [{n - 1}])" for n in (2, 3, 4)],
    "no_errors": ["cell 2 (In [1])"],
    "no_keras_2": ["cell 3 (In [2])", "cell 4 (In [3])"],
    "no_machine_paths": [f"cell {n} (In [{n - 1}])" for n in (2, 3, 4, 6)],
    "no_progress_bars": ["cell 2 (In [1])", "cell 3 (In [2])"],
    "no_stderr": ["cell 2 (In [1])"],
    "no_suppressed_output": ["cell 2 (In [1])", "cell 3 (In [2])"],
    "no_timings": [f"cell {n} (In [{n - 1}])" for n in (2, 3, 4, 5)],
    "number_of_cells": ["notebook"],
    "number_of_words": ["notebook"],
    "pictures_at_hand": ["cell 1", "cell 2", "cell 2", "cell 3"],
    "pictures_comparable": ["cell 2 (In [1])"],
    "pictures_described": [f"cell {n} (In [{n - 1}])" for n in (2, 3, 4)],
    "plain_python": [f"cell {n} (In [{n - 1}])" for n in (2, 3, 4)],
    "plain_words": ["cell 1", "cell 2"],
    "prose_between_code": ["cell 6 (In [4])"],
    "quiet_fit": ["cell 3 (In [2])", "cell 4 (In [3])"],
    "sections": ["notebook", "notebook"],
    "short_cells": ["cell 2 (In [1])", "notebook", "notebook"],
    "short_lines": ["cell 2 (In [1])"],
    "stored_form": ["notebook"],
    "times_announced": ["notebook"],
    "title": ["notebook"],
    "widgets_ignored": [
        "cell 2 (In [1])",
        "cell 2 (In [1])",
        "cell 10 (In [4])",
    ],
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
    """The good lesson, open to the repository of today."""
    notebook = nbformat.read(GOOD, as_version=4)
    open_doors(notebook, GOOD.name)
    save(notebook, tmp_path / GOOD.name)
    return tmp_path / GOOD.name


def test_there_are_lessons():
    assert lessons(), "no notebook in notebooks/: nothing would be checked"


@pytest.mark.parametrize(("path", "rule"), EVERY_CASE)
def test_notebook_keeps_the_rule(path, rule):
    problems = rule.check(Lesson(path))
    assert not problems, "\n".join(map(str, problems))


def test_good_lesson_keeps_every_rule(good):
    assert lint(good) == {}


def test_guard_does_not_make_a_cell_longer(tmp_path, good):
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


@pytest.mark.parametrize("name", [name for name in RULES if name in WHERE])
def test_bad_notebook_breaks_the_rule(name):
    problems = RULES[name].check(Lesson(FIXTURES / f"{name}.ipynb"))
    assert [problem.place for problem in problems] == WHERE[name]


@pytest.mark.parametrize("name", [name for name in RULES if name in WHERE])
def test_bad_notebook_breaks_no_other_technical_rule(name):
    broken = lint(FIXTURES / f"{name}.ipynb")
    technical = {other for other in broken if RULES[other].technical}
    assert technical - {name} == TOGETHER.get(name, set())


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
