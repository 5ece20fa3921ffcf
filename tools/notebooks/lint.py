"""Check notebooks against every rule that applies to them."""

from __future__ import annotations

from pathlib import Path

from tools.notebooks.lessons import LESSONS, SOLUTIONS
from tools.notebooks.rules import RULES, Lesson, Problem, Rule
from utils.errors import reason


def rules_for(path: Path) -> list[Rule]:
    """Return the rules for a notebook; solutions need no anatomy."""
    folder = path.resolve().parent
    if folder == SOLUTIONS:
        return [rule for rule in RULES.values() if rule.technical]
    return [
        rule for rule in RULES.values() if folder == LESSONS or not rule.course
    ]


def lint(path: Path) -> dict[str, list[Problem]]:
    """Return what is wrong with a notebook, by the name of the rule.

    Raises:
        ValueError: The file is no notebook.
    """
    try:
        lesson = Lesson(path)
    except (OSError, ValueError) as error:
        why = reason(error, named=False)
        raise ValueError(f"{path}: the file is no notebook: {why}") from None
    found = {rule.name: rule.check(lesson) for rule in rules_for(path)}
    return {name: problems for name, problems in found.items() if problems}
