"""Lesson 14: exercises, quiz, digits with captions, their plots."""
