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


def test_words_outside_the_vocabulary_are_not_shared():
    pairs = [Pair(f"well {m}", f"{a} well", 0, 0) for m, a in SAID.items()]
    part = [Pair("well snow", "well well", 0, 0), Pair("cat", "snow", 0, 0)]
    tens = np.array([[0, 1], [0, 1]])
    every, known = baselines.TfIdf(pairs), baselines.TfIdf(pairs, ["well"])
    assert (every.words, known.words) == (len(WORDS), 1)
    assert every.cosine(part, tens)[0, 1] > 0
    assert known.cosine(part, tens)[0].tolist() == [1, 0]


def test_every_kind_of_model_has_its_look():
    assert plots.kind("GRU, words shuffled") != plots.kind("GRU")
    assert plots.kind("bag, 3 passes") == plots.kind("GRU")
    assert plots.kind("linear, and TF-IDF") == plots.kind("TF-IDF")


def test_differences_are_drawn_with_their_intervals():
    gaps = pd.DataFrame(
        [
            ("… minus GRU", "bag", "GRU", 0.1, 0.05, 0.2),
            ("linear minus …", "linear", "TF-IDF", 0.1, 0.05, 0.2),
            ("more", "the bot's GRU", "bag", -0.1, -0.2, 0.1),
        ],
        columns=["group", "first", "second", "difference", "low", "high"],
    )
    figure, description = plots.differences(gaps)
    (axes,) = figure.axes
    np.testing.assert_allclose(axes.lines[0].get_xdata(), [0.05, 0.2])
    assert "the bot's GRU minus bag -0.100 [-0.200, 0.100]" in description
    labels = {
        label.get_text(): label.get_weight() == "bold"
        for label in axes.get_yticklabels()
    }
    assert labels == {
        "… minus GRU": True,
        "bag": False,
        "linear minus …": True,
        "TF-IDF": False,
        "more": True,
        "the bot's GRU\nminus bag": False,
    }
    # Each dot stands at the height of its label, not at that of a head.
    heights = zip(axes.get_yticks(), labels.values(), strict=True)
    rows = [y for y, is_head in heights if not is_head]
    assert [dot.get_ydata()[0] for dot in axes.lines[1:6:2]] == rows
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["two seeds", "no network", "one seed"]


def test_both_parts_are_drawn_against_what_is_answered():
    table = pd.DataFrame(
        [
            ("validation", 0.1, 1.0, 0.3, 0.2, 0.4),
            ("validation", 0.2, 0.4, 0.5, 0.3, 0.7),
            ("test", 0.1, 0.5, 0.4, 0.1, 0.6),
        ],
        columns=["part", "threshold", "answered", "picked", "low", "high"],
    )
    figure, description = plots.thresholds(table, 0.2)
    (axes,) = figure.axes
    points = [line.get_xydata().tolist() for line in axes.lines]
    assert points == [[[1.0, 0.3], [0.4, 0.5]], [[0.5, 0.4]]]
    assert axes.collections[-1].get_offsets().tolist() == [[0.4, 0.5]]
    assert "test: 0.50 answered, 0.40 [0.10, 0.60] picked" in description
