"""Search, dull answers, and a model that counts."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.chatbot import shipped, writing, written_study
from lessons.chatbot.data import END, PADDING, START, UNKNOWN
from lessons.chatbot.ngrams import NGrams

WORDS = 7
LONGEST = 3


def model(seed):
    """Return a step whose scores depend on all the words so far.

    The state is the number of the beginning, in a column.
    """

    def step(last, states):
        states = states * WORDS + np.asarray(last)[:, None]
        logs = [
            np.random.default_rng([seed, int(state)]).normal(size=WORDS) * 2
            for state in states[:, 0]
        ]
        logs = np.array(logs)
        return logs - np.log(np.exp(logs).sum(1, keepdims=True)), states

    return step


def score(step, words):
    """Return the logarithm of an answer's probability, word by word."""
    total, last, states = 0.0, START, np.zeros((1, 1), dtype=int)
    for word in (*words, END):
        logs, states = step([last], states)
        total += logs[0, word]
        last = word
    return total


def every_answer(step):
    """Return all answers of at most LONGEST words, the best first."""
    known = [
        i for i in range(WORDS) if i not in (PADDING, UNKNOWN, START, END)
    ]
    found = [
        (score(step, words), words)
        for length in range(LONGEST + 1)
        for words in product(known, repeat=length)
    ]
    return sorted(found, key=lambda each: -each[0])


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000))
def test_a_beam_that_is_never_full_finds_what_a_full_search_finds(seed):
    step = model(seed)
    wanted = every_answer(step)
    begin = np.zeros((1, 1), dtype=int)
    found = writing.beam_search(step, begin, 1000, LONGEST)
    assert [answer.ids for answer in found] == [ids for _, ids in wanted]
    np.testing.assert_allclose(
        [answer.score for answer in found], [total for total, _ in wanted]
    )


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.integers(1, 6))
def test_a_beam_scores_what_it_finds_rightly_and_sorts_it(seed, width):
    step = model(seed)
    begin = np.zeros((1, 1), dtype=int)
    found = writing.beam_search(step, begin, width, LONGEST)
    scores = [answer.score for answer in found]
    assert scores == sorted(scores, reverse=True)
    for answer in found:
        assert answer.score == pytest.approx(score(step, answer.ids))


def test_greedy_takes_the_best_word_each_time():
    step = model(5)
    found = writing.sample(
        step, np.zeros((1, 1), int), 0, np.random.default_rng(0), LONGEST
    )
    last, states, wanted = START, np.zeros((1, 1), int), []
    for _ in range(LONGEST):
        logs, states = step([last], states)
        last = int(np.argmax(writing.banned(logs)[0]))
        if last == END:
            break
        wanted.append(last)
    assert found == [tuple(wanted)]


def test_drawn_words_have_the_model_probabilities():
    logs = np.log(np.array([0.0, 0, 0, 0.25, 0.5, 0.25, 0]) + 1e-300)
    found = writing.sample(
        lambda last, states: (np.tile(logs, (len(last), 1)), states),
        np.zeros((4000, 1)), 1.0, np.random.default_rng(0), longest=1,
    )  # fmt: skip
    shares = [found.count(each) / 4000 for each in ((), (4,), (5,))]
    np.testing.assert_allclose(shares, [0.25, 0.5, 0.25], atol=0.03)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 6))
def test_the_dull_share_counts_the_most_frequent(answers, top):
    counts = sorted((answers.count(a) for a in set(answers)), reverse=True)
    share = writing.dull_share(answers, top)
    assert share == pytest.approx(sum(counts[:top]) / len(answers))
    assert writing.dull_share(answers, 6) == 1


def test_no_answer_has_no_dull_share():
    with pytest.raises(ValueError, match="answers takes"):
        writing.dull_share([])


ANSWERS = np.array([[4, 5, 0], [4, 6, 0], [5, 0, 0], [4, 5, 6]])


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("weight", [0.5, 1.0, 4.0])
def test_the_probabilities_after_any_context_add_up_to_one(order, weight):
    counted = NGrams(ANSWERS, WORDS, order, weight)
    wanted = [i for i in range(WORDS) if i not in (PADDING, START)]
    for context in product(range(1, WORDS), repeat=order - 1):
        total = sum(counted.probability(word, context) for word in wanted)
        assert total == pytest.approx(1)


def test_pairs_are_counted_as_by_hand():
    counted = NGrams(ANSWERS, WORDS, 2)
    # Ten words: 4 three times, 5 three, 6 two... and the end four times.
    single = (3 + 4 * 1 / 5) / (12 + 4)
    assert counted.probability(5, (4,)) == pytest.approx(
        (2 + 2 * single) / (3 + 2)
    )
    nats = counted.nats(np.array([[5, 0, 0]]))
    first = counted.probability(5, (START,))
    assert nats[0] == pytest.approx(
        -np.log(first) - np.log(counted.probability(END, (5,)))
    )


def test_the_teacher_shifts_by_one_place():
    given_, wanted = shipped.teacher(np.array([[4, 5, 0], [6, 0, 0]]))
    assert given_.tolist() == [[START, 4, 5, 0], [START, 6, 0, 0]]
    assert wanted.tolist() == [[4, 5, END, 0], [6, END, 0, 0]]


def test_re_ranking_subtracts_what_an_answer_has_without_the_message():
    class Deaf:
        """Finds the first answer probable and the second one not."""

        def states(self, rows):
            return rows

        def nats(self, _, rows):
            return np.where(rows[:, 0] == 4, 1.0, 6.0)

    found = [writing.Answer((4,), -2.0), writing.Answer((5,), -3.0)]
    assert [ids for _, ids in written_study.rerank(found, Deaf(), 0.0)] == [
        (4,), (5,)
    ]  # fmt: skip
    assert written_study.rerank(found, Deaf(), 0.5) == [
        (0.0, (5,)), (-1.5, (4,))
    ]  # fmt: skip
