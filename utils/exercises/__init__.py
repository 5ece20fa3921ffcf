"""Exercises that check themselves: a sentence at once, never the answer.

The exercises of a lesson stand in ``exercises.py`` in its folder. A notebook
opens them with ``sheet = SHEET.start(student=0)`` and calls
``sheet.ask_units()`` and ``sheet.check_units(answer)``.
"""

from utils.exercises.code import Demand, Function, Model
from utils.exercises.options import MultipleChoice, SingleChoice, Words
from utils.exercises.question import Question
from utils.exercises.sheet import OpenSheet, Sheet
from utils.exercises.values import Array, Expression, Number, Shape

__all__ = [
    "Array",
    "Demand",
    "Expression",
    "Function",
    "Model",
    "MultipleChoice",
    "Number",
    "OpenSheet",
    "Question",
    "Shape",
    "Sheet",
    "SingleChoice",
    "Words",
]
