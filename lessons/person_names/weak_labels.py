"""Which characters of a review belong to a person's name: a rule.

Nobody labelled these reviews. The rule looks at runs of capitalised words
and asks, in this order, for

1. a title before them: *Mr.* Rooney, *Captain* Kirk;
2. a clue before two or more of them: *played by* Telly Savalas;
3. a word of the list in `given_names` among them, nearly all of them first
   names: *Alice* Johnson;
4. a word that was part of a longer name found by 1-3, in the same review or
   often, in at least three reviews: Sandler.

A name then extends over the capitalised words beside it, unless they are
ordinary words (more often written without a capital) or stand in
`NO_NAMES`. Titles themselves do not count. To learn from labels that a rule
set is called weak supervision (Ratner et al. 2016), and the labels *silver*;
how often a language model agrees with them was counted, see
`lessons.person_names.names.tagged_by_model`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from lessons.person_names.given_names import AMBIGUOUS, GIVEN_NAMES, word_set

TITLES = word_set(
    """
Mr Mrs Ms Miss Dr Sir Dame Lord Professor Prof Captain Capt Colonel Col Major
Lieutenant Lt Sergeant Sgt Inspector Detective Officer Agent Sheriff Uncle Aunt
Father Director Actor Actress President Senator Judge
"""
)
"""After one of these a capitalised word is a name."""

NO_NAMES = word_set(
    """
The A An And Of In On At To For But I It He She They We You This That
Film Movie Show Award Awards Festival Fest Academy Oscar Emmy Series Western
American British French German Italian English Indian Irish Japanese Chinese
Jewish Spanish Russian Christmas Hollywood Disney Broadway
Street Avenue Road University College School House Park Island City County
River Bay Beach Hills Studio Studios Productions Production Pictures Company
Brothers Bros Entertainment Classics DVD
January February March April June July August September October November
December Monday Tuesday Wednesday Thursday Friday Saturday Sunday
St San Saint Santa Fort Mount New Los Las North South East West
"""
)
"""Capitalised words that are never part of a name here."""

BEFORE_PLACES = word_set("St San Saint Santa Fort Mount New Los Las")
"""After one of these no name begins: *New* York, *San* Antonio."""

_CAPITALISED = r"(?:[A-Z]')?[A-ZÀ-Þ]\w*[a-zß-ÿ](?!\w|'(?!s\b)[A-Za-z])"
_INITIAL = "[A-HJ-Z]"
_PARTICLE = "(?:de|von|van|la|del|der|di|da|le|du|den)"
_DOTTED = ("Mr", "Ms", "Dr", "Lt", "Mrs", "Sgt", "Col")
_AFTER_TITLE = "|".join(rf"(?<=\b{title})" for title in _DOTTED)
RUN = re.compile(
    rf"(?<![\w'])(?:{_INITIAL}\. ?)*{_CAPITALISED}"
    rf"(?:(?:[ -]|(?:{_AFTER_TITLE})\. )(?:{_PARTICLE} )*"
    rf"(?:{_INITIAL}\.? ?(?=[A-Z]))*{_CAPITALISED})*"
)
"""Capitalised words side by side, with initials and *de*, *van*, ..."""

PART = re.compile(rf"{_CAPITALISED}|[A-Z](?!\w)|\b{_PARTICLE}\b")
"""One word, initial or particle of a run."""

CLUE = re.compile(
    r"\b(?:(?:played|directed|written|portrayed|performed|acted) by"
    r"|starring|comedian|comedienne|actor|actress|director) $"
)
"""What stands before a name, in lower case."""

RULE_WORDS = frozenset(word.lower() for word in TITLES) | word_set(
    """
played directed written portrayed performed acted by starring stars comedian
comedienne actor actors actress actresses director writer named
de von van la del der di da le du den
husband wife brother stepbrother mother stepmother father stepfather sister
stepsister son stepson daughter stepdaughter friend girlfriend boyfriend cousin
fiance fiancee lover partner
"""
)
"""What the rule, or the making of its list of first names, looks for before
a name: titles, clues, particles, kin."""

WORDS_BEHIND = frozenset({"'s"})
"""What the making of the list looks for behind a name: *Jane's sister*."""

LOWER = re.compile(r"\b[a-z]+\b")

KNOWN_REVIEWS = 3
"""In the longer names of so many reviews, a word is known everywhere..."""

KNOWN_SHARE = 0.15
"""... if it stands in longer names so often, of all times it is written."""

MOST_PARTS = 4
"""Capitalised words that a name has at most."""


class Run(NamedTuple):
    """Capitalised words side by side in one review.

    Attributes:
        words: The words, initials and particles.
        spans: Where each begins and ends in the review.
        after_clue: Whether a clue stands before the run.
    """

    words: list[str]
    spans: list[tuple[int, int]]
    after_clue: bool


