"""Exercises of lesson 19: each mistake gets the words meant for it."""

from random import Random

import pytest

from lessons.stock_prices import exercises


@pytest.mark.parametrize("student", range(300))
def test_no_two_mistakes_of_always_up_are_the_same_number(student):
    question = exercises.always_up(Random(student))
    assert len(question.mistakes) == 5
    assert question.answer not in question.mistakes
