"""A classifier that begins as a language model."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_language_model import TINY_PRETRAINING

from leaderboard import (
    cache,
    fine_tuning,
    language_model_files,
    pretraining,
)
from leaderboard.pretraining import WEIGHTS
from leaderboard.protocol import Chosen
from leaderboard.rows import (
    FineTuning,
    batches,
    inputs_of,
    positions,
    shortened,
)
from utils.classify.padding import NO_WORD, flat, pad_ids
from utils.classify.protocol import Reviews, correct

TINY = FineTuning(
    pretraining=replace(TINY_PRETRAINING, learning_rates=(0.02,)),
    directions=("forward", "backward"),
    timesteps=12,
    piece=3,
    evidence=True,
    dropout=0.1,
    batch_size=16,
    epochs=2,
)
RATE = Chosen(setting=0.05)
ALONE = replace(TINY, directions=("forward",), evidence=False, dropout=0.0)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Reviews in which word 5 is good, 6 bad, and the others mean nothing."""
    monkeypatch.setattr(cache, "FOLDER", tmp_path / "cache")
    rng = np.random.default_rng(0)

    def some(count):
        labels = rng.integers(0, 2, count)
        x = np.empty(count, dtype=object)
        for i, label in enumerate(labels):
            words = rng.integers(7, 12, rng.integers(1, 15))
            words[rng.integers(len(words))] = 5 if label else 6
            x[i] = [1, *words.tolist()]
        return x, labels

    more = some(30)[0]
    monkeypatch.setattr(pretraining, "unlabelled", lambda: more)
    return Reviews(*some(320), *some(40), *some(30))


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Store a language model, where classifiers then look for it."""
    for name in ("weights", "seconds"):
        real = getattr(language_model_files, name)
        here = partial(real, folder=tmp_path)
        monkeypatch.setattr(language_model_files, name, here)
    return partial(language_model_files.keep, folder=tmp_path)


def weights_of(recipe, value=None):
    """Weights as a language model's, random or all of one value."""
    known = recipe.pretraining
    rng = np.random.default_rng(0)
    shapes = (
        (known.vocabulary, known.width),
        (known.width, 3 * known.units),
        (known.units, 3 * known.units),
        (2, 3 * known.units),
        (known.units, known.width),
        (known.width,),
    )
    arrays = [
        rng.normal(size=s) if value is None else np.full(s, value)
        for s in shapes
    ]
    return dict(zip(WEIGHTS, arrays, strict=True))


@given(
    st.lists(st.lists(st.integers(4, 90), max_size=9), min_size=1, max_size=4),
    st.integers(1, 7),
)
def test_backward_reads_the_same_words_from_the_end(reviews, timesteps):
    reviews = [*reviews, [4]]
    words = flat(reviews)
    rows = [
        pad_ids(words, positions(words.lengths, timesteps, way))
        for way in ("forward", "backward")
    ]
    for review, forward, backward in zip(reviews, *rows, strict=True):
        kept = review[-timesteps:]
        padding = [0] * (timesteps - len(kept))
        assert forward.tolist() == kept + padding
        assert backward.tolist() == kept[::-1] + padding


def test_evidence_stays_beside_its_word(small):
    parts = inputs_of(TINY, small)
    forward, beside, backward, turned = parts[1]
    for row in range(len(forward)):
        count = (forward[row] != 0).sum()
        assert count == (backward[row] != 0).sum() > 0
        np.testing.assert_array_equal(
            forward[row, :count], backward[row, :count][::-1]
        )
        np.testing.assert_array_equal(
            beside[row, :count], turned[row, :count][::-1]
        )
        assert not beside[row, count:].any()
    assert NO_WORD not in forward


@pytest.mark.usefixtures("keras")
def test_a_piece_is_read_as_the_language_model_reads_a_review():
    from leaderboard import language_model

    weights = weights_of(ALONE)
    model = fine_tuning.network(ALONE, 10, 0.05)
    fine_tuning.begin_as(model, "forward", weights)
    known = language_model.network(ALONE.pretraining)
    known.set_weights([*weights.values()])
    reader = model.get_layer("forward")
    words = np.array([[7, 5, 9, 8, 6, 0]], "int32")
    found = np.array(reader([words]))

    def states(ids):
        zero = np.zeros((1, 5), "float32")
        states = []
        for stop in range(2, len(ids) + 1):
            row = np.array([ids[:stop]], "int32")
            states.append(np.array(known([row, zero])[1])[0])
        return states

    each = np.array(states([1, 7, 5, 9]) + states([1, 8, 6]))
    expected = np.concatenate([each.mean(0), each.max(0), each[-1]])
    np.testing.assert_allclose(found[0], expected, atol=1e-5)


@pytest.mark.usefixtures("keras")
def test_what_is_not_cut_is_one_piece(small):
    whole = replace(TINY, piece=None)
    model = fine_tuning.network(whole, 10, 0.05)
    one_piece = fine_tuning.network(replace(TINY, piece=12), 10, 0.05)
    cut = fine_tuning.network(TINY, 10, 0.05)
    for other in (one_piece, cut):
        other.set_weights(model.get_weights())
    part = inputs_of(whole, small)[1]
    found = [m.predict_on_batch(part) for m in (model, one_piece, cut)]
    np.testing.assert_allclose(found[0], found[1], atol=1e-6)
    assert np.abs(found[0] - found[2]).max() > 1e-4


