"""Lesson 13: exercises, quiz, numbers in words, word for word, plots."""
