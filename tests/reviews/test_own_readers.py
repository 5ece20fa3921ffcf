"""What reads the rows: baseline and network, and how they are compared."""

from types import SimpleNamespace

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from labelled_rows import two_classes
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score

from reviews.comparison import difference, measure, score
from reviews.findings import compared
from reviews.linear import counted, fitted_regression, train_linear, weighted
from reviews.network import (
    Size,
    build,
    from_keras,
    padded,
    size_for,
    train_network,
)
from reviews.tokens import (
    Words,
)
from utils import training
from utils.classify.padding import Flat

# What is read


def test_the_baseline_is_scikit_learns():
    texts = [text for text, _ in two_classes(200)]
    y = np.array([label == "spam" for _, label in two_classes(200)])
    tokens = Words.learn(texts)
    flat = tokens.ids(texts)
    linear, strength, _ = train_linear(
        (flat, y.astype(int)),
        (flat, y.astype(int)),
        lambda y, said: score(y, said, 2, "accuracy"),
        even=False,
    )
    # All words are in two texts here, so pairs are all that is limited.
    words = [f"w{n}" for n in range(tokens.size)]
    rows = [
        " ".join(words[n] for n in flat.ids[a:b])
        for a, b in zip(flat.offsets, flat.offsets[1:], strict=False)
    ]
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32
    )
    x = vectorizer.fit_transform(rows)
    assert len(linear.keys) == x.shape[1]
    wanted = fitted_regression(x, y, strength, even=False).predict_proba(x)
    got = linear.probabilities(flat)
    np.testing.assert_allclose(got, wanted, atol=1e-4)
    # The weighted counts themselves, and the model in float32: to 1e-5.
    column = {
        (ids[0] if len(ids) == 1 else ids[0] << 32 | ids[1]): place
        for name, place in vectorizer.vocabulary_.items()
        for ids in [[int(word[1:]) for word in name.split()]]
    }
    order = [column[key] for key in linear.keys.tolist()]
    ours = weighted(counted(flat, linear.keys), linear.idf)
    np.testing.assert_allclose(
        ours.toarray(), x[:, order].toarray(), atol=1e-6
    )
    fitted = fitted_regression(ours, y, strength, even=False)
    np.testing.assert_allclose(got, fitted.predict_proba(ours), atol=1e-5)


# The network, without training it


def random_flat(rng, texts, vocabulary):
    lengths = rng.integers(1, 30, texts)
    offsets = np.cumsum([0, *lengths])
    ids = rng.integers(1, vocabulary, offsets[-1]).astype(np.int32)
    return Flat(ids, offsets)


@pytest.mark.usefixtures("keras")
@pytest.mark.parametrize("classes", [2, 5])
def test_numpy_reads_as_keras_does(classes):
    size = Size(50, 6, 7, 16, 1, 1, 8, 1e-3)
    model = build(size, classes)
    rng = np.random.default_rng(0)
    model.set_weights(
        [rng.normal(0, 0.6, w.shape) for w in model.get_weights()]
    )
    flat = random_flat(rng, 40, 70)  # some ids are beyond the vocabulary
    got = from_keras(model, size.timesteps).probabilities(flat)
    wanted = np.asarray(model(padded(flat, size)))
    np.testing.assert_allclose(got.sum(axis=1), 1, atol=1e-6)
    kept = got[:, 1:] if classes == 2 else got
    np.testing.assert_allclose(kept, wanted, atol=1e-5)


@pytest.mark.usefixtures("keras")
def test_rows_that_fill_the_last_batch_teach_nothing(monkeypatch):
    given = {}

    def fit(_model, x, y, **how):
        given.update(how, x=x, y=y)
        return SimpleNamespace(best_epoch=1)

    monkeypatch.setattr(training, "fit", fit)
    part = random_flat(np.random.default_rng(0), 5, 20), np.arange(5) % 2
    size = Size(20, 4, 4, 8, 1, 1, 4, 1e-3)
    train_network(part, part, size, np.array([1.0, 2.0]), 0)
    assert len(given["x"]) == len(given["y"]) == 8
    assert given["sample_weight"].tolist() == [1, 2, 1, 2, 1, 0, 0, 0]


def test_the_network_grows_with_the_rows():
    short = np.full(100, 9)
    assert size_for(140, 90, short)[:4] == (90, 16, 16, 16)
    assert size_for(100_000, 90_000, short + 300)[:4] == (20_000, 32, 32, 200)


# The comparison

answers = st.lists(
    st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=60
)


@given(answers)
def test_measures_are_those_of_scikit_learn(rows):
    y, first, second = np.array(rows).T
    measured = measure(y, first, 3)
    f1 = f1_score(y, first, labels=range(3), average="macro", zero_division=0)
    assert measured.macro_f1 == pytest.approx(f1)
    assert score(y, first, 3, "macro_f1") == pytest.approx(f1)
    assert measured.accuracy.value == pytest.approx((y == first).mean())
    gain = difference(y, first, second, 3)
    exact = (y == first).mean() - (y == second).mean()
    assert gain.value == pytest.approx(exact)
    assert gain.low <= gain.value <= gain.high
    assert difference(y, first, first, 3) == (0, 0, 0)


@pytest.mark.parametrize(("wrong", "is_kept"), [(1, False), (40, True)])
def test_a_gain_within_chance_keeps_the_simpler_model(wrong, is_kept):
    y = np.arange(100) % 2
    linear = np.where(np.arange(100) < wrong, 1 - y, y)
    two = SimpleNamespace(classes=["a", "b"], even=True)
    rest = {"rows": (9, 9, 100), "tokens": "", "sizes": {}, "seed": 1}
    found = compared(y, linear, y, 0, two, **rest)
    assert found.gain.value > 0 and found.keeps_network == is_kept


@pytest.mark.parametrize("name", ["accuracy", "macro_f1"])
def test_the_interval_is_scipys(name):
    rng = np.random.default_rng(1)
    y = rng.integers(0, 3, 200)
    first = np.where(rng.random(200) < 0.8, y, 0)
    second = np.where(rng.random(200) < 0.6, y, 1)

    def gain(y, a, b):
        return score(y, a, 3, name) - score(y, b, 3, name)

    found = scipy.stats.bootstrap(
        (y, first, second), gain, paired=True, vectorized=False,
        method="percentile", n_resamples=2_000, rng=2,
    ).confidence_interval  # fmt: skip
    ours = difference(y, first, second, 3, name)
    assert ours.low == pytest.approx(found.low, abs=0.015)
    assert ours.high == pytest.approx(found.high, abs=0.015)
