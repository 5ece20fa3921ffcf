"""What the instructor says, asks and runs: ``notes.md`` in a lesson's folder.

It has the lesson's title, its minutes, and a part for each ``##`` heading
of the lesson: minutes, then **Say.**, **Ask.**, **Run live.** and, where
something is run, **If it fails.**
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from tools.notebooks.lessons import folder
from tools.notebooks.markdown import blocks

MINUTES = re.compile(r"(\d+) minutes?")
LABELS = ("Say", "Ask", "Run live", "If it fails")
HOPED_FOR = "Hoped for:"
NOTHING = "nothing"
MOST_MINUTES = 45
HOMEWORK = ("Exercises", "Quiz", "Where next")
"""Sections that need no part: they are work at home."""


@dataclass(frozen=True)
class Part:
    """What to do with one section of a lesson.

    Attributes:
        title: The section's heading.
        minutes: How long it takes.
        paragraphs: Label, such as ``Say``, -> Markdown.
    """

    title: str
    minutes: int
    paragraphs: dict[str, str]

    @property
    def run_live(self) -> str | None:
        """The first line of the code cell to run, or None."""
        words = self.paragraphs["Run live"]
        found = re.match(r"(`+) ?(.+?) ?\1", words)
        return found[2] if found else None


@dataclass(frozen=True)
class Notes:
    """The notes on a lesson.

    Attributes:
        title: The lesson's title.
        minutes: How long it takes in class.
        parts: Its parts, in order.
    """

    title: str
    minutes: int
    parts: tuple[Part, ...]


def notes_path(lesson: Path) -> Path:
    """Return where the notes on a lesson lie."""
    return folder(lesson) / "notes.md"


def parse(text: str) -> Notes:
    """Return the notes that a file holds.

    Raises:
        ValueError: The file is not of the form described above; the message
            names the part.
    """
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title = re.match(r"# (.+)\n", head)
    if not title:
        raise ValueError("notes take a first line with # and the title")
    minutes, rest = _minutes(head[title.end() :], "the head")
    if rest:
        raise ValueError(f"the head takes a title and minutes, got {rest!r}")
    parts = tuple(_part(section) for section in sections)
    return Notes(title[1].strip(), minutes, parts)


def problems(notes: Notes, lesson: NotebookNode) -> list[str]:
    """Return in which sentences the notes and a lesson do not agree."""
    code, title = _sections(lesson)
    found = []
    if notes.title != title:
        found.append(f"the title is {notes.title!r}, the lesson's {title!r}")
    named = [part.title for part in notes.parts]
    wanted = [
        section
        for section in code
        if section not in HOMEWORK or section in named
    ]
    if named != wanted:
        found.append(f"the parts are {named}, the lesson's are {wanted}")
    together = sum(part.minutes for part in notes.parts)
    if together != notes.minutes:
        found.append(
            f"the parts take {together} minutes, the head says {notes.minutes}"
        )
    if notes.minutes > MOST_MINUTES:
        found.append(f"{notes.minutes} minutes; {MOST_MINUTES} is the limit")
    for part in notes.parts:
        lines = code.get(part.title, [])
        if part.run_live is not None and lines.count(part.run_live) != 1:
            found.append(
                f"{part.title!r} runs {part.run_live!r}, the first line of "
                f"{lines.count(part.run_live)} code cells there"
            )
    return found


def _sections(lesson: NotebookNode) -> tuple[dict[str, list[str]], str]:
    """Return section -> first lines of its code cells, and the title."""
    code: dict[str, list[str]] = {}
    title = section = ""
    for cell in lesson.cells:
        if cell.cell_type == "code":
            first, *_ = [*cell.source.splitlines(), ""]
            code.setdefault(section, []).append(first)
            continue
        for block in blocks(cell.source):
            if block.level == 1:
                title = block.title
            elif block.level == 2:
                section = block.title
                code[section] = []
    code.pop("", None)
    return code, title


def _minutes(text: str, place: str) -> tuple[int, str]:
    """Return the minutes on the first line of text, and what follows."""
    first, _, rest = text.strip().partition("\n")
    found = MINUTES.fullmatch(first.strip())
    if not found:
        raise ValueError(
            f"{place} takes a line like '5 minutes', got {first!r}"
        )
    return int(found[1]), rest.strip()


def _part(section: str) -> Part:
    """Return the part that a section of a file holds."""
    title, _, body = section.partition("\n")
    minutes, text = _minutes(body, repr(title))
    pieces = re.split(r"^\*\*([^*\n]+)\.\*\* ", text, flags=re.MULTILINE)
    before, labels, words = pieces[0], pieces[1::2], pieces[2::2]
    paragraphs = dict(
        zip(labels, [word.strip() for word in words], strict=True)
    )
    runs = not paragraphs.get("Run live", NOTHING).startswith(NOTHING)
    wanted = list(LABELS if runs else LABELS[:3])
    if before.strip() or labels != wanted:
        raise ValueError(
            f"{title!r} takes the paragraphs {wanted}, got {labels}"
        )
    part = Part(title.strip(), minutes, paragraphs)
    if runs and part.run_live is None:
        raise ValueError(
            f"{title!r}: Run live takes a first line in backticks or nothing"
        )
    if HOPED_FOR not in " ".join(paragraphs["Ask"].split()):
        raise ValueError(f"{title!r}: Ask takes an answer after {HOPED_FOR}")
    return part
