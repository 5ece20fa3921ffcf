"""Shuffling: the bag stays, the state of the recurrent cell moves."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.sequential_data import widget

pytestmark = pytest.mark.slow  # takes seconds

WORD = st.text("abc가😀<$_&", min_size=1, max_size=12)
TEXT = st.lists(WORD, min_size=1, max_size=widget.MOST_WORDS).map(" ".join)
SEED = st.integers(0, 500)


def drawn(shown) -> list[str]:
    """Return the texts in the picture."""
    return [text.get_text() for text in shown.figure.plane.texts]


@given(TEXT, SEED, st.booleans())
def test_the_state_moves_just_if_the_order_changes(text, seed, in_order):
    shown = widget.view("words", text, seed, in_order)
    moved = float(re.search("moved by ([0-9.]+)", " ".join(drawn(shown)))[1])
    changes = seed > 0 and not in_order and len(set(text.split())) > 1
    assert (moved > 0) == changes
    assert "changed by 0" in drawn(shown)
    assert ("Shuffle" in shown.sentence) == changes
    assert shown.sentence.endswith(".")
    assert shown.figure.get_size_inches().tolist() == [7, 322 / 72]


@given(TEXT, SEED)
def test_a_question_tells_nothing_of_the_answer(text, seed):
    asked = widget.view("words", text, seed, hidden=True)
    if not seed:
        assert asked.sentence == widget.view("words", text, 0).sentence
        return
    assert asked.sentence.endswith(widget.QUESTION)
    assert {"?", "changed by ?", "moved by ?"} <= {*drawn(asked)}
    row = widget.words(text)
    order = widget.shuffled(row.inputs, seed)
    after = widget._written(widget.final_state(row.inputs[order]))
    before = widget._written(widget.final_state(row.inputs))
    assert after not in asked.description.replace(before, "")


@given(TEXT, st.integers(1, 500))
def test_a_shuffle_keeps_the_items_and_the_bag_counts_them(text, seed):
    row = widget.words(text)
    order = widget.shuffled(row.inputs, seed)
    assert sorted(order) == list(range(len(row.labels)))
    assert np.array_equal(order, widget.shuffled(row.inputs, seed))
    one_kind = len(set(row.labels)) == 1
    assert one_kind == np.array_equal(row.inputs[order], row.inputs)
    bag = row.bag(np.arange(len(row.labels)))
    counts = dict(zip(row.bag_labels, bag, strict=True))
    assert counts == Counter(text.split())
    assert row.inputs.sum(axis=1).tolist() == [1] * len(row.labels)


@pytest.mark.parametrize("source", widget.DAYS)
@given(seed=SEED)
def test_temperatures_keep_their_histogram(source, seed):
    shown = widget.view(source, shuffle=seed)
    row = widget.temperatures(widget.DAYS[source])
    values = [float(label) for label in row.labels]
    assert len(values) == widget.DAYS[source]
    bag = row.bag(widget.shuffled(row.inputs, seed))
    for label, count in zip(row.bag_labels, bag, strict=True):
        low, high = map(int, re.findall("[0-9]+", label))
        assert count == sum(low <= value < high for value in values)
        assert f"{label}: {count}" in shown.description
    assert ("histogram is the same" in shown.sentence) == (seed > 0)


def test_temperatures_are_those_of_seattle():
    from vega_datasets import data

    weather = data.seattle_weather().set_index("date")["temp_max"]
    measured = weather["2014-07-19":"2014-08-01"].to_numpy()
    row = widget.temperatures(14)
    assert row.labels == [f"{degrees:.1f}" for degrees in measured]
    scaled = row.inputs[:, 0]
    assert np.corrcoef(scaled, measured)[0, 1] == pytest.approx(1)
    assert scaled.mean() == pytest.approx(0, abs=1e-12)
    assert scaled.std() == pytest.approx(1)


def test_the_state_and_its_distance_are_those_of_the_loop():
    row = widget.words("b a b")
    kernel, recurrent_kernel = widget._weights(widget.MOST_WORDS)
    h = np.zeros(widget.UNITS)
    for place in (0, 1, 0):
        h = np.tanh(kernel[place] + h @ recurrent_kernel)
    assert widget.final_state(row.inputs) == pytest.approx(h)
    numbers = [f"{value:.2f}" for value in h]
    said = drawn(widget.view(text="b a b", shuffle=0))
    assert numbers == said[-3 - widget.UNITS : -3]
    # The distance is that of the two rows.
    row = widget.words("I am a boy")
    order = widget.shuffled(row.inputs, 1)
    ends = [widget.final_state(x) for x in (row.inputs[order], row.inputs)]
    distance = np.linalg.norm(ends[0] - ends[1])
    assert f"has moved by {distance:.2f}" in widget.view().sentence


@pytest.mark.parametrize("source", widget.SOURCES)
@pytest.mark.parametrize(
    "text", ["a", "W" * 90, "<b>W</b> $x_1$ " * 4, "별로지만 추천해요"]
)
def test_texts_stay_in_their_boxes_and_frames(source, text):
    figure = widget.view(source, text, 7).figure
    figure.canvas.draw()
    for label, box in figure.inscribed:
        assert label.get_window_extent().width <= box.width, label.get_text()
    for label in figure.plane.texts:
        place = label.get_window_extent()
        assert 10 <= place.x0 <= place.x1 <= 494, label.get_text()


@pytest.mark.parametrize("text", ["", " \n\t", "a " * 10_000])
def test_what_cannot_be_shuffled_is_a_sentence(text):
    shown = widget.view(text=text)
    assert shown.figure is None
    assert shown.sentence.endswith(".")
    assert widget.view(widget.SOURCES[1], text).figure is not None


def test_the_panel_shuffles_and_puts_back():
    used, _ = widget.panel().children
    column, asked, sentence, _, examples = used.children
    text, source, press, in_order = column.children
    assert "In order: “I am a boy”" in sentence.value
    press.click()
    assert "does the final state move? Say it" in sentence.value
    assert "is the same" not in sentence.value
    answer, predict = asked.children
    predict.value = False
    assert "Shuffle 1" in sentence.value and answer.disabled
    press.click()
    assert "Shuffle 2" in sentence.value
    assert not text.disabled and not press.disabled
    in_order.value = True
    assert "In order" in sentence.value and press.disabled
    for example in examples.children:
        example.click()
    assert source.value == "two weeks of temperatures"
    assert text.disabled and not press.disabled
    assert "histogram" in sentence.value
    text.value = ""
    source.value = "words"
    assert not text.disabled
    assert "Nothing to read yet" in sentence.value
