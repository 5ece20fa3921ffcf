"""The Markov chain: its smoothing, by hand and for any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.music.markov import Markov, back_off

rows = st.lists(
    st.lists(st.integers(0, 4), min_size=1, max_size=12), max_size=5
)


@given(
    sequences=rows,
    contexts=st.lists(
        st.lists(st.integers(0, 4), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    ),
    order=st.integers(0, 3),
    strength=st.floats(0.01, 100),
)
def test_probabilities_are_positive_and_sum_to_one(
    sequences, contexts, order, strength
):
    chain = Markov(order, 5, strength=strength)
    chain.fit([np.array(row) for row in sequences])
    answer = chain.probabilities(np.array(contexts))
    assert answer.shape == (len(contexts), 5)
    np.testing.assert_allclose(answer.sum(axis=1), 1)
    assert answer.min() > 0


def test_the_exercise_by_hand():
    # After 0 come six 1s and two 2s.
    chain = Markov(1, 3, strength=10.0)
    chain.fit([[0, 1]] * 6 + [[0, 2]] * 2)
    start = np.array([8, 6, 2]) + 10 / 3
    start /= 16 + 10
    expected = (np.array([0, 6, 2]) + 10 * start) / 18
    np.testing.assert_allclose(chain.probabilities([[0]])[0], expected)


def test_a_context_never_seen_answers_as_the_shorter_one():
    chain, shorter = (
        Markov(order, 4, strength=3.0).fit([[0, 1, 2, 0, 1, 3]])
        for order in (2, 1)
    )
    np.testing.assert_allclose(
        chain.probabilities([[3, 1]]), shorter.probabilities([[3, 1]])
    )
    seen = chain.probabilities([[0, 1]]) - shorter.probabilities([[0, 1]])
    assert np.abs(seen).max() > 0.01


def test_an_unseen_symbol_leaves_frequencies():
    chain = Markov(1, 3, strength=1.0).fit([[0, 0, 0, 1]])
    expected = (np.array([3, 1, 0]) + 1 / 3) / 5
    np.testing.assert_allclose(chain.probabilities([[2]])[0], expected)


def test_fitting_again_forgets():
    fresh = Markov(1, 3).fit([[0, 2] * 5])
    again = Markov(1, 3).fit([[0, 1] * 20]).fit([[0, 2] * 5])
    np.testing.assert_array_equal(
        again.probabilities([[0]]), fresh.probabilities([[0]])
    )


@pytest.mark.parametrize("order", [0, 1, 3])
def test_backing_off_over_columns_is_the_same_chain(order):
    rng = np.random.default_rng(order)
    rows = [rng.integers(0, 4, 40) for _ in range(3)]
    chain = Markov(order, 4, strength=7.0).fit(rows)
    # Before the first notes stands a symbol of its own, which nobody asks.
    full = [np.concatenate([np.full(order, -1), row]) for row in rows]
    contexts = np.concatenate(
        [
            np.lib.stride_tricks.sliding_window_view(row, order + 1)
            for row in full
        ]
    )
    asked = rng.integers(0, 4, (20, order))
    answer = back_off(
        contexts[:, :-1], contexts[:, -1], asked, symbols=4, strength=7.0
    )
    np.testing.assert_allclose(answer, chain.probabilities(asked), rtol=1e-5)


def test_a_column_of_another_kind_decides():
    # After a 1 in the second column always comes 2, whatever stood first.
    contexts = np.array([[0, 1], [1, 1], [2, 1], [0, 0]] * 50)
    answer = back_off(
        contexts,
        np.array([2, 2, 2, 1] * 50),
        np.array([[5, 1], [5, 0]]),
        symbols=3,
        strength=1.0,
    )
    assert answer.argmax(axis=1).tolist() == [2, 1]
    assert answer[0, 2] > 0.9


MISTAKES = [
    ("order takes an integer >= 0", lambda: Markov(-1, 3)),
    ("symbols takes an integer >= 1", lambda: Markov(1, 0)),
    ("strength takes a number > 0", lambda: Markov(1, 3, strength=0)),
    ("symbols from 0 to 2", lambda: Markov(1, 3).fit([[0, 3]])),
    ("symbols from 0 to 2", lambda: Markov(1, 3).probabilities([[0, -1]])),
]


@pytest.mark.parametrize(("message", "call"), MISTAKES)
def test_what_a_chain_does_not_take(message, call):
    with pytest.raises(ValueError, match=message):
        call()
