"""Lesson 09: exercises, quiz, two small taggers and the widget on them."""
