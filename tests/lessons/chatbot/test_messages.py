"""What may be used, by the rule: nothing private, nothing coarse."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.chatbot import messages

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=8)
AROUND = st.tuples(
    st.lists(WORDS, max_size=4).map(" ".join),
    st.lists(WORDS, max_size=4).map(" ".join),
)
CASES = st.sampled_from([str.lower, str.upper, str.title])

LINKS = st.builds(
    "{}{}.{}{}".format,
    st.sampled_from(["", "http://", "https://", "www."]),
    WORDS,
    st.sampled_from(["com", "net", "org", "edu", "io"]),
    st.sampled_from(["", "/a", "?q=1"]),
)
ADDRESSES = st.builds("{}@{}.{}".format, WORDS, WORDS, WORDS)
GAPS = st.sampled_from(["", " ", "-", ".", ") ", "/", "  "])
PHONES = st.lists(
    st.tuples(st.sampled_from(string.digits), GAPS), min_size=7, max_size=12
).map(lambda parts: "".join(digit + gap for digit, gap in parts))
STREETS = st.builds(
    "{} {} {}".format,
    st.integers(1, 9999),
    WORDS,
    st.sampled_from(["street", "St", "Avenue", "road", "Lane", "Drive"]),
)
COARSE = st.sampled_from(
    [
        word.rstrip("*")
        for group in messages.coarse_words()
        for word in sorted(group)
    ]
)


def inside(around, found):
    """Return a text between others, with a space on each side."""
    before, after = around
    return f"{before} {found} {after}".strip()


@given(AROUND, LINKS | ADDRESSES | PHONES | STREETS)
def test_nothing_private_passes(around, found):
    # Wrong before: phone numbers with a bracket, and "St" in capitals.
    assert not messages.is_fit(inside(around, found))


@given(AROUND, COARSE, CASES, st.sampled_from(["", "!", ".", "?", ",", "'s"]))
def test_no_coarse_word_passes(around, word, case, mark):
    assert not messages.is_fit(inside(around, case(word) + mark))


@given(COARSE.filter(lambda word: len(word) > 3), st.integers(3, 6))
def test_no_coarse_word_passes_with_a_letter_drawn_out(word, times):
    drawn = word[:1] + word[1] * times + word[2:]
    assert not messages.is_fit(drawn)


@pytest.mark.parametrize("mark", ["*", "**"])
def test_a_word_with_a_star_in_it_does_not_pass(mark):
    assert not messages.is_fit(f"what the f{mark}k")
    assert messages.is_fit("what a day *day")


@given(st.text(max_size=200))
def test_any_text_is_judged_and_a_fit_one_has_one_to_twenty_words(text):
    if messages.is_fit(text):
        found = messages.words(text)
        assert 1 <= len(found) <= messages.LONGEST
        assert max(map(len, found)) <= messages.LONGEST_WORD
        assert set(found) != {"?"}


@given(st.lists(st.sampled_from(["well", "yes", "i", "know"]), max_size=30))
def test_plain_messages_pass_by_their_length_alone(words):
    fit = 1 <= len(words) <= messages.LONGEST
    assert messages.is_fit(" ".join(words)) == fit


def test_wide_letters_and_curly_apostrophes_are_read_as_plain_ones():
    assert messages.words("Ｉ’ｍ　ｈｅｒｅ") == ["i'm", "here"]
    assert not messages.is_fit("ｗｗｗ.example.ｏｒｇ")


def test_the_list_is_not_written_in_plain_letters():
    whole, starts = messages.coarse_words()
    assert len(whole) > 50
    assert all(re.fullmatch("[a-z0-9]+", word) for word in (*whole, *starts))


def test_what_is_no_text_is_named():
    with pytest.raises(TypeError, match="text"):
        messages.is_fit(7)
