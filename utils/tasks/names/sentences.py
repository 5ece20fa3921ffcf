"""From a review to its sentences, and from a sentence to its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

END = re.compile(
    r"[.!?](?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)"
    r"(?<!\bSt\.)(?<!\bLt\.)(?<!\bSgt\.)[.!?\"')]*"
    r"(?:\s+(?=[\"'(]*[A-Z0-9])|(?=[A-Z]))"
    r"|<br />"
)
"""Where a sentence ends: a mark, a space and a capital; or a line break."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
"""Letters and digits, with the apostrophes among them."""

POSSESSIVE = "'s"
"""A word of its own here: *redford's* becomes *redford*, *'s*."""

SHORTEST = 5
"""Words that a sentence has at least."""


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the words of a part of a text and where each begins.

    Args:
        text: Any text.
        start: Where the part begins.
        end: Where it ends.
    """
    for match in WORD.finditer(text, start, end):
        word, place = match.group(), match.start()
        if len(word) > 2 and word[-2:].lower() == POSSESSIVE:
            yield place, word[:-2]
            yield place + len(word) - 2, POSSESSIVE
        else:
            yield place, word


def spans(review: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a review begins and ends."""
    start = 0
    for match in END.finditer(review):
        yield start, match.start()
        start = match.end()
    yield start, len(review)


def is_written_with_care(words: Sequence[str]) -> bool:
    """Tell whether the capitals of a sentence mean something.

    It begins with a capital or a digit, fewer than six words in ten have a
    capital (otherwise it is a headline), and at most two are all capitals.
    """
    begins = words[0][0].isupper() or words[0][0].isdigit()
    capitals = sum(word[0].isupper() for word in words)
    shouted = sum(word.isupper() and len(word) > 1 for word in words)
    return begins and capitals < 0.6 * len(words) and shouted <= 2
