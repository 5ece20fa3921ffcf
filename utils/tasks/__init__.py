"""What the networks learn to do, one file a task.

``load`` makes or reads the arrays, ``baseline`` says what an answer without
a network is worth.
"""
