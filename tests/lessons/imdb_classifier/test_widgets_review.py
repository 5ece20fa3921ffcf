"""The live demo: what is typed is answered, whatever it is."""

import html
import re
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.imdb_classifier import widget
from utils import classify, theme
from utils.classify.text import without_tags, words_of

WORDS = st.sampled_from(
    ["great", "boring", "not", "<b>x</b>", "zzyzx", "별로", "😀", "$1", "&"]
)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    st.one_of(st.lists(WORDS, max_size=50).map(" ".join), st.text()),
    st.sampled_from([*widget.NAMES]),
)
def test_any_text_is_answered(text, cell):
    shown = widget.view(text, cell)
    if not words_of(without_tags(text)):
        assert "no word to read" in shown.sentence
        return
    assert tuple(shown.figure.get_size_inches()) == widget.SIZE
    assert theme.png(shown.figure, dpi=40)
    reads = {
        n: classify.load(n).read(without_tags(text)) for n in widget.NAMES
    }
    if not any(any(read.known) for read in reads.values()):
        assert "no answer means anything" in shown.sentence
        return
    for name, label in widget.NAMES.items():
        read = reads[name]
        answer = read.probabilities[-1]
        assert f"{label} {answer:.0%}" in shown.sentence


def test_answers_in_the_order_of_the_names():
    read = [classify.load(name).read("not great") for name in widget.NAMES]
    assert [float(answer) for answer in widget.answers("not great")] == (
        pytest.approx([r.probabilities[-1] for r in read], abs=0.005)
    )


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
@settings(max_examples=15)
def test_words_are_shown_as_they_are_and_escaped(text):
    spans = re.findall(r"<span [^>]*>([^<]*)</span>", widget.view(text).html)
    assert [html.unescape(word) for word in spans] == (
        words_of(without_tags(text))
    )


@pytest.mark.parametrize("tags", ["<b>{}</b>", "{}<br /><br>", "<i x=1>{}"])
def test_tags_are_no_words(tags):
    plain = widget.view("Great film", "lstm")
    marked = widget.view(tags.format("Great film"), "lstm")
    assert (marked.sentence, marked.html) == (plain.sentence, plain.html)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((0.9, 0.5, 0.6), "Positive, say all three."),
        ((0.1, 0.2, 0.3), "Negative, say all three."),
        (
            (0.9, 0.1, 0.2),
            "They disagree: LSTM and GRU say negative, SimpleRNN positive.",
        ),
        (
            (0.9, 0.1, 0.8),
            "They disagree: LSTM says negative, SimpleRNN and GRU positive.",
        ),
    ],
)
def test_the_first_words_are_the_verdict(ends, said):
    readings = {
        name: SimpleNamespace(probabilities=np.array([0.5, end]))
        for name, end in zip(widget.NAMES, ends, strict=True)
    }
    first, numbers = widget._verdict(readings).split(" P(positive): ")
    assert first == said
    assert numbers.count("%") == 3


def test_orange_is_up_and_blue_is_down_and_the_key_says_so():
    shown = widget.view("great boring")
    up, down = re.findall(r"background:(#\w{6})", shown.html)
    assert up == theme.COLORS["hidden_state"]
    assert down == theme.COLORS["input"]
    assert widget.KEY in shown.html
    curves = {widget.COLOURS[name] for name in widget.NAMES.values()}
    assert len(curves) == 3 and not curves & {up, down}


def test_hidden_states_are_drawn_on_demand():
    with_states, without = (widget.view("good", states=s) for s in (1, 0))
    assert len(with_states.figure.axes) == 4
    assert len(without.figure.axes) == 1
    assert "hidden states" not in without.description
    _, picture = widget.panel().children
    assert "hidden states" not in picture.value


def test_unknown_words_are_marked():
    shown = widget.view("great zzyzx")
    assert "does not know: 1" in shown.sentence
    marked = dict(
        re.findall(r"decoration:([a-z ]+)\">(\w+)<", shown.html)[::-1]
    )
    assert marked == {"underline dotted": "zzyzx", "none": "great"}
    assert "no answer means anything" in widget.view("zzyzx").sentence


def test_of_ten_thousand_words_the_end_is_read():
    shown = widget.view("good " * 10_000)
    assert "Of the 10,000 words the last 200 are read" in shown.sentence
    assert shown.html.count("<span") == 200


def test_movements_add_up_to_the_answer():
    reading = classify.load("lstm").read(widget.EXAMPLES[1])
    total = 0.5 + widget.movements(reading).sum()
    assert total == pytest.approx(reading.probabilities[-1])
    strongest = widget.strongest(reading)
    assert strongest[0][1] == pytest.approx(
        widget.movements(reading)[np.abs(widget.movements(reading)).argmax()]
    )


def test_an_example_is_one_click_away():
    used, _ = widget.panel().children
    column, _, said, words, examples = used.children
    examples.children[1].click()
    assert column.children[0].value == widget.EXAMPLES[1]
    assert "wasted" in said.value and "wasted" in words.value
