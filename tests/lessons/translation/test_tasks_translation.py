"""Translation: what the pairs are, the dictionary, and the score."""

import dataclasses
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.translation import number_words
from lessons.translation.number_words import END, LANGUAGES, PADDING, START

pytestmark = pytest.mark.slow  # takes seconds

languages = st.sampled_from(sorted(LANGUAGES))
numbers = st.integers(0, 9999)

WORDS = """
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize \
quatorze quinze seize
zero one two three four five six seven eight nine ten eleven twelve thirteen \
fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety
"""
FRENCH, ENGLISH, TENS = map(str.split, WORDS.strip().splitlines())
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
    powers = {"hundred": 100, "thousand": 1000}
    return counted(words, values | {"and": 0}, powers)


def french_value(words):
    joined = " ".join(words).replace("quatre vingts", "quatre vingt")
    joined = joined.replace("quatre vingt", "quatre-vingt")
    values = {word: value for value, word in enumerate(FRENCH)}
    tens = ["vingt", "trente", "quarante", "cinquante", "soixante"]
    values |= {word: 20 + 10 * place for place, word in enumerate(tens)}
    values |= {"quatre-vingt": 80, "et": 0}
    powers = {"cent": 100, "cents": 100, "mille": 1000}
    return counted(joined.split(), values, powers)


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
    return number_words.load(language)


@pytest.fixture(scope="module")
def french():
    return pairs_of("fr")


@pytest.fixture(scope="module")
def dictionary(french):
    return number_words.baseline(french)


@pytest.mark.parametrize(
    ("language", "value"),
    [("en", english_value), ("fr", french_value), ("ko", korean_value)],
)
def test_every_number_is_said_rightly(language, value):
    for number in range(number_words.NUMBERS):
        said = number_words.say(number, language)
        assert value(number_words.tokens(said, language)) == number


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("fr", "quatre-vingt-dix-sept", "quatre vingt dix sept"),
    ("fr", "Vingt et un", "vingt et un"),
    ("en", "one thousand, nine hundred", "one thousand nine hundred"),
    ("ko", "구만 구천", "구 만 구 천"),
])  # fmt: skip
def test_tokens_are_words_or_characters(language, text, expected):
    assert number_words.tokens(text, language) == expected.split()


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
    # Every word is in the training part.
    for rows, first in ((pairs.train.source, 3), (pairs.train.target, 1)):
        ids = {PADDING, *range(first, rows.max() + 1)}
        assert {*np.unique(rows).tolist()} == ids


def test_french_has_27_words_and_english_31(french):
    assert len(french.source) == 27 + 3
    assert len(french.target) == 31 + 3
    assert french.train.source.shape == (4000, 8)
    assert french.train.target.shape == (4000, 9)
    assert pairs_of("ko").source.words[3:] == tuple(sorted(KOREAN + "십백천"))


def test_rows_say_their_number_then_end_in_padding(french):
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
        read = number_words.decode(part.source, french.source)
        written = number_words.decode(part.target, french.target)
        for number, source, target in zip(
            part.numbers, read, written, strict=True
        ):
            assert french_value(source.split()) == number
            assert english_value(target.split()) == number


