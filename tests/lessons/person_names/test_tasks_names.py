"""Person names: the sentences and the silver rule."""

from itertools import combinations

import numpy as np
import pytest

from lessons.person_names import data, given_names, names, weak_labels
from utils import imdb

pytestmark = pytest.mark.slow  # takes seconds


@pytest.fixture(scope="module")
def loaded():
    return names.load()


NAMES = ("Al", "Bo", "Cy")
KNOWN = ["", "?", "word"]


def lower(words):
    return tuple(word.lower() for word in words)


def test_loads_as_many_sentences_as_it_says(loaded):
    train, validation, test, vocabulary = loaded
    assert (len(train), len(validation)) == (10_240, 1280)
    assert (len(test), len(vocabulary)) == (2560, 2000)
    assert train.is_name.sum() == 10_072
    assert test.is_name.sum() == 2504
    for part in (train, validation, test):
        count = len(part)
        assert part.ids.shape == (count, names.LONGEST)
        assert part.tags.shape == (count, names.LONGEST, 1)
        assert part.ids.dtype == np.int32
        assert part.tags.dtype == np.float32
        assert part.is_name.any(axis=1).sum() == count / 2
        assert 0.19 < part.share_with_names < 0.21
        assert len({lower(words) for words in part.words}) == count
    # No review and no sentence is in two parts.
    for one, other in combinations((train, validation, test), 2):
        assert not {*one.reviews} & {*other.reviews}
        sentences = {lower(words) for words in one.words}
        assert not sentences & {lower(words) for words in other.words}


def test_sentences_stand_in_their_reviews(loaded):
    reviews = imdb.texts("train")
    _, _, test, _ = loaded
    for row in range(0, len(test), 40):
        text = reviews[test.reviews[row]]
        cut = [word for _, word in data.pieces(text, 0, len(text))]
        assert " ".join(test.words[row]) in " ".join(cut)


def test_rows_are_padded_behind_and_unknown_words_are_one_id(loaded):
    train, validation, test, vocabulary = loaded
    number = {word: i for i, word in enumerate(vocabulary)}
    for part in (train, validation, test):
        assert part.lengths.min() >= data.SHORTEST
        assert part.lengths.max() <= names.LONGEST
        behind = np.arange(names.LONGEST) >= part.lengths[:, None]
        np.testing.assert_array_equal(part.ids == data.PADDING, behind)
        assert not part.tags[behind].any()
        for row in range(0, len(part), 100):
            words = lower(part.words[row])
            expected = [number.get(word, data.UNKNOWN) for word in words]
            assert part.ids[row, : part.lengths[row]].tolist() == expected


def test_vocabulary_is_that_of_the_training_sentences(loaded):
    train, _, _, vocabulary = loaded
    words = [word for each in train.words for word in lower(each)]
    counts = {word: words.count(word) for word in vocabulary[2:12]}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert vocabulary[:2] == ["", imdb.UNKNOWN]
    assert {*vocabulary[2:]} <= {*words}


@pytest.fixture
def load_from(monkeypatch):
    """Load of (review, words) instead of the corpus; names are Al, Bo, Cy."""

    def load(some, *counts, **others):
        tagged = [
            (number, words, [word.title() in NAMES for word in words])
            for number, words in ((n, text.split()) for n, text in some)
        ]
        monkeypatch.setattr(data, "tagged_sentences", lambda _: tagged)
        monkeypatch.setattr(data.imdb, "texts", lambda _: [])
        return names.load(*counts, **{"validation": 0, **others})

    return load


@pytest.mark.parametrize("argument", ["sentences", "held_out"])
@pytest.mark.parametrize(("count", "says"), [
    (5, "an even number, got 5"),
    (40, "at most what"),
    (0, "an integer >= 2"),
])  # fmt: skip
def test_counts_that_cannot_be_are_named(load_from, argument, count, says):
    some = [(n, f"{who} sat") for n in range(10) for who in ("Bo", "it")]
    with pytest.raises(ValueError, match=f"{argument} takes {says}"):
        load_from(some, **{"sentences": 2, "held_out": 2, argument: count})


