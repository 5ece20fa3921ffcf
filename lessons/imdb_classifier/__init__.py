"""Lesson 17: exercises, quiz, the widget that reads a review.

``shop_comments.csv``: 240 Korean comments on a shop's goods, with one to five
stars, written for this course. They are for trying the commands of `reviews`;
no accuracy is claimed from them.
"""
