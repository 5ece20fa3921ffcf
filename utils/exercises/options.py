"""Questions with options to choose from, and questions about words."""

from __future__ import annotations

import random
import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Any

import numpy as np

from utils.exercises.question import Question, shown, typed

LETTERS = "abcdefgh"
COLLECTIONS = (list, tuple, set, frozenset)
BETWEEN = re.compile(r"\band\b|[\s,;/+&.()]")
"""What a reader may write between two letters."""


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
        word = typed(given)
        for letter, option in self.options.items():
            if word.lower().strip("().") == letter or word == typed(option):
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
        letter = self.letter(given)
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

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with the letters, None if nothing is."""
        if isinstance(given, str):
            given = [*BETWEEN.sub("", typed(given))]
        given = _listed(given)
        if not isinstance(given, COLLECTIONS) or not given:
            return (
                f'answer with letters such as "ab"; you gave {shown(given)}.'
            )
        chosen = set()
        for item in given:
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
class Words(Question):
    """Words are asked for: a list in order, or a set.

    Case and spaces at the ends do not matter.

    Attributes:
        answer: The right words; in a list or a tuple the order counts.
        mistakes: Wrong word -> why it does not belong, in a sentence.
    """

    answer: Sequence[str] | set[str]
    mistakes: Mapping[str, str] = field(default_factory=dict)

    def solution(self) -> Sequence[str] | set[str]:
        """Return the right words."""
        return self.answer

    def wrong(self) -> Iterator[tuple[list[str], str]]:
        """Yield the right words and a wrong one, for each wrong one."""
        for word, sentence in self.mistakes.items():
            yield [*self.answer, word], sentence

    def feedback(self, given: Any) -> str | None:
        """Return what is wrong with the words, None if nothing is."""
        given = [given] if isinstance(given, str) else _listed(given)
        if not isinstance(given, COLLECTIONS) or not all(
            isinstance(word, str) for word in given
        ):
            return f"a list of words is asked for, you gave {shown(given)}."
        words = [typed(word).lower() for word in given]
        right = [typed(word).lower() for word in self.answer]
        for word, sentence in self.mistakes.items():
            if typed(word).lower() in words:
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
    """Return an array as the list of what it holds, anything else as it is."""
    return given.tolist() if isinstance(given, np.ndarray) else given
