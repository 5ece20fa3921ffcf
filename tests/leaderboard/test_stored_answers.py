"""Stored answers: read as written, no verdict moved; the splits behind."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from leaderboard import answers, splits
from leaderboard.answers import AnswersError, Stored
from leaderboard.entries import ENTRIES
from lessons.imdb_reviews import films
from utils import imdb
from utils.classify import protocol

NEAR = np.nextafter([0.5, 0.5], [0, 1])
"""The numbers next to a half, on either side."""


@given(arrays(np.float64, 20, elements=st.floats(0, 1)))
def test_no_verdict_and_no_probability_moves_far(p):
    p[:3] = (*NEAR, 0.5)
    stored = answers.to_bytes(p)
    np.testing.assert_array_equal(stored >= 128, p > 0.5)
    read = answers.to_probabilities(stored)
    assert (abs(read - p) <= 1 / 512).all() and ((read > 0) & (read < 1)).all()
    np.testing.assert_array_equal(answers.to_bytes(read), stored)


@given(arrays(np.float32, 5, elements=st.floats(0, 1, width=32)))
def test_networks_answers_keep_their_verdict(p):
    np.testing.assert_array_equal(answers.to_bytes(p) >= 128, p > 0.5)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
def test_what_is_no_probability_is_not_stored(wrong):
    with pytest.raises(ValueError, match="probabilities takes"):
        answers.to_bytes(np.array([0.2, wrong]))


@given(
    arrays(np.uint8, 9),
    arrays(np.uint8, 4),
    st.dictionaries(st.text(), st.floats(0, 1e5)),
)
def test_what_is_packed_is_unpacked(validation, test, costs):
    stored = answers.unpacked(answers.packed(Stored(validation, test, costs)))
    np.testing.assert_array_equal(stored.validation, validation)
    np.testing.assert_array_equal(stored.test, test)
    assert stored.costs == costs


def test_a_file_is_read_as_written_or_refused_by_name(tmp_path):
    content = answers.packed(
        Stored(np.arange(3, dtype=np.uint8), np.empty(0, np.uint8), {})
    )
    path = answers.path_of("Ä b, (c)", 2, "all", tmp_path)
    assert path.name == "b-c-2-all.npz"
    answers.write(path, content)
    read = answers.read("Ä b, (c)", 2, "all", tmp_path)
    assert read.validation.tolist() == [0, 1, 2]
    with pytest.raises(AnswersError, match=r"b-c-3\.npz is not there"):
        answers.read("b c", 3, "random", tmp_path)
    with pytest.raises(AnswersError, match="damaged"):
        answers.write(path, content[:-9])
    assert path.read_bytes() == content
    path.write_bytes(content[:-9])
    with pytest.raises(AnswersError, match=r"b-c-2-all\.npz: .*damaged"):
        answers.read("b c", 2, "all", tmp_path)


def test_answers_of_another_kind_are_refused():
    floats = Stored(np.array([0.2, 0.7]), np.empty(0, np.uint8), {})
    with pytest.raises(AnswersError, match="byte a review"):
        answers.unpacked(answers.packed(floats))
    with pytest.raises(AnswersError, match="of 5,000 validation reviews, 3"):
        answers.right(np.zeros(3, np.uint8), "validation")


def test_every_run_has_a_file_of_its_own():
    names = {
        answers.path_of(name, seed, split).name
        for name, entry in ENTRIES.items()
        for seed in entry.seeds
        for split in splits.SPLITS
    }
    runs = sum(len(entry.seeds) for entry in ENTRIES.values())
    assert len(names) == 3 * runs


def test_right_answers_are_those_of_the_labels():
    labels = splits.labels("test")
    stored = np.where(labels == 1, 128, 127).astype(np.uint8)
    stored[:10] = 255 - stored[:10]
    assert answers.right(stored, "test").sum() == 24_990


def test_blocks_of_neighbours_are_on_one_side():
    chosen = splits.validation_indices("neighbours")
    assert len({*chosen}) == 5000
    labels = splits.labels("validation", "neighbours")
    assert labels.sum() == 2500
    blocks = splits.archive_numbers() // splits.BLOCK
    whole = np.zeros(25_000, dtype=int)
    positive = np.zeros(25_000, dtype=int)
    whole[chosen], positive[chosen] = 1, labels
    # A block of a label has 500 reviews, and all of them or none choose.
    counts = np.bincount(blocks[chosen] * 2 + labels, minlength=50)
    assert {*counts.tolist()} == {0, splits.BLOCK}
    random = splits.validation_indices("random")
    counts = np.bincount(blocks[random], minlength=25)
    assert counts.min() > 100


def test_all_reviews_teach_in_the_refit():
    assert len(splits.validation_indices("all")) == 0
    assert len(splits.labels("validation", "all")) == 0


@pytest.mark.slow
def test_labels_and_numbers_are_those_of_the_reviews():
    (_, labels), _ = imdb.load_data()
    np.testing.assert_array_equal(
        splits.archive_numbers(), films.archive_numbers()
    )
    for split in splits.SPLITS:
        reviews = splits.reviews(split)
        found = splits.labels("validation", split)
        np.testing.assert_array_equal(reviews.y_validation, found)
        assert len(reviews.y_train) == 25_000 - len(found)
        # All reviews are there once: labels and lengths of the whole.
        assert reviews.y_train.sum() + found.sum() == labels.sum()


def test_a_fingerprint_tells_splits_apart():
    x = np.empty(4, dtype=object)
    x[:] = [[1], [1, 2], [1, 2, 3], [1, 4]]
    y = np.arange(4) % 2
    whole = protocol.Reviews(x[:2], y[:2], x[2:3], y[2:3], x[3:], y[3:])
    other = replace(whole, x_train=x[:3], x_validation=x[:0])
    same = replace(whole)
    prints = [*map(splits.fingerprint, (whole, other, same))]
    assert prints[0] == prints[2] != prints[1]
