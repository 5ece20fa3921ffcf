"""Lesson 12: exercises, quiz, Bach's chorales, Markov chains, sound, plots."""
