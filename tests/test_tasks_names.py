"""Person names: the sentences and the silver rule."""

import numpy as np
import pytest

from utils import imdb
from utils.tasks import names
from utils.tasks.names import data, given_names, sentences, silver


@pytest.fixture(scope="module")
def loaded():
    return names.load()


def lower(words):
    return tuple(word.lower() for word in words)


# The sentences


def test_loads_as_many_sentences_as_it_says(loaded):
    train, test, vocabulary = loaded
    assert (len(train), len(test), len(vocabulary)) == (10_240, 2560, 2000)
    assert train.is_name.sum() == 10_072
    assert test.is_name.sum() == 2504
    for part in (train, test):
        count = len(part)
        assert part.ids.shape == (count, names.LONGEST)
        assert part.tags.shape == (count, names.LONGEST, 1)
        assert part.ids.dtype == np.int32
        assert part.tags.dtype == np.float32
        assert part.is_name.any(axis=1).sum() == count / 2


def test_no_review_and_no_sentence_is_in_both_parts(loaded):
    train, test, _ = loaded
    assert not {*train.reviews} & {*test.reviews}
    in_train = {lower(words) for words in train.words}
    in_test = {lower(words) for words in test.words}
    assert not in_train & in_test
    assert len(in_train) == len(train)
    assert len(in_test) == len(test)


def test_sentences_stand_in_their_reviews(loaded):
    reviews = imdb.texts("train")
    _, test, _ = loaded
    for row in range(0, len(test), 40):
        text = reviews[test.reviews[row]]
        cut = [word for _, word in sentences.pieces(text, 0, len(text))]
        assert " ".join(test.words[row]) in " ".join(cut)


def test_rows_are_padded_behind_and_unknown_words_are_one_id(loaded):
    train, test, vocabulary = loaded
    number = {word: i for i, word in enumerate(vocabulary)}
    for part in (train, test):
        assert part.lengths.min() >= sentences.SHORTEST
        assert part.lengths.max() <= names.LONGEST
        behind = np.arange(names.LONGEST) >= part.lengths[:, None]
        np.testing.assert_array_equal(part.ids == data.PADDING, behind)
        assert not part.tags[behind].any()
        for row in range(0, len(part), 100):
            expected = [
                number.get(word, data.UNKNOWN)
                for word in lower(part.words[row])
            ]
            assert part.ids[row, : part.lengths[row]].tolist() == expected


def test_vocabulary_is_that_of_the_training_sentences(loaded):
    train, _, vocabulary = loaded
    words = [word for each in train.words for word in lower(each)]
    counts = {word: words.count(word) for word in vocabulary[2:12]}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert vocabulary[:2] == ["", imdb.UNKNOWN]
    assert {*vocabulary[2:]} <= {*words}


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"sentences": 0}, "sentences takes an integer >= 2"),
        ({"held_out": 0}, "held_out takes an integer >= 2"),
        ({"vocabulary_size": 2}, "vocabulary_size takes an integer >= 3"),
    ],
)
def test_numbers_out_of_range_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        names.load(**arguments)


@pytest.mark.parametrize("argument", ["sentences", "held_out"])
@pytest.mark.parametrize(
    ("count", "says"), [(5, "an even number, got 5"), (40, "at most what")]
)
def test_counts_that_cannot_be_are_named(monkeypatch, argument, count, says):
    some = [
        (number, [word, "sat"], [word == "Bo", False])
        for number in range(10)
        for word in ("Bo", "it")
    ]
    monkeypatch.setattr(data, "tagged_sentences", lambda _: some)
    monkeypatch.setattr(data.imdb, "texts", lambda _: [])
    with pytest.raises(ValueError, match=f"{argument} takes {says}"):
        names.load(**{"sentences": 2, "held_out": 2, argument: count})


def test_what_is_left_of_a_held_out_review_is_not_learnt(monkeypatch):
    some = [
        (0, ["Bo", "sat"], [True, False]),
        (0, ["Cy", "sat"], [True, False]),
        (0, ["it", "rained"], [False, False]),
        (1, ["Al", "sat"], [True, False]),
        (1, ["it", "snowed"], [False, False]),
    ]
    monkeypatch.setattr(data, "tagged_sentences", lambda _: some)
    monkeypatch.setattr(data.imdb, "texts", lambda _: [])
    train, test, _ = names.load(2, 2)
    assert test.words == [["Bo", "sat"], ["it", "rained"]]
    assert train.words == [["Al", "sat"], ["it", "snowed"]]


def test_a_sentence_of_both_parts_stays_in_the_test_part(monkeypatch):
    some = [
        (1, ["Bo", "sat"], [True, False]),
        (1, ["Al", "sat"], [True, False]),
        (1, ["it", "rained"], [False, False]),
        (5, ["bo", "sat"], [True, False]),
        (5, ["it", "snowed"], [False, False]),
    ]
    monkeypatch.setattr(data, "tagged_sentences", lambda _: some)
    monkeypatch.setattr(data.imdb, "texts", lambda _: [])
    train, test, _ = names.load(2, 2, vocabulary_size=9)
    assert train.words == [["Al", "sat"], ["it", "rained"]]
    assert test.words == [["bo", "sat"], ["it", "snowed"]]


