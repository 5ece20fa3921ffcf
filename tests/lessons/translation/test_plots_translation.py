"""Plots of translation: each bar and each curve shows what was given."""

import numpy as np
import pytest

from lessons.translation import plots as translation
from utils.intervals import Interval

PANELS = {
    "early": {"dictated": [0.5, 1.0, 0.25], "alone": [0.5, 0.75, 0.125]},
    "late": {"dictated": [1.0, 1.0, 1.0], "alone": [1.0, 1.0, 1.0]},
}


def test_every_number_has_its_bar():
    counts = {"French": [1, 2, 4], "English": [1, 1, 2]}
    figure, description = translation.words_needed(counts)
    drawn = {
        axes.get_title(loc="left"): [bar.get_height() for bar in axes.patches]
        for axes in figure.axes
    }
    assert drawn == counts
    places = [bar.get_center()[0] for bar in figure.axes[0].patches]
    assert places == pytest.approx([0, 1, 2])
    limits = {axes.get_ylim() for axes in figure.axes}
    assert limits == {(0, 4.5)}, "panels that are compared share a scale"
    assert "from 0 to 2" in description
    assert "French, at most 4; English, at most 2" in description


def test_every_way_has_its_curve_in_every_panel():
    figure, description = translation.by_place(PANELS)
    drawn = {
        axes.get_title(loc="left"): {
            line.get_label(): list(line.get_ydata()) for line in axes.lines
        }
        for axes in figure.axes
    }
    assert drawn == PANELS
    assert list(figure.axes[0].lines[0].get_xdata()) == [1, 2, 3]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "dictated",
        "alone",
    ]
    assert "dictated and alone, in 2 panels: early; late" in description
    assert "0.125" not in description


def test_a_place_says_how_many_answers_reach_it():
    figure, _ = translation.by_place(PANELS, [1000, 900, 80])
    texts = [text.get_text() for text in figure.axes[0].get_xticklabels()]
    assert texts == ["1\n1,000", "2\n900", "3\n80"]


def test_the_seeds_of_the_network_share_a_colour():
    one = Interval(0.5, 0.4, 0.6)
    groups = {"words": [one, one], "MLP": [one], 1: [one, one], 2: [one, one]}
    figure, description = translation.by_size(["small", "large"], groups)
    (axes,) = figure.axes
    dots = [bars.lines[0] for bars in axes.containers]
    assert [len(line.get_xdata()) for line in dots] == [2, 1, 2, 2]
    places = [line.get_xdata()[0] for line in dots]
    assert places == sorted(set(places)), "side by side"
    assert dots[2].get_color() == dots[3].get_color()
    assert dots[0].get_color() != dots[2].get_color()
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "words",
        "MLP, up to small",
        "network, seed 1",
        "network, seed 2",
    ]
    assert [line.get_marker() for line in dots[2:]] == ["$1$", "$2$"]
    assert "words, MLP and the network with 2 seeds" in description


def test_wrong_answers_are_what_is_not_right():
    results = {
        "words": Interval(0.5, 0.4, 0.6),
        1: Interval(0.99, 0.98, 0.995),
    }
    figure, description = translation.wrong_answers(results)
    (axes,) = figure.axes
    bar, dot, _, seed = axes.lines
    assert sorted(bar.get_xdata()) == pytest.approx([40, 60])
    assert dot.get_xdata()[0] == pytest.approx(50)
    assert seed.get_xdata()[0] == pytest.approx(1)
    assert dot.get_color() != seed.get_color()
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["words", "network, seed 1"]
    assert "words, network, seed 1" in description


def test_states_lie_in_the_plane_that_shows_most():
    rng = np.random.default_rng(1)
    states = rng.normal(size=(6, 4)) * [0, 9, 0, 5]
    path = [("one", states[1]), ("one two", states[2])]
    figure, description = translation.state_map(states, path)
    (axes,) = figure.axes
    points = axes.lines[0].get_xydata()
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
    wanted = np.linalg.norm(states[:, None] - states[None], axis=2)
    np.testing.assert_allclose(gaps, wanted)
    assert "100%" in axes.get_xlabel()
    assert "from 0 to 5" in description
    assert "one, one two, word by word" in description
