"""Lesson 11: exercises, quiz, readings, sensor faults, plots."""
