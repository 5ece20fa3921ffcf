"""Plots of person names and of what stands beside them."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from lessons.person_names import plots as names
from lessons.person_names.tagged_text import Sentence, tagged_sentences
from utils import theme

WORDS = ["then", "rose", "gave", "may", "a", "rose"]
TRUTH = np.array([0, 1, 0, 1, 0, 0, 0, 0]) == 1
ANSWERS = {
    "one reader": np.array([
        [0.0, 0.9, 0, 0.6, 0, 0.3, 0, 0],
        [0.0, 0.7, 0, 0.2, 0, 0.1, 0, 0],
    ]),
    "two readers": np.array([
        [0.0, 0.9, 0, 0.1, 0, 0.0, 0, 0],
        [0.0, 0.9, 0, 0.1, 0, 0.0, 0, 0],
    ]),
}  # fmt: skip


def numbers(figure):
    """Return the probabilities that are written, and the fill of each."""
    (axes,) = figure.axes
    return [
        (
            text.get_text(),
            text.get_bbox_patch()
            and to_hex(text.get_bbox_patch().get_facecolor()).upper(),
        )
        for text in axes.texts
        if text.get_text().startswith("0.")
    ]


def test_a_box_is_filled_if_all_seeds_tag_and_empty_if_some_do():
    figure, description = tagged_sentences([Sentence(WORDS, TRUTH, ANSWERS)])
    assert numbers(figure) == [
        ("0.80", theme.COLORS["hidden_state"]),
        ("0.90", theme.COLORS["gradient"]),
        ("0.40", theme.COLORS["background"]),
        ("0.10", None),
        ("0.20", None),
        ("0.00", None),
    ]
    told = "(one reader: rose; two readers: rose)."
    assert f"{' '.join(WORDS)} {told}" in description


def test_words_stay_inside_the_picture_and_apart():
    words = ["characteristically"] * 9
    answers = {"two readers": np.ones((2, 9)), "one reader": np.ones((2, 9))}
    sentence = Sentence(words, np.ones(9), answers)
    figure, _ = tagged_sentences([sentence, sentence])
    figure.canvas.draw()
    width, height = figure.bbox.width, figure.bbox.height
    extents = [text.get_window_extent() for text in figure.axes[0].texts]
    for place, box in enumerate(extents):
        assert box.x0 >= 0 and box.x1 <= width
        assert box.y0 >= 0 and box.y1 <= height
        assert not any(box.overlaps(other) for other in extents[:place])


def test_curves_have_a_dot_at_one_half():
    is_name = np.array([1, 0, 1, 0, 1]) == 1
    answer = np.array([0.9, 0.8, 0.6, 0.2, 0.4])
    figure, description = names.precision_recall(
        is_name,
        {"one reader": [answer] * 2, "word alone": [answer == 0.9]},
        {"word alone": "the others"},
    )
    dots = [
        line.get_xydata().tolist()
        for line in figure.axes[0].lines
        if line.get_marker() == "o"
    ]
    assert dots == [[[2 / 3, 2 / 3]], [[2 / 3, 2 / 3]], [[1 / 3, 1.0]]]
    assert "one reader, word alone" in description
    assert "A straight piece of word alone: the others." in description


def test_bars_show_the_shares():
    before, after = {"mr": 0.9, "by": 0.3}, {"'s": 0.4}
    figure, description = names.neighbours(before, after, {"mr"}, {"'s"})
    for axes, shares in zip(figure.axes, (before, after), strict=True):
        lengths = [bar.get_width() for bar in axes.patches]
        assert lengths == list(shares.values())
        labels = [label.get_text() for label in axes.get_yticklabels()]
        assert labels == list(shares)
        low, high = axes.get_ylim()
        assert low > high
    assert "after mr, by" in description
    assert "at 's." in description
    assert "left: mr; right: 's." in description
    hatches = [bar.get_hatch() for axes in figure.axes for bar in axes.patches]
    assert hatches == ["///", None, "///"]


def test_differences_stand_beside_their_intervals():
    found = pd.DataFrame(
        [("a", "b", "words", 0.1, 0.0, 0.2), ("a", "c", "words", -1, -2, 0)],
        columns=["first", "second", "of", "difference", "low", "high"],
    )
    figure, description = names.differences(found)
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["0.100 [0.000, 0.200]", "-1.000 [-2.000, 0.000]"]
    assert "a − b: words 0.100 [0.000, 0.200]; a − c: words" in description


def test_falls_have_a_dot_per_seed_and_a_count():
    rows = [
        ("one reader", seed, put_in, kind, places, fall)
        for put_in in ("an unknown word", "a random known word")
        for kind, places, fall in (("'s after", 185, 0.1), ("is after", 9, 0))
        for seed in (0, 1)
    ]
    columns = ["tagger", "seed", "replacement", "neighbour", "places", "fall"]
    figure, description = names.falls(pd.DataFrame(rows, columns=columns))
    for axes in figure.axes:
        assert len(axes.lines[1].get_xdata()) == 4
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["'s after (185)", "is after (9)"]
    assert "With an unknown word: 's after 0.10; is after 0.00." in description


def test_a_word_without_a_tag_is_refused():
    with pytest.raises(ValueError, match="a tag for each of 6 words, got 5"):
        tagged_sentences([Sentence(WORDS, TRUTH[:5], ANSWERS)])
