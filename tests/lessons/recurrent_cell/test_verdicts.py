"""What the study of lesson 02's states compares, and what it stored."""

import numpy as np

from lessons.recurrent_cell import verdicts
from utils.tasks import twins

COMMENT = "honestly rather heavy although quite soft really"


def test_other_opinions_are_of_the_same_kinds():
    (other,) = verdicts.other_opinions([COMMENT])
    pairs = list(zip(COMMENT.split(), other.split(), strict=True))
    assert [here != there for here, there in pairs].count(True) == 2
    assert pairs[2][1] in twins.BLAME
    assert pairs[5][1] in twins.PRAISE


def test_distances_are_zero_where_nothing_is_read():
    nothing = [np.zeros((28, 3)), np.eye(3), np.zeros(3)]
    assert verdicts.distances([COMMENT, COMMENT], nothing) == (0, 0)


def test_readings_differ_after_the_conjunction_only():
    written, masked, silent = verdicts.readings([COMMENT]).values()
    assert verdicts.places([COMMENT]).tolist() == [[2, 3, 5]]
    assert (written != masked).any(axis=-1)[0].tolist() == [
        word == 5 for word in range(7)
    ]
    assert np.array_equal(silent[:, :4], written[:, :4])
    assert silent.shape[1] == 7 + verdicts.LATER
    assert not silent[:, 4:].any()


def test_shares_are_counted_by_the_place_of_the_conjunction():
    comments = [COMMENT, "soft but heavy" + " very" * 4]
    answers = np.array([[0] * 7, [0, 0, 1, 1, 1, 1, 1]], dtype=bool)
    right = dict.fromkeys(verdicts.READINGS, answers)
    table = verdicts.timing(right, comments)
    assert sorted(set(table.conjunction)) == [2, 4]
    early = table[table.conjunction == 2]
    assert early["as written"].tolist() == [0, 0, 1, 1, 1, 1, 1]
    assert verdicts.right_after(right, comments) == [
        0,
        0,
        0.5,
        0.5,
        0.5,
        0.5,
        0.5,
    ]


def test_the_verdict_is_made_in_time_for_the_last_word():
    stored = verdicts.read_timing()
    at_the_end = stored[stored.word == 7]
    assert (at_the_end[list(verdicts.READINGS)] >= 0.94).all(axis=None)


def test_training_parts_the_twins_with_every_seed():
    stored = verdicts.read()
    assert list(stored.index) == list(verdicts.SEEDS)
    assert (stored["twin after"] > 2 * stored["twin before"]).all()
    assert (stored["twin after"] > 2 * stored["same after"]).all()
    assert (stored["last word"] >= 0.99).all()
    assert (stored["last, very"] >= 0.99).all()
    assert (stored["last, silence"] >= 0.99).all()
