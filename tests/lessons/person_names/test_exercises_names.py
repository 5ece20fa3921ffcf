"""The exercises of lesson 15 that ask for a number tell mistakes apart."""

from itertools import combinations

import pytest

from lessons.person_names.exercises import SHEET
from utils.exercises.values import is_equal


@pytest.mark.parametrize(
    ("name", "count", "margin"),
    [("score", 6, 1.5e-3), ("missed", 6, 0.5), ("units", 5, 0.5)],
)
def test_no_two_numbers_of_a_draw_coincide(name, count, margin):
    for student in range(400):
        question = SHEET.question(name, student)
        # Two equal keys would be one entry of the dict.
        assert len(question.mistakes) == count, student
        for mistake in question.mistakes:
            assert abs(mistake - question.answer) > margin, student
        for one, other in combinations(question.mistakes, 2):
            assert not is_equal(one, other, question.tolerance), student
