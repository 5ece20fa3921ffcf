"""The Markdown of a lesson in pieces: blocks, sentences, key sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

KEPT_WHOLE = re.compile(
    r"`[^`\n]+`|(?<![\\$])\$[^$]+?(?<!\\)\$|\]\([^)]*\)", re.DOTALL
)
"""Code, formulas and addresses: a full stop in them ends no sentence."""

SENTENCE_END = re.compile(r"[.?!][\"”’)*]*\s+(?=[\"“(*`$\w가-힣\[])")
NO_END = re.compile(r"(?:\b[^\W\d]|\b(?:e\.g|i\.e|vs|ca|cf|al))$")
"""Words, and initials of names, whose full stop ends no sentence."""

RUN_IN = re.compile(r"\*\*[^*]+\*\*")
"""Bold words at the head of a paragraph; they go with what follows."""

TERM = re.compile(r"(?<!\*)\*[^*\n]+\*(?!\*)[^.]{0,3}\([^)]*[가-힣]")
"""A term where it is defined: in italics, its Korean beside it."""

BOLD = re.compile(r"\*\*[^*]+\*\*")


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


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, each on one line."""
    text = " ".join(paragraph.split())
    masked = KEPT_WHOLE.sub(lambda match: "x" * len(match[0]), text)
    found: list[str] = []
    start = 0
    stops = [
        match.end()
        for match in SENTENCE_END.finditer(masked)
        if not (match[0][0] == "." and NO_END.search(masked[: match.start()]))
    ]
    for stop in [*stops, len(text)]:
        sentence = text[start:stop].strip()
        start = stop
        if found and RUN_IN.fullmatch(found[-1]):
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    return found


def is_key(sentence: str) -> bool:
    """Tell whether a sentence states a claim or defines a term."""
    return bool(BOLD.search(sentence) or TERM.search(sentence))


def list_items(text: str) -> Iterator[str]:
    """Yield the items of a list, each with its mark and its first sentence.

    What follows the first sentence is for the notes. Nested items are left
    out.
    """
    tokens = READER.parse(text)
    for item, words in zip(tokens, tokens[2:], strict=False):
        if item.type == "list_item_open" and item.level == 1:
            mark = f"{item.info}{item.markup}"
            yield f"{mark} {sentences(words.content)[0]}"


def headings(source: str, level: int) -> list[str]:
    """Return the titles of a level in a Markdown cell, 1 for ``#``."""
    found = blocks(source)
    return [block.title for block in found if block.level == level]
