"""The live demo: what is typed is answered, whatever it is."""

import html
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import classify, theme
from utils.imdb import tokens
from utils.widgets import review
from utils.widgets.review import EXAMPLES, NAMES, SIZE, movements, view

WORDS = st.sampled_from(
    ["great", "boring", "not", "<b>x</b>", "zzyzx", "별로", "😀", "$1", "&"]
)


@settings(max_examples=30)
@given(
    st.one_of(st.lists(WORDS, max_size=50).map(" ".join), st.text()),
    st.sampled_from([*NAMES]),
)
def test_any_text_is_answered(text, cell):
    shown = view(text, cell)
    if not tokens(text):
        assert "no word to read" in shown.sentence
        return
    assert tuple(shown.figure.get_size_inches()) == SIZE
    assert theme.png(shown.figure, dpi=40)
    for name, label in NAMES.items():
        answer = classify.load(name).read(text).probabilities[-1]
        assert f"{label} {answer:.0%}" in shown.sentence


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
@settings(max_examples=15)
def test_words_are_shown_as_they_are_and_escaped(text):
    spans = re.findall(r"<span [^>]*>([^<]*)</span>", view(text).html)
    assert [html.unescape(word) for word in spans] == tokens(text)


def test_unknown_words_are_marked():
    shown = view("great zzyzx")
    assert "does not know: 1" in shown.sentence
    marked = dict(
        re.findall(r"decoration:([a-z ]+)\">(\w+)<", shown.html)[::-1]
    )
    assert marked == {"underline dotted": "zzyzx", "none": "great"}
    assert "answer is a guess" in view("zzyzx").sentence


def test_of_ten_thousand_words_the_end_is_read():
    shown = view("good " * 10_000)
    assert "Of the 10,000 words the last 200 are read" in shown.sentence
    assert shown.html.count("<span") == 200


def test_movements_add_up_to_the_answer():
    reading = classify.load("lstm").read(EXAMPLES[1])
    total = 0.5 + movements(reading).sum()
    assert total == pytest.approx(reading.probabilities[-1])
    strongest = review.strongest(reading)
    assert strongest[0][1] == pytest.approx(
        movements(reading)[np.abs(movements(reading)).argmax()]
    )


def test_an_unknown_cell_is_refused():
    with pytest.raises(ValueError, match="cell takes one of"):
        view("good", "rnn")


def test_an_example_is_one_click_away():
    box = review.panel()
    box.children[1].children[1].click()
    assert box.children[0].children[0].value == EXAMPLES[1]
    assert "wasted" in box.children[2].value