def test_what_is_left_of_a_held_out_review_is_not_learnt(load_from):
    some = [(0, "Bo sat"), (0, "Cy sat"), (0, "it rained")]
    some += [(1, "Al sat"), (1, "it snowed")]
    train, _, test, _ = load_from(some, 2, 2)
    assert test.words == [["Bo", "sat"], ["it", "rained"]]
    assert train.words == [["Al", "sat"], ["it", "snowed"]]


def test_validation_comes_from_the_reviews_behind_training(load_from):
    some = [(0, "Bo sat"), (0, "it rained"), (1, "Al sat"), (1, "it snowed")]
    some += [(1, "Cy ran"), (2, "Cy slept"), (2, "it was late"), (2, "it is")]
    train, validation, _, words = load_from(
        some, 2, 2, validation=2, vocabulary_size=9
    )
    assert train.words == [["Al", "sat"], ["it", "snowed"]]
    assert validation.words == [["Cy", "slept"], ["it", "was", "late"]]
    assert "slept" not in words
    assert validation.share_with_names == 1 / 3


def test_a_sentence_of_both_parts_stays_in_the_test_part(load_from):
    some = [(1, "Bo sat"), (1, "Al sat"), (1, "it rained")]
    some += [(5, "bo sat"), (5, "it snowed")]
    train, _, test, _ = load_from(some, 2, 2, vocabulary_size=9)
    assert train.words == [["Al", "sat"], ["it", "rained"]]
    assert test.words == [["bo", "sat"], ["it", "snowed"]]


@pytest.mark.parametrize(("text", "cut"), [
    ("Redford's best.", ["Redford", "'s", "best"]),
    ("I don't, O'Hara won't", ["I", "don't", "O'Hara", "won't"]),
    ("Jean-Claude (in 1999)", ["Jean", "Claude", "in", "1999"]),
    ("'quoted' PAUL'S", ["quoted", "PAUL", "'s"]),
    ("It's O'Hara's", ["It", "'s", "O'Hara", "'s"]),
])  # fmt: skip
def test_words_are_cut_and_begin_where_they_say(text, cut):
    places, words = zip(*data.pieces(text, 0, len(text)), strict=True)
    assert list(words) == cut
    for place, word in zip(places, words, strict=True):
        assert text[place:].lower().startswith(word.lower())


@pytest.mark.parametrize(("text", "count"), [
    ("One. Two! Three?", 3), ("By Mr. Lee and J. Wu. Good.", 2),
    ("He left...and came.", 1), ("One<br /><br />Two", 3),
    ('"Go." He went.', 2), ("No space.Here", 2),
])  # fmt: skip
def test_sentences_are_cut(text, count):
    assert len(list(data.spans(text))) == count


@pytest.mark.parametrize(("text", "careful"), [
    ("I liked the film a lot", True),
    ("10 people saw it with me", True),
    ("liked the film a lot", False),
    ("The Best Film Of The year", False),
    ("I HATED THIS AWFUL film so very much you see", False),
])  # fmt: skip
def test_capitals_must_mean_something(text, careful):
    assert data.is_written_with_care(text.split()) == careful


def test_reviews_without_capitals_are_left_out():
    careless = "i saw it and i liked it. This is about John Smith again."
    careful = "I saw it and i liked it. This is about John Smith again."
    assert not list(data.tagged_sentences([careless]))
    assert len(list(data.tagged_sentences([careful]))) == 2


def found_in(text, *others):
    mark = weak_labels.masks([text, *others])[0]
    words = list(data.pieces(text, 0, len(text)))
    return names.found([w for _, w in words], [mark[at] for at, _ in words])


