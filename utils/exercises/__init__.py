"""Exercises that check themselves: a sentence at once, never the answer.

One file a lesson holds its questions, ``lesson_04.py`` those of lesson 04.
A notebook opens them with ``sheet = exercises.start(4, student=0)`` and
calls ``sheet.ask_units()`` and ``sheet.check_units(answer)``.
"""

from utils.exercises.code import Demand, Function, Model
from utils.exercises.options import Choice, Several, Words
from utils.exercises.question import Question
from utils.exercises.sheet import OpenSheet, Sheet, sheet_of, start
from utils.exercises.values import Array, Expression, Number, Shape

__all__ = [
    "Array",
    "Choice",
    "Demand",
    "Expression",
    "Function",
    "Model",
    "Number",
    "OpenSheet",
    "Question",
    "Several",
    "Shape",
    "Sheet",
    "Words",
    "sheet_of",
    "start",
]
