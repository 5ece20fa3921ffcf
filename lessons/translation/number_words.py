"""Number words, from one language to English: pairs, baseline, score.

The data are made by the package ``num2words`` (0.5.14, written by Taro
Ogawa, Savoir-faire Linux and others, LGPL 2.1), which this module calls as a
library; none of its code or tables is copied. It says every number from 0
to 9,999 in both languages, so a pair is right by construction and the split
can be made by number. A token is a word, hyphens and commas dropped; in
Korean and Japanese, which write no spaces, it is a character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from lessons.translation import word_for_word
from utils.errors import check_choice, check_integer, check_text
from utils.intervals import Interval, wilson_interval

NUMBERS = 10_000
"""Numbers from 0 up to, not including, this one are trained on."""

LARGEST = 999_999
"""Beyond it num2words says words, such as million, that no pair has."""

MARKS = ("", "<start>", "<end>")
PADDING, START, END = range(len(MARKS))
"""The ids that stand for no word."""

LANGUAGES = {
    "fr": "French",
    "fr_CH": "Swiss French",
    "es": "Spanish",
    "vi": "Vietnamese",
    "ko": "Korean",
    "ja": "Japanese",
}
"""Languages to translate from: those that num2words says in small words."""

WITHOUT_SPACES = ("ko", "ja")


def say(number: int, language: str = "fr") -> str:
    """Return a number in words, as num2words spells it.

    Args:
        number: From 0 to 999,999.
        language: One of ``LANGUAGES``, or ``"en"``.

    Raises:
        TypeError, ValueError: An argument is none of those.
    """
    number = check_integer("number", number, minimum=0, maximum=LARGEST)
    check_choice("language", language, ("en", *LANGUAGES))
    return _said(number, language)


@cache
def _said(number: int, language: str) -> str:
    """Ask num2words once for each number."""
    from num2words import num2words

    return num2words(number, lang=language)


def tokens(text: str, language: str = "fr") -> list[str]:
    """Cut number words into tokens: small letters, no hyphen, no comma.

    Args:
        text: Such as ``"quatre-vingt-dix-sept"``.
        language: One of ``LANGUAGES``, or ``"en"``.
    """
    check_choice("language", language, ("en", *LANGUAGES))
    words = check_text("text", text).lower().replace("-", " ")
    words = words.replace(",", " ").split()
    return list("".join(words)) if language in WITHOUT_SPACES else words


def word_counts(language: str, numbers: int = 100) -> list[int]:
    """Return how many words each of the numbers 0, 1, 2, … needs.

    Args:
        language: One of ``LANGUAGES``, or ``"en"``.
        numbers: How many of them.
    """
    return [len(tokens(say(n, language), language)) for n in range(numbers)]


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; the place of a word is its id.

    Attributes:
        language: A code of num2words.
        words: First ``MARKS``, then the words in alphabetical order.
    """

    language: str
    words: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many ids there are, marks included."""
        return len(self.words)

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text's tokens, without marks.

        Raises:
            ValueError: There is no token, or one is not in the vocabulary.
        """
        found = tokens(text, self.language)
        known = self.words[len(MARKS) :]
        unknown = [word for word in found if word not in known]
        if unknown or not found:
            got = f"the unknown {unknown[0]!r}" if unknown else "no word"
            raise ValueError(
                f"text takes words such as {', '.join(known[:3])} "
                f"(language {self.language!r}), got {got} in {text!r:.60}"
            )
        return [self.words.index(word) for word in found]


def decode(ids: Any, vocabulary: Vocabulary) -> Any:
    """Return the words of ids, up to the end mark.

    Args:
        ids: One row, (timesteps,), or several, (samples, timesteps);
            padding and the start mark are passed over.
        vocabulary: Whose words they are.

    Returns:
        A text, or a list of texts for several rows.

    Raises:
        ValueError: ``ids`` has another shape, or an id is not in the
            vocabulary.
    """
    rows, size = np.asarray(ids), len(vocabulary)
    if rows.ndim not in (1, 2) or rows.dtype.kind not in "iu":
        raise ValueError(
            "ids takes integers of shape (timesteps,) or (samples, "
            f"timesteps), got {rows.dtype} of shape {rows.shape}"
        )
    if rows.size and not 0 <= rows.min() <= rows.max() < size:
        raise ValueError(
            f"ids takes numbers from 0 to {size - 1}, "
            f"got {rows.min()} to {rows.max()}"
        )
    gap = "" if vocabulary.language in WITHOUT_SPACES else " "
    texts = [gap.join(_words(row, vocabulary)) for row in np.atleast_2d(rows)]
    return texts if rows.ndim == 2 else texts[0]


