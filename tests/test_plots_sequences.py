"""Tests of the plots of sequences: what is drawn, and what is said of it."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from utils import theme
from utils.plots import sequences

DAYS = np.arange("2015-01-01", "2015-01-09", dtype="datetime64[D]")
WARM = np.array([5.0, 6.0, 7.0, 8.0, 8.5, 7.5, 6.5, 5.5])
MIXED = WARM[[3, 0, 7, 2, 5, 1, 6, 4]]

REVIEWS = ["dull but great", "great but dull"]
ANSWERS = [[0.4, 0.1, 0.9], [0.6, 0.9, 0.1]]

FADING = 0.5 ** np.arange(6)
LASTING = np.ones(6)

SENTENCES = ["I am a boy", "boy am a I"]


def states(value=0.0):
    return np.full((2, 4, 3), value)


def tick_words(axes):
    return [label.get_text() for label in axes.get_xticklabels()]


def letters_in(figure, column=0):
    return [text.get_text() for text in figure.axes[column].texts]


def test_both_orders_are_drawn_as_given():
    figure, description = sequences.temperatures_in_two_orders(
        DAYS, WARM, MIXED
    )
    above, below = (axes.lines[0].get_ydata() for axes in figure.axes)
    assert np.array_equal(above, WARM)
    assert np.array_equal(below, MIXED)
    assert "8 daily" in description


def test_another_set_of_temperatures_is_no_shuffle():
    with pytest.raises(ValueError, match="another order, got other values"):
        sequences.temperatures_in_two_orders(DAYS, WARM, MIXED + 1)


def test_a_day_without_temperature_is_refused():
    with pytest.raises(ValueError, match=r"takes 8 entries.*got 7"):
        sequences.temperatures_in_two_orders(DAYS, WARM[1:], MIXED[1:])


def test_every_review_has_its_panel_and_words():
    figure, _ = sequences.answer_after_each_word(REVIEWS, ANSWERS)
    assert [tick_words(axes) for axes in figure.axes] == [
        ["dull", "but", "great"],
        ["great", "but", "dull"],
    ]
    drawn = [axes.lines[1].get_ydata().tolist() for axes in figure.axes]
    assert drawn == ANSWERS


def test_the_side_of_every_ending_is_said():
    _, description = sequences.answer_after_each_word(REVIEWS, ANSWERS)
    assert '"dull but great" ends above' in description
    assert '"great but dull" ends below' in description


def test_an_answer_is_wanted_for_every_word():
    with pytest.raises(ValueError, match=r"answers takes 3 entries.*got 2"):
        sequences.answer_after_each_word(["dull but great"], [[0.1, 0.2]])


def test_memories_are_told_apart():
    figure, description = sequences.memory_of_the_first_input(
        {0.5: FADING, 1.2: LASTING}
    )
    assert "w_h = 0.5 it falls" in description
    assert "w_h = 1.2 it does not fade" in description
    labels = [line.get_label() for line in figure.axes[0].lines]
    assert labels == ["$w_h$ = 0.5", "$w_h$ = 1.2"]
    assert np.array_equal(figure.axes[0].lines[0].get_ydata(), FADING)


def test_nothing_is_said_of_memories_not_drawn():
    _, fading = sequences.memory_of_the_first_input({0.5: FADING})
    _, lasting = sequences.memory_of_the_first_input({1.2: LASTING})
    assert "does not fade" not in fading
    assert "falls" not in lasting


def test_memory_without_curves_is_refused():
    with pytest.raises(ValueError, match="at least one curve"):
        sequences.memory_of_the_first_input({})


def test_more_memories_than_colours_are_all_drawn():
    weights = np.arange(len(theme.SERIES) + 2) / 10
    figure, _ = sequences.memory_of_the_first_input(
        {float(weight): FADING for weight in weights}
    )
    assert len(figure.axes[0].lines) == len(weights)


def test_units_run_down_and_time_to_the_right():
    values = states()
    values[1, 3, 0] = 0.25
    figure, description = sequences.hidden_states(SENTENCES, values)
    assert tick_words(figure.axes[1]) == ["boy", "am", "a", "I"]
    first_row = letters_in(figure, column=1)[:4]
    assert first_row == ["0.00", "0.00", "0.00", "0.25"]
    assert '"I am a boy" and "boy am a I"' in description


def test_zero_has_no_sign():
    figure, _ = sequences.hidden_states(SENTENCES, states(-0.001))
    assert set(letters_in(figure)) == {"0.00"}


def contrast(one, other):
    """Return the contrast of two colours, as WCAG 2 defines it."""
    light = []
    for colour in (one, other):
        linear = [
            part / 12.92
            if part <= 0.03928
            else ((part + 0.055) / 1.055) ** 2.4
            for part in to_rgb(colour)
        ]
        light.append(np.dot([0.2126, 0.7152, 0.0722], linear) + 0.05)
    return max(light) / min(light)


@pytest.mark.parametrize("value", np.linspace(-1, 1, 21).round(1))
def test_numbers_read_on_their_colour(value):
    figure, _ = sequences.hidden_states(SENTENCES, states(value))
    letters = figure.axes[0].texts[0].get_color()
    ground = sequences.SIGNED((value + 1) / 2)[:3]
    assert contrast(letters, ground) >= 3.5


def test_a_state_is_wanted_for_every_word():
    with pytest.raises(ValueError, match=r"states takes 4 entries.*got 3"):
        sequences.hidden_states(SENTENCES, states()[:, 1:])


def test_every_figure_can_be_written():
    for figure, description in (
        sequences.temperatures_in_two_orders(DAYS, WARM, MIXED),
        sequences.answer_after_each_word(REVIEWS, ANSWERS),
        sequences.memory_of_the_first_input({0.5: FADING}),
        sequences.hidden_states(SENTENCES, states()),
    ):
        assert theme.png(figure).startswith(b"\x89PNG")
        assert description.endswith(".")
