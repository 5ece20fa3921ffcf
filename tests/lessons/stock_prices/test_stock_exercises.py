"""Exercises of lesson 19: each mistake gets the words meant for it."""

from random import Random

from lessons.stock_prices import exercises


def test_no_two_mistakes_of_always_up_are_the_same_number():
    for student in range(300):
        question = exercises.always_up(Random(student))
        assert len(question.mistakes) == 5, student
        assert question.answer not in question.mistakes, student
