"""Lesson 20: exercises, quiz, conversations, models that answer, plots."""