def runs(review: str) -> list[Run]:
    """Return the runs of capitalised words in a review."""
    found = []
    for match in RUN.finditer(review):
        start, end = match.span()
        parts = list(PART.finditer(review, start, end))
        clue = CLUE.search(review, max(0, start - 20), start)
        words = [part.group() for part in parts]
        found.append(Run(words, [p.span() for p in parts], clue is not None))
    return found


class Rule:
    """The rule, with the counts that tell ordinary words from others."""

    def __init__(self, reviews: Sequence[str]) -> None:
        """Find all runs and count the words in them and outside.

        Args:
            reviews: Texts as they were written.
        """
        self.runs = [runs(review) for review in reviews]
        self.lower: Counter[str] = Counter()
        for review in reviews:
            self.lower.update(LOWER.findall(review))
        self.capitals = Counter(
            word for each in self.runs for run in each for word in run.words
        )

    def is_ordinary(self, word: str, times: int = 3) -> bool:
        """Tell whether a word is written without a capital too often."""
        return self.lower[word.lower()] * times >= self.capitals[word]

    def find(self, run: Run, known: Collection[str] = ()) -> list[slice]:
        """Return which words of a run are names.

        Args:
            run: Capitalised words side by side.
            known: Further words that are names.
        """
        words, names, done, place = run.words, [], 0, 0
        if run.after_clue and not self._is_closed(words[0]):
            end = self._end(words, 0)
            if end > 1:
                names.append(slice(0, end))
                done = place = end
        while place < len(words):
            first, end = self._name_at(words, place, done, known)
            if end > place:
                names.append(slice(first, end))
                done = place = end
            else:
                place += 1
        return names

    def _name_at(
        self, words: list[str], place: int, done: int, known: Collection[str]
    ) -> tuple[int, int]:
        """Return where the name around a word begins and ends.

        It ends at ``place`` where there is none.
        """
        word = words[place]
        follower = words[place + 1] if place + 1 < len(words) else ""
        if place and words[place - 1] in BEFORE_PLACES:
            return place, place
        if word in TITLES:
            if _is_open(follower) and len(follower) > 1:
                return place + 1, self._end(words, place + 1)
        elif word in AMBIGUOUS:
            if len(follower) == 1 or not self._is_closed(follower):
                return place, self._end(words, place)
        elif word in GIVEN_NAMES:
            end = self._end(words, place, lenient=True)
            return self._start(words, place, done), end
        elif word in known and _is_open(word):
            return self._start(words, place, done), self._end(words, place)
        return place, place

    def _is_closed(self, word: str) -> bool:
        """Tell whether a word cannot stand in a name unasked."""
        return not _is_open(word) or self.is_ordinary(word)

    def _start(self, words: list[str], place: int, done: int) -> int:
        """Extend a name to the left: over one word, and over initials."""
        start, left = place, 1
        while start > done:
            word = words[start - 1]
            if len(word) > 1:
                if not left or self._is_closed(word):
                    break
                left -= 1
            start -= 1
        return start

    def _end(
        self, words: list[str], place: int, *, lenient: bool = False
    ) -> int:
        """Extend a name to the right."""
        end, parts = place + 1, 1
        for position in range(place + 1, len(words)):
            word = words[position]
            if len(word) == 1 or word[0].islower():
                continue
            if not _is_open(word) or parts == MOST_PARTS:
                break
            if self.is_ordinary(word) and not (lenient and parts == 1):
                break
            end, parts = position + 1, parts + 1
        return end


def _is_open(word: str) -> bool:
    """Tell whether a word may be part of a name at all."""
    return word[:1].isupper() and word not in NO_NAMES and word not in TITLES


def masks(reviews: Sequence[str]) -> list[bytearray]:
    """Return for every character whether it belongs to a name.

    Args:
        reviews: Texts as they were written. What is a name in one may
            depend on the others, by part 4 of the rule.

    Returns:
        For each review an array of its length, 1 in names, 0 elsewhere.
    """
    rule = Rule(reviews)
    parts = [_parts(rule, each) for each in rule.runs]
    in_reviews = Counter(word for words in parts for word in words)
    times: Counter[str] = Counter()
    for words in parts:
        times.update(words)
    everywhere = {
        word
        for word, count in in_reviews.items()
        if count >= KNOWN_REVIEWS
        and times[word] >= KNOWN_SHARE * rule.capitals[word]
        and not rule.is_ordinary(word, 10)
    }
    return [
        _mask(len(review), rule, each, everywhere.union(known))
        for review, each, known in zip(reviews, rule.runs, parts, strict=True)
    ]


def _parts(rule: Rule, found: list[Run]) -> Counter[str]:
    """Count the words in the longer names of one review."""
    return Counter(
        word
        for run in found
        for name in rule.find(run)
        if name.stop - name.start > 1
        for word in run.words[name]
        if len(word) > 2
    )


def _mask(
    length: int, rule: Rule, found: list[Run], known: Collection[str]
) -> bytearray:
    """Mark the characters of the names in one review."""
    marks = bytearray(length)
    for run in found:
        for name in rule.find(run, known):
            for start, end in run.spans[name]:
                marks[start:end] = b"\x01" * (end - start)
    return marks
