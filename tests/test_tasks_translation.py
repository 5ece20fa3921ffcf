"""Translation: what the pairs are, the dictionary, and the score."""

import dataclasses
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import translation
from utils.tasks.translation import END, LANGUAGES, PADDING, START

languages = st.sampled_from(sorted(LANGUAGES))
numbers = st.integers(0, 9999)

TO_SIXTEEN = """
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize
quatorze quinze seize
"""
TO_NINETEEN = """
zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen
"""
TO_NINETY = "twenty thirty forty fifty sixty seventy eighty ninety"
FRENCH, ENGLISH = TO_SIXTEEN.split(), TO_NINETEEN.split()
TENS = TO_NINETY.split()
KOREAN = "영일이삼사오육칠팔구"


def counted(words, values, powers):
    """Return the number that words add up to, multiplied by powers."""
    total = group = 0
    for word in words:
        if powers.get(word) == 1000:
            total, group = (group or 1) * 1000, 0
        elif word in powers:
            last = group % 10 or 1
            group += last * powers[word] - group % 10
        else:
            group += values[word]
    return total + group


def english_value(words):
    values = {word: value for value, word in enumerate(ENGLISH)}
    values |= {word: 20 + 10 * place for place, word in enumerate(TENS)}
    return counted(
        words, values | {"and": 0}, {"hundred": 100, "thousand": 1000}
    )


def french_value(words):
    joined = " ".join(words).replace("quatre vingts", "quatre vingt")
    joined = joined.replace("quatre vingt", "quatre-vingt")
    values = {word: value for value, word in enumerate(FRENCH)}
    tens = ["vingt", "trente", "quarante", "cinquante", "soixante"]
    values |= {word: 20 + 10 * place for place, word in enumerate(tens)}
    values |= {"quatre-vingt": 80, "et": 0}
    return counted(
        joined.split(), values, {"cent": 100, "cents": 100, "mille": 1000}
    )


def korean_value(characters):
    values = {word: value for value, word in enumerate(KOREAN)}
    total = digit = 0
    for character in characters:
        if character in values:
            digit = values[character]
        else:
            power = {"십": 10, "백": 100, "천": 1000}[character]
            total, digit = total + (digit or 1) * power, 0
    return total + digit


@cache
def pairs_of(language):
    return translation.load(language)


@pytest.fixture(scope="module")
def french():
    return pairs_of("fr")


@pytest.fixture(scope="module")
def dictionary(french):
    return translation.baseline(french)


@pytest.mark.parametrize(
    ("language", "value"),
    [("en", english_value), ("fr", french_value), ("ko", korean_value)],
)
def test_every_number_is_said_rightly(language, value):
    for number in range(translation.NUMBERS):
        said = translation.say(number, language)
        assert value(translation.tokens(said, language)) == number


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_two_numbers_have_the_same_tokens(language):
    said = {
        tuple(translation.tokens(translation.say(n, language), language))
        for n in range(translation.NUMBERS)
    }
    assert len(said) == translation.NUMBERS


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "quatre-vingt-dix-sept", ["quatre", "vingt", "dix", "sept"]),
        ("fr", "Vingt et un", ["vingt", "et", "un"]),
        (
            "en",
            "one thousand, nine hundred and five",
            ["one", "thousand", "nine", "hundred", "and", "five"],
        ),
        ("ko", "구만 구천", ["구", "만", "구", "천"]),
    ],
)
def test_tokens_are_words_or_characters(language, text, expected):
    assert translation.tokens(text, language) == expected


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_parts_have_every_number_once(language):
    pairs = pairs_of(language)
    parts = (pairs.train, pairs.validation, pairs.held_out)
    assert [len(part.numbers) for part in parts] == [4000, 1000, 5000]
    together = np.concatenate([part.numbers for part in parts])
    assert sorted(together.tolist()) == list(range(10_000))
    assert 0 in pairs.train.numbers
    widths = {(p.source.shape[1], p.target.shape[1]) for p in parts}
    assert len(widths) == 1, "parts of one width are compiled once"


