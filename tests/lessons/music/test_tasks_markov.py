"""The Markov chain: its smoothing, by hand and for any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.music.markov import Markov

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
