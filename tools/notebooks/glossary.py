"""The glossary: every term where a lesson introduces it, with its Korean.

A lesson introduces a term by writing it emphasised or in plain words, with
its Korean name in brackets behind it, once in the course. The glossary is
made from these places alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat

from tools.notebooks.lessons import ROOT, lessons
from utils.files import atomic_write

GLOSSARY = ROOT / "docs" / "glossary.md"

HEAD = """# Glossary

Every term at its first use, with its Korean name, in the sentence of the
lesson that introduces it. Made from the lessons by `python -m tools map`.

| term | Korean | lesson | sentence |
| --- | --- | --- | --- |
"""

KOREAN = r"[\uac00-\ud7a3]"
PLACE = re.compile(
    r"(?:(?P<mark>\*{1,2})(?P<marked>[^*|]+)(?P=mark)|(?P<plain>[\w₁$-]+))"
    rf"(?: \$[^$]+\$)? \((?P<korean>[^()]*{KOREAN}[^()]*)\)"
)
"""A term, emphasised or the one word before, and its Korean in brackets."""

PARAGRAPH = re.compile(r"\n\s*\n|^(?:- |\d+\. |#+ )", re.MULTILINE)
POINTS_BACK = re.compile(
    r"(?:This|That|These|Such|It|Its|One such|Each|Here it|"
    r"The (?:first|second))\b"
)
"""How a sentence begins that needs the one before it."""

LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[*\"“(]*[A-Z0-9$])|\s*\|\s*")
"""Where one sentence, or one cell of a table, ends and the next begins."""


class Term(NamedTuple):
    """A term, where it is introduced.

    Attributes:
        name: As the lesson writes it.
        korean: Its Korean name, without further remarks.
        lesson: The lesson's file.
        sentence: The sentence that introduces it, as Markdown.
    """

    name: str
    korean: str
    lesson: Path
    sentence: str


def terms() -> list[Term]:
    """Return every introduction of every lesson, in order."""
    return [term for path in lessons() for term in introduced(path)]


def introduced(path: Path) -> Iterator[Term]:
    """Yield the terms that a lesson introduces."""
    for paragraph in paragraphs(path):
        before = ""
        for sentence in SENTENCE.split(paragraph):
            for place in PLACE.finditer(sentence):
                # "This is called ..." says nothing without its neighbour.
                alone = not POINTS_BACK.match(sentence)
                said = sentence if alone else f"{before} {sentence}".strip()
                yield Term(
                    place["marked"] or place["plain"],
                    re.split("[,;]", place["korean"])[0].strip(),
                    path,
                    LINK.sub(r"\1", said),
                )
            before = sentence


def paragraphs(path: Path) -> Iterator[str]:
    """Yield the paragraphs and items of a lesson's prose, a line each."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            for paragraph in PARAGRAPH.split(cell.source):
                yield " ".join(paragraph.split())


def text() -> str:
    """Return the glossary, terms in alphabetical order."""
    rows = [
        f"| {term.name} | {term.korean} "
        f"| [{term.lesson.stem[:2]}](../notebooks/{term.lesson.name}) "
        f"| {term.sentence} |\n"
        for term in sorted(terms(), key=lambda term: term.name.casefold())
    ]
    return HEAD + "".join(rows)


def write() -> None:
    """Write the glossary."""
    with atomic_write(GLOSSARY) as file:
        file.write(text().encode("utf-8"))
