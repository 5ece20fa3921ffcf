"""How far back a SimpleRNN trained on reviews looks, word by word."""

from __future__ import annotations

import numpy as np

from utils import classify, imdb
from utils.classify import store


def gradients(samples: int, words: int) -> tuple[list[list[str]], np.ndarray]:
    """Return the size of the gradient of an answer at each word.

    The network is the SimpleRNN that comes with the course, trained on the
    reviews of lesson 17. Of long reviews, evenly spread over the training
    set, the last words are looked at.

    Args:
        samples: How many reviews.
        words: How many words of each.

    Returns:
        The words, a list for each review, and the norms of the gradient
        with respect to the hidden state after each word, 1 after the last,
        (samples, words).
    """
    arrays = store.load("simple_rnn")
    recurrent = arrays["recurrent_kernel"].astype(float)
    reader, texts = classify.load("simple_rnn"), imdb.texts("train")
    read: list[list[str]] = []
    norms = np.zeros((samples, words))
    for text in texts[:: len(texts) // (4 * samples)]:
        reading = reader.read(text)
        if len(reading.tokens) < words:
            continue
        h = reading.hidden_states[-words:]
        d_h = arrays["output_kernel"][:, 0].astype(float)
        for t in range(words - 1, -1, -1):
            norms[len(read), t] = np.linalg.norm(d_h)
            d_h = (d_h * (1 - h[t] ** 2)) @ recurrent.T
        read.append(reading.tokens[-words:])
        if len(read) == samples:
            return read, norms / norms[:, -1:]
    raise ValueError(f"samples takes at most {len(read)}, got {samples}")
