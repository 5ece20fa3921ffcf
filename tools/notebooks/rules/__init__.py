"""The rules of the lint, in the order in which they are reported."""

from __future__ import annotations

from tools.notebooks.rules import code, outputs, structure, study
from tools.notebooks.rules.lesson import Lesson, Problem, Rule

_TECHNICAL = (
    outputs.stored_form,
    outputs.executed_in_order,
    outputs.no_errors,
    outputs.no_stderr,
    outputs.no_timings,
    outputs.no_addresses,
    outputs.no_machine_paths,
    outputs.no_progress_bars,
    outputs.pictures_described,
    outputs.pictures_comparable,
    outputs.widgets_ignored,
    outputs.mostly_compared,
    code.no_suppressed_output,
    code.no_changing_outputs,
    code.plain_python,
    code.quiet_fit,
    code.no_keras_2,
    structure.pictures_at_hand,
    structure.formulas,
    structure.plain_words,
    structure.file_size,
)
"""Rules for lessons and for solutions."""

_ANATOMY = (
    structure.title,
    structure.head,
    structure.sections,
    structure.number_of_cells,
    structure.number_of_words,
    structure.assertions,
    structure.prose_between_code,
    structure.short_cells,
)
"""Rules for lessons only."""

_STUDY = (
    study.exercises_checked,
    study.exercises_solved,
    study.exercises_apart,
    study.quiz_shown,
)
"""Rules for lessons of the course only."""

RULES: dict[str, Rule] = {
    check.__name__: Rule(
        check.__name__, check, check in _TECHNICAL, check in _STUDY
    )
    for check in (*_TECHNICAL, *_ANATOMY, *_STUDY)
}
"""Every rule, by name."""

__all__ = ["RULES", "Lesson", "Problem", "Rule"]
