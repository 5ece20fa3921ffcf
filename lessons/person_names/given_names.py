"""Words that stand where first names stand, and where they come from.

The list in ``given_names.txt`` was derived from the reviews themselves, by
`derive`, and then read through: the titles, places and ordinary words that
were taken out stand in `REJECTED`. Some surnames, such as *Streep*, were left
in. No other list of names went into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path


def word_set(text: str) -> frozenset[str]:
    """Return the words between the spaces of a text.

    Args:
        text: Words, as a list of them is easiest to read and to change.
    """
    return frozenset(text.split())


GIVEN_NAMES = word_set(
    Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8")
)
"""Names that are hardly ever anything else when they have a capital: first
names, and some surnames that stand where those stand."""

AMBIGUOUS = word_set(
    """
Angel Ash Buddy Christian Cliff Dakota Dale Dane Dick Don Earl Faith Georgia
Ginger Grace Guy Heath Hope Jet June Lane Mark May Miles Pearl Penny Pierce
Rock Roman Spike Victoria Virginia Will
"""
)
"""First names that are words, months, places or titles as well.

One of them counts as a name only beside another part of a name.
"""

REJECTED = word_set(
    """
American Baron Brown Captain Carface Colonel Cuba Dell Dey Dr Hollywood Itchy
Jun King Le Les Lord Mr Mrs Ms Olympia Oscar Pecker Prince Santa Sgt Stack
Stone Sunday Tudor Van
"""
)
"""What `derive` proposes and was taken out: titles, places, words."""

LEAST = 3
"""How often a word must stand where a first name stands."""

_KIN = (
    "(?:husband|wife|(?:step)?(?:brother|mother|father|sister|son|daughter)"
    "|(?:girl|boy)?friend|cousin|fiancee?|lover|partner)"
)
_CLUES = (
    r"(?:\b(?:(?:directed|played|written|portrayed|performed|acted) by"
    r"|starring|stars|actors?|actress(?:es)?|director|comedian|writer) |\()"
    r"([A-Z][a-z]+)(?= (?:[A-Z]\. )?[A-Z][a-z]+(?:[),.;']| [a-z]))",
    rf"\b(?:named|{_KIN}),? ([A-Z][a-z]+)\b",
    rf"\b([A-Z][a-z]+)'s (?:[a-z]+ )?{_KIN}\b",
)
"""Places of a first name: *played by* Jane Doe, (Jane Doe), *named* Jane,
*her sister* Jane, Jane's *sister*."""


def derive(texts: Iterable[str]) -> set[str]:
    """Return the words that stand where first names stand.

    A word is proposed if it stands at least three times in one of the
    places of ``_CLUES``, and if it is written with a capital more than
    twice as often as without.

    Args:
        texts: Reviews as they were written, with their capitals.

    Returns:
        The proposals: the list above, some words of `AMBIGUOUS` that are
        too frequent in lower case missing, and `REJECTED`.
    """
    text = "\n".join(texts)
    places: Counter[str] = Counter()
    for clue in _CLUES:
        places.update(re.findall(clue, text))
    words = Counter(re.findall(r"[A-Za-z]+", text))
    return {
        word
        for word, count in places.items()
        if count >= LEAST and words[word] > 2 * words[word.lower()]
    }
