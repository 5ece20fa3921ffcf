"""What people type and paste, made ready for looking words up.

`utils.imdb.tokens` cuts a text as Keras does, because ids have to agree with
Keras's. Keras knows ASCII punctuation only; phones and word processors write
other signs, and each of them glues or changes a word. So a foreign text is
prepared first. The training reviews never are.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from utils.errors import check_text
from utils.imdb import tokens

APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07\u055a"
"""Signs that stand for ' where letters are on both sides of them."""

_INVISIBLE = {"Cf", "Mn", "Me", "Cs", "Co", "Cn"}
_BETWEEN_LETTERS = re.compile(rf"(?<=\w)[{APOSTROPHES}](?=\w)")
_TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")


def prepare(text: str) -> str:
    """Return a foreign text with only such signs as the course's words have.

    Apostrophes become ', and everything that is neither letter, digit nor
    ASCII becomes a blank: other quotes, dashes, ellipses, every space, line
    ends, symbols. Full-width forms become ordinary ones, accents written
    apart are joined to their letters, and what is invisible (soft hyphens,
    zero-width signs, byte-order marks) goes.

    Args:
        text: Any text.

    Raises:
        TypeError: ``text`` is not a str.
    """
    text = _BETWEEN_LETTERS.sub("'", check_text("text", text))
    if text.isascii():
        # Vertical tabs and the like are no separators for Keras.
        return " ".join(text.split())
    text = _BETWEEN_LETTERS.sub("'", _repaired(text))
    text = unicodedata.normalize("NFKC", text)
    signs = {sign: _stands_for(sign) for sign in {*text}}
    return " ".join(text.translate(str.maketrans(signs)).split())


def without_tags(text: str) -> str:
    """Return what somebody typed with a blank for each tag of HTML.

    Not for reviews of a file: there `<br />` is the word "br" to the
    classifiers, which learned from it (without it the GRU gets 836 of 1,000
    right, with it 840).
    """
    return _TAG.sub(" ", check_text("text", text))


def _repaired(text: str) -> str:
    """Return a text without the damage of a wrong decoding (â€™ for ’)."""
    import ftfy

    config = ftfy.TextFixerConfig(uncurl_quotes=False, explain=False)
    return ftfy.fix_text(text, config)


@functools.cache
def _stands_for(sign: str) -> str:
    """Return what one sign of a text becomes."""
    if sign.isascii() or sign.isalnum():
        return sign
    category = unicodedata.category(sign)
    if category in _INVISIBLE:
        # A mark that could not be joined belongs to its letter.
        return sign if category in ("Mn", "Me") else ""
    return " "


def words_of(text: str) -> list[str]:
    """Return the words of a foreign text, as classifiers look them up.

    Args:
        text: Any text.

    Returns:
        Words of at least one letter or digit.

    Raises:
        TypeError: ``text`` is not a str.
    """
    return [
        word
        for word in tokens(prepare(text))
        if word.isalnum() or _LETTER.search(word)
    ]