def test_french_has_27_words_and_english_31(french):
    assert len(french.source) == 27 + 3
    assert len(french.target) == 31 + 3
    assert french.train.source.shape == (4000, 8)
    assert french.train.target.shape == (4000, 9)
    assert pairs_of("ko").source.words[3:] == tuple(sorted(KOREAN + "십백천"))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_word_is_in_the_training_part(language):
    train = pairs_of(language).train
    for rows, first in ((train.source, 3), (train.target, 1)):
        ids = {PADDING, *range(first, rows.max() + 1)}
        assert {*np.unique(rows).tolist()} == ids


def test_rows_are_words_then_padding(french):
    for part in (french.train, french.validation, french.held_out):
        for rows in (part.source, part.target):
            filled = rows != PADDING
            assert (filled[:, 1:] <= filled[:, :-1]).all()
            assert filled[:, 0].all(), "no row is empty"
        assert (part.target[:, 0] == START).all()
        assert ((part.target == END).sum(axis=1) == 1).all()
        last = (part.target != PADDING).sum(axis=1) - 1
        assert (part.target[np.arange(len(last)), last] == END).all()
        assert not np.isin(part.source, (START, END)).any()


def test_source_and_target_say_the_number_of_their_row(french):
    for part in (french.train, french.validation, french.held_out):
        read = translation.decode(part.source, french.source)
        written = translation.decode(part.target, french.target)
        for number, source, target in zip(
            part.numbers, read, written, strict=True
        ):
            assert french_value(source.split()) == number
            assert english_value(target.split()) == number


def test_the_split_is_drawn_from_its_seed():
    first, again, other = (
        translation.load("fr", seed=seed).train.numbers for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert len({*first.tolist()} & {*other.tolist()}) < 2000


def test_the_sizes_of_the_parts_are_those_asked_for():
    pairs = translation.load("ko", train=1500, validation=250)
    assert len(pairs.train.numbers) == 1500
    assert len(pairs.validation.numbers) == 250
    assert len(pairs.held_out.numbers) == 8250


@settings(max_examples=200)
@given(language=languages, number=numbers)
def test_decoding_undoes_encoding(language, number):
    vocabulary = pairs_of(language).source
    text = translation.say(number, language)
    ids = vocabulary.encode(text)
    decoded = translation.decode(ids, vocabulary)
    assert translation.tokens(decoded, language) == translation.tokens(
        text, language
    )
    assert vocabulary.encode(decoded) == ids
    assert min(ids) >= 3


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "deux mille six"), ("ko", "이천육")]
)
def test_words_are_joined_as_the_language_writes_them(language, text):
    vocabulary = pairs_of(language).source
    assert translation.decode(vocabulary.encode(text), vocabulary) == text


@given(language=languages, number=numbers, behind=st.lists(st.integers(0, 15)))
def test_decoding_stops_at_the_end_mark(language, number, behind):
    pairs = pairs_of(language)
    ids = pairs.source.encode(translation.say(number, language))
    marked = [START, *ids, END, *behind]
    assert translation.decode(marked, pairs.source) == translation.decode(
        ids, pairs.source
    )


@given(st.lists(st.integers(0, 999_999), min_size=1, max_size=5))
def test_parts_of_larger_numbers_are_never_narrower(chosen):
    pairs = pairs_of("fr")
    part = pairs.part(chosen)
    assert part.numbers.tolist() == chosen
    assert part.source.shape[1] >= 8 and part.target.shape[1] >= 9
    expected = [
        " ".join(translation.tokens(translation.say(n, "en"), "en"))
        for n in chosen
    ]
    assert translation.decode(part.target, pairs.target) == expected


def test_the_dictionary_knows_the_plain_words(french, dictionary):
    assert {*dictionary} == {*french.source.words[3:]}
    for number in range(1, 17):
        assert dictionary[FRENCH[number]] == ENGLISH[number]
    assert dictionary["cent"] == "hundred and"
    assert dictionary["et"] == ""