def test_the_split_has_its_seed_and_its_sizes():
    first, again, other = (
        number_words.load("fr", seed=seed).train.numbers for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert len({*first.tolist()} & {*other.tolist()}) < 2000
    pairs = number_words.load("ko", train=1500, validation=250)
    parts = (pairs.train, pairs.validation, pairs.held_out)
    assert [len(part.numbers) for part in parts] == [1500, 250, 8250]


@settings(max_examples=200)
@given(language=languages, number=numbers)
def test_decoding_undoes_encoding(language, number):
    vocabulary = pairs_of(language).source
    text = number_words.say(number, language)
    ids = vocabulary.encode(text)
    again = number_words.decode(ids, vocabulary)
    words = number_words.tokens(text, language)
    assert number_words.tokens(again, language) == words
    assert vocabulary.encode(again) == ids
    assert min(ids) >= 3


def test_words_are_joined_as_the_language_writes_them():
    for language, text in (("fr", "deux mille six"), ("ko", "이천육")):
        vocabulary = pairs_of(language).source
        assert number_words.decode(vocabulary.encode(text), vocabulary) == text


@given(language=languages, number=numbers, behind=st.lists(st.integers(0, 15)))
def test_decoding_stops_at_the_end_mark(language, number, behind):
    vocabulary = pairs_of(language).source
    ids = vocabulary.encode(number_words.say(number, language))
    alone = number_words.decode(ids, vocabulary)
    marked = [START, *ids, END, *behind]
    assert number_words.decode(marked, vocabulary) == alone


@given(st.lists(st.integers(0, 999_999), min_size=1, max_size=5))
def test_parts_of_larger_numbers_are_never_narrower(chosen):
    pairs = pairs_of("fr")
    part = pairs.part(chosen)
    assert part.numbers.tolist() == chosen
    assert part.source.shape[1] >= 8 and part.target.shape[1] >= 9
    said = [number_words.say(n, "en") for n in chosen]
    expected = [" ".join(number_words.tokens(text, "en")) for text in said]
    assert number_words.decode(part.target, pairs.target) == expected


def test_the_dictionary_knows_the_plain_words(french, dictionary):
    assert {*dictionary} == {*french.source.words[3:]}
    for number in range(1, 17):
        assert dictionary[FRENCH[number]] == ENGLISH[number]
    assert (dictionary["cent"], dictionary["et"]) == ("hundred and", "")
    said = number_words.look_up("quatre-vingt-dix-sept", dictionary)
    assert said == "four twenty ten seven"


def test_the_dictionary_translates_about_half(french, dictionary):
    texts = number_words.decode(french.held_out.source, french.source)
    wanted = number_words.decode(french.held_out.target, french.target)
    said = [number_words.look_up(text, dictionary) for text in texts]
    result = number_words.score(said, wanted)
    assert 0.45 < result.value < 0.52
    missed = french.held_out.numbers % 100 >= 70
    assert not (np.array(said) == wanted)[missed].any()
    # It sees the training part only.
    nothing = french.part([0])
    blind = dataclasses.replace(french, validation=nothing, held_out=nothing)
    assert number_words.baseline(blind) == dictionary


def test_the_score_counts_whole_answers():
    wanted = ["ninety seven", "one", "two", "zero"]
    said = ["ninety seven", "one one", "", "zero"]
    result = number_words.score(said, wanted)
    assert result.value == 0.5
    assert result.low < 0.5 < result.high


MISTAKES = {
    "language takes one of": lambda: number_words.load("de"),
    "language takes one of 'fr'": lambda: number_words.load("en"),
    "train takes an integer >= 1000": lambda: number_words.load(train=999),
    "validation takes an integer >= 1 and <= 999":
        lambda: number_words.load(train=9000, validation=1000),
    "seed takes": lambda: number_words.load(seed=-1),
    "number takes .*got -1": lambda: number_words.say(-1),
    "number takes .*got 1000000": lambda: number_words.say(1_000_000),
    "language takes": lambda: number_words.say(1, "xx"),
    "got the unknown 'million' in 'un million'":
        lambda: pairs_of("fr").source.encode("un million"),
    "got no word in ' - '": lambda: pairs_of("fr").source.encode(" - "),
    "numbers takes": lambda: pairs_of("fr").part([]),
    "number takes": lambda: pairs_of("fr").part([-1]),
    "unknown '만'": lambda: pairs_of("ko").part([10_000]),
    "ids takes numbers from 0 to 29, got 3 to 99": lambda: decoded([3, 99]),
    "ids takes integers of shape": lambda: decoded([0.5]),
    r"got int64 of shape \(1, 1, 1\)": lambda: decoded([[[3]]]),
    "answers takes one text for each wanted one":
        lambda: number_words.score(["one"], []),
    "answers takes": lambda: number_words.score([], []),
    "dictionary takes an entry for every word, got none for 'deux'":
        lambda: number_words.look_up("un deux", {"un": "one"}),
    "rounds takes an integer >= 0":
        lambda: number_words.baseline(pairs_of("fr"), rounds=-1),
}  # fmt: skip
WRONG_TYPES = {
    "train takes": lambda: number_words.load(train="all"),
    "number takes .*got 1.5": lambda: number_words.say(1.5),
    "text takes text": lambda: number_words.tokens(7),
    "answers takes a list of texts": lambda: number_words.score("1", ["1"]),
}


def decoded(ids):
    return number_words.decode(ids, pairs_of("fr").source)


@pytest.mark.parametrize("message", [*MISTAKES, *WRONG_TYPES])
def test_a_mistake_is_named(message):
    error = TypeError if message in WRONG_TYPES else ValueError
    with pytest.raises(error, match=message):
        (MISTAKES | WRONG_TYPES)[message]()


def test_words_are_counted_number_by_number():
    assert number_words.word_counts("fr", 4) == [1, 1, 1, 1]
    counts = number_words.word_counts("fr")
    assert (len(counts), counts[80], counts[97]) == (100, 2, 4)
    assert max(number_words.word_counts("en")) == 2
