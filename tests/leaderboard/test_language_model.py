"""The language model: what it reads, what it learns, what it goes on from."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_language_model import TINY_PRETRAINING as TINY

from leaderboard import cache, language_model, pretraining
from leaderboard.language_model import (
    log_uniform,
    stream,
    windows,
)
from utils.classify.padding import START_ID, flat
from utils.classify.protocol import Reviews

REVIEWS = st.lists(
    st.lists(st.integers(4, 20), max_size=6), min_size=1, max_size=8
)


def as_reviews(rows):
    """Rows of ids as `Reviews` hold them."""
    array = np.empty(len(rows), dtype=object)
    array[:] = rows
    return array


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Reviews that count upwards, so that the next word is known."""
    monkeypatch.setattr(cache, "FOLDER", tmp_path / "cache")
    rng = np.random.default_rng(0)

    def some(count, start=(START_ID,)):
        rows = []
        for first in rng.integers(4, 12, count):
            length = rng.integers(9, 40)
            words = 4 + (first + np.arange(length)) % 8
            rows.append([*start, *words.tolist()])
        return as_reviews(rows)

    more = some(30, start=())
    monkeypatch.setattr(pretraining, "unlabelled", lambda: more)
    labels = np.tile([0, 1], 30)
    x = [some(count) for count in (60, 20)]
    test = as_reviews([[START_ID, 4, 9, 4, 9]])
    return Reviews(x[0], labels, x[1], labels[:20], test, labels[:1])


def ordered(reviews, direction="forward", vocabulary=100):
    """A stream of reviews in their own order."""
    words = flat(reviews)
    every = np.arange(len(words.lengths))
    return stream(words, every, direction, vocabulary)


def rows_of(ids):
    """The reviews of a stream."""
    starts = np.flatnonzero(ids == START_ID)
    assert starts[0] == 0
    return [part[1:].tolist() for part in np.split(ids, starts[1:])]


@given(REVIEWS, st.permutations(range(8)))
def test_a_stream_holds_each_review_once_behind_its_start(reviews, order):
    order = np.array([i for i in order if i < len(reviews)])
    ids = stream(flat(reviews), order, "forward", 100)
    assert rows_of(ids) == [reviews[i] for i in order]


@given(REVIEWS)
def test_backward_each_review_is_read_from_its_last_word(reviews):
    ids = ordered(reviews, "backward")
    assert rows_of(ids) == [review[::-1] for review in reviews]


def test_rare_words_are_one_and_other_directions_are_refused():
    assert ordered([[4, 30, 31]], vocabulary=30).tolist() == [1, 4, 2, 2]
    with pytest.raises(ValueError, match="direction"):
        ordered([[4]], "sideways")


@given(st.integers(2, 90), st.integers(1, 4), st.integers(1, 5))
def test_windows_go_on_where_the_last_one_ended(length, rows, window):
    ids = np.arange(length)
    parts = [*windows(ids, rows, window)]
    assert len(parts) == (length - 1) // (rows * window)
    for x, y in parts:
        np.testing.assert_array_equal(y, x + 1)
    for (x, _), (after, _) in pairwise(parts):
        np.testing.assert_array_equal(after[:, 0], x[:, -1] + 1)
    seen = np.concatenate([x.ravel() for x, _ in parts] or [ids[:0]])
    assert sorted(seen) == list(range(rows * window * len(parts)))


def test_no_held_out_review_is_read(small, monkeypatch):
    again = [*map(list, small.x_validation[:2])]
    twice = [words[1:] for words in again] + [[4, 9, 4, 9], []]
    more = as_reviews([*twice, [5, 5]])
    monkeypatch.setattr(pretraining, "unlabelled", lambda: more)
    train = as_reviews([*small.x_train[:3], again[0], [START_ID, 4, 9, 4, 9]])
    clean = list(train[:3])
    read = pretraining.texts(replace(small, x_train=train))
    held_out = {tuple(x[1:]) for x in [*small.x_validation, *small.x_test]}
    assert not held_out & {*map(tuple, read)}
    expected = [x[1:] for x in clean if tuple(x[1:]) not in held_out]
    assert read == [*expected, [5, 5]]


