"""The stored results carry what lesson 20 says, and the plots show them."""

import numpy as np
import pandas as pd
import pytest

from figures.draw import answering
from lessons.chatbot import bot, choosing_tables, controls, plots, results
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
    assert values.idxmax() == controls.LINEAR_BOT
    assert values.drop(controls.LINEAR_BOT).idxmax() == controls.LINEAR_BOTH
    for pair in (
        (controls.LINEAR_BOTH, controls.BOT_BOTH),
        (controls.LINEAR_BOT, controls.LINEAR_BOTH),
    ):
        assert difference("linear", *pair, "picked")[1] > 0
    assert values.index.is_unique


def test_every_stored_difference_stands_in_one_group_of_the_picture():
    shown = [pair for pairs in results.GROUPS.values() for pair in pairs]
    stored = [
        pair
        for table in ("choosing", "linear")
        for pair in results.read(f"{table}_differences")
        .query("of == 'picked'")[["first", "second"]]
        .itertuples(index=False, name=None)
    ]
    assert sorted(shown) == sorted(stored)
    assert len(results.gaps()) == len(shown)


def test_half_of_what_tf_idf_adds_to_the_linear_one_is_rare_words():
    rare = difference(
        "linear", controls.LINEAR_BOTH, controls.LINEAR_KNOWN, "picked"
    )
    whole = difference("linear", controls.LINEAR_BOTH, "linear", "picked")
    assert rare[1] > 0
    assert 0.4 < rare[0] / whole[0] < 0.6


def test_the_bot_loses_a_little_if_the_words_are_shuffled():
    pair = (controls.BOT, controls.BOT_SHUFFLED)
    value, low, _ = difference("linear", *pair, "picked")
    assert 0 < low < value < 0.02
    rows = results.read("linear").query("model == @controls.BOT_SHUFFLED")
    assert rows["seed"].tolist() == [*controls.SHUFFLES]
    assert (
        difference("choosing", "GRU", "GRU, words shuffled", "picked")[0] < 0
    )


def test_no_use_of_knowing_an_answer_is_shown():
    gaps = results.read("known_differences").set_index("model")
    assert (gaps["low"] < 0).all() and (gaps["high"] > 0).all()
    shares = results.read("short_answers").set_index("answer")
    for model, gap in gaps["difference"].items():
        known, new = (
            float(shares.loc[group, model].split()[0])
            for group in (controls.KNOWN, controls.NEW_SHORT)
        )
        assert known - new == pytest.approx(gap, abs=2e-3)


def test_re_ranking_leaves_more_dull_openings_than_greedy_decoding():
    found = results.read("twins").set_index("way")
    opening, whole = found["ten openings"], found["ten most frequent"]
    assert (opening >= whole).all()
    assert whole["beam, re-ranked"] < whole["greedy"]
    assert opening["beam, re-ranked"] > opening["greedy"] + 0.1
    none = opening["beam, re-ranked, none of 12"]
    assert none == pytest.approx(opening["beam, re-ranked"], abs=0.02)


def test_the_drawings_have_the_numbers_that_were_measured():
    cost = results.means("writing", "model")["nats per word"]
    names = ("hears the message", "hears none")
    assert tuple(f"{cost[name]:.3f}" for name in names) == answering.NATS
    talker = bot.load()
    assert len(talker.answers) == answering.ANSWERS
    assert round(talker.threshold, 3) == answering.THRESHOLD
    reply = talker.reply(" ".join(answering.ASKED))
    best = round(reply.probabilities[0], 3)
    assert (reply.text, best) == (answering.SAID, answering.BEST)


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
    cost = results.read("writing").query("seed == 1").set_index("model")
    cost = cost["nats per word"]
    assert cost["hears none"] - cost["hears the message"] == pytest.approx(
        facts["gap with unknown"], abs=2e-4
    )


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
