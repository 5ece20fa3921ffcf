"""Lesson 15: exercises, quiz, sentences with names, scores, plots."""
