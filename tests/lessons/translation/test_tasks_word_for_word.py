"""The learned dictionary: it finds what there is, and never gets worse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.translation import word_for_word

WORD = st.sampled_from("abc")
TEXT = st.lists(WORD, min_size=1, max_size=4).map(tuple)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=12))
def test_more_rounds_never_make_fewer_pairs_right(pairs):
    def right(rounds):
        entries = word_for_word.learn(pairs, rounds=rounds)
        said = (
            " ".join(filter(None, (entries[word] for word in source)))
            for source, _ in pairs
        )
        return sum(
            text == " ".join(target)
            for text, (_, target) in zip(said, pairs, strict=True)
        )

    shares = [right(rounds) for rounds in (0, 1, 2, 5)]
    assert shares == sorted(shares)


@given(st.dictionaries(WORD, TEXT, min_size=3), st.data())
def test_a_language_that_is_a_dictionary_is_learned(entries, data):
    words = data.draw(st.permutations(sorted(entries)))
    single = [((word,), entries[word]) for word in words]
    double = [((w, w), entries[w] + entries[w]) for w in words]
    learned = word_for_word.learn(single + double)
    assert learned == {word: " ".join(e) for word, e in entries.items()}


def test_a_word_that_stands_twice_has_one_entry():
    pairs = [(("a", "b", "a"), ("x", "y", "z", "x", "y")), (("b",), ("z",))]
    assert word_for_word.learn(pairs) == {"a": "x y", "b": "z"}


def test_a_word_that_says_nothing_has_an_empty_entry():
    alone = (("a",), ("x",))
    learned = word_for_word.learn([(("a", "b"), ("x",)), alone, alone])
    assert learned == {"a": "x", "b": ""}


def test_a_word_is_tried_again_once_its_neighbour_is_known():
    alone = (("b",), ("y", "z"))
    pairs = [(("a", "b"), ("w", "x", "y", "z")), alone, alone]
    assert word_for_word.learn(pairs, rounds=1) == {"a": "w", "b": "y z"}
    assert word_for_word.learn(pairs, rounds=2) == {"a": "w x", "b": "y z"}


def test_no_pairs_and_fewer_than_no_rounds_are_refused():
    with pytest.raises(ValueError, match="pairs takes at least one pair"):
        word_for_word.learn([])
    with pytest.raises(ValueError, match="rounds takes an integer >= 0"):
        word_for_word.learn([(("a",), ("b",))], rounds=-1)
