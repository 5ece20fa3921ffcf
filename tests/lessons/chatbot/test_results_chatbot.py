"""The stored results carry what lesson 20 says, and the plots show them."""

import numpy as np
import pandas as pd
import pytest

from lessons.chatbot import choosing_tables, plots, results
from lessons.chatbot.choosing_study import FROM_BAG


def difference(table, first, second, of=None):
    """Return a stored difference with its bounds."""
    found = results.read(f"{table}_differences")
    rows = (found["first"] == first) & (found["second"] == second)
    if of is not None:
        rows &= found["of"] == of
    (row,) = found[rows][["difference", "low", "high"]].to_numpy()
    return row


def test_the_encoders_beat_shared_words_and_the_bag_is_no_worse():
    gap = difference("choosing", FROM_BAG, choosing_tables.TF_IDF, "picked")
    assert gap[1] > 0.02
    assert difference("choosing", "bag", "TF-IDF", "picked")[1] > 0.02
    _, low, high = difference("choosing", FROM_BAG, "bag", "picked")
    assert low < 0 < high


def test_the_linear_opponent_wins():
    for second in ("TF-IDF", "the bot's GRU", "bag, 3 passes"):
        assert difference("linear", "linear", second, "picked")[1] > 0
    values = results.picks().set_index("model")["picked"]
    assert values.idxmax() == "linear, and TF-IDF"
    assert values.index.is_unique


def test_no_chooser_can_tell_the_answers_of_a_beam_apart():
    found = results.read("twins").set_index("way")
    assert found["highest possible"]["beam of 10"] < 0.35
    within = found["highest possible"] >= found["picked of these"]
    assert within.all()


def test_the_gap_without_unknown_words_is_that_of_the_two_writers():
    facts = results.read("facts").set_index("what")["value"]
    hears, deaf = (
        facts[f"nats without unknown, {name}"] for name in ("hears", "deaf")
    )
    assert deaf - hears == pytest.approx(facts["gap"], abs=2e-4)
    assert 0 < facts["low"] < facts["gap"] < facts["high"]


def test_the_message_is_worth_something_and_another_is_not():
    for worse in ("hears none", "hears another message", "trigrams"):
        assert difference("writing", worse, "hears the message")[1] > 0
    assert difference("writing", "trigrams", "hears none")[1] > 0


def test_re_ranking_lowers_the_dull_share_of_the_beam():
    share = results.means("written", "way")["ten most frequent"]
    assert share["people"] < share["beam, re-ranked"] < share["beam of 10"]


def test_means_are_over_the_seeds():
    raw = results.read("choosing")
    bag = raw[raw["model"] == "bag"]["picked"].mean()
    shown = results.means("choosing", "model").loc["bag", "picked"]
    assert shown == pytest.approx(bag, abs=1e-3)


def test_every_model_stands_in_the_picture_with_its_interval():
    values = pd.DataFrame(
        [("a", 0.2, 0.1, 0.3), ("b", 0.4, 0.35, 0.5)],
        columns=["model", "picked", "low", "high"],
    )
    figure, description = plots.picks(values)
    (axes,) = figure.axes
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == ["b", "a"]
    np.testing.assert_allclose(axes.lines[0].get_xdata(), [0.35, 0.5])
    assert "b 0.400 [0.350, 0.500]; a 0.200" in description


def test_both_shares_of_a_way_of_writing_are_drawn():
    table = pd.DataFrame(
        {"ten most frequent": [0.9, 0.1], "picked by the chooser": [0.2, 0.3]},
        index=["beam", "people"],
    )
    figure, description = plots.dull(table)
    for axes, column in zip(figure.axes, table, strict=True):
        assert [bar.get_width() for bar in axes.patches] == [*table[column]]
    assert "beam 0.90 and 0.20; people 0.10 and 0.30" in description