def test_drawn_ids_differ_and_counts_are_the_expected_ones():
    rng = np.random.default_rng(0)
    classes, count = 50, 10
    seen = np.zeros(classes)
    expected = []
    for _ in range(4000):
        ids, log_counts = log_uniform(rng, classes, count)
        assert len({*ids.tolist()}) == count
        seen[ids] += 1
        expected.append(np.exp(log_counts))
    expected = np.mean(expected, axis=0)
    # Four standard errors of a share among 4,000 are below 0.032.
    np.testing.assert_allclose(seen / 4000, expected, atol=0.032)
    assert seen[0] > seen[10] > seen[40]


def test_all_classes_can_be_drawn():
    ids, log_counts = log_uniform(np.random.default_rng(1), 9, 9)
    assert sorted(ids) == list(range(9)) and (log_counts <= 0).all()


def drawn(seed=0, words=64, classes=40, width=6, count=20):
    """Outputs, a table, targets, negatives and logarithms of counts."""
    rng = np.random.default_rng(seed)
    outputs = rng.normal(size=(words, width)).astype("float32")
    table = rng.normal(size=(classes, width)).astype("float32")
    targets = rng.integers(0, classes, words).astype("int32")
    negatives, log_counts = log_uniform(rng, classes, count)
    return outputs, table, targets, negatives, log_counts


def loss_of(outputs, table, targets, negatives, log_counts):
    counts = log_counts[targets], log_counts[negatives]
    return float(
        language_model.sampled_loss(outputs, table, targets, negatives, counts)
    )


@pytest.mark.usefixtures("keras")
def test_loss_and_gradients_are_tensorflow_s():
    import tensorflow as tf

    *arrays, targets, negatives, log_counts = drawn()
    assert np.isin(targets, negatives).any()
    counts = log_counts[targets], log_counts[negatives]

    def theirs(outputs, table):
        losses = tf.nn.sampled_softmax_loss(
            table,
            tf.zeros(len(table)),
            targets[:, None].astype("int64"),
            outputs,
            len(negatives),
            len(table),
            sampled_values=(
                negatives.astype("int64"),
                np.exp(counts[0])[:, None],
                np.exp(counts[1]),
            ),
        )
        return tf.reduce_mean(losses)

    def ours(outputs, table):
        return language_model.sampled_loss(
            outputs, table, targets, negatives, counts
        )

    found = []
    for loss_of_both in (theirs, ours):
        both = [tf.constant(one) for one in arrays]
        with tf.GradientTape() as tape:
            tape.watch(both)
            loss = loss_of_both(*both)
        gradients = tape.gradient(loss, both)
        found.append([loss, *map(tf.convert_to_tensor, gradients)])
    for expected, got in zip(*found, strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-6)


@pytest.mark.usefixtures("keras")
def test_with_many_samples_the_loss_is_that_of_all_words():
    outputs, table, targets, *_ = drawn(words=400)
    logits = outputs @ table.T
    full = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(400), targets]
    rng = np.random.default_rng(1)

    def sampled(count, times):
        draws = [log_uniform(rng, 40, count) for _ in range(times)]
        losses = [loss_of(outputs, table, targets, *one) for one in draws]
        return np.mean(losses)

    few, many = sampled(4, 30), sampled(39, 10)
    assert many == pytest.approx(full.mean(), rel=0.01)
    assert abs(few - full.mean()) > abs(many - full.mean())


