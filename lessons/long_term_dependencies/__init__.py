"""Lesson 06: exercises, quiz, the widget of fading gradients."""
