"""Classifiers of reviews: those that come with the course, and their parts.

    >>> reading = load("gru").read("not great, but I recommend it")
    >>> reading.probabilities[-1]   # that the text is positive

They answer with the course's own NumPy cells, so no TensorFlow is needed and
the first answer is there at once.
"""

from utils.classify.classifiers import (
    CELLS,
    MODELS,
    MOST_TOKENS,
    BestClassifier,
    Classifier,
    Judgements,
    Reading,
    load,
)

__all__ = [
    "CELLS",
    "MODELS",
    "MOST_TOKENS",
    "BestClassifier",
    "Classifier",
    "Judgements",
    "Reading",
    "load",
]
