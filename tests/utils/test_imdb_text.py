"""Words, ranks, ids and back."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utils import imdb
from utils.imdb.text import Convention, Vocabulary, order_by_frequency

WORDS = ["the", "a", "film's", "É", "has", "if", "日本", "\x85", "rare"]
VOCABULARY = Vocabulary("\n".join(WORDS).encode())

any_text = st.text() | st.lists(
    st.sampled_from(WORDS) | st.text(max_size=3), max_size=9
).map(" ".join)


def plain_tokens(text: str) -> list[str]:
    """Cut a text letter by letter, as the reference's README words it."""
    words, word = [], ""
    for letter in text + " ":
        if letter in " \t\n" or letter in '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~':
            if word:
                words.append(word)
            word = ""
        else:
            upper = "A" <= letter <= "Z"
            word += chr(ord(letter) + 32) if upper else letter
    return words


@given(any_text)
@example("É é İ ß\u00a0x\u2028y\r\x0b\x1cz")
@example("It's <br /><br />A++ film's\tEND\n")
def test_tokens_follow_the_rule(text: str):
    assert imdb.tokens(text) == plain_tokens(text)


@given(any_text, st.integers(0, 5))
@example("the rare nothing É", 3)
def test_decode_inverts_encode(text: str, index_from: int):
    """Known words come back, others as the marker; nothing gets lost."""
    known = set(WORDS) - {"rare"}  # the largest id gives way, as in Keras
    expected = [
        word if word in known else imdb.UNKNOWN for word in plain_tokens(text)
    ]
    convention = Convention(start_char=None, oov_char=2)
    if index_from >= 3:
        convention = Convention(index_from=index_from)
    ids = VOCABULARY.encode(text, convention)
    shown = VOCABULARY.decode(ids, convention.index_from)
    assert shown == " ".join(expected)
    assert all(type(number) is int for number in ids)


def test_unknown_marker_is_no_word():
    assert imdb.tokens(imdb.UNKNOWN) == []


@given(st.dictionaries(st.text(max_size=2), st.integers(1, 3)))
def test_order_is_by_frequency_then_word(counts: dict[str, int]):
    order = order_by_frequency(list(counts), counts.values())
    words = [list(counts)[position] for position in order]
    assert sorted(words) == sorted(counts)
    for one, other in itertools.pairwise(words):
        assert counts[one] > counts[other] or (
            counts[one] == counts[other] and one < other
        )


def test_encode_by_hand():
    encode = VOCABULARY.encode
    assert encode("The film's if", Convention()) == [1, 4, 6, 9]
    assert encode("The film's if", Convention(num_words=9)) == [1, 4, 6, 2]
    assert encode("the a", Convention(skip_top=5)) == [2, 2, 5]
    assert encode("the a", Convention(skip_top=5, oov_char=None)) == [5]
    assert encode("the x", Convention(start_char=None)) == [4, 2]
    assert encode("the", Convention(start_char=7, index_from=0)) == [7, 1]
    assert encode("", Convention()) == [1]


def test_decode_by_hand():
    decode = VOCABULARY.decode
    padded = np.array([0, 0, 1, 4, 2, 3, 8], dtype=np.int32)
    assert decode(padded, 3) == "the ? ? has"
    assert decode([4, 5], 0) == "É has"
    assert decode([], 3) == ""


@pytest.mark.parametrize("wrong", [len(WORDS) + 4, -1, 4.0, "4"])
def test_decode_refuses_ids_of_no_word(wrong: object):
    error = ValueError if isinstance(wrong, int) else TypeError
    with pytest.raises(error, match="each id takes an integer"):
        VOCABULARY.decode([wrong], 3)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("text", b"bytes", TypeError),
        ("num_words", 0, ValueError),
        ("num_words", 2.5, TypeError),
        ("skip_top", -1, ValueError),
        ("skip_top", None, TypeError),
        ("maxlen", 0, ValueError),
        ("seed", -1, ValueError),
        ("seed", None, TypeError),
        ("start_char", -1, ValueError),
        ("oov_char", 2.0, TypeError),
        ("index_from", None, TypeError),
        ("source", "keras", ValueError),
        ("source", ["auto"], ValueError),
        ("cache_dir", 3, TypeError),
    ],
)
def test_bad_arguments_are_refused_before_anything_loads(
    world, name, value, error
):
    with pytest.raises(error) as caught:
        (imdb.encode if name == "text" else imdb.load_data)(**{name: value})
    assert str(caught.value).startswith(f"{name} takes ")
    assert repr(value) in str(caught.value)
    assert world.left_over() == set(), "refused only after loading"