# From a text to words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Redford's best.", ["Redford", "'s", "best"]),
        ("I don't, O'Hara won't", ["I", "don't", "O'Hara", "won't"]),
        ("Jean-Claude (in 1999)", ["Jean", "Claude", "in", "1999"]),
        ("'quoted' PAUL'S", ["quoted", "PAUL", "'s"]),
    ],
)
def test_words_are_cut(text, cut):
    assert [word for _, word in sentences.pieces(text, 0, len(text))] == cut


def test_words_begin_where_they_say():
    text = "It's O'Hara's"
    for place, word in sentences.pieces(text, 0, len(text)):
        assert text[place:].startswith(word)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("By Mr. Lee and J. Wu. Good.", 2),
        ("He left...and came.", 1),
        ("One<br /><br />Two", 3),
        ('"Go." He went.', 2),
        ("No space.Here", 2),
    ],
)
def test_sentences_are_cut(text, count):
    assert len(list(sentences.spans(text))) == count


@pytest.mark.parametrize(
    ("text", "careful"),
    [
        ("I liked the film a lot", True),
        ("10 people saw it with me", True),
        ("liked the film a lot", False),
        ("The Best Film Of The year", False),
        ("I HATED THIS AWFUL film so very much you see", False),
    ],
)
def test_capitals_must_mean_something(text, careful):
    assert sentences.is_written_with_care(text.split()) == careful


def test_reviews_without_capitals_are_left_out():
    careless = "i saw it and i liked it. This is about John Smith again."
    careful = "I saw it and i liked it. This is about John Smith again."
    assert not list(data.tagged_sentences([careless]))
    assert len(list(data.tagged_sentences([careful]))) == 2


# The silver rule


def found_in(text, *others):
    mark = silver.masks([text, *others])[0]
    words = list(sentences.pieces(text, 0, len(text)))
    return names.found([w for _, w in words], [mark[at] for at, _ in words])


@pytest.mark.parametrize(
    ("text", "found"),
    [
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
    ],
)
def test_the_rule_finds(text, found):
    assert found_in(text) == found


def test_ordinary_words_do_not_extend_a_name():
    text = "watch. Watch Anna Zorblax Again and again, again, again"
    assert found_in(text) == ["Anna Zorblax"]


def test_the_first_ordinary_word_after_a_first_name_is_taken():
    assert found_in("Robert Wise is wise, wise, wise") == ["Robert Wise"]


def test_part_of_a_name_is_a_name_later_in_the_review():
    text = "It has Anna Zorblax. I like how Zorblax looks."
    assert found_in(text) == ["Anna Zorblax", "Zorblax"]
    assert found_in("I like how Zorblax looks.", text) == []


def test_a_family_name_of_three_reviews_is_known_in_all():
    others = ["It has Anna Zorblax."] * 3
    alone = "I like how Zorblax looks."
    assert found_in(alone, *others) == ["Zorblax"]
    assert found_in(alone, *others[:2]) == []


def test_a_family_name_that_is_mostly_something_else_is_not_known():
    others = ["It has Anna York."] * 3 + ["The city of York."] * 30
    assert found_in("I like how York looks.", *others) == []


def test_first_names_come_from_the_reviews():
    derived = given_names.derive(imdb.texts("train"))
    listed = given_names.GIVEN_NAMES | given_names.AMBIGUOUS
    assert derived - listed == given_names.REJECTED
    assert listed - derived <= given_names.AMBIGUOUS
    assert not given_names.REJECTED & listed
    assert not given_names.GIVEN_NAMES & given_names.AMBIGUOUS


def test_silver_is_mostly_right_by_hand(loaded):
    train, test, vocabulary = loaded
    hand = names.by_hand(vocabulary)
    assert len(hand) == 120
    assert not {*map(tuple, hand.words)} & {*map(tuple, train.words)}
    rows = [test.words.index(words) for words in hand.words]
    np.testing.assert_array_equal(test.ids[rows], hand.ids)
    counted = names.score(hand.is_name, test.is_name[rows], hand.mask)
    assert counted == (97, 3, 18)


# A sentence of one's own


def test_encode_and_decode(loaded):
    _, _, vocabulary = loaded
    words, ids = names.encode("The FILM by Zorblax's son!", vocabulary)
    assert words == ["The", "FILM", "by", "Zorblax", "'s", "son"]
    assert ids.shape == (1, names.LONGEST)
    assert names.decode(ids[0], vocabulary) == "the film by ? 's son"


@pytest.mark.parametrize("text", ["", "...", "word " * 26])
def test_sentences_too_short_or_too_long_are_named(text):
    with pytest.raises(ValueError, match="text takes a sentence of 1 to 25"):
        names.encode(text, ["", "?", "word"])


def test_what_is_no_text_is_named():
    with pytest.raises(TypeError, match="text takes text"):
        names.encode(7, ["", "?"])


@pytest.mark.parametrize("wrong", [3, -1])
def test_ids_of_no_word_are_named(wrong):
    with pytest.raises(ValueError, match="each id takes an integer"):
        names.decode([1, wrong], ["", "?", "a"])