def _words(row: np.ndarray, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of one row, up to the end mark, without marks."""
    ids = row.tolist()
    ended = ids.index(END) if END in ids else len(ids)
    return tuple(vocabulary.words[i] for i in ids[:ended] if i >= len(MARKS))


class Part(NamedTuple):
    """Some of the pairs, a row each, padded with zeros at the end.

    Attributes:
        numbers: What is said, (samples,).
        source: Ids of the language read, (samples, source timesteps).
        target: Ids in English between start and end mark,
            (samples, target timesteps).
    """

    numbers: np.ndarray
    source: np.ndarray
    target: np.ndarray


@dataclass(frozen=True)
class Pairs:
    """Three parts of the numbers from 0 to 9,999, no number in two.

    Attributes:
        source: The vocabulary that is read.
        target: The vocabulary that is written, English.
        train: What a network learns from.
        validation: What it is watched on while it is being made.
        held_out: What it is judged by, once.
    """

    source: Vocabulary
    target: Vocabulary
    train: Part
    validation: Part
    held_out: Part

    def part(self, numbers: Iterable[int]) -> Part:
        """Return the pairs of any numbers, such as those beyond the range.

        The rows are as long as those of the other parts, or longer where a
        number needs it.

        Args:
            numbers: From 0 to 999,999, at least one.

        Raises:
            TypeError, ValueError: A number is not, or one of its words is
                not in the vocabulary.
        """
        return _part(
            list(numbers),
            self.source,
            self.target,
            shortest=(self.train.source.shape[1], self.train.target.shape[1]),
        )


def load(
    language: str = "fr",
    *,
    train: int = 4000,
    validation: int = 1000,
    seed: int = 1,
) -> Pairs:
    """Say the numbers from 0 to 9,999 in two languages, in three parts.

    The split is drawn at random by number. Only 0 always goes into the
    training part: its word stands in no other number.

    Args:
        language: One of ``LANGUAGES``.
        train: Numbers to learn from, at least 1,000.
        validation: Numbers to watch, at least 1; the rest is held out.
        seed: Seed of the split, from 0.

    Raises:
        TypeError, ValueError: An argument is none of those, or nothing
            would be left to hold out.
    """
    check_choice("language", language, LANGUAGES)
    train = check_integer("train", train, minimum=1000, maximum=NUMBERS - 2)
    validation = check_integer(
        "validation", validation, minimum=1, maximum=NUMBERS - 1 - train
    )
    rng = np.random.default_rng(check_integer("seed", seed, minimum=0))
    order = [0, *(1 + rng.permutation(NUMBERS - 1)).tolist()]
    source, target = _vocabulary(language), _vocabulary("en")
    everything = _part(order, source, target)
    learned, watched, rest = (
        Part(*parts)
        for parts in zip(
            *(np.split(a, [train, train + validation]) for a in everything),
            strict=True,
        )
    )
    return Pairs(source, target, learned, watched, rest)


def _vocabulary(language: str) -> Vocabulary:
    """Return all words that the numbers from 0 to 9,999 need."""
    words = {
        word
        for number in range(NUMBERS)
        for word in tokens(_said(number, language), language)
    }
    return Vocabulary(language, (*MARKS, *sorted(words)))


def _part(
    numbers: Sequence[int],
    source: Vocabulary,
    target: Vocabulary,
    shortest: tuple[int, int] = (0, 0),
) -> Part:
    """Return the arrays of some numbers, rows of at least ``shortest``."""
    if not numbers:
        raise ValueError("numbers takes at least one number, got none")
    read = [source.encode(say(n, source.language)) for n in numbers]
    written = [
        [START, *target.encode(say(n, target.language)), END] for n in numbers
    ]
    return Part(
        np.array(numbers),
        _rows(read, shortest[0]),
        _rows(written, shortest[1]),
    )


def _rows(ids: Sequence[Sequence[int]], shortest: int) -> np.ndarray:
    """Return one row for each list, padded with zeros at the end."""
    width = max(shortest, *map(len, ids))
    rows = np.zeros((len(ids), width), dtype="int32")
    for row, values in zip(rows, ids, strict=True):
        row[: len(values)] = values
    return rows


def score(answers: Sequence[str], wanted: Sequence[str]) -> Interval:
    """Return the share of answers that are right in every word.

    Args:
        answers: English texts, as ``decode`` or ``look_up`` return them.
        wanted: The right ones, in the same order.

    Returns:
        The share with Wilson's 95% interval.

    Raises:
        TypeError: One of the arguments is a single text.
        ValueError: There is no answer, or not one for each wanted text.
    """
    for name, texts in (("answers", answers), ("wanted", wanted)):
        if isinstance(texts, str):
            raise TypeError(f"{name} takes a list of texts, got {texts!r:.60}")
    if len(answers) != len(wanted) or not len(wanted):
        raise ValueError(
            "answers takes one text for each wanted one, at least one, got "
            f"{len(answers)} for {len(wanted)}"
        )
    right = sum(a == w for a, w in zip(answers, wanted, strict=True))
    return wilson_interval(right, len(wanted))


def baseline(pairs: Pairs, *, rounds: int = 10) -> dict[str, str]:
    """Learn a dictionary from the training part alone.

    Every word read has one entry of English words, which may be empty. The
    entries are chosen for the score they are judged by (see ``learn`` in
    ``word_for_word``); no choice is proved to be the best there is.

    Args:
        pairs: What ``load`` returns.
        rounds: Times that all words are gone through, at most.

    Returns:
        Word -> English words, separated by spaces.
    """
    rows = zip(pairs.train.source, pairs.train.target, strict=True)
    return word_for_word.learn(
        [(_words(r, pairs.source), _words(w, pairs.target)) for r, w in rows],
        rounds=rounds,
    )


def look_up(
    text: str, dictionary: dict[str, str], language: str = "fr"
) -> str:
    """Translate word for word.

    Args:
        text: Number words.
        dictionary: What ``baseline`` returns.
        language: The language of ``text``.

    Raises:
        ValueError: A word has no entry.
    """
    found = tokens(text, language)
    missing = [word for word in found if word not in dictionary]
    if missing:
        raise ValueError(
            "dictionary takes an entry for every word, got none for "
            f"{missing[0]!r} of {text!r:.60}"
        )
    return " ".join(filter(None, (dictionary[word] for word in found)))
