"""Plots of lesson 16 draw what they were given."""

import numpy as np

from lessons.imdb_reviews import plots


def test_the_histogram_marks_mean_median_and_cut():
    lengths = [10, 20, 30, 400, 5000]
    figure, description = plots.length_histogram(lengths, cut=100)
    (axes,) = figure.axes
    marks = sorted(line.get_xdata()[0] for line in axes.lines)
    assert marks == [30, 100, np.mean(lengths)]
    # The longest review is in the last bar, not outside the picture.
    assert sum(patch.get_height() for patch in axes.patches) == 5
    assert "1092.00000" in description and "5,000" in description


def test_coverage_shows_its_numbers():
    _, description = plots.vocabulary_coverage([0.5, 0.8, 1.0], cut=2)
    assert "2 words cover 80%" in description


def test_losses_are_drawn_in_points():
    splits = {"by number": (0.04, 0.01), "by film": (0.02, 0.01)}
    figure, description = plots.split_losses({"all": splits, "few": splits})
    (axes,) = figure.axes
    assert len(axes.containers) == 4
    assert "all, by number: 4.0" in description
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["by number", "by film"]
