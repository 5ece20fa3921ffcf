"""Which messages may be used: a rule that can be read and tested."""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from importlib import resources

from utils.errors import check_text

LONGEST = 20
"""Words that a message has at most: time steps of the arrays."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|\?")
"""Letters and digits, with the apostrophes among them; or a question mark."""

LONGEST_WORD = 20
"""Letters of a word at most; what is longer is an address or a code."""

LINK = re.compile(
    r"://|\bwww\b|\b[\w-]+\.(?:com|net|org|edu|gov|io|me|co|tv|ly|be|gl|us"
    r"|uk|de|kr|info|app|dev|html?|php)\b",
    re.IGNORECASE,
)
"""An address of the web."""

AT = re.compile(r"@|\b(?:at|dot)\s+(?:gmail|yahoo|hotmail|outlook|com)\b|＠")
"""An address of e-mail, or a name on a platform."""

PHONE = re.compile(r"(?:\d\W*){7}")
"""Seven digits or more, whatever stands between them except letters."""

STREET = re.compile(
    r"\b\d+\w?\s+(?:[\w.]+\s+){0,3}?(?:street|st|avenue|ave|road|rd|lane|ln"
    r"|drive|boulevard|blvd|court|apartment|apt|suite|unit)\b"
    r"|\b(?:apartment|apt|suite|unit)\s*#?\s*\d",
    re.IGNORECASE,
)
"""A house in a street."""

PIECE = re.compile(r"[\w@$!|*']+")
"""A word, and the signs that may be letters of it."""

LOOKS_LIKE = str.maketrans("@$013457!|", "asoieastil")
"""Signs that are written for letters in coarse words."""


def plain(text: str) -> str:
    """Return a text in small letters, with one kind of apostrophe.

    Wide letters become ordinary ones (Unicode's form NFKC), and signs that
    take no room go.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "'")
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return text.lower()


def words(text: str) -> list[str]:
    """Return the words of a message in small letters, ``?`` among them."""
    return WORD.findall(plain(text))


@functools.cache
def coarse_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return coarse words, and beginnings of coarse words.

    They are stored with each letter moved by 13 places, so that nobody has
    to read them: coarse and sexual words, slurs, drugs, and words for harm
    to oneself or to others.
    """
    file = resources.files(__package__).joinpath("coarse.txt")
    lines = codecs.decode(file.read_text("utf-8"), "rot13").split()
    whole = frozenset(line for line in lines if not line.endswith("*"))
    starts = tuple(line[:-1] for line in lines if line.endswith("*"))
    return whole, starts


def is_coarse(text: str) -> bool:
    """Tell whether a coarse word is in a text.

    Also found are words with a letter drawn out (three times or more),
    with signs for letters, and words with an asterisk in them.
    """
    return any(map(_is_coarse, PIECE.findall(plain(text))))


@functools.lru_cache(1 << 16)
def _is_coarse(word: str) -> bool:
    """Tell whether one word, with its signs, is coarse."""
    if re.search(r"\w\*+\w", word):
        return True
    whole, starts = coarse_words()
    word = word.removesuffix("'s")
    for letters in (word, word.translate(LOOKS_LIKE)):
        bare = re.sub(r"[^a-z]", "", letters)
        for times in (r"\1\1\1", r"\1\1", r"\1"):
            form = re.sub(r"(.)\1{2,}", times, bare)
            if form in whole or form.startswith(starts):
                return True
    return False


def is_private(text: str) -> bool:
    """Tell whether a text may lead to a person.

    Looked for are links, addresses of e-mail and names on platforms, phone
    numbers, houses in streets, and words too long to be words.
    """
    shown = plain(text)
    if any(len(word) > LONGEST_WORD for word in WORD.findall(shown)):
        return True
    return any(rule.search(shown) for rule in (LINK, AT, PHONE, STREET))


def is_fit(text: str) -> bool:
    """Tell whether a message may be used.

    It has 1 to `LONGEST` words, at least one of which is no question mark,
    and it is neither private nor coarse.

    Raises:
        TypeError: ``text`` is not a str.
    """
    found = words(check_text("text", text))
    if not 1 <= len(found) <= LONGEST or set(found) == {"?"}:
        return False
    return not is_private(text) and not is_coarse(text)