@pytest.mark.parametrize(("text", "found"), [
    ("we saw Mr. Zorblax there", ["Zorblax"]),
    ("it was played by Telly Savalas then", ["Telly Savalas"]),
    ("it was played by Telly then", []),
    ("with Alice Johnson in it", ["Alice Johnson"]),
    ("with Zorblax Maria Smith in it", ["Zorblax Maria Smith"]),
    ("with A. Zorblax Q. Maria Smith", ["A Zorblax Q Maria Smith"]),
    ("with Samuel L. Jackson's wit", ["Samuel L Jackson"]),
    ("with Brian De Palma at work", ["Brian De Palma"]),
    ("with Robert de Niro here", ["Robert de Niro"]),
    ("with Jean-Claude Van Damme here", ["Jean Claude Van Damme"]),
    ("with John Smith, Mary Jones", ["John Smith Mary Jones"]),
    ("like Will and may John see", ["John"]),
    ("like Will Zorblax in it", ["Will Zorblax"]),
    ("in San Antonio and New York", []),
    ("a John Smith Western", ["John Smith"]),
    ("see it. Don't wait", []),
    ("in the city of Zorblax", []),
    ("Director John Smith again", ["John Smith"]),
    ("of Anna Zorblax Quux Flimb Grax", ["Anna Zorblax Quux Flimb"]),
])  # fmt: skip
def test_the_rule_finds(text, found):
    assert found_in(text) == found


LOOKS = "I like how Zorblax looks."
YORK = "I like how York looks."
ANNA = "It has Anna Zorblax."


@pytest.mark.parametrize(("reviews", "found"), [
    # Ordinary words do not extend a name, but for the first behind it.
    (
        ["watch. Watch Anna Zorblax Again and again, again, again"],
        ["Anna Zorblax"],
    ),
    (["Robert Wise is wise, wise, wise"], ["Robert Wise"]),
    # Part of a name is a name later in the review.
    ([f"{ANNA} {LOOKS}"], ["Anna Zorblax", "Zorblax"]),
    ([LOOKS, f"{ANNA} {LOOKS}"], []),
    # A family name of three reviews is known in all of them, ...
    ([LOOKS] + [ANNA] * 3, ["Zorblax"]),
    ([LOOKS] + [ANNA] * 2, []),
    # ... unless it is mostly something else.
    ([YORK] + ["It has Anna York."] * 3, ["York"]),
    ([YORK] + ["It has Anna York."] * 3 + ["The city of York."] * 30, []),
])  # fmt: skip
def test_the_rule_knows_words_from_elsewhere(reviews, found):
    assert found_in(*reviews) == found


def test_first_names_come_from_the_reviews():
    derived = given_names.derive(imdb.texts("train"))
    listed = given_names.GIVEN_NAMES | given_names.AMBIGUOUS
    assert derived - listed == given_names.REJECTED
    assert listed - derived <= given_names.AMBIGUOUS
    assert not given_names.REJECTED & listed
    assert not given_names.GIVEN_NAMES & given_names.AMBIGUOUS


def test_silver_is_mostly_what_the_model_tags(loaded):
    train, _, test, vocabulary = loaded
    read = names.tagged_by_model(vocabulary)
    assert len(read) == 120
    assert not {*map(tuple, read.words)} & {*map(tuple, train.words)}
    rows = [test.words.index(words) for words in read.words]
    np.testing.assert_array_equal(test.ids[rows], read.ids)
    counted = names.score(read.is_name, test.is_name[rows], read.mask)
    assert counted == (97, 3, 18)


def test_encode_and_decode(loaded):
    *_, vocabulary = loaded
    words, ids = names.encode("The FILM by Zorblax's son!", vocabulary)
    assert words == ["The", "FILM", "by", "Zorblax", "'s", "son"]
    assert ids.shape == (1, names.LONGEST)
    assert names.decode(ids[0], vocabulary) == "the film by ? 's son"


MISTAKES = [
    ("text takes a sentence of 1 to 25", lambda: names.encode("", KNOWN)),
    ("text takes a sentence of 1 to 25", lambda: names.encode("...", KNOWN)),
    ("sentence of 1 to 25", lambda: names.encode("word " * 26, KNOWN)),
    ("text takes text", lambda: names.encode(7, KNOWN)),
    ("each id takes an integer", lambda: names.decode([1, 3], KNOWN)),
    ("each id takes an integer", lambda: names.decode([1, -1], KNOWN)),
    ("vocabulary_size takes .* >= 3", lambda: names.load(vocabulary_size=2)),
]


@pytest.mark.parametrize(("message", "call"), MISTAKES)
def test_a_mistake_is_named(message, call):
    error = TypeError if message == "text takes text" else ValueError
    with pytest.raises(error, match=message):
        call()
