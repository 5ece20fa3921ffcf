"""The leaderboard's networks, and entries that are made of others."""

import time
from dataclasses import asdict, replace
from itertools import pairwise

import numpy as np
import pytest

from leaderboard import cache, ensemble, lecture_recipe, recurrent, vectors
from leaderboard.answers import Stored, to_bytes
from leaderboard.cache import cached
from leaderboard.entries import ENTRIES, RUNGS
from leaderboard.protocol import Answers, Chosen, Entry
from leaderboard.recurrent import Recipe
from utils.classify import protocol
from utils.classify.protocol import Reviews

TINY = Recipe(
    units=3,
    vocabulary=12,
    timesteps=8,
    width=4,
    epochs=2,
    padding="post",
    mask=True,
)
POOLED = replace(TINY, pooled=True, chunk=4, bidirectional=True)


@pytest.fixture
def small():
    """Reviews in which word 5 is good, 6 bad, and 7 means nothing."""
    rng = np.random.default_rng(0)

    def some(count):
        labels = rng.integers(0, 2, count)
        x = np.empty(count, dtype=object)
        x[:] = [[1, 7, 5 if y else 6] + [7] * rng.integers(4) for y in labels]
        return x, labels

    return Reviews(*some(320), *some(40), *some(30))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "FOLDER", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.mark.usefixtures("keras")
def test_the_ladder_can_be_built():
    for recipe in RUNGS.values():
        model = recurrent.network(replace(recipe, vocabulary=50))
        assert model.output_shape == (None, 1)


def test_a_rung_differs_from_the_one_below_in_one_thing():
    for below, above in pairwise(RUNGS):
        one, other = asdict(RUNGS[below]), asdict(RUNGS[above])
        assert sum(one[key] != other[key] for key in one) == 1, above


@pytest.mark.usefixtures("keras")
@pytest.mark.parametrize("padding", ["pre", "post"])
def test_masked_padding_changes_nothing(padding, small):
    known = {"padding": padding, "mask": True, "pooled": True}
    short, long = (
        replace(TINY, **known, timesteps=steps) for steps in (8, 12)
    )
    model = recurrent.network(short)
    wider = recurrent.network(long)
    wider.set_weights(model.get_weights())
    found = [
        recurrent.answers(m, recurrent.inputs_of(recipe, small)[1])
        for m, recipe in ((model, short), (wider, long))
    ]
    np.testing.assert_allclose(*found, atol=1e-6)


@pytest.mark.usefixtures("keras")
def test_the_sum_goes_past_the_readers_only_where_asked():
    shapes = {}
    for total in (True, False):
        recipe = replace(POOLED, evidence=True, total=total)
        model = recurrent.network(recipe)
        shapes[total] = model.get_weights()[-2].shape
    assert shapes == {True: (4 * 3 + 3, 1), False: (4 * 3, 1)}


def test_pieces_are_read_side_by_side(keras):
    layer = keras.layers.GRU(3, return_sequences=True)
    x = np.random.default_rng(0).normal(size=(2, 6, 4)).astype("float32")
    mask = np.array([[True] * 6, [True] * 4 + [False] * 2])
    states = np.array(recurrent.in_chunks(layer, x, mask, 3))
    for start in (0, 3):
        piece = slice(start, start + 3)
        alone = layer(x[:, piece], mask=mask[:, piece])
        np.testing.assert_allclose(states[:, piece], alone, atol=1e-6)


@pytest.mark.usefixtures("keras")
def test_padding_has_no_say_in_mean_and_maximum():
    states = np.array([[[1.0, -2.0], [3.0, -4.0], [9.0, 9.0]]], "float32")
    mask = np.array([[True, True, False]])
    pooled = np.array(recurrent.mean_and_max(states, mask))
    np.testing.assert_allclose(pooled, [[2.0, -3.0, 3.0, -2.0]])
    nothing = recurrent.mean_and_max(states, np.zeros((1, 3), bool))
    assert np.isfinite(np.array(nothing)).all()


@pytest.mark.usefixtures("keras")
def test_a_network_finds_the_word_that_decides(small):
    recipe = replace(POOLED, evidence=True, dropout=0.1, epochs=6)
    chosen = Chosen(0.02)
    answers = recurrent.entry(recipe)(small, 1, chosen)
    right = protocol.correct(answers.validation, small.y_validation)
    assert right == 40 and len(answers.test) == 30
    assert 1 <= answers.epochs <= 6
    again = recurrent.entry(recipe)(small, 1, chosen)
    np.testing.assert_array_equal(again.test, answers.test)
    other = recurrent.entry(recipe)(small, 2, chosen)
    assert not np.array_equal(other.test, answers.test)


@pytest.mark.parametrize(("least", "is_told"), [(1, True), (2, False)])
def test_a_recipe_says_what_is_too_rare_for_evidence(small, least, is_told):
    small.x_train[0] = small.x_validation[0] = [1, 8]
    recipe = replace(TINY, evidence=True, least=least)
    _, (_, beside), _ = recurrent.inputs_of(recipe, small)
    assert beside.shape == (40, 8, 3) and beside[1].any()
    assert beside[0].any() == is_told


@pytest.mark.usefixtures("keras")
def test_without_a_test_split_nothing_is_called_test(small):
    without = replace(small, x_test=small.x_test[:0], y_test=small.y_test[:0])
    assert len(recurrent.entry(TINY)(without, 1, Chosen(0.01)).test) == 0