def test_the_table_is_one_variable_that_both_ends_teach(keras):
    model = language_model.network(TINY)
    shapes = [tuple(w.shape) for w in model.trainable_variables]
    assert shapes.count((12, 4)) == 1 and (4, 12) not in shapes
    assert model.count_params() == 12 * 4 + 4 * 15 + 5 * 15 + 30 + 24
    table = model.get_layer("table").embeddings
    before = table.numpy()
    optimizer = keras.optimizers.SGD(1.0)
    optimizer.build(model.trainable_variables)
    step = language_model.training_step(model, optimizer)
    ids = np.full((3, 4), 5, "int32")
    negatives = np.arange(7, 10, dtype="int32")
    counts = np.zeros(12, "float32"), np.zeros(3, "float32")
    targets = np.full((3, 4), 6, "int32")
    step(ids, targets, np.zeros((3, 5), "float32"), negatives, counts)
    changed = (table.numpy() != before).any(axis=1)
    # What was read, what came next, and what did not.
    assert np.flatnonzero(changed).tolist() == [5, 6, 7, 8, 9]


def states_of(model, rows, before=None):
    """Outputs and the last state of some rows of ids."""
    rows = np.array(rows, "int32")
    zero = np.zeros((len(rows), TINY.units), "float32")
    outputs, after = model([rows, zero if before is None else before])
    return np.array(outputs), np.array(after)


@pytest.mark.usefixtures("keras")
def test_nothing_of_a_review_reaches_the_next():
    model = language_model.network(TINY)
    one, after_one = states_of(model, [[START_ID, 4, 5, START_ID, 6, 7]])
    other, after_other = states_of(model, [[START_ID, 9, 8, START_ID, 6, 7]])
    np.testing.assert_array_equal(after_one, after_other)
    np.testing.assert_array_equal(one[:, 3:], other[:, 3:])
    alone, _ = states_of(model, [[START_ID, 6, 7]])
    np.testing.assert_allclose(one[:, 3:], alone, atol=1e-6)
    within, _ = states_of(model, [[START_ID, 9, 8, 4, 6, 7]])
    assert not np.allclose(within[:, 4:], one[:, 4:], atol=1e-4)


@pytest.mark.usefixtures("keras")
def test_the_cell_is_keras_s_gru(keras):
    model = language_model.network(TINY)
    table, *gru, kernel, bias = model.get_weights()
    layer = keras.layers.GRU(TINY.units, return_sequences=True)
    layer.build((None, None, TINY.width))
    layer.set_weights(gru)
    ids = np.array([[START_ID, 4, 5, 9, 11]])
    expected = np.array(layer(table[ids])) @ kernel + bias
    outputs, _ = states_of(model, ids)
    np.testing.assert_allclose(outputs, expected, atol=1e-6)


def reader(keras, recipe, rate):
    """A model and its training step."""
    keras.utils.set_random_seed(1)
    model = language_model.network(recipe)
    optimizer = keras.optimizers.Adam(rate, global_clipnorm=1.0)
    optimizer.build(model.trainable_variables)
    return model, language_model.training_step(model, optimizer)


def test_state_is_carried_from_window_to_window(keras):
    """Without learning, the length of a window cannot change the loss."""
    ids = np.random.default_rng(0).integers(4, 12, 3 * 16 + 1)
    ids = ids.astype("int32")

    def loss(window):
        recipe = replace(TINY, window=window, negatives=12)
        model, step = reader(keras, recipe, rate=0.0)
        # The larger the weights, the more of the past a state holds.
        model.set_weights([3 * w for w in model.get_weights()])
        rng = np.random.default_rng(1)
        return language_model.read_pass(step, ids, recipe, rng)

    def constant(rng, classes, count):  # noqa: ARG001
        return np.arange(classes, dtype="int32"), np.zeros(classes, "f")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language_model, "log_uniform", constant)
        assert loss(4) == pytest.approx(loss(16), rel=1e-5)


def test_perplexity_carries_the_state_and_counts_all_words(keras):
    model, _ = reader(keras, TINY, 0.0)
    model.set_weights([3 * w for w in model.get_weights()])
    ids = np.random.default_rng(0).integers(4, 12, 16 * 12 + 1)
    ids = ids.astype("int32")
    short = language_model.perplexity(model, ids, 3)
    long = language_model.perplexity(model, ids, 12)
    assert short == pytest.approx(long, rel=1e-5)
    outputs, _ = states_of(model, ids[:-1].reshape(16, 12))
    logits = outputs.reshape(-1, 4) @ model.get_weights()[0].T
    losses = np.log(np.exp(logits).sum(1)) - logits[np.arange(192), ids[1:]]
    assert long == pytest.approx(np.exp(losses.mean()), rel=1e-4)


