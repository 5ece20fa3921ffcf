"""Lesson 07: exercises and quiz."""
