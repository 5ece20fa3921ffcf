"""A dictionary of phrases: the longest known ones, from left to right."""

from hypothesis import given
from hypothesis import strategies as st

from lessons.translation import phrases

WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=8)


def test_the_longest_known_phrase_is_taken_first():
    known = {"quatre vingt", "quatre vingt dix", "vingt dix"}
    words = ["cent", "quatre", "vingt", "dix", "sept"]
    assert phrases.cut(words, known, longest=4) == (
        "cent",
        "quatre vingt dix",
        "sept",
    )
    assert phrases.cut(words, known, longest=2) == (
        "cent",
        "quatre vingt",
        "dix",
        "sept",
    )


@given(words=WORDS, known=st.sets(WORDS.map(" ".join)))
def test_no_word_is_lost(words, known):
    found = phrases.cut(words, known, longest=3)
    assert " ".join(found).split() == words


def test_a_phrase_can_mean_what_its_words_do_not():
    french = ["quatre", "vingt", "quatre vingt", "quatre vingt"]
    english = ["four", "twenty", "eighty", "eighty"]
    words = {"quatre": "four", "vingt": "twenty"}
    made = phrases.learn_phrases(french, english, words, longest=2, seen=2)
    assert made.translate(french) == english
    rare = phrases.learn_phrases(french, english, words, longest=2, seen=3)
    assert (
        "quatre vingt" in made.entries and "quatre vingt" not in rare.entries
    )


def test_a_word_that_never_stands_alone_keeps_its_entry():
    words = {"deux": "two", "cents": "hundred"}
    made = phrases.learn_phrases(
        ["deux cents"] * 2, ["two hundred"] * 2, words, longest=2, seen=2
    )
    assert made.entries["deux cents"] == "two hundred"
    assert made.translate(["cents"]) == ["hundred"]