@pytest.mark.usefixtures("keras")
def test_a_refit_takes_the_epochs_that_were_chosen(small):
    x, y = small.x_validation[:0], small.y_validation[:0]
    refit = replace(small, x_validation=x, y_validation=y)
    chosen = Chosen(0.03, epochs=3)
    parts = recurrent.inputs_of(TINY, refit)
    model, epochs = recurrent.trained(TINY, refit, 1, chosen, parts)
    assert epochs == 3 and len(recurrent.answers(model, parts[1])) == 0
    assert float(model.optimizer.learning_rate) == pytest.approx(0.03)
    lecture = lecture_recipe.entry("SimpleRNN", as_written=True)
    answers = lecture(refit, 1, chosen)
    assert answers.epochs == 3 and len(answers.validation) == 0
    assert answers.test.shape == (30,)


@pytest.mark.usefixtures("keras")
def test_vectors_are_where_the_network_begins():
    table = np.arange(48, dtype="float32").reshape(12, 4)
    model = recurrent.network(TINY, table)
    found = [w for w in model.get_weights() if w.shape == (12, 4)]
    np.testing.assert_array_equal(found[0], table)


def test_word_vectors_put_like_words_together(small):
    x = np.empty(400, dtype=object)
    x[:] = [[1, 8, 4 + i % 2, 9, 10, 6 + i % 2, 11] * 3 for i in range(400)]
    texts = replace(small, x_train=x)
    table = vectors.vectors(texts, 12, 1)
    assert table.shape == (12, vectors.WIDTH) and not table[0].any()
    unit = table[4:] / np.linalg.norm(table[4:], axis=1, keepdims=True)
    alike = unit @ unit.T
    assert alike[0, 2] > alike[0, 3] and alike[1, 3] > alike[1, 2]
    other = vectors.vectors(small, 12, 1)
    assert not np.array_equal(other, table)


def test_what_is_cached_is_made_once_and_its_cost_counted(folder):
    made = []

    def make():
        made.append(1)
        return [0, 1, 2]

    first, second = cached("x y/1", make), cached("x y/1", make)
    assert made == [1] and second.value == [0, 1, 2]
    assert first.costs == second.costs and [*first.costs] == ["x y/1"]
    assert len([*folder.rglob("output.pkl")]) == 1
    other = cached("x y/2", lambda: 3)
    assert other.value == 3 and [*other.costs] == ["x y/2"]
    assert 10 < other.peak_memory_mb < 1e6


def test_an_interrupted_making_leaves_the_others(folder):
    cached("whole", lambda: 1)

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cached("torn", interrupted)
    assert len([*folder.rglob("output.pkl")]) == 1
    assert cached("whole", interrupted).value == 1
    assert cached("torn", lambda: 2).value == 2


def test_what_is_made_within_is_not_counted_twice():
    def inner():
        time.sleep(0.2)
        return 1

    def outer():
        return cached("inner", inner)

    first = cached("outermost", lambda: cached("outer", outer))
    assert {*first.costs} == {"inner", "outer", "outermost"}
    assert 0.2 <= first.costs["inner"] <= first.seconds < 0.4
    again = cached("another", lambda: cached("outer", outer))
    assert again.costs["inner"] == first.costs["inner"]
    assert again.seconds < 0.4


def test_the_memory_of_what_is_used_counts(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(cache.runtime, "peak_memory_mb", lambda: 2e6)
        cached("large", lambda: 1)
    monkeypatch.setattr(cache.runtime, "peak_memory_mb", lambda: 5.0)
    assert cached("alone", lambda: 1).peak_memory_mb == 5
    user = cached("user", lambda: cached("large", never))
    assert user.peak_memory_mb == 2e6


def never():
    """Stand for what is not made again."""
    raise AssertionError


def entry_of(name, probability, seeds=(1, 2)):
    """An entry that always gives one probability, plus its seed."""

    def train(reviews, seed, _chosen):
        p = np.full(len(reviews.y_validation), probability + seed / 100)
        test = np.full(len(reviews.y_test), probability)
        return Answers(p, test, 7)

    return Entry(name, train, recurrent=True, seeds=seeds)


def test_an_ensemble_averages_log_odds_and_counts_each_part_once():
    test = np.empty(0, np.uint8)
    shared = {"vectors": 100.0}
    one = Stored(to_bytes(np.array([0.22, 0.9])), test, shared | {"one": 5.0})
    two = Stored(to_bytes(np.array([0.61, 0.2])), test, shared | {"two": 7.0})
    made = ensemble.combined([one, two])
    odds = np.sqrt([0.22 / 0.78 * 0.61 / 0.39, 0.9 / 0.1 * 0.2 / 0.8])
    expected = odds / (1 + odds)
    assert abs((made.validation + 0.5) / 256 - expected).max() < 0.01
    assert made.costs == {"vectors": 100, "one": 5, "two": 7}


def test_a_member_that_has_run_is_not_trained_again(small):
    chosen = Chosen(0.1)
    first = ensemble.answers_of(entry_of("a", 0.2), small, 1, chosen)
    again = ensemble.answers_of(entry_of("a", 0.9), small, 1, chosen)
    np.testing.assert_array_equal(first.value.test, again.value.test)
    x, y = small.x_train[1:], small.y_train[1:]
    other = replace(small, x_train=x, y_train=y)
    for reviews, choice in ((small, Chosen(0.2)), (other, chosen)):
        new = ensemble.answers_of(entry_of("a", 0.9), reviews, 1, choice)
        assert new.value.test[0] == 0.9


def test_names_fit_a_table_and_order_is_of_the_ladder():
    assert all(len(name) <= 40 and name[0] not in "=+-@" for name in ENTRIES)
    neural = [entry for entry in ENTRIES.values() if entry.recurrent]
    once = [entry for entry in neural if len(entry.seeds) < 3]
    assert once and all("256" in entry.name for entry in once)
