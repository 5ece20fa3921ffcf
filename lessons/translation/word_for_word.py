"""A dictionary learned from pairs: one entry a word, always the same one.

The baseline of the translation task. It is made for the score it is judged
by: the share of translations that are right in every word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, product

from utils.errors import check_integer

Words = tuple[str, ...]
Pair = tuple[Words, Words]
"""The words of a text and the words of its translation."""

Entries = dict[str, Words]


def learn(pairs: Sequence[Pair], *, rounds: int = 10) -> dict[str, str]:
    """Return the dictionary that translates many of the pairs rightly.

    First each word gets the one translated word it goes with most often, by
    Dice's coefficient 2 n(w, e) / (n(w) + n(e)), which counts pairs. Then
    one word after the other gets the entry, of any length, that makes the
    most pairs right while the rest of the dictionary stays as it is, until
    nothing changes. Each change keeps or raises the number of right pairs.

    Args:
        pairs: What to learn from, at least one.
        rounds: Times that all words are gone through, at most.

    Returns:
        Word -> its translation, words separated by spaces.

    Raises:
        ValueError: There is no pair, or ``rounds`` is below 0.

    Source: Dice (1945), doi:10.2307/1932409, for the coefficient.
    """
    rounds = check_integer("rounds", rounds, minimum=0)
    if not pairs:
        raise ValueError("pairs takes at least one pair, got none")
    entries = _first_guess(pairs)
    for _ in range(rounds):
        before = dict(entries)
        for word in sorted(entries):
            entries[word] = _best_entry(word, entries, pairs)
        if entries == before:
            break
    return {word: " ".join(entry) for word, entry in entries.items()}


def _first_guess(pairs: Sequence[Pair]) -> Entries:
    """Return for each word the translated word it goes with most often."""
    read: Counter[str] = Counter()
    said: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for source, target in pairs:
        read.update({*source})
        said.update({*target})
        both.update(product({*source}, {*target}))

    def dice(word: str, translated: str) -> float:
        return 2 * both[word, translated] / (read[word] + said[translated])

    return {
        word: (max(sorted(said), key=lambda t: dice(word, t)),)
        for word in sorted(read)
    }


def _best_entry(word: str, entries: Entries, pairs: Sequence[Pair]) -> Words:
    """Return the entry for a word that makes the most pairs right."""
    votes = Counter(
        entry
        for source, target in pairs
        if word in source
        and (entry := _entry_needed(word, entries, source, target)) is not None
    )
    if not votes:
        return entries[word]
    return min(votes, key=lambda entry: (-votes[entry], entry))


def _entry_needed(
    word: str, entries: Entries, source: Words, target: Words
) -> Words | None:
    """Return the only entry for a word that would make a pair right.

    The other words take up a fixed number of places, so the length of the
    entry follows, then where it stands; then it is tried.
    """
    fixed = sum(len(entries[w]) for w in source if w != word)
    length, rest = divmod(len(target) - fixed, source.count(word))
    if rest or length < 0:
        return None
    before = source[: source.index(word)]
    start = sum(len(entries[w]) for w in before)
    tried = entries | {word: target[start : start + length]}
    said = tuple(chain.from_iterable(tried[w] for w in source))
    return tried[word] if said == target else None
