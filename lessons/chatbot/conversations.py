"""The conversations as pairs of a message and its answer, in three parts."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from lessons.chatbot import messages

AUTUMN = "2018-07"
"""Conversations that began after this month are held out."""

VALIDATION_SHARE = 0.35
"""Share of the people of autumn whose conversations are for choices."""


@dataclass(frozen=True)
class Pair:
    """A message and the answer that a person gave to it.

    Attributes:
        message: Everything the first person wrote until the other answered.
        answer: Everything the other one wrote then.
        conversation: Number of the conversation, in the order of the file.
        person: Number of the person who answers, in the order of the ids; it
            hides nobody from who has the file.
    """

    message: str
    answer: str
    conversation: int
    person: int


@dataclass(frozen=True)
class Parts:
    """Pairs to learn from, to choose by, and to test with."""

    train: tuple[Pair, ...]
    validation: tuple[Pair, ...]
    test: tuple[Pair, ...]


@functools.cache
def load() -> Parts:
    """Return the pairs of all conversations, in three parts.

    To learn from are the conversations of April and May 2018. The others
    are from September to November, between people of whom none took part
    in spring. A person of autumn is in the validation part or in the test
    part, by a hash of the id; a conversation between two people of
    different parts is left out.

    A pair is left out if one of its messages is not fit
    (`messages.is_fit`).

    Raises:
        ModuleNotFoundError: The package chitchat-dataset, which has the
            conversations, is missing.
    """
    file = resources.files("chitchat_dataset").joinpath("dataset.json")
    conversations = list(json.loads(file.read_text("utf-8")).values())
    people = [
        {said["sender"] for turn in each["messages"] for said in turn}
        for each in conversations
    ]
    in_spring = [_month(each) <= AUTUMN for each in conversations]
    known = set().union(
        *(who for who, spring in zip(people, in_spring, strict=True) if spring)
    )
    number = {who: i for i, who in enumerate(sorted(set().union(*people)))}
    parts: dict[str, list[Pair]] = {}
    for i, each in enumerate(conversations):
        part = "train" if in_spring[i] else part_of(people[i], known)
        if part != "left out":
            found = parts.setdefault(part, [])
            for message, answer, who in _fit_pairs(each):
                found.append(Pair(message, answer, i, number[who]))
    return Parts(
        *(tuple(parts[name]) for name in ("train", "validation", "test"))
    )


def _month(conversation: dict[str, Any]) -> str:
    """Return the month in which a conversation began, such as 2018-05."""
    return conversation["start"][:7]


def _fit_pairs(
    conversation: dict[str, Any],
) -> Iterator[tuple[str, str, str]]:
    """Yield a message, its answer, and the id of the person who answers.

    The two stand side by side, by two people, and are fit.
    """
    last = None
    for turn in conversation["messages"]:
        text = " ".join(said["text"] for said in turn)
        this = turn[0]["sender"], text if messages.is_fit(text) else None
        if last and last[0] != this[0] and last[1] and this[1]:
            yield last[1], this[1], this[0]
        last = turn[-1]["sender"], this[1]


def part_of(people: Iterable[str], known: Iterable[str]) -> str:
    """Return the part that a conversation of autumn belongs to.

    Args:
        people: Ids of those who take part.
        known: Ids of those who took part in spring.

    Returns:
        ``"validation"``, ``"test"``, or ``"left out"`` if one of them was
        there in spring or they are not of one part.
    """
    people = set(people)
    if people & set(known):
        return "left out"
    parts = {"validation" if _is_chosen_by(who) else "test" for who in people}
    return parts.pop() if len(parts) == 1 else "left out"


def _is_chosen_by(person: str) -> bool:
    """Tell whether a person of autumn belongs to the validation part."""
    digest = hashlib.sha256(person.encode()).digest()
    return digest[0] < 256 * VALIDATION_SHARE
