"""The linear opponent learns which words go together, and in what sense."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lessons.chatbot import baselines, plots
from lessons.chatbot.conversations import Pair

SAID = {"snow": "ski", "code": "bug", "cat": "purr", "bread": "oven"}
WORDS = [*SAID, *SAID.values(), "well"]


@pytest.fixture(scope="module")
def linear():
    """Return one that has read which answer goes with which word."""
    pairs = [
        Pair(f"well {message}", f"{answer} well", 0, 0)
        for message, answer in SAID.items()
        for _ in range(20)
    ]
    return baselines.Linear(pairs, WORDS, added=1.0, axes=3)


def test_what_followed_in_training_is_preferred(linear):
    part = [Pair(m, a, 0, 0) for m, a in SAID.items()]
    tens = np.array([[0, 1, 2, 3], [1, 0, 2, 3], [2, 0, 1, 3], [3, 0, 1, 2]])
    scores = linear.cosine(part, tens)
    assert scores.shape == (4, 4)
    # Fails if axes of messages and answers are exchanged, or not centred.
    assert (scores[:, :1] > scores[:, 1:] + 0.5).all()


def test_the_order_of_the_words_is_not_read(linear):
    one, other = linear.vectors(["well snow code", "code well snow"], 0)
    np.testing.assert_allclose(one, other)
    assert np.linalg.norm(one) == pytest.approx(1)


def test_a_text_without_a_known_word_scores_zero(linear):
    part = [Pair("zebra", "ski", 0, 0), Pair("snow", "zebra", 0, 0)]
    scores = linear.cosine(part, np.array([[0, 1], [0, 1]]))
    assert np.isfinite(scores).all()
    assert scores[0].tolist() == [0, 0]
    assert scores[1, 1] == 0


def test_every_kind_of_model_has_its_look():
    assert plots.kind("GRU, words shuffled") != plots.kind("GRU")
    assert plots.kind("bag, 3 passes") == plots.kind("GRU")
    assert plots.kind("linear, and TF-IDF") == plots.kind("TF-IDF")


def test_differences_are_drawn_with_their_intervals():
    gaps = pd.DataFrame(
        [("a", "b", 0.1, 0.05, 0.2), ("a", "c", -0.1, -0.2, 0.1)],
        columns=["first", "second", "difference", "low", "high"],
    )
    figure, description = plots.differences(gaps)
    lines = figure.axes[0].lines
    np.testing.assert_allclose(lines[0].get_xdata(), [0.05, 0.2])
    assert "a minus c -0.100 [-0.200, 0.100]" in description


def test_both_parts_are_drawn_against_what_is_answered():
    table = pd.DataFrame(
        [("validation", 0.0, 1.0, 0.3), ("test", 0.0, 0.5, 0.4)],
        columns=["part", "threshold", "answered", "picked"],
    )
    figure, description = plots.thresholds(table)
    points = [line.get_xydata().tolist() for line in figure.axes[0].lines]
    assert points == [[[1.0, 0.3]], [[0.5, 0.4]]]
    assert "test: 0.50 answered, 0.40 picked" in description
