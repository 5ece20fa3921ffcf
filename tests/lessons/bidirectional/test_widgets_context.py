"""The context widget: what was read, and what the shipped taggers say."""

import numpy as np
import pytest
from diagram_checks import measure, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from lessons.bidirectional import widget
from lessons.bidirectional.teddy import EITHER, UNITS, WEIGHTS, sentences
from utils import theme
from utils.classify import store

pytestmark = pytest.mark.slow  # takes seconds

BEARS, ROOSEVELT = (
    f"we saw teddy {word} on the way home".split()
    for word in ("bears", "roosevelt")
)
BOUGHT, MET = (
    f"we {verb} teddy bush on the way home".split()
    for verb in ("bought", "met")
)


@given(
    st.integers(1, 8),
    st.sampled_from(widget.OPENINGS),
    st.sampled_from(EITHER),
)
def test_every_state_has_its_picture_and_sentence(word, opening, name):
    view = widget.view(word, opening, name)
    assert view.sentence.startswith(f"Word {word}, ")
    assert tuple(view.figure.get_size_inches()) == (7, widget.HEIGHT / 72)
    parts = [f"{opening} {name} bears"]
    if opening == widget.CLUE_BEFORE:
        parts = [f"we bought {name} bush", f"we met {name} bush"]
    assert all(part in view.description for part in parts)


def test_sentences_shown_are_held_out_or_known_to_the_taggers():
    known = {*sentences().words.ravel()}
    for opening in widget.OPENINGS:
        for text in widget._texts(opening, "teddy"):
            assert len(text) == 8 and {*text} <= known


@pytest.mark.parametrize("name", UNITS)
def test_taggers_answer_as_in_keras(keras, name):
    arrays = store.load(name, WEIGHTS)
    layers = keras.layers
    recurrent = layers.LSTM(UNITS[name], return_sequences=True)
    if name == "teddy_both":
        recurrent = layers.Bidirectional(recurrent)
    embedding = layers.Embedding(*arrays["embedding"].shape)
    dense = layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input((8,)), embedding, recurrent, dense])
    words, *weights = arrays.values()
    model.set_weights(weights)
    vocabulary = store.unpacked(words, len(arrays["embedding"]))
    tagger = widget.tagger(name.removeprefix("teddy_"))
    turn = -1 if name == "teddy_backward" else 1
    for text in (BEARS, ROOSEVELT):
        ids = np.array([[vocabulary.index(word) for word in text]])
        expected = np.array(model(ids[:, ::turn]))[0, ::turn, 0]
        assert np.allclose(tagger.probabilities(text), expected, atol=1e-5)


def answers(reads, texts):
    return [widget.tagger(reads).probabilities(text) for text in texts]


def test_one_reader_cannot_know_what_stands_on_the_other_side():
    for pair, blind in (
        ((BEARS, ROOSEVELT), "forward"),
        ((BOUGHT, MET), "backward"),
    ):
        for reads in ("forward", "backward", "both"):
            thing, person = answers(reads, pair)
            if reads == blind:
                assert thing[2] == person[2]
            else:
                assert thing[2] < 0.1 < 0.9 < person[2]


def test_the_sentence_says_what_each_reader_has_read():
    for opening, blind, sees in (
        ("we saw", "Forwards", "Backwards, “bears” or “roosevelt”"),
        (widget.CLUE_BEFORE, "Backwards", "Forwards, “bought” or “met”"),
    ):
        said = widget.view(3, opening).sentence
        assert f"{blind}, the same words have been read in both" in said
        assert f"{sees} has been read, and the answers are 0.0" in said
    known = answers("both", (BEARS, ROOSEVELT))
    said = widget.view(4).sentence
    assert said.startswith("Word 4, “bears” or “roosevelt”: is it a name?")
    assert said.endswith(f"{known[0][3]:.2f} and {known[1][3]:.2f}.")


@pytest.mark.parametrize("word", range(1, 9))
def test_words_not_read_are_grey(word):
    texts = widget.view(word).figure.plane.texts
    muted = [t for t in texts if t.get_color() == theme.COLORS["muted"]]
    grey = [label.get_text().split() for label in muted[2:]]
    cuts = (slice(word, None), slice(word - 1))
    expected = [text[cut] for text in (BEARS, ROOSEVELT) for cut in cuts]
    assert grey == [words for words in expected if words]


@pytest.mark.parametrize("word", [1, 3, 8])
def test_strips_lie_behind_the_words_that_were_read(word):
    figure = widget.view(word).figure
    ahead, back = (
        [b for b in figure.boxes if b.height == high] for high in (16, 22)
    )
    assert len(ahead) == len(back) == 4
    # They share the picked word and nothing else.
    left, right = back[0].left[0], ahead[0].right[0]
    texts = figure.plane.texts
    picked = next(t for t in texts if t.get_text() == BEARS[word - 1])
    assert left < picked.get_position()[0] < right
    assert ahead[0].left[0] == pytest.approx(widget.LEFT)


def test_bars_are_as_long_as_the_answers():
    figure = widget.view(3).figure
    bars = [box.width for box in figure.boxes if box.height == 14]
    full = widget.BAR[1]
    wanted = [
        full * widget.tagger(reads).probabilities(text)[2]
        for text in (BEARS, ROOSEVELT)
        for reads in ("forward", "backward", "both")
    ]
    drawn = [width for width in bars if width != full]
    assert np.allclose(drawn, [width for width in wanted if width > 1])


@pytest.mark.parametrize("word", [1, 4, 8])
def test_the_longest_words_stay_in_their_places(word):
    measured = measure(widget.view(word, "they missed", "jasmine").figure)
    assert outside(measured, 6) == []
    assert overlaps(measured) == []
    strips = [b for b in measured.drawing.boxes if b.height in (16, 22)]
    assert max(strip.right[0] for strip in strips) < widget.BAR[0] - 8
