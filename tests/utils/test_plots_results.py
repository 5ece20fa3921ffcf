"""Plots of results: what is drawn is what was given."""

import pytest

from utils import plots, theme
from utils.intervals import Interval


def test_learning_curves_draw_training_and_validation():
    curves = {"loss": [3.0, 2.0], "val_loss": [3.1, 2.5]}
    figure, description = plots.learning_curves({"GRU": curves})
    drawn = [list(line.get_ydata()) for line in figure.axes[0].lines]
    assert drawn == [[3.0, 2.0], [3.1, 2.5]]
    styles = [line.get_linestyle() for line in figure.axes[0].lines]
    assert styles == ["--", "-"]
    assert "GRU" in description and "validation" in description
    only_training = plots.learning_curves({"": {"loss": [1.0, 0.5]}})[1]
    assert "validation" not in only_training
    # Digits of a training may differ on another processor.
    assert not any(letter.isdigit() for letter in description)


def test_intervals_are_drawn_from_low_to_high():
    results = {"a": Interval(0.8, 0.7, 0.85), "b": Interval(0.6, 0.5, 0.7)}
    figure, description = plots.interval_comparison(
        results, reference=("chance", 0.5)
    )
    (axes,) = figure.axes
    assert list(axes.lines[0].get_xdata()) == [0.7, 0.85]
    assert [t.get_text() for t in axes.get_yticklabels()] == ["a", "b"]
    assert "a, b" in description


def test_groups_show_each_model_with_its_error_bars():
    shares = {"GRU": [Interval(0.8, 0.7, 0.9), Interval(0.6, 0.5, 0.65)]}
    figure, description = plots.shares_by_group(
        ["short", "long"], shares, xlabel="tokens"
    )
    assert list(figure.axes[0].lines[0].get_ydata()) == [0.8, 0.6]
    bars = [b[:, 1] for b in figure.axes[0].collections[0].get_segments()]
    assert bars[0] == pytest.approx([0.7, 0.9])
    assert bars[1] == pytest.approx([0.5, 0.65])
    assert "short, long" in description


def test_show_keeps_the_description_in_three_places():
    from unittest import mock

    figure, _ = theme.subplots()
    with mock.patch("IPython.display.display") as display:
        theme.show(figure, "Two  bars <and> a line.")
    (picture, words) = display.call_args_list
    data, metadata = picture.args[0], picture.kwargs["metadata"]
    assert data["text/plain"] == "Two bars <and> a line."
    assert metadata["image/png"]["alt"] == data["text/plain"]
    assert "Two bars &lt;and&gt; a line." in words.args[0]["text/html"]


def test_the_same_figure_gives_the_same_bytes():
    pictures = [
        theme.png(plots.learning_curves({"": {"loss": [1.0, 0.5]}})[0])
        for _ in range(2)
    ]
    assert pictures[0] == pictures[1]


def test_a_figure_without_words_is_refused():
    with pytest.raises(ValueError, match="description takes a sentence"):
        theme.show(theme.subplots()[0], "   ")
