"""Lesson 19: prices, leaks, volatility, exercises, quiz, plots."""