@pytest.mark.usefixtures("keras")
def test_loss_and_perplexity_fall(small):
    recipe = replace(TINY, learning_rates=(0.01, 0.02, 0.02))
    made = pretraining.pretrained(small, recipe, "backward", 1)
    passes = made.value.passes
    assert passes[-1].loss < passes[0].loss / 1.5
    assert passes[-1].perplexity < passes[0].perplexity < 12
    assert made.value.weights["table"].shape == (12, 4)


@pytest.fixture
def reading(monkeypatch):
    """What is to happen at the next passes; what has happened at each."""
    real, plan, seen = language_model.read_pass, [], []

    def watched(*arguments):
        seen.append(plan.pop(0) if plan else "read")
        if seen[-1] == "stop":
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(pretraining, "read_pass", watched)
    return plan, seen


@pytest.mark.usefixtures("keras")
def test_an_interrupted_training_ends_with_the_same_weights(
    small, reading, monkeypatch, tmp_path
):
    plan, seen = reading
    whole = pretraining.pretrained(small, TINY, "forward", 1).value
    monkeypatch.setattr(cache, "FOLDER", tmp_path / "another")
    plan += ["read", "stop"]
    with pytest.raises(KeyboardInterrupt):
        pretraining.pretrained(small, TINY, "forward", 1)
    again = pretraining.pretrained(small, TINY, "forward", 1)
    assert seen == ["read", "read", "read", "stop", "read"]
    for name, weights in whole.weights.items():
        np.testing.assert_array_equal(again.value.weights[name], weights)
    passes = again.value.passes
    assert [one.loss for one in passes] == [one.loss for one in whole.passes]
    assert again.value.seconds == passes[0].seconds
    assert again.seconds >= sum(one.seconds for one in passes)


@pytest.mark.usefixtures("keras")
def test_more_passes_go_on_from_those_on_file(
    small, reading, monkeypatch, capsys
):
    one = replace(TINY, learning_rates=(0.02,))
    monkeypatch.setattr(pretraining, "reviews", lambda: small)
    monkeypatch.setattr(pretraining, "Pretraining", lambda: one)
    assert pretraining.main(["forward", "2"]) == 0
    said = capsys.readouterr()
    assert "pass 1: loss" in said.out and "s left" in said.err
    assert pretraining.main(["forward", "2"]) == 0
    assert capsys.readouterr() == (said.out, "")
    kept = {}
    monkeypatch.setattr(
        pretraining.language_model_files,
        "keep",
        lambda *said: kept.update({said[0]: said[1:]}) or Path("a.npz"),
    )
    assert pretraining.main(["forward", "2", "--keep"]) == 0
    assert "a.npz" in capsys.readouterr().err
    weights, facts = kept["forward"]
    assert {*weights} == {*pretraining.WEIGHTS}
    assert facts["passes"] == 1 and facts["units"] == 5
    made = pretraining.pretrained(small, TINY, "forward", 2).value
    assert len(made.passes) == 2 and len(reading[1]) == 2
    backward = pretraining.pretrained(small, one, "backward", 2).value
    assert len(reading[1]) == 3
    assert backward.passes[0].loss != made.passes[0].loss


def test_a_pass_is_found_by_all_that_it_depends_on():
    def files(known="forward 1 of 9", **changed):
        return pretraining.pass_files(replace(TINY, **changed), known)

    longer = files(learning_rates=(*TINY.learning_rates, 0.5))
    assert longer[:2] == files() and len({*longer}) == 3
    others = files(learning_rates=(0.02, 0.5))
    assert others[0] == files()[0] and others[1] != files()[1]
    for other in (files("backward 1 of 9"), files(units=6)):
        assert not {*other} & {*files()}
