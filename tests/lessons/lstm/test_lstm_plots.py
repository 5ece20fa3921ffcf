"""The plots of lesson 07."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lessons.lstm import plots, results
from utils import theme

WORDS = ["not", "great", "but"]
FORGET = np.linspace(-0.3, 0.3, 6).reshape(3, 2)
STATE = np.linspace(-2, 1, 6).reshape(3, 2)
ANSWERS = np.array([0.5, 0.1, 0.9])
PANELS = {"forget gate": FORGET, "cell state": STATE}


def test_words_run_along_and_units_down():
    figure, description = plots.gates_by_word(
        [(WORDS, PANELS), (WORDS[::-1], PANELS)], [ANSWERS, ANSWERS]
    )
    forget, turned, state = figure.axes[0], figure.axes[1], figure.axes[2]
    np.testing.assert_allclose(forget.images[0].get_array(), FORGET.T)
    np.testing.assert_allclose(turned.images[0].get_array(), FORGET.T)
    assert forget.images[0].get_clim() == (-0.5, 0.5)
    assert state.images[0].get_clim() == (-2, 2)
    answers = figure.axes[4]
    labels = [text.get_text() for text in answers.get_xticklabels()]
    assert labels == WORDS
    np.testing.assert_allclose(answers.lines[0].get_ydata(), ANSWERS)
    assert "not great but And: but great not" in description


@pytest.mark.parametrize(
    ("panels", "answers", "named"),
    [
        ({**PANELS, "forget gate": FORGET[:2]}, ANSWERS, "forget gate"),
        (PANELS, ANSWERS[:1], "probability"),
    ],
)
def test_a_row_too_few_is_named(panels, answers, named):
    with pytest.raises(ValueError, match=f"{named} takes 3 rows"):
        plots.gates_by_word([(WORDS, panels)], [answers])


def test_a_usual_gate_is_white_and_a_more_open_one_brown():
    colors = plots._diverging("gate")
    assert to_hex(colors(0.5)).upper() in {"#FFFFFF", "#FEFEFE"}
    assert to_hex(colors(1.0)).upper() == theme.COLORS["gate"]


def test_a_staircase_rises_where_the_gate_is_open():
    gate = np.array([0.0, 1, 0, 1, 0])
    state = np.array([0.0, 0.06, 0.06, 0.14, 0.14])
    x = np.stack([np.linspace(0.2, 1, 5), gate], axis=1)
    figure, description = plots.staircase(x, gate, state)
    values, opened, kept = figure.axes
    assert len(values.patches) == 5
    np.testing.assert_allclose(opened.lines[0].get_ydata(), gate)
    np.testing.assert_allclose(kept.lines[0].get_ydata(), state)
    assert "open at steps 2 and 4" in description
    assert "to 0.06 and 0.14" in description


def test_the_bare_product_lies_beside_its_line():
    lags = np.arange(30)
    figure, description = plots.against_lag(
        0.99**lags, {1: 0.8**lags, 5: 1.01**lags}
    )
    lines = figure.axes[0].lines
    gate = 1 / (1 + np.exp(-1))
    np.testing.assert_allclose(lines[2].get_ydata(), gate**lags)
    assert lines[1].get_linestyle() == lines[2].get_linestyle()
    assert "LSTM, forget bias 5 stays" in description


def test_sizes_say_where_they_end():
    _, description = plots.sizes_by_step(
        {"forget spread": np.full(5, 2.5), "both spread": np.full(5, 0.04)}
    )
    assert "forget spread ends above it" in description
    assert "both spread ends far below it" in description


def test_four_panels_have_a_line_per_seed_and_dots_for_what_was_run():
    two = {0.003: np.full((3, 10), 0.16), 0.01: np.full((3, 10), 0.01)}
    names = [*results.NAMES][:4]
    figure, description = plots.two_by_two(
        dict.fromkeys(names, two), {names[1]: [0.2, 0.1]}, baseline=1 / 6
    )
    assert [axes.get_title(loc="left") for axes in figure.axes] == names
    *_, dots = figure.axes[1].lines
    assert list(dots.get_xdata()) == [100, 200]
    assert len(figure.axes[0].lines) == 1 + 6 + 1
    assert f"{names[0]}, rate 0.01: 3 of 3 fall below" in description


def test_a_mark_per_training():
    points = {"GRU": (np.array([1e-20, 1e-19]), np.array([0.01, 0.16]))}
    figure, description = plots.gradient_and_error(points, baseline=1 / 6)
    assert len(figure.axes[0].lines[1].get_xdata()) == 2
    assert "GRU: below 10^-2, 1 of 2 learn" in description


def test_every_start_has_a_colour():
    assert {*plots.KINDS} == {*results.NAMES}
