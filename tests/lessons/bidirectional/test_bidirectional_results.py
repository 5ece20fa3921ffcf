"""What lesson 09 says of its stored trainings, and its plots of them."""

import numpy as np
import pandas as pd
import pytest

from lessons.bidirectional import experiments, plots, teddy
from utils import theme
from utils.intervals import Interval, t_interval


def test_one_reader_is_right_half_of_the_time_where_it_cannot_know():
    runs = pd.read_csv(experiments.TAGGERS)
    assert len(runs) == 4 * len(experiments.SEEDS)
    for reads, after, before in (
        ("forward", 0.5, 1),
        ("backward", 1, 0.5),
        ("both", 1, 1),
        (experiments.LATER, 1, 1),
    ):
        of_it = runs[runs.reads == reads]
        assert of_it.clue_after.tolist() == pytest.approx([after] * 5)
        assert of_it.clue_before.tolist() == pytest.approx([before] * 5)


def test_the_coin_is_foreseen_only_where_it_is_read():
    runs = pd.read_csv(experiments.COINS)
    assert {*runs.reads} == {*experiments.READERS}
    early = runs[runs.step.between(1, experiments.TOSSES - 1)]
    others = runs.drop(early.index)
    for reads in ("backward", "both"):
        assert early[early.reads == reads].accuracy.min() > 0.9
    honest = [*others.accuracy, *early[early.reads == "forward"].accuracy]
    # Standard deviation of a share of 2,000 tosses: 0.011.
    assert max(abs(np.array(honest) - 0.5)) < 0.05
    for reads in experiments.READERS:
        for step in (0, experiments.TOSSES):
            chosen = others[(others.reads == reads) & (others.step == step)]
            assert len(chosen) == len(experiments.SEEDS)


def test_coin_table_has_intervals_over_seeds():
    runs = pd.read_csv(experiments.COINS)
    table = experiments.coin_table()
    assert [*table.index] == [*experiments.READERS]
    once = runs[(runs.reads == "both") & (runs.step == 0)].accuracy
    assert table.loc["both", "once, at the end"] == str(t_interval(once))


def test_contradictions_contradict_and_use_known_words():
    texts, is_person = experiments.contradictions()
    assert {*texts.ravel()} <= {*teddy.sentences().words.ravel()}
    met = texts[:, 1] == "met"
    assert np.array_equal(met, ~is_person)
    assert np.array_equal(np.isin(texts[:, 3], teddy.SURNAMES), is_person)


def test_each_network_has_its_mark_at_each_sentence():
    texts = ["we saw teddy bears today", "we saw teddy roosevelt today"]
    answers = {
        "forward only": [0.5, 0.5],
        "backward only": [0.1, 0.9],
        "two readers": [0.0, 1.0],
    }
    figure, words = plots.third_word(texts, answers)
    marks = {line.get_label(): line for line in figure.axes[0].lines[:3]}
    assert [*marks] == [*answers]
    for name, line in marks.items():
        assert [*line.get_xdata()] == answers[name]
    assert "“we saw teddy bears”: forward only undecided, back" in words
    assert "today" not in words


def test_bars_of_the_coin_are_as_high_as_the_shares():
    each_step, control = [1.0] * 11 + [0.5], [0.5] * 13
    figure, words = plots.foreseen(
        each_step, Interval(0.48, 0.46, 0.5), control
    )
    axes = figure.axes[0]
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == [*each_step, 0.48]
    marks = next(m for m in axes.lines if m.get_label() == "forward only")
    assert [*marks.get_ydata()] == control
    assert marks.get_color() == theme.COLORS["hidden_state"]
    assert "at the steps 1 to 11" in words