def test_the_dictionary_translates_about_half(french, dictionary):
    texts = translation.decode(french.held_out.source, french.source)
    wanted = translation.decode(french.held_out.target, french.target)
    said = [translation.look_up(text, dictionary) for text in texts]
    result = translation.score(said, wanted)
    assert 0.45 < result.value < 0.52
    missed = french.held_out.numbers % 100 >= 70
    assert not (np.array(said) == wanted)[missed].any()


def test_the_dictionary_sees_the_training_part_only(french, dictionary):
    nothing = french.part([0])
    blind = dataclasses.replace(french, validation=nothing, held_out=nothing)
    assert translation.baseline(blind) == dictionary


def test_four_twenty_ten_seven(dictionary):
    said = translation.look_up("quatre-vingt-dix-sept", dictionary)
    assert said == "four twenty ten seven"


def test_the_score_counts_whole_answers():
    wanted = ["ninety seven", "one", "two", "zero"]
    said = ["ninety seven", "one one", "", "zero"]
    result = translation.score(said, wanted)
    assert result.value == 0.5
    assert result.low < 0.5 < result.high


@given(st.integers(1, 500), st.booleans())
def test_the_interval_holds_the_share(total, right):
    wanted = ["one"] * total
    share, low, high = translation.score(
        wanted if right else ["two"] * total, wanted
    )
    assert low <= share <= high


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: translation.load("de"), ValueError, "language takes one of"),
        (lambda: translation.load("en"), ValueError, "language takes one of"),
        (
            lambda: translation.load(train=999),
            ValueError,
            "train takes an integer >= 1000",
        ),
        (
            lambda: translation.load(train=9000, validation=1000),
            ValueError,
            "validation takes an integer >= 1 and <= 999",
        ),
        (lambda: translation.load(seed=-1), ValueError, "seed takes"),
        (lambda: translation.load(train="all"), TypeError, "train takes"),
        (lambda: translation.say(-1), ValueError, "number takes"),
        (lambda: translation.say(1_000_000), ValueError, "number takes"),
        (lambda: translation.say(1.5), TypeError, "number takes"),
        (lambda: translation.say(1, "xx"), ValueError, "language takes"),
        (lambda: translation.tokens(7), TypeError, "text takes text"),
        (
            lambda: pairs_of("fr").source.encode("un million"),
            ValueError,
            "got the unknown 'million' in 'un million'",
        ),
        (
            lambda: pairs_of("fr").source.encode(" - "),
            ValueError,
            "got no word in ' - '",
        ),
        (lambda: pairs_of("fr").part([]), ValueError, "numbers takes"),
        (lambda: pairs_of("fr").part([-1]), ValueError, "number takes"),
        (lambda: pairs_of("ko").part([10_000]), ValueError, "unknown '만'"),
        (
            lambda: translation.decode([3, 99], pairs_of("fr").source),
            ValueError,
            "ids takes numbers from 0 to 29, got 3 to 99",
        ),
        (
            lambda: translation.decode([0.5], pairs_of("fr").source),
            ValueError,
            "ids takes integers of shape",
        ),
        (
            lambda: translation.decode([[[3]]], pairs_of("fr").source),
            ValueError,
            r"got int64 of shape \(1, 1, 1\)",
        ),
        (
            lambda: translation.score(["one"], []),
            ValueError,
            "answers takes one text for each wanted one",
        ),
        (lambda: translation.score([], []), ValueError, "answers takes"),
        (
            lambda: translation.score("one", ["one"]),
            TypeError,
            "answers takes a list of texts, got 'one'",
        ),
        (
            lambda: translation.look_up("un deux", {"un": "one"}),
            ValueError,
            "dictionary takes an entry for every word, got none for 'deux'",
        ),
        (
            lambda: translation.baseline(pairs_of("fr"), rounds=-1),
            ValueError,
            "rounds takes an integer >= 0",
        ),
    ],
)
def test_a_mistake_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
