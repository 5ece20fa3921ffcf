"""From a review to its words, and from words to ids and back.

The rule that cuts a text into words is that of the Keras tokenizer: ASCII
letters become lower case (``É`` stays ``É``), punctuation, tab and newline
become spaces, and what stands between spaces is a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from utils.errors import check_integer, check_text

PUNCTUATION = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
"""What separates words besides the space: the filters of Keras."""

UNKNOWN = "?"
"""How `decode` shows a word it cannot know; no word contains it."""

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CLEAN = str.maketrans(
    _UPPER + PUNCTUATION, _UPPER.lower() + " " * len(PUNCTUATION)
)


def tokens(text: str) -> list[str]:
    """Cut a text into lower-case words.

    Args:
        text: Any text; HTML breaks become the word ``br``, as in Keras.

    Raises:
        TypeError: ``text`` is not a str.
    """
    words = check_text("text", text).translate(_CLEAN).split(" ")
    return [word for word in words if word]


def order_by_frequency(
    words: Sequence[str], counts: Iterable[int]
) -> list[int]:
    """Return the positions of the words, the most frequent first.

    Words of equal frequency stand in alphabetical (code point) order. That
    is where the course differs from Keras, whose order among equals follows
    no rule: there ``own`` comes before ``action``, here after it, though
    both occur 3,345 times. It is the first pair that differs, at ranks 202
    and 203; the set of words that ``num_words=500`` keeps is the same.

    Args:
        words: The words, each once.
        counts: How often each occurs in the training reviews.
    """
    keys = [(-count, word) for count, word in zip(counts, words, strict=True)]
    return sorted(range(len(keys)), key=keys.__getitem__)


@dataclass(frozen=True)
class Convention:
    """How ranks become ids, with the arguments and defaults of Keras.

    Keras filters after the shift, and the start id too: with
    ``num_words=500`` and a shift of 3 the ranks 1-496 remain.

    Attributes:
        num_words: Ids from here on are replaced by ``oov_char``; None puts
            the limit at the largest id there is (which is replaced, too).
        skip_top: Ids below this are replaced by ``oov_char``.
        start_char: Id before every review, or None.
        oov_char: The replacement; None leaves the word out instead.
        index_from: What is added to a rank.

    Raises:
        TypeError, ValueError: One of them is not such a number.
    """

    num_words: int | None = None
    skip_top: int = 0
    start_char: int | None = 1
    oov_char: int | None = 2
    index_from: int = 3

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and "None" in str(field.type):
                continue
            least = 1 if field.name == "num_words" else 0
            value = check_integer(field.name, value, minimum=least)
            object.__setattr__(self, field.name, value)

    def table(self, largest_rank: int, largest_id: int) -> np.ndarray:
        """Return the id of every rank, and of the start in entry 0.

        Args:
            largest_rank: Largest rank that will be looked up.
            largest_id: The limit where ``num_words`` is None.

        Returns:
            Object array (largest_rank + 1,) of int; None: left out.
        """
        limit = self.num_words or largest_id
        first = self.index_from + 1
        ids = [self.start_char, *range(first, first + largest_rank)]
        table = np.empty(len(ids), dtype=object)
        table[:] = [
            number
            if number is not None and self.skip_top <= number < limit
            else self.oov_char
            for number in ids
        ]
        return table


class Vocabulary:
    """Words by rank: ``words[0]`` has rank 1, the most frequent one."""

    def __init__(self, joined: bytes) -> None:
        """Take the words as `Corpus.words` has them; split them later."""
        self._joined = joined

    @cached_property
    def words(self) -> list[str]:
        """The words, by rank."""
        return self._joined.decode().split("\n")

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Rank of every word, from 1."""
        return {word: rank for rank, word in enumerate(self.words, start=1)}

    def encode(self, text: str, convention: Convention) -> list[int]:
        """Return the ids of a text; see `utils.imdb.encode`."""
        count = len(self.words)
        table = convention.table(count, count + convention.index_from)
        start = [] if convention.start_char is None else [table[0]]
        ranks = [self.ranks.get(word) for word in tokens(text)]
        ids = start + [
            convention.oov_char if rank is None else table[rank]
            for rank in ranks
        ]
        return [number for number in ids if number is not None]

    def decode(self, ids: Iterable[int], index_from: int) -> str:
        """Return the words of ids; see `utils.imdb.decode`."""
        index_from = check_integer("index_from", index_from, minimum=0)
        if not isinstance(ids, Iterable):
            raise TypeError(f"ids takes a list of integers, got {ids!r}")
        last = len(self.words) + index_from
        shown = []
        for each in ids:
            number = check_integer("each id", each, minimum=0, maximum=last)
            if number > index_from:
                shown.append(self.words[number - index_from - 1])
            elif number > 1:
                shown.append(UNKNOWN)
        return " ".join(shown)
