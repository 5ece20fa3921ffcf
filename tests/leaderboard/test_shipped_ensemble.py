"""The ensemble in NumPy is the mean of two networks, as Keras has them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard import fine_tuning
from leaderboard.ensemble import log_odds, mean_answer
from leaderboard.rows import positions
from leaderboard.shipped import ensemble as recipe
from leaderboard.shipped.classifier import EnsembleClassifier, PretrainedBiGRU
from utils.classify import BestClassifier, store
from utils.classify.padding import flat, gather, pad_ids

WORDS = ["a", "wonderful", "cast", "wasted", "on", "terrible", "zzyzx", "not"]


@pytest.fixture(scope="module")
def both():
    return EnsembleClassifier()


@pytest.fixture(scope="module")
def texts(both):
    """Ids of texts of 1 to 120 words."""
    rng = np.random.default_rng(0)
    lengths = (1, 2, 49, 120, 50)
    return [both.ids(rng.choice(WORDS, length)) for length in lengths]


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_log_odds_stay_finite(p):
    assert np.isfinite(log_odds(np.array([p]))).all()


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=4))
def test_the_mean_answer_lies_between_and_knows_no_side(answers):
    (mean,) = mean_answer([np.array([p]) for p in answers])
    assert min(answers) - 1e-6 <= mean <= max(answers) + 1e-6
    (other,) = mean_answer([np.array([1 - p]) for p in answers])
    assert mean + other == pytest.approx(1)


@pytest.mark.slow
def test_answers_are_those_of_keras(both, texts, request):
    request.getfixturevalue("keras")
    arrays = store.load("ensemble")
    model = fine_tuning.network(recipe.RECIPE, 1, 0.001)
    words, evidence = flat(texts), both._small.evidence(texts)
    inputs = []
    for way in recipe.RECIPE.directions:
        own = {
            name.removeprefix(f"{way}_"): array.astype(np.float32)
            for name, array in arrays.items()
            if name.startswith(way)
        }
        table = store.from_bytes(own["table"], own["table_scale"])
        names = ("kernel", "recurrent_kernel", "bias")
        weights = [table, *(own[name] for name in names)]
        model.get_layer(way).set_weights(weights)
        where = positions(words.lengths, 120, way)
        inputs += [
            pad_ids(words, where),
            gather(evidence, words.offsets, where).astype(np.float32),
        ]
    last = [arrays["output_kernel"], arrays["output_bias"]]
    model.layers[-1].set_weights(last)
    expected = np.array(model(inputs))[:, 0]
    found = PretrainedBiGRU().answers(texts, evidence)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert expected.std() > 0.05
    small = both._small.answers(texts)
    np.testing.assert_allclose(
        log_odds(both.answers(texts)),
        (log_odds(small) + log_odds(expected)) / 2,
        atol=1e-3,
    )


@pytest.mark.slow
def test_reading_word_by_word_is_answering_every_beginning(both, texts):
    for text in texts[:3]:
        beginnings = [text[:end] for end in range(1, len(text) + 1)]
        probabilities, states = both.read(text)
        np.testing.assert_allclose(
            probabilities, both.answers(beginnings), atol=1e-5
        )
        assert states.shape == (len(text), 2 * 256)


def test_the_backward_reader_knows_what_follows(both):
    good, bad = (both.ids(f"it is {end}".split()) for end in ("fun", "bad"))
    (one, other) = (both.read(text)[1] for text in (good, bad))
    forward, backward = slice(None, 256), slice(256, None)
    assert np.allclose(one[:2, forward], other[:2, forward])
    assert not np.allclose(one[0, backward], other[0, backward], atol=1e-3)


def test_the_file_keeps_its_size_and_its_promise():
    size = (store.FOLDER / "ensemble.npz").stat().st_size
    assert size < 10_000_000
    best = store.facts("ensemble")["validation_accuracy"]
    assert best > store.facts("bigru")["validation_accuracy"]


def test_texts_side_by_side_equal_one_by_one(both):
    classifier = BestClassifier(both)
    texts = ["a wonderful cast", "wasted on a terrible script", "not bad"]
    one_by_one = [classifier.positive([text])[0] for text in texts]
    np.testing.assert_allclose(
        classifier.positive(texts), one_by_one, atol=1e-6
    )
    long = ["bad " * 900 + "good " * 400, "good " * 400]
    first, second = classifier.positive(long)
    assert first == pytest.approx(second)
    with pytest.raises(ValueError, match="at least one word"):
        classifier.positive(["good", "?"])
