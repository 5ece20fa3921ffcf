"""What lesson 17 shows of stored trainings, and how it draws them."""

import numpy as np
import pandas as pd
import pytest

from lessons.imdb_classifier import experiments, plots, results, widget
from utils import classify
from utils.intervals import Interval


def test_the_stored_seeds_are_plausible():
    seeds = results.other_seeds()
    assert (seeds.groupby("network").seed.nunique() == 3).all()
    gru = seeds[seeds.network == "GRU"]
    assert gru.validation.between(0.80, 0.83).all()
    assert ((gru.validation - gru.test).abs() < 0.01).all()
    gaps = results.gaps(0.8)
    same = gaps["GRU"][: len(gru)]
    assert same == pytest.approx(gru.validation - 0.8, abs=0.002)
    assert min(gaps[experiments.NOTES]) < -0.2


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (experiments.RESULTS, experiments.runs()),
        (experiments.TRIALS, experiments.trials()),
        (experiments.ORDER, experiments.shuffles()),
        (experiments.OTHER_SEEDS, experiments.seeded()),
    ],
)
def test_every_training_is_stored(path, wanted):
    stored = pd.read_csv(path)[list(wanted[0]._fields)]
    runs = stored.itertuples(index=False, name=None)
    assert sorted(runs) == sorted(map(tuple, wanted))


def test_shuffled_rows_keep_their_zeros_and_their_words():
    x = np.array([[0, 0, 1, 7, 8, 9], [1, 2, 3, 4, 5, 6]])
    data = experiments.Rows(x, np.zeros(2), x[:1], np.zeros(1))
    shuffled = data.shuffled(0)
    assert (shuffled.x[0, :2] == 0).all() and (x[0, 2:] > 0).all()
    assert (np.sort(shuffled.x) == np.sort(x)).all()
    assert (shuffled.x != x).any() and shuffled.x_val.shape == (1, 6)


def test_what_order_and_rates_are_worth():
    table = results.by_order()
    assert set(table.model) == {"GRU", experiments.PAIRS}
    assert (table["in order"] > table["shuffled"]).all()
    is_pairs = table.model == experiments.PAIRS
    assert (table["above the pairs"] == "").eq(is_pairs).all()
    rates = results.by_rate()
    assert (rates.lowest <= rates.right).all()
    assert (rates.right <= rates.highest).all()


def test_what_the_first_tokens_add():
    table = results.by_tokens()
    assert list(table.model) == [experiments.BAG] + [experiments.NOTES] * 3
    gained = (table["100"] - table["20"]).astype(float)
    assert table["gained"].astype(float).to_numpy() == pytest.approx(
        gained.to_numpy(), abs=0.0011
    )


def test_a_cell_has_one_colour_and_no_other_cell_has_it():
    colours = plots.COLOURS
    assert colours[plots.NOTES] == colours["SimpleRNN"]
    others = [c for name, c in colours.items() if name != plots.NOTES]
    assert len(set(others)) == len(others)
    assert set(widget.NAMES.values()) < set(colours)


def test_the_bag_of_words_is_a_line():
    curves = {"loss": [0.7, 0.6], "accuracy": [0.5, 0.7]}
    figure, words = plots.learning_curves({"GRU": curves}, 0.8)
    *_, line = figure.axes[1].lines
    assert list(line.get_ydata()) == [0.8, 0.8]
    assert figure.axes[0].lines[0].get_color() == plots.COLOURS["GRU"]
    assert "bag of words" in words and "0.8" not in words


def test_gaps_are_drawn_in_points_with_the_other_seeds_below():
    gaps = {"GRU": Interval(0.01, 0.0, 0.02)}
    figure, words = plots.against_the_bag(gaps, {"GRU": [0.005, 0.02]})
    zero, bar, dot, others = figure.axes[0].lines
    assert list(zero.get_xdata()) == [0, 0]
    assert list(bar.get_xdata()) == [0, 2]
    assert list(dot.get_xdata()) == [1]
    assert list(others.get_xdata()) == [0.5, 2]
    assert "GRU" in words


def test_a_seed_far_below_is_an_arrow():
    gaps = {"GRU": Interval(0.01, 0.0, 0.02)}
    figure, words = plots.against_the_bag(gaps, {"GRU": [-0.257, 0.02]})
    *_, others = figure.axes[0].lines
    assert list(others.get_xdata()) == [2]
    assert "−26" in [text.get_text() for text in figure.axes[0].texts]
    assert "arrow" in words


def test_several_models_have_a_key_of_dashes_and_of_the_line():
    curves = {"loss": [0.7, 0.6], "accuracy": [0.5, 0.7]}
    curves |= {"val_loss": [0.7, 0.6], "val_accuracy": [0.5, 0.7]}
    figure, words = plots.learning_curves({"GRU": curves, "LSTM": curves}, 0.8)
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        *("GRU", "LSTM", "training", "validation", "bag of words")
    ]
    assert figure.axes[1].get_ylim()[0] == plots.SCALE_FROM
    assert str(plots.SCALE_FROM) in words


def test_a_row_with_another_opponent_is_set_off():
    gaps = {name: Interval(0.01, 0.0, 0.02) for name in ("LSTM", "GRU")}
    gaps["GRU, above the LSTM"] = gaps["GRU"]
    figure, _ = plots.against_the_bag(gaps, {})
    rules = [
        line.get_ydata()[0]
        for line in figure.axes[0].lines
        if list(line.get_xdata()) == [0, 1] and len(line.get_ydata()) == 2
    ]
    assert 1 < rules[-1] < 2


def test_a_word_has_the_colour_of_the_unit_after_it():
    reading = classify.Reading(
        tokens=["wonderful", "terrible"],
        known=[True, True],
        probabilities=np.array([0.8, 0.2]),
        hidden_states=np.array([[0.5], [-0.5]]),
        trace=None,
    )
    figure, words = plots.coloured_words([reading], 0, 1)
    *marked, key = figure.axes[0].texts
    good, bad = (text.get_bbox_patch().get_facecolor() for text in marked)
    assert key.get_text() == plots.MOOD_KEY
    assert good[0] > good[2] and bad[2] > bad[0]
    turned, _ = plots.coloured_words([reading], 0, -1)
    first = turned.axes[0].texts[0].get_bbox_patch().get_facecolor()
    assert first[2] > first[0]
    assert "wonderful terrible" in words


def test_accuracies_stand_beside_the_line_of_the_bag():
    shares = {"GRU": Interval(0.81, 0.80, 0.82)}
    figure, words = plots.accuracies(shares, 0.798)
    bar, _, line = figure.axes[0].lines
    assert list(bar.get_xdata()) == [0.80, 0.82]
    assert list(line.get_xdata()) == [0.798, 0.798]
    assert line.get_linestyle() == ":"
    assert bar.get_color() == plots.COLOURS["GRU"]
    assert "GRU" in words and "0.8" not in words


def test_probabilities_show_their_numbers():
    figure, description = plots.probabilities({"good film": 0.9})
    assert figure.axes[0].patches[0].get_width() == 0.9
    assert "good film" in description and "0.9" not in description
