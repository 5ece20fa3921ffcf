"""Lesson 01: exercises, quiz, the widget of shuffled data."""
