"""Five questions a lesson, with a reason for each option.

One file a lesson holds its questions, ``lesson_04.py`` those of lesson 04.
A notebook prints them with ``quiz.ask(4)``, which a page without a kernel
shows as well, and makes them live with ``quiz.show(4)``.
"""

from utils.quiz.panel import show
from utils.quiz.questions import QuizQuestion, ask, explain, questions_of

__all__ = ["QuizQuestion", "ask", "explain", "questions_of", "show"]
