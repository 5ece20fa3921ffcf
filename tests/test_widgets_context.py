"""The context widget: what was read, and what the shipped taggers say."""

import numpy as np
import pytest
from diagram_checks import measure, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from utils import shipped, theme
from utils.shipped.teddy import EITHER, OPENINGS, UNITS
from utils.widgets import context

BEARS, ROOSEVELT = (
    f"he said teddy {ending}".split() for ending in context.ENDINGS
)


@given(
    word=st.integers(1, 8),
    opening=st.sampled_from(OPENINGS),
    name=st.sampled_from(EITHER),
)
def test_every_state_has_its_picture_and_sentence(word, opening, name):
    view = context.view(word, opening, name)
    assert view.sentence.startswith(f"Word {word}, ")
    assert tuple(view.figure.get_size_inches()) == (7, context.HEIGHT / 72)
    assert f"{opening} {name} bears" in view.description


def test_the_same_state_gives_the_same_picture():
    one, other = context.view(4), context.view(4)
    assert one.sentence == other.sentence
    assert theme.png(one.figure) == theme.png(other.figure)


@pytest.mark.parametrize("name", UNITS)
def test_taggers_answer_as_in_keras(keras, name):
    arrays = shipped.load(name)
    layers = keras.layers
    recurrent = layers.LSTM(UNITS[name], return_sequences=True)
    if name == "teddy_both":
        recurrent = layers.Bidirectional(recurrent)
    embedding = layers.Embedding(*arrays["embedding"].shape)
    dense = layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input((8,)), embedding, recurrent, dense])
    words, *weights = arrays.values()
    model.set_weights(weights)
    vocabulary = words.tobytes().decode().split("\n")
    tagger = context.tagger(name.removeprefix("teddy_"))
    for text in (BEARS, ROOSEVELT):
        ids = np.array([[vocabulary.index(word) for word in text]])
        expected = np.array(model(ids))[0, :, 0]
        assert np.allclose(tagger.probabilities(text), expected, atol=1e-5)


def test_forwards_teddy_is_the_same_to_the_last_bit():
    alone = [
        context.tagger("forward").probabilities(text)
        for text in (BEARS, ROOSEVELT)
    ]
    assert np.array_equal(alone[0][:3], alone[1][:3])
    assert 0.3 < alone[0][2] < 0.7
    assert alone[0][3] < 0.1 < 0.9 < alone[1][3]


def test_both_readers_know_teddy():
    known = [
        context.tagger("both").probabilities(text)[2]
        for text in (BEARS, ROOSEVELT)
    ]
    assert known[0] < 0.1 < 0.9 < known[1]
    assert f"{known[0]:.2f} and {known[1]:.2f}" in context.view(3).sentence


@pytest.mark.parametrize("word", range(1, 9))
def test_words_not_read_are_grey(word):
    grey = [
        label.get_text().split()
        for label in context.view(word).figure.plane.texts
        if label.get_color() == theme.COLORS["muted"]
    ][2:]
    expected = []
    for text in (BEARS, ROOSEVELT):
        expected += [text[word:], text[: word - 1]]
    assert grey == [words for words in expected if words]


@pytest.mark.parametrize("word", [1, 3, 8])
def test_strips_lie_behind_the_words_that_were_read(word):
    figure = context.view(word).figure
    color = {"input": [], "hidden_state": []}
    for box in figure.boxes:
        if box.height in (16, 22):
            kind = "input" if box.height == 16 else "hidden_state"
            color[kind].append(box)
    assert len(color["input"]) == len(color["hidden_state"]) == 4
    blue, orange = color["input"][0], color["hidden_state"][0]
    # They share the picked word and nothing else.
    left, right = orange.left[0], blue.right[0]
    picked = next(
        label
        for label in figure.plane.texts
        if label.get_text() == BEARS[word - 1]
    )
    assert left < picked.get_position()[0] < right
    assert blue.left[0] == context.LEFT


def test_bars_are_as_long_as_the_answers():
    figure = context.view(3).figure
    bars = [box.width for box in figure.boxes if box.height == 14]
    forward, both = (
        context.tagger(reads).probabilities for reads in ("forward", "both")
    )
    full = context.BAR[1]
    wanted = [
        full * answer(text)[2]
        for text in (BEARS, ROOSEVELT)
        for answer in (forward, both)
    ]
    drawn = [width for width in bars if width != full]
    assert np.allclose(drawn, [width for width in wanted if width > 1])


@pytest.mark.parametrize("word", [1, 4, 8])
def test_the_longest_words_stay_in_their_places(word):
    measured = measure(context.view(word, "they wrote", "jasmine").figure)
    assert outside(measured, 6) == []
    assert overlaps(measured) == []
    rights = [
        box.right[0]
        for box in measured.drawing.boxes
        if box.height in (16, 22)
    ]
    assert max(rights) < context.BAR[0] - 8


@pytest.mark.parametrize(
    "mistake", [{"word": 9}, {"opening": "she sang"}, {"name": "sheep"}]
)
def test_what_no_control_can_ask_is_refused(mistake):
    with pytest.raises(ValueError, match=next(iter(mistake))):
        context.view(**mistake)


def test_panel_redraws_when_the_word_moves():
    panel = context.panel()
    row, _, sentence, picture, _ = panel.children
    before = picture.value
    row.children[0].value = 5
    assert "Word 5, " in sentence.value
    assert picture.value != before
    assert all(control.description for control in row.children[:3])
