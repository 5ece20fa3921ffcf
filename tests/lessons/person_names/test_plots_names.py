"""Plots of person names and of what stands beside them."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lessons.person_names import plots as names
from lessons.person_names.plots import Answer
from utils import theme

WORDS = ["then", "rose", "gave", "may", "a", "rose"]
TRUTH = np.array([0, 1, 0, 1, 0, 0, 0, 0]) == 1
MARKED = np.array([0, 1, 0, 0, 0, 1, 0, 0]) == 1


def boxes(figure):
    """Return the words with a box below the legend, and its colours."""
    (axes,) = figure.axes
    return [
        (
            text.get_text(),
            to_hex(text.get_bbox_patch().get_facecolor()).upper(),
        )
        for text in axes.texts
        if text.get_bbox_patch() and text.get_position()[1] > 1
    ]


def test_each_word_has_the_box_of_what_became_of_it():
    figure, description = names.tagged_sentences(
        [Answer("somebody", WORDS, TRUTH, MARKED)]
    )
    assert boxes(figure) == [
        ("rose", theme.COLORS["input"]),
        ("may", theme.COLORS["background"]),
        ("rose", theme.COLORS["hidden_state"]),
    ]
    assert "somebody" in description
    assert " ".join(WORDS) in description


def test_words_stay_inside_the_picture_and_apart():
    words = ["characteristically"] * 9
    answer = Answer("a long label", words, np.ones(9), np.ones(9))
    figure, _ = names.tagged_sentences([answer, answer])
    figure.canvas.draw()
    width, height = figure.bbox.width, figure.bbox.height
    extents = [text.get_window_extent() for text in figure.axes[0].texts]
    for place, box in enumerate(extents):
        assert box.x0 >= 0 and box.x1 <= width
        assert box.y0 >= 0 and box.y1 <= height
        assert not any(box.overlaps(other) for other in extents[:place])


def test_bars_show_the_shares():
    before, after = {"mr": 0.9, "by": 0.3}, {"'s": 0.4}
    figure, description = names.neighbours(before, after)
    for axes, shares in zip(figure.axes, (before, after), strict=True):
        lengths = [bar.get_width() for bar in axes.patches]
        assert lengths == list(shares.values())
        labels = [label.get_text() for label in axes.get_yticklabels()]
        assert labels == list(shares)
        low, high = axes.get_ylim()
        assert low > high
    assert "after mr, by" in description
    assert "at 's." in description


def test_a_word_without_a_tag_is_refused():
    with pytest.raises(ValueError, match="a tag for each of 6 words, got 5"):
        names.tagged_sentences([Answer("x", WORDS, TRUTH[:5], MARKED)])
