"""The exercises of lesson 20 tell mistakes apart, whoever the student is."""

import re
from itertools import combinations

import numpy as np
import pytest

from lessons.chatbot.exercises import SHEET
from utils.exercises.values import is_equal


@pytest.mark.parametrize(("name", "count"), [("chance", 4), ("nats", 7)])
def test_no_two_numbers_of_a_draw_coincide(name, count):
    for student in range(300):
        question = SHEET.question(name, student)
        assert len(question.mistakes) == count, student
        for mistake in question.mistakes:
            assert question.feedback(mistake) is not None, (student, mistake)
        for one, other in combinations(question.mistakes, 2):
            assert not is_equal(one, other, question.tolerance), student


def test_shares_of_the_perplexity_are_no_nats():
    # Wrong before: a tolerance of 3e-3 took (84 - 78) / 84 for the answer.
    for student in range(300):
        question = SHEET.question("nats", student)
        deaf, hears = map(int, re.findall(r"\d+", question.text))
        for below in (deaf, hears):
            found = question.feedback((deaf - hears) / below)
            assert "share" in found, student
        assert question.feedback(round(np.log(deaf / hears), 4)) is None


def test_right_answers_of_another_form_are_taken():
    formula = SHEET.question("wrong_answers", 0)
    (pairs,) = formula.names
    assert formula.feedback(f"{pairs}**2 - {pairs}") is None

    def mrr(scores):
        order = np.argsort(-scores, axis=1)
        return np.mean(1 / (1 + np.argmax(order == 0, axis=1)))

    assert SHEET.question("mean_reciprocal_rank", 0).feedback(mrr) is None


def test_the_re_ranked_answer_wins_by_its_numbers():
    for student in range(100):
        question = SHEET.question("reranked", student)
        table, _, asked = question.text.partition(". Which one")
        factor = float(asked.rpartition("factor of ")[2].rstrip("?\n ab)c"
                       ).split("?")[0])  # fmt: skip
        scores = {}
        for part in table.partition("log p(answer): ")[2].split("; "):
            name, numbers = part.strip('"').split('" ')
            first, second = map(float, numbers.split(" and "))
            scores[name] = first - factor * second
        assert max(scores, key=scores.__getitem__) == question.right
