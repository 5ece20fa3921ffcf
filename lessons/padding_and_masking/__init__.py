"""Lesson 10: exercises, quiz, plots, the widget of padding."""
