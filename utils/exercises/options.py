"""Questions with options to choose from, and questions about words."""

from __future__ import annotations

import random
import re
from abc import abstractmethod
from collections import deque
from collections.abc import Iterator, KeysView, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Any

import numpy as np

from utils.exercises.question import Question, Valued, shown, typed

LETTERS = "abcdefgh"
COLLECTIONS = (list, tuple, set, frozenset)
BETWEEN = re.compile(r"\b(?:and|or|both)\b|와|과|및|그리고|[^\w-]")
"""What a reader may write between two letters."""

PANDAS = ("Series", "Index")
"""Names of types of pandas, which no exercise imports for this."""

EDGES = " .,:;()[]\"'"
"""What a reader may write around a letter, an option or a word."""


@dataclass(kw_only=True)
class Listed(Question):
    """A question with listed options, each with its letter.

    Attributes:
        mistakes: Wrong option -> why it is wrong, in a sentence.
        draw: Draws the order in which the options are listed.
        options: Letter -> option.
    """

    mistakes: Mapping[str, str]
    draw: InitVar[random.Random]
    options: dict[str, str] = field(init=False)

    def __post_init__(self, draw: random.Random) -> None:
        """Give every option its letter."""
        drawn = [*self.right_options(), *self.mistakes]
        draw.shuffle(drawn)
        self.options = dict(zip(LETTERS, drawn, strict=False))

    @abstractmethod
    def right_options(self) -> Sequence[str]:
        """Return the options that are right."""

    def prompt(self) -> str:
        """Return the question with its options, a line each."""
        lines = [f"{letter}) {text}" for letter, text in self.options.items()]
        return "\n".join([self.text, *lines])

    def letter(self, given: Any) -> str | None:
        """Return the letter an answer stands for, None if for none."""
        if not isinstance(given, str):
            return None
        for letter, option in self.options.items():
            line = f"{letter}) {option}"
            if bare(given) in (letter, bare(option), bare(line)):
                return letter
        return None


@dataclass(kw_only=True)
class SingleChoice(Listed):
    """One of several options is right; the answer is its letter.

    Attributes:
        right: The right option; ``because`` says why.
    """

    right: str

    def right_options(self) -> Sequence[str]:
        """Return the one that is right."""
        return [self.right]

    def solution(self) -> str:
        """Return the letter of the right option."""
        return self.letter(self.right) or ""

    def wrong(self) -> Iterator[tuple[str, str]]:
        """Yield the letter of every other option."""
        for letter, option in self.options.items():
            if option != self.right:
                yield letter, self.mistakes[option]

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with a choice, None if nothing is."""
        letter = self.letter(_alone(_listed(given)))
        if letter is None:
            letters = ", ".join(f'"{letter}"' for letter in self.options)
            return f"answer with one of {letters}; you gave {shown(given)}."
        return self.mistakes.get(self.options[letter])


@dataclass(kw_only=True)
class MultipleChoice(Listed):
    """Some of the options are right; the answer is the set of letters.

    A text of letters (``"ac"``), a list or a set are taken.

    Attributes:
        right: The right options.
    """

    right: Sequence[str]

    def right_options(self) -> Sequence[str]:
        """Return those that are right."""
        return self.right

    def solution(self) -> set[str]:
        """Return the letters of the right options."""
        return {letter for text in self.right if (letter := self.letter(text))}

    def wrong(self) -> Iterator[tuple[set[str], str]]:
        """Yield the right letters and a wrong one, for each wrong one."""
        for letter, option in self.options.items():
            if option in self.mistakes:
                yield self.solution() | {letter}, self.mistakes[option]

    def _split(self, given: Any) -> Any:
        """Return a text as the list of its options, or of its letters."""
        if not isinstance(given, str):
            return given
        options = re.split(r"[,;\n]", given)
        if all(map(self.letter, options)):
            return options
        return [*BETWEEN.sub("", typed(given).lower())]

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with the letters, None if nothing is."""
        items = self._split(_alone(_listed(given)))
        if not isinstance(items, COLLECTIONS) or not items:
            return (
                f'answer with letters such as "ab"; you gave {shown(given)}.'
            )
        chosen = set()
        for item in items:
            letter = self.letter(item)
            if letter is None:
                letters = ", ".join(self.options)
                return f"{shown(item)} is not one of the options {letters}."
            chosen.add(letter)
        for letter in sorted(chosen - self.solution()):
            return self.mistakes[self.options[letter]]
        if chosen == self.solution():
            return None
        return "what you gave belongs, and something is missing."


@dataclass(kw_only=True)
class Words(Valued):
    """Words are asked for: a list in order, or a set.

    Case and spaces at the ends do not matter.

    Attributes:
        answer: The right words; in a list or a tuple the order counts.
        mistakes: Wrong word -> why it does not belong, in a sentence.
    """

    answer: Sequence[str] | set[str]

    def wrong(self) -> Iterator[tuple[list[str], str]]:
        """Yield the right words and a wrong one, for each wrong one."""
        for word, sentence in self.mistakes.items():
            yield [*self.answer, word], sentence

    def _split(self, given: str) -> list[str]:
        """Return a text as the list of its words."""
        if bare(given) in {bare(w) for w in (*self.answer, *self.mistakes)}:
            return [given]
        return [*filter(bare, re.split(r"[\s,;/]+", given))] or [given]

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with the words, None if nothing is."""
        given = self._split(given) if isinstance(given, str) else given
        given = _listed(given)
        if not isinstance(given, COLLECTIONS) or not all(
            isinstance(word, str) for word in given
        ):
            return f"a list of words is asked for, you gave {shown(given)}."
        words = [bare(word) for word in given]
        right = [bare(word) for word in self.answer]
        for word, sentence in self.mistakes.items():
            if bare(word) in words:
                return sentence
        for word in words:
            if word not in right:
                return f"{word!r} does not belong."
        if {*words} != {*right}:
            return "what you gave belongs, and something is missing."
        if isinstance(self.answer, list | tuple):
            if isinstance(given, set | frozenset):
                return (
                    "the order counts here, and a set has none: give a list."
                )
            if words != right:
                return "these are the right words, in another order."
        return None


def _listed(given: Any) -> Any:
    """Return what holds things in order as a list, the rest as it is."""
    if isinstance(given, KeysView | deque):
        return [*given]
    if isinstance(given, np.ndarray) and not given.ndim:
        return given.item()
    holds = isinstance(given, np.ndarray) or type(given).__name__ in PANDAS
    return given.tolist() if holds else given


def _alone(given: Any) -> Any:
    """Return what is alone in a list, anything else as it is."""
    is_alone = isinstance(given, COLLECTIONS) and len(given) == 1
    return next(iter(given)) if is_alone else given


def bare(text: str) -> str:
    """Return a text without case and without what stands around it."""
    return typed(text).casefold().strip(EDGES) or typed(text)
