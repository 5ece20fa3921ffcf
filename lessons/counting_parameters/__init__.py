"""Lesson 03: exercises, quiz, arrays of layers, plots, a widget."""
