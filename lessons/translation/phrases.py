"""A dictionary of phrases: several words may have an entry of their own.

The strongest cheap opponent of lesson 13's network that remembers nothing:
a text is cut into the longest phrases that are known, from left to right,
and each phrase has one entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lessons.translation import number_words, word_for_word
from lessons.translation.number_words import Pairs, Part

LONGEST, SEEN = (3, 4, 5), (5, 10, 20, 40)
"""What is tried on the validation part: words in a phrase, at most, and the
training texts in which a phrase must stand."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """A dictionary of phrases.

    Attributes:
        entries: Phrase, words joined by spaces -> its English.
        longest: Words in a phrase, at most.
    """

    entries: dict[str, str]
    longest: int

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Return each text with its phrases looked up, in a row."""
        known = set(self.entries)
        return [
            " ".join(
                filter(
                    None,
                    (
                        self.entries[phrase]
                        for phrase in cut(text.split(), known, self.longest)
                    ),
                )
            )
            for text in texts
        ]


def cut(words: Sequence[str], known: set[str], longest: int) -> Phrase:
    """Cut words into the longest known phrases, from left to right."""
    found, place = [], 0
    while place < len(words):
        for size in range(longest, 0, -1):
            phrase = " ".join(words[place : place + size])
            if phrase in known or size == 1:
                break
        found.append(phrase)
        place += len(phrase.split())
    return tuple(found)


def learn(pairs: Pairs) -> Phrases:
    """Learn phrases from the training part; the validation part chooses.

    For every length of ``LONGEST`` and every number of texts of ``SEEN`` the
    training texts are cut into phrases, and the entries are learned as those
    of words are (``word_for_word.learn``). The dictionary with most right
    answers on the validation part is kept.
    """
    train, watched = (
        _texts(part, pairs) for part in (pairs.train, pairs.validation)
    )
    words = number_words.baseline(pairs)
    tried = [
        learn_phrases(*train, words, longest, seen)
        for longest in LONGEST
        for seen in SEEN
    ]
    french, english = watched
    return max(
        tried,
        key=lambda made: (
            number_words.score(made.translate(french), english).value
        ),
    )


def _texts(part: Part, pairs: Pairs) -> tuple[list[str], list[str]]:
    """Return what is read and what is wanted."""
    return (
        number_words.decode(part.source, pairs.source),
        number_words.decode(part.target, pairs.target),
    )


def learn_phrases(
    french: Sequence[str],
    english: Sequence[str],
    words: Mapping[str, str],
    longest: int,
    seen: int,
) -> Phrases:
    """Learn phrases of one length.

    Args:
        french: Texts to read.
        english: Their translations.
        words: Word -> English, for words that never stand alone.
        longest: Words in a phrase, at most.
        seen: Texts in which a phrase must stand.
    """
    counts: Counter[str] = Counter()
    for text in french:
        row = text.split()
        counts.update(
            {
                " ".join(row[start : start + size])
                for size in range(2, longest + 1)
                for start in range(len(row) - size + 1)
            }
        )
    known = {phrase for phrase, texts in counts.items() if texts >= seen}
    pairs = [
        (cut(text.split(), known, longest), tuple(wanted.split()))
        for text, wanted in zip(french, english, strict=True)
    ]
    return Phrases({**words, **word_for_word.learn(pairs, rounds=3)}, longest)
