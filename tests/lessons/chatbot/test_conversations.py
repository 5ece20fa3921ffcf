"""The parts share no conversation and no person, and show no id."""

from __future__ import annotations

import dataclasses
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.chatbot import conversations, messages
from lessons.chatbot.conversations import part_of

PEOPLE = st.frozensets(st.text(min_size=1, max_size=6), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def parts():
    return conversations.load()


@pytest.mark.slow
def test_no_conversation_and_no_person_is_on_two_sides(parts):
    fields = [field.name for field in dataclasses.fields(parts)]
    for first, second in combinations(fields, 2):
        one, other = getattr(parts, first), getattr(parts, second)
        for key in ("conversation", "person"):
            assert not {getattr(pair, key) for pair in one} & {
                getattr(pair, key) for pair in other
            }


@pytest.mark.slow
def test_who_only_asks_is_on_one_side_as_well():
    """The person who is answered counts as much as the one who answers."""
    import json
    from importlib import resources

    file = resources.files("chitchat_dataset").joinpath("dataset.json")
    raw = list(json.loads(file.read_text("utf-8")).values())
    loaded = conversations.load()
    seen = [
        {
            said["sender"]
            for number in {pair.conversation for pair in part}
            for turn in raw[number]["messages"]
            for said in turn
        }
        for part in (loaded.train, loaded.validation, loaded.test)
    ]
    assert all(not a & b for a, b in combinations(seen, 2))


@pytest.mark.slow
def test_every_message_is_fit_and_no_id_is_in_it(parts):
    an_id = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}")
    for part in (parts.train[::50], parts.validation, parts.test):
        for pair in part:
            for text in (pair.message, pair.answer):
                assert messages.is_fit(text)
                assert not an_id.search(text)
            assert isinstance(pair.person, int)


@given(PEOPLE, PEOPLE)
def test_a_conversation_belongs_where_all_its_people_belong(people, known):
    part = part_of(people, known)
    alone = {part_of([person], ()) for person in people}
    if people & known or len(alone) == 2:
        assert part == "left out"
    else:
        assert {part} == alone
        assert part in ("validation", "test")
