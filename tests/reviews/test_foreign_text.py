"""What people type is read as if they had typed it in ASCII."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import classify
from utils.classify.text import prepare, without_tags, words_of
from utils.imdb import tokens

PLAIN = "I don't recommend this film, it isn't good."

SAME = [
    # the inputs of the public reports
    ("I don’t recommend this", "I don't recommend this"),
    ("it isn’t good", "it isn't good"),
    ("can’t", "can't"),
    ("wouldn’t", "wouldn't"),
    (
        "Great price.\r\nquality is awful\r\nthanks",
        "great price quality is awful thanks",
    ),
    ("excellent\u00a0movie", "excellent movie"),
    ("A “great” film", "A great film"),
    ("good—excellent", "good excellent"),
    ("great，great", "great great"),
    ("wonderful！", "wonderful"),
    ("great\u200b", "great"),
    ("\ufeffwonderful", "wonderful"),
    # apostrophes
    ("don‘t", "don't"),
    ("donʼt", "don't"),
    ("don′t", "don't"),
    ("don＇t", "don't"),
    ("don´t", "don't"),
    ("don`t", "don't"),
    ("don‛t", "don't"),
    ("‘awful’", "awful"),
    ("the actors’ work", "the actors work"),
    # quotes and dashes
    ("„great“", "great"),
    ("«great»", "great"),
    ("‹great›", "great"),
    ("「great」", "great"),
    ("great–awful", "great awful"),
    ("great‐awful", "great awful"),
    ("great‒awful", "great awful"),
    ("great―awful", "great awful"),
    ("great−awful", "great awful"),
    # spaces and line ends
    ("great\u202fawful", "great awful"),
    ("great\u2003awful", "great awful"),
    ("great\u3000awful", "great awful"),
    ("great\u2028awful", "great awful"),
    ("great\u2029awful", "great awful"),
    ("great\u0085awful", "great awful"),
    ("great\rawful", "great awful"),
    ("great\x0bawful", "great awful"),
    ("great\x0cawful", "great awful"),
    ("great\x1cawful", "great awful"),
    # what cannot be seen
    ("gr\u00adeat", "great"),
    ("gre\u200dat", "great"),
    ("gre\u2060at", "great"),
    ("\u202agreat\u202c", "great"),
    # widths, ligatures, letters with accents
    ("ｇｒｅａｔ", "great"),
    ("𝐠𝐫𝐞𝐚𝐭", "great"),
    ("ﬁlm", "film"),
    ("cafe\u0301", "café"),
    # marks that no letter takes up
    ("ดีมาก", "ดีมาก"),
    # symbols and other punctuation
    ("great…awful", "great awful"),
    ("★★★★★great", "great"),
    ("great👍", "great"),
    ("great。", "great"),
    ("great؟", "great"),
    ("great·awful", "great awful"),
    ("great•awful", "great awful"),
    ("10€great", "10 great"),
    # the damage of a wrong decoding
    ("I donâ€™t like it", "I don't like it"),
    ("itâ€™s â€œgreatâ€\x9d", "it's great"),
    ("don\x92t", "don't"),
]


@pytest.mark.parametrize(("typed", "plain"), SAME)
def test_signs_change_no_word(typed, plain):
    assert words_of(typed) == tokens(plain)


@pytest.mark.parametrize("model", classify.MODELS)
def test_a_typographic_apostrophe_changes_no_answer(model):
    classifier = classify.load(model)
    curly = PLAIN.replace("'", "’")
    plain, typed = classifier.positive([PLAIN, curly])
    assert typed == pytest.approx(plain, abs=1e-6)
    reading = classifier.read(curly)
    assert reading.probabilities[-1] == pytest.approx(plain, abs=1e-5)
    assert "don't" in reading.tokens


def test_carriage_returns_change_no_answer():
    texts = ["Great price.\r\nquality is awful\r\nthanks"]
    texts.append(texts[0].replace("\r\n", "\n"))
    first, second = classify.load("bigru").positive(texts)
    assert first == second < 0.1


@pytest.mark.parametrize("model", classify.MODELS)
def test_what_has_no_known_word_gets_no_probability(model):
    texts = ["정말 최악의 신발이에요", "😀😀", "", "good", "good zzyzxq", "'"]
    judged = classify.load(model).judge(texts)
    unknown = judged.known == 0
    assert unknown.tolist() == [True, True, True, False, False, True]
    assert (judged.probabilities != judged.probabilities).tolist() == (
        unknown.tolist()
    )
    assert judged.known[3:5].tolist() == [1, 0.5]


@given(st.text(max_size=80))
def test_prepared_text_is_what_it_becomes(text):
    once = prepare(text)
    assert prepare(once) == once
    assert once == " ".join(once.split())
    for sign in once:
        category = unicodedata.category(sign)
        assert sign.isascii() or category[0] in "LNM", (sign, category)


@given(st.text(st.characters(codec="ascii"), max_size=80))
def test_ascii_words_are_those_of_keras(text):
    plain = " ".join(text.replace("`", " ").split())
    expected = [w for w in tokens(plain) if any(c.isalnum() for c in w)]
    assert words_of(text.replace("`", " ")) == expected


def test_training_texts_are_not_prepared():
    # Ids must agree with Keras's, whose words keep such signs.
    assert tokens("don’t it\x85") == ["don’t", "it\x85"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("good<br /><br>bad", "good bad"),
        ("<b>good</b> <IMG src='x'/>film</p >", "good film"),
        ("I <3 it, 2 < 3 > 1, <별로>, <<b>>", "i 3 it 2 3 1 별로"),
        ("not closed <b", "not closed b"),
    ],
)
def test_tags_are_no_words_of_what_is_typed(typed, words):
    assert " ".join(words_of(without_tags(typed))) == words


def test_a_line_break_of_a_training_review_stays_a_word():
    assert words_of("good<br />bad") == ["good", "br", "bad"]
