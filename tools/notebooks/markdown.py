"""The Markdown of a lesson in pieces: headings, pictures, prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

READER = MarkdownIt().enable("table").use(dollarmath_plugin)
DISPLAYED = re.compile(r"((?<!\\)\$\$.+?(?<!\\)\$\$)", re.DOTALL)
"""A formula in a line of its own, within a paragraph."""

KINDS = {
    "heading_open": "heading",
    "paragraph_open": "prose",
    "math_block": "formula",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "html_block": "html",
}
"""The first token of a block -> what it is."""

PICTURES = ("![", "<img", "<picture")
"""How a paragraph, or a piece of HTML, that shows a picture begins."""


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, picture, table, list, formula or quotation.

    Attributes:
        kind: ``heading``, ``prose``, ``picture``, ``table``, ``list``,
            ``formula``, ``code``, ``quote`` or ``html``.
        text: Its Markdown.
    """

    kind: str
    text: str

    @property
    def level(self) -> int:
        """How many # a heading has; 0 for anything else."""
        if self.kind != "heading":
            return 0
        return len(self.text) - len(self.text.lstrip("#"))

    @property
    def title(self) -> str:
        """A heading without its #."""
        return self.text.lstrip("# ").strip()


def blocks(source: str) -> list[Block]:
    """Return the blocks of a Markdown cell, in order."""
    lines = source.splitlines()
    found = []
    for token in READER.parse(source):
        if token.level or token.type not in KINDS or not token.map:
            continue
        kind = KINDS[token.type]
        text = "\n".join(lines[slice(*token.map)]).strip()
        if text.startswith(PICTURES):
            found.append(Block("picture", text))
        elif kind == "prose":
            parts = filter(str.strip, DISPLAYED.split(text))
            found += [Block(_kind(part), part.strip()) for part in parts]
        else:
            found.append(Block(kind, text))
    return found


def _kind(text: str) -> str:
    """Return what a paragraph is, or a piece of one beside a formula."""
    if text.startswith("$$"):
        return "formula"
    return "prose" if re.search(r"\w", text) else "punctuation"


def headings(source: str, level: int) -> list[str]:
    """Return the titles of a level in a Markdown cell, 1 for ``#``."""
    found = blocks(source)
    return [block.title for block in found if block.level == level]
