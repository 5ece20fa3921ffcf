"""Which sentences of a lesson an audience reads; the others are spoken.

On a slide stand the sentence that opens a section, definitions and claims,
the sentence that leads to a formula, a list or a block of code, and the one
that says what an output has shown. All prose stays in the notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from nbformat import NotebookNode

from tools.notebooks.markdown import Block, blocks, is_key, sentences

LONGEST = 170
"""Characters of a sentence that may stand on a slide for its place alone."""

LED_TO = ("formula", "list", "table", "quote", "code")
WHOLE = ("Summary",)
"""Sections of which every sentence is shown."""

CLOSING = "Where next"
POINTS_BACK = re.compile(
    r"(?:So|But|And|Or|It|Its|They|Their|That|Those|These|Hence|Therefore|"
    r"Then|Only|Both|Each of|Its|He|She|The other|The second)\b"
)
"""Begins a sentence that nobody understands without the one before."""


@dataclass
class Passage:
    """A block of a Markdown cell and what of it is shown.

    Attributes:
        block: The block.
        shown: Its sentences that stand on a slide; only of prose.
        takeaway: Whether the first of them says what the code before has
            shown.
        leads: Whether the last of them belongs to what follows.
    """

    block: Block
    shown: list[str] = field(default_factory=list)
    takeaway: bool = False
    leads: bool = False


def passages(
    cell: NotebookNode, section: str, *, after_code: bool, before_code: bool
) -> list[Passage]:
    """Return the blocks of a Markdown cell with the sentences to show.

    Args:
        cell: The cell.
        section: The title of the section in which the cell begins.
        after_code: Whether the cell before shows code on a slide.
        before_code: Whether the next cell does.
    """
    found = [Passage(block) for block in blocks(cell.source)]
    opens_section = False
    for number, passage in enumerate(found):
        block = passage.block
        if block.level:
            section, opens_section = block.title, True
        if block.kind != "prose":
            continue
        following = found[number + 1].block.kind if found[number + 1 :] else ""
        passage.leads = following in LED_TO or (not following and before_code)
        passage.takeaway = number == 0 and after_code
        _choose(passage, section, opens_section=opens_section)
        opens_section = False
    for passage, following in pairwise(found):
        if following.block.kind == "punctuation":
            passage.leads = False
    return found


def _choose(passage: Passage, section: str, *, opens_section: bool) -> None:
    """Fill in which sentences of a passage are shown."""
    every = sentences(passage.block.text)
    if passage.block.text.startswith("**Sources"):
        every = []
    elif section == CLOSING:
        every = every[:2] if opens_section else []
    elif section not in WHOLE:
        every = _by_place(passage, every, opens_section=opens_section)
    passage.shown = every


def _by_place(
    passage: Passage, every: list[str], *, opens_section: bool
) -> list[str]:
    """Return the sentences that are shown for what they say or where."""
    last = len(every) - 1
    first_leads = last == 0 and passage.leads
    shown = []
    for number, sentence in enumerate(every):
        short = len(sentence) <= LONGEST
        opening = opens_section and number == 0
        takeaway = passage.takeaway and number == 0 and not first_leads
        leading = (
            passage.leads
            and number == last
            and not POINTS_BACK.match(sentence)
        )
        if is_key(sentence) or (short and (opening or takeaway or leading)):
            shown.append((number, sentence))
    numbers = [number for number, _ in shown]
    passage.takeaway = passage.takeaway and 0 in numbers and not first_leads
    passage.leads = (
        passage.leads
        and last in numbers
        and not (passage.takeaway and last == 0)
    )
    return [sentence for _, sentence in shown]
