"""Lesson 02: exercises, quiz, the widget that steps through a cell."""
