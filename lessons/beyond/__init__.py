"""Lesson 18: exercises, quiz, results, minimal pairs, word order, plots."""
