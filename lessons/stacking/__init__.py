"""Lesson 05: exercises and quiz."""
