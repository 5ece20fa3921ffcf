"""The shipped classifiers read as Keras would, word by word."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.shipped import RECIPES, bigru, reviews, right_answers
from utils import classify
from utils.classify import classifiers, store
from utils.classify.text import words_of
from utils.imdb import tokens

LAYERS = {"simple_rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}
TEXT = "A wonderful cast wasted on a terrible script, zzyzx"


@pytest.mark.parametrize("cell", classify.CELLS)
def test_equals_the_keras_model_it_came_from(cell, keras):
    arrays = store.load(cell)
    model = reviews._model(LAYERS[cell])
    weights = [arrays[n] for n in ("kernel", "recurrent_kernel", "bias")]
    model.layers[0].set_weights([arrays["embedding"].astype("float32")])
    model.layers[2].set_weights(weights)
    model.layers[3].set_weights(
        [arrays["output_kernel"], arrays["output_bias"]]
    )
    words = classify.load(cell).words
    ids = [words.index(w) + 2 if w in words else 1 for w in tokens(TEXT)]
    row = keras.utils.pad_sequences([ids], reviews.LONGEST, padding="post")
    reading = classify.load(cell).read(TEXT)
    expected = float(model(row)[0, 0])
    assert reading.probabilities[-1] == pytest.approx(expected, abs=1e-5)
    assert reading.known == [number > 1 for number in ids]


@pytest.mark.parametrize("cell", classify.MODELS)
def test_knows_good_from_bad(cell):
    read = classify.load(cell).read
    good = read("a wonderful film, one of the best, I loved it")
    bad = read("a terrible film, one of the worst, a waste of time")
    assert good.probabilities[-1] > 0.8
    assert bad.probabilities[-1] < 0.2


@given(st.text(max_size=300), st.sampled_from(classify.MODELS))
def test_any_text_is_read_or_refused_in_a_sentence(text, cell):
    classifier = classify.load(cell)
    if not words_of(text):
        with pytest.raises(ValueError, match="at least one word"):
            classifier.read(text)
        return
    reading = classifier.read(text)
    count = len(reading.tokens)
    assert len(reading.known) == len(reading.probabilities) == count
    units = {"bigru": 2 * bigru.RECIPE.units}.get(cell, reviews.UNITS)
    assert reading.hidden_states.shape == (count, units)
    assert ((reading.probabilities >= 0) & (reading.probabilities <= 1)).all()


def test_the_answer_after_a_word_knows_nothing_of_the_next():
    read = classify.load("gru").read
    whole, half = read("great but boring"), read("great but")
    np.testing.assert_allclose(
        whole.probabilities[:2], half.probabilities, atol=1e-6
    )


def test_of_a_long_text_the_end_is_read():
    reading = classify.load("gru").read("bad " * 9_000 + "good " * 200)
    assert reading.tokens == ["good"] * classify.MOST_TOKENS


@pytest.mark.parametrize("cell", classify.MODELS)
def test_of_long_texts_the_end_is_judged(cell):
    most = {"bigru": classifiers.MOST_AT_ONCE}.get(cell, classify.MOST_TOKENS)
    texts = ["bad " * 9_000 + "good " * most, "good " * most]
    first, second = classify.load(cell).judge(texts).probabilities
    assert first == pytest.approx(second)


@pytest.mark.parametrize("cell", classify.MODELS)
def test_many_texts_side_by_side_equal_one_by_one(cell, monkeypatch):
    monkeypatch.setattr(classifiers, "SIDE_BY_SIDE", 3)
    classifier = classify.load(cell)
    texts = [TEXT, "good", "zzyzx", "bad " * 180, "not bad at all", "Hm."]
    one_by_one = [classifier.read(text).probabilities[-1] for text in texts]
    np.testing.assert_allclose(
        classifier.positive(texts), one_by_one, atol=1e-6
    )
    assert classifier.positive([]).shape == (0,)
    with pytest.raises(ValueError, match="at least one word"):
        classifier.positive(["good", "?"])


@pytest.mark.parametrize("text", [3, None, b"good"])
def test_other_than_text_is_refused(text):
    with pytest.raises(TypeError, match="text takes text"):
        classify.load("gru").read(text)


def test_an_unknown_cell_is_refused():
    with pytest.raises(ValueError, match="cell takes one of"):
        classify.load("rnn")


def test_no_tensorflow_is_needed():
    program = (
        "import sys; from utils import classify; "
        "classify.load('gru').read('good'); "
        "assert not {'tensorflow', 'keras'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_what_is_recorded_is_what_ships(name):
    recorded = store.facts(name)["right_of_the_first_1000"]
    # One answer in a thousand may lie on the edge of another processor.
    assert abs(int(right_answers(name, 1000).sum()) - recorded) <= 1


def test_the_best_one_is_as_good_as_promised():
    assert store.facts("bigru")["validation_accuracy"] >= 0.924
