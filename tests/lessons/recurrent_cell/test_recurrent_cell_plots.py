"""The plots of lesson 02: what is drawn, and what is said of it."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lessons.recurrent_cell import activations, plots, verdicts

FADING = 0.5 ** np.arange(6)
LASTING = np.ones(6)

SENTENCES = ["I am a boy", "boy am a I"]


def tick_words(axes):
    return [label.get_text() for label in axes.get_xticklabels()]


def test_memories_are_told_apart():
    figure, description = plots.memory_of_the_first_input(
        {0.5: FADING, 1.2: LASTING}
    )
    assert "w_h = 0.5 it falls" in description
    assert "w_h = 1.2 it does not fade" in description
    only_one = plots.memory_of_the_first_input({0.5: FADING})[1]
    assert "does not fade" not in only_one
    bound, fading, lasting = figure.axes[0].lines
    assert np.array_equal(bound.get_ydata(), FADING)
    assert np.array_equal(fading.get_ydata(), FADING)
    assert np.array_equal(lasting.get_ydata(), LASTING)
    names = [text.get_text() for text in figure.axes[0].texts]
    assert names == ["$w_h$ = 0.5", "$w_h$ = 1.2"]


def test_two_runs_share_a_panel_over_their_inputs():
    later = np.arange(5.0)
    figure, description = plots.two_runs(
        {"silence": (later, LASTING, -LASTING)}
    )
    plus, minus = figure.axes[0].lines
    assert np.array_equal(plus.get_ydata(), -minus.get_ydata())
    bars = [
        (bar.get_x() + bar.get_width() / 2, bar.get_height())
        for bar in figure.axes[1].patches
    ]
    assert np.allclose(bars, list(zip(range(1, 6), later, strict=True)))
    assert "silence" in description


def test_every_seed_of_every_step_size_has_a_mark():
    results = activations.by_activation()
    figure, description = plots.accuracy_by_activation(results)
    drawn = [
        line for line in figure.axes[0].lines if len(line.get_xdata()) == 5
    ]
    assert len(drawn) == len(activations.ACTIVATIONS) * len(activations.RATES)
    assert "; ".join(activations.ACTIVATIONS) in description


def test_units_run_down_and_time_to_the_right():
    values = np.full((2, 4, 3), -0.001)
    values[1, 3, 0] = 0.25
    figure, description = plots.hidden_states(SENTENCES, values)
    assert tick_words(figure.axes[1]) == ["boy", "am", "a", "I"]
    first_row = [text.get_text() for text in figure.axes[1].texts[:4]]
    assert first_row == ["0.00", "0.00", "0.00", "0.25"]  # no sign
    assert '"I am a boy" and "boy am a I"' in description


def test_negative_numbers_have_a_minus_sign():
    figure, _ = plots.hidden_states(SENTENCES, np.full((2, 4, 3), -0.5))
    assert figure.axes[0].texts[0].get_text() == "−0.50"


def test_staircases_go_from_the_diagonal_to_the_curve():
    figure, description = plots.silent_steps({0.6: [0.46], 1.2: [0.1, 0.95]})
    fading, switch = figure.axes
    _, _, way, start = fading.lines
    x, y = way.get_data()
    assert (x[0], y[0]) == (0.46, 0.46) == start.get_data()
    assert np.allclose(y[1::2], np.tanh(0.6 * x[1::2]))
    assert np.allclose(x[::2], y[::2])
    assert len(switch.lines) == 2 + 2 * 2
    assert "for w_h = 1.2 from 0.95 to 0.66" in description
    _, description = plots.silent_steps({-0.8: [0.5]}, steps=1)
    assert "for w_h = −0.8 from 0.5 to −0.38" in description


def test_the_verdict_has_a_number_for_each_word():
    answers = np.array([[0.5, 0.5, 0.2, 0.1], [0.5, 0.5, 0.9, 1]])
    figure, description = plots.verdict_over_time(
        ["so soft but loud", "so loud but soft"], answers
    )
    words = ["so", "soft\nloud", "but", "loud\nsoft"]
    assert tick_words(figure.axes[0]) == words
    assert "Equal over the first 1 words" in description
    assert "end at 0.1 and 1.0" in description
    with pytest.raises(ValueError, match=r"takes .*4.*got 3"):
        plots.verdict_over_time(["so soft but loud"], answers[:1, :3])


def test_each_network_has_its_panel():
    table = verdicts.read_timing()
    figure, description = plots.right_by_word(table, places=(2, 6), words=7)
    assert len(figure.axes) == len(verdicts.SEEDS)
    early, silent, *_ = figure.axes[0].lines
    rows = table[(table.seed == 0) & (table.conjunction == 2)]
    drawn = early.get_ydata()
    assert np.array_equal(drawn[:6], rows["as written"][1:7])
    assert np.isnan(drawn[6:]).all()
    assert np.array_equal(silent.get_ydata(), rows.silence[1:])
    assert "circles where the conjunction is word 2" in description


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
    figure, _ = plots.hidden_states(SENTENCES, np.full((2, 4, 3), value))
    letters = figure.axes[0].texts[0].get_color()
    ground = plots.SIGNED((value + 1) / 2)[:3]
    assert contrast(letters, ground) >= 3.5


def test_states_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"takes .*4.*got 3"):
        plots.hidden_states(SENTENCES, np.zeros((2, 3, 3)))
