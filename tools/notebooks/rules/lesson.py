"""A notebook as the rules of the lint see it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

IGNORED_TAGS = {"nbval-ignore-output", "nbval-skip"}
IGNORED_COMMENTS = {
    "NBVAL_IGNORE_OUTPUT",
    "NBVAL_SKIP",
    "PYTEST_VALIDATE_IGNORE_OUTPUT",
}
FIRST = "00"
"""The number of the lesson on how lessons work. It takes ten minutes where
the others take twenty or more, so the rules ask it for less than half."""

PICTURES = ("image/png", "image/jpeg", "image/gif")
FENCED_CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")


@dataclass(frozen=True)
class Problem:
    """A rule that a notebook breaks.

    Attributes:
        place: Where: a cell, or the notebook as a whole.
        sentence: What is wrong and what would be right.
    """

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


@dataclass(frozen=True)
class Rule:
    """One thing to check.

    Attributes:
        name: A few words, joined by underscores.
        find: Yields what is wrong with a lesson.
        technical: Whether it also holds for notebooks of solutions.
        course: Whether it holds for the lessons of the course only, since
            it asks for what the package has about them.
    """

    name: str
    find: Callable[[Lesson], Iterable[Problem]]
    technical: bool = True
    course: bool = False

    def check(self, lesson: Lesson) -> list[Problem]:
        """Return what is wrong with a lesson."""
        return list(self.find(lesson))


class Cell:
    """One cell of a lesson."""

    def __init__(self, node: NotebookNode, number: int) -> None:
        self.node = node
        self.source: str = node.source
        self.is_code = node.cell_type == "code"
        self.is_markdown = node.cell_type == "markdown"
        self.tags = set(node.metadata.get("tags", []))
        self.outputs: list[NotebookNode] = node.get("outputs", [])
        self.count: int | None = node.get("execution_count")
        self.place = f"cell {number}"
        if self.is_code and self.count:
            self.place += f" (In [{self.count}])"

    def problem(self, sentence: str) -> Problem:
        """Return a problem of this cell."""
        return Problem(self.place, sentence)

    @property
    def lines(self) -> list[str]:
        """The lines of the source that are not blank."""
        return [line for line in self.source.splitlines() if line.strip()]

    @property
    def is_compared(self) -> bool:
        """Whether nbval compares this cell's outputs strictly."""
        comments = {
            line.strip().lstrip("#").strip()
            for line in self.lines
            if line.strip().startswith("#")
        }
        return not (self.tags & IGNORED_TAGS or comments & IGNORED_COMMENTS)

    @property
    def has_picture(self) -> bool:
        """Whether one of the outputs is a picture."""
        return any(
            kind in output.get("data", {})
            for output in self.outputs
            for kind in PICTURES
        )

    @cached_property
    def tree(self) -> ast.Module | None:
        """The code's syntax tree; None if it is not plain Python."""
        try:
            return ast.parse(self.source)
        except SyntaxError:
            return None

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the code; none if it does not parse."""
        return [] if self.tree is None else [*ast.walk(self.tree)]

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call in the code."""
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    def texts(self) -> Iterator[str]:
        """Yield every text in the outputs."""
        for output in self.outputs:
            if output.output_type == "stream":
                yield output.text
            elif output.output_type == "error":
                yield f"{output.ename}: {output.evalue}"
                yield "\n".join(output.traceback)
            else:
                for kind, content in output.data.items():
                    if kind.startswith("text/"):
                        yield content

    @property
    def prose(self) -> str:
        """The Markdown without code."""
        text = FENCED_CODE.sub("", self.source)
        return INLINE_CODE.sub("", text)


class Lesson:
    """A notebook's file and its cells."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.node = nbformat.reads(self.text, as_version=4)
        self.cells = [
            Cell(node, number)
            for number, node in enumerate(self.node.cells, start=1)
        ]

    @property
    def code(self) -> list[Cell]:
        """The code cells."""
        return [cell for cell in self.cells if cell.is_code]

    @property
    def markdown(self) -> list[Cell]:
        """The Markdown cells."""
        return [cell for cell in self.cells if cell.is_markdown]

    @property
    def outputs(self) -> Iterator[tuple[Cell, NotebookNode]]:
        """Every output, with its cell."""
        for cell in self.code:
            for output in cell.outputs:
                yield cell, output

    @property
    def proper(self) -> list[Cell]:
        """The cells before the exercises."""
        return self.cells[: self._exercises]

    @property
    def study(self) -> list[Cell]:
        """The cells from the exercises on: what there is to do."""
        return self.cells[self._exercises :]

    @cached_property
    def _exercises(self) -> int:
        """The index of the cell that begins with the heading Exercises."""
        for index, cell in enumerate(self.cells):
            if cell.is_markdown and cell.source.startswith("## Exercises"):
                return index
        return len(self.cells)

    @property
    def number(self) -> str:
        """The two digits that the file's name begins with."""
        return self.path.stem.split("_")[0]

    @property
    def is_first(self) -> bool:
        """Whether this is the short lesson on how lessons work."""
        return self.number == FIRST

    @property
    def name(self) -> str:
        """The file's name without its number: that of the lesson's folder."""
        return self.path.stem.partition("_")[2]

    def problem(self, sentence: str) -> Problem:
        """Return a problem of the notebook as a whole."""
        return Problem("notebook", sentence)


def name_of(node: ast.AST) -> str:
    """Return the last name of a dotted expression, ``c`` of ``a.b.c``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def keywords(call: ast.Call) -> dict[str, Any]:
    """Return the values given by keyword, by name."""
    return {word.arg: word.value for word in call.keywords if word.arg}
