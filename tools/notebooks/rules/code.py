"""Rules on the code of a lesson."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.notebooks.rules.lesson import (
    Cell,
    Lesson,
    Problem,
    keywords,
    name_of,
)

KERAS_FIT = {"epochs", "validation_data", "validation_split", "callbacks"}
"""Arguments that tell a Keras ``fit`` from scikit-learn's."""

DROPPED = {"input_shape", "batch_input_shape", "input_length"}
"""Arguments of Keras 2 layers that Keras 3 warns of or refuses."""

INSTALLER = re.compile(r"\b(pip|conda|apt-get|wget|curl)\b\s+\S")


def no_suppressed_output(lesson: Lesson) -> Iterator[Problem]:
    """No cell ends in a semicolon: nbval sees an output all the same."""
    for cell in lesson.code:
        if _without_comment(cell).endswith(";"):
            yield cell.problem("ends in a semicolon; assign the value instead")


def _without_comment(cell: Cell) -> str:
    """Return the cell's last line of code without what follows a ``#``."""
    lines = [line for line in cell.lines if not line.strip().startswith("#")]
    return lines[-1].split("  #")[0].rstrip() if lines else ""


def no_changing_outputs(lesson: Lesson) -> Iterator[Problem]:
    """No output is cleared or updated: nbval misjudges both."""
    for cell in lesson.code:
        names = {name_of(node) for node in cell.nodes}
        names |= {word for call in cell.calls for word in keywords(call)}
        names |= {
            alias.name
            for node in cell.nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for name in ("clear_output", "display_id", "update_display"):
            if name in names:
                yield cell.problem(f"uses {name}, which nbval misjudges")


def plain_python(lesson: Lesson) -> Iterator[Problem]:
    """Code is plain Python: no magics, no shell, nothing installed."""
    for cell in lesson.code:
        commands = [
            line.strip()
            for line in cell.lines
            if line.lstrip().startswith(("!", "%"))
        ]
        if commands:
            yield cell.problem(f"is not plain Python: {commands[0]!r}")
        elif cell.tree is None and "raises-exception" not in cell.tags:
            yield cell.problem("does not parse as Python")
        for text in _shell_texts(cell):
            if INSTALLER.search(text):
                yield cell.problem(f"installs or fetches something: {text!r}")


def _shell_texts(cell: Cell) -> Iterator[str]:
    """Yield the commands that the cell hands to a shell or a process."""
    for call in cell.calls:
        if name_of(call.func) in {"system", "run", "check_call", "Popen"}:
            words = [
                node.value
                for node in ast.walk(call)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
            ]
            yield " ".join(words)


def quiet_fit(lesson: Lesson) -> Iterator[Problem]:
    """Keras prints no progress bar: ``verbose=0``, or ``training.fit``."""
    for cell in lesson.code:
        for call in cell.calls:
            words = keywords(call)
            ours = ast.unparse(call.func) in {"training.fit", "fit"}
            if name_of(call.func) != "fit" or ours or not KERAS_FIT & {*words}:
                continue
            verbose = words.get("verbose")
            if not isinstance(verbose, ast.Constant) or verbose.value != 0:
                yield cell.problem(
                    "fits without verbose=0: its progress bar would be stored"
                )


def no_keras_2(lesson: Lesson) -> Iterator[Problem]:
    """No layer takes an argument that Keras 3 dropped.

    Where a lesson means to show what happens, the cell is tagged
    ``raises-exception`` or the call stands in a ``try``.
    """
    for cell in lesson.code:
        if "raises-exception" in cell.tags:
            continue
        tried = {
            id(inner)
            for node in cell.nodes
            if isinstance(node, ast.Try)
            for statement in node.body
            for inner in ast.walk(statement)
        }
        for call in cell.calls:
            is_layer = name_of(call.func)[:1].isupper()
            for word in sorted(DROPPED & {*keywords(call)}):
                if is_layer and id(call) not in tried:
                    yield cell.problem(
                        f"gives a layer {word}=, which Keras 3 dropped: "
                        "use keras.Input"
                    )
