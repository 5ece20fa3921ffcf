"""The plots of lesson 01: what is drawn, and what is said of it."""

import numpy as np
import pandas as pd
import pytest

from lessons.sequential_data import plots, seeds, widget
from utils.tasks import twins

DAYS = np.arange("2015-01-01", "2015-01-09", dtype="datetime64[D]")
WARM = np.array([5.0, 6.0, 7.0, 8.0, 8.5, 7.5, 6.5, 5.5])
MIXED = WARM[[3, 0, 7, 2, 5, 1, 6, 4]]


def test_every_order_is_drawn_as_given():
    figure, description = plots.temperatures_in_orders(
        DAYS, {"calendar": WARM, "mixed": MIXED}
    )
    above, below = (axes.lines[0].get_ydata() for axes in figure.axes)
    assert np.array_equal(above, WARM)
    assert np.array_equal(below, MIXED)
    assert "8 daily" in description


@pytest.mark.parametrize(
    ("other", "said"), [(WARM + 1, "got other values"), (WARM[1:], "got 7")]
)
def test_other_values_are_refused(other, said):
    with pytest.raises(ValueError, match=f"takes .*{said}"):
        plots.temperatures_in_orders(DAYS, {"calendar": WARM, "mixed": other})


def test_every_loss_is_drawn_and_named():
    figure, description = plots.losses(
        {"bag of words": [0.7, 0.7], "recurrent": [0.7, 0.1]},
        ("ln 2", 0.693),
    )
    line, bag, reader = figure.axes[0].lines
    assert set(line.get_ydata()) == {0.693}
    assert [bag.get_label(), reader.get_label()] == [
        "bag of words",
        "recurrent",
    ]
    assert "bag of words, recurrent" in description


def test_exact_results_get_a_mark_and_the_others_a_dot_per_seed():
    results = pd.DataFrame(
        {0: [0.5, 0.9], 1: [0.5, 1.0], 2: [0.5, 0.8]},
        index=["bag of words", "recurrent"],
    )
    figure, _ = plots.accuracy_by_seed(results, exact=["bag of words"])
    bag, reader, _ = figure.axes[0].lines
    assert len(bag.get_xdata()) == 1
    assert list(reader.get_xdata()) == [0.9, 1.0, 0.8]


def test_every_mask_has_a_mark_per_network_and_seed():
    names = [f"{place} masked" for place in twins.PLACES]
    figure, description = plots.accuracy_when_masked(
        {name: seeds.accuracies(name) for name in names}
    )
    *marks, _ = figure.axes[0].lines
    assert len(marks) == 2 * len(names)
    assert {len(line.get_xdata()) for line in marks} == {len(seeds.SEEDS)}
    assert names[0] in description


def test_a_network_has_one_colour_in_all_plots():
    curves, _ = plots.losses({"recurrent": [0.7, 0.1]}, ("ln 2", 0.693))
    table = seeds.accuracies("first opinion masked")
    masked, _ = plots.accuracy_when_masked({"first": table})
    by_length = seeds.lengths_read()
    lengths, _ = plots.accuracy_by_length(
        by_length, dict.fromkeys(by_length, (7, 7))
    )
    drawn = [
        curves.axes[0].lines[1],
        masked.axes[0].lines[0],
        lengths.axes[0].lines[1],
    ]
    assert {line.get_color() for line in drawn} == {
        plots.LOOKS["recurrent"][0]
    }


def test_what_is_held_back_is_drawn_as_gaps():
    kept = {"but": (["soft"], ["loud"]), "although": (["light"], ["ugly"])}
    words = ["light", "soft", "quick", "loud", "ugly"]
    figure, description = plots.conjunctions_met(kept, words)
    axes = figure.axes[0]
    assert len(axes.patches) == 2 * len(words) - 4 + 2
    columns = [label.get_text() for label in axes.get_xticklabels()]
    assert columns == ["soft", "loud", "light", "ugly", "quick"]
    assert "not with but: soft, loud" in description


@pytest.mark.parametrize("seed", seeds.SEEDS)
def test_what_is_held_back_meets_one_conjunction_in_training(seed):
    design = seeds.held_back(seed)
    met = {
        (word, conjunction)
        for comment in design.train[0]
        for first, conjunction, last in [twins.key_words(comment)]
        for word in (first, last)
    }
    kept = {
        (word, conjunction)
        for conjunction, groups in design.kept_from.items()
        for group in groups
        for word in group
    }
    assert len(kept) == 12
    assert not met & kept
    assert len(met) == 2 * 20 - 12
    for comment in design.other[0]:
        first, conjunction, last = twins.key_words(comment)
        assert {(first, conjunction), (last, conjunction)} <= kept
    held = {word for word, _ in kept}
    assert not any(held & {*comment.split()} for comment in design.free[0])


def test_there_is_a_line_per_seed_over_the_lengths():
    by_length = seeds.lengths_read()
    figure, description = plots.accuracy_by_length(
        by_length, dict.fromkeys(by_length, (7, 7))
    )
    assert list(by_length) == [
        "trained on 7 words",
        "trained on 3 to 11 words",
    ]
    for axes in figure.axes:
        lines = [line for line in axes.lines if len(line.get_xdata()) > 2]
        assert len(lines) == len(seeds.SEEDS)
    assert "trained on 3 to 11 words" in description


def test_stored_results_are_whole():
    table = seeds.read()
    assert (
        table.groupby(["network", "trained_on", "tested_on"]).size() == 5
    ).all()
    assert table.accuracy.between(0, 1).all()
    assert seeds.accuracies().index[-1] == "table of cases"
    assert len(seeds.after_holding_back()) == 4
    assert len(seeds.on_training_comments()) == 2


def test_bigrams_settle_the_verdict_beside_an_opinion_only():
    beside, between = (
        seeds.accuracies(f"conjunction {place}")
        for place in ("beside an opinion", "between fillers")
    )
    assert beside.loc["bag of bigrams"].min() > 0.98
    assert between.loc["bag of bigrams"].between(0.4, 0.6).all()


def test_the_lesson_shuffles_four_words():
    shown = widget.view(text="I am a boy", shuffle=1)
    assert "bag is the same" in shown.sentence
