"""Lesson 08: exercises and quiz."""
