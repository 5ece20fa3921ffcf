"""Stepping through time: the numbers are those of the cell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from lessons.recurrent_cell.widget import MOST, hidden_states, minus, view

pytestmark = pytest.mark.slow  # takes seconds

NUMBERS = st.lists(
    st.integers(-300, 300).map(lambda n: n / 100), min_size=1, max_size=MOST
)
WEIGHT = st.integers(-20, 20).map(lambda n: n / 10)


@given(NUMBERS, st.integers(1, MOST), WEIGHT, WEIGHT, WEIGHT)
def test_every_state_is_drawn_and_said(numbers, step, w_x, w_h, bias):
    text = ", ".join(map(str, numbers))
    shown = view(text, step, w_x, w_h, bias)
    now = min(step, len(numbers))
    h = 0.0
    for number in numbers[:now]:
        h = np.tanh(number * w_x + h * w_h + bias)
    assert minus(f"= {h:.3f} is the new hidden state") in shown.sentence
    assert f"Step {now} of {len(numbers)}" in shown.sentence
    assert ("ends at step" in shown.sentence) == (step > len(numbers))
    assert shown.figure.get_size_inches().tolist() == [7, 292 / 72]
    assert f"It has read {now} of them" in shown.description


@given(NUMBERS, st.integers(1, MOST))
def test_a_question_leaves_out_the_new_state_alone(numbers, step):
    text = ", ".join(map(str, numbers))
    asked = view(text, step, hidden=True)
    now = min(step, len(numbers))
    states = [minus(f"{h:.3f}") for h in hidden_states(numbers, 0.5, 0.8, 0)]
    told = ", ".join([*states[1:now], "?."])
    assert f"its hidden states so far are {told}" in asked.description
    assert asked.sentence.endswith("Say it before you look.")
    texts = [text.get_text() for text in asked.figure.findobj(Text)]
    assert texts.count("?") == 2
    assert "tanh(" not in asked.sentence


def test_the_lesson_by_hand():
    states = hidden_states([1, -1, 0.5], 0.5, 0.8, 0.0)
    assert states.round(4).tolist() == [0, 0.4621, -0.1296, 0.1453]


def test_a_negative_number_in_a_sum_stands_in_brackets():
    shown = view("1, -1, 0.5", step=3)
    texts = [text.get_text() for text in shown.figure.findobj(Text)]
    assert {"(−0.130)", "· 0.8"} <= set(texts)
    assert not [text for text in texts if "-" in text.partition("$")[0]]


def test_texts_stay_in_their_boxes():
    shown = view("-100, -99.99, 3.14159, 2, 2, 2, 2, 2", step=8)
    drawing = shown.figure
    drawing.canvas.draw()
    for text, box in drawing.inscribed:
        assert text.get_window_extent().width <= box.width, text.get_text()


@pytest.mark.parametrize(
    "text", ["", "a b", "<b>1</b>", "별로", "1 " * 10_000, "😀"]
)
def test_what_cannot_be_read_is_a_sentence(text):
    shown = view(text)
    assert shown.figure is None
    assert shown.sentence.endswith(".")
