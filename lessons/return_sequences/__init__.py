"""Lesson 04: exercises, quiz, plots of the shapes."""
