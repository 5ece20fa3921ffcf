"""Lesson 16: exercises, quiz, plots of the reviews."""
