"""The Markdown of a lesson in pieces: blocks, sentences, key sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DISPLAY_MATH = re.compile(r"(?<!\\)\$\$.+?(?<!\\)\$\$", re.DOTALL)
FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
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
KINDS = (
    ("heading", re.compile(r"#{1,6} ")),
    ("picture", re.compile(r"!\[|<(?:img|picture)\b")),
    ("table", re.compile(r"\|")),
    ("list", re.compile(r"(?:\d+\.|[-*+]) ")),
    ("quote", re.compile(r">")),
    ("html", re.compile(r"</?[a-z]+\b[^>]*>")),
)
"""How the first line of a block tells what it is; else it is prose."""


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
    found = []
    start = 0
    whole = sorted(
        [*FENCE.finditer(source), *DISPLAY_MATH.finditer(source)],
        key=lambda match: match.start(),
    )
    for match in whole:
        if match.start() < start:
            continue  # a formula within a fence
        found += _plain_blocks(source[start : match.start()])
        kind = "formula" if match[0].startswith("$$") else "code"
        found.append(Block(kind, match[0]))
        start = match.end()
    return found + _plain_blocks(source[start:])


def _plain_blocks(source: str) -> list[Block]:
    """Return the blocks of Markdown without fences and display formulas."""
    found = []
    for part in re.split(r"\n\s*\n", source):
        text = part.strip("\n")
        while text.strip():
            first, _, rest = text.partition("\n")
            if first.startswith("#"):
                found.append(Block("heading", first.strip()))
                text = rest
                continue
            found.append(Block(_kind(text.strip()), text.strip()))
            break
    return found


def _kind(text: str) -> str:
    """Return what a block is, by its first characters."""
    if re.fullmatch(r"[.,;:]?\s*", text):
        return "punctuation"
    return next((k for k, first in KINDS if first.match(text)), "prose")


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
    for item in re.split(r"\n(?=(?:\d+\.|[-*+]) )", text):
        own = re.split(r"\n\s+(?:\d+\.|[-*+]) ", item)[0]
        mark, words = own.split(maxsplit=1)
        yield f"{mark} {sentences(words)[0]}"
