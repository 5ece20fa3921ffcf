"""The plots of lesson 06, its stored trainings, and the reviews it reads."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from lessons.long_term_dependencies import (
    experiments,
    learning_plots,
    plots,
    reviews,
    word_plots,
)
from utils import theme
from utils.tasks import adding


def test_a_bar_stands_for_the_term_of_a_step():
    figure, description = plots.share_of_steps([0, 0.1, 0.5])
    bars = figure.axes[0].patches
    assert [bar.get_height() for bar in bars] == [0, 0.1, 0.5]
    assert "each of 3 time steps" in description


def test_fits_are_dotted_and_one_has_a_line():
    curves = {"a": 0.5 ** np.arange(40), "b": np.ones(40)}
    figure, _ = plots.by_lag(curves, fit=True)
    axes = figure.axes[0]
    *drawn, level = axes.lines
    styles = [line.get_linestyle() for line in drawn]
    assert styles == ["-", ":", "-", ":"]
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    assert labels == ["a", "b", "straight line fitted"]
    assert set(level.get_ydata()) == {1}
    assert 1 in axes.get_yticks()


def test_a_sample_shows_its_marked_values():
    x = np.array([[0.25, 0], [0.5, 1], [0.75, 0], [0.125, 1]])
    figure, description = plots.sample(x, 0.625)
    (axes,) = figure.axes
    np.testing.assert_allclose(
        [bar.get_height() for bar in axes.patches], x[:, 0]
    )
    assert [text.get_text() for text in axes.texts] == ["0.50", "0.12"]
    assert "at steps 2 and 4" in description


def test_a_sample_has_two_columns():
    with pytest.raises(ValueError, match=r"x takes shape \(timesteps, 2\)"):
        plots.sample(np.zeros((4, 3)), 1.0)


def test_a_circle_is_drawn_and_what_a_matrix_makes_of_it():
    figure, description = plots.stretched(np.diag([2.0, 0.5]), (1, 3))
    circle, one, three = figure.axes[0].lines
    np.testing.assert_allclose(np.hypot(*circle.get_data()), 1)
    assert max(one.get_xdata()) == pytest.approx(2)
    assert max(three.get_ydata()) == pytest.approx(0.125)
    assert "2 at lag 1, 8 at lag 3" in description


def test_a_lost_training_ends_in_a_cross():
    losses = {"clipped": [9.0, 2.0, 0.5], "bare": [9.0, np.nan, np.nan]}
    figure, description = plots.explosion(losses, 1.0)
    cross = figure.axes[0].lines[3]
    assert list(figure.axes[0].get_xticks()) == [1, 2]
    assert cross.get_marker() == "X"
    assert list(cross.get_xdata()) == [2]
    assert "bare: it is nan from batch 2 on" in description
    assert "clipped: it falls below" in description


def test_the_clipped_arrow_has_length_one_and_keeps_its_direction():
    figure, _ = plots.clipping()
    whole, clipped, bent = (text.xy for text in figure.axes[0].texts)
    assert np.hypot(*clipped) == pytest.approx(1)
    assert clipped[0] / clipped[1] == pytest.approx(whole[0] / whole[1])
    assert bent == (1, 1)


def test_the_networks_of_a_layer_have_its_colour():
    errors = {"T = 10": np.array([0.2, 0.01]), "T = 100": np.array([0.2, 0.2])}
    figure, description = learning_plots.learning(errors)
    axes = figure.axes[0]
    colors = [line.get_color() for line in axes.lines]
    assert colors[1] == colors[2] == theme.SERIES[0]
    assert axes.get_xlabel() == "batches"
    assert "against the batches" in description


def test_errors_are_drawn_at_the_end_of_each_round():
    figure, description = learning_plots.learning(
        {"bad": [0.2, 0.17], "good": [0.2, 0.01]}
    )
    level, bad, good, _ = figure.axes[0].lines
    np.testing.assert_allclose(level.get_ydata(), 1 / 6)
    np.testing.assert_allclose(bad.get_xdata(), [100, 200])
    np.testing.assert_allclose(good.get_ydata(), [0.2, 0.01])
    assert "bad ends near it; good ends far below it" in description


def test_the_longest_state_is_marked_in_every_panel():
    curves = {"a": np.ones(5)}
    figure, description = plots.states({"tanh": curves, "relu": curves}, 5.66)
    for axes in figure.axes:
        assert set(axes.lines[-1].get_ydata()) == {5.66}
        assert list(axes.lines[0].get_xdata()) == [1, 2, 3, 4, 5]
        assert axes.get_ylim() == (1e-8, 1e8)
    assert "marks 5.7" in description


def test_a_word_is_the_darker_the_larger_its_gradient():
    words = ["a", "few", "words", "here"]
    figure, description = word_plots.shaded(words, [1e-6, 1e-3, 1e-1, 1], (2,))
    texts = [text for text in figure.axes[0].texts if text.get_text() in words]
    assert [text.get_text() for text in texts] == words
    light = [
        sum(to_rgb(text.get_bbox_patch().get_facecolor())) for text in texts
    ]
    assert light == sorted(light, reverse=True)
    assert light[0] == 3
    assert "first ones white" in description
    (mark,) = (t for t in figure.axes[0].texts if t.get_text() == "lag 2")
    assert mark.get_position()[0] == texts[1].get_position()[0]


def test_a_band_holds_eight_reviews_of_ten():
    norms = np.linspace(0.1, 1, 11)[:, np.newaxis] ** [2.0, 1.0, 0.0]
    figure, description = word_plots.reviews_by_lag(norms)
    (axes,) = figure.axes
    np.testing.assert_allclose(
        axes.lines[0].get_ydata(), np.median(norms, axis=0)[::-1]
    )
    assert "in 11 reviews" in description


def test_the_file_holds_four_seeds_of_each_task():
    runs = pd.read_csv(experiments.RESULTS)
    assert tuple(runs.columns) == experiments.COLUMNS
    groups = runs.groupby(["activation", "start", "timesteps", "trained"])
    seeds = groups.seed.agg(list)
    assert len(seeds) == 2 * len(experiments.TASKS)
    assert all(found == [*experiments.SEEDS] for found in seeds)
    ended = runs[runs.trained == 1]
    assert ended.error.notna().all()
    curves = pd.read_csv(experiments.CURVES)
    last = curves[curves.batches == ended.batches.max()]
    assert list(last.error) == list(ended.error)


def test_what_is_measured_of_weights():
    rng = np.random.default_rng(0)
    recurrent, _ = np.linalg.qr(rng.normal(size=(32, 32)))
    kernel, head = rng.normal(size=(2, 32)), np.ones((32, 1))
    weights = [0 * kernel, 0.5 * recurrent, np.zeros(32), head]
    x, _ = adding.load(64, timesteps=20, seed=2)
    share = np.median(0.5 ** (19.0 - x[:, :, 1].argmax(axis=1)))
    measured = experiments.measure(weights, 20)
    assert measured["slope"] == pytest.approx(np.log10(0.5))
    assert measured["sigma"] == pytest.approx(0.5)
    assert measured["radius"] == pytest.approx(0.5)
    assert measured["marked"] == pytest.approx(share)
    assert measured["tanh_slope"] == 1
    assert measured["flat"] == 0
    bias = np.ones(32)
    weights = [0 * kernel, 0.5 * np.eye(32), bias, head]
    measured = experiments.measure(weights, 20, "relu")
    assert measured["marked"] == pytest.approx(share)
    assert "slope" not in measured


def test_every_seed_has_a_curve_in_the_panel_of_its_network():
    curves = pd.read_csv(experiments.CURVES)
    figure, description = learning_plots.every_seed(curves)
    counts = [
        sum(len(line.get_xdata()) == experiments.ROUNDS for line in axes.lines)
        for axes in figure.axes
    ]
    assert counts == [8, 4, 4, 4]
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[0] == "tanh, orthogonal"
    assert "ReLU, identity: 4 of 4 seeds" in description


def test_a_curve_of_the_ledge_begins_at_one():
    curves = {"1 I": np.ones(9), "0.5 I": np.array([*np.ones(8), 0])}
    figure, description = plots.ledge({"a": curves, "b": curves})
    assert len(figure.axes) == 2
    assert "a: 1 I stays within a factor of 1,000" in description


@pytest.mark.slow
def test_the_gradient_of_a_review_is_one_at_its_last_word():
    words, norms = reviews.gradients(samples=2, words=30)
    assert [len(read) for read in words] == [30, 30]
    assert norms.shape == (2, 30)
    np.testing.assert_allclose(norms[:, -1], 1)
