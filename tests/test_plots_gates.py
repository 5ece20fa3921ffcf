"""Heat maps of gates."""

import numpy as np
import pytest

from utils.plots import gates

WORDS = ["not", "great", "but"]
FORGET = np.linspace(0.2, 0.8, 6).reshape(3, 2)


def test_words_run_along_and_units_down():
    figure, description = gates.gates_by_word(
        WORDS, {"forget gate": FORGET}, probability=[0.5, 0.1, 0.9]
    )
    heat_map, answers = figure.axes[:2]
    (picture,) = heat_map.images
    np.testing.assert_allclose(picture.get_array(), FORGET.T)
    assert picture.get_clim() == (0, 1)
    assert [text.get_text() for text in answers.get_xticklabels()] == WORDS
    np.testing.assert_allclose(answers.lines[0].get_ydata(), [0.5, 0.1, 0.9])
    assert "not great but" in description


def test_each_gate_gets_a_panel():
    both = {"forget gate": FORGET, "input gate": 1 - FORGET}
    figure, _ = gates.gates_by_word(WORDS, both, probability=[0.5] * 3)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[:3] == ["forget gate", "input gate", "answer so far"]


def test_an_open_gate_is_dark():
    shut, opened = gates.CLOSED_TO_OPEN([0.0, 1.0])
    assert sum(shut[:3]) == 3
    assert sum(opened[:3]) < 1.5


@pytest.mark.parametrize(
    ("forget", "probability", "named"),
    [(FORGET[:2], [0.5] * 3, "forget gate"), (FORGET, [0.5], "probability")],
)
def test_a_row_too_few_is_named(forget, probability, named):
    with pytest.raises(ValueError, match=f"{named} takes 3 rows"):
        gates.gates_by_word(
            WORDS, {"forget gate": forget}, probability=probability
        )