@pytest.mark.usefixtures("keras")
def test_evidence_changes_nothing_at_first():
    recipe = replace(ALONE, evidence=True)
    model = fine_tuning.network(recipe, 10, 0.05)
    fine_tuning.begin_as(model, "forward", weights_of(recipe))
    words = np.array([[7, 5, 9]], "int32")
    reader = model.get_layer("forward")
    with_it, without = (
        np.array(reader([words, np.full((1, 3, 3), v, "float32")]))
        for v in (5.0, 0.0)
    )
    np.testing.assert_array_equal(with_it, without)


@pytest.mark.usefixtures("keras")
def test_padding_has_no_say(small):
    model = fine_tuning.network(TINY, 10, 0.05)
    parts = inputs_of(TINY, small)
    whole = model.predict_on_batch(parts[1])[:, 0]
    found = fine_tuning.answers(model, parts[1], TINY)
    np.testing.assert_allclose(found, whole, atol=1e-6)


def test_a_batch_is_no_longer_than_its_longest_review():
    recipe = replace(TINY, timesteps=24, batch_size=5)
    rng = np.random.default_rng(0)
    count = rng.integers(0, 25, 203)
    ids = (np.arange(24)[None] < count[:, None]).astype(int)
    epochs = [[*batches(ids, recipe, rng)] for _ in range(2)]
    for cut in epochs:
        rows = np.concatenate(cut)
        assert len(cut) == 40 and len({*rows.tolist()}) == 200
        short = [shortened([ids], one, recipe)[0] for one in cut]
        for one, part in zip(cut, short, strict=True):
            assert part.shape[1] % 6 == 0
            assert part.sum() == count[one].sum()
        assert sum(part.size for part in short) < 0.7 * ids[:200].size
    assert not np.array_equal(epochs[0], epochs[1])


def rates_of(recipe):
    """How far each variable goes in a first step, by the part it is in."""
    model = fine_tuning.network(recipe, 20, 0.05)
    before = model.get_weights()
    ids = np.full((16, 6), 5, "int32")
    y = np.ones((16, 1), "float32")
    for _ in range(2):  # the first step of the course has a rate of 0
        model.train_on_batch([ids], y)
    far = {"table": 0.0, "gru": 0.0, "dense": 0.0}
    for w, old in zip(model.weights, before, strict=True):
        part = next(name for name in far if f"{name}" in w.path)
        step = np.abs(w.numpy() - old).max()
        far[part] = max(far[part], step)
    return far


@pytest.mark.usefixtures("keras")
def test_what_has_learned_before_goes_more_slowly():
    far = rates_of(replace(ALONE, reader_rate=0.1, table_rate=0.02))
    assert far["gru"] == pytest.approx(0.1 * far["dense"], rel=0.1)
    assert far["table"] == pytest.approx(0.02 * far["dense"], rel=0.1)


@pytest.mark.usefixtures("keras")
def test_a_classifier_finds_the_word_that_decides(small, capsys, shipped):
    recipe = replace(TINY, epochs=6, piece=6)
    for number, way in enumerate(recipe.directions):
        made = pretraining.pretrained(small, recipe.pretraining, way, 1)
        shipped(way, made.value.weights, {"seconds": 70 + number})
    run = cache.cached(
        "a run", lambda: fine_tuning.entry(recipe)(small, 1, RATE)
    )
    got = run.value
    assert correct(got.validation, small.y_validation) == 40
    assert len(got.test) == 30 and "epoch 6/6" in capsys.readouterr().err
    own = run.costs.pop("a run")
    assert run.costs == {
        "language_model_forward": 70,
        "language_model_backward": 71,
    }
    assert own > 0
    assert 1 <= got.epochs <= 6


@pytest.mark.usefixtures("keras")
def test_a_classifier_begins_as_the_stored_language_model(small, shipped):
    recipe = replace(ALONE, timesteps=6, epochs=1)
    weights = weights_of(recipe)
    shipped("forward", weights, {"seconds": 1})
    known = language_model_files.weights("forward")
    for name, array in weights.items():
        largest = np.abs(array).max()
        np.testing.assert_allclose(known[name], array, atol=largest / 200)
    parts = inputs_of(recipe, small)
    begun, other = (
        fine_tuning.trained(recipe, small, 1, Chosen(0.0), parts, before)[0]
        for before in ([known], [])
    )
    reader = begun.get_layer("forward")
    assert np.array_equal(reader.table.get_weights()[0], known["table"])
    kernel = reader.gru.get_weights()[0]
    assert np.array_equal(kernel, known["kernel"])
    assert not np.array_equal(
        other.get_layer("forward").gru.get_weights()[0], kernel
    )


@pytest.mark.usefixtures("keras")
def test_a_refit_ends_after_the_chosen_epoch(small, capsys):
    recipe = replace(ALONE, pretrained=False, epochs=3, timesteps=6)
    none = small.x_validation[:0], small.y_validation[:0]
    whole = replace(small, x_validation=none[0], y_validation=none[1])
    got = fine_tuning.entry(recipe)(whole, 1, replace(RATE, epochs=2))
    assert got.epochs == 2 and len(got.validation) == 0
    said = capsys.readouterr().err
    assert "epoch 2/3" in said and "epoch 3/3" not in said


@pytest.mark.usefixtures("keras")
def test_the_control_begins_with_random_weights(small, monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr(language_model_files, "weights", never)
    recipe = replace(ALONE, pretrained=False, epochs=1, timesteps=6)
    without = replace(small, x_test=small.x_test[:0], y_test=small.y_test[:0])
    got = fine_tuning.entry(recipe)(without, 1, RATE)
    assert len(got.test) == 0
    again = fine_tuning.entry(recipe)(without, 1, RATE)
    np.testing.assert_array_equal(got.validation, again.validation)
